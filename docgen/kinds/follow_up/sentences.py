"""An indicator in sentences that a councillor reads right: what it was, where it goes, how far the target is.

Each sentence is made of the model: the subject in definite form (`subject`), the sort of number (`measure`), figures
and periods. No pronoun and no adjective follows the gender or the number of the subject, so that each is grammatical
whatever stands there; and a unit has the letters that its author gave it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from docgen import danish
from docgen.content.computed import Computed, computed
from docgen.kinds.follow_up import periods
from docgen.kinds.follow_up.indicator_model import Indicator, Measure, Target, YearFigure
from docgen.kinds.follow_up.plan import Assessment, Standing, assess, baseline, decimals
from docgen.structs import Struct

_NBSP = "\N{NO-BREAK SPACE}"
_MINUS = "\N{MINUS SIGN}"
_SUBJECTS = {
    Measure.LEVEL: "Tallet",
    Measure.INDEX: "Indekset",
    Measure.CHANGE: "Tallet",
    Measure.SHARE: "Andelen",
}
COUNT = "antal"
"""The unit of what is counted in ones; it is not written after the number."""


def told(indicator: Indicator, present: int | str) -> Computed:
    """All that is said of an indicator in a report on a period, as one paragraph."""
    # A unit that ends with a full stop ends its sentence, too.
    words = " ".join(re.sub(r"\.\.$", ".", sentence) for sentence in _sentences(indicator, present))
    return computed(words, indicator.origin_of("series"))


def _sentences(indicator: Indicator, present: int | str) -> Iterator[str]:
    found = Sentences(indicator)
    yield from found.development(present)
    yield from found.standing(assess(indicator, present), present)
    yield from found.forecasts(present)


def unit_head(unit: str) -> str:
    """A unit as the head of a column: `Pct.`, `Mio. kr.`, `Antal`, but `kWh/m²`, `kg CO2e` and `ton` as they are: a
    symbol has letters of its own (SI Brochure 5.2), and only a word or an abbreviation of one takes a capital."""
    first = unit.split()[0] if unit.split() else ""
    return unit[:1].upper() + unit[1:] if first in _CAPITALS else unit


_CAPITALS = frozenset(
    (
        "pct.",
        "procent",
        "procentpoint",
        "mio.",
        "mia.",
        "kr.",
        "kroner",
        "antal",
        "personer",
        "årsværk",
        "timer",
        "indeks",
    )
)


class Sentences(Struct, frozen=True):
    """The sentences of one indicator."""

    indicator: Indicator

    @property
    def subject(self) -> str:
        """What sentences begin with, in definite form."""
        own = self.indicator
        if own.subject is not None:
            return str(own.subject).strip()
        return "Antallet" if own.measure is Measure.LEVEL and own.unit == COUNT else _SUBJECTS[own.measure]

    @property
    def places(self) -> int:
        """The decimals of every figure."""
        return decimals(self.indicator)

    def figure(self, value: Decimal, to: Decimal | None = None) -> str:
        """A figure with its unit, a range with the unit once: `52 pct.`, `80-84 pct.`, `indeks 92`, `664`."""
        return with_unit(value, self.indicator, self.places, to)

    # -- what it was ------------------------------------------------------------------------------------------

    def development(self, present: int | str) -> Iterator[str]:
        """What the figures were, from the baseline or the first to the latest until a period."""
        own = self.indicator
        known = [figure for figure in own.counted if periods.order(figure.year) <= periods.order(present)]
        base = baseline(own)
        if not known:
            if base is not None:
                yield f"{_capital(periods.words(base[0]))} er basisår."
            yield f"{self.subject} er ikke opgjort." if base is None else "Senere tal er ikke opgjort."
            return
        latest = known[-1]
        begin = base or (known[0].year, known[0].value or Decimal(0))
        if latest.year == begin[0]:
            yield from self._single(latest, base is not None)
        else:
            yield self._changed(begin[0], begin[1], latest)
        if latest.year != present:
            yield f"For {periods.words(present)} er tallet ikke opgjort."

    def _single(self, figure: YearFigure, is_base: bool) -> Iterator[str]:
        assert figure.value is not None  # it is counted
        if is_base and self.indicator.measure in (Measure.CHANGE, Measure.INDEX):
            hundred = ", og tallet er sat til 100" if self.indicator.measure is Measure.INDEX else ""
            yield f"{_capital(periods.words(figure.year))} er basisår{hundred}."
        else:
            base = ", som er basisår" if is_base else ""
            yield f"{self.subject} var {self.figure(figure.value)} i {periods.words(figure.year)}{base}."

    def _changed(self, begin: int | str, first: Decimal, latest: YearFigure) -> str:
        value = latest.value
        assert value is not None  # it is counted
        now, then = periods.words(latest.year), periods.words(begin)
        match self.indicator.measure:
            case Measure.CHANGE if self.indicator.baseline_year is not None:
                return f"{self._compared(self.figure(abs(value)), value, now, then)}."
            case Measure.INDEX if self.indicator.baseline_year is not None and first > 0:
                share = _percent(value / first * 100 - 100, self.places)
                index = f"{self.figure(value)}; {then} er {self.figure(first)}"
                return f"{self._compared(share, value - first, now, then)} ({index})."
            case Measure.SHARE if first != value and _is_percent(self.indicator.unit):
                points = f"{number(abs(value - first), self.places)}{_NBSP}procentpoint"
                move = f"en stigning på {points}" if value > first else f"et fald på {points}"
                return f"{self._moved(first, value, now, then)}, {move}."
            case _:
                return f"{self._moved(first, value, now, then)}."

    def _compared(self, difference: str, direction: Decimal, now: str, then: str) -> str:
        """`Elforbruget var 25 pct. lavere i 2023 end i 2018`"""
        if direction == 0:
            return f"{self.subject} lå på samme niveau i {now} som i {then}"
        word = "højere" if direction > 0 else "lavere"
        return f"{self.subject} var {difference} {word} i {now} end i {then}"

    def _moved(self, first: Decimal, value: Decimal, now: str, then: str) -> str:
        """`Elforbruget faldt fra 120 kWh/m² i 2018 til 95 kWh/m² i 2023`"""
        if first == value:
            return f"{self.subject} var {self.figure(value)} både i {then} og i {now}"
        verb = "steg" if value > first else "faldt"
        return f"{self.subject} {verb} fra {self.figure(first)} i {then} til {self.figure(value)} i {now}"

    # -- where it is to go ------------------------------------------------------------------------------------

    def target(self, target: Target) -> str:
        """A target in words: `mindst 60 pct. i 2026`, `80-84 pct. i 2026`, `mindst 5 pct. lavere i 2025 end i 2018`."""
        if target.yearly:
            return f"{_growth(target)} om året til og med {target.year}"
        if self.indicator.measure is Measure.CHANGE and self.indicator.baseline_year is not None:
            then = periods.words(self.indicator.baseline_year)
            return f"{self._less_or_more(target)} i {target.year} end i {then}"
        return f"{_bound(target)}{self.figure_of(target)} i {target.year}"

    def figure_of(self, target: Target) -> str:
        """A target's figure with its unit, with the decimals that its author gave it."""
        return with_unit(target.value, self.indicator, None, target.to)

    def _less_or_more(self, target: Target) -> str:
        ends = (target.value, target.value if target.to is None else target.to)
        falls = ends[0] < 0 or (ends[0] == 0 and target.direction == "at-most")
        least, most = sorted(map(abs, ends))
        if target.to is None:
            # At most −25 is at least 25 lower.
            as_bound = {"at-least": "højst" if falls else "mindst", "at-most": "mindst" if falls else "højst"}
            bound = f"{as_bound[target.direction]} " if target.direction in as_bound else ""
        else:
            bound = ""
        shown = with_unit(least, self.indicator, None, most if target.to is not None else None)
        return f"{bound}{shown} {'lavere' if falls else 'højere'}"

    def standing(self, found: Assessment | None, present: int | str) -> Iterator[str]:
        """Whether the target is reached, or where the figures are on the way to it."""
        own = self.indicator
        if own.target is None:
            return
        at_all = "at tallet er " if own.measure is Measure.CHANGE and not own.target.yearly else ""
        verdict = _verdict(found, present) if found is not None else ""
        yield f"Målet er{',' if at_all else ''} {at_all}{self.target(own.target)}{verdict}."
        if own.milestones:
            stages = danish.enumerate(map(self.target, own.milestones))
            word = "Delmålene" if len(own.milestones) > 1 else "Delmålet"
            yield f"{word} er{',' if at_all else ''} {at_all}{stages}."
        if found is None:
            return
        if found.rate is not None:
            yield self._rate(found, found.rate)
        elif found.expected is not None:
            yield self._on_the_way(found, found.expected)

    def _on_the_way(self, found: Assessment, expected: Decimal) -> str:
        goal = f"delmålet i {found.ends}" if found.is_milestone else f"målet i {found.ends}"
        now = periods.words(found.figure.year)
        where = {
            Standing.AHEAD: "Udviklingen er foran planen",
            Standing.BEHIND: "Udviklingen er bag planen",
            Standing.ON_PLAN: "Udviklingen følger planen",
        }[found.standing]
        steps = f"med lige store skridt fra {periods.words(found.begins)} til {goal}"
        return f"{where}: {steps} skulle tallet have været {self._planned(expected)} i {now}."

    def _planned(self, expected: Decimal) -> str:
        base = baseline(self.indicator)
        if self.indicator.measure is not Measure.CHANGE or base is None or expected == 0:
            return self.figure(expected)
        word = "højere" if expected > 0 else "lavere"
        return f"{self.figure(abs(expected))} {word}"

    def _rate(self, found: Assessment, rate: Decimal) -> str:
        then, now = periods.words(found.begins), periods.words(found.ends)
        enough = "nok" if found.standing is Standing.REACHED else "ikke nok"
        shown = rate.quantize(Decimal("0.1"), ROUND_HALF_UP)
        if shown == 0:
            return f"Fra {then} til {now} stod tallet stille; det er {enough} til at nå målet."
        verb = "steg" if shown > 0 else "faldt"
        mean = f"{number(abs(shown), 1)}{_NBSP}pct. om året"
        return f"Fra {then} til {now} {verb} tallet i gennemsnit {mean}; det er {enough} til at nå målet."

    def forecasts(self, present: int | str) -> Iterator[str]:
        """What is expected after a period."""
        own = self.indicator
        for figure in own.series:
            if not figure.forecast or figure.value is None:
                continue
            when = periods.words(figure.year)
            if own.measure is Measure.CHANGE and own.baseline_year is not None:
                then = periods.words(own.baseline_year)
                yield f"I {when} ventes {self._expected_change(figure)} i {then}."
            else:
                yield f"I {when} ventes {self.figure(figure.value, figure.to)}."

    def _expected_change(self, figure: YearFigure) -> str:
        assert figure.value is not None  # asked before
        ends = sorted((figure.value, figure.value if figure.to is None else figure.to), key=abs)
        if ends[1] == 0:
            return "samme niveau som"
        shown = self.figure(abs(ends[0]), abs(ends[1]) if figure.to is not None else None)
        return f"et tal, der er {shown} {'højere' if ends[1] > 0 else 'lavere'} end"


def _verdict(found: Assessment, present: int | str) -> str:
    """What follows a target: whether it is reached at the latest figure."""
    if found.rate is not None:
        return ""
    match found.standing:
        case Standing.REACHED if found.figure.year != present:
            return f"; det var nået i {periods.words(found.figure.year)}"
        case Standing.REACHED:
            return "; det er nået"
        case Standing.MISSED:
            return "; det er ikke nået"
        case _:
            return "; det er ikke nået endnu"


def with_unit(value: Decimal, indicator: Indicator, places: int | None, to: Decimal | None = None) -> str:
    """A figure or a range of an indicator with its unit, with no-break spaces."""
    shown = number(value, places) if to is None else f"{number(value, places)}-{number(to, places)}"
    if indicator.measure is Measure.INDEX:
        return f"indeks{_NBSP}{shown}"
    unit = str(indicator.unit)
    return shown if unit == COUNT else f"{shown}{_NBSP}{unit.replace(' ', _NBSP)}"


def number(value: Decimal, places: int | None = None) -> str:
    """A number in Danish with a minus that is one."""
    return danish.number(value, places).replace("-", _MINUS)


def _percent(value: Decimal, places: int) -> str:
    return f"{number(abs(value), places)}{_NBSP}pct."


def _is_percent(unit: str) -> bool:
    return str(unit).strip() in ("pct.", "%", "procent")


def _bound(target: Target) -> str:
    words = {"at-least": "mindst ", "at-most": "højst "}
    return "" if target.to is not None else words.get(target.direction, "")


def _growth(target: Target) -> str:
    """`et fald på 2-3 pct.`, `en stigning på mindst 2 pct.`"""
    ends = sorted(abs(end) for end in (target.value, target.value if target.to is None else target.to))
    falls = target.value < 0
    shown = number(ends[0], None) + (f"-{number(ends[1], None)}" if target.to is not None else "")
    bound = ""
    if target.to is None:
        is_least = (target.direction == "at-most") if falls else (target.direction == "at-least")
        bound = "mindst " if is_least else "højst "
    return f"{'et fald' if falls else 'en stigning'} på {bound}{shown}{_NBSP}pct."


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
