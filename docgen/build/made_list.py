"""The list of what was built, `.docgen.json`, as it lies in the output folder and in memory.

It is JSON with a line for each row, in order of names: so it is read and written row by row, and of the list of a
hundred thousand documents no more than a part is unpacked at a time. One that is written otherwise is read as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar

from docgen.files import read_file
from docgen.folder import read_lines
from docgen.packed import PackedRows, PackedTable, newest
from docgen.problems import Problem
from docgen.structs import Struct, encode_json, field, from_json, reader_of

_Value = TypeVar("_Value")


class CachedRendering(Struct):
    """A rendering as it was made: the key of what it was made of, the hash of each of its files by path in the output
    folder, its pages of at most `limit` (0: no limit), its pack's path, what was to know of it, the id that its files
    are called by where it is not its own, and the hash of its source."""

    key: str
    files: dict[str, str]
    pages: float = 0.0
    limit: int = 0
    pack: str = ""
    notices: tuple[Problem, ...] = ()
    shown_id: str = ""
    source: str = ""


class MadeDocument(Struct):
    """A document that was made whole: a hash of all files that it could be made of, and its renderings."""

    key: str
    renderings: list[str]


class Remarks(Struct):
    """What was said of a file: a hash of all that went into it, and the lines."""

    key: str
    lines: list[str]


class _Whole(Struct):
    tools: str
    renderings: dict[str, CachedRendering] = field(default_factory=dict)
    documents: dict[str, MadeDocument] = field(default_factory=dict)
    remarks: dict[str, Remarks] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)


_KINDS: Mapping[str, Any] = {
    "documents": dict[str, MadeDocument],
    "others": dict[str, str],
    "remarks": dict[str, Remarks],
    "renderings": dict[str, CachedRendering],
}
"""The parts of the list, in the order in which they are written."""


class Part(Generic[_Value]):
    """A part of the list: what was there, as it is `seen`, and what a run puts in."""

    def __init__(self, kind: type[_Value], earlier: PackedTable[bytes] | None = None) -> None:
        self._earlier = PackedTable[bytes]() if earlier is None else earlier
        self._read = reader_of(kind)
        self._seen: Callable[[_Value], _Value] | None = None
        self._new, self._gone = PackedRows[bytes](), set[str]()

    def see(self, seen: Callable[[_Value], _Value]) -> None:
        """What was there counts as something else from now on."""
        self._seen = seen

    def earlier(self, name: str) -> _Value | None:
        """What was there, and was not removed."""
        found = None if name in self._gone else self._earlier.get(name)
        return None if found is None else self._as_seen(found)

    def earlier_names(self, within: str = "") -> Iterator[str]:
        """The names of what was there and was not removed, of those that begin in some way, in order."""
        return (name for name in self._earlier.names(within) if name not in self._gone)

    def put(self, name: str, value: _Value) -> None:
        """Puts in a value, also in place of an earlier one."""
        self._new.add(name, encode_json(value, in_order=True))

    def remove(self, name: str) -> None:
        """Takes out what was there."""
        self._gone.add(name)

    def values(self) -> Iterator[_Value]:
        """All values, as they are now."""
        return (self._read(value) for _, value in self._rows())

    def json(self) -> Iterator[bytes]:
        """The lines of all rows."""
        between = b"\n"
        for name, value in self._rows():
            yield between + encode_json(name) + b":" + value
            between = b",\n"

    def _rows(self) -> Iterator[tuple[str, bytes]]:
        earlier = ((name, value) for name, value in self._earlier if name not in self._gone)
        if self._seen is not None:
            earlier = ((name, encode_json(self._as_seen(value), in_order=True)) for name, value in earlier)
        return newest(self._new, earlier)

    def _as_seen(self, value: bytes) -> _Value:
        found = self._read(value)
        return found if self._seen is None else self._seen(found)


class MadeList:
    """All parts of a list, and the hash of what made it."""

    def __init__(self, tools: str, parts: Mapping[str, PackedTable[bytes]]) -> None:
        self.tools = tools
        self.documents = Part(MadeDocument, parts.get("documents"))
        self.others = Part(str, parts.get("others"))
        self.remarks = Part(Remarks, parts.get("remarks"))
        self.renderings = Part(CachedRendering, parts.get("renderings"))

    def json(self, tools: str) -> Iterator[bytes]:
        """The file, in parts."""
        parts: Mapping[str, Part[Any]] = vars(self)
        opening = b"{"
        for name in _KINDS:
            yield opening + encode_json(name) + b":{"
            yield from parts[name].json()
            opening = b"\n},"
        yield opening + b'"tools":' + encode_json(tools) + b"}\n"


def read_list(path: Path) -> MadeList | None:
    """A list; None where it cannot be read."""
    try:
        return _read_lines(read_lines(path)) or _read_whole(read_file(path))
    except (OSError, ValueError):
        return None


def _read_lines(lines: Iterator[bytes]) -> MadeList | None:
    """A list that is written in lines; None where it is none. Raises ValueError for one that begins as one."""
    if next(lines, b"") != b'{"documents":{\n':
        return None
    parts = {}
    for name, following in zip(_KINDS, [*list(_KINDS)[1:], "tools"], strict=True):
        rest: list[bytes] = []
        parts[name] = PackedTable(_rows(lines, reader_of(_KINDS[name]), rest))
        opening = b"}," + encode_json(following) + b":"
        if not rest or not (rest[0].startswith(opening) if following == "tools" else rest[0] == opening + b"{\n"):
            raise ValueError(name)
    if next(lines, None) is not None:
        raise ValueError("more than a list")
    return MadeList(from_json(b"{" + rest[0][2:], _Whole).tools, parts)


def _rows(
    lines: Iterator[bytes], read: Callable[[bytes], Mapping[str, Any]], rest: list[bytes]
) -> Iterator[tuple[str, bytes]]:
    """The rows up to the end of a part, whose line is put into `rest`. Raises ValueError for one that is none."""
    for line in lines:
        if line.startswith(b"}"):
            rest.append(line)
            return
        row = line.rstrip(b",\n")
        names = list(read(b"{" + row + b"}"))
        head = encode_json(names[0]) + b":" if len(names) == 1 else b""
        if not head or not row.startswith(head):
            raise ValueError(line)
        yield names[0], row[len(head) :]


def _read_whole(data: bytes) -> MadeList:
    """A list that is written as one value. Raises ValueError."""
    found = from_json(data, _Whole)
    return MadeList(found.tools, {name: PackedTable(_sorted(getattr(found, name))) for name in _KINDS})


def _sorted(values: Mapping[str, Any]) -> Iterable[tuple[str, bytes]]:
    return ((name, encode_json(values[name], in_order=True)) for name in sorted(values))
