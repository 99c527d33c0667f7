"""The number in the foot of pages from elsewhere, so that a whole meeting is numbered through on paper too.

Docgen's own pages have it from the layout program. On other pages it is drawn over what is there, small, in the lower
right corner as the page is shown, and as an artifact: it is not part of what the page says (ISO 14289-1, 7.8).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, IndirectObject, NameObject

_NAME = NameObject("/DocgenNummer")
_RIGHT, _BOTTOM = 34.0, 12.0  # points from the edges of the page as it is shown
_LEAST = 4.0
_SMALLEST = 0.7  # of its size: smaller, a number is not read


def too_small(pages: Sequence[PageObject], numbers: bytes) -> list[bool]:
    """Whether each page is too narrow for its number; `numbers` is a PDF with a page for each, as `stamp` draws it."""
    drawn = PdfReader(io.BytesIO(numbers)).pages
    return [_scale(page, number) < _SMALLEST for page, number in zip(pages, drawn, strict=True)]


def stamp(writer: PdfWriter, pages: Sequence[PageObject], numbers: PdfReader) -> None:
    """Draws on each page the page of `numbers` with the same place in order: a small page with a text, not tagged;
    set smaller where the page is narrow, and left out where it would be too small."""
    before = _stream(writer, b"q\n")
    for page, number in zip(pages, numbers.pages, strict=True):
        scale = _scale(page, number)
        if scale < _SMALLEST:
            continue
        form = _form(writer, number)
        resources = DictionaryObject(_dictionary(page, "/Resources"))
        forms = DictionaryObject(_dictionary(resources, "/XObject"))
        forms[_NAME] = form
        resources[NameObject("/XObject")] = forms
        page[NameObject("/Resources")] = resources
        place = " ".join(f"{value:.2f}" for value in _matrix(page, float(number.mediabox.width), scale))
        drawn = f"\nQ\n/Artifact <</Type /Pagination /Subtype /Footer>> BDC\nq {place} cm {_NAME} Do Q\nEMC\n"
        page[NameObject("/Contents")] = ArrayObject([before, *_contents(page), _stream(writer, drawn.encode())])


def _form(writer: PdfWriter, number: PageObject) -> IndirectObject:
    form = DecodedStreamObject()
    contents = number.get_contents()
    form.set_data(contents.get_data() if contents is not None else b"")
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject(number.mediabox)
    resources: Any = number.raw_get("/Resources")
    form[NameObject("/Resources")] = resources.clone(writer)
    return writer._add_object(form.flate_encode())


def _scale(page: PageObject, number: PageObject) -> float:
    """How large a number is drawn, of its own size (1), so that it keeps inside the page."""
    width = float(number.mediabox.width)
    return min(1.0, (_shown_width(page) - 2 * _LEAST) / width) if width else 1.0


def _shown_width(page: PageObject) -> float:
    box = page.cropbox
    return float(box.height if page.rotation % 360 in (90, 270) else box.width)


def _matrix(page: PageObject, width: float, scale: float) -> tuple[float, ...]:
    """Where the text goes, upright as the page is shown (ISO 32000-1, Table 30: `/Rotate` is clockwise)."""
    box = page.cropbox
    left, bottom, right, top = (float(side) for side in (box.left, box.bottom, box.right, box.top))
    turned = page.rotation % 360
    across, up = max(_shown_width(page) - _RIGHT - width * scale, _LEAST), _BOTTOM
    match turned:
        case 90:
            return (0, scale, -scale, 0, right - up, bottom + across)
        case 180:
            return (-scale, 0, 0, -scale, right - across, top - up)
        case 270:
            return (0, -scale, scale, 0, left + up, top - across)
        case _:
            return (scale, 0, 0, scale, left + across, bottom + up)


def _contents(page: PageObject) -> list[Any]:
    if "/Contents" not in page:
        return []
    found = page.raw_get("/Contents")
    inner = found.get_object()
    return (
        [list.__getitem__(inner, place) for place in range(len(inner))] if isinstance(inner, ArrayObject) else [found]
    )


def _dictionary(holder: Any, key: str) -> DictionaryObject:
    found = holder.get(key)
    inner = found.get_object() if found is not None else None
    return inner if isinstance(inner, DictionaryObject) else DictionaryObject()


def _stream(writer: PdfWriter, data: bytes) -> IndirectObject:
    made = DecodedStreamObject()
    made.set_data(data)
    return writer._add_object(made)
