"""Levels of headings that are gone: none may make a reader's outline skip a level, and the new version's are its own.

Word keeps the level that a heading had, for there the change can be taken back; a PDF and a page cannot be changed, and
ISO 14289-1, 7.4.2 lets no level be skipped.
"""

from __future__ import annotations

from collections.abc import Iterator

from docgen.structs import replace
from docgen.tree.document import Change, Document, Heading, Node, map_children, walk


def with_unbroken_levels(document: Document) -> Document:
    """A document in which each deleted heading has the level nearest its own that skips none; as it was where that is
    so, or nothing is deleted. The levels of all others are theirs."""
    found = [node for node in walk(document) if isinstance(node, Heading)]
    if not any(heading.change is Change.DELETED for heading in found):
        return document
    levels = dict(_new_levels(found))
    if not levels:
        return document

    def changed(node: Node) -> Node:
        return replace(node, level=levels[id(node)]) if id(node) in levels else map_children(node, changed)

    return replace(document, blocks=tuple(map(changed, document.blocks)))


def _new_levels(found: list[Heading]) -> Iterator[tuple[int, int]]:
    """The level of each heading that needs another one, by the heading's identity."""
    before = 0
    for number, heading in enumerate(found):
        level = heading.level
        if heading.change is Change.DELETED:
            kept = (other.level for other in found[number + 1 :] if other.change is not Change.DELETED)
            level = min(max(level, next(kept, 1) - 1), before + 1)
            if level != heading.level:
                yield id(heading), level
        before = level
