"""Committee cases as types: written once, with a rendering of its own for every committee on the way."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol

from docgen.content.fields import ALWAYS, INTERNAL, OPEN, Field, Model
from docgen.content.types import (
    ClockTime,
    Date,
    Identifier,
    Integer,
    Line,
    LineOrLines,
    PointText,
    Several,
    Text,
    Version,
)
from docgen.kinds.case.decision_model import Decision
from docgen.kinds.document_fields import Annex, Closed, Revision, Status


class TreatmentRole(StrEnum):
    """What a committee does with the case when it comes to it."""

    DECIDES = "decides"
    RECOMMENDS = "recommends"
    DECLARES = "declares"
    COUNCIL = "council"  # the council takes the committee's recommendation
    CIRCULATES = "circulates"  # sent a draft to the committees to be heard; that was a case of its own
    HEARS = "hears"  # heard before the recommendation
    RECEIVES = "receives"  # gets it for information


HEARING = (TreatmentRole.CIRCULATES, TreatmentRole.HEARS)
"""The roles that a case of its own is written for: in this one they are a sentence of its history."""


class Point(Model):
    """One at-point; the program writes the number, "at", the comma and the full stop."""

    id: Identifier = Field(OPEN, description="Fast id, som beslutningen henviser til")
    text: PointText = Field(OPEN, description="Det, der følger efter at; uden komma og punktum til sidst")
    points: tuple[Point, ...] = Field(OPEN, default=(), description="Underpunkter")
    closed: Closed | None = Field(ALWAYS, default=None, description="Er at-punktet lukket, så hvorfor")


class PointGroup(Model):
    """At-points that one administration (or several together) recommends."""

    by: tuple[Identifier, ...] = Field(
        OPEN, default=(), description="Forvaltninger, hvis det ikke er alle sagens forvaltninger", ids="administrations"
    )
    to: tuple[Identifier, ...] = Field(
        OPEN,
        default=(),
        description="Udvalgene, der afgør dem i fællesskab eller hver for sig, hvis det ikke er alle",
        ids="bodies",
    )
    lead_in: Identifier | None = Field(
        OPEN,
        default=None,
        description=(
            "Indledningen: decides (udvalget afgør), recommends (udvalget anbefaler) eller en af others i profilen; "
            "uden følger den udvalgets rolle"
        ),
        ids="lead-ins",
    )
    points: Several[Point] = Field(OPEN, description="At-punkterne i rækkefølge")


class ChosenPoint(Model):
    """An at-point of the case as one body gets it; the program numbers it anew."""

    id: Identifier = Field(OPEN, description="At-punktets id i sagens recommendation")
    text: PointText | None = Field(OPEN, default=None, description="Punktets ord til dette udvalg, hvis de er andre")


class ChosenGroup(Model):
    """At-points that one body gets under one lead-in."""

    by: tuple[Identifier, ...] = Field(
        OPEN,
        default=(),
        description="Forvaltninger, hvis det ikke er behandlingens eller sagens",
        ids="administrations",
    )
    to: tuple[Identifier, ...] = Field(
        OPEN, default=(), description="Udvalgene i indledningen, hvis der er flere", ids="bodies"
    )
    lead_in: Identifier | None = Field(
        OPEN, default=None, description="Indledningen, som i sagens recommendation", ids="lead-ins"
    )
    points: Several[ChosenPoint] = Field(OPEN, description="At-punkterne i rækkefølge, fx - {id: bevilling}")


class Condition(Model):
    """Something that a declaration takes for granted."""

    stock: Identifier | None = Field(
        OPEN, default=None, description="Navnet på en fast betingelse i settings.yaml", ids="conditions"
    )
    text: PointText | None = Field(OPEN, default=None, description="Betingelsen, som den følger efter at; uden punktum")
    of: tuple[Identifier, ...] = Field(
        OPEN, default=(), description="Udvalgene, betingelsen gælder, hvis det ikke er dem, der anbefaler", ids="bodies"
    )


class CaseSection(Model):
    """A part of the case under one of the headings of the municipality's profile."""

    id: Identifier = Field(
        ALWAYS, description="Afsnittets id i profilen, fx problem, solution, finance, next-steps", ids="sections"
    )
    text: Text = Field(OPEN, description="Teksten i Markdown; underoverskrifter begynder med #")
    closed: Closed | None = Field(ALWAYS, default=None, description="Er passagen lukket, så hvorfor")


class Treatment(Model):
    """One committee's treatment of the case."""

    body: Identifier = Field(ALWAYS, description="Udvalgets id i organisation.yaml", ids="bodies")
    role: TreatmentRole = Field(
        ALWAYS,
        description=(
            "Hvad udvalget gør med sagen: decides (afgør den), recommends (anbefaler den til de næste), "
            "declares (sender den til rådet med en erklæring), council (er rådet, der afgør den), "
            "circulates (sendte et udkast i høring), hears (blev hørt) eller receives (får den til orientering)"
        ),
    )
    date: Date | None = Field(ALWAYS, default=None, description="Mødets dato, når den er kendt")
    reading: Integer | None = Field(ALWAYS, default=None, description="1 eller 2, når sagen har to behandlinger")
    written: bool = Field(ALWAYS, default=False, description="true ved skriftlig votering")
    written_from: Date | None = Field(ALWAYS, default=None, description="Første dag i en skriftlig votering")
    written_until: ClockTime | None = Field(
        ALWAYS, default=None, description="Klokkeslættet, hvor en skriftlig votering slutter, fx 10:00"
    )
    summary: Text | None = Field(OPEN, default=None, description="Resuméet til dette udvalg, hvis det er et andet")
    by: tuple[Identifier, ...] = Field(
        ALWAYS,
        default=(),
        description="Forvaltningerne, der indstiller til dette udvalg, hvis det er andre",
        ids="administrations",
    )
    recommendation: tuple[ChosenGroup, ...] = Field(
        OPEN, default=(), description="De at-punkter, udvalget får, hvis det ikke er alle eller har andre indledninger"
    )
    declaration: tuple[Condition, ...] = Field(
        OPEN, default=(), description="Erklæringen til rådet: det, udvalget forudsætter"
    )
    conditions: tuple[Condition, ...] | None = Field(
        OPEN, default=None, description="Betingelserne under rådets at-punkter, hvis de er andre end erklæringens"
    )
    recommended_by: tuple[Line, ...] = Field(
        OPEN, default=(), description="Hvem der anbefaler, i parentes under at-punkterne; id eller ord"
    )
    note: Text | None = Field(OPEN, default=None, description="Bemærkning under at-punkterne til dette udvalg")
    decision: Decision | None = Field(OPEN, default=None, description="Beslutningen, når mødet er holdt")


class CaseFile(Model):
    """cases/<id>.yaml: a case."""

    title: Line = Field(OPEN, description="Sagens titel")
    short_title: Line | None = Field(
        OPEN, default=None, description="Kort titel øverst på siderne, hvis titlen er lang"
    )
    kind: Identifier = Field(
        ALWAYS,
        description="Sagens slags i settings.yaml, fx decision, briefing, tabled-briefing eller motion",
        ids="case-kinds",
    )
    version: Version = Field(ALWAYS, description='Versionsnummer i anførselstegn, fx "1.0"', words=False)
    status: Status = Field(
        ALWAYS, description="udkast, i høring, til behandling, vedtaget, udgået eller til orientering"
    )
    date: Date | None = Field(ALWAYS, default=None, description="Sagens dato (ikke mødets), når den er kendt")
    history: tuple[Revision, ...] = Field(OPEN, default=(), description="Versionerne før og nu, ældste først")
    verbatim: bool = Field(
        OPEN,
        default=False,
        description="true, når ordlyden er vedtaget: korrekturen retter den ikke, og tegnene bliver, som de står",
        words=False,
    )
    administrations: tuple[Identifier, ...] = Field(
        ALWAYS, default=(), description="Forvaltningen eller forvaltningerne bag sagen", ids="administrations"
    )
    moved_by: LineOrLines = Field(
        OPEN,
        default=(),
        description="Hvem der har stillet et forslag eller en forespørgsel: partibogstav eller navn",
        ids="parties",
    )
    asked: Line | None = Field(OPEN, default=None, description="Hvem en forespørgsel er til, fx Overborgmesteren")
    case_number: Line | None = Field(ALWAYS, default=None, description="Sagsnummer, fx 2015-0061783")
    document_number: Line | None = Field(ALWAYS, default=None, description="Dokumentnummer, fx 2015-0061783-4")
    kle: Line | None = Field(OPEN, default=None, description="Nummer i KL's emnesystematik, fx 85.02.02")
    contact: Line | None = Field(OPEN, default=None, description="Hvem man kan spørge, fx et center eller en adresse")
    case_officer: Line | None = Field(INTERNAL, default=None, description="Sagsbehandler; kun i den interne udgave")
    closed: Closed | None = Field(ALWAYS, default=None, description="Er hele sagen lukket, så hvorfor")
    public_title: Line | None = Field(ALWAYS, default=None, description="En lukket sags titel i den offentlige udgave")
    summary: Text | None = Field(
        OPEN, default=None, description="Resumé: hvad der skal besluttes, i en til tre sætninger"
    )
    recommendation: tuple[PointGroup, ...] = Field(OPEN, default=(), description="Indstillingens at-punkter")
    sections: tuple[CaseSection, ...] = Field(OPEN, default=(), description="Sagens afsnit")
    signatures: tuple[Line, ...] = Field(OPEN, default=(), description="Direktør og centerchef, som de skriver under")
    treatments: Several[Treatment] = Field(ALWAYS, description="Udvalgene på sagens vej, i rækkefølge")
    annexes: tuple[Annex, ...] = Field(OPEN, default=(), description="Bilagene i rækkefølge")


class Case(CaseFile):
    """A case with its id: the file's name."""

    id: Identifier = Field(OPEN, description="Filens navn")


class Dated(Protocol):
    """A document with a date."""

    @property
    def date(self) -> datetime.date:
        """Its day."""


def case_day(case: Case, policies: Mapping[str, Dated], follow_ups: Mapping[str, Dated]) -> datetime.date:
    """The day that names and properties of a case follow: its date, or else the last meeting, or the last annex that is
    a policy or a follow-up, by id. What is closed gives no day, so that the public edition has the same one.

    Raises ValueError for a case that gives no day at all.
    """
    if case.date is not None:
        return case.date
    meetings = [item.date for item in case.treatments if item.date is not None]
    known = {"policy": policies, "follow-up": follow_ups}
    annexes = []
    for annex in case.annexes if case.closed is None else ():
        kind, _, id = (annex.document or "").partition("/")
        if annex.closed is None and (found := known.get(kind, {}).get(id)):
            annexes.append(found.date)
    return max(meetings or annexes)
