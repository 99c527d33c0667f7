"""Pictures in a Word file: their size on the page, their parts in the package, and the drawing that shows them."""

from __future__ import annotations

import base64
import re
from typing import Final, NamedTuple

from lxml import etree

from docgen.photographs import turned
from docgen.problems import Problem, WriterError
from docgen.tree.document import Figure
from docgen.writers.docx.package import raster_size
from docgen.writers.docx.xml import EMU_PER_TWIP, R, escape

_EMU_PER_INCH = 914_400
_EMU_PER_POINT = 12_700
_PIXELS_PER_INCH = 96  # CSS Values 3 §6.2, the unit of an SVG without units
_PIXELS: Final = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?)\s*([a-z]*)\s*")
_FALLBACK_SIZE = (300.0, 150.0)  # CSS 2.1 §10.3.2, a replaced element without a size
_MAX_HEIGHT_TWIPS = 11_000
ONE_PIXEL: Final = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAC0lEQVR4nGNgAAIAAAUAAXpeqz8AAAAASUVORK5CYII="
)  # what an SVG that cannot be drawn has as its stand-in
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_DECORATIVE = (  # MS-ODRAWXML, CT_Decorative
    f'<a:extLst xmlns:a="{_DRAWING}/main"><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"  # MS-ODRAWXML, CT_SVGBlip


class Size(NamedTuple):
    """Width and height in English Metric Units (914 400 to the inch)."""

    width: int
    height: int

    @property
    def points(self) -> tuple[float, float]:
        """The same in points."""
        return self.width / _EMU_PER_POINT, self.height / _EMU_PER_POINT


def figure_size(figure: Figure, width_twips: int) -> Size:
    """A picture's own size, made smaller where it does not fit the text width or the page.

    Raises `WriterError` for bytes that are not a picture.
    """
    natural = _svg_size(figure) if figure.media_type == "image/svg+xml" else _raster_size(figure)
    if turning_of(figure).sideways:
        natural = Size(natural.height, natural.width)
    scale = min(1.0, width_twips * EMU_PER_TWIP / natural.width, _MAX_HEIGHT_TWIPS * EMU_PER_TWIP / natural.height)
    return Size(max(1, round(natural.width * scale)), max(1, round(natural.height * scale)))


class Turning(NamedTuple):
    """How a photograph is turned: clockwise, in sixty-thousandths of a degree, after it is mirrored or not."""

    rotation: int = 0
    mirrored: bool = False

    @property
    def sideways(self) -> bool:
        """Whether its width is its height as it is shown."""
        return self.rotation in (_QUARTER, 3 * _QUARTER)


_QUARTER = 5_400_000
_UPRIGHT = Turning()
_TURNINGS = {
    2: Turning(0, True),
    3: Turning(2 * _QUARTER),
    4: Turning(2 * _QUARTER, True),
    5: Turning(3 * _QUARTER, True),
    6: Turning(_QUARTER),
    7: Turning(_QUARTER, True),
    8: Turning(3 * _QUARTER),
}
"""By the photograph's own word (Exif 2.3, tag 0x0112), which Word does not heed."""


def turning_of(figure: Figure) -> Turning:
    """How a picture must be turned to be shown as it was taken."""
    return _TURNINGS.get(turned(figure.data), _UPRIGHT) if figure.media_type == "image/jpeg" else _UPRIGHT


def drawing(
    number: int, alt: str | None, size: Size, picture: str, vector: str = "", turning: Turning = _UPRIGHT
) -> str:
    """A `w:drawing` in the line of text. `picture` and `vector` are relationship ids of a raster image and of an SVG
    that is shown instead where the reader knows how; `alt` is the text alternative (WCAG 1.1.1), None of a picture that
    only decorates. `size` is that of the picture as it is shown, `turning` how it is turned for that."""
    mark = "/>" if alt is not None else f">{_DECORATIVE}</wp:docPr>"
    alt = alt or ""
    text = escape(alt).replace("\n", "&#10;")
    extension = (
        f'<a:extLst><a:ext uri="{_SVG_EXTENSION}"><asvg:svgBlip xmlns:asvg="{_SVG}" r:embed="{vector}"/></a:ext>'
        "</a:extLst>"
        if vector
        else ""
    )
    room = f'cx="{size.width}" cy="{size.height}"'
    extent = f'cx="{size.height}" cy="{size.width}"' if turning.sideways else room
    turn = (f' rot="{turning.rotation}"' if turning.rotation else "") + (' flipH="1"' if turning.mirrored else "")
    beyond = (size.height - size.width) // 2 if turning.sideways else 0  # of the room that it takes unturned
    effect = f'<wp:effectExtent l="{-beyond}" t="{beyond}" r="{-beyond}" b="{beyond}"/>' if beyond else ""
    return (
        f'<w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {extent}/>{effect}<wp:docPr id="{number}" name="Billede {number}" descr="{text}"{mark}'
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{_DRAWING}/main" noChangeAspect="1"/>'
        "</wp:cNvGraphicFramePr>"
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{_DRAWING}/picture" xmlns:r="{R}">'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="Billede {number}" descr="{text}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{picture}">{extension}</a:blip><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm{turn}><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


def _raster_size(figure: Figure) -> Size:
    size = raster_size(figure.data)
    if size is None or min(size) < 1:
        raise _unreadable(figure)
    return Size(*size)


def _svg_size(figure: Figure) -> Size:
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    try:
        root = etree.fromstring(figure.data, parser)
    except etree.XMLSyntaxError as error:
        raise _unreadable(figure) from error
    view = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    box = (_pixels(view[2]), _pixels(view[3])) if len(view) == 4 else (None, None)
    width = _pixels(root.get("width", "")) or box[0] or _FALLBACK_SIZE[0]
    height = _pixels(root.get("height", "")) or box[1] or _FALLBACK_SIZE[1]
    return Size(round(width * _EMU_PER_INCH / _PIXELS_PER_INCH), round(height * _EMU_PER_INCH / _PIXELS_PER_INCH))


def _pixels(length: str) -> float | None:
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _PIXELS[found[2]] if found and found[2] in _PIXELS else None


def _unreadable(figure: Figure) -> WriterError:
    message = f"billedet kan ikke læses som {figure.media_type}"
    return WriterError([Problem(figure.origin, message, "gem det igen som SVG, PNG eller JPEG")])
