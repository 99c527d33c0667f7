"""What is pasted from a spreadsheet, as the table that it is: cells with tabs between them are read as Markdown's."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from docgen.tree.table_shape import FIGURE

_FENCE = re.compile(r"[ \t]*(```+|~~~+)")
_LABEL = re.compile(r"\s*(?:\d{1,3}[.)]|[a-zA-Z][.)]|[•·▪–-])\s*")
"""What Word puts before the points of a list, with a tab after it."""
_QUOTED = re.compile(r'(?<![^\t\n])"((?:[^"]|"")*)"(?![^\t\n])')
"""A cell that a spreadsheet puts in quotation marks, since there are line breaks or such marks in it (RFC 4180)."""
_LONGEST_SECTION = 60
_NO_ROW = re.compile(r"(?:Tabel|Figur|Kilder?|Note|Anm)[.:]|[#>:|]|[*-] |\{", re.IGNORECASE)
"""What begins a line that is something of its own."""
_MOST_LINES = 30  # in a cell
_INDENT = re.compile(r"[ \xa0\u2000-\u200a]{2,}")
_YEAR = re.compile(r"(?:19|20)\d\d\b.*")
_BREAK = "<br>"


def tables_of_tabs(text: str) -> str:
    """A text in which lines beside each other with equally many tabs have become a table, the first line its head.

    Columns of figures are set to the right; a cell with lines keeps them, a name with spaces before it is set in, and
    a head in two rows is one. Lines with the labels of a list, and code, stay as they are.
    """
    if "\t" not in text:
        return text
    return "\n".join(line for block in _blocks(text.split("\n")) for line in _written(block))


_Rows = list[tuple[str, Sequence[str]]]
"""Rows in one line each, and the lines that each is pasted in."""


def _written(block: _Rows) -> Sequence[str]:
    """A block as a table in Markdown; as it is pasted where it is none."""
    return _table([row for row, _ in block]) or [line for _, lines in block for line in lines]


def _blocks(lines: Sequence[str]) -> Iterator[_Rows]:
    """Lines that may be a table together; every other line alone."""
    fence, block, number = "", _Rows(), 0
    while number < len(lines):
        first, line = number, lines[number]
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        if not fence:
            line, number = _whole(lines, number)
        number += 1
        if not fence and ("\t" in line.strip(" ") or (block and _is_section(line))):
            block.append((line, lines[first:number]))
            continue
        yield from _of_equal_rows(block)
        block = []
        yield [(line, lines[first:number])]
    yield from _of_equal_rows(block)


def _is_section(line: str) -> bool:
    """Whether a line without a tab may be a row of a table, whose other cells are empty: an editor takes away the tabs
    at the end of a line."""
    return 0 < len(line.strip()) <= _LONGEST_SECTION and not _NO_ROW.match(line.strip())


def _of_equal_rows(block: _Rows) -> Iterator[_Rows]:
    """A block with as many cells in each row: rows with fewer than the head are filled, and what stands last without a
    tab is no row. Where rows have more cells than the head, another table begins at each change."""
    tabs = [row.count("\t") for row, _ in block]
    end = max((n for n, count in enumerate(tabs, 1) if count), default=0)
    most = max(tabs, default=0)
    heads = tabs[: 2 if end > 2 else 1]
    if most in heads and end:
        yield [(row + "\t" * (most - row.count("\t")), lines) for row, lines in block[:end]]
    else:
        for _, rows in itertools.groupby(block[:end], lambda row: row[0].count("\t")):
            yield list(rows)
    for row in block[end:]:
        yield [row]


def _whole(lines: Sequence[str], first: int) -> tuple[str, int]:
    """The row that begins in a line, and the number of its last one: a cell in quotation marks goes on until they
    end."""
    line = lines[first]
    if '"' not in line:
        return line, first
    for last in range(first, min(first + _MOST_LINES, len(lines))):
        row = "\n".join(lines[first : last + 1])
        if row.count('"') % 2 == 0:
            if last > first and ("\t" not in row or "\n" in _QUOTED.sub("", row)):
                break  # it is somebody's words, not a cell
            return _QUOTED.sub(_in_one_line, row) if "\t" in row else row, last
    return line, first


def _in_one_line(cell: re.Match[str]) -> str:
    if '""' not in cell[1] and "\n" not in cell[1]:
        return cell[0]  # its author's own marks
    lines = cell[1].replace('""', '"').split("\n")
    return _BREAK.join(line.strip().replace("\t", " ") for line in lines)


def _table(lines: list[str]) -> list[str]:
    """The rows as a table in Markdown; nothing where they are none."""
    rows = [[cell.replace("|", "\\|") for cell in line.split("\t")] for line in lines]
    indents = [_indent(row[0]) for row in rows]
    rows = [[cell.strip() for cell in row] for row in rows]
    firsts = [row[0] for row in rows]
    if len(rows) < 2 or not any(any(row) for row in rows) or all(_LABEL.fullmatch(first) for first in firsts):
        return []
    heads = _joined_heads(rows[0], rows[1]) if len(rows) > 2 else []
    if not heads and not any(firsts):
        return []
    heads = heads or rows[:1]
    body = rows[len(heads) :]
    steps = sorted(set(indents[len(heads) :]))
    for row, indent in zip(body, indents[len(heads) :], strict=True):
        if row[0] and indent > steps[0]:
            row[0] = f"{'>>' * min(steps.index(indent), 3)} {row[0]}"
    right = [_is_of_figures(column) for column in zip(*body, strict=True)]
    rule = ["--:" if figures else ":--" for figures in right]
    return ["", *(f"| {' | '.join(row)} |" for row in (*heads, rule, *body)), ""]


def _indent(cell: str) -> int:
    found = _INDENT.match(cell)
    return found.end() if found else 0


def _is_of_figures(column: Sequence[str]) -> bool:
    return any(column) and all(FIGURE.fullmatch(cell) for cell in column if cell.strip("-–"))


def _joined_heads(first: Sequence[str], second: Sequence[str]) -> list[list[str]]:
    """Two rows that are one head, as merged cells are pasted: years or words stand under each heading that has empty
    cells after it, and nothing under the others. Nothing where they are not so."""
    if not all(first[n] or second[n] for n in range(1, len(first))) or not any(second):
        return []
    if not any(not cell for cell in first[1:]) or any(map(_is_amount, second)):
        return []
    upper = [cell or ("<<" if n and second[n] else "") for n, cell in enumerate(first)]
    lower = [cell or "^^" for cell in second]
    starts = [n for n, cell in enumerate(upper) if cell == "<<" and upper[n - 1] != "<<"]
    if not first[0]:
        upper[0], lower[0] = second[0], "^^"
    if not starts or any(lower[n - 1] == "^^" or not upper[n - 1] for n in starts):
        return []
    spanning = {n for start in starts for n in range(start - 1, len(upper)) if n == start - 1 or upper[n] == "<<"}
    is_whole = all(second[n] == "" or n in spanning or (n == 0 and not first[0]) for n in range(len(first)))
    return [upper, lower] if is_whole else []


def _is_amount(cell: str) -> bool:
    return FIGURE.fullmatch(cell) is not None and _YEAR.fullmatch(cell) is None
