"""The page of a Word file: its size and margins, and what runs at its head and foot."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from lxml import etree

from docgen.tree.document import Document, has_cover
from docgen.writers.docx.ground import ground
from docgen.writers.docx.package import Relationships, word_part
from docgen.writers.docx.reference import Base
from docgen.writers.docx.xml import (
    DECLARATION,
    NAMESPACES,
    ParagraphFormat,
    W,
    field,
    paragraph,
    run,
    run_of,
    style_element,
    twips,
)
from docgen.writers.theme import Theme

if TYPE_CHECKING:
    from docgen.writers.docx.package import Part

BEGIN_LANDSCAPE, END_LANDSCAPE = "<!--landscape-->", "<!--portrait-->"
"""Stand in a body before and after what needs a page that lies on its side."""
BEGIN_COLUMNS, END_COLUMNS = "<!--columns-->", "<!--one column-->"
"""Stand in a body before and after what is set in two columns."""
_MARKS: Final = {BEGIN_LANDSCAPE: "landscape", END_LANDSCAPE: "", BEGIN_COLUMNS: "columns", END_COLUMNS: ""}
_ONE_COLUMN: Final = '<w:cols w:space="708"/>'
_BETWEEN_COLUMNS_MM: Final = 8
_REFERENCE = re.compile(r"<w:(?:header|footer)Reference [^>]*/>")
_NO_HEIGHT = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
_TO_THE_RIGHT: Final = '<w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/>'
"""A tab to the right edge of the text, however the page lies (ECMA-376 §17.3.3.23)."""
_TITLE_PAGE = re.compile(r"<w:titlePg/>")
_RUNNING_DISTANCE_MM = 14  # from the edge of the page to the running header and footer
_ONE_LINE: Final = 85  # characters of small print beside each other on one line
_FIELDS: Final = {"{page}": "PAGE", "{pages}": "NUMPAGES"}


def text_width(base: Base, theme: Theme) -> int:
    """The width of the text in twips, on the template's page or else on the theme's."""
    own = _own_page(base)
    if own:
        size, margins = own
        width = _number(size, "w") - _number(margins, "left") - _number(margins, "right")
        if width > 0:
            return width
    page = theme.page
    return twips(page.width_mm) - twips(page.margin_inner_mm) - twips(page.margin_outer_mm)


def landscape_width(base: Base, theme: Theme) -> int:
    """The width of the text in twips on the same page when it lies on its side."""
    own = _own_page(base)
    if own:
        return max(_number(own[0], "h") - _number(own[1], "left") - _number(own[1], "right"), text_width(base, theme))
    return twips(theme.page.height_mm) - 2 * twips(theme.page.margin_inner_mm)


def with_sections(body: str, portrait: str) -> str:
    """A body whose marks of `BEGIN_LANDSCAPE`, `BEGIN_COLUMNS` and their ends have become sections, its last section
    after it.

    The first section has the headers and footers, which those after it take over (ECMA-376 §17.10.5). Columns begin
    and end in the middle of a page.
    """
    plain = _TITLE_PAGE.sub("", _REFERENCE.sub("", portrait))
    first, *others = re.split(f"({'|'.join(_MARKS)})", body)
    parts, before, here = [first], "", ""
    for mark, words in zip(others[::2], others[1::2], strict=True):
        form = portrait if len(parts) == 1 else plain
        parts += [f"<w:p><w:pPr>{_NO_HEIGHT}{_formed(form, here, before)}</w:pPr></w:p>", words]
        before, here = here, _MARKS[mark]
    if not others:
        return first + portrait
    if not parts[-1]:  # a section of nothing would be an empty page
        closing = parts[-2].replace(_NO_HEIGHT, "", 1).removeprefix("<w:p><w:pPr>").removesuffix("</w:pPr></w:p>")
        return "".join(parts[:-2]) + f"<w:p><w:pPr>{_NO_HEIGHT}</w:pPr></w:p>" + closing
    return "".join(parts) + _formed(plain, here, before)


def _formed(section: str, here: str, before: str) -> str:
    """A section as what stands in it needs it: on pages that lie on their side, or in two columns, which begin where
    the section before it ends."""
    if here == "landscape":
        return _lying(section)
    if here == "columns":
        section = section.replace(_ONE_COLUMN, f'<w:cols w:num="2" w:space="{twips(_BETWEEN_COLUMNS_MM)}"/>')
    if "columns" in (here, before):
        kind = '<w:type w:val="continuous"/>'
        at = section.index("<w:pgSz ")
        return section[:at] + kind + section[at:]
    return section


def _lying(section: str) -> str:
    """A section whose pages lie on their side, the left margin at both sides."""
    width, height, left = (re.search(rf'w:{name}="(\d+)"', section) for name in ("w", "h", "left"))
    if width is None or height is None or left is None:
        return section
    turned = f'<w:pgSz w:w="{height[1]}" w:h="{width[1]}" w:orient="landscape"/>'
    return re.sub(r'w:right="\d+"', f'w:right="{left[1]}"', re.sub(r"<w:pgSz [^>]*/>", turned, section), count=1)


def section(links: Relationships, document: Document, base: Base, theme: Theme) -> str:
    """`w:sectPr`, with its header and footer parts among the links of the main part. Children as in ECMA-376 §17.6.17.

    A document with a cover has a first page of its own: the template's letterhead, and only the draft mark.
    """
    cover, ids = has_cover(document), base.ids
    letterhead = base.letterhead if cover else {}
    width = text_width(base, theme)
    mark = _draft_mark(document, ids)
    header = _header(document, mark, _tabs(base, "header", width), ids)
    footer = _footer(document, theme, _tabs(base, "footer", width), ids)
    parts = {("header", "default"): word_part("headerRunning", "header", _root("hdr", header))}
    if "header" in letterhead:
        parts["header", "first"] = _marked(letterhead["header"], mark, ids)
    elif cover:
        parts["header", "first"] = word_part(
            "headerCover", "header", _root("hdr", _cover_header(mark, ids, ground(document, theme)))
        )
    parts["footer", "default"] = word_part("footerRunning", "footer", _root("ftr", footer))
    if "footer" in letterhead:
        parts["footer", "first"] = letterhead["footer"]
    elif cover:
        parts["footer", "first"] = word_part("footerCover", "footer", _root("ftr", paragraph(ids["footer"], "")))
    references = "".join(
        f'<w:{kind}Reference w:type="{when}" r:id="{links.part(kind, part)}"/>' for (kind, when), part in parts.items()
    )
    title_page = "<w:titlePg/>" if cover else ""
    return f"<w:sectPr>{references}{_page(base, theme)}{_ONE_COLUMN}{title_page}</w:sectPr>"


def _page(base: Base, theme: Theme) -> str:
    own = _own_page(base)
    if own:
        return "".join(etree.tostring(element, encoding="unicode", with_tail=False) for element in own)
    page = theme.page
    distance = twips(_RUNNING_DISTANCE_MM)
    return (
        f'<w:pgSz w:w="{twips(page.width_mm)}" w:h="{twips(page.height_mm)}"/>'
        f'<w:pgMar w:top="{twips(page.margin_top_mm)}" w:right="{twips(page.margin_outer_mm)}" '
        f'w:bottom="{twips(page.margin_bottom_mm)}" w:left="{twips(page.margin_inner_mm)}" '
        f'w:header="{distance}" w:footer="{distance}" w:gutter="0"/>'
    )


def _own_page(base: Base) -> tuple[etree._Element, etree._Element] | None:
    if base.section is None:
        return None
    size, margins = base.section.find(f"{{{W}}}pgSz"), base.section.find(f"{{{W}}}pgMar")
    return None if size is None or margins is None else (size, margins)


def _number(element: etree._Element, name: str) -> int:
    value = element.get(f"{{{W}}}{name}", "0")
    return int(value) if value.isdecimal() else 0


def _tabs(base: Base, name: str, width: int) -> str:
    """One tab at the right edge of the text, in place of those of the style."""
    style = style_element(base.styles, base.ids[name])
    old = [] if style is None else [tab.get(f"{{{W}}}pos", "") for tab in style.iterfind(f".//{{{W}}}tab")]
    cleared = "".join(f'<w:tab w:val="clear" w:pos="{place}"/>' for place in old if place != str(width))
    return f'{cleared}<w:tab w:val="right" w:pos="{width}"/>'


def _draft_mark(document: Document, ids: Mapping[str, str]) -> str:
    return run(document.mark, f'<w:rStyle w:val="{ids["Draft Mark"]}"/>')


def _header(document: Document, mark: str, tabs: str, ids: Mapping[str, str]) -> str:
    gap = run("   ") if mark and document.header else ""
    title = _beside(document.header + document.mark, run(document.running_title), document.running_title)
    return paragraph(ids["header"], mark + gap + run(document.header) + title, ParagraphFormat(tabs=tabs))


def _beside(left: str, content: str, text: str) -> str:
    """What stands at the right of a running line, or under it where both are too long for one."""
    if not left or not text:
        return content
    return run_of(_TO_THE_RIGHT if len(left) + len(text) < _ONE_LINE else "<w:br/>") + content


def _footer(document: Document, theme: Theme, tabs: str, ids: Mapping[str, str]) -> str:
    words = document.footer
    if document.mark and document.fingerprint:
        fingerprint = theme.words.draft_fingerprint.replace("{fingerprint}", document.fingerprint)
        words = f"{words} · {fingerprint}" if words else fingerprint
    pieces = re.split(r"(\{pages?\})", theme.words.page_number)
    number = "".join(field(_FIELDS[piece], "1") if piece in _FIELDS else run(piece) for piece in pieces)
    content = run(words) + _beside(words, number, theme.words.page_number) if words else run_of(_TO_THE_RIGHT) + number
    return paragraph(ids["footer"], content, ParagraphFormat(tabs=tabs))


def _cover_header(mark: str, ids: Mapping[str, str], under: str = "") -> str:
    return paragraph(ids["header"], under + mark, ParagraphFormat(alignment="right"))


def _marked(letterhead: Part, mark: str, ids: Mapping[str, str]) -> Part:
    """The template's letterhead with the draft mark after it; its pictures stay related."""
    if not mark:
        return letterhead
    root = etree.fromstring(letterhead.blob)
    root.append(etree.fromstring(_root("hdr", _cover_header(mark, ids)))[0])
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = word_part("headerCover", "header", data)
    part.needs += letterhead.needs
    return part


def _root(tag: str, content: str) -> bytes:
    return f"{DECLARATION}<w:{tag} {NAMESPACES}>{content}</w:{tag}>".encode()
