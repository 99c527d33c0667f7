"""The tags of a page of a PDF (ISO 32000-1, 14.8): which of its marked contents are a heading, an item or a cell.

Use it in a confined process, as `docgen.readers.pdf`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from ctypes import c_ushort
from typing import Any

from docgen.structs import Struct, field, replace

_CONTAINERS = frozenset(
    ("Document", "Part", "Art", "Sect", "Div", "NonStruct", "Private", "DocumentFragment", "Aside", "Index", "THead",
     "TBody", "TFoot", "")
)  # fmt: skip
_LEFT_OUT = frozenset(("TOC", "TOCI", "Artifact"))
_HEADING = re.compile(r"H([1-6])?")
_MOST_DEEP, _MOST = 60, 20_000


class Tagged(Struct, frozen=True, kw_only=True):
    """A block as the tags tell it: what it is (`heading`, `paragraph`, `item`, `cell`, `caption`, `note`, `code` or
    `figure`), the marked contents that it holds and those of its sign, how deep it is, and of a cell the number of its
    table on the page, its row, and whether it is a head. `alt` is what a figure shows."""

    sort: str
    marks: tuple[int, ...] = ()
    signs: tuple[int, ...] = ()
    level: int = 0
    table: int = -1
    row: int = -1
    is_head: bool = False
    alt: str = ""


def tagged_of(page: Any) -> list[Tagged]:
    """The blocks of a page (pypdfium2's) in the order of its tags; none where it has none."""
    import pypdfium2.raw as pdfium

    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return []
    try:
        walker = _Walker(pdfium)
        for number in range(min(pdfium.FPDF_StructTree_CountChildren(tree), _MOST)):
            walker.walk(pdfium.FPDF_StructTree_GetChildAtIndex(tree, number), 0, 0)
        return walker.found
    finally:
        pdfium.FPDF_StructTree_Close(tree)


class _Walker(Struct):
    pdfium: Any
    found: list[Tagged] = field(default_factory=list)
    tables: int = 0
    seen: int = 0

    def walk(self, element: Any, depth: int, lists: int) -> None:
        """Adds the blocks of an element; `lists` is how many lists it is in."""
        self.seen += 1
        if not element or depth > _MOST_DEEP or self.seen > _MOST:
            return
        name = self._type(element)
        heading = _HEADING.fullmatch(name)
        if name in _LEFT_OUT:
            return
        if name == "Table":
            self._table(element, depth)
        elif name == "LI":
            self._item(element, depth, lists)
        elif name == "Figure":
            self.found.append(Tagged(sort="figure", marks=tuple(self._own(element, depth)), alt=self._alt(element)))
        elif heading or name == "Title":
            level = int(heading[1] or 1) if heading else 1
            self.found.append(Tagged(sort="heading", level=level, marks=tuple(self._own(element, depth))))
        elif name in _CONTAINERS or name in ("L", "BlockQuote"):
            self._inside(element, depth, lists + (name == "L"))
        else:
            sort = {"Caption": "caption", "Note": "note", "FENote": "note", "Code": "code"}.get(name, "paragraph")
            place = len(self.found)
            self.found.append(Tagged(sort=sort))
            self.found[place] = replace(self.found[place], marks=tuple(self._own(element, depth, lists)))

    def _inside(self, element: Any, depth: int, lists: int) -> None:
        """What a container holds: blocks, and words of its own between them."""
        own: list[int] = []
        for child, mark in self._children(element):
            if child is not None:
                self._paragraph(own)
                own = []
                self.walk(child, depth + 1, lists)
            elif mark >= 0:
                own.append(mark)
        self._paragraph(own)

    def _paragraph(self, marks: list[int]) -> None:
        if marks:
            self.found.append(Tagged(sort="paragraph", marks=tuple(marks)))

    def _item(self, element: Any, depth: int, lists: int) -> None:
        place = len(self.found)
        self.found.append(Tagged(sort="item", level=max(lists - 1, 0)))
        signs: list[int] = []
        marks: list[int] = []
        for child, mark in self._children(element):
            if child is None:
                marks += [mark] if mark >= 0 else []
            elif self._type(child) == "Lbl":
                signs += self._own(child, depth + 1, lists)
            else:
                marks += self._own(child, depth + 1, lists)
        self.found[place] = replace(self.found[place], marks=tuple(marks), signs=tuple(signs))

    def _table(self, element: Any, depth: int) -> None:
        number, self.tables = self.tables, self.tables + 1
        rows = 0
        waiting = [element]
        while waiting:
            holder = waiting.pop(0)
            for child, _ in self._children(holder):
                name = "" if child is None else self._type(child)
                if name in ("THead", "TBody", "TFoot"):
                    waiting.append(child)
                elif name == "Caption":
                    self.found.append(Tagged(sort="caption", marks=tuple(self._all(child, depth + 1))))
                elif name == "TR":
                    for cell, _ in self._children(child):
                        if cell is not None:
                            marks = tuple(self._all(cell, depth + 2))
                            is_head = self._type(cell) == "TH"
                            self.found.append(Tagged(sort="cell", marks=marks, table=number, row=rows, is_head=is_head))
                    rows += 1

    def _own(self, element: Any, depth: int, lists: int = 0) -> Iterator[int]:
        """The marked contents of an element and of the words in it; blocks in it are blocks after it."""
        if depth > _MOST_DEEP:
            return
        for child, mark in self._children(element):
            if child is None:
                if mark >= 0:
                    yield mark
                continue
            name = self._type(child)
            if name in ("L", "Table", "LI", "Note", "FENote", "Figure"):
                self.walk(child, depth + 1, lists)
            else:
                yield from self._own(child, depth + 1, lists)

    def _all(self, element: Any, depth: int) -> Iterator[int]:
        if depth > _MOST_DEEP:
            return
        for child, mark in self._children(element):
            if child is not None:
                yield from self._all(child, depth + 1)
            elif mark >= 0:
                yield mark

    def _children(self, element: Any) -> Iterator[tuple[Any, int]]:
        """What an element holds: another one, or the number of a marked content (-1: neither)."""
        for number in range(min(self.pdfium.FPDF_StructElement_CountChildren(element), _MOST)):
            child = self.pdfium.FPDF_StructElement_GetChildAtIndex(element, number)
            if child:
                yield child, -1
            else:
                yield None, int(self.pdfium.FPDF_StructElement_GetChildMarkedContentID(element, number))

    def _type(self, element: Any) -> str:
        return _text(self.pdfium.FPDF_StructElement_GetType, element)

    def _alt(self, element: Any) -> str:
        return _text(self.pdfium.FPDF_StructElement_GetAltText, element)


def _text(ask: Any, element: Any) -> str:
    """What one of pdfium's questions is answered with: UTF-16 with a zero at the end."""
    size = int(ask(element, None, 0))
    if not 2 < size < 20_000:
        return ""
    buffer = (c_ushort * (size // 2))()
    ask(element, buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")
