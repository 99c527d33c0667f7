"""Tables of a page that are drawn with lines: which cell each stretch of letters stands in."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.readers.pdf_rules import Rule
from docgen.structs import Struct

_NEAR = 2.5
"""Points within which two lines are one."""


class Grid(Struct, frozen=True):
    """A table: where its rows part, from the top, where its columns do, and its upright lines."""

    rows: tuple[float, ...]
    columns: tuple[float, ...]
    upright: tuple[Rule, ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top."""
        return self.columns[0], self.rows[-1], self.columns[-1], self.rows[0]

    def cell(self, across: float, up: float) -> tuple[int, int, int] | None:
        """The row and the first column of the cell that a point is in, and how many columns that takes; None where it
        is in none. A cell reaches as far as no upright line parts it from the next."""
        row = next((at for at in range(len(self.rows) - 1) if self.rows[at] >= up > self.rows[at + 1]), -1)
        column = next(
            (at for at in range(len(self.columns) - 1) if self.columns[at] <= across < self.columns[at + 1]), -1
        )
        if row < 0 or column < 0:
            return None
        middle = (self.rows[row] + self.rows[row + 1]) / 2
        first, last = column, column
        while first > 0 and not self._is_parted(self.columns[first], middle):
            first -= 1
        while last < len(self.columns) - 2 and not self._is_parted(self.columns[last + 1], middle):
            last += 1
        return row, first, last - first + 1

    def _is_parted(self, across: float, up: float) -> bool:
        return any(
            abs(one.left - across) <= _NEAR and one.bottom - _NEAR <= up <= one.top + _NEAR for one in self.upright
        )


def grids_of(rules: Sequence[Rule]) -> list[Grid]:
    """The tables that lines make: of at least two rows and two columns, with upright lines between those."""
    found = []
    for group in _touching(rules):
        upright = tuple(one for one in group if one.is_upright)
        rows = _levels([one.bottom for one in group if not one.is_upright])[::-1]
        columns = _levels([one.left for one in upright])
        if len(rows) >= 3 and len(columns) >= 3:
            found.append(Grid(tuple(rows), tuple(columns), upright))
    return found


def _levels(values: Sequence[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _touching(rules: Sequence[Rule]) -> list[list[Rule]]:
    """The lines in groups, each of which touches another of its group."""
    groups: list[tuple[list[float], list[Rule]]] = []
    for rule in sorted(rules, key=lambda one: (-one.top, one.left)):
        box = [rule.left - _NEAR, rule.bottom - _NEAR, rule.right + _NEAR, rule.top + _NEAR]
        own = [rule]
        apart = []
        for other, members in groups:
            if box[0] <= other[2] and other[0] <= box[2] and box[1] <= other[3] and other[1] <= box[3]:
                own = [*members, *own]
                box = [
                    min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3])
                ]  # fmt: skip
            else:
                apart.append((other, members))
        groups = [*apart, (box, own)]
    return [members for _, members in groups]
