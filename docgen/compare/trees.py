"""Two trees -> one that shows both: the new one, with what is gone put back where it stood, each change marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from docgen.compare.alignment import Aligner
from docgen.compare.lines import compare_lines, kept_line, mark_line
from docgen.compare.notes import in_order, map_inlines, pair_notes, with_lines, with_numbers
from docgen.compare.wrappers import Placed, closed, opened, settled
from docgen.structs import Struct, replace
from docgen.tree.document import (
    CHILD_FIELDS,
    LINE_FIELDS,
    NOWHERE,
    Caption,
    Change,
    Code,
    Contents,
    Document,
    Inline,
    Node,
    PageBreak,
    Span,
    TableRow,
    Text,
    lines,
    map_children,
    walk_inlines,
)

_Node = TypeVar("_Node", bound=Node)
_TEMPLATES = "templates/"
_LAYOUT = (Contents, PageBreak)
"""What has no words of its own: of these the new version's stand alone."""


class Comparison(Struct, frozen=True):
    """What a comparison found.

    `document` is the new tree with what is gone in it; `old` and `new` are the trees as they were given.
    `template_lines` are the changed lines whose changed words stand in a template and not in the content.
    """

    document: Document
    old: Document
    new: Document
    template_lines: frozenset[tuple[Inline, ...]]


def compare(old: Document, new: Document) -> Comparison:
    """Compares two trees of any kind. Pure: the same trees give the same comparison."""
    comparer = _Comparer()
    before = _with_fingerprint(old, new.fingerprint)
    notes = pair_notes(comparer.aligner, before, new)
    before, after = with_numbers(before, notes.old), with_numbers(new, notes.new)
    document = replace(
        new,
        blocks=comparer.merge(before.blocks, after.blocks),
        notes=tuple(
            comparer.one(before.notes[one - 1] if one else None, after.notes[other - 1] if other else None)
            for one, other in notes.pairs
        ),
    )
    return Comparison(in_order(document), old, new, frozenset(comparer.template_lines))


class _Comparer:
    def __init__(self) -> None:
        self.aligner = Aligner()
        self.template_lines: set[tuple[Inline, ...]] = set()

    def merge(self, old: Sequence[Node], new: Sequence[Node]) -> tuple[Any, ...]:
        """Nodes beside each other, as one row of nodes."""
        before, now = opened(old), opened(new)
        places = {id(one.node): one.around for one in (*before, *now)}
        merged: list[Placed] = []
        gone: list[Placed] = []
        for one, other in self.aligner.align([each.node for each in before], [each.node for each in now]):
            if other is not None:
                merged += settled(gone, merged[-1].around if merged else (), places[id(other)])
                merged.append(Placed(self.one(one, other), places[id(other)]))
                gone = []
            elif one is not None and not isinstance(one, _LAYOUT):
                gone.append(Placed(self.one(one, None), places[id(one)]))
        return closed([*merged, *settled(gone, merged[-1].around if merged else (), ())])

    def one(self, old: Node | None, new: Node | None) -> Node:
        """One node of either tree, or of both."""
        if new is None:
            assert old is not None
            return self._whole(old, Change.DELETED)
        if old is None:
            return self._whole(new, Change.INSERTED)
        return new if self.aligner.key(old) == self.aligner.key(new) else self._changed(old, new)

    def _whole(self, node: Node, change: Change) -> Node:
        marked = mark(node, change)
        if node.origin.file.startswith(_TEMPLATES):
            inside = (inline for line in lines(node) for inline in walk_inlines(line))
            if not any(isinstance(inline, Span) for inline in inside):
                self.template_lines.update(lines(marked))
        return marked

    def _changed(self, old: Node, new: Node) -> Node:
        if isinstance(old, Caption) and isinstance(new, Caption) and old.label != new.label:
            old, new = (replace(one, children=one.shown, label="") for one in (old, new))
        changes: dict[str, object] = {}
        for name in LINE_FIELDS.get(type(new), ()):
            changes[name] = self._line(getattr(old, name), getattr(new, name), new)
        for name in CHILD_FIELDS.get(type(new), ()):
            held, before = getattr(new, name), getattr(old, name)
            if isinstance(new, TableRow):
                changes[name] = tuple(self.one(*pair) for pair in zip(before, held, strict=True))
            elif isinstance(held, tuple):
                changes[name] = self.merge(before, held)
            elif held is not None or before is not None:
                changes[name] = self.one(before, held)
        return replace(new, **changes)

    def _line(self, old: tuple[Inline, ...], new: tuple[Inline, ...], node: Node) -> tuple[Inline, ...]:
        compared = compare_lines(old, new)
        if compared.of_template and node.origin.file.startswith(_TEMPLATES):
            self.template_lines.add(compared.line)
        return compared.line


def mark(node: _Node, change: Change) -> _Node:
    """A node and all inside it as found in one tree alone; what is deleted has no place, id or anchor."""
    marked = map_children(node, lambda child: mark(child, change))
    names = LINE_FIELDS.get(type(node), ())
    fields: dict[str, Any] = {name: mark_line(getattr(node, name), change) for name in names}
    if isinstance(node, Caption):
        fields = {"children": mark_line(node.shown, change), "label": ""}
    if change is Change.DELETED:
        fields |= {"origin": NOWHERE, "id": "", "anchor": ""}
    return replace(marked, **fields, change=change)


def resolve(document: Document, kept: Change) -> Document:
    """A compared tree with everything accepted (`INSERTED` is kept) or rejected (`DELETED` is): no change is left."""
    keep = _Keeper(kept)
    blocks, notes = keep.nodes(document.blocks), keep.nodes(document.notes)
    left = [number for number, note in enumerate(document.notes, 1) if keep.keeps(note)]
    numbers = {number: place for place, number in enumerate(left, 1)}
    return in_order(with_numbers(replace(document, blocks=blocks, notes=notes), numbers))


class _Keeper:
    def __init__(self, kept: Change) -> None:
        self._kept = (Change.NONE, kept)

    def nodes(self, nodes: Sequence[Node]) -> tuple[Any, ...]:
        return tuple(self._node(node) for node in nodes if self.keeps(node))

    def keeps(self, node: Node) -> bool:
        """Whether a node stays."""
        return node.change in self._kept

    def _node(self, node: Node) -> Node:
        fields: dict[str, Any] = {"change": Change.NONE}
        for name in CHILD_FIELDS.get(type(node), ()):
            held = getattr(node, name)
            if isinstance(held, tuple):
                fields[name] = self.nodes(held)
            elif held is not None:
                fields[name] = self._node(held) if self.keeps(held) else None
        for name in LINE_FIELDS.get(type(node), ()):
            fields[name] = kept_line(getattr(node, name), self._kept)
        return replace(node, **fields)


def _with_fingerprint(document: Document, fingerprint: str) -> Document:
    """A tree with another fingerprint in its words: it always differs, and says nothing to a reader."""
    own = document.fingerprint
    if not own or own == fingerprint:
        return document

    def changed(inline: Inline) -> Inline:
        match inline:
            case Text(text) | Code(text) if own in text:
                return replace(inline, text=text.replace(own, fingerprint))
            case _:
                return inline

    return with_lines(document, lambda line: map_inlines(line, changed))
