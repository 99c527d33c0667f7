"""Document tree -> one self-contained, accessible HTML5 page: no script, no request, light, dark, narrow and print.

The body is written here; its frame is `theme/page.html.j2`, its look `theme/style.css` with the theme's values as
custom properties. The rules are those of WCAG 2.1 AA, which EN 301 549 makes law for public bodies.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import assert_never
from urllib.parse import quote

from markupsafe import Markup

from docgen.problems import WriterError
from docgen.structs import Struct
from docgen.template_files import css_without_comments
from docgen.tree.document import (
    Block,
    Change,
    CodeBlock,
    Contents,
    Division,
    Document,
    FieldRow,
    FieldTable,
    Figure,
    Heading,
    Inline,
    List,
    ListItem,
    PageBreak,
    Paragraph,
    Quote,
    Role,
    Table,
    Title,
    has_cover,
    headings,
    plain_text,
)
from docgen.writers import svg_text
from docgen.writers.artwork import artwork_of
from docgen.writers.heading_levels import with_unbroken_levels
from docgen.writers.html import designed
from docgen.writers.html.chart_colours import on_dark
from docgen.writers.html.frame import PAGE, fault, render, text_file
from docgen.writers.html.inlines import BodyState, write_changed, write_inlines
from docgen.writers.html.inlines import id_of as _id
from docgen.writers.html.problems import problems_of
from docgen.writers.html.style import draft_words, theme_css
from docgen.writers.html.tables import write_table
from docgen.writers.html.web_font import font_css
from docgen.writers.marks import Marks
from docgen.writers.theme import Theme

_STYLE = "theme/style.css"
_ITALIC = ("<em>", "<h6")
_LABEL_OF = {"pdf": "PDF", "docx": "Word"}
_LABELS = ("1", "a", "i")  # of numbered lists in each other, as in the other formats


def _label_of(name: str) -> str:
    ending = name.rpartition(".")[2]
    return _LABEL_OF.get(ending, ending.upper())


class _Beside(Struct, frozen=True):
    address: str
    label: str


def write_document(
    document: Document,
    theme: Theme,
    files: Mapping[str, bytes],
    marks: Marks | None = None,
    beside: Sequence[str] = (),
) -> bytes:
    """The page as UTF-8. `files` is the templates folder with `theme/page.html.j2` and `theme/style.css`.
    With `marks` each part has the number of its place as `data-o`; the page leads to the files that lie `beside` it.

    Raises `WriterError` with every problem found: a link or note that leads nowhere, an anchor used twice, a
    picture of an unknown type, a frame or style that cannot be used.
    """
    if problems := list(problems_of(document)):
        raise WriterError(problems)
    document = with_unbroken_levels(document)
    state = BodyState(document, theme, artwork_of(document, theme, files), marks)
    frame = text_file(files, PAGE)
    first = document.blocks[:1] if has_cover(document) else ()
    last = (
        tuple(block for block in document.blocks[-1:] if _is_back_cover(block)) if "{{ back_cover }}" in frame else ()
    )
    cover = write_blocks(first, state)
    content = write_blocks(document.blocks[len(first) : len(document.blocks) - len(last)], state) + _notes(state)
    back_cover = write_blocks(last, state)
    style = theme_css(document, theme) + css_without_comments(text_file(files, _STYLE))
    written = (cover, content, back_cover)
    style += font_css(theme.fonts.text, frame, italic=any(tag in part for tag in _ITALIC for part in written))
    if "</style" in style.lower():
        raise fault(_STYLE, 0, "stilarket indeholder '</style'", "fjern det: det ville afslutte stilarket for tidligt")
    page = render(
        frame,
        document=document,
        words=theme.words,
        language=document.language.split("-")[0],
        main_id=f"{state.prefix}-main",
        header=document.header if document.header not in _cover_words(first) else "",
        has_contents=any(isinstance(block, Contents) for block in document.blocks),
        draft=draft_words(document, theme),
        style=Markup(style),
        cover=Markup(cover),
        content=Markup(content),
        back_cover=Markup(back_cover),
        beside=[_Beside(quote(name), _label_of(name)) for name in beside],
    )
    return page.encode()


# -- blocks -----------------------------------------------------------------------------------------------------


def write_block(block: Block, state: BodyState) -> str:
    """One block as HTML, ending in a newline."""
    match block:
        case Title(children=children):
            return f"<h1{_id(block, state)}>{write_inlines(children, state)}</h1>\n"
        case Heading(level=level, children=children):
            words = write_inlines(children, state) + _own_link(block, state)
            return f"<h{level + 1}{_id(block, state)}>{words}</h{level + 1}>\n"
        case Paragraph(children=children):
            return f"<p{_id(block, state)}>{write_inlines(children, state)}</p>\n"
        case List():
            return _list(block, state)
        case Table():
            return write_table(block, state, write_blocks)
        case Figure():
            return _figure(block, state)
        case Quote(blocks=blocks):
            return f"<blockquote{_id(block, state)}>\n{write_blocks(blocks, state)}</blockquote>\n"
        case CodeBlock(text=text):
            return f"<pre{_id(block, state)}><code>{write_changed(escape(text), block.change)}</code></pre>\n"
        case Division():
            return _division(block, state)
        case FieldTable(fields=fields):
            return f"<dl{_id(block, state)}>\n{''.join(_field(field, state) for field in fields)}</dl>\n"
        case Contents():
            return _contents(block, state)
        case PageBreak():
            return f'<div{_id(block, state)} class="page-break"></div>\n'
        case _:
            assert_never(block)


def write_blocks(blocks: Iterable[Block], state: BodyState) -> str:
    """Blocks after each other as HTML."""
    return "".join(write_block(block, state) for block in blocks)


def _own_link(heading: Heading, state: BodyState) -> str:
    """A link from a heading to itself, so that its address can be copied; a sign that the style sheet draws."""
    if not heading.anchor:
        return ""
    label = escape(f"{state.words.heading_link} {one_line(heading.children)}")
    return f'<a class="anchor" href="{escape("#" + heading.anchor)}" aria-label="{label}"></a>'


def _division(block: Division, state: BodyState) -> str:
    blocks, theme, artwork = block.blocks, state.theme, state.artwork
    css_class = " ".join(filter(None, (str(block.role), designed.colour_class(block.number, theme))))
    before = after = note = ""
    match block.role:
        case Role.NOTE:
            note = ' role="note"'
        case Role.CHAPTER:
            return f'<div{_id(block, state)} class="{css_class}">\n{_chapter(block, state)}</div>\n'
        case Role.COVER:
            before = designed.picture(artwork.cover, "photo") + designed.picture(artwork.logo_on_dark, "logo")
            after = designed.stripe(state.document, theme, artwork)
            credit = escape(artwork.cover_credit)
            after += f'<p class="credit">{credit}</p>\n' if credit else ""
        case Role.BACK_COVER:
            before = designed.stripe(state.document, theme, artwork) + designed.picture(artwork.logo_on_dark, "logo")
        case _:
            pass
    return f'<div{_id(block, state)} class="{css_class}"{note}>\n{before}{write_blocks(blocks, state)}{after}</div>\n'


def _chapter(block: Division, state: BodyState) -> str:
    """A chapter: a band with its heading and statement, then its text and what it comes to beside each other."""

    def is_in_band(inner: Block) -> bool:
        is_statement = isinstance(inner, Division) and inner.role is Role.STATEMENT
        return is_statement or (isinstance(inner, Heading) and inner.level == 1)

    def is_focus(inner: Block) -> bool:
        return isinstance(inner, Division) and inner.role is Role.FOCUS

    band = [inner for inner in block.blocks if is_in_band(inner)]
    focus = [inner for inner in block.blocks if is_focus(inner)]
    text = [inner for inner in block.blocks if not is_in_band(inner) and not is_focus(inner)]
    head = f'<div class="band">\n{designed.icon(block.icon, state.artwork)}{write_blocks(band, state)}</div>\n'
    body = f'<div class="chapter-text">\n{write_blocks(text, state)}</div>\n' if text else ""
    return f'{head}<div class="chapter-body">\n{body}{write_blocks(focus, state)}</div>\n'


def _list(block: List, state: BodyState) -> str:
    tag = "ol" if block.ordered else "ul"
    start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
    has_long_numbers = block.ordered and block.start + len(block.items) > 100
    look = "tight " * block.tight + "long" * has_long_numbers
    tight = f' class="{look.strip()}"' if look else ""
    label = _LABELS[state.numbered % len(_LABELS)]
    type = f' type="{label}"' if block.ordered and label != "1" else ""
    state.numbered += block.ordered
    items = "".join(_item(item, state) for item in block.items)
    state.numbered -= block.ordered
    return f"<{tag}{_id(block, state)}{type}{start}{tight}>\n{items}</{tag}>\n"


def _item(item: ListItem, state: BodyState) -> str:
    name = designed.colour_class(item.number, state.theme)
    look = (f' class="{name}"' if name else "") + (f' style="--weight: {item.weight:g}"' if item.weight else "")
    shown = designed.icon(item.icon, state.artwork)
    return f"<li{_id(item, state)}{look}>\n{shown}{write_blocks(item.blocks, state)}</li>\n"


def _field(field: FieldRow, state: BodyState) -> str:
    label, value = write_inlines(field.label, state), write_inlines(field.value, state)
    return f"<div{_id(field, state)}><dt>{label}</dt><dd>{value}</dd></div>\n"


def _figure(block: Figure, state: BodyState) -> str:
    # an SVG as an image runs no script and loads nothing (SVG Integration, "secure static mode")
    data = on_dark(svg_text.shown(block, state.font), state.theme.colours)
    source = f"data:{block.media_type};base64,{base64.b64encode(data).decode()}"
    if block.decorative:
        return f'<div class="figure"{_id(block, state)}>\n<img src="{source}" alt="">\n</div>\n'
    caption = f"<figcaption>{write_inlines(block.caption.shown, state)}</figcaption>\n" if block.caption else ""
    told = {Change.INSERTED: "Nyt billede: ", Change.DELETED: "Slettet billede: "}.get(block.change, "")
    return f'<figure{_id(block, state)}>\n<img src="{source}" alt="{told}{escape(block.alt)}">\n{caption}</figure>\n'


# -- contents and notes -----------------------------------------------------------------------------------------


def _contents(block: Contents, state: BodyState) -> str:
    state.contents += 1
    title_id = f"{state.prefix}-contents-{state.contents}"
    entries = [heading for heading in headings(state.document) if heading.level <= block.depth]
    tree = _contents_level(entries, 1) if entries else ""
    title = f'<h2 id="{title_id}">{escape(block.title)}</h2>'
    return f'<nav{_id(block, state)} class="contents" aria-labelledby="{title_id}">\n{title}\n{tree}</nav>\n'


def _contents_level(entries: Sequence[Heading], level: int) -> str:
    """Headings as nested lists: each with those below it, up to the next of `level` or above."""
    items: list[str] = []
    position = 0
    while position < len(entries):
        heading, end = entries[position], position + 1
        while end < len(entries) and entries[end].level > level:
            end += 1
        below = _contents_level(entries[position + 1 : end], level + 1) if end > position + 1 else ""
        name = escape(one_line(heading.children))
        entry = f'<a href="{escape("#" + heading.anchor)}">{name}</a>' if heading.anchor else f"<span>{name}</span>"
        items.append(f"<li>{entry}{below}</li>\n")
        position = end
    return f"<ul>\n{''.join(items)}</ul>\n"


def _notes(state: BodyState) -> str:
    """The notes as a section with a link back to each mark (DPUB-ARIA 1.1: doc-endnotes, doc-noteref, doc-backlink)."""
    notes = state.document.notes
    if not notes:
        return ""
    bodies = [[write_block(block, state) for block in note.blocks] for note in notes]  # first: they may hold marks
    items: list[str] = []
    for number, (note, parts) in enumerate(zip(notes, bodies, strict=True), 1):
        links = _back_links(number, state)
        if note.blocks and isinstance(note.blocks[-1], Paragraph):
            parts[-1] = parts[-1].removesuffix("</p>\n") + f"{links}</p>\n"
        elif links:
            parts.append(f"<p>{links}</p>\n")
        items.append(f'<li id="{escape(state.note_id(number))}">\n{"".join(parts)}</li>\n')
    title_id = f"{state.prefix}-notes"
    title = f'<h2 id="{title_id}">{escape(state.words.footnotes)}</h2>'
    section = f'<section class="notes" role="doc-endnotes" aria-labelledby="{title_id}">'
    return f"{section}\n{title}\n<ol>\n{''.join(items)}</ol>\n</section>\n"


def _back_links(number: int, state: BodyState) -> str:
    count = state.references[number]
    links: list[str] = []
    for reference in range(1, count + 1):
        which = str(reference) if count > 1 else ""
        href = escape(f"#{state.reference_id(number, reference)}")
        label = escape(f"{state.words.footnote} {number}: {state.words.back} {which}".rstrip())
        links.append(f' <a role="doc-backlink" href="{href}" aria-label="{label}">↑{which}</a>')
    return f'<span class="back">{"".join(links)}</span>' if links else ""


def one_line(children: Iterable[Inline]) -> str:
    """The words of some inlines without line breaks."""
    return " ".join(plain_text(tuple(children)).split("\n"))


# -- the frame --------------------------------------------------------------------------------------------------


def _is_back_cover(block: Block) -> bool:
    return isinstance(block, Division) and block.role is Role.BACK_COVER


def _cover_words(cover: Sequence[Block]) -> tuple[str, ...]:
    """The paragraphs of the cover: what stands there needs not stand above it too."""
    blocks = cover[0].blocks if cover and isinstance(cover[0], Division) else ()
    return tuple(plain_text(block.children) for block in blocks if isinstance(block, Paragraph))
