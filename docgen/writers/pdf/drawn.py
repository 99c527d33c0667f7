"""What is really drawn on the pages of a PDF: each stretch of text with its place, and why it cannot be seen.

PDFium reads it, as a browser does; it is not asked what the layout meant. Its C interface is not for several threads.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from threading import Lock
from typing import Any

import pypdfium2_raw as pdfium

from docgen.structs import Struct

_LOCK = Lock()
_SMALLEST = 4.0  # points; smaller type is not read by anybody
_LEAST_CONTRAST = 1.5  # between letters and what is under them; the theme's own colours are judged elsewhere
_LEAST_OPACITY = 100  # of 255
_UNSEEN_SIGNS = dict.fromkeys(
    map(ord, "\N{SOFT HYPHEN}\N{WORD JOINER}\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}\0")
)
_LONGEST = 20_000  # characters of one stretch

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points from the page's lower left corner."""


_HYPHENS = dict.fromkeys(map(ord, "-\N{HYPHEN}\x02"))
"""At the end of a line PDFium makes no difference between a hyphen that was written and one that divides a word: it
reads either as U+0002."""


class Drawn(Struct, frozen=True):
    """A stretch of text as it is shown, and its letters alone; `page` from 0 with its width and height; `size` of the
    letters in points.

    `is_text` is false for what repeats on every page; `fault` is why it cannot be seen, in Danish (`""` = it can).
    """

    shown: str
    text: str
    page: int
    page_size: tuple[float, float]
    box: Box
    size: float
    is_text: bool
    fault: str


class _Fill(Struct, frozen=True):
    """A surface that is painted: its number in the order of painting, its place and colour (None = a picture's)."""

    order: int
    box: Box
    colour: tuple[int, int, int] | None


def letters(text: str) -> str:
    """A text as it is compared: without white space, hyphens and signs that are not seen."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(_UNSEEN_SIGNS))
    return "".join(text.translate(_HYPHENS).split())


def read_pages(data: bytes) -> list[Drawn]:
    """All text of a PDF that docgen made, in the order in which it is painted."""
    with _LOCK:
        pdfium.FPDF_InitLibrary()  # only the first time
        document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not document:
            return []
        try:
            pages = range(pdfium.FPDF_GetPageCount(document))
            return [drawn for number in pages for drawn in _read_page(document, number)]
        finally:
            pdfium.FPDF_CloseDocument(document)


def _read_page(document: Any, number: int) -> Iterator[Drawn]:
    page = pdfium.FPDF_LoadPage(document, number)
    texts = pdfium.FPDFText_LoadPage(page)
    try:
        yield from _Page(page, texts, number).read()
    finally:
        pdfium.FPDFText_ClosePage(texts)
        pdfium.FPDF_ClosePage(page)


class _Page:
    """One page while it is read; the numbers that PDFium writes to are kept, for making them costs more than asking."""

    def __init__(self, page: Any, texts: Any, number: int) -> None:
        self._page, self._texts, self._number = page, texts, number
        self._size = (pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page))
        self._edges = [ctypes.c_float() for _ in range(4)]
        self._colour = [ctypes.c_uint() for _ in range(4)]
        self._matrix = pdfium.FS_MATRIX()
        self._float, self._mode, self._flag = ctypes.c_float(), ctypes.c_int(), ctypes.c_int()
        self._buffer = (ctypes.c_ushort * 512)()

    def read(self) -> Iterator[Drawn]:
        objects = [pdfium.FPDFPage_GetObject(self._page, n) for n in range(pdfium.FPDFPage_CountObjects(self._page))]
        kinds = [pdfium.FPDFPageObj_GetType(one) for one in objects]
        fills = [
            fill
            for order, (one, kind) in enumerate(zip(objects, kinds, strict=True))
            if kind in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE) and (fill := self._fill(one, kind, order))
        ]
        for order, (one, kind) in enumerate(zip(objects, kinds, strict=True)):
            if kind == pdfium.FPDF_PAGEOBJ_TEXT and (text := letters(shown := self._text(one))):
                yield self._drawn(one, (shown, text), fills, order)

    def _text(self, one: Any) -> str:
        size = pdfium.FPDFTextObj_GetText(one, self._texts, self._buffer, len(self._buffer))
        if size > 2 * len(self._buffer):
            self._buffer = (ctypes.c_ushort * min(size, _LONGEST))()
            return self._text(one) if size <= 2 * _LONGEST else ""
        return bytes(self._buffer)[: size - 2].decode("utf-16-le", "replace")

    def _drawn(self, one: Any, texts: tuple[str, str], fills: list[_Fill], order: int) -> Drawn:
        box = self._box(one)
        pdfium.FPDFTextObj_GetFontSize(one, self._float)
        pdfium.FPDFPageObj_GetMatrix(one, self._matrix)
        matrix = self._matrix
        size = self._float.value * abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5
        fault = self._fault(one, box, size, fills, order)
        is_text = pdfium.FPDFPageObj_GetMarkedContentID(one) >= 0
        return Drawn(*texts, self._number, self._size, box, size, is_text, fault)

    def _box(self, one: Any) -> Box:
        left, bottom, right, top = self._edges
        pdfium.FPDFPageObj_GetBounds(one, left, bottom, right, top)
        return (left.value, bottom.value, right.value, top.value)

    def _paint(self, one: Any) -> tuple[tuple[int, int, int], int]:
        pdfium.FPDFPageObj_GetFillColor(one, *self._colour)
        red, green, blue, opacity = (part.value for part in self._colour)
        return (red, green, blue), opacity

    def _fill(self, one: Any, kind: int, order: int) -> _Fill | None:
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            return _Fill(order, self._box(one), None)
        pdfium.FPDFPath_GetDrawMode(one, self._mode, self._flag)
        colour, opacity = self._paint(one)
        if self._mode.value == pdfium.FPDF_FILLMODE_NONE or opacity < _LEAST_OPACITY:
            return None
        return _Fill(order, self._box(one), colour)

    def _fault(self, one: Any, box: Box, size: float, fills: list[_Fill], order: int) -> str:
        if size < _SMALLEST:
            return f"er sat med {size:.1f} punkt, så den ikke kan læses".replace(".", ",")
        colour, opacity = self._paint(one)
        invisible = pdfium.FPDFTextObj_GetTextRenderMode(one) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
        if invisible or opacity < _LEAST_OPACITY:
            return "er usynlig"
        under: _Fill | None = None
        middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        for fill in fills:
            if fill.box[0] <= middle[0] <= fill.box[2] and fill.box[1] <= middle[1] <= fill.box[3]:
                if fill.order > order:
                    return "er dækket af en flade"
                under = fill
        ground = (255, 255, 255) if under is None else under.colour
        if ground is not None and _contrast(colour, ground) < _LEAST_CONTRAST:
            return "har samme farve som det, den står på"
        return "er skåret af" if self._is_clipped(one, box) else ""

    def _is_clipped(self, one: Any, box: Box) -> bool:
        clip = pdfium.FPDFPageObj_GetClipPath(one)
        for number in range(max(pdfium.FPDFClipPath_CountPaths(clip), 0)):
            across, up = ctypes.c_float(), ctypes.c_float()
            points = []
            for part in range(max(pdfium.FPDFClipPath_CountPathSegments(clip, number), 0)):
                segment = pdfium.FPDFClipPath_GetPathSegment(clip, number, part)
                pdfium.FPDFPathSegment_GetPoint(segment, across, up)
                points.append((across.value, up.value))
            columns, rows = [x for x, _ in points] or [0.0], [y for _, y in points] or [0.0]
            left, bottom, right, top = min(columns), min(rows), max(columns), max(rows)
            if box[0] < left - 1 or box[1] < bottom - 1 or box[2] > right + 1 or box[3] > top + 1:
                return True
        return False


@lru_cache(maxsize=256)
def _contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.1, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: tuple[int, int, int]) -> float:
    parts = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
