"""Texts that must stay as they are written in another: a quotation, or the same source given for two years.

Where a text cannot become another alone, those of its file that say the same, quote it, or are quoted by it, are tried
with it, and so is the text at the same place in a draft of the same kind, such as the report of the year before; each
that is written is told as a change of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from docgen.content.yaml_nodes import Kind, Node
from docgen.content.yaml_tree import Path, find, read_tree
from docgen.problems import ContentError
from docgen.project import Project
from docgen.pull.words import Hunk, applied, hunks

_BLANK = re.compile(r"\s")
_SHORTEST = 20  # characters of a quotation


def companions(file: str, data: bytes, path: Path, after: str) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """The texts of a file that may have to change with the one at a path, the nearest first: of each the path, and what
    it says now and then. Raises ContentError where the path leads nowhere."""
    tree = read_tree(file, data)
    own = find(tree, path).node
    changes = hunks(own.value, after)
    for place, node in sorted(_texts(tree.root, ()), key=lambda one: -_common(one[0], path)):
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


def _common(one: Path, two: Path) -> int:
    """How many steps two paths have in common."""
    return sum(1 for _ in takewhile(lambda steps: str(steps[0]) == str(steps[1]), zip(one, two, strict=False)))


def drafts_beside(project: Project, name: str, path: Path) -> Iterator[str]:
    """The other files of a kind (paths in the content folder) that say the same at a path as the one named; none of a
    document that is final or has an issued version: its words stay."""
    own = project.content_kinds.document_of(name)
    if own is None:
        return
    text = _text_at(name, project.content_files[name], path)
    for other, data in sorted(project.content_files.items()):
        document = project.content_kinds.document_of(other)
        if document is None or document == own or document.kind != own.kind or not other.endswith(".yaml"):
            continue
        model = project.content.documents.get(document)
        is_final = getattr(getattr(model, "status", None), "is_final", True)
        if is_final or project.content.issued_versions(str(document)):
            continue
        if text is not None and _text_at(other, data, path) == text:
            yield other


def _text_at(name: str, data: bytes, path: Path) -> str | None:
    try:
        node = find(read_tree(name, data), path).node
    except ContentError:
        return None
    return node.value if node.kind is Kind.SCALAR else None


def _stands(words: str, text: str) -> int:
    """Where some words stand in a text as they are, whatever its line breaks, if there are enough of them; else -1."""
    return _BLANK.sub(" ", text).find(_BLANK.sub(" ", words)) if len(words) >= _SHORTEST else -1


def _moved(one: Hunk, by: int) -> Hunk:
    return Hunk(one.start + by, one.end + by, one.text)


def _texts(node: Node, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Node]]:
    if node.kind is Kind.SCALAR:
        yield path, node
    names = node.names if node.kind is Kind.MAP else [_step(number, one) for number, one in enumerate(node.children)]
    for name, child in zip(names, node.children, strict=True):
        yield from _texts(child, (*path, name))


def _step(number: int, item: Node) -> str:
    """An item's step in a path: its id, where it has one."""
    own = item.like("id") if item.kind is Kind.MAP else None
    return f"@{own.value}" if own is not None and own.kind is Kind.SCALAR else str(number)
