"""A figure and what it is made of: the sum of its parts, and the sum or the mean of its units. Always checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from docgen.kinds.follow_up.indicator_model import Indicator, Measure, YearFigure, total
from docgen.kinds.follow_up.plan import decimals
from docgen.kinds.follow_up.sentences import COUNT
from docgen.problems import Origin, Problem, elsewhere


def whole_of(indicator: Indicator) -> str:
    """What an indicator's figure is of its units': `sum`, `mean`, `other`, or `between`: what it is, where its author
    does not say it and it is no sum: a rate of the whole lies between those of its units."""
    if indicator.units.whole is not None:
        return indicator.units.whole
    unit = str(indicator.unit)
    is_ratio = unit in ("pct.", "%", "procent") or "/" in unit or " pr. " in unit
    return "sum" if indicator.measure is Measure.LEVEL and not is_ratio else "between"


def check_sums(indicator: Indicator) -> Iterator[Problem]:
    """A Problem for each figure that is not what its parts or its units make."""
    for figure in indicator.series:
        if figure.parts:
            of = [part.value for part in figure.parts]
            yield from _sum(indicator, figure, of, total(figure.parts), figure.origin_of("parts"), "delene")
        for name in ("by_administration", "by_unit"):
            units = [item.value for item in getattr(figure, name)]
            if units and figure.value is not None:
                yield from _units(indicator, figure, figure.value, units, figure.origin_of(name))


def _units(
    indicator: Indicator, figure: YearFigure, value: Decimal, units: Sequence[Decimal | None], there: Origin
) -> Iterator[Problem]:
    known = [item for item in units if item is not None]
    is_whole = len(known) == len(units)
    place = figure.origin_of("value")
    match whole_of(indicator):
        case "sum" if is_whole:
            yield from _sum(indicator, figure, known, sum(known, Decimal(0)), there, "enhederne")
        case "sum" if min(known, default=Decimal(0)) >= 0 and sum(known, Decimal(0)) > value:
            shown = f"enhederne i '{indicator.id}' i {figure.year} giver over {_shown(value)}"
            yield Problem(place, shown + elsewhere(there, place), "ret et af tallene")
        case "mean" if is_whole:
            step = Decimal(1).scaleb(-decimals(indicator))
            mean = (sum(known, Decimal(0)) / len(known)).quantize(step, ROUND_HALF_UP)
            if mean != value:
                shown = f"gennemsnittet i '{indicator.id}' i {figure.year} er {_shown(mean)}, ikke {_shown(value)}"
                hint = "ret et af tallene, eller skriv whole: other og i note, hvad tallet er"
                yield Problem(place, shown + elsewhere(there, place), hint)
        case "between" if is_whole and not min(known) <= value <= max(known):
            shown = f"{_shown(value)} i '{indicator.id}' i {figure.year} ligger ikke mellem enhedernes tal"
            hint = "ret et af tallene, eller skriv i units: whole, hvad tallet er af enhedernes: sum, mean eller other"
            yield Problem(place, shown + elsewhere(there, place), hint)
        case "other" if indicator.note is None and figure.note is None:
            shown = f"'{indicator.id}' siger ikke, hvad tallet er af enhedernes"
            yield Problem(indicator.units.origin_of("whole"), shown, "skriv det i note")
        case _:
            return


def _sum(
    indicator: Indicator, figure: YearFigure, of: Sequence[Decimal], made: Decimal, there: Origin, what: str
) -> Iterator[Problem]:
    if made == figure.value:
        return
    near = figure.value is not None and abs(made - figure.value) <= _rounding(of, indicator)
    if near and figure.rounded:
        return
    written = "ikke opgjort" if figure.value is None else _shown(figure.value)
    place = figure.origin_of("value")
    message = f"{what} af '{indicator.id}' i {figure.year} giver {_shown(made)}, men i alt er {written}"
    hint = "ret et af tallene" + (", eller skriv rounded: true, når delene er afrundet" if near else "")
    yield Problem(place, message + elsewhere(there, place), hint)


def _rounding(of: Sequence[Decimal], indicator: Indicator) -> Decimal:
    """The most that a sum of rounded numbers is from the sum of the numbers: half a unit of the last digit each; what
    is counted in ones is not rounded."""
    if indicator.unit == COUNT:
        return Decimal(0)
    places = max((max(0, -int(value.as_tuple().exponent)) for value in of), default=0)
    return Decimal(len(of)) * Decimal(1).scaleb(-places) / 2


def _shown(value: Decimal) -> str:
    return f"{value}".replace(".", ",")
