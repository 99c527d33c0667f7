"""Long lists that take little memory: of a hundred thousand documents there is much to remember until the end.

What is put in is packed, some hundred at a time, and unpacked again where it is asked for. What was packed together is
alike, so that a line or the name of a file takes some bytes.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from heapq import heappop, heappush, heapreplace, merge
from itertools import islice
from typing import Any, Generic, TypeVar, overload

_Item = TypeVar("_Item")

_AT_A_TIME = 512
_QUICKLY = 1


class Packed(Sequence[_Item]):
    """A list that only grows, of texts, paths or other small values; it is equal to any list of the same."""

    def __init__(self, items: Iterable[_Item] = ()) -> None:
        self._packed: list[bytes] = []
        self._recent: list[_Item] = []
        self._unpacked: tuple[int, list[_Item]] = (-1, [])  # the part that was looked into last
        self.extend(items)

    def append(self, item: _Item) -> None:
        """Puts in one more, at the end."""
        self._recent.append(item)
        if len(self._recent) == _AT_A_TIME:
            self._packed.append(_pack(self._recent))
            self._recent = []

    def extend(self, items: Iterable[_Item]) -> None:
        """Puts in some more, at the end."""
        for item in items:
            self.append(item)

    def __len__(self) -> int:
        return len(self._packed) * _AT_A_TIME + len(self._recent)

    def __iter__(self) -> Iterator[_Item]:
        for part in self._packed:
            yield from _unpack(part)
        yield from self._recent

    @overload
    def __getitem__(self, at: int) -> _Item: ...
    @overload
    def __getitem__(self, at: slice) -> list[_Item]: ...
    def __getitem__(self, at: int | slice) -> _Item | list[_Item]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        part, place = divmod(range(len(self))[at], _AT_A_TIME)
        if part == len(self._packed):
            return self._recent[place]
        if part != self._unpacked[0]:
            self._unpacked = part, _unpack(self._packed[part])
        return self._unpacked[1][place]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (Packed, list)):
            return NotImplemented
        return len(self) == len(other) and all(one == another for one, another in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Packed({list(self)!r})"


class PackedRows(Generic[_Item]):
    """Values by their keys, which are looked at in order of these, when all are there; of a key that is put in again
    the last value counts."""

    def __init__(self) -> None:
        self._runs: list[tuple[str, int, bytes]] = []  # each in order: its first key, its number negated, its rows
        self._recent: dict[str, _Item] = {}

    def add(self, key: str, value: _Item) -> None:
        """Puts in a value."""
        self._recent[key] = value
        if len(self._recent) == _AT_A_TIME:
            rows = sorted(self._recent.items(), key=_key)
            self._runs.append((rows[0][0], -len(self._runs), _pack(rows)))
            self._recent = {}

    def __iter__(self) -> Iterator[tuple[str, _Item]]:
        """The rows in order of their keys. No more is unpacked at a time than overlaps."""
        waiting = sorted(self._runs, reverse=True)
        newest = iter(sorted(self._recent.items(), key=_key))
        open_runs: list[tuple[str, int, _Item, Iterator[tuple[str, _Item]]]] = []

        def begin(rows: Iterator[tuple[str, _Item]], number: int) -> None:
            if (row := next(rows, None)) is not None:
                heappush(open_runs, (row[0], number, row[1], rows))

        begin(newest, -len(self._runs))
        last: str | None = None
        while waiting or open_runs:
            while waiting and (not open_runs or waiting[-1][0] <= open_runs[0][0]):
                _, number, packed = waiting.pop()
                begin(iter(_unpack(packed)), number)
            key, number, value, rows = open_runs[0]
            if (following := next(rows, None)) is not None:
                heapreplace(open_runs, (following[0], number, following[1], rows))
            else:
                heappop(open_runs)
            if key != last:  # of the same key the newest comes first
                last = key
                yield key, value


class PackedTable(Generic[_Item]):
    """Values by their keys, which are put in at once, in order of these, and found again by them. Raises ValueError
    where they are not in order."""

    def __init__(self, rows: Iterable[tuple[str, _Item]] = ()) -> None:
        self._first: list[str] = []  # of each part its first key
        self._parts: list[bytes] = []
        self._unpacked: tuple[int, dict[str, _Item]] = (-1, {})  # the part that was looked into last
        waiting, last = iter(rows), None
        while some := list(islice(waiting, _AT_A_TIME)):
            for key, _ in some:
                if last is not None and key <= last:
                    raise ValueError(f"not in order: {key}")
                last = key
            self._first.append(some[0][0])
            self._parts.append(_pack(some, _QUICKLY))

    def get(self, key: str) -> _Item | None:
        """The value of a key; None where there is none."""
        part = bisect_right(self._first, key) - 1
        return self._part(part).get(key) if part >= 0 else None

    def names(self, within: str = "") -> Iterator[str]:
        """The keys that begin in some way, in order."""
        for part in range(max(bisect_right(self._first, within) - 1, 0), len(self._parts)):
            for key in self._part(part):
                if key.startswith(within):
                    yield key
                elif key > within:
                    return

    def __iter__(self) -> Iterator[tuple[str, _Item]]:
        for part in self._parts:
            yield from _unpack(part)

    def _part(self, part: int) -> dict[str, _Item]:
        if part != self._unpacked[0]:
            self._unpacked = part, dict(_unpack(self._parts[part]))
        return self._unpacked[1]


def newest(newer: Iterable[tuple[str, _Item]], older: Iterable[tuple[str, _Item]]) -> Iterator[tuple[str, _Item]]:
    """The rows of two, each in order of keys, in order; of a key that both have the newer one."""
    last: str | None = None
    for row in merge(newer, older, key=_key):  # of the same key that of the first comes first
        if row[0] != last:
            last = row[0]
            yield row


def _key(row: tuple[str, Any]) -> str:
    return row[0]


def _pack(items: Sequence[Any], level: int = -1) -> bytes:
    import pickle  # in a run for one document nothing is packed

    return zlib.compress(pickle.dumps(items, pickle.HIGHEST_PROTOCOL), level)


def _unpack(packed: bytes) -> list[Any]:
    import pickle

    found: list[Any] = pickle.loads(zlib.decompress(packed))
    return found
