"""The tables of docs/robusthed.md, which the commands that try things out write anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.support.contents import ROOT

FILE = ROOT / "docs/robusthed.md"


def write_rows(name: str, rows: Mapping[str, Sequence[str]]) -> None:
    """Puts rows (first cell -> the others) into the table between `<!-- name:begin -->` and `<!-- name:end -->`.

    Rows that are there and not among these stay; the two lines of the head stay too.
    """
    begin, end = f"<!-- {name}:begin -->\n", f"<!-- {name}:end -->"
    before, rest = FILE.read_text("utf-8").split(begin)
    table, after = rest.split(end)
    head, kept = read_table(table)
    lines = [f"| {' | '.join((first, *cells))} |" for first, cells in {**kept, **rows}.items()]
    FILE.write_text(before + begin + "\n".join([*head, *lines, end]) + after, "utf-8")


def read_table(table: str) -> tuple[list[str], dict[str, tuple[str, ...]]]:
    """The two lines of a Markdown table's head, and its rows by their first cell."""
    head, rows = table.strip().split("\n")[:2], table.strip().split("\n")[2:]
    cells = [tuple(cell.strip() for cell in row.strip("|").split("|")) for row in rows]
    return head, {first: tuple(others) for first, *others in cells}
