"""How far an indicator is on the way to its target: reckoned from its baseline, its milestones, its target and the day.

The way is even: in equal steps from the baseline to the first milestone, from each to the next, and to the target.
Everything is exact until it is compared, and then as exact as the figures are written.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from docgen.kinds.follow_up import periods
from docgen.kinds.follow_up.indicator_model import Indicator, Measure, Target, YearFigure
from docgen.structs import Struct


class Standing(StrEnum):
    """Where an indicator is at its latest figure."""

    REACHED = "nået"
    MISSED = "ikke nået"  # the day of the target is past
    AHEAD = "foran planen"
    ON_PLAN = "følger planen"
    BEHIND = "bag planen"
    NOT_YET = "endnu ikke nået"  # there is no baseline to reckon from


class Assessment(Struct, frozen=True):
    """What is to be said of an indicator and its target.

    `figure` is the latest that is known. `expected` is what the even way from `begins` to `ends` (periods) has there,
    None where there is none. `rate` is the mean growth in pct. a year where the target is one.
    """

    standing: Standing
    figure: YearFigure
    expected: Decimal | None = None
    begins: int | str = 0
    ends: int | str = 0
    is_milestone: bool = False
    rate: Decimal | None = None


class _Waypoint(Struct, frozen=True):
    period: int | str
    value: Fraction

    @property
    def time(self) -> Fraction:
        return periods.end(self.period)


def decimals(indicator: Indicator) -> int:
    """How many decimals an indicator's figures have: as many as the one with most, so that a column is aligned."""
    found: list[Decimal | None] = []
    for figure in indicator.series:
        found += [figure.value, figure.to, *(part.value for part in figure.parts)]
        found += [item.value for item in figure.by_administration]
        found += [item.value for item in figure.by_unit]
    found += [item.value for other in indicator.comparisons for item in other.series]
    return max((max(0, -int(value.as_tuple().exponent)) for value in found if value is not None), default=0)


def baseline(indicator: Indicator) -> tuple[int | str, Decimal] | None:
    """The period and the figure that an indicator is measured from, where both are known.

    An index is 100 and a change is 0 there, whether the figure is written or not.
    """
    period = indicator.baseline_year
    if period is None:
        return None
    fixed = {Measure.INDEX: Decimal(100), Measure.CHANGE: Decimal(0)}.get(indicator.measure)
    figure = indicator.figure(period)
    value = figure.value if figure is not None and figure.value is not None else fixed
    return None if value is None else (period, value)


def assess(indicator: Indicator, present: int | str) -> Assessment | None:
    """Where an indicator is at the end of a period; None where it has no target, or no figure until then."""
    known = [figure for figure in indicator.counted if periods.order(figure.year) <= periods.order(present)]
    target = indicator.target
    if target is None or not known:
        return None
    latest = known[-1]
    assert latest.value is not None  # it is counted
    if target.yearly:
        return _rate(indicator, target, latest)
    if target.allows(latest.value):
        return Assessment(Standing.REACHED, latest)
    if periods.end(latest.year) >= periods.end(target.year):
        return Assessment(Standing.MISSED, latest)
    return _on_the_way(indicator, target, latest)


def _on_the_way(indicator: Indicator, target: Target, latest: YearFigure) -> Assessment:
    base = baseline(indicator)
    if base is None or latest.value is None:
        return Assessment(Standing.NOT_YET, latest)
    goals = [*(stage for stage in indicator.milestones if not stage.yearly), target]
    way = [_Waypoint(base[0], Fraction(base[1])), *(_Waypoint(goal.year, aim(goal)) for goal in goals)]
    leg = _leg(way, periods.end(latest.year))
    if leg is None:
        return Assessment(Standing.NOT_YET, latest)
    first, last = leg
    share = (periods.end(latest.year) - first.time) / (last.time - first.time)
    expected = _rounded(first.value + (last.value - first.value) * share, decimals(indicator))
    upwards = way[-1].value >= way[0].value
    ahead = latest.value > expected if upwards else latest.value < expected
    standing = Standing.ON_PLAN if latest.value == expected else Standing.AHEAD if ahead else Standing.BEHIND
    return Assessment(standing, latest, expected, first.period, last.period, is_milestone=last is not way[-1])


def aim(goal: Target) -> Fraction:
    """What is aimed at: the end of a range that is reached first."""
    return Fraction(goal.to if goal.to is not None and goal.direction == "at-most" else goal.value)


def _leg(way: Sequence[_Waypoint], time: Fraction) -> tuple[_Waypoint, _Waypoint] | None:
    """The two points of a way that a time is after the first of and not after the second."""
    return next(((first, last) for first, last in pairwise(way) if first.time < time <= last.time), None)


def _rate(indicator: Indicator, target: Target, latest: YearFigure) -> Assessment | None:
    """Of a target that is a growth in pct. a year: the mean growth since the baseline."""
    base = baseline(indicator)
    if base is None or latest.value is None or base[1] <= 0 or latest.value <= 0:
        return None
    years = periods.end(latest.year) - periods.end(base[0])
    if years <= 0:
        return None
    power = Decimal(years.denominator) / Decimal(years.numerator)
    rate = ((latest.value / base[1]) ** power - 1) * 100
    standing = Standing.REACHED if target.allows(rate.quantize(Decimal("0.1"), ROUND_HALF_UP)) else Standing.BEHIND
    return Assessment(standing, latest, begins=base[0], ends=latest.year, rate=rate)


def _rounded(value: Fraction, places: int) -> Decimal:
    """A fraction with some decimals, half up (away from zero)."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
