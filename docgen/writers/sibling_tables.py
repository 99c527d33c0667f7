"""Tables of one chapter that a reader compares: their columns are as wide in one as in the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence

from docgen.structs import replace
from docgen.tree.document import Alignment, Block, Division, Heading, Table
from docgen.tree.table_shape import Shape, cell_text, shape_of

_LONG, _BESIDE = 40, 3  # characters


def sibling_tables(blocks: Sequence[Block]) -> Mapping[int, Shape]:
    """For each table (by `id`) that has siblings the shape of them all as one, by which columns are measured.

    Siblings stand in the same chapter and have as many columns, set alike: of words and then figures, or under the same
    headings. A table with cells over several columns has none.
    """
    groups: dict[Hashable, list[tuple[Table, Shape]]] = defaultdict(list)
    for chapter, table in _tables(blocks):
        shape = shape_of(table)
        if len(shape.alignments) > 1 and not shape.spans_columns:
            groups[chapter, shape.alignments, shape.labels, _heads(shape)].append((table, shape))
    found: dict[int, Shape] = {}
    for group in groups.values():
        if len(group) > 1:
            merged = _merged([shape for _, shape in group])
            found |= {id(table): merged for table, _ in group}
    return found


def _tables(blocks: Sequence[Block]) -> Iterator[tuple[int, Table]]:
    """The tables that stand by themselves, each with the number of its chapter."""
    chapter, waiting = 0, list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        if isinstance(block, Heading) and block.level == 1:
            chapter += 1
        elif isinstance(block, Table):
            yield chapter, block
        elif isinstance(block, Division):
            waiting += reversed(block.blocks)


def _heads(shape: Shape) -> Hashable:
    """The headings that siblings have in common; those over figures may be others, as years are."""
    if all(alignment is not Alignment.LEFT for alignment in shape.alignments[1:]):
        return None
    return tuple(tuple(cell_text(placed.cell) for placed in line.cells) for line in shape.head)


def _merged(shapes: Sequence[Shape]) -> Shape:
    return replace(
        shapes[0],
        body=tuple(line for shape in shapes for line in (*shape.head, *shape.body)),
        foot=tuple(line for shape in shapes for line in shape.foot),
    )


def percentages(shape: Shape) -> tuple[int, ...]:
    """How many hundredths of a table's width each column takes by its longest text; long ones are broken."""
    wishes = [min(length, _LONG) + _BESIDE for length in shape.longest]
    return tuple(round(100 * wish / sum(wishes)) for wish in wishes)
