"""Divisions that only say how what is in them is laid out: they are looked through, so that a new look changes no word.

A policy whose chapters stand in divisions of their own is compared with an earlier one where they stood one after the
other; the result has the divisions of the new one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

from docgen.structs import Struct, replace
from docgen.tree.document import Division, Node, Role

_LOOKED_THROUGH = frozenset((Role.CHAPTER, Role.FOCUS, Role.COLUMNS, Role.OVERVIEW, Role.KEY_FIGURES))


class Placed(Struct, frozen=True):
    """A node and the divisions around it that are looked through, outermost first."""

    node: Node
    around: tuple[Division, ...] = ()


def opened(nodes: Sequence[Node], around: tuple[Division, ...] = ()) -> list[Placed]:
    """Nodes beside each other, with those of a division that is looked through in its place."""
    found: list[Placed] = []
    for node in nodes:
        if isinstance(node, Division) and node.role in _LOOKED_THROUGH:
            found += opened(node.blocks, (*around, node))
        else:
            found.append(Placed(node, around))
    return found


def settled(gone: Sequence[Placed], before: tuple[Division, ...], after: tuple[Division, ...]) -> Iterator[Placed]:
    """Nodes that only the old version has, each in divisions of the new one: those that what stands before and after it
    share, and of the one before, or else after, as many more as are of the sort that it stood in.

    So none of the divisions is cut, and a table between two chapters does not come to stand in the last box of one.
    """
    least = len(_shared(before, after))
    entered = False  # the division after; then nothing more stands in the one before
    for one in gone:
        own = [division.role for division in one.around]
        inner, outer = _fitting(before, own), _fitting(after, own)
        entered = entered or len(outer) > max(len(inner), least)
        if entered:
            least = max(least, len(outer))
            yield Placed(one.node, after[:least])
        else:
            before = before[: max(least, len(inner))]
            yield Placed(one.node, before)


def _shared(one: Sequence[Division], other: Sequence[Division]) -> tuple[Division, ...]:
    return tuple(first for first, second in takewhile(lambda pair: pair[0] is pair[1], zip(one, other, strict=False)))


def _fitting(around: tuple[Division, ...], roles: Sequence[Role]) -> tuple[Division, ...]:
    """Of some divisions the outer ones that are of these sorts."""
    pairs = takewhile(lambda pair: pair[0].role is pair[1], zip(around, roles, strict=False))
    return tuple(division for division, _ in pairs)


def closed(placed: Sequence[Placed], depth: int = 0) -> tuple[Node, ...]:
    """The nodes in their divisions again."""
    found: list[Node] = []
    for division, group in groupby(placed, lambda one: id(one.around[depth]) if len(one.around) > depth else 0):
        inside = tuple(group)
        if division:
            found.append(replace(inside[0].around[depth], blocks=closed(inside, depth + 1)))
        else:
            found += (one.node for one in inside)
    return tuple(found)
