"""The yearly follow-up on a policy as types: a status for each focus area, and indicators with their sources."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from docgen.content.fields import OPEN, Field, Model
from docgen.content.types import Date, Identifier, Integer, Line, Number, Several, Text, Version
from docgen.content.unfilled import UNFILLED
from docgen.kinds.document_fields import Status
from docgen.kinds.policy.model import FocusArea


class AreaStatus(StrEnum):
    """Where a focus area stands at the end of the year (DOMAIN 2.4); kept apart from `Progress`."""

    REACHED = "nået"
    ON_THE_WAY = "på vej"
    AT_RISK = "i risiko"
    NOT_REACHED = "ikke nået"
    NOT_STARTED = "ikke startet"
    FINISHED = "afsluttet"
    DROPPED = "mål frafaldet"
    UNKNOWN = "kan ikke opgøres"
    MONITORED = "monitoreres uden mål"
    UNFILLED = UNFILLED  # in a draft


class Progress(StrEnum):
    """The direction since last year."""

    FORWARD = "frem"
    UNCHANGED = "uændret"
    BACK = "tilbage"
    NOT_ASSESSED = "ikke vurderet"
    UNFILLED = UNFILLED  # in a draft


class AreaFollowUp(Model):
    """What has become of one focus area in the year."""

    area: Identifier = Field(OPEN, description="Indsatsområdets id i politikken")
    reports_on: Line = Field(OPEN, description="Fingeraftryk af indsatsområdets tekst; docgen new skriver det")
    status: AreaStatus = Field(OPEN, description="Hvor indsatsen står ved årets udgang")
    progress: Progress = Field(
        OPEN, description="Retningen siden sidste år: frem, uændret, tilbage eller ikke vurderet"
    )
    done: Text | None = Field(OPEN, default=None, description="Hvad der er gjort i året")
    under_way: Text | None = Field(OPEN, default=None, description="Hvad der er i gang")
    next_year: Text | None = Field(OPEN, default=None, description="Hvad der skal ske næste år")
    responsible: Identifier | None = Field(
        OPEN, default=None, description="Den ansvarlige forvaltnings id i organisation.yaml"
    )
    cases: tuple[Identifier, ...] = Field(OPEN, default=(), description="Sager om indsatsen, ved id")


class FigurePart(Model):
    """One part of a figure's total."""

    label: Line = Field(OPEN, description="Hvad delen dækker")
    value: Number = Field(OPEN, description="Delens værdi i indikatorens enhed")


class AdministrationFigure(Model):
    """The figure of one administration."""

    body: Identifier = Field(OPEN, description="Forvaltningens id i organisation.yaml")
    value: Number | None = Field(OPEN, description="Værdien, eller null: ikke opgjort")


class YearFigure(Model):
    """An indicator's figure in one year."""

    year: Integer = Field(OPEN, description="Året, tallet gælder")
    value: Number | None = Field(OPEN, description="Værdien i indikatorens enhed, eller null: ikke opgjort")
    source: Text | None = Field(OPEN, default=None, description="Kilden til tallet; kræves, når der er et tal")
    note: Text | None = Field(OPEN, default=None, description="Bemærkning til tallet, fx en ændret opgørelse")
    parts: tuple[FigurePart, ...] = Field(OPEN, default=(), description="Dele, der giver værdien")
    by_administration: tuple[AdministrationFigure, ...] = Field(
        OPEN, default=(), description="Tallet for hver forvaltning"
    )


class Target(Model):
    """What an indicator is to reach, and when."""

    value: Number = Field(OPEN, description="Målet i indikatorens enhed")
    year: Integer = Field(OPEN, description="Året, målet skal være nået")
    direction: Literal["at-least", "at-most"] = Field(
        OPEN, default="at-least", description="at-least (mindst) eller at-most (højst)"
    )


class Indicator(Model):
    """Something that is counted every year; without a target it is monitored, which is a normal state."""

    id: Identifier = Field(OPEN, description="Fast id, det samme fra år til år")
    title: Line = Field(OPEN, description="Indikatorens navn")
    value: Identifier = Field(OPEN, description="Id på den af politikkens værdier, som indikatoren hører til")
    definition: Text = Field(OPEN, description="Hvad der tælles, og hvordan")
    base: Text = Field(OPEN, description="Grundlaget, og hvad der er holdt ude af det")
    unit: Line = Field(OPEN, description="Enheden, fx pct. eller mia. kr.")
    baseline_year: Integer | None = Field(OPEN, default=None, description="Året, der sammenlignes med")
    target: Target | None = Field(OPEN, default=None, description="Målet; uden er indikatoren uden mål")
    price_level: Line | None = Field(
        OPEN, default=None, description="Pris- og lønniveau, når det er penge, fx 2024 p/l"
    )
    changed: Text | None = Field(
        OPEN, default=None, description="Hvad der er ændret i definition, enhed eller grundlag siden sidst"
    )
    note: Text | None = Field(OPEN, default=None, description="Bemærkning under tabellen")
    series: Several[YearFigure] = Field(OPEN, description="Tallene år for år")
    chart: Literal["line", "bars"] | None = Field(
        OPEN, default=None, description="line (linje over år) eller bars (forvaltninger)", words=False
    )

    def figure(self, year: int) -> YearFigure | None:
        """The figure of a year, where the series has one."""
        return next((figure for figure in self.series if figure.year == year), None)

    def reached(self, year: int) -> bool | None:
        """Whether the year's figure reaches the target; None without a target or a figure."""
        figure = self.figure(year)
        if self.target is None or figure is None or figure.value is None:
            return None
        at_least = self.target.direction == "at-least"
        return figure.value >= self.target.value if at_least else figure.value <= self.target.value


class FollowUpFile(Model):
    """follow_ups/<year>.yaml: the follow-up on a policy for one year."""

    title: Line = Field(OPEN, description="Rapportens titel")
    year: Integer = Field(OPEN, description="Året, der følges op på; det samme som filens navn")
    policy: Identifier = Field(OPEN, description="Id på politikken, der følges op på")
    version: Version = Field(OPEN, description='Versionsnummer i anførselstegn, fx "1.0"', words=False)
    status: Status = Field(OPEN, description="udkast, i høring, til behandling, vedtaget, udgået eller til orientering")
    date: Date = Field(OPEN, description="Dagen, rapporten er opgjort; navne følger den")
    verdict: Line = Field(OPEN, description="Årets samlede vurdering i én sætning")
    summary: Text = Field(OPEN, description="Resumé; tal skrives som {tal:indikator} eller {tal:indikator:år}")
    mandate: Text = Field(OPEN, description="Hvilken beslutning der kræver opfølgningen")
    finance: Text | None = Field(OPEN, default=None, description="Økonomi")
    next_steps: Text | None = Field(OPEN, default=None, description="Videre proces")
    method: Text = Field(OPEN, description="Hvordan der er gjort op; bilaget om metode")
    areas: Several[AreaFollowUp] = Field(OPEN, description="Status for hvert indsatsområde")
    indicators: tuple[Indicator, ...] = Field(OPEN, default=(), description="Indikatorerne")


class FollowUp(FollowUpFile):
    """A follow-up with its id: the year, as the file's name has it."""

    id: Line = Field(OPEN, description="Filens navn")


def text_fingerprint(area: FocusArea) -> str:
    """Ten hex digits of what a focus area says, whatever its line breaks; a changed text has another."""
    words = " ".join(f"{area.lead} {area.text}".split())
    return hashlib.sha256(words.encode()).hexdigest()[:10]


def total(parts: tuple[FigurePart, ...]) -> Decimal:
    """The sum of some parts, exact."""
    return sum((part.value for part in parts), Decimal(0))
