"""A table of the tree -> what the layout program reads: its cells in their places, its widths, what may be divided."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Protocol

from docgen.problems import Origin, Problem, WriterError
from docgen.structs import replace
from docgen.tree import document as tree
from docgen.tree.document import Block, Inline
from docgen.tree.table_shape import Line, Placed, RowKind, Shape, cell_inlines
from docgen.writers.pdf import layout_contract as layout
from docgen.writers.pdf.column_shares import BOLD, is_easy, shares_of, widths_of_figures
from docgen.writers.pdf.heights import Room, height_of_row, height_of_table
from docgen.writers.pdf.layout_contract import BlockData
from docgen.writers.pdf.layout_inlines import InlineData
from docgen.writers.table_fit import INDENT, Fit, fit, most_columns
from docgen.writers.theme import Theme

FEW_ROWS = 14  # a table of no more rows is not cut where it fits on a page
TALL_ROW = 0.4  # of the height under a table's head; a row that is lower is not cut
TALLEST_HEAD = 0.5  # of a page's height; there is room for a row under it
CELL_SIDES = 14.0  # points beside a cell's text
TIGHT_SIDES = 10.0  # the same where a table is a tight fit
TABLE_TYPE = 0.95  # of a table, against the text

_TAKEN = layout.CellData([], False, 0, 0)


class Words(Protocol):
    """What a table needs of the writer of the document around it."""

    def inlines(self, inlines: Sequence[Inline], line: float | None = None) -> list[InlineData]:
        """Inlines, on lines of a width in em where it is given."""

    def mark(self, origin: Origin) -> int:
        """The number of a place; 0 where places are not marked."""

    def cell_blocks(self, blocks: Sequence[Block], width: float) -> list[BlockData]:
        """The blocks in a cell that is so wide, in em of running text."""


def fits(shape: Shape, theme: Theme, room: Room) -> bool:
    """Whether a table has room without a page that lies on its side."""
    return fit(shape, room.width / TABLE_TYPE, TIGHT_SIDES / (theme.sizes.text_pt * TABLE_TYPE)) is not None


def table_data(
    block: tree.Table, shape: Shape, theme: Theme, room: Room, words: Words, like: Shape | None = None
) -> layout.TableData:
    """A table in a room; its columns as wide as those of the tables that it is `like`, where all have room so. Raises
    WriterError where it does not fit at all."""
    em = theme.sizes.text_pt * TABLE_TYPE
    if like is not None and not is_easy(like, shares_of(like), room.width / TABLE_TYPE, CELL_SIDES / em):
        like = None
    widths = shares_of(like or shape)
    tight = _tight(block, shape, widths, room, em)
    fixed = [round((width * em + TIGHT_SIDES) * tight.scale, 2) for width in tight.widths] if tight else []
    heights = [height_of_row(line, fixed or widths, room) for line in shape.lines]
    head = sum(heights[: len(shape.head)])
    _check_head(block, head, room)
    low = TALL_ROW * (room.height - head)
    tall = [sum(heights[first:last]) > low for first, last in _groups(shape.lines) for _ in range(first, last)]
    header, *rows = _Cells(shape, tight, len(widths), words).rows(tall)
    # What is a head or a foot to Typst is never divided between pages.
    kinds = [
        RowKind.PLAIN.value if line.kind is RowKind.SECTION and height > low else line.kind.value
        for line, height in zip(shape.lines[1:], heights[1:], strict=True)
    ]
    has_low_foot = sum(heights[len(heights) - len(shape.foot) :]) <= low
    marks = [inline for line in shape.head for p in line.cells for inline in tree.walk_inlines(p.cell.children)]
    is_short = len(rows) <= FEW_ROWS and room.holds(height_of_table(shape, block.caption, widths, room))
    return layout.TableData(
        alignments=[str(alignment) for alignment in shape.alignments],
        widths=widths,
        # A repeated header is an artifact, and no artifact may hold a link (ISO 14289-1, 7.18.5).
        repeat=not any(isinstance(mark, tree.Link | tree.NoteReference) for mark in marks),
        header=[cell.cell for cell in header],
        rows=rows,
        caption=words.inlines(block.caption.shown, room.width) if block.caption else [],
        anchor=block.anchor,
        whole=is_short,
        fixed=fixed,
        least=_least(like, em) if like and not fixed else [],
        scale=tight.scale if tight else 1.0,
        landscape=False,
        source=[],
        head=header if any((c.columns, c.rows) != (1, 1) or c.blocks for c in header) else [],
        subheaders=len(shape.head) - 1,
        feet=len(shape.foot) if has_low_foot else 0,
        kinds=kinds if set(kinds) - {RowKind.PLAIN.value} else [],
    )


def _least(like: Shape, em: float) -> list[float]:
    """What the columns of figures take in points, the sides of their cells too; 0 for those of running text."""
    return [round(width * em + CELL_SIDES, 2) if width else 0.0 for width in widths_of_figures(like)]


def _check_head(block: tree.Table, height: float, room: Room) -> None:
    """Raises WriterError where a table's head, which stands on each of its pages, leaves no room for the rows."""
    if height > TALLEST_HEAD * room.height:
        message = "tabellens hoved fylder mere end en halv side"
        hint = "skriv kolonnernes navne kortere, og skriv resten i en note eller i teksten"
        raise WriterError([Problem(block.header.cells[0].origin, message, hint)])


def _tight(block: tree.Table, shape: Shape, widths: Sequence[int], room: Room, em: float) -> Fit | None:
    """How a table fits that would not if its columns shared the width as they commonly do.

    Raises WriterError where it does not fit at all.
    """
    width, beside = room.width / TABLE_TYPE, TIGHT_SIDES / em
    if is_easy(shape, widths, width, CELL_SIDES / em):
        return None
    if found := fit(shape, width, beside):
        return found
    most = most_columns(shape, width, beside)
    message = f"tabellens {len(block.alignments)} kolonner er for brede til siden"
    hint = f"der er plads til de første {most}; del tabellen i flere, eller skriv kortere"
    raise WriterError([Problem(block.origin, message, hint)])


class _Cells:
    """Makes the cells of one table."""

    def __init__(self, shape: Shape, tight: Fit | None, columns: int, words: Words) -> None:
        self._shape, self._tight, self._columns, self._words = shape, tight, columns, words

    def rows(self, tall: Sequence[bool]) -> list[list[layout.CellData]]:
        """All rows, each with as many cells as there are columns; `tall` says which may be divided between pages."""
        made = []
        for number, line in enumerate(self._shape.lines):
            row = [_TAKEN] * self._columns
            is_head = number < len(self._shape.head)
            for place, placed in enumerate(line.cells):
                row[placed.column] = self._cell(line, placed, place == 0, is_head, tall[number])
            made.append(row)
        return made

    def _cell(self, line: Line, placed: Placed, is_first: bool, is_head: bool, is_tall: bool) -> layout.CellData:
        cell, level = placed.cell, line.level if is_first else 0
        room = self._line_of(placed) - level * INDENT
        mark = self._words.mark(cell.origin)
        data = layout.CellData([], is_tall, placed.columns, cell.rows, level=level, mark=mark)
        if cell.blocks:
            scale = TABLE_TYPE * (self._tight.scale if self._tight else 1.0)
            blocks = self._words.cell_blocks(cell.blocks, room * scale)
            data = replace(data, blocks=blocks)
        inlines = tuple(_without_notes(cell_inlines(cell))) if cell.blocks else cell.children
        if placed.alignment is not self._shape.alignments[placed.column]:
            data = replace(data, alignment=str(placed.alignment))
        return replace(data, cell=self._words.inlines(inlines, room / BOLD if is_head else room))

    def _line_of(self, placed: Placed) -> float:
        """The width of a cell's lines in em of the table's type."""
        if self._tight is None:
            return math.inf
        own = self._tight.widths[placed.column : placed.column + placed.columns]
        return sum(own)


def _groups(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """The rows that cells over several rows hold together, by their first and the one after their last."""
    first = end = 0
    for number, line in enumerate(lines):
        if number == end and number > first:
            yield first, end
            first = number
        end = max(end, number + max((placed.cell.rows for placed in line.cells), default=1))
    if lines:
        yield first, len(lines)


def _without_notes(inlines: Sequence[Inline]) -> Iterator[Inline]:
    """The inlines without the marks of notes, each of which is drawn once."""
    for inline in tree.as_shown(inlines):
        if isinstance(inline, tree.NoteReference):
            continue
        if isinstance(inline, tree.Text | tree.Code | tree.LineBreak):
            yield inline
        else:
            yield replace(inline, children=tuple(_without_notes(inline.children)))
