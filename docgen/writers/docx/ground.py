"""The colour behind a title page: surfaces that lie under the words, and are nothing to those who hear the page.

They stand in the header of the first page, which is not read aloud, and have colours of the theme, so that
`Design > Farver` in Word changes them.
"""

from __future__ import annotations

from typing import Final

from docgen.tree.document import Division, Document, Role, walk
from docgen.writers.docx.looks_designed import ACCENTS, cover_colour, palette, style_number
from docgen.writers.docx.xml import run_of
from docgen.writers.theme import Theme

GROUND: Final = 0.52  # of the page's height
_STRIPE_MM: Final = 26.0
_EMU_PER_MM: Final = 36_000
_FIRST_NUMBER: Final = 9001  # of shapes, above those of a document's pictures
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"
_SHAPE: Final = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_DECORATIVE: Final = "http://schemas.microsoft.com/office/drawing/2017/decorative"


def ground(document: Document, theme: Theme) -> str:
    """The runs that draw a title page's ground and, under it, a stripe with the colours of the document's chapters."""
    page = theme.page
    bottom = page.height_mm * GROUND
    shapes = [_rectangle(0, (0, 0, page.width_mm, bottom), f'<a:srgbClr val="{cover_colour(theme)[1:].upper()}"/>')]
    numbers = [
        node.number
        for node in walk(document)
        if isinstance(node, Division) and node.role is Role.CHAPTER and node.number
    ]
    width = page.width_mm / max(len(numbers), 1)
    for place, number in enumerate(numbers if len(numbers) > 1 else ()):
        box = (place * width, bottom, width, _STRIPE_MM)
        shapes.append(_rectangle(place + 1, box, _colour(number, theme)))
    return "".join(shapes)


def _colour(number: int, theme: Theme) -> str:
    place = style_number(number, theme)
    if place <= ACCENTS:
        return f'<a:schemeClr val="accent{place}"/>'
    return f'<a:srgbClr val="{palette(theme)[place - 1][1:].upper()}"/>'


def _rectangle(number: int, box: tuple[float, float, float, float], colour: str) -> str:
    """A surface on the page, from its upper left corner (MS-ODRAWXML, wps:wsp; ECMA-376 part 1, 20.4.2.3)."""
    left, top, width, height = (round(side * _EMU_PER_MM) for side in box)
    name = f'id="{_FIRST_NUMBER + number}" name="Farve {number + 1}"'
    decorative = (
        '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
        f'<adec:decorative xmlns:adec="{_DECORATIVE}" val="1"/></a:ext></a:extLst>'
    )
    drawing = (
        f'<w:drawing><wp:anchor xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:a="{_DRAWING}/main" distT="0" '
        f'distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{number + 1}" behindDoc="1" locked="0" '
        'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr {name} descr="">{decorative}</wp:docPr><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_SHAPE}"><wps:wsp xmlns:wps="{_SHAPE}"><wps:cNvSpPr/><wps:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill>{colour}</a:solidFill><a:ln><a:noFill/></a:ln>'
        "</wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
    choice = f'<mc:Choice xmlns:wps="{_SHAPE}" Requires="wps">{drawing}</mc:Choice>'
    return run_of(f"<mc:AlternateContent>{choice}</mc:AlternateContent>")
