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
    CODE = "code"
    CAPTION = "caption"
    PICTURE = "picture"


class Run(Struct, frozen=True):
    """Words that look alike, and the address that they lead to, if they are a link; `note` is the mark of a note that
    stands there instead of words."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""
    note: str = ""


class Cell(Struct, frozen=True):
    """A cell of a row: its words, how many columns and rows it takes, and how its words look, where that is known."""

    text: str
    columns: int = 1
    rows: int = 1
    is_head: bool = False
    runs: tuple[Run, ...] = ()


class Block(Struct, frozen=True, kw_only=True):
    """A block. `level` is a heading's (1 is the highest) or how deep an item stands (0 is outermost); `marker` is an
    item's own sign or number, or a note's; `page` (from 0) and `line` (from 1) are where it begins in the file, and
    `table` is the number of a row's table (-1: none), and `notes` are those that its runs have marks of, with their
    words. A picture has what it shows as its words, and its bytes in `picture` where the file holds them."""

    sort: Sort
    runs: tuple[Run, ...] = ()
    level: int = 0
    marker: str = ""
    cells: tuple[Cell, ...] = ()
    table: int = -1
    page: int = 0
    line: int = 0
    notes: tuple[tuple[str, str], ...] = ()
    picture: bytes = b""

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
