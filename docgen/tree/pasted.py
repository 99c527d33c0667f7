"""What is pasted from a spreadsheet, as the table that it is: cells with tabs between them are read as Markdown's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docgen.tree.table_shape import FIGURE

_FENCE = re.compile(r"[ \t]*(```+|~~~+)")
_LABEL = re.compile(r"\s*(?:\d{1,3}[.)]|[a-zA-Z][.)]|[•·▪–-])\s*")
"""What Word puts before the points of a list, with a tab after it."""


def tables_of_tabs(text: str) -> str:
    """A text in which lines beside each other with equally many tabs have become a table, the first line its head.

    Columns of figures are set to the right. Lines with the labels of a list, and code, stay as they are.
    """
    if "\t" not in text:
        return text
    return "\n".join(line for block in _blocks(text.split("\n")) for line in _table(block))


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """Lines that may be a table together; every other line alone."""
    fence, block = "", list[str]()
    for line in lines:
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        is_row = not fence and "\t" in line.strip(" ")
        if block and not (is_row and line.count("\t") == block[0].count("\t")):
            yield block
            block = []
        if is_row:
            block.append(line)
        else:
            yield [line]
    if block:
        yield block


def _table(lines: list[str]) -> list[str]:
    rows = [[cell.strip().replace("|", "\\|") for cell in line.split("\t")] for line in lines]
    firsts = [row[0] for row in rows]
    if len(rows) < 2 or not any(firsts) or all(_LABEL.fullmatch(first) for first in firsts):
        return lines
    columns = zip(*rows[1:], strict=True)
    right = [any(column) and all(FIGURE.fullmatch(cell) for cell in column if cell.strip("-–")) for column in columns]
    rule = ["--:" if figures else ":--" for figures in right]
    return ["", *(f"| {' | '.join(row)} |" for row in (rows[0], rule, *rows[1:])), ""]
