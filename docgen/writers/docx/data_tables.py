"""Tables of a Word file, with cells over several columns and rows (ECMA-376 §17.4.17 `gridSpan`, §17.4.85 `vMerge`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from docgen.problems import Problem, WriterError
from docgen.tree.document import Alignment, Block, List, Node, Paragraph, Table, TableCell, child_blocks, plain_text
from docgen.tree.table_shape import Line, Placed, RowKind, Shape, cell_text, shape_of
from docgen.writers.docx import tables as docx_tables
from docgen.writers.docx.blocks import marked_paragraph, write_caption
from docgen.writers.docx.carriers import Place, Source, place_of
from docgen.writers.docx.numbering import STEP
from docgen.writers.docx.page import BEGIN_LANDSCAPE, END_LANDSCAPE
from docgen.writers.docx.tables import Span
from docgen.writers.docx.writing import Surroundings, Writing, one_line
from docgen.writers.docx.xml import PLAIN, ParagraphFormat, paragraph

_INDENT = 240  # twips that a row is set in for each level
_CHARACTERS = 3  # about so wide
_FEW_ROWS, _FEW_LETTERS = 12, 1200  # of a table that has room on a page, whatever the widths of its columns
_STYLES = {RowKind.PLAIN: "Table Text", RowKind.SECTION: "Table Total", RowKind.TOTAL: "Table Total"}


def write_table(node: Table, place: Surroundings, state: Writing) -> str:
    """A table with its caption above it."""
    shape = shape_of(node)
    columns = _columns(shape)
    fit = _as_siblings(node, place, state) or docx_tables.column_widths(columns, place.width)
    lies = fit is None and place.is_outermost
    if lies:
        fit = docx_tables.column_widths(columns, state.landscape_width)
        state.waiting_page_break = False  # it begins a page anyhow
    if fit is None:
        message = f"tabellens {len(columns)} kolonner er for brede til siden i Word"
        most = _most_columns(columns, place, state)
        hint = f"der er plads til de første {most}; del tabellen i flere, eller skriv kortere"
        raise WriterError([Problem(node.origin, message, hint)])
    before = ""
    if node.caption:
        before = write_caption(node.caption, ParagraphFormat(keep_next=True), state)
    elif not lies and (state.gap or state.waiting_page_break):
        before = state.separator()
    widths, scale, tight = fit
    rows = _Rows(shape, widths, scale, state).write()
    state.gap = not lies
    written = before + docx_tables.table(
        state.ids["Municipal Table"],
        rows,
        widths,
        header=True,
        labelled=shape.labels > 0,
        footed=shape.lines[-1].kind is RowKind.TOTAL,
        tight=tight,
        left=place.left,
        caption=one_line(plain_text(node.caption.shown)) if node.caption else "",
    )
    return f"{BEGIN_LANDSCAPE}{written}{END_LANDSCAPE}" if lies else written


def _as_siblings(node: Table, place: Surroundings, state: Writing) -> tuple[list[int], float, bool] | None:
    """The widths that a table has with its siblings, where all have room so."""
    if (like := state.siblings.get(id(node))) is None or not place.is_outermost:
        return None
    found = docx_tables.column_widths(_columns(like), place.width)
    return None if found is None or found[2] else found


def _columns(shape: Shape) -> list[list[str]]:
    """The texts of each column that its width is decided by: a word over several columns is shared by them, and what is
    set in is longer by as much."""
    columns: list[list[str]] = [[] for _ in shape.alignments]
    for line in shape.lines:
        for number, placed in enumerate(line.cells):
            text = cell_text(placed.cell)
            before = "x" * _CHARACTERS * (line.level if number == 0 else 0)
            if placed.columns == 1 and not before and not placed.cell.blocks:
                columns[placed.column].append(text)
                continue
            before += "x" * _CHARACTERS if placed.cell.blocks else ""
            for word in re.split(r"[ \t\n]+", before + text.replace("\n", "\n" + before)):
                share = -(-len(word) // placed.columns)
                for column in columns[placed.column : placed.column + placed.columns]:
                    column.append(word[:share])
    return columns


def _most_columns(columns: Sequence[Sequence[str]], place: Surroundings, state: Writing) -> int:
    """How many columns, from the first, have room on the widest page that there is."""
    width = state.landscape_width if place.is_outermost else place.width
    counts = range(len(columns) - 1, 1, -1)
    return next((count for count in counts if docx_tables.column_widths(columns[:count], width)), 1)


class _Rows:
    """Writes the rows of one table."""

    def __init__(self, shape: Shape, widths: Sequence[int], scale: float, state: Writing) -> None:
        self._shape, self._widths, self._scale, self._state = shape, widths, scale, state
        self._points = state.theme.sizes.text_pt - 1
        letters = sum(len(cell_text(placed.cell)) for line in shape.lines for placed in line.cells)
        self._whole = len(shape.lines) <= _FEW_ROWS and letters <= _FEW_LETTERS
        self._heads: dict[int, Place] = {}
        """What the lowest heading over each column is known by."""

    def write(self) -> list[str]:
        """All rows, each as `w:tr`."""
        rows = []
        going_on: dict[int, tuple[int, int]] = {}  # by first column: columns, and how many rows more a cell takes
        for number, line in enumerate(self._shape.lines):
            is_head = number < len(self._shape.head)
            style = "Table Heading" if is_head else _STYLES[line.kind]
            cells, spans = self._row(line, style, is_head, going_on)
            looks = self._looks(number, line, spans, going_on)
            spans = spans if any(span != Span() for span in spans) else []
            mark = self._state.revisions.mark(line.row.change)
            rows.append(docx_tables.row(cells, self._widths, header=is_head, spans=spans, looks=looks, mark=mark))
        return rows

    def _looks(
        self, number: int, line: Line, spans: Sequence[Span], going_on: Mapping[int, tuple[int, int]]
    ) -> list[str]:
        """The look of each cell beside that of the table's style: a head of several rows and a total have their own."""
        colours, heads = self._state.theme.colours, len(self._shape.head)
        if line.kind is RowKind.TOTAL:
            return [f"<w:tcBorders>{_border('top', 6, colours.accent)}</w:tcBorders>"] * len(spans)
        if number >= heads or heads == 1:
            return []
        looks, column = [], 0
        for span in spans:
            last = _border("bottom", 8, colours.accent) if number == heads - 1 else _border("bottom", 4, colours.rule)
            border = "" if column in going_on else f"<w:tcBorders>{last}</w:tcBorders>"
            shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{colours.tint[1:]}"/>'
            looks.append(f'{border}{shade}<w:vAlign w:val="bottom"/>')
            column += span.columns
        return looks

    def _row(
        self, line: Line, style: str, is_head: bool, going_on: dict[int, tuple[int, int]]
    ) -> tuple[list[str], list[Span]]:
        """The cells of a row and what each takes, those too that go on from the row above."""
        self._state.expect_anchor(line.row.anchor)
        cells, spans, column = [], [], 0
        waiting = list(line.cells)
        while column < len(self._widths):
            if column in going_on:
                columns, left = going_on.pop(column)
                cells.append(paragraph(self._state.ids[style], "", PLAIN, ""))
                spans.append(Span(columns, 0))
            else:
                placed = waiting.pop(0)
                columns, left = placed.columns, placed.cell.rows
                cells.append(self._cell(placed, line, style, is_head))
                spans.append(Span(columns, 2 if left > 1 else 1))
            if left > 1:
                going_on[column] = (columns, left - 1)
            column += columns
        return cells, spans

    def _cell(self, placed: Placed, line: Line, style: str, is_head: bool) -> str:
        cell, first = placed.cell, line.row.cells[0]
        self._state.expect_anchor(cell.anchor)
        alignment = "" if placed.alignment is Alignment.LEFT else placed.alignment.value
        left = line.level * _INDENT if cell is first and line.level else None
        form = ParagraphFormat(alignment=alignment, left=left, keep_next=self._keeps(line))
        named_by: tuple[Place, ...] = ()
        if not is_head and cell is not first:
            named_by = (place_of(first, first.children, self._state.carriers.salt), self._heads[placed.column])
        if is_head:
            for column in range(placed.column, placed.column + placed.columns):
                self._heads[column] = place_of(cell, cell.children, self._state.carriers.salt)
        written = "".join(self._paragraphs(cell, style, form, named_by))
        return docx_tables.scaled(written, self._points, self._scale)

    def _keeps(self, line: Line) -> bool:
        """Whether a row stays with the next: a heading does, and each of a table that is short enough for one page."""
        return line.kind is RowKind.SECTION or (self._whole and line is not self._shape.lines[-1])

    def _paragraphs(
        self, cell: TableCell, style: str, form: ParagraphFormat, named_by: tuple[Place, ...]
    ) -> Iterator[str]:
        if not cell.blocks:
            yield marked_paragraph(style, Source(cell, "cell", cell.children, named_by), self._state, form)
        for block in cell.blocks:
            yield from self._block(block, style, form, named_by, level=0)

    def _block(
        self, block: Block, style: str, form: ParagraphFormat, named_by: tuple[Place, ...], level: int
    ) -> Iterator[str]:
        match block:
            case Paragraph(children=children):
                source = Source(block, "cell paragraph", children, named_by)
                yield marked_paragraph(style, source, self._state, form)
            case List(items=items, ordered=ordered, start=start):
                number = self._state.numbering.add("number" if ordered else "bullet", level, start, level)
                for item in items:
                    for place, inner in enumerate(_leaves(item.blocks)):
                        own = ParagraphFormat(
                            numbering=(number, level) if place == 0 else None,
                            left=STEP * (level + 1),
                            hanging=STEP if place == 0 else None,
                        )
                        source = Source(inner, "cell item", inner.children, named_by)
                        yield marked_paragraph(style, source, self._state, own)
            case _:
                for inner in _leaves((block,)):
                    yield from self._block(inner, style, form, named_by, level)


def _border(side: str, size: int, colour: str) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour[1:]}"/>'


def _leaves(blocks: Sequence[Node]) -> Iterator[Paragraph]:
    """The paragraphs in some blocks."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            yield from _leaves(child_blocks(block))
