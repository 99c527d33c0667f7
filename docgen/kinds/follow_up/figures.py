"""What is drawn of an indicator: its points, what they are compared with, and the words at them and under them."""

from __future__ import annotations

from decimal import Decimal

from docgen import danish
from docgen.content.computed import Computed, computed, label
from docgen.content.content import Content
from docgen.kinds.follow_up import periods
from docgen.kinds.follow_up.indicator_model import Indicator, YearFigure
from docgen.kinds.follow_up.model import FollowUp
from docgen.kinds.follow_up.plan import aim, decimals
from docgen.kinds.follow_up.quotes import Valued, with_unit
from docgen.kinds.follow_up.sentences import number, told
from docgen.kinds.follow_up.sums import whole_of
from docgen.kinds.prepared import Chart, ChartSeries
from docgen.structs import Struct

FEWEST = 3
"""The fewest points of a chart: two figures are a sentence."""


class UnitValue(Struct, frozen=True):
    """The figure of a unit, with its name as it is shown."""

    name: Computed
    value: Decimal | None
    of: Valued


def latest_units(indicator: Indicator) -> YearFigure | None:
    """The latest figure that is told unit by unit."""
    return next((figure for figure in reversed(indicator.series) if figure.by_administration or figure.by_unit), None)


def units_of(content: Content, figure: YearFigure, follow_up: FollowUp) -> tuple[UnitValue, ...]:
    """A figure's units in the order of the file."""
    named = tuple(
        UnitValue(label(content.organisation.body(item.body, follow_up.date), "name"), item.value, item)
        for item in figure.by_administration
    )
    return (*named, *(UnitValue(label(item, "unit"), item.value, item) for item in figure.by_unit))


def chart_of(content: Content, indicator: Indicator, follow_up: FollowUp, fewest: int) -> Chart | None:
    """What is to be drawn of an indicator, where the author asks for it and there are enough figures for it."""
    if indicator.chart == "line":
        chart = _line(indicator)
    elif indicator.chart == "bars" and (latest := latest_units(indicator)):
        chart = _bars(content, indicator, latest, follow_up)
    else:
        return None
    return chart if sum(value is not None for _, value in chart.points) >= fewest else None


def _line(indicator: Indicator) -> Chart:
    places, target = decimals(indicator), indicator.target
    series = indicator.series
    goal, goal_words = _target(indicator)
    goals = [*indicator.milestones, *([target] if target is not None else [])]
    return Chart(
        kind="line",
        points=tuple((periods.short(figure.year), _float(figure.value)) for figure in series),
        labels=tuple(_figure_words(figure, places) for figure in series),
        unit=str(indicator.unit),
        target=goal,
        target_label=goal_words,
        times=tuple(float(periods.end(figure.year)) for figure in series),
        forecasts=tuple(figure.forecast for figure in series),
        stages=tuple(
            (float(periods.end(goal.year)), float(goal.value), f"{goal.year}") for goal in goals[:-1] if not goal.yearly
        ),
        others=tuple(
            ChartSeries(
                str(other.label),
                tuple(
                    (float(periods.end(item.year)), float(item.value))
                    for item in other.series
                    if item.value is not None
                ),
            )
            for other in indicator.comparisons
        ),
    )


def _bars(content: Content, indicator: Indicator, latest: YearFigure, follow_up: FollowUp) -> Chart:
    """The units from the greatest to the least; those not counted last, and the whole as a line where it is no sum."""
    places = decimals(indicator)
    goal, goal_words = _target(indicator)
    units = sorted(units_of(content, latest, follow_up), key=lambda unit: (unit.value is None, -(unit.value or 0)))
    mean = latest.value if whole_of(indicator) != "sum" else None
    word = "Gennemsnit" if whole_of(indicator) == "mean" else "Samlet"
    return Chart(
        kind="bars",
        points=tuple((str(unit.name), _float(unit.value)) for unit in units),
        labels=tuple("" if unit.value is None else number(unit.value, places) for unit in units),
        unit=str(indicator.unit),
        target=goal,
        target_label=goal_words,
        mean=None if mean is None else float(mean),
        mean_label="" if mean is None else f"{word}: {number(mean, places)}",
    )


def _target(indicator: Indicator) -> tuple[float | None, str]:
    """Where the line of the target is, and its words; of a range the end that is reached first, and both in words."""
    target = indicator.target
    if target is None or target.yearly:
        return None, ""
    end = "" if target.to is None else f"-{number(target.to)}"
    return float(aim(target)), f"Mål: {number(target.value)}{end}"


def _figure_words(figure: YearFigure, places: int) -> str:
    if figure.value is None:
        return ""
    shown = number(figure.value, places)
    return shown if figure.to is None else f"{shown}-{number(figure.to, places)}"


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def caption(indicator: Indicator) -> Computed:
    """What a chart is of, with its unit and its period: `Elforbrug, kWh/m², 2018-2024`."""
    unit = "" if str(indicator.unit) == "antal" else f", {indicator.unit}"
    level = f" ({indicator.price_level})" if indicator.price_level else ""
    if indicator.chart == "bars" and (latest := latest_units(indicator)):
        when = periods.words(latest.year)
    else:
        when = periods.span(indicator.series[0].year, indicator.series[-1].year)
    return computed(f"{indicator.title}{unit}{level}, {when}", indicator.title)


def alternative(content: Content, indicator: Indicator, follow_up: FollowUp) -> Computed:
    """A chart in words, from the same figures (WCAG 1.1.1)."""
    places, place = decimals(indicator), indicator.origin_of("series")
    latest = latest_units(indicator)
    if indicator.chart != "bars" or latest is None:
        others = [str(other.label) for other in indicator.comparisons]
        besides = f" Til sammenligning: {danish.enumerate(others)}." if others else ""
        return computed(f"Kurve. {told(indicator, follow_up.year)}{besides}", place)
    units = sorted(units_of(content, latest, follow_up), key=lambda unit: (unit.value is None, -(unit.value or 0)))
    rows = danish.enumerate(f"{unit.name} {with_unit(unit.of, indicator.unit, places)}" for unit in units)
    return computed(f"Søjler. {indicator.title} i {periods.words(latest.year)}: {rows}.", place)
