"""What is counted: indicators with targets, figures, what these are made of, and others to compare with.

A figure is of a period (`docgen.kinds.follow_up.periods`). What it is the sum or the mean of is written beside it: its
parts, and the units that have one each: administrations, or others such as hospitals, schools or centres.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Literal

from docgen.content.fields import OPEN, Field, Model
from docgen.content.types import Identifier, Integer, Line, Number, Several, Text
from docgen.kinds.follow_up.periods import Period


class Measure(StrEnum):
    """What sort of number an indicator is: how its development is told follows it."""

    LEVEL = "level"
    INDEX = "index"
    CHANGE = "change"
    SHARE = "share"


class FigurePart(Model):
    """One part of a figure's total."""

    label: Line = Field(OPEN, description="Hvad delen dækker")
    value: Number = Field(OPEN, description="Delens værdi i indikatorens enhed")


class AdministrationFigure(Model):
    """The figure of one administration."""

    body: Identifier = Field(OPEN, description="Forvaltningens id i organisation.yaml")
    value: Number | None = Field(OPEN, description="Værdien, eller null: ikke opgjort")


class UnitFigure(Model):
    """The figure of one unit of any kind."""

    unit: Line = Field(OPEN, description="Enhedens navn, det samme i hver periode")
    value: Number | None = Field(OPEN, description="Værdien, eller null: ikke opgjort")


class YearFigure(Model):
    """An indicator's figure in one period."""

    year: Period = Field(OPEN, description="Året eller perioden, tallet gælder: 2026, 2026-H1 eller 2026-Q1")
    value: Number | None = Field(OPEN, description="Værdien i indikatorens enhed, eller null: ikke opgjort")
    to: Number | None = Field(OPEN, default=None, description="Det højeste, når et forventet tal er et spænd: 80-84")
    forecast: bool = Field(OPEN, default=False, description="true, når tallet er det, der ventes")
    source: Text | None = Field(OPEN, default=None, description="Kilden til tallet; kræves, når der er et tal")
    note: Text | None = Field(OPEN, default=None, description="Bemærkning til tallet, fx en ændret opgørelse")
    parts: tuple[FigurePart, ...] = Field(OPEN, default=(), description="Dele, der giver værdien")
    rounded: bool = Field(
        OPEN, default=False, description="true, når delene er afrundet, så de ikke giver værdien på det sidste ciffer"
    )
    by_administration: tuple[AdministrationFigure, ...] = Field(
        OPEN, default=(), description="Tallet for hver forvaltning"
    )
    by_unit: tuple[UnitFigure, ...] = Field(
        OPEN, default=(), description="Tallet for hver enhed af en anden slags, fx hospitaler eller centre"
    )


class Target(Model):
    """What an indicator is to reach, and when: a figure, a range, or a rate a year."""

    value: Number = Field(OPEN, description="Målet i indikatorens enhed; det laveste, når målet er et spænd")
    to: Number | None = Field(OPEN, default=None, description="Det højeste, når målet er et spænd: 80-84")
    year: Integer = Field(OPEN, description="Året, målet skal være nået")
    direction: Literal["at-least", "at-most", "within"] = Field(
        OPEN, default="at-least", description="at-least (mindst), at-most (højst) eller within (inden for spændet)"
    )
    yearly: bool = Field(
        OPEN, default=False, description="true, når målet er en vækst om året i pct.; et fald har minus: -3 til -2"
    )

    def allows(self, value: Decimal) -> bool:
        """Whether a value is as the target will have it."""
        least, most = self.value, self.to if self.to is not None else self.value
        if self.direction == "within":
            return least <= value <= most
        return value >= least if self.direction == "at-least" else value <= most


class UnitProfile(Model):
    """How the figures of units are shown, and what the whole is of them."""

    head: Line = Field(OPEN, default="Enhed", description="Hvad enhederne er, fx Hospital eller Center")
    whole: Literal["sum", "mean", "other"] | None = Field(
        OPEN,
        default=None,
        description="Hvad tallet er af enhedernes: sum (summen), mean (gennemsnittet) eller other (noget andet; så "
        "forklarer note det)",
    )


class ComparedFigure(Model):
    """A figure of another municipality in one period."""

    year: Period = Field(OPEN, description="Året eller perioden, tallet gælder")
    value: Number | None = Field(OPEN, description="Værdien i indikatorens enhed, eller null: ikke opgjort")


class Comparison(Model):
    """The same figures elsewhere, with where they come from."""

    label: Line = Field(OPEN, description="Hvem der sammenlignes med, fx Aarhus Kommune eller Hele landet")
    source: Text = Field(OPEN, description="Kilden til tallene")
    series: Several[ComparedFigure] = Field(OPEN, description="Tallene i de samme perioder")

    def figure(self, period: int | str) -> ComparedFigure | None:
        """The figure of a period, where there is one."""
        return next((figure for figure in self.series if figure.year == period), None)


class Indicator(Model):
    """Something that is counted every year; without a target it is monitored, which is a normal state."""

    id: Identifier = Field(OPEN, description="Fast id, det samme fra år til år")
    title: Line = Field(OPEN, description="Indikatorens navn")
    value: Identifier = Field(OPEN, description="Id på den af politikkens værdier, som indikatoren hører til")
    definition: Text = Field(OPEN, description="Hvad der tælles, og hvordan")
    base: Text = Field(OPEN, description="Grundlaget, og hvad der er holdt ude af det")
    unit: Line = Field(OPEN, description="Enheden, fx pct., mia. kr., antal eller kWh/m²")
    area: Identifier | None = Field(
        OPEN, default=None, description="Indsatsområdet, som tallet viser; dets status må ikke sige noget andet"
    )
    subject: Line | None = Field(
        OPEN, default=None, description="Indikatoren, som sætninger begynder med den, i bestemt form: Elforbruget"
    )
    measure: Measure = Field(
        OPEN,
        default=Measure.LEVEL,
        description="Tallets slags: level (et niveau), index (indeks, 100 i basisåret), change (ændring siden "
        "basisåret) eller share (en andel)",
    )
    baseline_year: Period | None = Field(OPEN, default=None, description="Året, der sammenlignes med")
    target: Target | None = Field(OPEN, default=None, description="Målet; uden er indikatoren uden mål")
    milestones: tuple[Target, ...] = Field(OPEN, default=(), description="Delmål på vej mod målet, de første først")
    units: UnitProfile = Field(
        OPEN, default=UnitProfile(), description="Enhederne i by_unit, og hvad tallet er af deres"
    )
    comparisons: tuple[Comparison, ...] = Field(
        OPEN, default=(), description="De samme tal andre steder, hver med sin kilde"
    )
    price_level: Line | None = Field(
        OPEN, default=None, description="Pris- og lønniveau, når det er penge, fx 2024 p/l"
    )
    changed: Text | None = Field(
        OPEN, default=None, description="Hvad der er ændret i definition, enhed eller grundlag siden sidst"
    )
    note: Text | None = Field(OPEN, default=None, description="Bemærkning under tabellen")
    series: Several[YearFigure] = Field(OPEN, description="Tallene, periode for periode, de ældste først")
    chart: Literal["line", "bars"] | None = Field(
        OPEN, default=None, description="line (linje over perioder) eller bars (søjler efter enhed)", words=False
    )

    @property
    def counted(self) -> tuple[YearFigure, ...]:
        """The figures that are known: neither missing nor forecasts."""
        return tuple(figure for figure in self.series if figure.value is not None and not figure.forecast)

    def figure(self, period: int | str) -> YearFigure | None:
        """The figure of a period, where the series has one."""
        return next((figure for figure in self.series if figure.year == period), None)

    def reached(self, period: int | str) -> bool | None:
        """Whether the period's figure reaches the target; None without a target or a figure, and for a yearly rate."""
        figure = self.figure(period)
        if self.target is None or self.target.yearly or figure is None or figure.value is None:
            return None
        return self.target.allows(figure.value)


def total(values: tuple[FigurePart, ...]) -> Decimal:
    """The sum of some parts, exact."""
    return sum((part.value for part in values), Decimal(0))
