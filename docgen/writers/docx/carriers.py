"""What lets a paragraph of a Word file be found again in its source: keys, paragraph ids and the manifest."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from docgen.structs import Struct, field, to_builtins
from docgen.tree.document import Badge, Inline, Node, Span, Text, lines, plain_text
from docgen.tree.text import markdown_text

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


def place_of(node: Node, inlines: tuple[Inline, ...]) -> Place:
    """What a text of a node is known by: its YAML path, or else the author's id of the node, or else its own words.

    Words that were inserted are left open. What is computed from a path is known by the words around it, where there
    are any, for another value would have another path. A text that is nothing but such words is known by them: a
    template without words of its own asks for the fixed ones that docgen has.
    """
    path = list(node.origin.path)
    if path and not _is_computed(node):
        return path
    if node.id:
        return f"#{node.id}"
    own_words = plain_text(_open(inlines))
    return own_words if re.search(r"\w", _OPEN.sub("", own_words)) else path or plain_text(inlines)


def _is_computed(node: Node) -> bool:
    """Whether a node is from its place since something in it is computed from what stands there."""
    spans = [one for line in lines(node) for one in line if isinstance(one, Span) and one.origin == node.origin]
    return bool(spans) and all(span.computed and not span.written for span in spans)


def _is_looked_up(inlines: tuple[Inline, ...]) -> bool:
    """Whether some of it is words of a register, which stand there as they are."""
    return any(isinstance(one, Span) and one.computed and isinstance(one.children[0], Span) for one in inlines)


class Insertion(Struct, frozen=True, omit_defaults=True):
    """What was inserted into a text: the file and YAML path that it is from, if any, and whether docgen computed it."""

    markdown: str
    file: str = ""
    path: tuple[str, ...] = ()
    computed: bool = False


class Entry(Struct, frozen=True, omit_defaults=True):
    """What the manifest says of a paragraph: where it is from, and its text in the normal form of `markdown_text`."""

    file: str
    path: tuple[str, ...]
    ordinal: int
    kind: str
    markdown: str
    spans: tuple[Insertion, ...] = ()


class Carriers(Struct):
    """Gives out the marks of one document and remembers what each stands for."""

    document_id: str
    manifest: dict[str, Entry] = field(default_factory=dict)
    _seen: Counter[str] = field(default_factory=Counter)
    _paragraph_ids: set[int] = field(default_factory=set)

    def add(self, source: Source, *, in_note: bool = False) -> Carrier | None:
        """The marks of a paragraph, or `None` where it comes from no file.

        The key hashes the document's id, the place (`place_of`), the ordinal and the kind; what is equal in all of
        these is told apart by its order, and what is computed from a place counts apart from what was written there. It
        stays the same when the text of a path changes, and when others come first.
        """
        node, inlines = source.node, source.inlines
        if not node.origin.file:
            return None
        kind = f"note {source.kind}" if in_note else source.kind
        is_computed = _is_computed(node)
        is_named = source.named_by and (is_computed or not node.origin.path)
        place = list(source.named_by) if is_named else place_of(node, inlines)
        identity = json.dumps([self.document_id, place, node.ordinal, kind], ensure_ascii=True)
        if is_computed and place == list(node.origin.path) and not _is_looked_up(inlines):
            identity += "="
        order = self._seen[identity]
        self._seen[identity] += 1
        key, digest = self._unused_key(f"{identity}{order or ''}")
        spans = tuple(_insertions(inlines))
        origin = node.origin
        self.manifest[key] = Entry(origin.file, origin.path, node.ordinal, kind, markdown_text(inlines), spans)
        return Carrier("_dg_" + key, f"{self._unused_paragraph_id(digest):08X}")

    def _unused_key(self, identity: str) -> tuple[str, bytes]:
        salt = ""
        while True:
            digest = hashlib.sha256((identity + salt).encode()).digest()
            key = digest.hex()[:_KEY_DIGITS]
            if key not in self.manifest:
                return key, digest
            salt += "+"

    def _unused_paragraph_id(self, digest: bytes) -> int:
        number = int.from_bytes(digest[8:12]) & _LARGEST_PARAGRAPH_ID
        while number == 0 or number in self._paragraph_ids:
            number = (number + 1) & _LARGEST_PARAGRAPH_ID
        self._paragraph_ids.add(number)
        return number

    def manifest_json(self) -> str:
        """The manifest in JSON: an `Entry` by each key, in order of the keys."""
        return json.dumps(to_builtins(self.manifest), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


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


def _insertions(inlines: tuple[Inline, ...]) -> Iterator[Insertion]:
    for inline in inlines:
        if isinstance(inline, Span):
            origin = inline.origin
            yield Insertion(markdown_text(inline.children), origin.file, origin.path, inline.computed)
            if inline.computed and not inline.written:
                continue
        elif isinstance(inline, Badge):
            yield Insertion(markdown_text(inline.children), computed=True)
        yield from _insertions(getattr(inline, "children", ()))
