"""WordprocessingML as strings: runs, fields, bookmarks and paragraphs in the element order of ECMA-376 Part 1.

Knows nothing of the document tree. Every text that comes in is made safe for XML 1.0 here and nowhere else.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from docgen.structs import Struct

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W14: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
MC: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
NAMESPACES: Final = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:w14="{W14}" xmlns:mc="{MC}" mc:Ignorable="w14"'

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

TWIPS_PER_POINT: Final = 20
TWIPS_PER_MM: Final = 1440 / 25.4
EMU_PER_TWIP: Final = 635

_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f]|[\ud800-\udfff]|[\ufffe\uffff]")  # XML 1.0 §2.2
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\r", " "))  # & first
# Figures with a hyphen between them (2023-2026, 80-84, 2022-0012345) stay on their line: Word ends lines at any hyphen.
_SPECIAL = re.compile("([\t\N{NON-BREAKING HYPHEN}\N{SOFT HYPHEN}]|(?<=[0-9])-(?=[0-9]))")
_SPECIAL_AS_TYPED = re.compile("([\t\N{NON-BREAKING HYPHEN}\N{SOFT HYPHEN}])")
_ELEMENTS = {
    "-": "<w:noBreakHyphen/>",
    "\t": "<w:tab/>",
    "\N{NON-BREAKING HYPHEN}": "<w:noBreakHyphen/>",
    "\N{SOFT HYPHEN}": "<w:softHyphen/>",
}


def clean(text: str) -> str:
    """Text with U+FFFD for every character that XML 1.0 does not allow."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def escape(text: str) -> str:
    """Text that is safe between tags and between double quotes."""
    text = clean(text)
    for character, written in _ESCAPES:  # much faster than str.translate
        text = text.replace(character, written)
    return text


def link_address(address: str) -> str:
    """An address as Word takes it in a relationship: what RFC 3986 does not allow in ASCII is percent-encoded."""
    return re.sub(r'[\x00-\x20"<>\\^`{|}]', lambda found: f"%{ord(found[0]):02X}", clean(address))


def twips(millimetres: float) -> int:
    """Millimetres as twentieths of a point."""
    return round(millimetres * TWIPS_PER_MM)


def points(value: float) -> int:
    """Points as twentieths of a point."""
    return round(value * TWIPS_PER_POINT)


def run(text: str, properties: str = "", *, typed: bool = False) -> str:
    """Text as one `w:r`; `properties` are the children of `w:rPr` in schema order. No text gives no run. What is
    `typed`, as a command is, and an address are what they are when they are copied: no sign stands for another."""
    if not text:
        return ""
    special = _SPECIAL_AS_TYPED if typed or "://" in text else _SPECIAL
    pieces = enumerate(special.split(text))
    parts = (_ELEMENTS[piece] if place % 2 else _text(piece) for place, piece in pieces if piece)
    return run_of("".join(parts), properties)


def run_of(content: str, properties: str = "") -> str:
    """A `w:r` around ready elements."""
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{content}</w:r>"


def _text(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def field_start(instruction: str) -> str:
    """The runs of a complex field up to its cached result (ECMA-376 §17.16.18)."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


FIELD_END: Final = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def field(instruction: str, result: str, properties: str = "") -> str:
    """A complex field with its cached result, which readers show without asking."""
    return field_start(instruction) + run(result, properties) + FIELD_END


def page_field(bookmark: str, page: int = 0) -> str:
    """The page that a bookmark is on; 0 until it is known."""
    return field(f"PAGEREF {bookmark} \\h", str(page))


def bookmark(number: int, name: str, content: str) -> str:
    """A bookmark around runs; `number` is unique in the whole package (ECMA-376 §17.13.6.2)."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


class ParagraphFormat(Struct, frozen=True, kw_only=True):
    """What stands directly at a paragraph beside its style; measures in twips, `None` = as in the style.

    `numbering` is (w:numId, w:ilvl); `box` the elements `w:pBdr` and `w:shd`; `tabs` the children of `w:tabs`; `mark`
    is that of a tracked change (`w:ins` or `w:del`) of the paragraph itself.
    """

    keep_next: bool = False
    page_break_before: bool = False
    numbering: tuple[int, int] | None = None
    box: str = ""
    tabs: str = ""
    before: int | None = None
    after: int | None = None
    left: int | None = None
    right: int | None = None
    hanging: int | None = None
    loose: bool = False
    alignment: str = ""
    mark: str = ""

    def xml(self, style: str) -> str:
        """`w:pPr` with its children in the order of ECMA-376 §17.3.1.26."""
        spacing = _attributes(before=self.before, after=self.after)
        indent = _attributes(left=self.left, right=self.right, hanging=self.hanging)
        parts = [f'<w:pStyle w:val="{style}"/>']
        if self.keep_next:
            parts.append("<w:keepNext/>")
        if self.page_break_before:
            parts.append("<w:pageBreakBefore/>")
        if self.numbering:
            number, level = self.numbering
            parts.append(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
        parts.append(self.box)
        if self.tabs:
            parts.append(f"<w:tabs>{self.tabs}</w:tabs>")
        parts.append(f"<w:spacing{spacing}/>" if spacing else "")
        parts.append(f"<w:ind{indent}/>" if indent else "")
        if self.loose:
            parts.append('<w:contextualSpacing w:val="0"/>')
        if self.alignment:
            parts.append(f'<w:jc w:val="{self.alignment}"/>')
        if self.mark:
            parts.append(f"<w:rPr>{self.mark}</w:rPr>")
        return f"<w:pPr>{''.join(parts)}</w:pPr>"


def _attributes(**values: int | None) -> str:
    return "".join(f' w:{name}="{value}"' for name, value in values.items() if value is not None)


PLAIN: Final = ParagraphFormat()


def paragraph(style: str, content: str, form: ParagraphFormat = PLAIN, paragraph_id: str = "") -> str:
    """A `w:p`; `style` is a style id, `paragraph_id` the value of `w14:paraId` (MS-DOCX, paraId) or empty."""
    identity = f' w14:paraId="{paragraph_id}"' if paragraph_id else ""
    return f"<w:p{identity}>{form.xml(style)}{content}</w:p>"


def style_element(root: etree._Element, style_id: str) -> etree._Element | None:
    """The `w:style` with this id."""
    return next((s for s in root.iter(f"{{{W}}}style") if s.get(f"{{{W}}}styleId") == style_id), None)
