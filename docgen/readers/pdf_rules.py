"""The straight lines that are drawn on a page of a PDF: what parts the cells of a table.

Use it in a confined process, as `docgen.readers.pdf`.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_float
from typing import Any

from docgen.structs import Struct

_MOST_OBJECTS, _MOST_SEGMENTS = 20_000, 60_000
_STRAIGHT = 1.5
_SHORTEST = 6.0


class Rule(Struct, frozen=True):
    """A line from left to right, or from bottom to top, in points; one of its sides is hardly anything."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def is_upright(self) -> bool:
        """Whether it goes up."""
        return self.top - self.bottom > self.right - self.left


def rules_of(page: Any) -> list[Rule]:
    """The lines of a page (pypdfium2's), those round a filled box too."""
    import pypdfium2.raw as pdfium

    found: set[tuple[float, float, float, float]] = set()
    left = _MOST_SEGMENTS
    for number in range(min(pdfium.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)):
        shown = pdfium.FPDFPage_GetObject(page.raw, number)
        if not shown or pdfium.FPDFPageObj_GetType(shown) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        for first, second in _lines(pdfium, shown, left):
            left -= 1
            sides = (*sorted((first[0], second[0])), *sorted((first[1], second[1])))
            wide, high = sides[1] - sides[0], sides[3] - sides[2]
            if min(wide, high) <= _STRAIGHT and max(wide, high) >= _SHORTEST:
                found.add((round(sides[0], 1), round(sides[2], 1), round(sides[1], 1), round(sides[3], 1)))
    return [Rule(*one) for one in sorted(found)]


_Point = tuple[float, float]


def _lines(pdfium: Any, path: Any, most: int) -> Iterator[tuple[_Point, _Point]]:
    """The straight segments of a path as it lies on the page."""
    matrix = pdfium.FS_MATRIX()
    is_moved = pdfium.FPDFPageObj_GetMatrix(path, byref(matrix))
    across, up = c_float(), c_float()
    start: _Point | None = None
    last: _Point | None = None
    for number in range(min(pdfium.FPDFPath_CountSegments(path), max(most, 0))):
        segment = pdfium.FPDFPath_GetPathSegment(path, number)
        if not segment or not pdfium.FPDFPathSegment_GetPoint(segment, byref(across), byref(up)):
            continue
        x, y = across.value, up.value
        if is_moved:
            x, y = matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f
        sort = pdfium.FPDFPathSegment_GetType(segment)
        if sort == pdfium.FPDF_SEGMENT_MOVETO:
            start = (x, y)
        elif sort == pdfium.FPDF_SEGMENT_LINETO and last is not None:
            yield last, (x, y)
        last = (x, y)
        if start is not None and pdfium.FPDFPathSegment_GetClose(segment):
            yield last, start
            last = start
