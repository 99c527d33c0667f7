"""Blocks of a Word file that hold no other blocks: paragraphs, tables, pictures, code and the table of contents."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.tree.document import (
    Alignment,
    CodeBlock,
    Contents,
    FieldTable,
    Figure,
    Inline,
    Node,
    Table,
    TableRow,
    Text,
    plain_text,
)
from docgen.writers.docx import tables as docx_tables
from docgen.writers.docx.inlines import write_inlines
from docgen.writers.docx.media import ONE_PIXEL, drawing, figure_size
from docgen.writers.docx.writing import Surroundings, Writing, one_line
from docgen.writers.docx.xml import FIELD_END, PLAIN, ParagraphFormat, field_start, points, run, run_of
from docgen.writers.svg_raster import png_of_svg

_UNDER_FIGURE = 14  # points of white under a figure's caption


def write_paragraph(
    style: str, node: Node, kind: str, inlines: tuple[Inline, ...], state: Writing, form: ParagraphFormat = PLAIN
) -> str:
    """A text of a node as a paragraph in a style (by name) with its marks; `kind` tells a node's texts apart."""
    content = write_inlines(inlines, state)
    return state.paragraph(style, content, form, source=(node.origin, node.part, kind, inlines))


def write_code(node: CodeBlock, state: Writing) -> str:
    """A code block as one paragraph, its lines parted by `w:br`."""
    content = run_of("<w:br/>").join(run(line) for line in node.text.split("\n"))
    state.gap = False
    return state.paragraph("Code Block", content, source=(node.origin, node.part, "code", (Text(node.text),)))


def write_contents(node: Contents, state: Writing) -> str:
    """A contents field whose entries are there already; without page numbers, which only a layout can know."""
    title = (Text(node.title),)
    parts = [write_paragraph("TOC Heading", node, "contents", title, state)]
    shown = [heading for heading in state.headings if heading.level <= node.depth]
    for index, heading in enumerate(shown):
        content = run(one_line(plain_text(heading.children)))
        if heading.anchor:
            content = f'<w:hyperlink w:anchor="{state.anchors[heading.anchor]}" w:history="1">{content}</w:hyperlink>'
        if index == 0:
            content = field_start(f'TOC \\o "1-{node.depth}" \\n \\h \\z \\u') + content
        if index == len(shown) - 1:
            content += FIELD_END
        parts.append(state.paragraph(f"toc {heading.level}", content))
    return "".join(parts)


def _caption(node: Table | Figure, state: Writing, *, keep_next: bool) -> str:
    form = ParagraphFormat(keep_next=True) if keep_next else ParagraphFormat(before=0, after=points(_UNDER_FIGURE))
    return write_paragraph("caption", node, "caption", node.caption, state, form)


def write_table(node: Table, place: Surroundings, state: Writing) -> str:
    """A table with its caption above it."""
    before = ""
    if node.caption:
        before = _caption(node, state, keep_next=True)
    elif state.gap or state.waiting_page_break:
        before = state.separator()
    columns = list(
        zip(*([plain_text(c.children) for c in row.cells] for row in (node.header, *node.rows)), strict=True)
    )
    widths = docx_tables.column_widths(columns, place.width)
    rows = [docx_tables.row(_cells(node.header, "Table Heading", node.alignments, state), widths, header=True)]
    rows += [docx_tables.row(_cells(row, "Table Text", node.alignments, state), widths) for row in node.rows]
    state.gap = True
    title = one_line(plain_text(node.caption))
    style = state.ids["Municipal Table"]
    return before + docx_tables.table(style, rows, widths, header=True, left=place.left, caption=title)


def _cells(row: TableRow, style: str, alignments: Sequence[Alignment], state: Writing) -> list[str]:
    state.expect_anchor(row.anchor)
    cells: list[str] = []
    for cell, alignment in zip(row.cells, alignments, strict=True):
        state.expect_anchor(cell.anchor)
        form = ParagraphFormat(alignment="" if alignment is Alignment.LEFT else alignment.value)
        cells.append(write_paragraph(style, cell, "cell", cell.children, state, form))
    return cells


def write_fields(node: FieldTable, place: Surroundings, state: Writing) -> str:
    """A field table as a table whose first column names the second."""
    before = state.separator() if state.gap or state.waiting_page_break else ""
    widths = docx_tables.field_widths(place.width)
    small = place.style == "Colophon"
    rows: list[str] = []
    for line in node.fields:
        state.expect_anchor(line.anchor)
        label = write_paragraph("Colophon" if small else "Field Label", line, "label", line.label, state)
        value = write_paragraph("Colophon" if small else "Field Value", line, "value", line.value, state)
        rows.append(docx_tables.row([label, value], widths))
    state.gap = not small
    return before + docx_tables.table(state.ids["Fields"], rows, widths, header=False, left=place.left)


def write_figure(node: Figure, place: Surroundings, state: Writing) -> str:
    """A picture with its caption under it. Raises `WriterError` for bytes that are not a picture."""
    size = figure_size(node, place.width)
    if node.media_type == "image/svg+xml":
        width, height = size.points
        raster = node.raster or png_of_svg(node.data, width, height, state.font_directories)
        picture = state.links.image(raster or ONE_PIXEL, "image/png")
        vector = state.links.image(node.data, node.media_type)
    else:
        picture, vector = state.links.image(node.data, node.media_type), ""
    content = run_of(drawing(state.next_drawing(), node.alt, size, picture, vector))
    form = ParagraphFormat(keep_next=bool(node.caption), left=place.left or None)
    figure = state.paragraph("Figure", content, form)
    return figure + (_caption(node, state, keep_next=False) if node.caption else "")
