"""What stands in for a value that is at fault, so that what stands beside it can be looked at in the same round.

A text that is wrong only in its form stands for itself: what it says of pictures and references is still to be read.
Nothing is ever made of a stand-in but more problems, and none that is about the stand-in itself.
"""

from __future__ import annotations

import datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from docgen.content.fields import AtLeastOne, Conversion, Model, WrongValueError, fields_of
from docgen.content.unfilled import UNFILLED

_DAY = datetime.date(1901, 1, 1)
_ID = "ikke-udfyldt"
_TRIED: tuple[object, ...] = (UNFILLED, _DAY, 1, "1.0", _ID, datetime.time(0, 1), [UNFILLED])
_ONE_LINE = r"^[^\n]*$"
_DEEPEST = 8  # models in models, of types that may hold their own

SIGNS = (UNFILLED, _ID, "1901")
"""What a problem says that is about a stand-in."""


def stand_in(kind: Any, value: object = None, depth: int = 0) -> Any:
    """A value of a type that content may have, in place of `value`; None where there is no such."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _annotated(arguments[0], arguments[1:], value, depth)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next((item for item in kind if item.value == UNFILLED), next(iter(kind)))
    if isinstance(kind, type) and issubclass(kind, Model):
        return _model(kind, depth)
    if origin is Literal:
        return arguments[0]
    if origin is tuple:
        return () if arguments[-1] is Ellipsis else tuple(stand_in(inner, None, depth) for inner in arguments)
    if origin is dict:
        return {}
    if origin in (Union, UnionType) and NoneType in arguments:
        return None
    return {bool: False, float: 0.0, str: UNFILLED}.get(kind)


def _annotated(kind: Any, says: tuple[Any, ...], value: object, depth: int) -> Any:
    for found in says:
        if isinstance(found, Conversion):
            return _converted(found, value)
        if isinstance(found, AtLeastOne):
            one = stand_in(get_args(kind)[0], None, depth + 1)
            return () if one is None else (one,)
    return stand_in(kind, value, depth)


def _converted(conversion: Conversion, value: object) -> Any:
    says = conversion.schema
    is_prose = says.get("type") == "string" and "format" not in says and says.get("pattern", _ONE_LINE) == _ONE_LINE
    if is_prose and isinstance(value, str) and value.strip():
        return value
    for tried in _TRIED:
        try:
            return conversion.convert(tried)
        except (WrongValueError, TypeError, ValueError, AttributeError):
            continue
    return None


def _model(kind: type[Model], depth: int) -> Model | None:
    if depth > _DEEPEST:
        return None
    made = {field.name: stand_in(field.type, None, depth + 1) for field in fields_of(kind).values() if field.required}
    return kind(**made)
