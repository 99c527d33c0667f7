"""Tables of a Word file, from finished cell paragraphs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from docgen.writers.docx.xml import escape

_TWIPS_PER_CHARACTER = 112  # of table text, wide enough for bold
_TWIPS_PER_CAPITAL = 30  # more than another character
_CELL_MARGINS = 200
_LABEL_SHARE = 0.3  # of the width, for the labels of a field table
_NARROWEST = 500


def column_widths(columns: Sequence[Sequence[str]], width: int) -> list[int]:
    """Widths in twips that add up to `width`: room for each column's longest word, the rest by how much it holds."""
    least = [max([_NARROWEST] + [_twips(word) for text in texts for word in text.split()]) for texts in columns]
    whole = [max([_NARROWEST] + [_twips(text) for text in texts]) for texts in columns]
    if sum(least) >= width:
        return _share(least, width)
    spare = width - sum(least)
    wishes = [max(0, full - need) for full, need in zip(whole, least, strict=True)]
    if sum(wishes) <= spare:
        return _share(whole, width)
    weights = [math.sqrt(wish) for wish in wishes]
    return _share([need + spare * weight / sum(weights) for need, weight in zip(least, weights, strict=True)], width)


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


def row(cells: Sequence[str], widths: Sequence[int], *, header: bool = False) -> str:
    """A `w:tr` that is never divided between pages; a header row is repeated on each (ECMA-376 §17.4)."""
    content = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if header else ''}</w:trPr>{content}</w:tr>"


_FIRST_ROW: Final = 0x0020
_FIRST_COLUMN: Final = 0x0080
_NO_BANDS: Final = 0x0600


def table(
    style: str,
    rows: Sequence[str],
    widths: Sequence[int],
    *,
    header: bool,
    labelled: bool,
    left: int = 0,
    caption: str = "",
) -> str:
    """A `w:tbl` with fixed columns. `header` says whether its first row names the
    columns, `labelled` whether its first column names the rows; `caption` is what assistive technology reads. Children of `w:tblPr` as in ECMA-376 §17.4."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    value = f"{_NO_BANDS + _FIRST_ROW * header + _FIRST_COLUMN * labelled:04X}"
    indent = f'<w:tblInd w:w="{left}" w:type="dxa"/>' if left else ""
    title = f'<w:tblCaption w:val="{escape(caption)}"/>' if caption else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{indent}'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="{value}" w:firstRow="{int(header)}" w:lastRow="0" '
        f'w:firstColumn="{int(labelled)}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{title}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
