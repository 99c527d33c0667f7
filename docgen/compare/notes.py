"""The notes of two trees as those of one: paired by their words, and numbered in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from docgen.compare.alignment import Aligner
from docgen.structs import Struct, replace
from docgen.tree.document import (
    CHILD_FIELDS,
    LINE_FIELDS,
    Code,
    Document,
    Inline,
    LineBreak,
    Node,
    NoteReference,
    Text,
    lines,
    walk,
    walk_inlines,
)

Line = tuple[Inline, ...]


class PairedNotes(Struct, frozen=True):
    """The notes of two trees in one row: the number that each has in the old tree and in the new, None where it is not
    there; and the number in the row by the number in either tree."""

    pairs: tuple[tuple[int | None, int | None], ...]

    @property
    def old(self) -> dict[int, int]:
        """The number in the row by the number in the old tree."""
        return {pair[0]: number for number, pair in enumerate(self.pairs, 1) if pair[0] is not None}

    @property
    def new(self) -> dict[int, int]:
        """The number in the row by the number in the new tree."""
        return {pair[1]: number for number, pair in enumerate(self.pairs, 1) if pair[1] is not None}


def pair_notes(aligner: Aligner, old: Document, new: Document) -> PairedNotes:
    """Which notes of two trees are the same."""
    before = {id(note): number for number, note in enumerate(old.notes, 1)}
    now = {id(note): number for number, note in enumerate(new.notes, 1)}
    return PairedNotes(
        tuple(
            (before[id(one)] if one is not None else None, now[id(other)] if other is not None else None)
            for one, other in aligner.align(old.notes, new.notes)
        )
    )


def with_numbers(document: Document, numbers: Mapping[int, int]) -> Document:
    """A document whose marks point to notes by other numbers."""

    def changed(inline: Inline) -> Inline:
        return NoteReference(numbers[inline.number]) if isinstance(inline, NoteReference) else inline

    return with_lines(document, lambda line: map_inlines(line, changed))


def in_order(document: Document) -> Document:
    """A document whose notes stand in the order of their first mark, as its marks say."""
    found: dict[int, None] = {}
    for node in walk(document):
        for inline in walk_inlines(part for line in lines(node) for part in line):
            if isinstance(inline, NoteReference):
                found.setdefault(inline.number)
    order = [*found, *(number for number in range(1, len(document.notes) + 1) if number not in found)]
    renumbered = with_numbers(document, {number: place for place, number in enumerate(order, 1)})
    return replace(renumbered, notes=tuple(renumbered.notes[number - 1] for number in order))


# -- every line of a tree -------------------------------------------------------------------------------------------


def with_lines(document: Document, change: Callable[[Line], Line]) -> Document:
    """A document with each line of text as `change` makes it."""

    def changed(node: Any) -> Any:
        fields: dict[str, Any] = {name: change(getattr(node, name)) for name in LINE_FIELDS.get(type(node), ())}
        for name in CHILD_FIELDS.get(type(node), ()):
            held: Node | tuple[Node, ...] | None = getattr(node, name)
            if held is not None:
                fields[name] = tuple(map(changed, held)) if isinstance(held, tuple) else changed(held)
        return replace(node, **fields) if fields else node

    return replace(document, blocks=tuple(map(changed, document.blocks)), notes=tuple(map(changed, document.notes)))


def map_inlines(line: Line, change: Callable[[Inline], Inline]) -> Line:
    """Inlines with each of those inside them that hold no others as `change` makes it."""
    return tuple(
        change(inline)
        if isinstance(inline, Text | Code | LineBreak | NoteReference)
        else replace(inline, children=map_inlines(inline.children, change))
        for inline in line
    )
