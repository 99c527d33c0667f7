"""Long lists that take little memory: of a hundred thousand documents there is much to remember until the end.

What is put in is packed, some hundred at a time, and unpacked again where it is asked for. What was packed together is
alike, so that a line or the name of a file takes some bytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from heapq import heappop, heappush, heapreplace, merge
from typing import Any, Generic, TypeVar, overload

_Item = TypeVar("_Item")

_AT_A_TIME = 512


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


def merged(first: Iterable[tuple[str, _Item]], second: Iterable[tuple[str, _Item]]) -> Iterator[tuple[str, _Item]]:
    """The rows of two that have no key in common, each in order of keys, in order."""
    return merge(first, second, key=_key)


def _key(row: tuple[str, Any]) -> str:
    return row[0]


def _pack(items: Sequence[Any]) -> bytes:
    import pickle  # in a run for one document nothing is packed

    return zlib.compress(pickle.dumps(items, pickle.HIGHEST_PROTOCOL))


def _unpack(packed: bytes) -> list[Any]:
    import pickle

    found: list[Any] = pickle.loads(zlib.decompress(packed))
    return found
