"""Blocks of a Word file that hold no other blocks: paragraphs, tables, pictures, code and the table of contents."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.problems import Problem, WriterError
from docgen.tree.document import (
    Alignment,
    Caption,
    Changed,
    CodeBlock,
    Contents,
    FieldTable,
    Figure,
    Heading,
    Inline,
    Node,
    Table,
    TableRow,
    Text,
    plain_text,
    stretches,
    walk_inlines,
)
from docgen.tree.table_shape import labels_rows
from docgen.writers import svg_text
from docgen.writers.docx import tables as docx_tables
from docgen.writers.docx.carriers import Source, place_of
from docgen.writers.docx.inlines import write_inlines
from docgen.writers.docx.media import ONE_PIXEL, drawing, figure_size, turning_of
from docgen.writers.docx.page import BEGIN_LANDSCAPE, END_LANDSCAPE
from docgen.writers.docx.writing import Surroundings, Writing, one_line
from docgen.writers.docx.xml import FIELD_END, PLAIN, ParagraphFormat, field_start, points, run, run_of
from docgen.writers.svg_raster import png_of_svg

_UNDER_FIGURE = 14  # points of white under a figure's caption


def write_paragraph(
    style: str, node: Node, kind: str, inlines: tuple[Inline, ...], state: Writing, form: ParagraphFormat = PLAIN
) -> str:
    """A text of a node as a paragraph in a style (by name) with its marks; `kind` is that of a `Source`."""
    return _marked_paragraph(style, Source(node, kind, inlines), state, form)


def _marked_paragraph(style: str, source: Source, state: Writing, form: ParagraphFormat = PLAIN) -> str:
    return state.paragraph(style, write_inlines(source.inlines, state), form, source=source)


def write_code(node: CodeBlock, state: Writing) -> str:
    """A code block as one paragraph, its lines parted by `w:br`."""
    lines = run_of("<w:br/>").join(run(line) for line in node.text.split("\n"))
    content = state.revisions.track(lines, node.change)
    state.gap = False
    return state.paragraph("Code Block", content, source=Source(node, "code", (Text(node.text),)))


def write_contents(node: Contents, state: Writing) -> str:
    """A contents field whose entries are there already; without page numbers, which only a layout can know."""
    title = (Text(node.title),)
    parts = [write_paragraph("TOC Heading", node, "contents", title, state)]
    shown = [heading for heading in state.headings if heading.level <= node.depth]
    for index, heading in enumerate(shown):
        content = _entry(heading, state)
        if heading.anchor:
            content = f'<w:hyperlink w:anchor="{state.anchors[heading.anchor]}" w:history="1">{content}</w:hyperlink>'
        if index == 0:
            content = field_start(f'TOC \\o "1-{node.depth}" \\n \\h \\z \\u') + content
        if index == len(shown) - 1:
            content += FIELD_END
        state.change = heading.change
        parts.append(state.paragraph(f"toc {heading.level}", content))
    state.change = node.change
    return "".join(parts)


def _entry(heading: Heading, state: Writing) -> str:
    """The words of a heading in the contents, tracked as they are in the heading."""
    words = walk_inlines(heading.children)
    changed = [inline for inline in words if isinstance(inline, Changed)]
    if not changed:
        return run(one_line(plain_text(heading.children)))
    runs = [state.revisions.track(run(one_line(text)), change) for text, change in stretches(heading.children)]
    return "".join(runs)


def _caption(caption: Caption, form: ParagraphFormat, state: Writing) -> str:
    """A caption; its label stands before the bookmark that marks the author's words."""
    state.waiting_runs += run(f"{caption.label} ") if caption.label else ""
    return write_paragraph("caption", caption, "caption", caption.children, state, form)


def write_table(node: Table, place: Surroundings, state: Writing) -> str:
    """A table with its caption above it."""
    columns = list(
        zip(*([plain_text(c.children) for c in row.cells] for row in (node.header, *node.rows)), strict=True)
    )
    fit = docx_tables.column_widths(columns, place.width)
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
        before = _caption(node.caption, ParagraphFormat(keep_next=True), state)
    elif not lies and (state.gap or state.waiting_page_break):
        before = state.separator()
    widths, scale, tight = fit
    points = state.theme.sizes.text_pt - 1
    heads = [docx_tables.scaled(cell, points, scale) for cell in _cells(node.header, node, "Table Heading", state)]
    rows = [docx_tables.row(heads, widths, header=True, mark=state.revisions.mark(node.header.change))]
    for row in node.rows:
        cells = [docx_tables.scaled(cell, points, scale) for cell in _cells(row, node, "Table Text", state)]
        rows.append(docx_tables.row(cells, widths, mark=state.revisions.mark(row.change)))
    state.gap = not lies
    title = one_line(plain_text(node.caption.shown)) if node.caption else ""
    style = state.ids["Municipal Table"]
    written = before + docx_tables.table(
        style, rows, widths, header=True, labelled=labels_rows(node), tight=tight, left=place.left, caption=title
    )
    return f"{BEGIN_LANDSCAPE}{written}{END_LANDSCAPE}" if lies else written


def _most_columns(columns: Sequence[Sequence[str]], place: Surroundings, state: Writing) -> int:
    """How many columns, from the first, have room on the widest page that there is."""
    width = state.landscape_width if place.is_outermost else place.width
    counts = range(len(columns) - 1, 1, -1)
    return next((count for count in counts if docx_tables.column_widths(columns[:count], width)), 1)


def _cells(row: TableRow, table: Table, style: str, state: Writing) -> list[str]:
    state.expect_anchor(row.anchor)
    cells: list[str] = []
    first = row.cells[0]
    for cell, head, alignment in zip(row.cells, table.header.cells, table.alignments, strict=True):
        state.expect_anchor(cell.anchor)
        form = ParagraphFormat(alignment="" if alignment is Alignment.LEFT else alignment.value)
        is_named = row is not table.header and cell is not first
        named_by = (place_of(first, first.children), place_of(head, head.children)) if is_named else ()
        cells.append(_marked_paragraph(style, Source(cell, "cell", cell.children, named_by), state, form))
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
        source = Source(line, "value", line.value, (place_of(line, line.label),))
        value = _marked_paragraph("Colophon" if small else "Field Value", source, state)
        rows.append(docx_tables.row([label, value], widths, mark=state.revisions.mark(line.change)))
    state.gap = not small
    return before + docx_tables.table(state.ids["Fields"], rows, widths, header=False, labelled=True, left=place.left)


def write_figure(node: Figure, place: Surroundings, state: Writing) -> str:
    """A picture with its caption under it. Raises `WriterError` for bytes that are not a picture."""
    size = figure_size(node, place.width)
    if node.media_type == "image/svg+xml":
        width, height = size.points
        data = svg_text.shown(node, state.theme.fonts.text)
        raster = png_of_svg(data, width, height, state.font_directories)
        picture = state.links.image(raster or ONE_PIXEL, "image/png")
        vector = state.links.image(data, node.media_type)
    else:
        picture, vector = state.links.image(node.data, node.media_type), ""
    alt = None if node.decorative else node.alt
    picture_run = run_of(drawing(state.next_drawing(), alt, size, picture, vector, turning_of(node)))
    content = state.revisions.track(picture_run, node.change)
    form = ParagraphFormat(keep_next=node.caption is not None, left=place.left or None)
    figure = state.paragraph("Figure", content, form)
    if node.caption is None:
        return figure
    return figure + _caption(node.caption, ParagraphFormat(before=0, after=points(_UNDER_FIGURE)), state)
