"""What is left of a follow-up in the source of a document that quotes it: the words and figures that it quotes."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TypeVar

from docgen.content.fields import Model, fields_of, without_fields
from docgen.kinds.document_fields import ELIDED, ELIDED_ID
from docgen.kinds.follow_up import periods
from docgen.kinds.follow_up.indicator_model import Indicator, YearFigure
from docgen.kinds.follow_up.model import AreaFollowUp, AreaStatus, FollowUp, Progress
from docgen.structs import replace

_Model = TypeVar("_Model", bound=Model)
_FIGURE = re.compile(r"\{tal:([a-z0-9:-]+)\}")
_AREAS = (AreaFollowUp(area=ELIDED_ID, reports_on=ELIDED, status=AreaStatus.UNFILLED, progress=Progress.UNFILLED),)


def quoted_part(follow_up: FollowUp, keys: Collection[str]) -> FollowUp:
    """A follow-up with what it is called, its day, and what is quoted of it: `konklusion`, `<indicator>`,
    `<indicator>:<year>`. What must be there and is not quoted is a sign for what is left out."""
    verdict = follow_up.verdict if "konklusion" in keys else ELIDED
    figures = {*keys, *_FIGURE.findall(verdict)}
    return replace(
        _required(follow_up),
        verdict=verdict,
        summary=ELIDED,
        mandate=ELIDED,
        method=ELIDED,
        areas=_AREAS,
        indicators=tuple(
            part for indicator in follow_up.indicators if (part := _figures(indicator, follow_up.year, figures))
        ),
    )


def _figures(indicator: Indicator, year: int | str, keys: Collection[str]) -> Indicator | None:
    """An indicator with those of its figures that are quoted, the others without their values: so each has the place
    that it has in the whole; None where none is quoted."""

    def is_quoted(figure: YearFigure) -> bool:
        key = f"{indicator.id}:{periods.key(figure.year)}"
        return key in keys or (figure.year == year and str(indicator.id) in keys)

    if not any(map(is_quoted, indicator.series)):
        return None
    series = tuple(
        _required(figure, "to", "forecast") if is_quoted(figure) else replace(_required(figure), value=None)
        for figure in indicator.series
    )
    only = _required(indicator, "measure")
    return replace(only, title=ELIDED, definition=ELIDED, base=ELIDED, value=ELIDED_ID, series=series)


def _required(model: _Model, *kept: str) -> _Model:
    """A model with the fields that it must have, and some that it may."""
    optional = (field.name for field in fields_of(type(model)).values() if not field.required)
    return without_fields(model, [name for name in optional if name not in kept])
