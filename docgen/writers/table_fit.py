"""How a table's columns share its width so that it fits: figures whole, words whole or divided, then smaller type."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from docgen.structs import Struct
from docgen.tree import document as tree
from docgen.tree.table_shape import FIGURE, Placed, Shape, cell_inlines
from docgen.writers.text_widths import FIXED, SPACES, width_of

SCALES = (1.0, 0.92, 0.85, 0.78)
"""The sizes of type that are tried, the last being the floor: 8 points where the text of a table has 10."""
_BOLD = 1.06  # of the heading, against the other rows
LEAST = 5.0
"""In em: words are divided before a column is narrower."""
LEAST_LABEL = 7.5
"""The same for the first column, which says what the rows are."""
INDENT = 1.3
"""In em: how much further a row is set in for each level."""
_LONGEST_FIGURE = 16  # characters; a longer word is no figure, but an address or the like
_CODE = re.compile(r"[^ \n()\[\]{}!?,.;:/]|(?<=[^ \n])[^ \n](?=[^ \n])")
"""Letters of code, but not those signs beside a space by which it is decided whether a line may end there."""
_WORDS = re.compile(rf"{SPACES.pattern}|(?<=[-–])")


class Fit(Struct, frozen=True):
    """The width of each column's text in em of the table's type, and that type against a common table's (1 = as big).

    `whole` says whether each word has room in its column without being divided.
    """

    widths: tuple[float, ...]
    scale: float
    whole: bool


def fit(shape: Shape, width: float, beside: float) -> Fit | None:
    """The columns of a table in a width, `beside` being what a cell has beside its text, both in em of common type.

    None where not even the smallest type has room for it.
    """
    whole, least, texts = _needs(shape, beside)
    for scale in SCALES:
        room = width / scale - beside * len(whole)
        for needed in (whole, least):
            if sum(needed) <= room:
                return Fit(_shared(needed, whole, texts, room), scale, needed is whole)
    return None


def most_columns(shape: Shape, width: float, beside: float) -> int:
    """How many of a table's columns, from the first, have room in the smallest type."""
    _, least, _ = _needs(shape, beside)
    count = len(least)
    while count > 1 and sum(least[:count]) > width / SCALES[-1] - beside * count:
        count -= 1
    return count


def measurable(inlines: Sequence[tree.Inline]) -> str:
    """The words of some inlines as their width is measured: letters of code as `FIXED`, for its type is wider."""
    parts = []
    for inline in inlines:
        match inline:
            case tree.Text(text):
                parts.append(text)
            case tree.Code(text):
                parts.append(_CODE.sub(FIXED, text))
            case tree.LineBreak():
                parts.append("\n")
            case tree.NoteReference():
                parts.append("9")
            case _:
                parts.append(measurable(inline.children))
    return "".join(parts)


def widest_word(inlines: Sequence[tree.Inline]) -> float:
    """The width in em of the widest word of some inlines, which may go on from one into the next."""
    return max((width_of(word) * _BOLD for word in SPACES.split(measurable(inlines))), default=0.0)


class _Need(Struct):
    """What a column's longest word takes, what it takes at least, and what its longest text takes, in em."""

    whole: float = 0.0
    least: float = 0.0
    text: float = 0.0

    def grow(self, other: _Need, share: float = 1.0) -> None:
        """Makes it as great as a share of another."""
        self.whole, self.least = max(self.whole, other.whole * share), max(self.least, other.least * share)
        self.text = max(self.text, other.text * share)


def _needs(shape: Shape, beside: float) -> tuple[list[float], list[float], list[float]]:
    """The needs of each column, as in `_Need`: a cell over several columns widens them where they have too little."""
    needs = [_Need(whole=1.5) for _ in shape.alignments]
    wide: list[tuple[Placed, _Need]] = []
    for number, line in enumerate(shape.lines):
        for place, placed in enumerate(line.cells):
            level = line.level if place == 0 else 0
            need = _need_of(placed, is_head=number < len(shape.head), before=level * INDENT)
            if placed.columns == 1:
                needs[placed.column].grow(need)
            else:
                wide.append((placed, need))
    for placed, need in wide:
        own = needs[placed.column : placed.column + placed.columns]
        more = beside * (len(own) - 1)
        for name in ("whole", "least"):
            lacking = getattr(need, name) - sum(getattr(column, name) for column in own) - more
            for column in own:
                setattr(column, name, getattr(column, name) + max(lacking, 0.0) / len(own))
    return [n.whole for n in needs], [n.least for n in needs], [n.text for n in needs]


def _need_of(placed: Placed, *, is_head: bool, before: float) -> _Need:
    """What a cell needs, with `before` its text."""
    text = measurable(cell_inlines(placed.cell))
    bold = _BOLD if is_head else 1.0
    is_figure = not is_head and FIGURE.fullmatch(text.strip()) is not None
    words = [width_of(word) * bold for word in ([text] if is_figure else _WORDS.split(text))]
    narrowest = LEAST_LABEL if placed.column == 0 and placed.alignment is tree.Alignment.LEFT else LEAST
    longest = max(words, default=0.0)
    least = min(longest, narrowest)
    if not is_head:
        figures = [word for word in _WORDS.split(text) if any(map(str.isdigit, word)) and len(word) < _LONGEST_FIGURE]
        least = max([least, *map(width_of, [text] if is_figure else figures)])
    return _Need(longest + before, least + before, width_of(text) * bold + before)


def _shared(needed: Sequence[float], whole: Sequence[float], texts: Sequence[float], room: float) -> tuple[float, ...]:
    """What is left goes to the columns whose words are divided, then to those with long texts."""
    widths = list(needed)
    for wanted in (whole, texts):
        wishes = [math.sqrt(max(want - width, 0)) for want, width in zip(wanted, widths, strict=True)]
        spare = room - sum(widths)
        if sum(wishes) > 0 and spare > 0:
            given = [spare * wish / sum(wishes) for wish in wishes]
            widths = [
                min(width + more, max(want, width)) for width, more, want in zip(widths, given, wanted, strict=True)
            ]
    left = max(room - sum(widths), 0) / len(widths)
    return tuple(width + left for width in widths)
