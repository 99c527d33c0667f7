"""What is shown of a value that is no text of its own: it has the place of that value, and is marked as computed.

A `Scalar` is words that somebody wrote, and is shown as Markdown. A `Computed` is words that were made: a date, a
number, a genitive, an enumeration, a name looked up in a register. It is shown letter by letter.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any, Self

from docgen.content.fields import Model
from docgen.content.scalar import place_of
from docgen.problems import Origin

_NOWHERE = Origin("")


class Computed(str):
    """A text that was made of a value, with that value's place (nowhere, with no file, where it has none)."""

    __slots__ = ("origin",)
    origin: Origin

    def __new__(cls, text: str, origin: Origin) -> Self:
        """The text with its place."""
        made = super().__new__(cls, text)
        made.origin = origin
        return made

    def __reduce__(self) -> tuple[type, tuple[str, Origin]]:
        return (Computed, (str(self), self.origin))


class _Integer(int):
    origin: Origin


class _Number(Decimal):
    origin: Origin


class _Day(datetime.date):
    origin: Origin


class _ClockTime(datetime.time):
    origin: Origin


def computed(text: str, *of: object) -> Computed:
    """A text made of some values, with the place of the first that has one; of itself alone, with its own.

    A value is a text, number or date with a place, a model, a place, or several of these in a list or a tuple.
    """
    return Computed(text, _first_place(of or (text,)))


def label(model: Model, field: str) -> Computed:
    """A text field as it is, letter by letter, with its place, also where that is its default."""
    return Computed(str(getattr(model, field)), model.origin_of(field))


def with_place(value: Any, origin: Origin) -> Any:
    """A value that equals `value` and knows its place: a text, a number, a date, a time or a choice, or each of these
    in a tuple. What has a place already, and what is never shown (a model, true, nothing), is as it was."""
    make = _MAKERS.get(type(value))
    if make is not None:
        return make(value, origin)
    return Computed(str(value.value), origin) if isinstance(value, Enum) else value


def lacks_place(value: object) -> bool:
    """Whether `with_place` would make another value of one."""
    kind = type(value)
    if kind is tuple:
        return any(map(lacks_place, value))  # type: ignore[call-overload]
    return (kind in _MAKERS and value != "") or isinstance(value, Enum)


def _first_place(values: Iterable[object]) -> Origin:
    for value in values:
        if isinstance(value, list | tuple):
            place = _first_place(value)
        else:
            place = value if isinstance(value, Origin) else place_of(value)
        if place.file:
            return place
    return _NOWHERE


def _placed(made: Any, origin: Origin) -> Any:
    made.origin = origin
    return made


_MAKERS: Mapping[type, Callable[[Any, Origin], Any]] = {
    str: Computed,
    int: lambda value, origin: _placed(_Integer(value), origin),
    Decimal: lambda value, origin: _placed(_Number(value), origin),
    datetime.date: lambda day, origin: _placed(_Day(day.year, day.month, day.day), origin),
    datetime.time: lambda time, origin: _placed(_ClockTime(time.hour, time.minute, time.second), origin),
    tuple: lambda values, origin: tuple(with_place(value, origin) for value in values),
}
