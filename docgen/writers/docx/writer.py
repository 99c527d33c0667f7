"""Document tree -> DOCX (ECMA-376, transitional) that Word, LibreOffice and assistive technology read alike.

The text is written as strings, since setting styles through python-docx takes about a millisecond a paragraph.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Final, assert_never

from docgen.structs import replace
from docgen.tree.document import (
    Block,
    Change,
    CodeBlock,
    Contents,
    Division,
    Document,
    FieldTable,
    Figure,
    Heading,
    List,
    ListItem,
    Note,
    PageBreak,
    Paragraph,
    Quote,
    Role,
    Table,
    Title,
    walk,
)
from docgen.tree.lead_ins import leads
from docgen.writers.docx.blocks import write_code, write_contents, write_fields, write_figure, write_paragraph
from docgen.writers.docx.carriers import Carriers, WayHome
from docgen.writers.docx.data_tables import write_table
from docgen.writers.docx.file import Story, assemble
from docgen.writers.docx.looks import BOX_INSET, box
from docgen.writers.docx.looks_designed import card_box, chapter_style, statement_style
from docgen.writers.docx.numbering import LEVELS, STEP, Kind, Numbering
from docgen.writers.docx.package import Media, Relationships
from docgen.writers.docx.page import (
    BEGIN_COLUMNS,
    END_COLUMNS,
    END_LANDSCAPE,
    landscape_width,
    section,
    text_width,
    with_sections,
)
from docgen.writers.docx.properties import Manifest
from docgen.writers.docx.reference import styled_base
from docgen.writers.docx.revisions import Revisions
from docgen.writers.docx.writing import Surroundings, Writing, anchor_names, has_notes
from docgen.writers.docx.xml import PLAIN, ParagraphFormat, points, run, run_of, twips
from docgen.writers.sibling_tables import sibling_tables
from docgen.writers.theme import Theme

_TITLE_DROP = 150  # points of white above the title of a cover
_FIELDS_DROP = 190  # points of white above the fields of a cover
_BETWEEN_ITEMS = 4  # points between the items of a tight list
_BETWEEN_DENSE = 0  # points between the items of a tight list in dense text
_BACK_DROP = 40  # points of white above a back cover
_STYLES: Final = {
    Role.STATEMENT: "Statement",
    Role.LEAD: "Lead",
    Role.NOTE: "Note",
    Role.CAPTION: "Source",
    Role.COLOPHON: "Colophon",
    Role.MASTHEAD: "Masthead",
    Role.PULL_QUOTE: "Pull Quote",
}


def write_document(
    document: Document,
    theme: Theme,
    files: Mapping[str, bytes],
    build_id: str,
    font_directories: Sequence[str] = (),
    pages: Callable[[], Mapping[str, int]] | None = None,
    way_home: WayHome = WayHome(),  # noqa: B008 (a value, never changed)
) -> bytes:
    """A document as a DOCX file; the same bytes for the same arguments.

    `files` are those of the templates folder: a Word template unpacked under `theme/reference/` gives its own styles,
    numbering and page, else the theme gives all. `build_id` names the build whose manifest the file carries, and
    `way_home` is what it takes to find its paragraphs again. `font_directories` are for the letters of an SVG's
    stand-in. `pages` gives those of the anchors in the contents, and is asked when all else is written; without one of
    them, Word adds the numbers on updating. Raises `WriterError` where that template or a picture cannot be read.
    """
    base, media = styled_base(files, theme, document.language), Media()
    body_links, note_links = Relationships(media), Relationships(media)
    state = Writing(
        theme=theme,
        ids=base.ids,
        numbering=Numbering(base.lists),
        carriers=Carriers(document.id, way_home.salt),
        anchors=anchor_names(document),
        headings=tuple(node for node in walk(document) if isinstance(node, Heading)),
        numbers_pages=pages is not None,
        siblings=sibling_tables(document.blocks),
        revisions=Revisions(author=document.author, day=document.date),
        links=body_links,
        font_directories=tuple(font_directories),
        landscape_width=landscape_width(base, theme),
        on_ground="header" not in base.letterhead,
    )
    place = Surroundings(width=text_width(base, theme))
    body = with_sections(_body(document, place, state), section(body_links, document, base, theme))
    state.links = note_links
    notes = "".join(_note(number, note, place, state) for number, note in enumerate(document.notes, 1))
    if pages is not None:
        known = pages()
        if not state.asked_pages <= known.keys():
            return write_document(document, theme, files, build_id, font_directories, None, way_home)
        body = state.with_pages(body, known)
    way_home.keep(state.carriers.sent(body_links.texts_of("header", "footer")))
    manifest = Manifest(build_id, way_home.edition, state.carriers.manifest_json())
    stories = Story(xml=body, links=body_links), Story(xml=notes, links=note_links)
    return assemble(document, base, *stories, state.numbering.xml(), manifest, divide=theme.hyphenation.divide)


def _body(document: Document, place: Surroundings, state: Writing) -> str:
    body = _blocks(document.blocks, place, state)
    if body.endswith("</w:tbl>") or (document.blocks and document.blocks[-1].change):
        body += state.separator()  # neither a table nor a paragraph that may go can end the text
    return body


def write_block(block: Block, place: Surroundings, state: Writing) -> str:
    """One block as `w:p` and `w:tbl` elements."""
    outer, state.change = state.change, block.change
    written = _block(block, place, state)
    state.change = outer
    return written


def _block(block: Block, place: Surroundings, state: Writing) -> str:
    state.expect_anchor(block.anchor)
    match block:
        case Title():
            return write_paragraph("Title", block, "title", block.children, state)
        case Heading(level=level):
            return write_paragraph(f"heading {level}", block, "heading", block.children, state)
        case Paragraph():
            kind = "source" if place.style == _STYLES[Role.CAPTION] else "paragraph"
            return write_paragraph(place.style, block, kind, block.children, state, _own_edge(place))
        case List():
            return _list(block, place, state)
        case Table():
            return write_table(block, place, state)
        case Figure():
            return write_figure(block, place, state)
        case Quote(blocks=blocks):
            return _blocks(blocks, replace(place, style="Quote", width=place.width - 2 * BOX_INSET), state)
        case CodeBlock():
            return write_code(block, state)
        case Division():
            return _division(block, place, state)
        case FieldTable():
            return write_fields(block, place, state)
        case Contents():
            return write_contents(block, place, state)
        case PageBreak():
            state.waiting_page_break = block.change is not Change.DELETED
            return ""
        case _:
            assert_never(block)


# -- paragraphs, lists ------------------------------------------------------------------------------------------


def _blocks(blocks: Sequence[Block], place: Surroundings, state: Writing) -> str:
    leading = [leads(block, after) for block, after in pairwise(blocks)] + [False]
    places = [replace(place, leads=True) if lead else place for lead in leading]
    parts: list[str] = []
    for block, own in zip(blocks, places, strict=False):
        written = write_block(block, own, state)
        is_source = isinstance(block, Division) and block.role is Role.CAPTION
        if is_source and parts and parts[-1].endswith(END_LANDSCAPE):  # it stays on the page of its table
            parts[-1] = parts[-1].removesuffix(END_LANDSCAPE) + written + END_LANDSCAPE
        else:
            parts.append(written)
    return "".join(parts)


def _own_edge(place: Surroundings) -> ParagraphFormat:
    if place.level < 0 or place.cards:
        return ParagraphFormat(keep_next=place.leads, box=place.box if place.cards else "")
    right = BOX_INSET if place.box else None
    return ParagraphFormat(keep_next=place.leads, left=place.left, right=right, box=place.box)


_DIGIT: Final = 120
"""Twips that the third digit of a list's numbers takes, and each after it: two have room as it is."""


def _list(node: List, place: Surroundings, state: Writing) -> str:
    kind: Kind = "card" if place.cards else "number" if node.ordered else "bullet"
    level = min(place.level + 1, LEVELS - 1)
    own = place.card_styles[0] if place.cards else "List Number" if node.ordered else "List Bullet"
    small = place.style in ("Colophon", "Source", "footnote text", "Dense Text")
    style = place.list_style or (place.style if small else own)
    number = state.numbering.add(kind, level, node.start, place.numbered)
    inset = BOX_INSET if place.box else 0
    more = _DIGIT * max(len(str(node.start + len(node.items) - 1)) - 2, 0) if kind == "number" else 0
    left = inset + state.numbering.indent(kind, level) + more
    form = ParagraphFormat(numbering=(number, level), box=place.box, loose=not node.tight and not place.cards)
    if place.box:
        form = replace(form, left=left, right=BOX_INSET, hanging=STEP + more)
    elif more:
        form = replace(form, left=left, hanging=STEP + more)
    if style == "Dense Text" and node.tight:
        form = replace(form, after=points(_BETWEEN_DENSE))
    continued = place.card_styles[1] if place.cards else "List Continue" if place.style == "Normal" else place.style
    inner = replace(place, style=continued, level=level, left=left, list_style="" if place.cards else style)
    inner = replace(inner, width=place.width - (left - place.left), numbered=place.numbered + node.ordered)
    forms = [form] * len(node.items)
    if node.tight and style in ("List Bullet", "List Number"):  # the style leaves out what is between its paragraphs
        forms[:-1] = [replace(form, loose=True, after=points(_BETWEEN_ITEMS))] * (len(forms) - 1)
    return "".join(
        _item(item, style, *_as_card(item, own, inner, state), state)
        for item, own in zip(node.items, forms, strict=True)
    )


def _as_card(
    item: ListItem, form: ParagraphFormat, inner: Surroundings, state: Writing
) -> tuple[ParagraphFormat, Surroundings]:
    """How an item and what is inside it are set: what stands for a chapter has its colour."""
    if not (inner.cards and item.number):
        return form, inner
    box = card_box(item.number, state.theme)
    return replace(form, box=box), replace(inner, box=box)


def _item(item: ListItem, style: str, form: ParagraphFormat, inner: Surroundings, state: Writing) -> str:
    state.expect_anchor(item.anchor)
    first = item.blocks[0] if item.blocks else None
    if isinstance(first, Paragraph):
        state.expect_anchor(first.anchor)
        named = replace(first, id=item.id)  # the author's id of an item stands on its first paragraph in Markdown
        lead = write_paragraph(style, named, "item", first.children, state, form)
        return lead + _blocks(item.blocks[1:], inner, state)
    return state.paragraph(style, "", form) + _blocks(item.blocks, inner, state)


# -- divisions --------------------------------------------------------------------------------------------------


def _division(node: Division, place: Surroundings, state: Writing) -> str:
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
        case Role.CHAPTER:
            content = _chapter(node, replace(place, style="Dense Text"), state)
        case Role.KEY_FIGURES:
            content = _blocks(node.blocks, replace(place, cards=True, card_styles=("Key Figure", "Card")), state)
        case Role.FOCUS | Role.COLUMNS:
            content = _in_columns(node, replace(place, style="Dense Text"), state)
        case Role.BACK_COVER:
            above = state.paragraph("Table Text", "", ParagraphFormat(before=points(_BACK_DROP), after=0))
            content = above + _blocks(node.blocks, replace(place, style="Back Cover"), state)
        case Role.STATEMENT | Role.LEAD | Role.CAPTION | Role.COLOPHON | Role.MASTHEAD | Role.PULL_QUOTE:
            content = _blocks(node.blocks, replace(place, style=_STYLES[node.role]), state)
        case _:
            assert_never(node.role)
    return content


def _chapter(node: Division, place: Surroundings, state: Writing) -> str:
    """A chapter: its heading and statement on its colour, then the rest."""
    if not node.number:
        return _blocks(node.blocks, place, state)
    parts: list[str] = []
    for block in node.blocks:
        if isinstance(block, Heading) and block.level == 1:
            state.waiting_page_break = False  # its style begins a page
            state.expect_anchor(block.anchor)
            parts.append(
                write_paragraph(chapter_style(node.number, state.theme), block, "heading", block.children, state)
            )
        elif isinstance(block, Division) and block.role is Role.STATEMENT:
            inner = replace(place, style=statement_style(node.number, state.theme))
            parts.append(_blocks(block.blocks, inner, state))
        else:
            parts.append(write_block(block, place, state))
    return "".join(parts)


def _in_columns(node: Division, place: Surroundings, state: Writing) -> str:
    """Blocks in two columns: of a focus its list alone, under its heading."""
    first = next((n for n, block in enumerate(node.blocks) if isinstance(block, List)), 0)
    head = node.blocks[:first] if node.role is Role.FOCUS else ()
    inner = node.blocks[len(head) :]
    if node.role is Role.FOCUS:
        place = replace(place, cards=True, card_styles=("Focus Item", "Focus Item"))
    # A note in columns of a section stands on a page of its own in LibreOffice.
    if not place.is_outermost or not inner or (state.waiting_page_break and not head) or has_notes(node):
        return _blocks(node.blocks, place, state)
    narrow = replace(place, width=(place.width - twips(8)) // 2)
    before = _blocks(head, replace(place, leads=True), state)
    return f"{before}{BEGIN_COLUMNS}{_blocks(inner, narrow, state)}{END_COLUMNS}"


def _cover(node: Division, place: Surroundings, state: Writing) -> str:
    """The title page: the sender above, the title with white over it, what is under the title, the fields far down."""
    parts: list[str] = []
    styles = ("Cover Sender", "Cover Title", "Cover Subtitle") if state.on_ground else ("Cover", "Title", "Subtitle")
    style = styles[0]
    for index, block in enumerate(node.blocks):
        above_fields = any(isinstance(b, FieldTable) for b in node.blocks[index + 1 : index + 2])
        if isinstance(block, Title):
            state.expect_anchor(block.anchor)
            drop = ParagraphFormat(before=points(_TITLE_DROP))
            parts.append(write_paragraph(styles[1], block, "title", block.children, state, drop))
            style = styles[2]
        elif isinstance(block, Paragraph):
            state.expect_anchor(block.anchor)
            form = ParagraphFormat(after=points(_FIELDS_DROP)) if above_fields else PLAIN
            parts.append(write_paragraph(style, block, "paragraph", block.children, state, form))
        else:
            parts.append(write_block(block, place, state))
    state.waiting_page_break = True
    return "".join(parts)


# -- tables, pictures, notes ------------------------------------------------------------------------------------


def _note(number: int, note: Note, place: Surroundings, state: Writing) -> str:
    state.in_notes = True
    state.gap = state.waiting_page_break = False
    state.expect_anchor(note.anchor)
    mark = f'<w:rStyle w:val="{state.ids["footnote reference"]}"/>'
    state.waiting_runs = run_of("<w:footnoteRef/>", mark) + run(" ")
    content = _blocks(note.blocks, replace(place, style="footnote text"), state)
    if not content or content.endswith("</w:tbl>"):
        content += state.paragraph("footnote text", "")
    return f'<w:footnote w:id="{number}">{content}</w:footnote>'
