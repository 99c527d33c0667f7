"""Document tree -> DOCX (ECMA-376, transitional) that Word, LibreOffice and assistive technology read alike.

python-docx opens the template and packs the parts; the text itself is written as strings, since setting styles through
python-docx takes about a millisecond a paragraph.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final, assert_never

from docgen.structs import Struct, replace
from docgen.tree.document import (
    Alignment,
    Block,
    CodeBlock,
    Contents,
    Division,
    Document,
    FieldTable,
    Figure,
    Heading,
    Inline,
    List,
    ListItem,
    Node,
    Note,
    PageBreak,
    Paragraph,
    Quote,
    Role,
    Table,
    TableRow,
    Text,
    Title,
    headings,
    plain_text,
)
from docgen.writers.docx import tables as docx_tables
from docgen.writers.docx.carriers import Carriers
from docgen.writers.docx.file import Story, assemble
from docgen.writers.docx.inlines import write_inlines
from docgen.writers.docx.media import ONE_PIXEL, drawing, figure_size
from docgen.writers.docx.numbering import LEVELS, STEP, Kind, Numbering
from docgen.writers.docx.package import Media, Relationships
from docgen.writers.docx.page import section, text_width
from docgen.writers.docx.reference import styled_base
from docgen.writers.docx.styles import BOX_INSET, box
from docgen.writers.docx.writing import Writing, anchor_names, one_line
from docgen.writers.docx.xml import FIELD_END, PLAIN, ParagraphFormat, field_start, points, run, run_of
from docgen.writers.svg_raster import png_of_svg
from docgen.writers.theme import Theme

_TITLE_DROP = 150  # points of white above the title of a cover
_FIELDS_DROP = 190  # points of white above the fields of a cover
_UNDER_FIGURE = 14  # points of white under a figure's caption
_STYLES: Final = {
    Role.STATEMENT: "Statement",
    Role.LEAD: "Lead",
    Role.NOTE: "Note",
    Role.CAPTION: "Source",
    Role.COLOPHON: "Colophon",
    Role.MASTHEAD: "Masthead",
}


class _Place(Struct, frozen=True, kw_only=True):
    """Where a block stands: the style of its running text, the width that is left and its left edge (twips), the box
    that it is in (`w:pBdr` and `w:shd`), the level and style of the list around it, and whether a list follows."""

    width: int
    style: str = "Normal"
    left: int = 0
    box: str = ""
    cards: bool = False
    level: int = -1
    list_style: str = ""
    leads: bool = False


def write_document(
    document: Document,
    theme: Theme,
    files: Mapping[str, bytes],
    build_id: str,
    font_directories: Sequence[str] = (),
) -> bytes:
    """A document as a DOCX file; the same bytes for the same arguments.

    `files` are those of the templates folder: a Word template unpacked under `theme/reference/` gives its own styles,
    numbering and page, else the theme gives all. `build_id` names the build whose manifest the file carries.
    The letters of an SVG's stand-in are set in the fonts of `font_directories`.
    Raises `WriterError` where that template or a picture cannot be read.
    """
    base = styled_base(files, theme, document.language)
    media = Media()
    body_links, note_links = Relationships(media), Relationships(media)
    state = Writing(
        theme=theme,
        ids=base.ids,
        numbering=Numbering(base.lists),
        carriers=Carriers(document.id),
        anchors=anchor_names(document),
        headings=headings(document),
        links=body_links,
        font_directories=tuple(font_directories),
    )
    place = _Place(width=text_width(base, theme))
    body = _blocks(document.blocks, place, state)
    if body.endswith("</w:tbl>"):
        body += state.separator()
    body += section(body_links, document, base, theme)
    state.links = note_links
    notes = "".join(_note(number, note, place, state) for number, note in enumerate(document.notes, 1))
    return assemble(
        document,
        base,
        Story(xml=body, links=body_links),
        Story(xml=notes, links=note_links),
        state.numbering.xml(),
        state.carriers.manifest_json(),
        build_id,
    )


def write_block(block: Block, place: _Place, state: Writing) -> str:
    """One block as `w:p` and `w:tbl` elements."""
    state.expect_anchor(block.anchor)
    match block:
        case Title():
            return _paragraph("Title", block, "title", block.children, state)
        case Heading(level=level):
            return _paragraph(f"heading {level}", block, "heading", block.children, state)
        case Paragraph():
            return _paragraph(place.style, block, "paragraph", block.children, state, _own_edge(place))
        case List():
            return _list(block, place, state)
        case Table():
            return _table(block, place, state)
        case Figure():
            return _figure(block, place, state)
        case Quote(blocks=blocks):
            return _blocks(blocks, replace(place, style="Quote", width=place.width - 2 * BOX_INSET), state)
        case CodeBlock():
            return _code_block(block, state)
        case Division():
            return _division(block, place, state)
        case FieldTable():
            return _field_table(block, place, state)
        case Contents():
            return _contents(block, state)
        case PageBreak():
            state.waiting_page_break = True
            return ""
        case _:
            assert_never(block)


# -- paragraphs, lists ------------------------------------------------------------------------------------------


def _blocks(blocks: Sequence[Block], place: _Place, state: Writing) -> str:
    leads = [isinstance(block, Paragraph) and isinstance(after, List) for block, after in pairwise(blocks)] + [False]
    places = [replace(place, leads=True) if lead else place for lead in leads]
    return "".join(write_block(block, own, state) for block, own in zip(blocks, places, strict=False))


def _paragraph(
    style: str, node: Node, kind: str, inlines: tuple[Inline, ...], state: Writing, form: ParagraphFormat = PLAIN
) -> str:
    content = write_inlines(inlines, state)
    return state.paragraph(style, content, form, source=(node.origin, node.part, kind, inlines))


def _own_edge(place: _Place) -> ParagraphFormat:
    if place.level < 0 or place.cards:
        return ParagraphFormat(keep_next=True) if place.leads else PLAIN
    right = BOX_INSET if place.box else None
    return ParagraphFormat(keep_next=place.leads, left=place.left, right=right, box=place.box)


def _list(node: List, place: _Place, state: Writing) -> str:
    kind: Kind = "card" if place.cards else "number" if node.ordered else "bullet"
    level = min(place.level + 1, LEVELS - 1)
    own = "Card Heading" if place.cards else "List Number" if node.ordered else "List Bullet"
    small = place.style in ("Colophon", "Source", "footnote text")
    style = place.list_style or (place.style if small else own)
    number = state.numbering.add(kind, level, node.start)
    inset = BOX_INSET if place.box else 0
    left = inset + state.numbering.indent(kind, level)
    form = ParagraphFormat(numbering=(number, level), box=place.box, loose=not node.tight and not place.cards)
    if place.box:
        form = replace(form, left=left, right=BOX_INSET, hanging=STEP)
    continued = "Card" if place.cards else "List Continue" if place.style == "Normal" else place.style
    inner = replace(place, style=continued, level=level, left=left, list_style="" if place.cards else style)
    inner = replace(inner, width=place.width - (left - place.left))
    return "".join(_item(item, style, form, inner, state) for item in node.items)


def _item(item: ListItem, style: str, form: ParagraphFormat, inner: _Place, state: Writing) -> str:
    state.expect_anchor(item.anchor)
    first = item.blocks[0] if item.blocks else None
    if isinstance(first, Paragraph):
        state.expect_anchor(first.anchor)
        return _paragraph(style, first, "item", first.children, state, form) + _blocks(item.blocks[1:], inner, state)
    return state.paragraph(style, "", form) + _blocks(item.blocks, inner, state)


def _code_block(node: CodeBlock, state: Writing) -> str:
    content = run_of("<w:br/>").join(run(line) for line in node.text.split("\n"))
    state.gap = False
    return state.paragraph("Code Block", content, source=(node.origin, node.part, "code", (Text(node.text),)))


# -- divisions --------------------------------------------------------------------------------------------------


def _division(node: Division, place: _Place, state: Writing) -> str:
    match node.role:
        case Role.COVER:
            return _cover(node, place, state)
        case Role.OVERVIEW:
            content = _blocks(node.blocks, replace(place, cards=True), state)
            state.gap = True
        case Role.NOTE:
            inner = replace(place, style="Note", box=box(state.theme), width=place.width - 2 * BOX_INSET)
            content = _blocks(node.blocks, inner, state)
            state.gap = True
        case Role.STATEMENT | Role.LEAD | Role.CAPTION | Role.COLOPHON | Role.MASTHEAD:
            content = _blocks(node.blocks, replace(place, style=_STYLES[node.role]), state)
        case _:
            assert_never(node.role)
    return content


def _cover(node: Division, place: _Place, state: Writing) -> str:
    """The title page: the sender above, the title with white over it, what is under the title, the fields far down."""
    parts: list[str] = []
    style = "Cover"
    for index, block in enumerate(node.blocks):
        above_fields = any(isinstance(b, FieldTable) for b in node.blocks[index + 1 : index + 2])
        if isinstance(block, Title):
            state.expect_anchor(block.anchor)
            drop = ParagraphFormat(before=points(_TITLE_DROP))
            parts.append(_paragraph("Title", block, "title", block.children, state, drop))
            style = "Subtitle"
        elif isinstance(block, Paragraph):
            state.expect_anchor(block.anchor)
            form = ParagraphFormat(after=points(_FIELDS_DROP)) if above_fields else PLAIN
            parts.append(_paragraph(style, block, "paragraph", block.children, state, form))
        else:
            parts.append(write_block(block, place, state))
    state.waiting_page_break = True
    return "".join(parts)


def _contents(node: Contents, state: Writing) -> str:
    """A contents field whose entries are there already; without page numbers, which only a layout can know."""
    title = (Text(node.title),)
    parts = [_paragraph("TOC Heading", node, "contents", title, state)]
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


# -- tables, pictures, notes ------------------------------------------------------------------------------------


def _caption(node: Table | Figure, state: Writing, *, keep_next: bool) -> str:
    form = ParagraphFormat(keep_next=True) if keep_next else ParagraphFormat(before=0, after=points(_UNDER_FIGURE))
    return _paragraph("caption", node, "caption", node.caption, state, form)


def _table(node: Table, place: _Place, state: Writing) -> str:
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
        cells.append(_paragraph(style, cell, "cell", cell.children, state, form))
    return cells


def _field_table(node: FieldTable, place: _Place, state: Writing) -> str:
    before = state.separator() if state.gap or state.waiting_page_break else ""
    widths = docx_tables.field_widths(place.width)
    small = place.style == "Colophon"
    rows: list[str] = []
    for line in node.fields:
        state.expect_anchor(line.anchor)
        label = _paragraph("Colophon" if small else "Field Label", line, "label", line.label, state)
        value = _paragraph("Colophon" if small else "Field Value", line, "value", line.value, state)
        rows.append(docx_tables.row([label, value], widths))
    state.gap = not small
    return before + docx_tables.table(state.ids["Fields"], rows, widths, header=False, left=place.left)


def _figure(node: Figure, place: _Place, state: Writing) -> str:
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


def _note(number: int, note: Note, place: _Place, state: Writing) -> str:
    state.in_notes = True
    state.gap = state.waiting_page_break = False
    state.expect_anchor(note.anchor)
    mark = f'<w:rStyle w:val="{state.ids["footnote reference"]}"/>'
    state.waiting_runs = run_of("<w:footnoteRef/>", mark) + run(" ")
    content = _blocks(note.blocks, replace(place, style="footnote text"), state)
    if not content or content.endswith("</w:tbl>"):
        content += state.paragraph("footnote text", "")
    return f'<w:footnote w:id="{number}">{content}</w:footnote>'
