"""Tables in Markdown as rows of cells with their places, and whether their totals are the sums of their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from docgen.proofing.rule import Hit, Passage, Reading, lazy
from docgen.proofing.rules.quantities import NUMBER, lines, value_of
from docgen.structs import Struct

_RULE_LINE = lazy(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
_TOTAL = lazy(r"\**(?:I alt|Total|Samlet|Sum|Alle|Hele \w+)\b.*", re.IGNORECASE)
_FIGURE = lazy(rf"[-−]?{NUMBER}")


class Cell(Struct, frozen=True):
    """What a cell holds, and where."""

    text: str
    passage: Passage
    start: int

    @property
    def figure(self) -> Decimal | None:
        """Its number, where it holds nothing else (a sign for per cent or bold apart)."""
        plain = self.text.strip("* \u00a0%").removesuffix("pct.").removesuffix("kr.").strip()
        return value_of(plain) if _FIGURE.fullmatch(plain) else None


Table = Sequence[Sequence[Cell]]


def tables(reading: Reading) -> Sequence[Table]:
    """Every table in Markdown, and in a Word file each whose rows have the same columns: its header, then its rows."""
    kept: Sequence[Table] | None = reading.__dict__.get("tables")
    if kept is None:  # several rules ask for those of the same reading
        typed = _tables(reading) if "|" in reading.joined else ()
        kept = reading.__dict__["tables"] = [*typed, *(_word_tables(reading) if reading.foreign else ())]
    return kept


def _word_tables(reading: Reading) -> Iterator[Table]:
    found: dict[int, dict[tuple[int, int], Cell]] = {}
    for passage in reading.passages:
        if passage.cell is not None:
            number, *place = passage.cell
            cells = found.setdefault(number, {})
            before = cells.get((place[0], place[1]))
            text = f"{before.text} {passage.text}" if before else passage.text.strip()
            start = len(passage.text) - len(passage.text.lstrip())
            cells[place[0], place[1]] = (
                Cell(text, before.passage, before.start) if before else Cell(text, passage, start)
            )
    for cells in found.values():
        height, width = (max(place[side] for place in cells) + 1 for side in (0, 1))
        nothing = Cell("", next(iter(cells.values())).passage, 0)
        if height > 1:
            yield [[cells.get((row, column), nothing) for column in range(width)] for row in range(height)]


def _tables(reading: Reading) -> Iterator[Table]:
    rows: list[list[Cell]] = []
    ruled = False
    for passage, start, line in [*lines(reading), (Passage("", ""), 0, "")]:
        if line.lstrip().startswith("|"):
            if _RULE_LINE.fullmatch(line):
                ruled = len(rows) == 1
            else:
                rows.append(_cells(passage, start, line))
            continue
        if ruled and len(rows) > 1:
            yield rows
        rows, ruled = [], False


def _cells(passage: Passage, start: int, line: str) -> list[Cell]:
    found = []
    for match in re.finditer(r"\|((?:\\.|[^|\\])*)(?=\|)", line):
        text = match[1].strip()
        found.append(Cell(text, passage, start + match.start(1) + len(match[1]) - len(match[1].lstrip())))
    return found


def table_sums(reading: Reading) -> Iterator[Hit]:
    """Totals that are not the sum of the rows above them, or of the columns before them."""
    for table in tables(reading):
        header, rows = table[0], table[1:]
        width = len(header)
        if any(len(row) != width for row in rows):
            continue
        bottom = rows[-1]
        if len(rows) > 2 and _TOTAL.fullmatch(bottom[0].text) and not any(map(_is_sum_or_part, rows[:-1])):
            for column in range(1, width):
                yield from _check([row[column] for row in rows[:-1]], bottom[column])
        if width > 3 and _TOTAL.fullmatch(header[-1].text):
            for row in rows:
                yield from _check(row[1:-1], row[-1])


def _is_sum_or_part(row: Sequence[Cell]) -> bool:
    """Whether a row is a sum itself, or a part of another: `heraf løn`, `Udgifter i alt`; or is marked U or I."""
    is_marked = any(cell.text in ("U", "I") for cell in row)
    return is_marked or _PARTS_OF_SUMS.search(row[0].text) is not None


def row_sums(reading: Reading) -> Iterator[Hit]:
    """A row's total that is not the sum of the columns before it, in a table where that of another row is."""
    for table in tables(reading):
        width = len(table[0])
        if width < 4 or any(len(row) != width for row in table) or not _TOTAL.fullmatch(table[0][-1].text):
            continue
        whole = [row for row in table[1:] if all(cell.figure is not None for cell in row[1:])]
        wrong = [hit for row in whole for hit in _check(row[1:-1], row[-1])]
        if len(wrong) == 1 and len(whole) > 1:
            yield from wrong


_PARTS_OF_SUMS = lazy(
    r"\b(?:heraf|deraf|hvoraf|subtotal\w*|delsum\w*|mellemsum|i alt|samlet|total|sum|netto|brutto|resultat|rest|saldo|gennemsnit\w*|andel|pct)\b|\*\*|^[-–•]|^(?:U|I)$|(?:^|\W)(?:U|I)(?:$|\W)",
    re.IGNORECASE,
)
_NEAR = 20
"""A total that is off by less than such a part of itself was meant to be the sum."""


def column_sums(reading: Reading) -> Iterator[Hit]:
    """A total under whole numbers that nearly is the sum of all rows, none of which is a sum itself."""
    for table in tables(reading):
        rows, width = table[1:], len(table[0])
        if len(rows) < 4 or any(len(row) != width for row in rows) or not _TOTAL.fullmatch(rows[-1][0].text):
            continue
        if (
            any(_PARTS_OF_SUMS.search(cell.text) for row in rows[:-1] for cell in row[:1])
            or "pct" in str(table[0]).lower()
        ):
            continue
        for column in range(1, width):
            cells = [row[column] for row in rows]
            figures = [cell.figure for cell in cells]
            if any(figure is None or figure != int(figure) or figure < 0 for figure in figures):
                continue
            *values, stated = [int(figure) for figure in figures if figure is not None]
            if stated and 0 < abs(sum(values) - stated) * _NEAR < stated:
                yield from _check(cells[:-1], cells[-1], exact=True)


def _check(parts: Sequence[Cell], whole: Cell, *, exact: bool = False) -> Iterator[Hit]:
    figures = [part.figure for part in parts]
    stated = whole.figure
    if stated is None or any(figure is None for figure in figures):
        return
    values = [figure for figure in figures if figure is not None]
    found = sum(values, Decimal(0))
    decimals = max(-int(Decimal(value).as_tuple().exponent) for value in [*values, stated])
    step = Decimal(10) ** -max(0, decimals)
    # With three parts or more each can be rounded by half of its last digit.
    if abs(found - stated) > step * (len(values) // 2 if len(values) > 2 and not exact else 0):
        shown = f"{found:,.{max(0, decimals)}f}".translate(str.maketrans(",.", ".,"))
        end = whole.start + len(whole.text)
        yield Hit(whole.passage, whole.start, end, f"delene giver {shown}, ikke {whole.text}")
