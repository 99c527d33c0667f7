"""The looks of docgen's own Word styles, made from the theme: what stands in `w:pPr` and `w:rPr` of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from docgen.structs import Struct
from docgen.writers.docx.xml import TWIPS_PER_POINT, escape, points
from docgen.writers.theme import Theme

HEADINGS: Final = 5
BOX_INSET: Final = 200  # twips from the edge of a box to its text
_FONT_LINE = 1.22  # an office font's own line height in font sizes, to which "auto" line spacing is relative
_ABOVE_HEADING = (1.6, 1.8, 1.6, 1.5, 1.5)  # in sizes of the heading, as white is seen in the PDF
_BELOW_HEADING = (0.7, 0.55, 0.55, 0.55, 0.55)
_HEADING_LINE = 1.15
_UNDER_PARAGRAPH = 8  # points; Word adds what stands under one paragraph to what stands over the next
_OVER_LINE = 4  # points of white that Word has over a line of running text
_SOURCE_GAP = 4


class Style(Struct, frozen=True, kw_only=True):
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


def styles(theme: Theme) -> Iterator[Style]:
    """Every style that docgen uses; one that another is based on or followed by may come after it."""
    yield from _text_styles(theme)
    yield from _role_styles(theme)
    yield from _table_styles(theme)
    yield from _apparatus_styles(theme)


def _text_styles(theme: Theme) -> Iterator[Style]:
    sizes, colours = theme.sizes, theme.colours
    accent, muted = _colour(colours.accent), _colour(colours.muted)
    body = spacing(0, _UNDER_PARAGRAPH, sizes.leading)
    yield Style(name="Normal", paragraph=body, run=_colour(colours.text), priority=0)
    yield Style(
        name="Title",
        next="Normal",
        paragraph="<w:keepNext/><w:keepLines/>" + spacing(0, 10, 1.1),
        run=BOLD + accent + size(sizes.title_pt),
        priority=10,
    )
    yield Style(
        name="Subtitle",
        next="Normal",
        paragraph=spacing(0, 6, 1.25),
        run=muted + size(sizes.lead_pt + 2.5),
        priority=11,
    )
    for level in range(1, HEADINGS + 1):
        yield _heading(level, theme)
    for name in ("List Bullet", "List Number"):
        yield Style(name=name, paragraph=body + "<w:contextualSpacing/>", priority=20)
    yield Style(name="List Continue", paragraph=body, priority=20)
    quote = f'<w:pBdr><w:left w:val="single" w:sz="12" w:space="12" w:color="{colours.rule[1:]}"/></w:pBdr>'
    yield Style(
        name="Quote",
        next="Normal",
        paragraph=quote + spacing(4, 8, sizes.leading) + '<w:ind w:left="400" w:right="400"/>',
        run="<w:i/><w:iCs/>" + muted,
        priority=29,
    )
    rule = f'w:val="single" w:sz="4" w:space="7" w:color="{colours.rule[1:]}"'
    frame = "".join(f"<w:{edge} {rule}/>" for edge in ("top", "left", "bottom", "right"))
    fixed = fonts(theme.fonts.fixed) + "<w:noProof/>"
    yield Style(name="Code", kind="character", based_on="", run=fixed + size(sizes.text_pt - 1), priority=30)
    yield Style(
        name="Code Block",
        paragraph=f"<w:pBdr>{frame}</w:pBdr>"
        + spacing(10, 14, 1.3)
        + f'<w:ind w:left="{BOX_INSET}" w:right="{BOX_INSET}"/>',
        run=fixed + size(sizes.text_pt - 1.5),
        priority=30,
    )


def _heading(level: int, theme: Theme) -> Style:
    sizes, colours = theme.sizes, theme.colours
    colour = colours.accent if level < 3 else colours.text if level < 5 else colours.muted
    letters = sizes.heading_pt[level - 1]
    above = letters * (_ABOVE_HEADING[level - 1] - (_HEADING_LINE - 1)) - _UNDER_PARAGRAPH
    below = letters * _BELOW_HEADING[level - 1] - _OVER_LINE
    return Style(
        name=f"heading {level}",
        next="Normal",
        paragraph="<w:keepNext/><w:keepLines/>"
        + spacing(max(above, 0), max(below, 0), _HEADING_LINE)
        + f'<w:outlineLvl w:val="{level - 1}"/>',
        run=BOLD + _colour(colour) + size(letters),
        priority=9,
    )


def _role_styles(theme: Theme) -> Iterator[Style]:
    sizes, colours = theme.sizes, theme.colours
    accent, muted, small = _colour(colours.accent), _colour(colours.muted), size(sizes.small_pt)
    inset = f'<w:ind w:left="{BOX_INSET}" w:right="{BOX_INSET}"/>'
    yield Style(
        name="Cover",
        next="Normal",
        paragraph=spacing(0, 6, 1.2),
        run=BOLD + accent + '<w:spacing w:val="6"/>' + size(sizes.lead_pt),
        priority=31,
    )
    line = f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="12" w:color="{colours.accent[1:]}"/></w:pBdr>'
    yield Style(
        name="Statement",
        next="Normal",
        paragraph="<w:keepLines/>" + line + spacing(4, 16, 1.3) + f'<w:ind w:left="{points(14)}" w:right="567"/>',
        run=accent + size(sizes.lead_pt + 3.5),
        priority=31,
    )
    kicker = BOLD + accent + size(sizes.text_pt)
    yield Style(name="Masthead", next="Normal", paragraph="<w:keepNext/>" + spacing(0, 2, 1.3), run=kicker, priority=31)
    yield Style(name="Lead", next="Normal", paragraph=spacing(0, 12, 1.4), run=size(sizes.lead_pt), priority=31)
    yield Style(name="Note", paragraph=box(theme) + spacing(0, 6, 1.35) + inset, priority=31)
    rule = f'w:val="single" w:sz="6" w:space="8" w:color="{colours.rule[1:]}"'
    yield Style(
        name="Card Heading",
        next="Card",
        paragraph="<w:keepNext/><w:keepLines/>"
        f"<w:pBdr><w:top {rule}/><w:between {rule}/></w:pBdr>" + spacing(12, 2, 1.25),
        run=accent,
        priority=32,
    )
    yield Style(name="Card", paragraph="<w:keepLines/>" + spacing(0, 8, 1.35), priority=32)
    yield Style(name="Source", next="Normal", paragraph=spacing(_SOURCE_GAP, 14, 1.3), run=muted + small, priority=33)
    yield Style(name="Colophon", paragraph=spacing(0, 4, 1.35), run=muted + small, priority=33)


def _table_styles(theme: Theme) -> Iterator[Style]:
    sizes, colours = theme.sizes, theme.colours
    cell = size(sizes.text_pt - 1)
    yield Style(name="Table Text", paragraph=spacing(4.75, 4.75, 1.25), run=cell, priority=34)
    yield Style(
        name="Table Heading",
        paragraph="<w:keepNext/>" + spacing(5.25, 5.25, 1.2),
        run=BOLD + _colour(colours.accent) + cell,
        priority=34,
    )
    yield Style(name="Table Total", based_on="Table Text", run=BOLD, priority=34)
    yield Style(name="Field Label", paragraph=spacing(2, 2, 1.25), run=_colour(colours.muted) + cell, priority=34)
    yield Style(name="Field Value", paragraph=spacing(2, 2, 1.25), run=cell, priority=34)
    rule = f'w:val="single" w:sz="4" w:space="0" w:color="{colours.rule[1:]}"'
    strong = f'w:val="single" w:sz="8" w:space="0" w:color="{colours.accent[1:]}"'
    margins = '<w:tblCellMar><w:left w:w="113" w:type="dxa"/><w:right w:w="113" w:type="dxa"/></w:tblCellMar>'
    yield Style(
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
    yield Style(
        name="Fields",
        kind="table",
        based_on="",
        rest=f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{bare}</w:tblPr>',
        priority=39,
    )


def _apparatus_styles(theme: Theme) -> Iterator[Style]:
    sizes, colours = theme.sizes, theme.colours
    accent, muted, small = _colour(colours.accent), _colour(colours.muted), size(sizes.small_pt)
    yield Style(
        name="caption",
        next="Normal",
        paragraph="<w:keepLines/>" + spacing(10, 5, 1.25),
        run=BOLD + _colour(colours.text) + size(sizes.text_pt - 1),
        priority=35,
    )
    yield Style(name="Figure", next="caption", paragraph=spacing(10, 4, _FONT_LINE), priority=35)
    yield Style(
        name="TOC Heading",
        next="Normal",
        paragraph="<w:keepNext/><w:keepLines/>" + spacing(0, 14, 1.15),
        run=BOLD + accent + size(sizes.heading_pt[0]),
        priority=38,
    )
    for level in range(1, HEADINGS + 1):
        yield Style(
            name=f"toc {level}",
            next="Normal",
            paragraph=spacing(6 if level == 1 else 0, 2, 1.3)
            + (f'<w:ind w:left="{340 * (level - 1)}"/>' if level > 1 else ""),
            run="" if level == 1 else muted,
            priority=95,
        )
    yield Style(name="footnote text", paragraph=spacing(0, 2, 1.3), run=muted + small, priority=99)
    yield Style(
        name="footnote reference", kind="character", based_on="", run='<w:vertAlign w:val="superscript"/>', priority=99
    )
    yield Style(name="Hyperlink", kind="character", based_on="", run=accent + '<w:u w:val="single"/>', priority=98)
    for name in ("header", "footer"):
        yield Style(name=name, paragraph=spacing(0, 0, 1.2), run=muted + small, priority=99)
    yield Style(
        name="Draft Mark",
        kind="character",
        based_on="",
        run=BOLD + accent + f'<w:spacing w:val="{TWIPS_PER_POINT}"/>',
        priority=99,
    )


# -- small pieces -----------------------------------------------------------------------------------------------


def fixed_font(theme: Theme) -> str:
    """`w:rFonts` of the theme's font of fixed width."""
    return fonts(theme.fonts.fixed)


def fonts(family: str) -> str:
    """`w:rFonts` of a font family in every script."""
    name = escape(family)
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def size(value: float) -> str:
    """`w:sz` and `w:szCs` of a font size in points (they count half points, ECMA-376 part 1, 17.3.2.38)."""
    return f'<w:sz w:val="{round(value * 2)}"/><w:szCs w:val="{round(value * 2)}"/>'


def _colour(colour: str) -> str:
    return f'<w:color w:val="{colour[1:]}"/>'


def spacing(before: float, after: float, leading: float) -> str:
    """`w:spacing` of a paragraph: points before and after it, and its line height in font sizes."""
    line = round(240 * leading / _FONT_LINE)
    return f'<w:spacing w:before="{points(before)}" w:after="{points(after)}" w:line="{line}" w:lineRule="auto"/>'


BOLD: Final = "<w:b/><w:bCs/>"
"""The run properties of bold letters."""
