"""The number of each block among those of its sort in a content string, by which it is found again in its source.

Sorts are counted apart, so that a table or a picture put in front changes no paragraph's number. A list item and the
paragraph that it begins with share one; paragraphs of small print under a table have their own, and so have all
blocks in the cells of tables.
"""

from __future__ import annotations

from collections import Counter
from typing import TypeVar

from docgen.structs import replace
from docgen.tree.document import Division, ListItem, Node, Paragraph, Role, TableCell, map_children

_Node = TypeVar("_Node", bound=Node)


class Ordinals:
    """Counts the blocks of one content string, or those of its footnotes, in reading order."""

    def __init__(self) -> None:
        self._count: Counter[str] = Counter()
        self._inside = ""

    def give(self, node: _Node) -> _Node:
        """A node with its number, and so for all nodes inside it."""
        number = self._next(type(node).__name__)
        if isinstance(node, ListItem) and node.blocks and isinstance(first := node.blocks[0], Paragraph):
            inner = (_numbered(first, number), *map(self.give, node.blocks[1:]))
            return replace(node, ordinal=number, blocks=inner)
        if isinstance(node, TableCell) and node.blocks:
            outer, self._inside = self._inside, "cell "
            node = map_children(node, self.give)
            self._inside = outer
            return _numbered(node, number)
        if isinstance(node, Division) and node.role is Role.CAPTION:
            inner = tuple(_numbered(block, self._next("source")) for block in node.blocks)
            return replace(node, ordinal=number, blocks=inner)
        return _numbered(map_children(node, self.give), number)

    def _next(self, sort: str) -> int:
        number = self._count[self._inside + sort]
        self._count[self._inside + sort] += 1
        return number


def _numbered(node: _Node, number: int) -> _Node:
    return replace(node, ordinal=number) if node.ordinal != number else node
