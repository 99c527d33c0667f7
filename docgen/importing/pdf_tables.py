"""The tables that are drawn with lines on a page: their cells, and where they stand among the other lines."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.importing.pdf_grid import grids_of
from docgen.importing.pdf_lines import PdfLine, lines_in
from docgen.readers.pdf import Letters, PdfPage
from docgen.structs import replace


def tables_of(page: PdfPage, number: int, gap: int) -> tuple[list[list[PdfLine]], list[Letters]]:
    """The lines of each table that is drawn on a page, cell by cell, and the stretches that are in none."""
    others = list(page.letters)
    found: list[list[PdfLine]] = []
    for grid in grids_of(page.rules):
        cells: dict[tuple[int, int, int], list[Letters]] = {}
        rest: list[Letters] = []
        for one in others:
            place = grid.cell((one.left + one.right) / 2, (one.bottom + one.top) / 2)
            (rest if place is None else cells.setdefault(place, [])).append(one)
        rows = [row for row, _, _ in cells]
        if len(cells) < _FEWEST_CELLS or max(map(rows.count, rows), default=0) < 2 or len(set(rows)) < 2:
            continue
        others = rest
        table = 1000 * number + len(found)
        found.append(
            [
                replace(line, cell=(table, *place))
                for place in sorted(cells)
                for line in lines_in(cells[place], number, gap)
            ]
        )
    return found, others


_FEWEST_CELLS = 4


def _stand_in(table: Sequence[PdfLine]) -> PdfLine:
    """A line that stands for a table while lines are put in order."""
    return replace(
        table[0],
        text=".",
        bold="0",
        left=min(line.left for line in table),
        bottom=min(line.bottom for line in table),
        right=max(line.right for line in table),
        top=max(line.top for line in table),
    )


def among(lines: Sequence[PdfLine], tables: Sequence[Sequence[PdfLine]]) -> list[PdfLine]:
    """Lines with one that stands for each table, before the first line that is under it."""
    found = list(lines)
    for table in tables:
        own = _stand_in(table)
        under = (
            at
            for at, line in enumerate(found)
            if line.top <= own.bottom + 2 and line.left < own.right and own.left < line.right
        )
        found.insert(next(under, len(found)), own)
    return found


def with_tables(lines: Sequence[PdfLine], tables: Sequence[Sequence[PdfLine]]) -> list[PdfLine]:
    """Lines with those of each table where it stood."""
    known = {table[0].cell[0]: table for table in tables if table[0].cell is not None}
    return [one for line in lines for one in ([line] if line.cell is None else known[line.cell[0]])]
