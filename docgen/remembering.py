"""Results of pure functions, remembered while a session lasts that makes the same documents again and again.

A build makes each document once and remembers nothing. A session (`docgen preview`, `docgen build --watch`) calls
`begin`: from then on a function that is `remembered` gives the result that it gave for the same arguments before.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


class _Sessions:
    """Whether results are remembered, and all that are."""

    def __init__(self) -> None:
        self.count = 0
        self.kept: list[OrderedDict[Hashable, Any]] = []


_SESSIONS = _Sessions()
_LOCK = Lock()


def begin() -> None:
    """Remembers results from now on, until `end` is called as often as this."""
    _SESSIONS.count += 1


def end() -> None:
    """Ends what `begin` began; when the last session ends, all is forgotten."""
    _SESSIONS.count -= 1
    if not _SESSIONS.count:
        for kept in _SESSIONS.kept:
            kept.clear()


def is_on() -> bool:
    """Whether a session lasts: then what is made will likely be made again, nearly the same."""
    return _SESSIONS.count > 0


def remembered(
    most: int, key: Callable[_Arguments, Hashable], slot: Callable[_Arguments, Hashable] | None = None
) -> Callable[[Callable[_Arguments, _Result]], Callable[_Arguments, _Result]]:
    """Marks a function as pure: what it returns depends on `key` of its arguments alone, and nobody changes it.

    The `most` results that were asked for last are kept, and of those with the same `slot`, such as the versions of one
    file, the last alone. What raises is not remembered.
    """

    def mark(function: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
        kept: OrderedDict[Hashable, Any] = OrderedDict()
        _SESSIONS.kept.append(kept)

        @wraps(function)
        def call(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Result:
            if not _SESSIONS.count:
                return function(*args, **kwargs)
            name = key(*args, **kwargs)
            place = name if slot is None else slot(*args, **kwargs)
            with _LOCK:
                if place in kept and kept[place][0] == name:
                    kept.move_to_end(place)
                    found: _Result = kept[place][1]
                    return found
            made = function(*args, **kwargs)
            with _LOCK:
                kept[place] = (name, made)
                kept.move_to_end(place)
                while len(kept) > most:
                    kept.popitem(last=False)
            return made

        return call

    return mark


class Same:
    """An argument that is the same only where it is the same object: one that cannot be hashed, or for whose sake it is
    not worth while. It is held, so that no other object takes its place."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.value is self.value

    def __hash__(self) -> int:
        return id(self.value)
