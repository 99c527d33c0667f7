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
        self.kept: list[_Kept] = []


_LEAST_WEIGHT = 64  # of a text without letters, for it takes some room too
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
    most: int,
    key: Callable[_Arguments, Hashable],
    slot: Callable[_Arguments, Hashable] | None = None,
    weight: Callable[_Arguments, int] | None = None,
    versions: int = 1,
) -> Callable[[Callable[_Arguments, _Result]], Callable[_Arguments, _Result]]:
    """Marks a function as pure: what it returns depends on `key` of its arguments alone, and nobody changes it.

    The `most` results that were asked for last are kept, or with a `weight`, such as the letters of a text, as many as
    weigh no more than that together; and of those with the same `slot`, such as the versions of one file, the last
    `versions` alone. What raises is not remembered.
    """

    def mark(function: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
        kept = _Kept(most, versions)
        _SESSIONS.kept.append(kept)

        @wraps(function)
        def call(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Result:
            if not _SESSIONS.count:
                return function(*args, **kwargs)
            name = key(*args, **kwargs)
            place = name if slot is None else slot(*args, **kwargs)
            with _LOCK:
                if (known := kept.find(place, name)) is not None:
                    found: _Result = known[1]
                    return found
            made = function(*args, **kwargs)
            with _LOCK:
                kept.put(place, (name, made, 1 if weight is None else weight(*args, **kwargs)))
            return made

        return call

    return mark


def letters(text: str) -> int:
    """What a text weighs where its letters are what counts."""
    return len(text) + _LEAST_WEIGHT


_Entry = tuple[Hashable, Any, int]
"""The key of a result, the result, and its weight."""


class _Kept:
    """Results by their slots, of each slot so many `versions`; the one that was asked for last is at the end."""

    def __init__(self, most: int, versions: int = 1) -> None:
        self._most, self._versions, self._weight = most, versions, 0
        self._results: OrderedDict[Hashable, list[_Entry]] = OrderedDict()

    def find(self, place: Hashable, name: Hashable) -> _Entry | None:
        there = self._results.get(place, [])
        found = next((one for one in there if one[0] == name), None)
        if found is not None:
            self._results.move_to_end(place)
            if found is not there[-1]:
                self._results[place] = [*(one for one in there if one is not found), found]
        return found

    def put(self, place: Hashable, result: _Entry) -> None:
        before = self._results.pop(place, [])
        self._results[place] = [*(one for one in before if one[0] != result[0]), result][-self._versions :]
        self._weight += _weight(self._results[place]) - _weight(before)
        while self._weight > self._most and len(self._results) > 1:
            self._weight -= _weight(self._results.popitem(last=False)[1])

    def clear(self) -> None:
        self._results.clear()
        self._weight = 0


def _weight(entries: list[_Entry]) -> int:
    return sum(weight for _, _, weight in entries)


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
