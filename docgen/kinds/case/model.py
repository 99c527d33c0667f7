"""Committee cases as types: written once, with a rendering of its own for every committee on the way."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from enum import StrEnum
from typing import Literal, Protocol

from docgen.content.fields import ALWAYS, INTERNAL, OPEN, Field, Model
from docgen.content.types import (
    CaseNumber,
    Date,
    DocumentNumber,
    Identifier,
    Integer,
    Line,
    PointText,
    Several,
    Text,
    Version,
)
from docgen.kinds.document_fields import Annex, Closed, Revision, Status


class CaseKind(StrEnum):
    """What is asked of those who get the case (DOMAIN 0.1 and 1.3)."""

    TABLED_BRIEFING = "tabled-briefing"  # a note for the reading table: nothing to decide
    BRIEFING = "briefing"  # on the agenda: taken note of
    DISCUSSION = "discussion"
    DECISION = "decision"
    DECLARATION = "declaration"  # the finance committee's declaration to the council (governing statute § 12)


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


class PointGroup(Model):
    """At-points that one administration (or several together) recommends."""

    by: tuple[Identifier, ...] = Field(
        OPEN, default=(), description="Forvaltninger, hvis det ikke er alle sagens forvaltninger"
    )
    points: Several[Point] = Field(OPEN, description="At-punkterne i rækkefølge")


class CaseSection(Model):
    """A part of the case under one of the headings of the municipality's profile."""

    id: Identifier = Field(ALWAYS, description="Afsnittets id i profilen, fx problem, solution, finance, next-steps")
    text: Text = Field(OPEN, description="Teksten i Markdown; underoverskrifter begynder med #")
    closed: Closed | None = Field(ALWAYS, default=None, description="Er passagen lukket, så hvorfor")


Verb = Literal[
    "godkendt",
    "vedtaget",
    "tiltrådt",
    "anbefalet",
    "taget til efterretning",
    "drøftet",
    "oversendt",
    "udsat",
    "trukket tilbage",
    "forkastet",
]


class Outcome(Model):
    """What was decided on the whole recommendation, on one at-point, or on an amendment."""

    point: Identifier | None = Field(
        OPEN, default=None, description="Id på at-punktet; uden gælder det hele indstillingen"
    )
    amendment: Line | None = Field(OPEN, default=None, description="Ændringsforslagets betegnelse, fx ÆF1")
    verb: Verb = Field(OPEN, description="Hvad det blev: godkendt, vedtaget, anbefalet, taget til efterretning …")
    how: Literal["without-vote", "unanimous", "vote"] | None = Field(
        OPEN, default=None, description="without-vote (uden afstemning), unanimous (enstemmigt) eller vote (afstemning)"
    )
    votes_for: Integer | None = Field(OPEN, default=None, description="Antal stemmer for")
    votes_against: Integer | None = Field(OPEN, default=None, description="Antal stemmer imod")
    abstentions: Integer | None = Field(OPEN, default=None, description="Antal, der undlod at stemme")
    parties_for: tuple[Line, ...] = Field(
        OPEN, default=(), description="Partibogstaver for, fx A; delte partier som Ø (navn)"
    )
    parties_against: tuple[Line, ...] = Field(OPEN, default=(), description="Partibogstaver imod")
    parties_abstaining: tuple[Line, ...] = Field(OPEN, default=(), description="Partibogstaver, der undlod at stemme")


class MinuteStatement(Model):
    """A remark for the minutes by a party, and those who joined it."""

    by: Line = Field(OPEN, description="Partibogstav")
    text: Text = Field(OPEN, description="Bemærkningens ord")
    joined_by: tuple[Line, ...] = Field(OPEN, default=(), description="Partier, der tilsluttede sig")


class Decision(Model):
    """What a committee decided."""

    outcomes: Several[Outcome] = Field(OPEN, description="Udfald i rækkefølge")
    statements: tuple[MinuteStatement, ...] = Field(OPEN, default=(), description="Protokolbemærkninger")
    remarks: tuple[Text, ...] = Field(OPEN, default=(), description="Andre bemærkninger, fx hvem der ikke deltog")


class Treatment(Model):
    """One committee's treatment of the case."""

    body: Identifier = Field(ALWAYS, description="Udvalgets id i organisation.yaml")
    role: TreatmentRole = Field(
        ALWAYS, description="decides, recommends, declares, council, circulates, hears eller receives"
    )
    date: Date | None = Field(ALWAYS, default=None, description="Mødets dato, når den er kendt")
    reading: Integer | None = Field(ALWAYS, default=None, description="1 eller 2, når sagen har to behandlinger")
    written: bool = Field(ALWAYS, default=False, description="true ved skriftlig votering")
    decision: Decision | None = Field(OPEN, default=None, description="Beslutningen, når mødet er holdt")


class CaseFile(Model):
    """cases/<id>.yaml: a case."""

    title: Line = Field(OPEN, description="Sagens titel, højst 120 tegn")
    short_title: Line | None = Field(
        OPEN, default=None, description="Kort titel øverst på siderne, hvis titlen er lang"
    )
    kind: CaseKind = Field(ALWAYS, description="tabled-briefing, briefing, discussion, decision eller declaration")
    version: Version = Field(ALWAYS, description='Versionsnummer i anførselstegn, fx "1.0"', words=False)
    status: Status = Field(
        ALWAYS, description="udkast, i høring, til behandling, vedtaget, udgået eller til orientering"
    )
    date: Date | None = Field(ALWAYS, default=None, description="Sagens dato (ikke mødets), når den er kendt")
    history: tuple[Revision, ...] = Field(OPEN, default=(), description="Versionerne før og nu, ældste først")
    administrations: Several[Identifier] = Field(ALWAYS, description="Forvaltningen eller forvaltningerne bag sagen")
    case_number: CaseNumber | None = Field(ALWAYS, default=None, description="Sagsnummer i eDoc, fx 2015-0061783")
    document_number: DocumentNumber | None = Field(
        ALWAYS, default=None, description="Dokumentnummer i eDoc, fx 2015-0061783-4"
    )
    case_officer: Line | None = Field(INTERNAL, default=None, description="Sagsbehandler; kun i den interne udgave")
    closed: Closed | None = Field(ALWAYS, default=None, description="Er hele sagen lukket, så hvorfor")
    public_title: Line | None = Field(ALWAYS, default=None, description="En lukket sags titel i den offentlige udgave")
    summary: Text = Field(OPEN, description="Resumé: hvad der skal besluttes, i en til tre sætninger")
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
