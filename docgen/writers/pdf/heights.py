"""About how tall a block is: only what fits on a page may be kept whole, for Typst draws the rest below the edge.

A block is kept whole where it is surely shorter than the page; in doubt it may be divided.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from docgen.structs import Struct
from docgen.tree import document as tree
from docgen.tree.table_shape import Line, Shape, cell_inlines, shape_of
from docgen.writers.text_widths import lines_of, width_of
from docgen.writers.theme import Theme

KEPT = 0.85  # of a page's height: a block that is taller may be divided, however few its rows
_LINE = 1.45  # the height of a line, in em
_GAP = 1.1  # between two blocks
_CELL = 1.1  # over and under a cell's text
_CELL_SIDES = 1.35  # beside it
_IN_CELL = 0.6  # between two blocks in a cell
_INDENT = 2.0  # of an item, a quotation or a box


class Room(Struct, frozen=True):
    """The width of the text where a block stands, and the height of a page's text, in em of running text."""

    width: float
    height: float

    def inside(self) -> Room:
        """The room in an item of a list, a quotation or a box."""
        return Room(max(self.width - _INDENT, 4.0), self.height)

    def holds(self, height: float) -> bool:
        """Whether something of this height surely fits on one page."""
        return height <= KEPT * self.height


def room_of(theme: Theme) -> Room:
    """The room on a page of a theme."""
    page, em = theme.page, theme.sizes.text_pt * 25.4 / 72
    width = page.width_mm - page.margin_inner_mm - page.margin_outer_mm
    height = page.height_mm - page.margin_top_mm - page.margin_bottom_mm
    return Room(max(width / em, 4.0), max(height / em, 4.0))


def wide_room_of(theme: Theme) -> Room:
    """The room on a page of a theme that lies on its side, with the inner margin at both sides."""
    page, em = theme.page, theme.sizes.text_pt * 25.4 / 72
    width = page.height_mm - 2 * page.margin_inner_mm
    height = page.width_mm - page.margin_top_mm - page.margin_bottom_mm
    return Room(max(width / em, 4.0), max(height / em, 4.0))


def height_of(block: tree.Node, room: Room) -> float:
    """About the height of a block in em; infinite for a picture, whose height only the layout knows."""
    match block:
        case tree.Title(children=children) | tree.Heading(children=children):
            return 3 * _text(children, room.width / 3) + 2
        case tree.Paragraph(children=children):
            return _text(children, room.width) + _GAP + _notes(children)
        case tree.Figure() | tree.Contents() | tree.PageBreak():
            return math.inf
        case tree.CodeBlock(text=text):
            return sum(lines_of("m" * len(line), room.width) for line in text.split("\n")) * _LINE + 3
        case tree.Table():
            return height_of_table(shape_of(block), block.caption, [1] * len(block.alignments), room)
        case tree.FieldTable(fields=fields):
            return sum(_text(row.value, room.width * 0.6) + _GAP for row in fields)
        case _:
            inner = room.inside()
            return sum(height_of(child, inner) for child in tree.child_blocks(block)) + _GAP


def split_of(blocks: Sequence[tree.Block], room: Room) -> int:
    """At which section, from 0, the second of two columns begins, so that the longer one is as short as can be; 0 where
    there are not two sections. A section begins with a heading, the first one with whatever stands first; `room` is a
    column's."""
    sections: list[float] = []
    for block in blocks:
        if isinstance(block, tree.Heading) or not sections:
            sections.append(0.0)
        sections[-1] += height_of(block, room)
    return min(range(1, len(sections)), key=lambda at: max(sum(sections[:at]), sum(sections[at:])), default=0)


def height_of_table(shape: Shape, caption: tree.Caption | None, widths: Sequence[float], room: Room) -> float:
    """About the height of a table whose columns share the width as given, in em."""
    above = _text(caption.shown, room.width) if caption else 0
    return above + _GAP + sum(height_of_row(line, widths, room) for line in shape.lines)


def height_of_row(line: Line, widths: Sequence[float], room: Room) -> float:
    """About the height of one row, in em; a cell of several rows counts in the first of them."""
    total = sum(widths) or 1
    heights = [
        _text(inlines, room.width * sum(widths[p.column : p.column + p.columns]) / total - _CELL_SIDES - line.level)
        + _notes(inlines)
        + len(p.cell.blocks) * _IN_CELL
        for p in line.cells
        for inlines in [cell_inlines(p.cell)]
    ]
    return _CELL + max(heights, default=0.0)


def _text(inlines: tuple[tree.Inline, ...], width: float) -> float:
    text = tree.plain_text(inlines)
    longest = max((width_of(word) for word in text.split()), default=0)
    return (lines_of(text, width) + (longest > width)) * _LINE


def _notes(inlines: tuple[tree.Inline, ...]) -> float:
    """The least that the notes of a text take at the foot of the same page."""
    return 2 * _LINE * sum(isinstance(inline, tree.NoteReference) for inline in tree.walk_inlines(inlines))
