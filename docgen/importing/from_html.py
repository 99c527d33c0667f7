"""A saved web page to blocks: a line break in a paragraph is a new paragraph where a heading stood in it."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.importing.read import Read
from docgen.importing.sentences import ends
from docgen.readers.blocks import Block, Run, Sort
from docgen.readers.html import read_html

_LONGEST_HEADING = 80


def read_html_blocks(name: str, data: bytes) -> Read:
    """What a page holds. Raises ContentError where it cannot be read."""
    page = read_html(name, data)
    blocks = [one for block in page.blocks for one in _parted(block)]
    said = " ".join(" ".join(cell.text for cell in block.cells) or block.text for block in blocks)
    titles = [block.text for block in blocks if block.sort is Sort.HEADING and block.level == 1]
    left_out = tuple(f"billede: {one}" for one in page.pictures)
    return Read(
        blocks=tuple(blocks),
        title=" ".join((titles[0] if titles else page.title).split()),
        left_out=left_out,
        words=len(said.split()),
        letters=said,
    )


def _parted(block: Block) -> Iterator[Block]:
    """A paragraph that has a heading as its first line, as two: short, without a stop, and a capital after it. Any
    other line break is one of the page's."""
    if block.sort is not Sort.PARAGRAPH or "\n" not in block.text:
        yield _joined(block, block.runs)
        return
    first, _, rest = block.text.strip().partition("\n")
    first, rest = " ".join(first.split()), rest.strip()
    if (
        first
        and rest
        and len(first) <= _LONGEST_HEADING
        and not ends(first)
        and rest[:1].isupper()
        and len(rest) > len(first)
    ):
        yield Block(sort=Sort.HEADING, runs=(Run(first),), level=3, line=block.line)
        yield Block(sort=Sort.PARAGRAPH, runs=(Run(" ".join(rest.split())),), line=block.line)
        return
    yield _joined(block, block.runs)


def _joined(block: Block, runs: tuple[Run, ...]) -> Block:
    said = tuple(Run(run.text.replace("\n", " "), run.bold, run.italic, run.code, run.link) for run in runs)
    return Block(
        sort=block.sort,
        runs=said,
        level=block.level,
        marker=block.marker,
        cells=block.cells,
        table=block.table,
        page=block.page,
        line=block.line,
    )
