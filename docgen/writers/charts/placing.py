"""Where everything in a chart stands, in points from its lower left corner. Pure: it draws nothing.

No label lies on a point, on another label or over an edge: each takes the first free place round its point. One that
finds none is left out, since every figure stands in the table beside the chart. What lines and marks mean stands in
rows above, where nothing can collide.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from docgen import danish
from docgen.structs import Struct

Measure = Callable[[str], float]
"""The width of a text in points."""

LINE = 13.0
"""The height of a line of text."""
MARK = 5.0
"""The width of a point's mark."""
_GAP = 3.0  # between two labels in a row
_AIR = 2.0  # between a mark and its label


class Box(Struct, frozen=True):
    """A rectangle."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Box) -> bool:
        """Whether two rectangles have some room in common."""
        across = self.left < other.right and other.left < self.right
        return across and self.bottom < other.top and other.bottom < self.top

    def is_within(self, other: Box) -> bool:
        """Whether all of it is inside another."""
        across = self.left >= other.left and self.right <= other.right
        return across and self.bottom >= other.bottom and self.top <= other.top


class Word(Struct, frozen=True):
    """A text whose middle is at a place."""

    text: str
    x: float
    y: float
    box: Box


def word(text: str, x: float, y: float, measure: Measure) -> Word:
    """A text with its middle at `x` and `y`."""
    half = measure(text) / 2
    return Word(text, x, y, Box(x - half, y - LINE / 2, x + half, y + LINE / 2))


def mark_at(x: float, y: float) -> Box:
    """The room of a point's mark."""
    half = MARK / 2 + 0.5
    return Box(x - half, y - half, x + half, y + half)


def labels_round(
    points: Sequence[tuple[float, float, str]], taken: Iterable[Box], room: Box, measure: Measure
) -> tuple[Word, ...]:
    """The texts of some points, each beside its own: the last point is served first, then the first, the highest, the
    lowest, and the others in order. `taken` is what lies there already."""
    obstacles = [*taken, *(mark_at(x, y) for x, y, _ in points)]
    found: dict[int, Word] = {}
    for number in _by_weight(points):
        x, y, text = points[number]
        for place in _round(x, y, measure(text) / 2):
            label = word(text, *place, measure)
            if label.box.is_within(room) and not any(label.box.meets(other) for other in obstacles):
                found[number] = label
                obstacles.append(label.box)
                break
    return tuple(found[number] for number in sorted(found))


def _by_weight(points: Sequence[tuple[float, float, str]]) -> list[int]:
    numbers = list(range(len(points)))
    if not numbers:
        return []
    heights = [point[1] for point in points]
    first = [numbers[-1], 0, heights.index(max(heights)), heights.index(min(heights))]
    return list(dict.fromkeys([*first, *numbers]))


def _round(x: float, y: float, half: float) -> Iterable[tuple[float, float]]:
    """The places round a point, the best first: above, below, at its sides, slanting, and farther off."""
    up, side = MARK / 2 + _AIR + LINE / 2, MARK / 2 + _AIR + half
    yield from ((x, y + up), (x, y - up), (x + side, y), (x - side, y))
    for shift in (half * 0.6, -half * 0.6, half, -half):
        yield from ((x + shift, y + up), (x + shift, y - up))
    yield from ((x, y + up + LINE), (x, y - up - LINE))


def rows_of(words: Sequence[tuple[float, str]], room: tuple[float, float], measure: Measure) -> list[tuple[int, Word]]:
    """Texts under an axis in one row, or two where they would meet: each with its row (0 is next to the axis). One that
    has room in neither is left out; the first and the last have theirs before all others."""
    order = list(dict.fromkeys([0, len(words) - 1, *range(len(words))])) if words else []
    rows: tuple[list[Word], list[Word]] = ([], [])
    for number in order:
        x, text = words[number]
        half = measure(text) / 2
        middle = min(max(x, room[0] + half), room[1] - half)
        label = word(text, middle, 0, measure)
        wide = Box(label.box.left - _GAP, label.box.bottom, label.box.right + _GAP, label.box.top)
        for row in rows:
            if not any(wide.meets(other.box) for other in row):
                row.append(label)
                break
    return [(number, label) for number, row in enumerate(rows) for label in sorted(row, key=lambda one: one.x)]


class Scale(Struct, frozen=True):
    """The marks of an axis of values; the first is not over the least value and the last not under the greatest."""

    marks: tuple[float, ...]

    @property
    def least(self) -> float:
        """The first mark."""
        return self.marks[0]

    @property
    def most(self) -> float:
        """The last mark."""
        return self.marks[-1]

    def share(self, value: float) -> float:
        """Where a value is between the first mark (0) and the last (1)."""
        return (value - self.least) / (self.most - self.least)


def scale_of(values: Iterable[float]) -> Scale:
    """The scale of some values, from zero, in steps that are read easily: 1, 2, 2,5 or 5 of some power of ten."""
    known = [0.0, *values]
    least, most = min(known), max(known)
    span = most - least
    if span <= 0:
        return Scale((0.0, 1.0))
    power = 10.0 ** math.floor(math.log10(span / 4))
    step = next((part * power for part in (1, 2, 2.5, 5) if part * power >= span / 4 * (1 - 1e-9)), 10 * power)
    first, last = math.floor(least / step + 1e-9), math.ceil(most / step - 1e-9)
    return Scale(tuple(float(f"{number * step:.12g}") for number in range(first, last + 1)))


def figure(value: float) -> str:
    """A mark of a scale in Danish."""
    return danish.number(Decimal(f"{value:.12g}")).replace("-", "\N{MINUS SIGN}")


class Entry(Struct, frozen=True):
    """What a line or a mark means: its sort, its words, and where its sign begins."""

    sort: str
    text: str
    x: float
    row: int


SIGN = 20.0
"""The width of a sign before its words."""


def legend(entries: Sequence[tuple[str, str]], width: float, measure: Measure) -> tuple[Entry, ...]:
    """Signs with their words in rows from the left; each row is as full as the width lets it be."""
    found: list[Entry] = []
    x, row = 0.0, 0
    for sort, text in entries:
        needed = SIGN + 4 + measure(text)
        if x > 0 and x + needed > width:
            x, row = 0.0, row + 1
        found.append(Entry(sort, text, x, row))
        x += needed + 14
    return tuple(found)


def wrapped(text: str, width: float, measure: Measure) -> tuple[str, ...]:
    """A text in lines that are no wider than a width where its words allow it."""
    lines: list[str] = []
    for part in text.split():
        if lines and measure(f"{lines[-1]} {part}") <= width:
            lines[-1] = f"{lines[-1]} {part}"
        else:
            lines.append(part)
    return tuple(lines)
