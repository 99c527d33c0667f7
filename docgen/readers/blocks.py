"""What a file from elsewhere holds, whatever it is: headings, paragraphs, items and rows of tables, in order."""

from __future__ import annotations

from enum import StrEnum

from docgen.structs import Struct


class Sort(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    NOTE = "note"


class Run(Struct, frozen=True):
    """Words that look alike, and the address that they lead to, if they are a link."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""


class Cell(Struct, frozen=True):
    """A cell of a row: its words, and how many columns and rows it takes."""

    text: str
    columns: int = 1
    rows: int = 1
    is_head: bool = False


class Block(Struct, frozen=True, kw_only=True):
    """A block. `level` is a heading's (1 is the highest) or how deep an item stands (0 is outermost); `marker` is an
    item's own sign or number, or a note's; `page` (from 0) and `line` (from 1) are where it begins in the file, and
    `table` is the number of a row's table (-1: none)."""

    sort: Sort
    runs: tuple[Run, ...] = ()
    level: int = 0
    marker: str = ""
    cells: tuple[Cell, ...] = ()
    table: int = -1
    page: int = 0
    line: int = 0

    @property
    def text(self) -> str:
        """Its words, without how they look."""
        return "".join(run.text for run in self.runs)

    @property
    def is_bold(self) -> bool:
        """Whether all of its words are bold."""
        said = [run for run in self.runs if run.text.strip()]
        return bool(said) and all(run.bold for run in said)


def plain_block(sort: Sort, text: str, *, level: int = 0, page: int = 0, line: int = 0, marker: str = "") -> Block:
    """A block whose words all look alike."""
    return Block(sort=sort, runs=(Run(text),), level=level, page=page, line=line, marker=marker)
