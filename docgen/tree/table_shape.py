"""What a table's cells are to each other: where each stands, which name others, which rows are headings or totals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cached_property

from docgen.remembering import remembered
from docgen.structs import Struct, replace
from docgen.tree.document import (
    Alignment,
    Inline,
    LineBreak,
    List,
    ListItem,
    Node,
    Paragraph,
    Strong,
    Table,
    TableCell,
    TableRow,
    Text,
    child_blocks,
    plain_text,
)

FIGURE = re.compile(r"[\d.,%\s()+–−-]*\d[\d.,%\s()+–−-]*\*{0,3}")
"""A cell of nothing but a number, perhaps with the mark of a remark under the table."""

_SPACE = "\N{NO-BREAK SPACE}"
_NOTHING = re.compile(r"[\s–−-]*")
_TOTAL = re.compile(r"(?:i alt|ialt|total|totalt|sub-?total|sum|delsum|mellemsum|samlet)\b.*", re.IGNORECASE)
_PART = re.compile(r"(?:[-–] ?)?(?:heraf|deraf)\b.*", re.IGNORECASE)


class RowKind(StrEnum):
    """What a row under the head is."""

    PLAIN = "plain"
    SECTION = "section"  # the heading of the rows under it, in one cell
    TOTAL = "total"  # a sum or a subtotal


class Placed(Struct, frozen=True):
    """A cell and its first column, from 0; `columns` is how many it takes."""

    column: int
    columns: int
    cell: TableCell
    alignment: Alignment


class Line(Struct, frozen=True):
    """A row, its cells in their places, what it is, and how far its first cell is set in."""

    row: TableRow
    cells: tuple[Placed, ...]
    kind: RowKind = RowKind.PLAIN
    level: int = 0


class Shape(Struct, frozen=True, dict=True):
    """A table as it is drawn: its columns, the rows of head, body and foot, and how many columns name their rows."""

    alignments: tuple[Alignment, ...]
    head: tuple[Line, ...]
    body: tuple[Line, ...]
    foot: tuple[Line, ...]
    labels: int

    @property
    def lines(self) -> tuple[Line, ...]:
        """All of its rows."""
        return (*self.head, *self.body, *self.foot)

    @cached_property  # a shape of many siblings is measured by for each of them
    def texts(self) -> list[list[str]]:
        """The words of each column's cells, without those of cells over several columns."""
        columns: list[list[str]] = [[] for _ in self.alignments]
        for line in self.lines:
            for placed in line.cells:
                if placed.columns == 1:
                    columns[placed.column].append(cell_text(placed.cell))
        return columns

    @cached_property
    def longest(self) -> tuple[int, ...]:
        """The letters of each column's longest text."""
        return tuple(max(map(len, column), default=0) for column in self.texts)

    @property
    def spans_columns(self) -> bool:
        """Whether a cell takes more columns than one."""
        return any(placed.columns > 1 for line in self.lines for placed in line.cells)


@remembered(512, lambda table: table)
def shape_of(table: Table) -> Shape:
    """How a table is drawn."""
    columns = len(table.alignments)
    body = _placed_lines(table.rows, table.alignments)
    is_all_bold = all(_begins_bold(row) for row in table.rows)
    for number, line in enumerate(body):
        following = body[number + 1] if number + 1 < len(body) else None
        kind = _kind_of(line.row, is_all_bold)
        if columns > 1 and not is_all_bold and following is not None and _is_heading(line, following, columns):
            kind = RowKind.SECTION
            line = Line(line.row, (Placed(0, columns, line.cells[0].cell, Alignment.LEFT),))
        body[number] = Line(line.row, line.cells, kind, _level_of(line.row))
    head = _placed_lines((table.header, *table.subheaders), table.alignments)
    foot = _placed_lines(table.foot, table.alignments)
    return Shape(
        table.alignments,
        tuple(replace(line, cells=tuple(map(_in_the_middle, line.cells))) for line in head),
        tuple(body),
        tuple(replace(line, kind=RowKind.TOTAL, level=_level_of(line.row)) for line in foot),
        _count_labels(table) if table.row_headers is None else min(table.row_headers, columns),
    )


def cell_inlines(cell: TableCell) -> tuple[Inline, ...]:
    """The words of a cell as lines, a paragraph or an item each: what its size is measured by."""
    if not cell.blocks:
        return cell.children
    found: list[Inline] = []
    for line in _lines(cell.blocks):
        found += [LineBreak(), *line] if found else line
    return tuple(found)


def cell_text(cell: TableCell) -> str:
    """The words of a cell, a line for each paragraph or item."""
    return plain_text(cell_inlines(cell))


def _lines(blocks: Sequence[Node]) -> Iterator[tuple[Inline, ...]]:
    for block in blocks:
        match block:
            case Paragraph(children=children):
                yield children
            case List(items=items, ordered=ordered, start=start):
                for number, item in enumerate(items, start):
                    first, *rest = _lines(item.blocks)
                    # A label and the first word after it stand on one line, and what follows is set in as far.
                    yield (Text(f"{number}.{_SPACE}" if ordered else f"•{_SPACE * 2}"), *first)
                    yield from ((Text(_SPACE * 4), *line) for line in rest)
            case ListItem() | _:
                yield from _lines(child_blocks(block))


# -- where each cell stands -------------------------------------------------------------------------------------


def _placed_lines(rows: Sequence[TableRow], alignments: Sequence[Alignment]) -> list[Line]:
    """The cells of each row with their first columns; what a cell of a row above takes is passed over."""
    taken = [0] * len(alignments)  # how many rows more each column is taken for
    lines = []
    for row in rows:
        placed, column = [], 0
        for cell in row.cells:
            while column < len(taken) - 1 and taken[column]:
                column += 1
            placed.append(Placed(column, cell.columns, cell, alignments[column]))
            for inside in range(column, min(column + cell.columns, len(taken))):
                taken[inside] = cell.rows
            column += cell.columns
        taken = [max(left - 1, 0) for left in taken]
        lines.append(Line(row, tuple(placed)))
    return lines


def _in_the_middle(placed: Placed) -> Placed:
    """A cell of a head over several columns of figures stands in the middle of them."""
    if placed.columns == 1 or placed.alignment is Alignment.LEFT:
        return placed
    return replace(placed, alignment=Alignment.CENTER)


# -- what rows and columns are ----------------------------------------------------------------------------------


def _kind_of(row: TableRow, is_all_bold: bool) -> RowKind:
    """A total begins with the word, or is all bold; it has a figure."""
    texts = [plain_text(cell.children).strip() for cell in row.cells]
    if not any(FIGURE.fullmatch(text) for text in texts[1:]):
        return RowKind.PLAIN
    told = [cell for cell, text in zip(row.cells, texts, strict=True) if text and not _NOTHING.fullmatch(text)]
    is_bold = not is_all_bold and len(told) > 1 and all(map(_is_bold, told))
    return RowKind.TOTAL if is_bold or _TOTAL.fullmatch(texts[0]) else RowKind.PLAIN


def _is_heading(line: Line, following: Line, columns: int) -> bool:
    """Whether a row is the heading of the next: one cell over all columns, or a bold one beside empty ones."""
    row = line.row
    if any(cell.rows > 1 or cell.blocks for cell in row.cells) or not line.cells or line.cells[0].column:
        return False
    if not plain_text(row.cells[0].children).strip() or len(following.cells) < 2:
        return False
    if line.cells[0].columns == columns:
        return True
    is_alone = not any(plain_text(cell.children).strip() for cell in row.cells[1:])
    is_whole = sum(placed.columns for placed in line.cells) == columns
    return is_alone and is_whole and _is_bold(row.cells[0]) and not _is_empty_form(following)


def _is_empty_form(line: Line) -> bool:
    """Whether a row has a bold name and nothing beside it, as a form to be filled in has."""
    return _begins_bold(line.row) and not any(cell_text(cell).strip() for cell in line.row.cells[1:])


def _level_of(row: TableRow) -> int:
    return row.level or int(bool(row.cells) and _PART.fullmatch(plain_text(row.cells[0].children).strip()) is not None)


def labels_rows(table: Table) -> bool:
    """Whether the first column names the rows: different words beside a column of figures, or all of them bold.

    An author decides otherwise by bold, or by setting the column to the right or in the middle.
    """
    return shape_of(table).labels > 0


def _count_labels(table: Table) -> int:
    columns = len(table.alignments)
    if columns < 2 or table.alignments[0] is not Alignment.LEFT or not table.rows:
        return 0
    lines = _placed_lines(table.rows, table.alignments)
    rows = [{placed.column: placed.cell for placed in line.cells} for line in lines]
    firsts = [cells[0] for cells in rows if 0 in cells]
    if all(map(_is_bold, firsts)):
        return 1
    names = [cell_text(cell).strip() for cell in firsts]
    if len(set(names)) < len(names) or not all(any(map(str.isalpha, name)) for name in names):
        return 0
    return int(any(_is_of_figures(rows, column) for column in range(1, columns)))


def _begins_bold(row: TableRow) -> bool:
    return bool(row.cells) and _is_bold(row.cells[0])


def _is_bold(cell: TableCell) -> bool:
    return len(cell.children) == 1 and isinstance(cell.children[0], Strong)


def _is_of_figures(rows: Sequence[dict[int, TableCell]], column: int) -> bool:
    cells = [cell_text(cells[column]).strip() for cells in rows if column in cells]
    told = [cell for cell in cells if not _NOTHING.fullmatch(cell)]
    return bool(told) and all(FIGURE.fullmatch(cell) for cell in told)
