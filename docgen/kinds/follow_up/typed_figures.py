"""A figure that is typed in a text where an indicator has it: the two may not say different things (DOMAIN 7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from docgen.content.scalar import Scalar, place_of
from docgen.kinds.follow_up.indicator_model import Indicator, Measure
from docgen.kinds.follow_up.model import FollowUp
from docgen.problems import Problem, elsewhere

_NUMBER = r"(?<![\w.,/-])(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?[ \u00a0]"
_SENTENCE = re.compile(r"(?:[^.!?\n]|[.!?](?!\s+[A-ZÆØÅ])|\n(?!\n))+")


def check_typed_figures(follow_up: FollowUp) -> Iterator[Problem]:
    """A Problem for each number in a sentence that names an indicator and has its unit, but is none of its figures.

    A number with fewer decimals than the figure may be rounded from it.
    """
    for text in _texts(follow_up):
        for sentence in _SENTENCE.finditer(text):
            for indicator in follow_up.indicators:
                names = (indicator.title, *([indicator.subject] if indicator.subject else []))
                if any(re.search(rf"\b{re.escape(name)}\b", sentence[0], re.IGNORECASE) for name in names):
                    yield from _contradictions(text, sentence, indicator)


def _texts(follow_up: FollowUp) -> Iterator[str]:
    yield from (follow_up.verdict, follow_up.summary)
    yield from (text for text in (follow_up.finance, follow_up.next_steps) if text)
    for area in follow_up.areas:
        yield from (text for text in (area.done, area.under_way, area.next_year, area.reason) if text)
    yield from (item.text for item in follow_up.recommendations)
    yield from (item.text for item in follow_up.boxes)


def _contradictions(text: str, sentence: re.Match[str], indicator: Indicator) -> Iterator[Problem]:
    known = list(_figures(indicator))
    if indicator.measure is Measure.CHANGE:  # −25 pct. is told as 25 pct. lower
        known += [abs(figure) for figure in known]
    for found in re.finditer(_NUMBER + re.escape(indicator.unit), sentence[0]) if known else ():
        whole, decimals = found[1].replace(".", ""), found[2] or ""
        typed = Decimal(f"{whole}.{decimals}" if decimals else whole)
        step = Decimal(1).scaleb(-len(decimals))
        if any(figure.quantize(step, ROUND_HALF_UP) == typed for figure in known):
            continue
        start, end = sentence.start() + found.start(), sentence.start() + found.end()
        place = text.origin_at(start, end) if isinstance(text, Scalar) else place_of(text)
        message = f"teksten siger {found[0]}, men det er intet af tallene i '{indicator.id}'"
        message += elsewhere(indicator.origin_of("series"), place)
        yield Problem(place, message, f"skriv {{tal:{indicator.id}}}, så henter docgen tallet")


def _figures(indicator: Indicator) -> Iterator[Decimal]:
    for figure in indicator.series:
        parts = [part.value for part in figure.parts]
        yield from (found for found in (figure.value, *parts) if found is not None)
        yield from (item.value for item in figure.by_administration if item.value is not None)
        yield from (item.value for item in figure.by_unit if item.value is not None)
        yield from () if figure.to is None else (figure.to,)
    for other in indicator.comparisons:
        yield from (item.value for item in other.series if item.value is not None)
    for goal in (*indicator.milestones, *([indicator.target] if indicator.target is not None else [])):
        yield from (goal.value, *(() if goal.to is None else (goal.to,)))
