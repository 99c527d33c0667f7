"""A line of the tree as it is shown: its words, what is stressed in them, and from where each part of them is.

It is what a Word file that comes back is compared with. Nothing in it is to be parsed: marks and parts are ranges of
the words, so that whatever the words are, they come back as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docgen.problems import Origin
from docgen.structs import Struct
from docgen.tree.inline_nodes import (
    Badge,
    Change,
    Changed,
    Code,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    NoteReference,
    Span,
    Strong,
    Text,
)


class MarkedRange(Struct, frozen=True, omit_defaults=True):
    """From where to where (characters) words are `strong`, `emphasis`, `code` or a `link`; `target` is a link's. A
    `note` takes no room: its mark stands where it starts."""

    start: int
    end: int
    kind: str
    target: str = ""


class Part(Struct, frozen=True, omit_defaults=True):
    """From where to where (characters) the words of a line are those of a value in YAML.

    `computed` = docgen made them of the value at that place, so they cannot be changed there; `written` is what its
    author wrote for them, such as `{bilag:priser}`. `whole` = there is nothing else in the line.
    """

    start: int
    end: int
    file: str = ""
    path: tuple[str, ...] = ()
    computed: bool = False
    written: str = ""
    whole: bool = False


class ShownLine(Struct, frozen=True):
    """The words of a line, its marks, and its parts: an outer one before those in it."""

    text: str
    marks: tuple[MarkedRange, ...]
    parts: tuple[Part, ...]


def shown_line(inlines: tuple[Inline, ...], origin: Origin | None = None) -> ShownLine:
    """A line as it is shown. `origin` is the place of a line that is a content string's own, which is one part of it;
    None for a template's, whose parts are what was inserted."""
    reading = _Reading()
    reading.read(inlines)
    text = "".join(reading.words)
    parts = list(reading.parts)
    if origin is not None and origin.path:
        parts.insert(0, Part(0, len(text), origin.file, origin.path))
    whole = [Part(one.start, one.end, one.file, one.path, one.computed, one.written, True) for one in parts]
    is_whole = [(one.start, one.end) == (0, len(text)) for one in parts]
    found = tuple(all if fills else one for one, all, fills in zip(parts, whole, is_whole, strict=True))
    return ShownLine(text, tuple(_joined(reading.marks)), found)


def is_own(inlines: Iterable[Inline], origin: Origin) -> bool:
    """Whether a line with a place is the content string's own text there, and not a template's that shows it."""
    return bool(origin.path) and not any(_shows(inline, origin) for inline in inlines)


def _shows(inline: Inline, origin: Origin) -> bool:
    if isinstance(inline, Span):
        return not inline.written  # what its author wrote, such as a citation, is a part of the text
    return any(_shows(child, origin) for child in getattr(inline, "children", ()))


def _joined(marks: Iterable[MarkedRange]) -> Iterator[MarkedRange]:
    """Ranges in order, equal ones that touch as one; empty ones but the marks of notes left out."""
    last: dict[tuple[str, str], MarkedRange] = {}
    found: list[MarkedRange] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end, mark.kind, mark.target)):
        if mark.kind == "note":
            found.append(mark)
        elif mark.start < mark.end:
            before = last.get((mark.kind, mark.target))
            if before is not None and mark.start <= before.end:
                found.remove(before)
                mark = MarkedRange(before.start, max(mark.end, before.end), mark.kind, mark.target)
            last[mark.kind, mark.target] = mark
            found.append(mark)
    return iter(sorted(found, key=lambda mark: (mark.start, mark.end, mark.kind, mark.target)))


class _Reading:
    """The words, marks and parts of a line while it is read."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.marks: list[MarkedRange] = []
        self.parts: list[Part] = []
        self._at = 0

    def read(self, inlines: Iterable[Inline]) -> None:
        for inline in inlines:
            self._read(inline)

    def _read(self, inline: Inline) -> None:
        start = self._at
        match inline:
            case Text(text):
                self._add(text)
            case Code(text):
                self._add(text)
                self.marks.append(MarkedRange(start, self._at, "code"))
            case LineBreak():
                self._add("\n")
            case NoteReference():
                self.marks.append(MarkedRange(start, start, "note"))
            case Strong(children) | Emphasis(children):
                self.read(children)
                kind = "strong" if isinstance(inline, Strong) else "emphasis"
                self.marks.append(MarkedRange(start, self._at, kind))
            case Link(children, target):
                self.read(children)
                self.marks.append(MarkedRange(start, self._at, "link", target))
            case Span(children, origin, computed, written):
                place = len(self.parts)
                self.read(children)
                self.parts.insert(place, Part(start, self._at, origin.file, origin.path, computed, written))
            case Badge(children):
                place = len(self.parts)
                self.read(children)
                if not self.parts or place == len(self.parts):
                    self.parts.insert(place, Part(start, self._at, computed=True))
            case Changed(change=Change.DELETED):
                pass
            case _:
                self.read(inline.children)

    def _add(self, text: str) -> None:
        self.words.append(text)
        self._at += len(text)
