"""The looks of what is designed, made from the theme: chapters in their own colours, the title page, quotes, figures.

A colour stands twice: as the number of an accent, which `Design > Farver` in Word changes, and as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from docgen.writers.colours import BLACK, WHITE, mix
from docgen.writers.docx.looks import BOLD, Style, size, spacing
from docgen.writers.theme import Theme

ACCENTS: Final = 6
"""The accents that a colour theme in Word has."""
_BESIDE: Final = 24  # points from a band's words to its edges; 31 at the most (ECMA-376 part 1, 17.3.4)
_WHITE: Final = '<w:color w:val="FFFFFF" w:themeColor="background1"/>'


def palette(theme: Theme) -> tuple[str, ...]:
    """The colours of what is numbered, as `#rrggbb`; at least one."""
    return tuple(map(str, theme.palette or (theme.colours.accent,)))


def style_number(number: int, theme: Theme) -> int:
    """Which of the chapters' styles, from 1, belongs to a chapter's number."""
    return (number - 1) % len(palette(theme)) + 1


def chapter_style(number: int, theme: Theme) -> str:
    """The style of a chapter's heading."""
    return f"Chapter {style_number(number, theme)}"


def statement_style(number: int, theme: Theme) -> str:
    """The style of what a chapter states in its band."""
    return f"Chapter Statement {style_number(number, theme)}"


def cover_colour(theme: Theme) -> str:
    """The ground of a title page."""
    return mix(str(theme.colours.accent), BLACK, 0.2)


def card_box(number: int, theme: Theme) -> str:
    """`w:pBdr` and `w:shd` of what stands for a chapter: its colour at the left, a tint of it under the words."""
    place = style_number(number, theme)
    colour = palette(theme)[place - 1]
    tint = mix(WHITE, colour, 0.09)
    themed = f' w:themeColor="accent{place}"' if place <= ACCENTS else ""
    edge = f'w:val="single" w:sz="4" w:space="6" w:color="{tint[1:]}"'
    left = f'w:val="single" w:sz="48" w:space="10" w:color="{colour[1:]}"{themed}'
    return (
        f"<w:pBdr><w:top {edge}/><w:left {left}/><w:bottom {edge}/><w:right {edge}/></w:pBdr>"
        f'<w:shd w:val="clear" w:color="auto" w:fill="{tint[1:]}"/>'
    )


def designed_styles(theme: Theme) -> Iterator[Style]:
    """The styles of what is designed."""
    yield from _cover_styles(theme)
    for number, colour in enumerate(palette(theme), 1):
        yield from _chapter_styles(number, colour, theme)
    sizes, accent = theme.sizes, str(theme.colours.accent)
    above = (
        f'<w:pBdr><w:top w:val="single" w:sz="18" w:space="8" w:color="{accent[1:]}" w:themeColor="accent1"/></w:pBdr>'
    )
    ink = f'<w:color w:val="{accent[1:]}" w:themeColor="accent1"/>'
    yield Style(
        name="Pull Quote",
        next="Normal",
        paragraph="<w:keepLines/>" + above + spacing(12, 6, 1.2),
        run=BOLD + ink + size(sizes.lead_pt + 1),
        priority=31,
    )
    yield Style(
        name="Key Figure",
        next="Card",
        paragraph="<w:keepNext/><w:keepLines/>" + spacing(10, 0, 1.1),
        run=ink + size(sizes.lead_pt),
        priority=92,
    )
    yield Style(name="Dense Text", paragraph=spacing(0, 5, 1.3), run=size(sizes.column_pt + 0.25), priority=92)
    yield Style(
        name="Focus Item",
        paragraph="<w:keepLines/>" + spacing(0, 5, 1.25),
        run=size(sizes.column_pt - 0.25),
        priority=92,
    )
    shading = _shading(cover_colour(theme), None)
    yield Style(
        name="Back Cover",
        paragraph="<w:keepNext/><w:keepLines/>" + shading + spacing(0, 0, 1.4),
        run=_WHITE + size(sizes.text_pt),
        priority=92,
    )


def _cover_styles(theme: Theme) -> Iterator[Style]:
    """The words of a title page on a ground of colour."""
    sizes, shading = theme.sizes, _shading(cover_colour(theme), None)
    yield Style(
        name="Cover Title",
        based_on="Title",
        paragraph="<w:keepNext/><w:keepLines/>" + shading + spacing(0, 0, 1.1),
        run=_WHITE + size(sizes.title_pt * 1.15),
        priority=92,
    )
    yield Style(
        name="Cover Subtitle",
        based_on="Subtitle",
        paragraph="<w:keepLines/>" + shading + spacing(0, 0, 1.3),
        run=_WHITE,
        priority=92,
    )
    yield Style(
        name="Cover Sender",
        based_on="Cover",
        paragraph="<w:keepNext/>" + shading + spacing(0, 0, 1.3),
        run=_WHITE,
        priority=92,
    )


def _chapter_styles(number: int, colour: str, theme: Theme) -> Iterator[Style]:
    shading = _shading(colour, number)
    yield Style(
        name=f"Chapter {number}",
        based_on="heading 1",
        next=f"Chapter Statement {number}",
        paragraph="<w:keepNext/><w:keepLines/><w:pageBreakBefore/>" + shading + spacing(0, 0, 1.15),
        run=_WHITE,
        priority=93,
    )
    yield Style(
        name=f"Chapter Statement {number}",
        next="Normal",
        paragraph="<w:keepLines/>" + shading + spacing(0, 14, 1.25),
        run=_WHITE + size(theme.sizes.lead_pt),
        priority=93,
    )


def _shading(colour: str, accent: int | None) -> str:
    """`w:pBdr` and `w:shd` of a band: a surface of colour that goes further than its words to all sides."""
    themed = f' w:themeColor="accent{accent}"' if accent is not None and accent <= ACCENTS else ""
    fill = f' w:themeFill="accent{accent}"' if themed else ""
    edge = f'w:val="single" w:sz="4" w:space="{{}}" w:color="{colour[1:]}"{themed}'
    borders = "".join(
        f"<w:{name} {edge.format(space)}/>"
        for name, space in (("top", 14), ("left", _BESIDE), ("bottom", 14), ("right", _BESIDE))
    )
    return f'<w:pBdr>{borders}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{colour[1:]}"{fill}/>'
