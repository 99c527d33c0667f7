"""What is left of a follow-up in the source of a document that quotes it: the words and figures that it quotes."""

from __future__ import annotations

import re
from collections.abc import Collection

from docgen.kinds.document_fields import ELIDED, ELIDED_ID
from docgen.kinds.follow_up.model import AreaFollowUp, AreaStatus, FollowUp, Indicator, Progress, YearFigure
from docgen.structs import replace

_FIGURE = re.compile(r"\{tal:([a-z0-9:-]+)\}")
_AREAS = (AreaFollowUp(area=ELIDED_ID, reports_on=ELIDED, status=AreaStatus.UNFILLED, progress=Progress.UNFILLED),)


def quoted_part(follow_up: FollowUp, keys: Collection[str]) -> FollowUp:
    """A follow-up with what it is called, its day, and what is quoted of it: `konklusion`, `<indicator>`,
    `<indicator>:<year>`. What must be there and is not quoted is a sign for what is left out."""
    verdict = follow_up.verdict if "konklusion" in keys else ELIDED
    figures = {*keys, *_FIGURE.findall(verdict)}
    return replace(
        follow_up,
        verdict=verdict,
        summary=ELIDED,
        mandate=ELIDED,
        method=ELIDED,
        finance=None,
        next_steps=None,
        areas=_AREAS,
        indicators=tuple(
            part for indicator in follow_up.indicators if (part := _figures(indicator, follow_up.year, figures))
        ),
    )


def _figures(indicator: Indicator, year: int, keys: Collection[str]) -> Indicator | None:
    """An indicator with those of its figures that are quoted, the others without their values: so each has the place
    that it has in the whole; None where none is quoted."""

    def is_quoted(figure: YearFigure) -> bool:
        return f"{indicator.id}:{figure.year}" in keys or (figure.year == year and str(indicator.id) in keys)

    if not any(map(is_quoted, indicator.series)):
        return None
    series = tuple(
        replace(
            figure,
            value=figure.value if is_quoted(figure) else None,
            source=None,
            note=None,
            parts=(),
            by_administration=(),
        )
        for figure in indicator.series
    )
    nothing = dict.fromkeys(("baseline_year", "target", "price_level", "changed", "note", "chart"))
    return replace(indicator, title=ELIDED, definition=ELIDED, base=ELIDED, value=ELIDED_ID, series=series, **nothing)
