"""Letters on pages to lines in the order in which they are read, with words between blanks.

Of the order of the file and the order of columns that one is taken
which breaks fewer sentences.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from docgen.importing.pdf_lines import PdfLine, lines_in, word_gap
from docgen.importing.pdf_tables import among, tables_of, with_tables
from docgen.importing.sentences import ends
from docgen.readers.pdf import PdfPage

_COLUMN_GAP = 9.0
"""Points of white that part two columns."""
_MARGIN = 0.11
_MOST_BANDS = 400
_LONGEST_TITLE, _MOST_LINES = 130, 4


def lines_of(pages: Sequence[PdfPage]) -> list[list[PdfLine]]:
    """The lines of each page in reading order, without what stands at the head and foot of all pages."""
    found = []
    held: list[list[list[PdfLine]]] = []
    for number, page in enumerate(pages):
        width = word_gap(page)
        tables, others = tables_of(page, number, width)
        held.append(tables)
        found.append(lines_in(others, number, width))
    found = _without_running(found, pages)
    return [with_tables(_in_order(among(lines, tables)), tables) for lines, tables in zip(found, held, strict=True)]


def _without_running(pages: list[list[PdfLine]], sizes: Sequence[PdfPage]) -> list[list[PdfLine]]:
    """The lines without page numbers and what stands at the same place on many pages."""
    seen: Counter[tuple[str, int]] = Counter()
    for lines in pages:
        seen.update({_place(line) for line in lines})
    most = max(len(pages) // 2, 3) if len(pages) > 3 else 3

    def runs(line: PdfLine, page: PdfPage) -> bool:
        edge = line.bottom > page.height * (1 - _MARGIN) or line.top < page.height * _MARGIN
        number = re.fullmatch(r"\W*(?:side )?\d{1,3}(?: ?(?:af|/) ?\d{1,3})?\W*", line.text, re.IGNORECASE)
        return edge and (number is not None or seen[_place(line)] >= most)

    return [[line for line in lines if not runs(line, page)] for lines, page in zip(pages, sizes, strict=True)]


def _place(line: PdfLine) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.bottom / 4)


# -- the order ------------------------------------------------------------------------------------------------------


def _in_order(lines: list[PdfLine]) -> list[PdfLine]:
    """The lines in the order of the file, or by columns where that breaks fewer sentences."""
    if len(lines) < 3:
        return lines
    by_columns = _cut(lines, 0)
    return by_columns if _breaks(by_columns) < _breaks(lines) else lines


def _breaks(lines: Sequence[PdfLine]) -> int:
    """How many sentences are broken off by an order: a line goes on with a small letter after one that ended, or begins
    with a capital after one that had not."""
    count = 0
    for before, line in pairwise(lines):
        first = line.text.lstrip("”\"'(")[:1]
        if (first.islower() and ends(before.text)) or (before.text.endswith("-") and not first.islower()):
            count += 2
        elif first.isupper() and not ends(before.text) and abs(before.size - line.size) < 0.5:
            count += 1
    return count


def _cut(lines: list[PdfLine], depth: int) -> list[PdfLine]:
    """Lines by an XY cut: columns where a white strip parts them from top to bottom, else bands."""
    if len(lines) < 2 or depth > _MOST_BANDS:
        return sorted(lines, key=lambda line: (-line.top, line.left))
    if (at := _column(lines)) is not None:
        left = [line for line in lines if line.right <= at + 0.5]
        right = [line for line in lines if line.right > at + 0.5]
        return [*_cut(left, depth + 1), *_cut(right, depth + 1)]
    if (height := _band(lines)) is not None:
        upper = [line for line in lines if line.bottom >= height - 0.5]
        lower = [line for line in lines if line.bottom < height - 0.5]
        if upper and lower:
            return [*_cut(upper, depth + 1), *_cut(lower, depth + 1)]
    return sorted(lines, key=lambda line: (-round(line.bottom), line.left))


def _column(lines: Sequence[PdfLine]) -> float | None:
    """Where a white strip begins that no line crosses, with some lines on each side."""
    at = -1.0
    best: tuple[float, float] | None = None
    for line in sorted(lines, key=lambda one: one.left):
        if at >= 0 and line.left - at > _COLUMN_GAP and (best is None or line.left - at > best[0]):
            best = (line.left - at, at)
        at = max(at, line.right)
    return best[1] if best is not None else None


def _band(lines: Sequence[PdfLine]) -> float | None:
    """The bottom of the upper of two bands: at the widest white that goes across."""
    best: tuple[float, float] | None = None
    low = float("inf")
    for line in sorted(lines, key=lambda one: -one.top):
        if low < float("inf") and (gap := low - line.top) > -0.25 * line.size and (best is None or gap > best[0]):
            best = (gap, low)
        low = min(low, line.bottom)
    return best[1] if best is not None else None


def usual_size(lines: Sequence[PdfLine]) -> float:
    """The size of most letters."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def in_paragraphs(lines: Sequence[PdfLine], usual: float) -> Iterator[list[PdfLine]]:
    """Lines of one paragraph, heading or item each."""
    pitch = _pitch(lines, usual)
    widths = _column_widths(lines)
    by_length = not _are_spaced(lines, pitch, usual, widths)
    held: list[PdfLine] = []
    for line in lines:
        if held and (
            _begins(held, line, pitch, usual)
            or (by_length and line.cell is None and (_is_short(held, line, widths) or _leaves_room(held, line)))
        ):
            yield held
            held = []
        held.append(line)
    if held:
        yield held


def _column_widths(lines: Sequence[PdfLine]) -> dict[tuple[int, int], float]:
    """By its page and its left edge, how wide the column is that lines begin in."""
    found: dict[tuple[int, int], float] = {}
    for line in lines:
        place = (line.page, round(line.left / 4))
        found[place] = max(found.get(place, 0.0), line.right - line.left)
    return found


_SHORT = 0.55
_WHITE = 1.14  # of the usual distance; more is white between paragraphs


def _are_spaced(lines: Sequence[PdfLine], pitch: float, usual: float, widths: dict[tuple[int, int], float]) -> bool:
    """Whether white parts the paragraphs of a file: then a line that ends early, before a long word, ends none."""
    spaced = short = 0
    for before, line in pairwise(lines):
        alike = before.page == line.page and abs(before.size - line.size) < 0.5 and abs(before.left - line.left) < 3
        plain = before.cell is None and line.cell is None and not before.is_bold and not is_item(line.text)
        step = (before.bottom - line.bottom) / (pitch * max(line.size / usual, 1.0))
        if not (alike and plain and ends(before.text) and line.text[:1].isupper()) or not 0 < step < 2.5:
            continue
        if step > _WHITE:
            spaced += 1
        elif before.right - before.left < _SHORT * widths[before.page, round(before.left / 4)]:
            short += 1
    return spaced > short


def _is_short(held: Sequence[PdfLine], line: PdfLine, widths: dict[tuple[int, int], float]) -> bool:
    """Whether a line ends long before its column does, and the next begins as something new, in the same column."""
    before = held[-1]
    width = widths[before.page, round(before.left / 4)]
    first = line.text.split(" ", 1)[0]
    fits = before.right - before.left + (len(first) + 1) * line.size * 0.55 < width
    is_new = line.text[:1].isupper() and abs(line.left - before.left) < 3
    is_open = before.text.endswith(("-", ",", "–")) or is_item(held[0].text)
    return before.page == line.page and is_new and fits and not is_open and before.right - before.left < _SHORT * width


def _pitch(lines: Sequence[PdfLine], usual: float) -> float:
    """The usual distance from a line to the next."""
    steps: Counter[float] = Counter()
    for before, line in pairwise(lines):
        step = before.bottom - line.bottom
        if before.page == line.page and 0.8 * usual < step < 3 * usual:
            steps[round(step * 2) / 2] += 1
    return steps.most_common(1)[0][0] if steps else usual * 1.4


def _begins(held: Sequence[PdfLine], line: PdfLine, pitch: float, usual: float) -> bool:
    before = held[-1]
    if before.cell is not None or line.cell is not None:
        return before.cell != line.cell
    if is_item(line.text):
        return True
    if is_numbered_title(before, usual) and len(held) == 1:
        return not (line.is_bold and abs(line.size - before.size) < 0.05 * usual and line.text[:1].islower())
    if line.is_bold and before.bold[-1:] == "0" and ends(before.text) and is_heading(line, usual):
        return True
    if abs(before.size - line.size) > 0.12 * usual:
        return True
    bold, goes_on_bold = before if before.is_bold else line, before.is_bold and line.bold[:1] == "1"
    parts = before.is_bold != line.is_bold and not is_item(held[0].text) and not goes_on_bold
    if parts and bold.text[-1:] not in ".,":
        return before.is_bold or ends(before.text)
    goes_on = not ends(before.text) and line.text[:1].islower()
    if before.page != line.page or line.bottom > before.bottom + usual or line.left > before.right:
        return not goes_on
    step = before.bottom - line.bottom
    leads = before.is_bold and len(held) == 1 and before.text.endswith(".") and not line.is_bold
    if leads and abs(line.left - before.left) < 3 and step < 1.35 * pitch:
        return False
    own = pitch * max(line.size / usual, 1.0)
    if step > (_WHITE if ends(before.text) else 1.3) * own:
        return not goes_on or step > 2.2 * own
    starts_bold = line.bold[:1] == "1" and not line.is_bold and before.bold[-1:] == "0"
    return not is_heading(line, usual) and ends(before.text) and line.text[:1].isupper() and starts_bold


def _leaves_room(held: Sequence[PdfLine], line: PdfLine) -> bool:
    """Whether a line that ends a sentence leaves much of the width that those before it take, and the next word, which
    begins one, would have had room."""
    before, first = held[-1], line.text.split(" ", 1)[0]
    width = max(one.right for one in held) - min(one.left for one in held)
    room = max(one.right for one in held) - before.right
    fits = room > (len(first) + 1) * line.size * 0.55 and len(held) > 1
    return ends(before.text) and line.text[:1].isupper() and fits and room > 0.35 * max(width, 1)


def is_item(text: str) -> bool:
    """Whether a line begins with the sign or number of an item."""
    return (
        re.match(r"(?:[•·▪‣◦\uf0b7\N{REPLACEMENT CHARACTER}■●○]|[-–*] )\s*\S|\d{1,2}[.)] [A-ZÆØÅa-zæøå]", text)
        is not None
    )


def is_numbered_title(line: PdfLine, usual: float) -> bool:
    """Whether a line with a number is the heading of a chapter, by how it is set, and no item of a list."""
    begins = re.match(r"(?:kapitel |punkt |pkt\.? )?\d{1,2}(?:\.\d{1,2})*[.):]?\s+[A-ZÆØÅ§]", line.text, re.IGNORECASE)
    return begins is not None and is_heading(line, usual) and (line.is_bold or line.size > 1.12 * usual)


def is_heading(line: PdfLine, usual: float) -> bool:
    """Whether a line is set as a heading is: larger, or bold all of it and no sentence."""
    return line.size > usual * 1.12 or (line.is_bold and len(line.text) < 90 and not line.text.endswith((".", ",")))


def is_title(group: Sequence[PdfLine], usual: float) -> bool:
    """Whether the lines of a block are a heading: set as one, few, and no sentence."""
    words = " ".join(line.text for line in group)
    return (
        group[0].cell is None
        and (not is_item(group[0].text) or is_numbered_title(group[0], usual))
        and all(is_heading(line, usual) for line in group)
        and len(words) <= _LONGEST_TITLE
        and len(group) <= _MOST_LINES
        and not words.endswith((".", ","))
    )
