"""The tables of a file, and where they stand: under which headings, with which caption."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.importing.markdown import clean
from docgen.readers.blocks import Block, Sort
from docgen.structs import Struct


class Table(Struct, frozen=True):
    """A table as a grid of words: a cell that takes several columns or rows has its words in each. `caption` stands
    above it."""

    rows: tuple[tuple[str, ...], ...]
    caption: str = ""

    @property
    def head(self) -> tuple[str, ...]:
        """Its first row."""
        return self.rows[0]

    @property
    def body(self) -> tuple[tuple[str, ...], ...]:
        """The other rows."""
        return self.rows[1:]

    def column(self, *words: str) -> int:
        """The first column whose head has one of some words, in small letters; -1: none."""
        for word in words:
            for at, head in enumerate(self.head):
                if word in head.lower():
                    return at
        return -1


class Part(Struct, frozen=True):
    """What stands under a heading until the next one, and the headings that it is under, the highest first."""

    title: str
    above: tuple[str, ...]
    level: int
    blocks: tuple[Block, ...]

    @property
    def tables(self) -> list[Table]:
        """Its tables, in order."""
        return tables_of(self.blocks)

    @property
    def text(self) -> tuple[Block, ...]:
        """What of it is no table."""
        return tuple(block for block in self.blocks if block.sort not in (Sort.ROW, Sort.CAPTION, Sort.PICTURE))


def parts_of(blocks: Sequence[Block]) -> list[Part]:
    """The parts of a file; the first is what stands before any heading, and has no title."""
    found = [Part("", (), 0, ())]
    above: list[tuple[int, str]] = []
    held: list[Block] = []

    def close() -> None:
        found[-1] = Part(found[-1].title, found[-1].above, found[-1].level, tuple(held))
        held.clear()

    for block in blocks:
        if block.sort is not Sort.HEADING:
            held.append(block)
            continue
        close()
        above = [one for one in above if one[0] < block.level]
        title = clean(block.text)
        found.append(Part(title, tuple(name for _, name in above), block.level, ()))
        above.append((block.level, title))
    close()
    return found


def tables_of(blocks: Sequence[Block]) -> list[Table]:
    """The tables among some blocks."""
    found = []
    caption = ""
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if block.sort is not Sort.ROW:
            caption = clean(block.text) if block.sort is Sort.CAPTION else ""
            at += 1
            continue
        end = at
        while end < len(blocks) and blocks[end].sort is Sort.ROW and blocks[end].table == block.table:
            end += 1
        found.append(Table(tuple(_grid(blocks[at:end])), caption))
        caption, at = "", end
    return found


def _grid(rows: Sequence[Block]) -> Iterator[tuple[str, ...]]:
    taken: dict[tuple[int, int], str] = {}
    lines: list[list[str]] = []
    for number, row in enumerate(rows):
        line: list[str] = []
        for cell in row.cells:
            while (number, len(line)) in taken:
                line.append(taken[number, len(line)])
            words = clean(cell.text)
            for down in range(1, max(cell.rows, 1)):
                taken |= {(number + down, len(line) + across): words for across in range(max(cell.columns, 1))}
            line += [words] * max(cell.columns, 1)
        while (number, len(line)) in taken:
            line.append(taken[number, len(line)])
        lines.append(line)
    width = max((len(line) for line in lines), default=0)
    for line in lines:
        yield tuple(line + [""] * (width - len(line)))
