"""Tables of a Word file, from finished cell paragraphs."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

from docgen.structs import Struct
from docgen.writers.docx.xml import escape
from docgen.writers.table_fit import LEAST, LEAST_LABEL, SCALES
from docgen.writers.text_widths import width_of

_TWIPS_PER_CHARACTER = 112  # of table text, wide enough for bold
_TWIPS_PER_CAPITAL = 30  # more than another character
_CELL_MARGINS = 200
_LABEL_SHARE = 0.3  # of the width, for the labels of a field table
_NARROWEST = 500
_RUN = re.compile(
    r"(?P<run><w:r(?: [^>]*)?>)"
    r"(?:<w:rPr>(?P<before>.*?)(?P<after>(?:<w:(?:highlight|u|shd|vertAlign|lang)\b.*?)?)</w:rPr>)?"
)
_EM = 210  # of table text, a little more than there is
_TIGHT_SIDE = 60  # at each side of a cell's text, where a table is a tight fit
_SPARE = 20
_LONGEST_FIGURE = 15  # characters; a longer word is no figure, but an address or the like
_SPACES = re.compile(r"[ \t\n]+")  # a no-break space holds words together
_DIGIT = re.compile(r"\d")


def column_widths(columns: Sequence[Sequence[str]], width: int) -> tuple[list[int], float, bool] | None:
    """Widths in twips that add up to `width`, the size of the type against common table text, and
    whether it is a tight fit.

    Each column has room for its longest word, and the rest is shared by how much they hold. Where there is not so much
    room, words are divided, but no figure; then the type is smaller; None where not even that is enough.
    """
    least = [max([_NARROWEST] + [_twips(word) for text in texts for word in _SPACES.split(text)]) for texts in columns]
    if sum(least) >= width:
        return _tight_widths(columns, width)
    whole = [max([_NARROWEST] + [_twips(text) for text in texts]) for texts in columns]
    spare = width - sum(least)
    wishes = [max(0, full - need) for full, need in zip(whole, least, strict=True)]
    if sum(wishes) <= spare:
        return _share(whole, width), 1.0, False
    weights = [math.sqrt(wish) for wish in wishes]
    return (
        _share([need + spare * weight / sum(weights) for need, weight in zip(least, weights, strict=True)], width),
        1.0,
        False,
    )


def _tight_widths(columns: Sequence[Sequence[str]], width: int) -> tuple[list[int], float, bool] | None:
    for scale in SCALES:
        needed, wanted = [], []
        for number, texts in enumerate(columns):
            words = [word for text in texts for word in _SPACES.split(text)]
            figures = [width_of(word) for word in words if len(word) <= _LONGEST_FIGURE and _DIGIT.search(word)]
            longest = max(map(width_of, words), default=0.0)
            narrow = min(longest, LEAST if number else LEAST_LABEL)
            needed.append(max(narrow, *figures, 0.0) * _EM * scale + 2 * _TIGHT_SIDE + _SPARE)
            wanted.append(longest * _EM * scale + 2 * _TIGHT_SIDE + _SPARE)
        spare = width - sum(needed)
        if spare >= 0:
            weights = [math.sqrt(max(want - need, 0)) for want, need in zip(wanted, needed, strict=True)]
            total = sum(weights)
            shares = [weight / total if total else 1 / len(weights) for weight in weights]
            return (
                _share([need + spare * share for need, share in zip(needed, shares, strict=True)], width),
                scale,
                True,
            )
    return None


def scaled(cell: str, points: float, scale: float) -> str:
    """The paragraphs of a cell with smaller type than the `points` of their style (ECMA-376 17.3.2)."""
    if scale == 1:
        return cell
    size = f'<w:sz w:val="{round(2 * points * scale)}"/>'

    def with_size(found: re.Match[str]) -> str:
        before, after = found["before"] or "", found["after"] or ""
        return f"{found['run']}<w:rPr>{before}{size}{after}</w:rPr>"

    return _RUN.sub(with_size, cell)


def _twips(text: str) -> int:
    return len(text) * _TWIPS_PER_CHARACTER + sum(map(str.isupper, text)) * _TWIPS_PER_CAPITAL + _CELL_MARGINS


def _share(weights: Sequence[float], width: int) -> list[int]:
    """Whole numbers in proportion to the weights; the last takes what rounding leaves."""
    widths = [int(width * weight / sum(weights)) for weight in weights]
    widths[-1] += width - sum(widths)
    return widths


def field_widths(width: int) -> list[int]:
    """The two columns of a field table."""
    return _share([_LABEL_SHARE, 1 - _LABEL_SHARE], width)


class Span(Struct, frozen=True):
    """How many columns a cell takes, and how many rows; 0 = it goes on from the row above."""

    columns: int = 1
    rows: int = 1


_ONE: Final = Span()


def row(
    cells: Sequence[str],
    widths: Sequence[int],
    *,
    header: bool = False,
    spans: Sequence[Span] = (),
    looks: Sequence[str] = (),
    mark: str = "",
) -> str:
    """A `w:tr` that is never divided between pages; a header row is repeated on each (ECMA-376 §17.4).

    `spans` is what each cell takes (nothing = one column and row each); `looks` what else is in the `w:tcPr` of each:
    borders, shade, place of the text; `mark` is that of a tracked change of the row.
    """
    parts, column = [], 0
    for cell, span, look in zip(cells, spans or [_ONE] * len(widths), looks or [""] * len(cells), strict=True):
        width = sum(widths[column : column + span.columns])
        column += span.columns
        properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
        if span.columns > 1:
            properties += f'<w:gridSpan w:val="{span.columns}"/>'
        if span.rows != 1:
            properties += f'<w:vMerge w:val="{"restart" if span.rows else "continue"}"/>'
        parts.append(f"<w:tc><w:tcPr>{properties}{look}</w:tcPr>{cell}</w:tc>")
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if header else ''}{mark}</w:trPr>{''.join(parts)}</w:tr>"


_FIRST_ROW: Final = 0x0020
_LAST_ROW: Final = 0x0040
_FIRST_COLUMN: Final = 0x0080
_NO_BANDS: Final = 0x0600


def table(
    style: str,
    rows: Sequence[str],
    widths: Sequence[int],
    *,
    header: bool,
    labelled: bool,
    footed: bool = False,
    tight: bool = False,
    left: int = 0,
    caption: str = "",
) -> str:
    """A `w:tbl` with fixed columns. `header` says whether its first row names the columns, `labelled` whether its first
    column names the rows, `footed` whether its last row is a total; `tight` whether its cells have
    little room; `caption` is what assistive technology reads. Children of `w:tblPr` as in ECMA-376 §17.4."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    value = f"{_NO_BANDS + _FIRST_ROW * header + _FIRST_COLUMN * labelled + _LAST_ROW * footed:04X}"
    indent = f'<w:tblInd w:w="{left}" w:type="dxa"/>' if left else ""
    side = f'w:w="{_TIGHT_SIDE}" w:type="dxa"'
    sides = f"<w:tblCellMar><w:left {side}/><w:right {side}/></w:tblCellMar>" if tight else ""
    title = f'<w:tblCaption w:val="{escape(caption)}"/>' if caption else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{indent}'
        f'<w:tblLayout w:type="fixed"/>{sides}<w:tblLook w:val="{value}" w:firstRow="{int(header)}" '
        f'w:lastRow="{int(footed)}" w:firstColumn="{int(labelled)}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"{title}</w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
