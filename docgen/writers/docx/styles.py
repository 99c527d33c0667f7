"""The styles of a Word file: docgen's own looks from the theme, and their ids in any template.

Word stores built-in styles under their canonical English name in every language ("heading 1" where a Danish Word
shows "Overskrift 1"); only the id is translated. So styles are found by `w:name`, never by id (ECMA-376 §17.7.4.9).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from docgen.structs import Struct
from docgen.writers.docx.xml import NAMESPACES, TWIPS_PER_POINT, W, escape, points
from docgen.writers.theme import Theme

HEADINGS: Final = 5
BOX_INSET: Final = 200  # twips from the edge of a box to its text
_FONT_LINE = 1.22  # an office font's own line height in font sizes, to which "auto" line spacing is relative
_HEADING_AFTER = (12, 5, 4, 3, 3)
_HEADING_BEFORE = (36, 22, 16, 14, 14)
_SOURCE_GAP = 4


class _Style(Struct, frozen=True, kw_only=True):
    """One style to be there; `paragraph` and `run` are the children of `w:pPr` and `w:rPr`, `rest` what follows."""

    name: str
    kind: str = "paragraph"
    based_on: str = "Normal"
    next: str = ""
    paragraph: str = ""
    run: str = ""
    rest: str = ""
    priority: int = 1


def box(theme: Theme) -> str:
    """`w:pBdr` and `w:shd` of a tinted box with an accent line at its left; all its paragraphs must have the same."""
    tint = theme.colours.tint[1:]
    edge = f'w:val="single" w:sz="4" w:space="6" w:color="{tint}"'
    accent = f'w:val="single" w:sz="18" w:space="8" w:color="{theme.colours.accent[1:]}"'
    borders = f"<w:top {edge}/><w:left {accent}/><w:bottom {edge}/><w:right {edge}/>"
    return f'<w:pBdr>{borders}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{tint}"/>'


def prepare_styles(root: etree._Element, theme: Theme, language: str) -> Mapping[str, str]:
    """Adds to `w:styles` what it lacks and gives style name -> style id. Styles that are there keep their look.

    The proofing language of the document's defaults is set in any case.
    """
    if root.find(f"{{{W}}}style") is None:
        _add_defaults(root, theme)
    _set_language(root, language)
    found = {(_name(style).lower(), style.get(f"{{{W}}}type", "")): style for style in root.iter(f"{{{W}}}style")}
    used = {style.get(f"{{{W}}}styleId", "") for style in found.values()}
    names = {name for name, _ in found}
    ids: dict[str, str] = {}
    missing: list[_Style] = []
    for wanted in _styles(theme):
        present = found.get((wanted.name.lower(), wanted.kind))
        if present is not None:
            ids[wanted.name] = present.get(f"{{{W}}}styleId", "")
        else:
            ids[wanted.name] = _new_id(wanted.name, used)
            used.add(ids[wanted.name])
            missing.append(wanted)
    for wanted in missing:
        name = wanted.name + " (docgen)" if wanted.name.lower() in names else wanted.name
        root.append(etree.fromstring(_style_xml(wanted, name, ids)))
    return ids


def _name(style: etree._Element) -> str:
    name = style.find(f"{{{W}}}name")
    return "" if name is None else name.get(f"{{{W}}}val", "")


def _new_id(name: str, used: set[str]) -> str:
    stem = "".join(word[:1].upper() + word[1:] for word in re.split("[^A-Za-z0-9]+", name))
    candidate, number = stem, 2
    while candidate in used:
        candidate, number = f"{stem}{number}", number + 1
    return candidate


def _set_language(root: etree._Element, language: str) -> None:
    properties = root.find(f"{{{W}}}docDefaults/{{{W}}}rPrDefault/{{{W}}}rPr")
    if properties is None:
        defaults = root.find(f"{{{W}}}docDefaults")
        if defaults is not None:
            root.remove(defaults)
        root.insert(0, etree.fromstring(_defaults("", "")))
        properties = root.find(f"{{{W}}}docDefaults/{{{W}}}rPrDefault/{{{W}}}rPr")
        assert properties is not None
    for old in properties.findall(f"{{{W}}}lang"):
        properties.remove(old)
    lang = etree.fromstring(f'<w:lang xmlns:w="{W}" w:val="{escape(language)}" w:eastAsia="en-US" w:bidi="ar-SA"/>')
    later = [c for c in properties if etree.QName(c).localname in ("eastAsianLayout", "specVanish", "oMath")]
    properties.insert(len(properties) - len(later), lang)


def _defaults(run: str, paragraph: str) -> str:
    return (
        f"<w:docDefaults {NAMESPACES}><w:rPrDefault><w:rPr>{run}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{paragraph}</w:pPr></w:pPrDefault></w:docDefaults>"
    )


def _add_defaults(root: etree._Element, theme: Theme) -> None:
    """`w:docDefaults` and the three styles that every Word file has, in a document without a template of its own."""
    defaults = _defaults(_fonts(theme.fonts.office) + _size(theme.sizes.text_pt), "<w:widowControl/>")
    root.insert(0, etree.fromstring(defaults))
    hidden = "<w:semiHidden/><w:unhideWhenUsed/>"
    margins = "".join(
        f'<w:{edge} w:w="{width}" w:type="dxa"/>'
        for edge, width in (("top", 0), ("left", 108), ("bottom", 0), ("right", 108))
    )
    table = f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
    for kind, style_id, name, priority, rest in (
        ("character", "DefaultParagraphFont", "Default Paragraph Font", 1, ""),
        ("table", "TableNormal", "Normal Table", 99, table),
        ("numbering", "NoList", "No List", 99, ""),
    ):
        root.append(
            etree.fromstring(
                f'<w:style {NAMESPACES} w:type="{kind}" w:default="1" w:styleId="{style_id}"><w:name w:val="{name}"/>'
                f'<w:uiPriority w:val="{priority}"/>{hidden}{rest}</w:style>'
            )
        )


def _style_xml(style: _Style, name: str, ids: Mapping[str, str]) -> str:
    default = ' w:default="1"' if style.name == "Normal" else ""
    custom = ' w:customStyle="1"' if style.name in _CUSTOM else ""
    based = f'<w:basedOn w:val="{ids[style.based_on]}"/>' if style.based_on and style.name != "Normal" else ""
    following = f'<w:next w:val="{ids[style.next]}"/>' if style.next else ""
    shown = "<w:qFormat/>" if style.priority < 90 else "<w:unhideWhenUsed/>"
    return (
        f'<w:style {NAMESPACES} w:type="{style.kind}"{default}{custom} w:styleId="{ids[style.name]}">'
        f'<w:name w:val="{name}"/>{based}{following}<w:uiPriority w:val="{style.priority}"/>{shown}'
        + (f"<w:pPr>{style.paragraph}</w:pPr>" if style.paragraph else "")
        + (f"<w:rPr>{style.run}</w:rPr>" if style.run else "")
        + f"{style.rest}</w:style>"
    )


_CUSTOM: Final = frozenset(
    {
        *("Cover", "Statement", "Lead", "Note", "Card", "Card Heading", "Source", "Colophon", "Figure", "Code"),
        "Masthead",
        *("Code Block", "Table Text", "Table Heading", "Field Label", "Field Value", "Municipal Table", "Fields"),
        "Draft Mark",
    }
)


# -- small pieces -----------------------------------------------------------------------------------------------


def fixed_font(theme: Theme) -> str:
    """`w:rFonts` of the theme's font of fixed width."""
    return _fonts(theme.fonts.fixed)


def _fonts(family: str) -> str:
    name = escape(family)
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def _size(value: float) -> str:
    return f'<w:sz w:val="{round(value * 2)}"/><w:szCs w:val="{round(value * 2)}"/>'


def _colour(colour: str) -> str:
    return f'<w:color w:val="{colour[1:]}"/>'


def _spacing(before: float, after: float, leading: float) -> str:
    line = round(240 * leading / _FONT_LINE)
    return f'<w:spacing w:before="{points(before)}" w:after="{points(after)}" w:line="{line}" w:lineRule="auto"/>'


_BOLD: Final = "<w:b/><w:bCs/>"
_PLAIN: Final = '<w:b w:val="0"/><w:bCs w:val="0"/>'


# -- the styles -------------------------------------------------------------------------------------------------


def _styles(theme: Theme) -> Iterator[_Style]:
    yield from _text_styles(theme)
    yield from _role_styles(theme)
    yield from _table_styles(theme)
    yield from _apparatus_styles(theme)


def _text_styles(theme: Theme) -> Iterator[_Style]:
    sizes, colours = theme.sizes, theme.colours
    accent, muted = _colour(colours.accent), _colour(colours.muted)
    body = _spacing(0, 8, sizes.leading)
    yield _Style(name="Normal", paragraph=body, run=_colour(colours.text), priority=0)
    yield _Style(
        name="Title",
        next="Normal",
        paragraph="<w:keepNext/><w:keepLines/>" + _spacing(0, 10, 1.1),
        run=_BOLD + accent + _size(sizes.title_pt),
        priority=10,
    )
    yield _Style(
        name="Subtitle",
        next="Normal",
        paragraph=_spacing(0, 6, 1.25),
        run=muted + _size(sizes.lead_pt + 2.5),
        priority=11,
    )
    for level in range(1, HEADINGS + 1):
        yield _heading(level, theme)
    for name in ("List Bullet", "List Number"):
        yield _Style(name=name, paragraph=body + "<w:contextualSpacing/>", priority=20)
    yield _Style(name="List Continue", paragraph=body, priority=20)
    quote = f'<w:pBdr><w:left w:val="single" w:sz="12" w:space="12" w:color="{colours.rule[1:]}"/></w:pBdr>'
    yield _Style(
        name="Quote",
        next="Normal",
        paragraph=quote + _spacing(4, 8, sizes.leading) + '<w:ind w:left="400" w:right="400"/>',
        run="<w:i/><w:iCs/>" + muted,
        priority=29,
    )
    rule = f'w:val="single" w:sz="4" w:space="7" w:color="{colours.rule[1:]}"'
    frame = "".join(f"<w:{edge} {rule}/>" for edge in ("top", "left", "bottom", "right"))
    fixed = _fonts(theme.fonts.fixed) + "<w:noProof/>"
    yield _Style(name="Code", kind="character", based_on="", run=fixed + _size(sizes.text_pt - 1), priority=30)
    yield _Style(
        name="Code Block",
        paragraph=f"<w:pBdr>{frame}</w:pBdr>"
        + _spacing(10, 14, 1.3)
        + f'<w:ind w:left="{BOX_INSET}" w:right="{BOX_INSET}"/>',
        run=fixed + _size(sizes.text_pt - 1.5),
        priority=30,
    )


def _heading(level: int, theme: Theme) -> _Style:
    sizes, colours = theme.sizes, theme.colours
    colour = colours.accent if level < 3 else colours.text if level < 5 else colours.muted
    return _Style(
        name=f"heading {level}",
        next="Normal",
        paragraph="<w:keepNext/><w:keepLines/>"
        + _spacing(_HEADING_BEFORE[level - 1], _HEADING_AFTER[level - 1], 1.15)
        + f'<w:outlineLvl w:val="{level - 1}"/>',
        run=_BOLD + _colour(colour) + _size(sizes.heading_pt[level - 1]),
        priority=9,
    )


def _role_styles(theme: Theme) -> Iterator[_Style]:
    sizes, colours = theme.sizes, theme.colours
    accent, muted, small = _colour(colours.accent), _colour(colours.muted), _size(sizes.small_pt)
    inset = f'<w:ind w:left="{BOX_INSET}" w:right="{BOX_INSET}"/>'
    yield _Style(
        name="Cover",
        next="Normal",
        paragraph=_spacing(0, 6, 1.2),
        run=_BOLD + accent + '<w:spacing w:val="6"/>' + _size(sizes.lead_pt),
        priority=31,
    )
    line = f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="12" w:color="{colours.accent[1:]}"/></w:pBdr>'
    yield _Style(
        name="Statement",
        next="Normal",
        paragraph="<w:keepLines/>" + line + _spacing(4, 16, 1.3) + f'<w:ind w:left="{points(14)}" w:right="567"/>',
        run=accent + _size(sizes.lead_pt + 3.5),
        priority=31,
    )
    kicker = _BOLD + accent + _size(sizes.text_pt)
    yield _Style(
        name="Masthead", next="Normal", paragraph="<w:keepNext/>" + _spacing(0, 2, 1.3), run=kicker, priority=31
    )
    yield _Style(name="Lead", next="Normal", paragraph=_spacing(0, 12, 1.4), run=_size(sizes.lead_pt), priority=31)
    yield _Style(name="Note", paragraph=box(theme) + _spacing(0, 6, 1.35) + inset, priority=31)
    rule = f'w:val="single" w:sz="6" w:space="8" w:color="{colours.rule[1:]}"'
    yield _Style(
        name="Card Heading",
        next="Card",
        paragraph="<w:keepNext/><w:keepLines/>"
        f"<w:pBdr><w:top {rule}/><w:between {rule}/></w:pBdr>" + _spacing(12, 2, 1.25),
        run=accent,
        priority=32,
    )
    yield _Style(name="Card", paragraph="<w:keepLines/>" + _spacing(0, 8, 1.35), priority=32)
    yield _Style(name="Source", next="Normal", paragraph=_spacing(_SOURCE_GAP, 14, 1.3), run=muted + small, priority=33)
    yield _Style(name="Colophon", paragraph=_spacing(0, 4, 1.35), run=muted + small, priority=33)


def _table_styles(theme: Theme) -> Iterator[_Style]:
    sizes, colours = theme.sizes, theme.colours
    cell = _size(sizes.text_pt - 1)
    yield _Style(name="Table Text", paragraph=_spacing(3, 3, 1.25), run=cell, priority=34)
    yield _Style(
        name="Table Heading",
        paragraph="<w:keepNext/>" + _spacing(4, 4, 1.2),
        run=_BOLD + _colour(colours.accent) + cell,
        priority=34,
    )
    yield _Style(name="Field Label", paragraph=_spacing(2, 2, 1.25), run=_colour(colours.muted) + cell, priority=34)
    yield _Style(name="Field Value", paragraph=_spacing(2, 2, 1.25), run=cell, priority=34)
    rule = f'w:val="single" w:sz="4" w:space="0" w:color="{colours.rule[1:]}"'
    strong = f'w:val="single" w:sz="8" w:space="0" w:color="{colours.accent[1:]}"'
    margins = '<w:tblCellMar><w:left w:w="113" w:type="dxa"/><w:right w:w="113" w:type="dxa"/></w:tblCellMar>'
    yield _Style(
        name="Municipal Table",
        kind="table",
        based_on="",
        rest='<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>'
        f"<w:top {strong}/><w:bottom {rule}/><w:insideH {rule}/></w:tblBorders>{margins}</w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders><w:bottom {strong}/></w:tcBorders>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{colours.tint[1:]}"/></w:tcPr></w:tblStylePr>',
        priority=39,
    )
    bare = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="170" w:type="dxa"/></w:tblCellMar>'
    yield _Style(
        name="Fields",
        kind="table",
        based_on="",
        rest=f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{bare}</w:tblPr>',
        priority=39,
    )


def _apparatus_styles(theme: Theme) -> Iterator[_Style]:
    sizes, colours = theme.sizes, theme.colours
    accent, muted, small = _colour(colours.accent), _colour(colours.muted), _size(sizes.small_pt)
    yield _Style(
        name="caption",
        next="Normal",
        paragraph="<w:keepLines/>" + _spacing(10, 5, 1.25),
        run=_BOLD + _colour(colours.text) + _size(sizes.text_pt - 1),
        priority=35,
    )
    yield _Style(name="Figure", next="caption", paragraph=_spacing(10, 4, _FONT_LINE), priority=35)
    yield _Style(
        name="TOC Heading",
        next="Normal",
        paragraph="<w:keepNext/><w:keepLines/>" + _spacing(0, 14, 1.15),
        run=_BOLD + accent + _size(sizes.heading_pt[0]),
        priority=38,
    )
    for level in range(1, HEADINGS + 1):
        yield _Style(
            name=f"toc {level}",
            next="Normal",
            paragraph=_spacing(6 if level == 1 else 0, 2, 1.3)
            + (f'<w:ind w:left="{340 * (level - 1)}"/>' if level > 1 else ""),
            run="" if level == 1 else muted,
            priority=95,
        )
    yield _Style(name="footnote text", paragraph=_spacing(0, 2, 1.3), run=muted + small, priority=99)
    yield _Style(
        name="footnote reference", kind="character", based_on="", run='<w:vertAlign w:val="superscript"/>', priority=99
    )
    yield _Style(name="Hyperlink", kind="character", based_on="", run=accent + '<w:u w:val="single"/>', priority=98)
    for name in ("header", "footer"):
        yield _Style(name=name, paragraph=_spacing(0, 0, 1.2), run=muted + small, priority=99)
    yield _Style(
        name="Draft Mark",
        kind="character",
        based_on="",
        run=_BOLD + accent + f'<w:spacing w:val="{TWIPS_PER_POINT}"/>',
        priority=99,
    )
