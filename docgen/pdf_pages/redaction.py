"""Words in a PDF that look as if they were blacked out, and can still be copied: under a dark box, or under a mark for
redaction that was never applied (ISO 32000-1, 12.5.6.23)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pypdf import PageObject
from pypdf.generic import ContentStream

from docgen.pdf_pages.entries import entry
from docgen.pdf_pages.open import open_annex

_DARK = 0.25  # of full light; ITU-R BT.709 weights
_SMALLEST = 5.0  # points: a line of text is higher than a rule under it
_WIDTH = 0.5  # of the size of a font, an average letter
_Matrix = tuple[float, float, float, float, float, float]
_FILLS = (b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*")
_SHOWS = (b"Tj", b"TJ", b"'", b'"')
_IDENTITY: _Matrix = (1, 0, 0, 1, 0, 0)
_Box = tuple[float, float, float, float]


def covered_pages(data: bytes) -> tuple[int, ...]:
    """The pages (from 1) of a PDF where a dark box or a mark for redaction lies over words that are still there; none
    of a file that cannot be read."""
    try:
        reader = open_annex(data)
        return tuple(number for number, page in enumerate(reader.pages, 1) if _hides_words(page, reader))
    except MemoryError:
        raise
    except Exception:  # pypdf raises whatever a broken file leads it into
        return ()


def _hides_words(page: PageObject, reader: Any) -> bool:
    words: list[_Box] = []
    contents = page.get_contents()
    painting = _Painting()
    for operands, operator in ContentStream(contents, reader).operations if contents is not None else []:
        for box, is_words in painting.take(operator, operands):
            if is_words:
                words.append(box)
            elif any(_covers(box, word) for word in words):
                return True
    return any(_covers(mark, word) for mark in _marks(page) for word in words)


class _Painting:
    """A page's content as it is painted: where words are written and dark boxes are filled, in order."""

    def __init__(self) -> None:
        self._matrix, self._light, self._size = _IDENTITY, 0.0, 1.0
        self._saved: list[tuple[_Matrix, float, float]] = []
        self._path: list[_Box] = []
        self._corners: list[tuple[float, float]] = []
        self._text = self._line = _IDENTITY
        self._leading = 0.0

    def take(self, operator: bytes, operands: Any) -> Iterator[tuple[_Box, bool]]:
        """What an operator paints: areas, and whether each is of words."""
        numbers = [float(item) for item in operands if isinstance(item, int | float)]
        if operator in _FILLS:
            self._close()
            if self._light < _DARK:
                yield from ((box, False) for box in self._path if _is_box(box))
            self._path = []
        elif operator in _SHOWS:
            if operator in (b"'", b'"'):
                self._move(0, -self._leading)
            if count := _letters(operands):
                width = count * self._size * _WIDTH
                yield _area(_times(self._text, self._matrix), 0, 0, width, self._size * 0.7), True
                self._text = _times((1, 0, 0, 1, width, 0), self._text)
        elif operator in (b"g", b"rg", b"k", b"sc", b"scn") and numbers:
            self._light = _light(numbers)
        elif operator == b"re" and len(numbers) == 4:
            x, y, width, height = numbers
            self._path.append(_area(self._matrix, x, y, x + width, y + height))
        elif operator in (b"m", b"l") and len(numbers) == 2:
            if operator == b"m":
                self._close()
            self._corners.append((numbers[0], numbers[1]))
        elif operator in (b"S", b"s", b"n"):
            self._path, self._corners = [], []
        else:
            self._set(operator, numbers)

    def _set(self, operator: bytes, numbers: list[float]) -> None:
        """What an operator changes of where things are painted."""
        if operator == b"q":
            self._saved.append((self._matrix, self._light, self._size))
        elif operator == b"Q" and self._saved:
            self._matrix, self._light, self._size = self._saved.pop()
        elif operator == b"cm" and len(numbers) == 6:
            self._matrix = _times(_matrix(numbers), self._matrix)
        elif operator == b"BT":
            self._text = self._line = _IDENTITY
        elif operator == b"Tf" and numbers:
            self._size = numbers[-1]
        elif operator == b"TL" and numbers:
            self._leading = numbers[0]
        elif operator == b"Tm" and len(numbers) == 6:
            self._text = self._line = _matrix(numbers)
        elif operator in (b"Td", b"TD") and len(numbers) == 2:
            self._leading = -numbers[1] if operator == b"TD" else self._leading
            self._move(numbers[0], numbers[1])
        elif operator == b"T*":
            self._move(0, -self._leading)

    def _close(self) -> None:
        """Notes the shape that was drawn by its corners, where it is a box."""
        corners, self._corners = self._corners, []
        sides = list(zip(corners, [*corners[1:], *corners[:1]], strict=True))
        if len(corners) >= 4 and all(a[0] == b[0] or a[1] == b[1] for a, b in sides):
            across, up = [x for x, _ in corners], [y for _, y in corners]
            self._path.append(_area(self._matrix, min(across), min(up), max(across), max(up)))

    def _move(self, across: float, up: float) -> None:
        self._text = self._line = _times((1, 0, 0, 1, across, up), self._line)


def _matrix(numbers: list[float]) -> _Matrix:
    a, b, c, d, e, f = numbers
    return a, b, c, d, e, f


def _letters(operands: Any) -> int:
    """How many letters an operator shows."""
    found = operands[-1] if operands else ()
    parts = [found] if isinstance(found, str | bytes) else [item for item in found if isinstance(item, str | bytes)]
    return sum(len(part) for part in parts if part.strip())


def _times(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _area(matrix: _Matrix, left: float, bottom: float, right: float, top: float) -> _Box:
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    across, up = [x for x, _ in corners], [y for _, y in corners]
    return min(across), min(up), max(across), max(up)


def _light(numbers: list[float]) -> float:
    """How light a fill colour is, 0 to 1, by grey, red-green-blue, or the four inks."""
    if len(numbers) == 3:
        return 0.2126 * numbers[0] + 0.7152 * numbers[1] + 0.0722 * numbers[2]
    if len(numbers) == 4:
        return (1 - min(1, numbers[3])) * (1 - (numbers[0] + numbers[1] + numbers[2]) / 3)
    return numbers[0]


def _is_box(box: _Box) -> bool:
    return box[2] - box[0] >= _SMALLEST and box[3] - box[1] >= _SMALLEST


def _covers(box: _Box, word: _Box) -> bool:
    """Whether a box lies over some letters of a line."""
    middle = (word[1] + word[3]) / 2
    across = min(box[2], word[2]) - max(box[0], word[0])
    return box[1] <= middle <= box[3] and across >= min(_SMALLEST, word[2] - word[0])


def _marks(page: PageObject) -> Iterator[_Box]:
    """Marks for redaction that were not applied, and dark shapes that were put over a page as a remark."""
    for item in entry(page, "/Annots") or ():
        found = item.get_object()
        kind, area = entry(found, "/Subtype"), entry(found, "/Rect")
        inside = entry(found, "/IC") or (entry(found, "/C") if kind == "/Highlight" else None)
        dark = inside is not None and len(inside) > 0 and _light([float(number) for number in inside]) < _DARK
        if area is not None and (kind == "/Redact" or (kind in ("/Square", "/Polygon", "/Highlight") and dark)):
            left, bottom, right, top = map(float, area)
            yield min(left, right), min(bottom, top), max(left, right), max(bottom, top)
