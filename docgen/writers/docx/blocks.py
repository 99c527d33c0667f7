"""Blocks of a Word file that hold no other blocks: paragraphs, fields, pictures, code and the table of contents."""

from __future__ import annotations

from docgen.tree.document import (
    Caption,
    Changed,
    CodeBlock,
    Contents,
    FieldTable,
    Figure,
    Heading,
    Inline,
    Node,
    Text,
    plain_text,
    stretches,
    walk_inlines,
)
from docgen.writers import svg_text
from docgen.writers.docx import tables as docx_tables
from docgen.writers.docx.carriers import Source, place_of
from docgen.writers.docx.inlines import write_inlines
from docgen.writers.docx.media import ONE_PIXEL, drawing, figure_size, turning_of
from docgen.writers.docx.writing import Surroundings, Writing, one_line
from docgen.writers.docx.xml import FIELD_END, PLAIN, ParagraphFormat, field_start, page_field, points, run, run_of
from docgen.writers.svg_raster import png_of_svg

_UNDER_FIGURE = 14  # points of white under a figure's caption


def write_paragraph(
    style: str, node: Node, kind: str, inlines: tuple[Inline, ...], state: Writing, form: ParagraphFormat = PLAIN
) -> str:
    """A text of a node as a paragraph in a style (by name) with its marks; `kind` is that of a `Source`."""
    return marked_paragraph(style, Source(node, kind, inlines), state, form)


def marked_paragraph(style: str, source: Source, state: Writing, form: ParagraphFormat = PLAIN) -> str:
    """The text of a source as a paragraph in a style (by name) with its marks."""
    return state.paragraph(style, write_inlines(source.inlines, state), form, source=source)


def write_code(node: CodeBlock, state: Writing) -> str:
    """A code block as one paragraph, its lines parted by `w:br`."""
    lines = run_of("<w:br/>").join(run(line, typed=True) for line in node.text.split("\n"))
    content = state.revisions.track(lines, node.change)
    state.gap = False
    return state.paragraph("Code Block", content, source=Source(node, "code", (Text(node.text),)))


def write_contents(node: Contents, place: Surroundings, state: Writing) -> str:
    """A contents field whose entries are there already, with page numbers where all of them are known."""
    title = (Text(node.title),)
    parts = [write_paragraph("TOC Heading", node, "contents", title, state)]
    shown = [heading for heading in state.headings if heading.level <= node.depth]
    numbered = state.numbers_pages and all(heading.anchor for heading in shown)
    form = ParagraphFormat(tabs=f'<w:tab w:val="right" w:leader="dot" w:pos="{place.width}"/>') if numbered else PLAIN
    for index, heading in enumerate(shown):
        content = _entry(heading, state)
        if numbered:
            state.asked_pages.add(heading.anchor)
            number = page_field(state.anchors[heading.anchor])
            content += run_of("<w:tab/>") + number
        if heading.anchor:
            content = f'<w:hyperlink w:anchor="{state.anchors[heading.anchor]}" w:history="1">{content}</w:hyperlink>'
        if index == 0:
            content = field_start(f'TOC \\o "1-{node.depth}" \\h \\z \\u') + content
        if index == len(shown) - 1:
            content += FIELD_END
        state.change = heading.change
        parts.append(state.paragraph(f"toc {heading.level}", content, form))
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


def write_caption(caption: Caption, form: ParagraphFormat, state: Writing) -> str:
    """A caption; its label stands before the bookmark that marks the author's words."""
    state.waiting_runs += run(f"{caption.label} ") if caption.label else ""
    return write_paragraph("caption", caption, "caption", caption.children, state, form)


_TOGETHER = 12
"""Rows of a field table that stay on one page, as a colophon does; more may not have room on it."""


def write_fields(node: FieldTable, place: Surroundings, state: Writing) -> str:
    """A field table as a table whose first column names the second."""
    before = state.separator() if state.gap or state.waiting_page_break else ""
    widths = docx_tables.field_widths(place.width)
    small = place.style == "Colophon"
    together = len(node.fields) <= _TOGETHER
    rows: list[str] = []
    for line in node.fields:
        state.expect_anchor(line.anchor)
        form = ParagraphFormat(keep_next=together and line is not node.fields[-1])
        label = write_paragraph("Colophon" if small else "Field Label", line, "label", line.label, state, form)
        source = Source(line, "value", line.value, (place_of(line, line.label, state.carriers.salt),))
        value = marked_paragraph("Colophon" if small else "Field Value", source, state, form)
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
    return figure + write_caption(node.caption, ParagraphFormat(before=0, after=points(_UNDER_FIGURE)), state)
