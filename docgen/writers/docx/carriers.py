"""What lets a paragraph of a Word file be found again in its source: keys, paragraph ids and the manifest.

A file that is sent holds no words beside those that are seen in it: whoever deletes a paragraph in Word and saves must
be sure that it is gone. So the manifest has places alone, a key is made of words only with a salt that stays at home,
and the words themselves are kept there (`docgen.writers.docx.base_text`), by the id of the build.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from json.encoder import encode_basestring_ascii
from typing import Any

from docgen.structs import Struct, field, to_builtins
from docgen.tree import shown
from docgen.tree.document import NOWHERE, Badge, Inline, Node, Span, Text, lines, plain_text, span_origin
from docgen.tree.shown import MarkedRange, Part

_KEY_DIGITS = 10
_OPEN = re.compile(r"\{[^{}]*\}")
_LARGEST_PARAGRAPH_ID = 0x7FFFFFFF  # MS-DOCX, paraId: w14:paraId is below 0x80000000


class Carrier(Struct, frozen=True):
    """The two marks of one paragraph: the name of its bookmark and its `w14:paraId` (8 hexadecimal digits)."""

    bookmark: str
    paragraph_id: str


Place = str | list[str] | list["Place"]
"""What a text is known by in its document, whatever it says and wherever it stands; see `place_of`."""


class Source(Struct, frozen=True):
    """What a paragraph shows: a text of a node. `kind` tells the texts of a node, and the sorts of nodes, apart.

    `named_by` are the places of the texts that name it where it has no place of its own: a value's label, or the first
    cell of its row and of its column.
    """

    node: Node
    kind: str
    inlines: tuple[Inline, ...]
    named_by: tuple[Place, ...] = ()


def place_of(node: Node, inlines: tuple[Inline, ...], salt: str = "") -> Place:
    """What a text of a node is known by: its YAML path, or else the author's id of the node, or else its own words.

    Words that were inserted are left open. What is computed from a path is known by the words around it, where there
    are any, for another value would have another path. A text that is nothing but such words is known by them: a
    template without words of its own asks for the fixed ones that docgen has. Without a salt its order is enough.
    """
    path = list(node.origin.path)
    if path and not _is_computed(node):
        return path
    if node.id:
        return f"#{node.id}"
    own_words = plain_text(_open(inlines))
    if re.search(r"\w", _OPEN.sub("", own_words)):
        return own_words
    return path or (plain_text(inlines) if salt else "")


def _as_json(value: Place | int | list[Any]) -> str:
    """Texts, numbers and lists of such as `json.dumps` writes them, in a fraction of the time for so little."""
    if isinstance(value, str):
        return encode_basestring_ascii(value)
    return f"[{', '.join(map(_as_json, value))}]" if isinstance(value, list) else str(value)


def _is_computed(node: Node) -> bool:
    """Whether a node is from its place since something in it is computed from what stands there."""
    spans = [one for line in lines(node) for one in line if isinstance(one, Span) and one.origin == node.origin]
    return bool(spans) and all(span.computed and not span.written for span in spans)


def _is_looked_up(inlines: tuple[Inline, ...]) -> bool:
    """Whether some of it is words of a register, which stand there as they are."""
    return any(isinstance(one, Span) and one.computed and isinstance(one.children[0], Span) for one in inlines)


class Entry(Struct, frozen=True, omit_defaults=True):
    """What the manifest says of a paragraph: where it is from, and which of its words are those of a value in YAML."""

    file: str
    path: tuple[str, ...]
    ordinal: int
    kind: str
    spans: tuple[Part, ...] = ()


class Line(Struct, frozen=True):
    """A paragraph as it was written: its key, what the manifest says of it, and its words, which stay at home. What
    comes from no file has no key."""

    key: str
    entry: Entry
    text: str
    marks: tuple[MarkedRange, ...] = ()


AROUND = "around"
"""The kind of a line that is the words in the head or foot of a page."""


def around_line(text: str) -> Line:
    """The words in the head or foot of a page, which come from no place of their own."""
    return Line("", Entry("", (), 0, AROUND), text)


def _keep_nothing(lines: tuple[Line, ...]) -> None:
    """What is not to come home needs no lines."""


class WayHome(Struct, frozen=True):
    """What it takes to find a file's paragraphs again: its edition, the project's salt, and what keeps its lines."""

    edition: str = ""
    salt: str = ""
    keep: Callable[[tuple[Line, ...]], object] = _keep_nothing


class Carriers(Struct):
    """Gives out the marks of one document and remembers what each stands for.

    `salt` is the project's own: with it, keys are made of the words of what has many paragraphs, so that they follow
    these; without, of the places in which they stand.
    """

    document_id: str
    salt: str = ""
    lines: dict[str, Line] = field(default_factory=dict)
    unmarked: list[Line] = field(default_factory=list)
    _seen: Counter[str] = field(default_factory=Counter)
    _paragraph_ids: set[int] = field(default_factory=set)

    def add(self, source: Source, *, in_note: bool = False) -> Carrier | None:
        """The marks of a paragraph, or `None` where it comes from no file.

        The key hashes the document's id, the place (`place_of`), the kind, and the ordinal or the words; what is equal
        in all of these is told apart by its order, and what is computed from a place counts apart from what was written
        there. It stays the same when others come first.
        """
        node, inlines = source.node, source.inlines
        if not node.origin.file:
            self.unmarked.append(Line("", Entry("", (), 0, source.kind), shown.shown_line(inlines).text))
            return None
        kind = f"note {source.kind}" if in_note else source.kind
        is_label = source.kind == "label"
        is_own = not is_label and shown.is_own(inlines, node.origin)
        line = shown.shown_line(inlines, node.origin if is_own else None)
        is_computed = _is_computed(node)
        has_place = bool(node.origin.path) and not is_computed
        place: Place = list(node.origin.path)
        if not has_place:
            place = list(source.named_by) if source.named_by else place_of(node, inlines, self.salt)
        told_by = line.text if self.salt and is_own else node.ordinal
        identity = _as_json([self.document_id, place, told_by, kind])
        if is_computed and place == list(node.origin.path) and not _is_looked_up(inlines):
            identity += "="
        order = self._seen[identity]
        self._seen[identity] += 1
        key, digest = self._unused_key(f"{self.salt}{identity}{order or ''}")
        origin = (span_origin(inlines) or NOWHERE) if is_label else node.origin
        entry = Entry(origin.file, origin.path, node.ordinal, kind, line.parts)
        self.lines[key] = Line(key, entry, line.text, line.marks)
        return Carrier("_dg_" + key, f"{self._unused_paragraph_id(digest):08X}")

    def sent(self, around: Iterable[str]) -> tuple[Line, ...]:
        """All lines of the file, given the words in the heads and feet of its pages."""
        return (*self.lines.values(), *self.unmarked, *map(around_line, around))

    def _unused_key(self, identity: str) -> tuple[str, bytes]:
        more = ""
        while True:
            digest = hashlib.sha256((identity + more).encode()).digest()
            key = digest.hex()[:_KEY_DIGITS]
            if key not in self.lines:
                return key, digest
            more += "+"

    def _unused_paragraph_id(self, digest: bytes) -> int:
        number = int.from_bytes(digest[8:12]) & _LARGEST_PARAGRAPH_ID
        while number == 0 or number in self._paragraph_ids:
            number = (number + 1) & _LARGEST_PARAGRAPH_ID
        self._paragraph_ids.add(number)
        return number

    def manifest_json(self) -> str:
        """The manifest in JSON: an `Entry` by each key, in order of the keys."""
        manifest = {key: line.entry for key, line in self.lines.items()}
        return json.dumps(to_builtins(manifest), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _open(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """Inlines with all that was inserted left open: `{points.@et.text}` for a YAML path, `{}` for what was computed."""
    opened: list[Inline] = []
    for inline in inlines:
        match inline:
            case Span(origin=origin, computed=False):
                opened.append(Text("{" + ".".join(origin.path) + "}"))
            case Span() | Badge():
                opened.append(Text("{}"))
            case _ if hasattr(inline, "children"):
                opened += _open(inline.children)
            case _:
                opened.append(inline)
    return tuple(opened)
