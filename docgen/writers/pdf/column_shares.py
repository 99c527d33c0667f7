"""How the columns of a table share its width where all words have room: running text gets what figures leave."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from docgen.tree import document as tree
from docgen.writers.table_fit import measurable
from docgen.writers.text_widths import SPACES, width_of

BOLD = 1.06  # of a heading, against other text
TABLE_LINE = 84  # characters that a table's width has room for


def is_easy(table: tree.Table, widths: Sequence[int], room: float, beside: float) -> bool:
    """Whether every word has room where the columns that are not of running text take what they need."""
    columns = [[row.cells[number] for row in (table.header, *table.rows)] for number in range(len(widths))]
    running = [alignment is tree.Alignment.LEFT for alignment in table.alignments]
    shares = sum(width for width, left in zip(widths, running, strict=True) if left)
    rest = room
    for cells, left in zip(columns, running, strict=True):
        if not left:
            rest -= beside + max(width_of(line) for c in cells for line in measurable(c.children).split("\n")) * BOLD
    if not shares:
        return rest >= 0
    return all(
        max(
            (width_of(word) for c in cells for word in re.split(rf"{SPACES.pattern}|(?<=-)", measurable(c.children))),
            default=0,
        )
        <= rest * width / shares - beside
        for cells, width, left in zip(columns, widths, running, strict=True)
        if left
    )


def shares_of(rows: Sequence[tree.TableRow], alignments: Sequence[tree.Alignment]) -> list[int]:
    """How the columns share a table's width, in characters: each has room for its longest word, and long texts get
    most of what is left. Numbers take what they need; the layout program sets them first."""
    words, texts = [0] * len(alignments), [0] * len(alignments)
    for row in rows:
        for column, cell in enumerate(row.cells):
            text = tree.plain_text(cell.children)
            texts[column] = max(texts[column], len(text))
            words[column] = max([words[column], *map(len, re.split(r"\s+|(?<=-)", text))])
    running = [alignment is tree.Alignment.LEFT for alignment in alignments]
    needed = [min(word if left else text, 30) + 3 for word, text, left in zip(words, texts, running, strict=True)]
    shares = [math.isqrt(text - word) if left else 0 for word, text, left in zip(words, texts, running, strict=True)]
    spare = max(TABLE_LINE - sum(needed), 0)
    return [need + spare * share // max(sum(shares), 1) for need, share in zip(needed, shares, strict=True)]
