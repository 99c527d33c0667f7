"""Two Word files from anywhere as trees: the words of their text, tables, boxes and notes, and of headings their level.

Look is not compared, and pictures are not; what of that is another in the two files is for the caller to say.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from docgen.readers.docx.document import Paragraph, WordFile
from docgen.structs import Struct
from docgen.tree.document import (
    Alignment,
    Block,
    Division,
    Document,
    Emphasis,
    Heading,
    Inline,
    LineBreak,
    Link,
    List,
    ListItem,
    Role,
    Strong,
    Table,
    TableCell,
    TableRow,
    Text,
    Title,
)
from docgen.tree.document import Paragraph as TreeParagraph

_HEADING = re.compile(r"(?:heading|overskrift) ?(\d)", re.IGNORECASE)
_LIST = re.compile(r"list|opstilling|punkt", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|indholdsfortegnelse) ?\d", re.IGNORECASE)
_DEEPEST = 6
_NOTE = "[note]"
_WEB = ("http://", "https://", "mailto:")
_PIECES = re.compile("\n|[^\n]+")
_UNSEEN = str.maketrans({"\N{SOFT HYPHEN}": None, "\t": " "} | dict.fromkeys([*range(9), 11, 12, *range(14, 32)]))


class Frame(Struct, frozen=True):
    """What the tree of a file has besides its words: its id, the name that it is shown by, and its day, language and
    the municipality in whose look it is shown."""

    id: str
    name: str
    date: datetime.date
    language: str
    author: str


def tree_of_word(word: WordFile, frame: Frame, *, tables: bool = True) -> Document:
    """The words of a Word file as a tree. Without `tables` a row is a paragraph, its cells with a line between them: so
    that also a table that fits no page can be shown."""
    body = [one for one in word.paragraphs if one.story in ("body", "box") and not _CONTENTS.match(one.style)]
    notes = [one for one in word.paragraphs if "note" in one.story and one.text.strip()]
    blocks = [*_blocks(body, tables)]
    if notes:
        blocks += [Heading(level=1, children=(Text("Noter"),)), *_blocks(notes, tables)]
    head = Division(role=Role.MASTHEAD, blocks=(Title(children=(Text(frame.name),), anchor="titel"),))
    return Document(
        id=frame.id,
        title=frame.name,
        short_title="",
        language=frame.language,
        author=frame.author,
        subject=frame.name,
        keywords=(),
        version="",
        date=frame.date,
        header=frame.author,
        footer="",
        mark="",
        fingerprint="",
        blocks=(head, *_with_anchors(blocks)),
    )


def _with_anchors(blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks whose headings skip no level and can be linked to."""
    level = 0
    for number, block in enumerate(blocks):
        if isinstance(block, Heading):
            level = min(block.level, level + 1)
            yield Heading(level=level, children=block.children, anchor=f"sted-{number}")
        else:
            yield block


def _blocks(paragraphs: Sequence[Paragraph], tables: bool) -> Iterator[Block]:
    for table, group in groupby(paragraphs, lambda one: -1 if one.cell is None else one.cell[0]):
        inside = list(group)
        if table >= 0:
            yield from _table(inside) if tables else _rows_as_text(inside)
            continue
        for item, some in groupby(inside, _is_item):
            shown = [one for one in some if one.text.strip() or one.notes]
            if item and shown:
                yield List(items=tuple(ListItem(blocks=(TreeParagraph(children=_line(one)),)) for one in shown))
            elif not item:
                yield from map(_block, shown)


def _is_item(one: Paragraph) -> bool:
    return not _level(one) and (one.level >= 0 or _LIST.match(one.style) is not None)


def _level(one: Paragraph) -> int:
    """The level of a heading by its style or outline; 0: it is none."""
    if named := _HEADING.match(one.style):
        return min(max(int(named[1]), 1), _DEEPEST)
    return min(one.outline + 1, _DEEPEST) if 0 <= one.outline < 9 else 0


def _block(one: Paragraph) -> Block:
    level = _level(one)
    line = _line(one)
    return Heading(level=level, children=line) if level and one.text.strip() else TreeParagraph(children=line)


def _line(one: Paragraph) -> tuple[Inline, ...]:
    """The words of a paragraph, with its stress and links, and a sign where a note is."""
    marks = [at for at, _ in one.notes]
    found: list[Inline] = []
    place = 0
    for stretch in one.stretches:
        end = place + len(stretch.text)
        cuts = sorted({place, end, *(at for at in marks if place < at < end)})
        for start, stop in pairwise(cuts):
            found += [Text(_NOTE)] * marks.count(start)
            marks = [at for at in marks if at != start]
            inner = tuple(_pieces(stretch.text[start - place : stop - place]))
            inner = (Emphasis(inner),) if stretch.italic and inner else inner
            inner = (Strong(inner),) if stretch.bold and inner and not _level(one) else inner
            found += (Link(inner, stretch.link),) if stretch.link.startswith(_WEB) and inner else inner
        place = end
    return (*found, *[Text(_NOTE)] * len(marks))


def _pieces(text: str) -> Iterator[Inline]:
    for piece in _PIECES.findall(text.translate(_UNSEEN)):
        yield LineBreak() if piece == "\n" else Text(piece)


def _grid(inside: Sequence[Paragraph]) -> list[list[tuple[Inline, ...]]]:
    """The lines of a table's cells, row by row, as many in each: a cell that takes several columns is followed by empty
    ones, and one that goes on with the one above is empty."""
    rows: dict[int, dict[int, list[Paragraph]]] = {}
    for one in inside:
        assert one.cell is not None  # those of a table have one
        rows.setdefault(one.cell[1], {}).setdefault(one.cell[2], []).append(one)
    grid: list[list[tuple[Inline, ...]]] = []
    for number in sorted(rows):
        line: list[tuple[Inline, ...]] = []
        for place in sorted(rows[number]):
            some = [one for one in rows[number][place] if one.text.strip() or one.notes]
            cell = tuple(part for at, one in enumerate(some) for part in ((LineBreak(),) if at else ()) + _line(one))
            line += [cell, *[()] * (rows[number][place][0].spans[0] - 1)]
        grid.append(line)
    width = max(map(len, grid))
    return [[*line, *[()] * (width - len(line))] for line in grid]


def _table(inside: Sequence[Paragraph]) -> Iterator[Block]:
    grid = _grid(inside)
    if len(grid) < 2 or len(grid[0]) < 2:
        yield from _rows_as_text(inside)
        return
    head, *rest = (TableRow(cells=tuple(TableCell(children=cell) for cell in line)) for line in grid)
    yield Table(header=head, rows=tuple(rest), alignments=(Alignment.LEFT,) * len(grid[0]))


def _rows_as_text(inside: Sequence[Paragraph]) -> Iterator[Block]:
    for line in _grid(inside):
        said = [cell for cell in line if cell]
        if said:
            parts = [part for at, cell in enumerate(said) for part in ((Text(" | "),) if at else ()) + cell]
            yield TreeParagraph(children=tuple(parts))
