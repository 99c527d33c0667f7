"""The values of a YAML file for comparing: what is read before an edit, what is wanted, and what is read after it."""

from __future__ import annotations

import unicodedata

from docgen.content.yaml_nodes import Kind, Node
from docgen.content.yaml_style import Plain, Word
from docgen.structs import Struct


class Read(Struct, frozen=True):
    """A scalar as it is read; `plain` = without quotes and not as a block. None is nothing. Line breaks at the end are
    no part of it, as they are none for the reader."""

    value: str | None
    plain: bool


class Wanted(Struct, frozen=True):
    """A scalar as it is to be read. How it is written is free, but a `Word` has no quotes."""

    value: str | None


class Holder(Struct):
    """A map or a list: what is in it with its name, which is "" in a list."""

    kind: Kind
    entries: list[tuple[str, Snapshot]]


Snapshot = Read | Wanted | Holder


def snapshot(node: Node) -> Snapshot:
    """A value and all that is in it, each alias replaced by what it stands for."""
    node = node.target or node
    if node.kind is Kind.SCALAR:
        return Read(None if node.is_null else node.value.rstrip("\n"), node.style == "")
    names = node.names if node.kind is Kind.MAP else [""] * len(node.children)
    return Holder(node.kind, [(name, snapshot(child)) for name, child in zip(names, node.children, strict=True)])


def wanted(value: Plain) -> Snapshot:
    """A value that is to be written, and read again."""
    if isinstance(value, dict):
        return Holder(Kind.MAP, [(name, wanted(inner)) for name, inner in value.items()])
    if isinstance(value, list):
        return Holder(Kind.LIST, [("", wanted(inner)) for inner in value])
    return Wanted(value)


def holder_of(root: Snapshot, steps: tuple[int, ...]) -> Holder:
    """The map or list that positions lead to."""
    for step in steps:
        assert isinstance(root, Holder)
        root = root.entries[step][1]
    assert isinstance(root, Holder)
    return root


def is_same(meant: Snapshot, read: Snapshot) -> bool:
    """Whether what is read is what is meant: the same values under the same names in the same order, and those that are
    not `Wanted` letter by letter."""
    if isinstance(meant, Holder):
        return (
            isinstance(read, Holder)
            and meant.kind is read.kind
            and [name for name, _ in meant.entries] == [name for name, _ in read.entries]
            and all(is_same(one, two) for (_, one), (_, two) in zip(meant.entries, read.entries, strict=True))
        )
    if isinstance(meant, Read) or not isinstance(read, Read):
        return meant == read
    if meant.value is None or read.value is None:
        return meant.value is read.value
    text = unicodedata.normalize("NFC", read.value).strip("\n")
    return text == meant.value and (read.plain or not isinstance(meant.value, Word))
