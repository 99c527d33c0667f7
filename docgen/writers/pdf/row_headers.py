"""The cells that name the rows of a table get the tag TH with Scope Row, which a layout program cannot ask Typst for.

Typst 0.15 tags the head of a table alone (its function `pdf.header-cell` is not in its Python package). The tags are
changed in the finished file, each in the room that it has, so that nothing else moves (ISO 32000-1, 14.8.5.7).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from docgen.structs import Struct
from docgen.tree.document import Document, Table, walk
from docgen.tree.table_shape import RowKind, Shape, shape_of

_ELEMENT = re.compile(
    rb"\n(\d+) 0 obj\n<</Type/StructElem/S/(Table|THead|TBody|TFoot|TR|TH|TD)/P (\d+) 0 R[^\n]*\nendobj"
)
_HEADERS = re.compile(rb"/Headers\[[^\]]*\]")


class _Element(Struct, frozen=True):
    """A tag of a table: its number, its parent's, and where in the file its name and what follows stand."""

    number: int
    kind: bytes
    parent: int
    name: int
    end: int


def mark_row_headers(data: bytes, documents: Sequence[Document]) -> bytes:
    """A PDF that Typst made of documents, with the cells that name a row tagged as that; as it was where the tables of
    the file are not those of the documents."""
    shapes = [shape_of(node) for document in documents for node in walk(document) if isinstance(node, Table)]
    if not any(map(_names_rows, shapes)):
        return data
    found = _tables(data)
    if [[len(line.cells) for line in shape.lines] for shape in shapes] != [
        [len(row) for row in rows] for rows in found
    ]:
        return data
    changed = bytearray(data)
    for shape, rows in zip(shapes, found, strict=True):
        if _names_rows(shape):
            for line, row in zip(shape.lines[len(shape.head) :], rows[len(shape.head) :], strict=True):
                for placed, cell in zip(line.cells, row, strict=True):
                    if line.kind is not RowKind.SECTION:
                        _mark(changed, cell, is_header=placed.column < shape.labels)
    return bytes(changed)


def _names_rows(shape: Shape) -> bool:
    return shape.labels > 0


def _tables(data: bytes) -> list[list[list[_Element]]]:
    """The cells of each row of each table, in reading order."""
    elements = [
        _Element(int(found[1]), found[2], int(found[3]), found.start(2), found.end())
        for found in _ELEMENT.finditer(data)
    ]
    by_parent: defaultdict[int, list[_Element]] = defaultdict(list)
    for element in elements:
        by_parent[element.parent].append(element)
    return [
        [
            by_parent[row.number]
            for part in by_parent[table.number]
            for row in ([part] if part.kind == b"TR" else by_parent[part.number])
        ]
        for table in elements
        if table.kind == b"Table"
    ]


def _mark(data: bytearray, cell: _Element, *, is_header: bool) -> None:
    """Changes the tag of a cell. A cell that names its own headers would be told of those alone, so it no longer does:
    what names its row and its column is then found by their scope."""
    if is_header:
        data[cell.name : cell.name + 2] = b"TH"
    if told := _HEADERS.search(data, cell.name, cell.end):
        width = told.end() - told.start()
        data[told.start() : told.end()] = (b"/Scope/Row" if is_header else b"").ljust(width)
