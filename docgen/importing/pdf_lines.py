"""Letters on a page to lines: which of them make words, and which stretches stand on one line.

How far apart words are is asked of each page: of some widths the one that leaves the fewest loose letters and unknown
words, for a page may be set with wide letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from docgen.importing.channel import core
from docgen.importing.language import general_cost
from docgen.readers.pdf import BLANK, Letters, PdfPage
from docgen.structs import Struct, replace

_WIDTHS = (90, 120, 150, 180, 220, 270, 330, 420)
"""Thousandths of a letter's size."""
_LONG = 18
_SAMPLE = 4000
_UNKNOWN_LETTERS = 2.6
_NEAR = 2.2
_BULLET = re.compile(r"[•·▪‣◦–\-*\uf0b7\N{REPLACEMENT CHARACTER}■●○]")


class PdfLine(Struct, frozen=True):
    """A line of a page (from 0): its words, which of their letters are bold (`1`, without blanks), the box round it,
    the size of its letters, and the table, row, column and width in columns of the cell that it stands in."""

    text: str
    bold: str
    page: int
    left: float
    bottom: float
    right: float
    top: float
    size: float
    cell: tuple[int, int, int, int] | None = None

    @property
    def is_bold(self) -> bool:
        """Whether all of it is bold."""
        return "0" not in self.bold


def word_gap(page: PdfPage) -> int:
    """The gap that parts words on a page."""
    letters: list[Letters] = []
    count = 0
    for one in page.letters:
        letters.append(one)
        count += len(one.text)
        if count > _SAMPLE:
            break
    best, least = 250, float("inf")
    for width in _WIDTHS:
        words = [word for one in letters for word in _words(one, width).split()]
        bad = sum(_badness(word) for word in words)
        share = bad / max(count, 1)
        if share < least - 0.002:
            best, least = width, share
    return best


def lines_in(letters: Sequence[Letters], page: int, gap: int) -> list[PdfLine]:
    """The lines of some stretches of a page, in the order of the file."""
    return _beside([_line(one, page, gap) for one in letters])


def _badness(word: str) -> float:
    inside = core(word)
    if not inside or not inside[0].isalpha():
        return 0.0
    if len(inside) == 1 and inside.lower() not in ("i", "å", "ø", "a"):
        return 2.0
    is_unknown = general_cost(inside) >= _UNKNOWN_LETTERS * len(inside) + 8.0
    return len(inside) / 4 if is_unknown else 0.0


def _words(letters: Letters, width: int) -> str:
    return "".join(
        f" {sign}" if gap >= width and at else sign
        for at, (sign, gap) in enumerate(zip(letters.text, letters.gaps, strict=True))
    )


def _line(letters: Letters, page: int, width: int) -> PdfLine:
    loose = sum(gap == BLANK for gap in letters.gaps) > 0.4 * len(letters.gaps)  # a blank after every letter is none
    shown = letters if not loose else replace(letters, gaps=tuple(0 if gap == BLANK else gap for gap in letters.gaps))
    words = _words(shown, width)
    if any(len(word) > _LONG and _badness(word) for word in words.split()):
        narrower = [_words(shown, less) for less in _WIDTHS if less < width]
        words = min([words, *narrower[::-1]], key=lambda one: sum(map(_badness, one.split())))
    return PdfLine(words, letters.bold, page, letters.left, letters.bottom, letters.right, letters.top, letters.size)


def _beside(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Stretches of one line put together again: what is near on the same height, and the sign of an item with its
    words."""
    found: list[PdfLine] = []
    for line in lines:
        last = found[-1] if found else None
        if last is not None and _is_beside(last, line):
            blank = "" if line.left - last.right < 0.1 * line.size and line.left >= last.left else " "
            found[-1] = PdfLine(
                f"{last.text}{blank}{line.text}",
                last.bold + line.bold,
                line.page,
                min(last.left, line.left),
                min(last.bottom, line.bottom),
                max(last.right, line.right),
                max(last.top, line.top),
                max(last.size, line.size),
            )
        else:
            found.append(line)
    return found


def _is_beside(last: PdfLine, line: PdfLine) -> bool:
    size = max(last.size, line.size)
    overlap = min(last.top, line.top) - max(last.bottom, line.bottom)
    if overlap < 0.5 * min(last.top - last.bottom, line.top - line.bottom):
        return False
    gap = line.left - last.right
    far = 5.0 if len(last.text) <= 3 and _BULLET.match(last.text) else _NEAR
    return -0.5 * size < gap < far * size and 0.5 < line.size / max(last.size, 0.1) < 2
