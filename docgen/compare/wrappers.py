"""Divisions that only say how what is in them is laid out: they are looked through, so that a new look changes no word.

A policy whose chapters stand in divisions of their own is compared with an earlier one where they stood one after the
other; the result has the divisions of the new one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

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
