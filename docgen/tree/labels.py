"""What docgen adds beside an author's words: the labels of captions, and anchors that are unique in the document.

They are computed for the finished tree and stand in fields of their own: no text changes with what is before it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TypeVar

from docgen.structs import replace
from docgen.tree.document import (
    Document,
    Figure,
    Heading,
    Node,
    Table,
    Title,
    child_blocks,
    map_children,
    plain_text,
)

NBSP = "\N{NO-BREAK SPACE}"
_Node = TypeVar("_Node", bound=Node)
_WORDS: dict[type[Node], str] = {Table: "Tabel", Figure: "Figur"}


def label(document: Document) -> Document:
    """The document with a label on each caption, in reading order, and an anchor on all that can be linked to."""
    labels = _Labels()
    blocks = tuple(map(labels.give, document.blocks))
    anchors = _Anchors((*blocks, *document.notes))
    return replace(document, blocks=tuple(map(anchors.give, blocks)), notes=tuple(map(anchors.give, document.notes)))


class _Labels:
    """Gives tables with a caption `Tabel 1.` and the anchor `tabel-1`, and pictures `Figur 1.` and `figur-1`."""

    def __init__(self) -> None:
        self._count: Counter[str] = Counter()

    def give(self, node: _Node) -> _Node:
        if not isinstance(node, Table | Figure) or node.caption is None:
            return map_children(node, self.give)
        word = _WORDS[type(node)]
        self._count[word] += 1
        number = self._count[word]
        caption = replace(node.caption, label=f"{word}{NBSP}{number}.")
        return replace(node, caption=caption, anchor=f"{word.lower()}-{number}")


class _Anchors:
    """Gives unique anchors: the author's ids first, then the words of headings."""

    def __init__(self, nodes: tuple[Node, ...]) -> None:
        self._taken: set[str] = set()
        for node in _all(nodes):
            self._taken.add(node.anchor)
            if node.id:
                self._taken.add(node.id)
        self._given: set[str] = set()

    def give(self, node: _Node) -> _Node:
        node = map_children(node, self.give)
        if node.id and node.id not in self._given:
            self._given.add(node.id)
            return replace(node, anchor=node.id)
        if isinstance(node, Heading | Title):
            return replace(node, anchor=self._free(_slug(plain_text(node.children))))
        return node

    def _free(self, slug: str) -> str:
        name, count = slug, 1
        while name in self._taken:
            count += 1
            name = f"{slug}-{count}"
        self._taken.add(name)
        return name


def _all(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _all(child_blocks(node))


def _slug(text: str) -> str:
    plain = text.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "afsnit"
