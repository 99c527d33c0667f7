"""The lines of a PDF's paragraphs, as they are drawn: where they end, and where they could have."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium

from docgen.structs import Struct

_SMALLEST = 8.0  # points: what is smaller stands in heads, feet and notes
_GAP = 15.0  # points between two letters that are of two columns
_SPACE = 0.2  # em


class Letter(Struct, frozen=True):
    """A letter on a page, in points from below."""

    sign: str
    left: float
    right: float
    base: float
    size: float


class Line(Struct, frozen=True):
    """Letters beside each other, without spaces at either end."""

    page: int
    letters: tuple[Letter, ...]

    @property
    def text(self) -> str:
        return "".join(letter.sign for letter in self.letters)

    @property
    def column(self) -> tuple[int, int, float]:
        """What the lines of a column have in common."""
        return self.page, round(self.letters[0].left), self.letters[0].size

    @property
    def first_word(self) -> float:
        """The width of its first word."""
        word = self.text.split(" ")[0]
        return self.letters[len(word) - 1].right - self.letters[0].left


def paragraphs(data: bytes) -> list[list[Line]]:
    """The lines under each other of each paragraph that has more than one, headings among them."""
    found: list[list[Line]] = []
    before: Line | None = None
    for line in _lines(data):
        first = line.letters[0]
        down = before.letters[0].base - first.base if before is not None else 0.0
        if before is not None and before.column == line.column and 0 < down < first.size * 1.75:
            found[-1].append(line)
        else:
            found.append([line])
        before = line
    return [lines for lines in found if len(lines) > 1 and lines[0].letters[0].size > _SMALLEST]


def with_room(found: list[list[Line]]) -> list[str]:
    """The lines after which the next word would have stood, too; a column is as wide as its widest line."""
    ends: defaultdict[tuple[int, int, float], float] = defaultdict(float)
    for line in (line for lines in found for line in lines):
        ends[line.column] = max(ends[line.column], line.letters[-1].right)
    return [
        line.text
        for lines in found
        for line, following in pairwise(lines)
        if line.letters[-1].right + _SPACE * line.letters[-1].size + following.first_word < ends[line.column] - 0.3
    ]


def alone(found: list[list[Line]]) -> list[str]:
    """The last lines that are one word."""
    return [lines[-1].text for lines in found if len(lines[-1].text.replace("\N{NO-BREAK SPACE}", " ").split()) == 1]


def _lines(data: bytes) -> Iterator[Line]:
    document = pypdfium2.PdfDocument(data)
    for number in range(len(document)):
        letters: list[Letter] = []
        for letter in _letters(document[number].get_textpage()):
            if letters and _is_another(letters[-1], letter):
                yield from _line(number, letters)
                letters = []
            letters.append(letter)
        yield from _line(number, letters)


def _is_another(last: Letter, letter: Letter) -> bool:
    return abs(letter.base - last.base) > 1 or letter.left < last.left - 2 or letter.left - last.right > _GAP


def _line(page: int, letters: list[Letter]) -> Iterator[Line]:
    said = [place for place, letter in enumerate(letters) if not letter.sign.isspace()]
    if said:
        yield Line(page, tuple(letters[said[0] : said[-1] + 1]))


def _letters(text: pypdfium2.PdfTextPage) -> Iterator[Letter]:
    for place in range(text.count_chars()):
        sign = chr(pdfium.FPDFText_GetUnicode(text.raw, place))
        if sign in "\r\n":
            continue
        left, _, right, _ = text.get_charbox(place, loose=True)
        size = round(pdfium.FPDFText_GetFontSize(text.raw, place), 1)
        across, base = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(text.raw, place, across, base)
        yield Letter(sign, left, right, base.value, size)
