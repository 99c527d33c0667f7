"""Tables with bars: the rows over the line of dashes are the head, and a line of `=` parts the foot from the rest.

`<<` in a cell makes it one with the cell before it, `^^` (as in MultiMarkdown) with the cell above, and `>>` sets the
first cell of a row in. Signs that stand alone in a cell of ordinary tables (`<`, `^`, `-`, nothing) keep their meaning.
"""

from __future__ import annotations

import re
from typing import Any

PATTERN = r"^ {0,3}\|[^\n]*\|[ \t]*(?:\n|$)"

_RULE = re.compile(r" *:?[-=~]+:? *")
_FOOT_RULE = re.compile(r" *={3,} *")
_DASHES = re.compile(r" *:?-+:? *")
_BAR = re.compile(r"(?:\\.|[^|\\])*", re.DOTALL)
_ALIGNMENTS = {(True, True): "center", (True, False): "left", (False, True): "right", (False, False): None}


def parse_table(block: Any, match: re.Match[str], state: Any) -> int | None:
    """Reads the lines with bars from where mistune's parser stands (its rule for a block): a token `table`, or
    `table_error` with the line that does not fit as `raw`. Returns where they end; None where they are no table."""
    lines: list[str] = []
    at: int = state.cursor
    while at < state.cursor_max:
        line = state.get_line(at)
        if not _is_row(line):
            break
        lines.append(line)
        at += len(line)
    rows = [_cells(line) for line in lines]
    rule = _rule_of(rows)
    if not rule:
        return None
    alignments = [_ALIGNMENTS[cell.strip().startswith(":"), cell.strip().endswith(":")] for cell in rows[rule]]
    feet = [n for n in range(rule + 1, len(rows)) if all(map(_FOOT_RULE.fullmatch, rows[n]))]
    if wrong := _wrong_line(rows, rule, feet):
        number, name = wrong
        attributes = {"name": name, "words": f"{len(rows[number])} {len(alignments)}"}
        state.append_token({"type": "table_error", "raw": lines[number].strip(), "attrs": attributes})
        return at
    made = [_row(row, line, alignments) for row, line in zip(rows, lines, strict=True)]
    end = feet[0] if feet else len(rows)
    children = [
        *({**row, "type": "table_head"} for row in made[:rule]),
        {"type": "table_body", "children": made[rule + 1 : end]},
        {"type": "table_foot", "children": made[end + 1 :]},
    ]
    attributes = {"words": "".join(cell.strip(" :")[:1] or "-" for cell in rows[rule])}
    state.append_token({"type": "table", "children": children, "attrs": attributes})
    return at


def _wrong_line(rows: list[list[str]], rule: int, feet: list[int]) -> tuple[int, str] | None:
    """The first line that does not fit, and whether it is for the number of its cells or the place of the foot."""
    uneven = next((n for n, row in enumerate(rows) if len(row) != len(rows[rule])), None)
    if uneven is not None:
        return uneven, "cells"
    is_right = not feet or (len(feet) == 1 and rule + 1 < feet[0] < len(rows) - 1)
    return None if is_right else (feet[-1], "foot")


def _is_row(line: str) -> bool:
    text = line.rstrip("\n").rstrip(" \t").lstrip(" ")
    return len(text) > 1 and text.startswith("|") and text.endswith("|")


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in _split(line.strip()[1:-1])]


def _split(text: str) -> list[str]:
    """What stands between the bars of a line; a bar with a backslash is none."""
    cells, at = [], 0
    while True:
        found = _BAR.match(text, at)
        assert found is not None
        end = found.end()
        if end < len(text) and text[end] == "\\":  # at the very end of the line
            end += 1
        cells.append(text[at:end])
        if end >= len(text):
            return cells
        at = end + 1


def _rule_of(rows: list[list[str]]) -> int:
    """The number of the line under the head; 0 where there is none."""
    if len(rows) > 1 and all(_RULE.fullmatch(cell) or not cell for cell in rows[1]):
        return 1
    found = (n for n, row in enumerate(rows) if n > 1 and all(map(_RULE.fullmatch, row)))
    return next((n for n in found if any(map(_DASHES.fullmatch, rows[n]))), 0)


def _row(cells: list[str], line: str, alignments: list[str | None]) -> dict[str, Any]:
    children = [
        {"type": "table_cell", "text": cell, "attrs": {"align": alignment}}
        for cell, alignment in zip(cells, alignments, strict=True)
    ]
    return {"type": "table_row", "children": children, "attrs": {"words": line.strip()}}
