"""A follow-up's figures in words, and what `{tal:…}` and `{opfoelgning:…}` stand for: quoted, never copied."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Protocol

from docgen import danish
from docgen.content.computed import Computed, computed
from docgen.kinds.follow_up import periods
from docgen.kinds.follow_up.indicator_model import Indicator
from docgen.kinds.follow_up.model import FollowUp
from docgen.kinds.follow_up.plan import decimals
from docgen.kinds.follow_up.sentences import with_unit as spanned
from docgen.problems import Origin

NOT_COUNTED = "ikke opgjort"
_MINUS = "\N{MINUS SIGN}"
_FIGURE = re.compile(r"\{(tal:[a-z0-9:-]+)\}")
_QUOTED_YEAR = re.compile(rf"\{{opfoelgning:({periods.ID}):")


class Valued(Protocol):
    """A number of a follow-up: a figure, a part of one, or a target."""

    @property
    def value(self) -> Decimal | None:
        """The number; None where it is not counted."""

    def origin_of(self, field: str) -> Origin:
        """The place of one of its fields."""


def plain(figure: Valued, places: int) -> Computed:
    """A figure without its unit, or that it is not counted."""
    value = figure.value
    words = NOT_COUNTED if value is None else danish.number(value, places).replace("-", _MINUS)
    return computed(words, figure.origin_of("value"))


def with_unit(figure: Valued, unit: str, places: int | None = None) -> Computed:
    """A figure with its unit: `70,8 pct.`; a count (unit `antal`) is the number alone."""
    value, words = figure.value, NOT_COUNTED
    if value is not None:
        words = danish.number(value, places) if str(unit) == "antal" else danish.amount(value, str(unit), places)
        words = words.replace("-", _MINUS, 1) if value < 0 else words
    return computed(words, figure.origin_of("value"))


def development(indicator: Indicator) -> Computed:
    """The series in a sentence without its subject: `steg fra 2 pct. i 2017 til 53 pct. i 2021`."""
    return computed(_development(indicator), indicator.origin_of("series"))


def _development(indicator: Indicator) -> str:
    known = [(figure, figure.value) for figure in indicator.counted if figure.value is not None]
    places = decimals(indicator)
    if not known:
        return "er ikke opgjort"
    (first, begin), (last, end) = known[0], known[-1]
    words = f"{with_unit(last, indicator.unit, places)} i {periods.words(last.year)}"
    if len(known) == 1:
        return f"var {words}"
    if begin == end:
        return f"var {words}, det samme som i {periods.words(first.year)}"
    verb = "steg" if end > begin else "faldt"
    return f"{verb} fra {with_unit(first, indicator.unit, places)} i {periods.words(first.year)} til {words}"


def figures(follow_up: FollowUp) -> dict[str, tuple[str, str]]:
    """`tal:<indicator>` (the year's figure) and `tal:<indicator>:<year>`, each with its words and the anchor."""
    found: dict[str, tuple[str, str]] = {}
    for indicator in follow_up.indicators:
        for figure in indicator.series:
            words = with_unit(figure, indicator.unit)
            if figure.to is not None and figure.value is not None:
                words = computed(spanned(figure.value, indicator, None, figure.to), words)
            found[f"tal:{indicator.id}:{periods.key(figure.year)}"] = (words, str(indicator.id))
            if figure.year == follow_up.year:
                found[f"tal:{indicator.id}"] = (words, str(indicator.id))
    return found


def verdict(follow_up: FollowUp) -> Computed:
    """The verdict with its figures filled in; an unknown reference stays, so that it is found."""
    known = figures(follow_up)
    words = _FIGURE.sub(lambda match: known.get(match[1], (match[0], ""))[0], follow_up.verdict)
    return computed(words, follow_up.verdict)


def quotations(follow_ups: Mapping[str, FollowUp], years: Collection[str]) -> dict[str, tuple[str, str]]:
    """What a case may quote of `years`: `opfoelgning:<year>:konklusion`, `opfoelgning:<year>:<indicator>[:<year>]`."""
    found: dict[str, tuple[str, str]] = {}
    for year in (year for year in years if year in follow_ups):
        follow_up = follow_ups[year]
        found[f"opfoelgning:{year}:konklusion"] = (verdict(follow_up), "")
        for key, (words, _) in figures(follow_up).items():
            found[f"opfoelgning:{year}:{key.removeprefix('tal:')}"] = (words, "")
    return found


def quoted_years(*texts: str) -> tuple[str, ...]:
    """The follow-ups, by id, that some texts quote, sorted: `{opfoelgning:2024:konklusion}` -> 2024."""
    return tuple(sorted({year for text in texts for year in _QUOTED_YEAR.findall(text)}))
