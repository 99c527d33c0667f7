"""Texts that must stay as they are written in another: a quotation, or the same source given for two years.

Where a text cannot become another alone, those of its file that say the same, quote it, or are quoted by it, are tried
with it; each that is written is told as a change of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.content.yaml_nodes import Kind, Node
from docgen.content.yaml_tree import Path, find, read_tree
from docgen.pull.words import Hunk, applied, hunks

_BLANK = re.compile(r"\s")
_SHORTEST = 20  # characters of a quotation


def companions(file: str, data: bytes, path: Path, after: str) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """The texts of a file that may have to change with the one at a path: of each the path, and what it says now and
    then. Raises ContentError where the path leads nowhere."""
    tree = read_tree(file, data)
    own = find(tree, path).node
    changes = hunks(own.value, after)
    for place, node in _texts(tree.root, ()):
        if node is own:
            continue
        if node.value == own.value:
            if len(own.value) >= _SHORTEST or place[-1:] == tuple(map(str, path[-1:])):
                yield place, node.value, after
        elif (start := _stands(own.value, node.value)) >= 0:
            yield place, node.value, applied(node.value, [_moved(one, start) for one in changes])
        elif (start := _stands(node.value, own.value)) >= 0:
            end = start + len(node.value)
            inside = [one for one in changes if start <= one.start and one.end <= end]
            if inside and all(one in inside or one.end <= start or one.start >= end for one in changes):
                yield place, node.value, applied(node.value, [_moved(one, -start) for one in inside])


def _stands(words: str, text: str) -> int:
    """Where some words stand in a text as they are, whatever its line breaks, if there are enough of them; else -1."""
    return _BLANK.sub(" ", text).find(_BLANK.sub(" ", words)) if len(words) >= _SHORTEST else -1


def _moved(one: Hunk, by: int) -> Hunk:
    return Hunk(one.start + by, one.end + by, one.text)


def _texts(node: Node, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Node]]:
    if node.kind is Kind.SCALAR:
        yield path, node
    names = node.names if node.kind is Kind.MAP else [str(number) for number in range(len(node.children))]
    for name, child in zip(names, node.children, strict=True):
        yield from _texts(child, (*path, name))
