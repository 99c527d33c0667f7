"""A tagged PDF to blocks: what each is, its tags say; how its letters make words and lines, the page does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from docgen.importing.pdf_lines import PdfLine, lines_in, word_gap
from docgen.importing.sentences import ends, joined
from docgen.readers.blocks import Block, Cell, Run, Sort
from docgen.readers.pdf import PdfPage, TaggedLetters
from docgen.structs import Struct, replace

_SORTS = {
    "heading": Sort.HEADING,
    "item": Sort.ITEM,
    "caption": Sort.CAPTION,
    "note": Sort.NOTE,
    "code": Sort.CODE,
    "cell": Sort.ROW,
    "figure": Sort.PICTURE,
}


AsRuns = Callable[[str, Sequence[PdfLine]], tuple[Run, ...]]
"""How the words of some lines become runs."""


class TaggedLines(Struct, frozen=True):
    """A block of a page by its tags, with its lines."""

    block: TaggedLetters
    page: int
    lines: tuple[PdfLine, ...]


def tagged_lines(pages: Sequence[PdfPage]) -> list[TaggedLines]:
    """The tagged blocks of all pages with their lines, in the order of the tags."""
    found = []
    for number, page in enumerate(pages):
        gap = word_gap(page)
        found += [TaggedLines(one, number, tuple(lines_in(one.letters, number, gap))) for one in page.blocks]
    return found


def tagged_blocks(
    found: Sequence[TaggedLines],
    said: Sequence[Sequence[str]],
    runs: AsRuns,
) -> list[Block]:
    """The blocks, given the repaired words of each one's lines and how words become runs."""
    return _gone_on(list(_made(found, said, runs)))


def _made(
    found: Sequence[TaggedLines],
    said: Sequence[Sequence[str]],
    runs: AsRuns,
) -> Iterator[Block]:
    cells: list[Cell] = []
    row = (-1, -1, -1)
    for one, lines in zip(found, said, strict=True):
        tag = one.block.tag
        words = joined(lines)
        if tag.sort == "cell":
            own = (one.page, tag.table, tag.row)
            if cells and own != row:
                yield _row(cells, row)
                cells = []
            row = own
            cells.append(Cell(words, is_head=tag.is_head))
            continue
        if cells:
            yield _row(cells, row)
            cells = []
        sort = _SORTS.get(tag.sort, Sort.PARAGRAPH)
        if sort is Sort.PICTURE:
            yield Block(sort=sort, runs=(Run(tag.alt),), page=one.page)
        if not words:
            continue
        sign = "".join(letters.text for letters in one.block.sign)
        own_runs = (Run(words),) if sort in (Sort.HEADING, Sort.CODE, Sort.CAPTION) else runs(words, one.lines)
        marker = (sign if sign[:1].isdigit() else "•") if sort is Sort.ITEM else ""
        shown = Sort.PARAGRAPH if sort is Sort.PICTURE else sort
        yield Block(sort=shown, runs=own_runs, level=tag.level, marker=marker, page=one.page)
    if cells:
        yield _row(cells, row)


def _row(cells: Sequence[Cell], place: tuple[int, int, int]) -> Block:
    page, table, _ = place
    return Block(sort=Sort.ROW, cells=tuple(cells), table=1000 * page + table, page=page)


def _gone_on(blocks: Sequence[Block]) -> list[Block]:
    """Blocks, with one that goes on over the end of a page in one piece, and the rows of a table that does in one
    table, which has its head once."""
    found: list[Block] = []
    heads: dict[int, Block] = {}
    now = -1  # the table that the rows of the last page belong to
    later = -1  # what it is called on this page
    for block in blocks:
        last = found[-1] if found else None
        if block.sort is not Sort.ROW:
            if last is not None and block.page == last.page + 1 and _goes_on(last, block):
                found[-1] = replace(last, runs=(*last.runs, Run(" "), *block.runs), page=block.page)
            else:
                found.append(block)
            continue
        over = last is not None and last.sort is Sort.ROW and block.page == last.page + 1
        if over and last is not None and len(last.cells) == len(block.cells):
            now, later = last.table, block.table
        if block.table == later:
            if block.cells == heads[now].cells:
                continue
            block = replace(block, table=now)
        heads.setdefault(block.table, block)
        found.append(block)
    return found


def _goes_on(held: Block, block: Block) -> bool:
    same = held.sort is block.sort and held.sort in (Sort.PARAGRAPH, Sort.ITEM)
    return same and not ends(held.text.strip()) and block.text[:1].islower()
