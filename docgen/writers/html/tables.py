"""Tables of a web page: headings of columns, groups of columns, rows and groups of rows, and a foot.

The scope of each heading is the one of the HTML standard, 4.9.10 and 4.9.12: a cell over several columns heads the
`colgroup` of them, a heading of several rows the `tbody` of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import cast

from docgen.problems import Origin
from docgen.remembering import remembered
from docgen.tree.document import Alignment, Block, NoteReference, Table, plain_text, walk_inlines
from docgen.tree.table_shape import Line, Placed, RowKind, Shape, cell_inlines, cell_text, shape_of
from docgen.writers.html.inlines import BodyState, id_of, write_inlines
from docgen.writers.marks import Marks
from docgen.writers.sibling_tables import percentages

_NARROW_TABLE = 32  # characters that fit beside each other in a table on a screen of 320 CSS px

WriteBlocks = Callable[[Iterable[Block], BodyState], str]


def write_table(block: Table, state: BodyState, write_blocks: WriteBlocks) -> str:
    """A table as HTML, ending in a newline; `write_blocks` writes the paragraphs and lists in a cell."""
    widths = _widths(state.siblings.get(id(block)))
    table = _again(block, widths, state)
    if table is None:
        table = _written(block, widths, state, write_blocks)
    name = _name_if_wide(block)
    if name is None:
        return table
    # what scrolls must be reachable with the keyboard (WCAG 2.1.1), and what has focus must have a name (4.1.2)
    label = escape(state.region(name))
    return f'<div class="scroll" role="region" aria-label="{label}" tabindex="0">\n{table}</div>\n'


def _written(block: Table, widths: str, state: BodyState, write_blocks: WriteBlocks) -> str:
    shape = shape_of(block)

    def rows(lines: Iterable[Line], scope: str) -> str:
        return "".join(_row(line, shape, scope, state, write_blocks) for line in lines)

    caption = f"<caption>{write_inlines(block.caption.shown, state)}</caption>\n" if block.caption else ""
    head = rows(shape.head, "col")
    body = "".join(f"<tbody>\n{rows(group, 'row')}</tbody>\n" for group in _groups(shape.body))
    foot = f"<tfoot>\n{rows(shape.foot, 'row')}</tfoot>\n" if shape.foot else ""
    groups = _column_groups(shape) or widths
    return f"<table{id_of(block, state)}>\n{caption}{groups}<thead>\n{head}</thead>\n{body}{foot}</table>\n"


@remembered(512, lambda block: block)
def _name_if_wide(block: Table) -> str | None:
    """What a table is called that may be wider than a small screen; None for one that is not."""
    if _least_width(shape_of(block)) <= _NARROW_TABLE:
        return None
    names = ", ".join(filter(None, (cell_text(cell).strip() for cell in block.header.cells)))
    return (" ".join(plain_text(block.caption.shown).split()) if block.caption else "") or " ".join(names.split())


# -- as it was written before -----------------------------------------------------------------------------------


class _Places:
    """In the place of marks: notes which places are told, and leaves a sign for the number of each."""

    SIGN = "\0"

    def __init__(self) -> None:
        self.noted: list[Origin] = []

    def number(self, origin: Origin) -> str:
        if not origin.file:
            return ""
        self.noted.append(origin)
        return self.SIGN


def _again(block: Table, widths: str, state: BodyState) -> str | None:
    """A marked table as it was written before, with the numbers that its places have now; None where that cannot be."""
    if state.marks is None or (kept := _in_parts(block, widths, state)) is None:
        return None
    (first, *parts), places = kept
    numbers = map(state.marks.number, places)
    return first + "".join(f"{number}{part}" for number, part in zip(numbers, parts, strict=True))


@remembered(512, lambda block, widths, state: (block, widths))
def _in_parts(block: Table, widths: str, state: BodyState) -> tuple[list[str], list[Origin]] | None:
    """A table that is written the same whatever stands around it, split where a place is numbered, and the places in
    order. None for one that points to notes, or has blocks in a cell, which are numbered as they come."""
    cells = [cell for row in block.lines for cell in row.cells]
    inlines = (inline for line in [cell.children for cell in cells] for inline in walk_inlines(line))
    caption = walk_inlines(block.caption.shown) if block.caption else ()
    if any(cell.blocks for cell in cells) or any(isinstance(one, NoteReference) for one in (*inlines, *caption)):
        return None
    places, own = _Places(), state.marks
    state.marks = cast("Marks", places)
    try:
        written = _written(block, widths, state, lambda blocks, state: "")
    finally:
        state.marks = own
    return written.split(_Places.SIGN), places.noted


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The rows in groups, each from a heading to the next; one group, be it empty, where there is none."""
    group: list[Line] = []
    for line in lines:
        if line.kind is RowKind.SECTION and group:
            yield group
            group = []
        group.append(line)
    yield group


def _column_groups(shape: Shape) -> str:
    """The columns in groups where a cell of the first row heads several."""
    if not any(placed.columns > 1 for placed in shape.head[0].cells):
        return ""
    return (
        "".join(
            f'<colgroup span="{placed.columns}"></colgroup>' if placed.columns > 1 else "<colgroup></colgroup>"
            for placed in shape.head[0].cells
        )
        + "\n"
    )


def _widths(like: Shape | None) -> str:
    """The columns of a table as wide as those of its siblings."""
    if like is None:
        return ""
    columns = "".join(f'<col style="width:{share}%">' for share in percentages(like))
    return f"<colgroup>{columns}</colgroup>\n"


def _row(line: Line, shape: Shape, scope: str, state: BodyState, write_blocks: WriteBlocks) -> str:
    is_section = line.kind is RowKind.SECTION
    cells = []
    for number, placed in enumerate(line.cells):
        own = scope if scope == "col" or placed.column < shape.labels else ""
        if is_section:
            own = "rowgroup"
        elif own == "col" and placed.columns > 1 and line is shape.head[0]:
            own = "colgroup"
        cells.append(_cell(placed, own, line.level if number == 0 else 0, state, write_blocks))
    css_class = f' class="{line.kind.value}"' if line.kind is not RowKind.PLAIN else ""
    return f"<tr{id_of(line.row, state)}{css_class}>{''.join(cells)}</tr>\n"


def _cell(placed: Placed, scope: str, level: int, state: BodyState, write_blocks: WriteBlocks) -> str:
    cell = placed.cell
    content = write_blocks(cell.blocks, state) if cell.blocks else write_inlines(cell.children, state)
    classes = [] if placed.alignment is Alignment.LEFT else [str(placed.alignment)]
    classes += [f"level-{level}"] if level else []
    attributes = f' class="{" ".join(classes)}"' if classes else ""
    attributes += f' colspan="{placed.columns}"' if placed.columns > 1 else ""
    attributes += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    if scope and content.strip():
        return f'<th{id_of(cell, state)} scope="{scope}"{attributes}>{content}</th>'
    return f"<td{id_of(cell, state)}{attributes}>{content}</td>"


def _least_width(shape: Shape) -> int:
    """How many characters the longest words of a table's columns take beside each other, with room between them."""
    widths: defaultdict[int, int] = defaultdict(int)
    for line in shape.lines:
        for placed in line.cells:
            if placed.columns == 1:
                # not \s: a no-break space holds words together
                words = re.split(r"[ \t\n-]+", plain_text(cell_inlines(placed.cell)))
                widths[placed.column] = max(widths[placed.column], 3 + max(map(len, words)))
    return sum(widths.values())
