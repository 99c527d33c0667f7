"""What a table's cells are to each other: whether its first column says what the rows are about."""

from __future__ import annotations

import re

from docgen.tree.document import Alignment, Strong, Table, TableRow, plain_text

FIGURE = re.compile(r"[\d.,%\s()+–−-]*\d[\d.,%\s()+–−-]*")
"""A cell of nothing but a number."""

_NOTHING = re.compile(r"[\s–−-]*")


def labels_rows(table: Table) -> bool:
    """Whether the first column names the rows: different words beside a column of figures, or all of them bold.

    An author decides otherwise by bold, or by setting the column to the right or in the middle.
    """
    if len(table.alignments) < 2 or table.alignments[0] is not Alignment.LEFT or not table.rows:
        return False
    if all(_is_bold(row) for row in table.rows):
        return True
    names = [plain_text(row.cells[0].children).strip() for row in table.rows]
    if len(set(names)) < len(names) or not all(any(map(str.isalpha, name)) for name in names):
        return False
    return any(_is_of_figures(table, column) for column in range(1, len(table.alignments)))


def _is_bold(row: TableRow) -> bool:
    children = row.cells[0].children
    return len(children) == 1 and isinstance(children[0], Strong)


def _is_of_figures(table: Table, column: int) -> bool:
    cells = [plain_text(row.cells[column].children).strip() for row in table.rows]
    told = [cell for cell in cells if not _NOTHING.fullmatch(cell)]
    return bool(told) and all(FIGURE.fullmatch(cell) for cell in told)
