"""How the columns of a table share its width where all words have room: running text gets what figures leave."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from docgen.tree import document as tree
from docgen.tree.table_shape import Shape, cell_inlines
from docgen.writers.table_fit import measurable
from docgen.writers.text_widths import SPACES, width_of

BOLD = 1.06  # of a heading, against other text
_SPARE = 0.2  # em: letters are measured one by one, and may take a little more
TABLE_LINE = 84  # characters that a table's width has room for


def is_easy(shape: Shape, widths: Sequence[int], room: float, beside: float) -> bool:
    """Whether every word has room where the columns that are not of running text take what they need.

    The columns under a cell that takes several of them share the width by `table_fit`.
    """
    if shape.spans_columns:
        return False
    columns = _columns(shape)
    running = [alignment is tree.Alignment.LEFT for alignment in shape.alignments]
    shares = sum(width for width, left in zip(widths, running, strict=True) if left)
    rest = room
    for cells, left in zip(columns, running, strict=True):
        if not left:
            rest -= beside + max((width_of(line) for cell in cells for line in cell.split("\n")), default=0) * BOLD
    if not shares:
        return rest >= 0
    return all(
        max(
            (width_of(word) for cell in cells for word in re.split(rf"{SPACES.pattern}|(?<=-)", cell)),
            default=0,
        )
        <= rest * width / shares - beside
        for cells, width, left in zip(columns, widths, running, strict=True)
        if left
    )


def widths_of_figures(shape: Shape) -> list[float]:
    """What each column takes in em that is not of running text, which takes 0: it shares what is left."""
    return [
        0.0
        if alignment is tree.Alignment.LEFT
        else max((width_of(line) for cell in cells for line in cell.split("\n")), default=0) * BOLD + _SPARE
        for cells, alignment in zip(_columns(shape), shape.alignments, strict=True)
    ]


def _columns(shape: Shape) -> list[list[str]]:
    """The words of each column's cells as their width is measured."""
    columns: list[list[str]] = [[] for _ in shape.alignments]
    for line in shape.lines:
        for place, placed in enumerate(line.cells):
            indent = "  " * 2 * line.level if place == 0 else ""
            columns[placed.column].append(indent + measurable(cell_inlines(placed.cell)))
    return columns


def shares_of(shape: Shape) -> list[int]:
    """How the columns share a table's width, in characters: each has room for its longest word, and long texts get
    most of what is left. Numbers take what they need; the layout program sets them first."""
    words, texts = [0] * len(shape.alignments), [0] * len(shape.alignments)
    for column, cells in enumerate(shape.texts):
        for text in cells:
            texts[column] = max(texts[column], len(text))
            words[column] = max([words[column], *map(len, re.split(r"\s+|(?<=-)", text))])
    running = [alignment is tree.Alignment.LEFT for alignment in shape.alignments]
    needed = [min(word if left else text, 30) + 3 for word, text, left in zip(words, texts, running, strict=True)]
    shares = [math.isqrt(text - word) if left else 0 for word, text, left in zip(words, texts, running, strict=True)]
    spare = max(TABLE_LINE - sum(needed), 0)
    return [need + spare * share // max(sum(shares), 1) for need, share in zip(needed, shares, strict=True)]
