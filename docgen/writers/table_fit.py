"""How a table's columns share its width so that it fits: figures whole, words whole or divided, then smaller type."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from docgen.structs import Struct
from docgen.tree import document as tree
from docgen.tree.table_shape import FIGURE
from docgen.writers.text_widths import FIXED, SPACES, width_of

SCALES = (1.0, 0.92, 0.85, 0.78)
"""The sizes of type that are tried, the last being the floor: 8 points where the text of a table has 10."""
_BOLD = 1.06  # of the heading, against the other rows
LEAST = 5.0
"""In em: words are divided before a column is narrower."""
LEAST_LABEL = 7.5
"""The same for the first column, which says what the rows are."""
_WORDS = re.compile(rf"{SPACES.pattern}|(?<=[-–])")


class Fit(Struct, frozen=True):
    """The width of each column's text in em of the table's type, and that type against a common table's (1 = as big).

    `whole` says whether each word has room in its column without being divided.
    """

    widths: tuple[float, ...]
    scale: float
    whole: bool


def fit(table: tree.Table, width: float, beside: float) -> Fit | None:
    """The columns of a table in a width, `beside` being what a cell has beside its text, both in em of common type.

    None where not even the smallest type has room for it.
    """
    whole, least, texts = _needs(table)
    for scale in SCALES:
        room = width / scale - beside * len(whole)
        for needed in (whole, least):
            if sum(needed) <= room:
                return Fit(_shared(needed, whole, texts, room), scale, needed is whole)
    return None


def most_columns(table: tree.Table, width: float, beside: float) -> int:
    """How many of a table's columns, from the first, have room in the smallest type."""
    _, least, _ = _needs(table)
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
                parts.append(re.sub(r"[^ \n]", FIXED, text))
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


def _needs(table: tree.Table) -> tuple[list[float], list[float], list[float]]:
    """For each column what its longest word takes, what it takes at least, and what its longest text takes."""
    whole, least, texts = [], [], []
    for column, alignment in enumerate(table.alignments):
        head = measurable(table.header.cells[column].children)
        cells = [measurable(row.cells[column].children) for row in table.rows]
        figures = [width_of(cell) for cell in cells if FIGURE.fullmatch(cell.strip())]
        words = [width_of(word) * _BOLD for word in _WORDS.split(head)]
        for cell in cells:
            words += [width_of(part) for part in ([cell] if FIGURE.fullmatch(cell.strip()) else _WORDS.split(cell))]
        narrowest = LEAST_LABEL if column == 0 and alignment is tree.Alignment.LEFT else LEAST
        longest = max(words, default=0.0)
        tokens = [width_of(w) for cell in cells for w in _WORDS.split(cell) if any(map(str.isdigit, w)) and len(w) < 16]
        whole.append(max(longest, 1.5))
        least.append(max([min(longest, narrowest), *figures, *tokens]))
        texts.append(max([width_of(head) * _BOLD, *map(width_of, cells)], default=0.0))
    return whole, least, texts


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
