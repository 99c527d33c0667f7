"""A string from YAML that remembers where it stands: the whole, and each of its characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import Self

from docgen.problems import Origin

_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?|0x[0-9a-fA-F]+|0o[0-7]+")
_BOOLEANS = {"true", "false", "True", "False", "TRUE", "FALSE"}
_FIRST_LINE = re.compile(r"\n( *)(?=[^ \r\n])")
_TO_LINE_END = re.compile(r"[ \t\r]*(?=\n)|")
_ESCAPES = {
    "n": "\n", "t": "\t", "r": "\r", "0": "\0", "a": "\a", "b": "\b", "v": "\v", "f": "\f", "e": "\x1b",
    '"': '"', "/": "/", "\\": "\\", " ": " ", "N": "\x85", "_": "\u00a0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_DIGITS = {"x": 2, "u": 4, "U": 8}  # of a character by its number (YAML 1.2, 5.7)


class Scalar(str):
    """A string from YAML, with its `origin`; `plain` = written without quotes and not as a block."""

    __slots__ = ("_end", "_source", "_start", "origin", "plain")
    origin: Origin
    plain: bool
    _source: str
    _start: int
    _end: int

    def __new__(  # noqa: D102
        cls, value: str, origin: Origin, plain: bool = False, source: str = "", start: int = 0, end: int = 0
    ) -> Self:
        self = super().__new__(cls, value)
        self.origin, self.plain = origin, plain
        self._source, self._start, self._end = source, start, end
        return self

    def __reduce__(self) -> tuple[type, tuple[str, Origin, bool]]:
        return (type(self), (str(self), self.origin, self.plain))

    def as_reference(self) -> Reference:
        """The same text, as one that others refer to."""
        return Reference(self, self.origin, self.plain, self._source, self._start, self._end)

    @property
    def extent(self) -> tuple[int, int]:
        """Where it begins and ends in the file's text."""
        return self._start, self._end

    @property
    def source(self) -> str:
        """The text of the file that it is read from; empty for what is read from none."""
        return self._source

    @property
    def layout(self) -> tuple[Origin, int, int, str]:
        """Where it stands, and how it is written there: two that say the same and have the same layout have each of
        their words at the same place."""
        line, column = place_in(self._source, self._start) if self._source else (0, 0)
        return self.origin, line, column, self._source[self._start : self._end]

    def locate(self, snippet: str) -> Origin:
        """The place of the first `snippet` inside this string; the string's own place where it cannot be found."""
        words = snippet.split("\n", 1)[0].strip()
        start = self._start
        if self._source[start : start + 1] in ("|", ">"):  # the sign of a block is not part of its text
            start = self._source.find("\n", start)
        at = self._source.find(words, start, self._end) if words else -1
        if at < 0:
            return self.origin
        line, column = place_in(self._source, at)
        return Origin(self.origin.file, line, column, self.origin.path)

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Where characters `start` to `end` of the value stand in the file's text; None where they do not stand there
        in one line as they are, and for what is read from no file."""
        words, places = str(self)[start:end], self._places()
        if not words or places is None:
            return None
        begin = places[start]
        return (begin, begin + len(words)) if self._source.startswith(words, begin) else None

    def position(self, start: int, end: int) -> tuple[int, int, str]:
        """Line and column (from 1) of character `start` of the value, and the source line; `end` is where the words
        end."""
        places = self._places()
        if places is None or start >= len(places):
            first = str(self)[start:end].split("\n")[0].split("  ")[0]
            line, column = (place := self.locate(first)).line, place.column
        else:
            line, column = place_in(self._source, places[start])
        lines = self._source.split("\n")
        return line, column, lines[line - 1] if 0 < line <= len(lines) else ""

    def origin_at(self, start: int, end: int) -> Origin:
        """The place of characters `start` to `end`."""
        line, column, _ = self.position(start, end)
        return Origin(self.origin.file, line, column, self.origin.path)

    def _places(self) -> tuple[int, ...] | None:
        return places_of(str(self), self._source[self._start : self._end], self._start) if self._source else None


def place_in(source: str, at: int) -> tuple[int, int]:
    """Line and column (from 1) of a position in a file's text."""
    starts = _line_starts(source)
    line = bisect_right(starts, at)
    return line, at - starts[line - 1] + 1


@lru_cache(maxsize=16)
def _line_starts(source: str) -> tuple[int, ...]:
    """Where each line of a text begins: a long file is asked for places some thousand times."""
    return (0, *(found.end() for found in re.finditer("\n", source)))


def is_number(text: str) -> bool:
    """Whether a text without quotes is a number (YAML 1.2, 10.3.2)."""
    return _NUMBER.fullmatch(text) is not None


def is_boolean(text: str) -> bool:
    """Whether a text without quotes is a yes or a no (YAML 1.2, 10.3.2)."""
    return text in _BOOLEANS


class Reference(Scalar):
    """A text of a register, such as a committee's name: it is shown where something refers to it, never typed there."""

    __slots__ = ()


def place_of(value: object, otherwise: Origin = Origin("")) -> Origin:  # noqa: B008 (a value, never changed)
    """Where a text or a model was written, or `otherwise` for one that did not come from YAML."""
    found = getattr(value, "origin", None)
    return found if isinstance(found, Origin) and found.file else otherwise


@lru_cache(maxsize=256)
def places_of(value: str, written: str, start: int) -> tuple[int, ...] | None:
    """The place of each character of a value in the file, given how the value is written from `start` on: plain, in
    quotes, as a block or folded (YAML 1.2, 7.3 and 8.1). None where the two cannot be laid beside each other.

    A line break that was folded into a space stands where the line ends.
    """
    is_block = written[:1] in ("|", ">")
    quote = written[0] if written[:1] in ("'", '"') else ""
    indent = block_indent(value, written) if is_block else None
    at = _line_start(written, written.find("\n") + 1, indent) if is_block else len(quote)
    found: list[int] = []
    for character in value:
        if character not in " \n":  # what was folded away before it
            while written[at : at + 1] in ("\n", "\r") or (not is_block and written[at : at + 1] in (" ", "\t")):
                at = _line_start(written, at + 1, indent) if written[at] == "\n" else at + 1
        elif character == "\n" or written.startswith("\r\n", at):
            at += len(_TO_LINE_END.match(written, at)[0])  # type: ignore[index]
        if quote == '"' and written.startswith("\\\n", at):
            at = _line_start(written, at + 2, None)
        here = written[at : at + 1]
        if quote == '"' and here == "\\":
            length = _escape_length(written[at + 1 : at + 10], character)
        elif here == character:
            length = 2 if here == quote == "'" else 1
        else:
            length = 1 if (character == " " and here == "\n") or (character == "\n" and at >= len(written)) else 0
        if not length:
            return None
        found.append(start + min(at, len(written) - 1))
        at = _line_start(written, at + length, indent) if here == "\n" else at + length
    return tuple(found)


def block_indent(value: str, written: str) -> int:
    """How far the lines of a text after `|` or `>` stand in: as its first one that is not empty, but for the spaces
    that this has in the value; 0 where there is none."""
    first, there = _FIRST_LINE.search(written), _FIRST_LINE.search("\n" + value)
    return len(first[1]) - len(there[1]) if first and there else 0


def _line_start(written: str, at: int, indent: int | None) -> int:
    """Where the text of a line begins: after a block's `indent`, or after all spaces where there is none."""
    limit = len(written) if indent is None else min(len(written), at + indent)
    while at < limit and written[at] in " \t":
        at += 1
    return at


def _escape_length(escape: str, character: str) -> int:
    """How long an escape is with its backslash, given what stands after that; 0 where it is not of the character."""
    digits = _DIGITS.get(escape[:1], 0)
    if digits:
        return digits + 2 if escape[1 : digits + 1].lower() == f"{ord(character):0{digits}x}" else 0
    return 2 if _ESCAPES.get(escape[:1]) == character else 0
