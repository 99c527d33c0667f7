"""A saved web page to blocks: a line break in a paragraph is a new paragraph where a heading stood in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.importing.markdown import in_lines
from docgen.importing.read import Read
from docgen.importing.sentences import ends
from docgen.readers.blocks import Block, Run, Sort
from docgen.readers.html import read_html
from docgen.structs import replace

_LONGEST_HEADING = 80


def read_html_blocks(name: str, data: bytes) -> Read:
    """What a page holds. Raises ContentError where it cannot be read."""
    page = read_html(name, data)
    blocks = [one for block in page.blocks for one in _parted(block)]
    said = " ".join(
        " ".join(cell.text for cell in block.cells) or block.text for block in blocks if block.sort is not Sort.PICTURE
    )
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
    for line in in_lines(block, _goes_on):
        yield _joined(line, line.runs)


_LABEL = re.compile(r"[A-ZÆØÅ][\wæøå ]{2,24}:")


def _goes_on(before: str, line: str) -> bool:
    """Whether a line of a paragraph goes on with the sentence before it: then its break is one of the page's."""
    return not ends(before.strip()) and _LABEL.match(line.strip()) is None


def _joined(block: Block, runs: tuple[Run, ...]) -> Block:
    if block.sort is Sort.CODE:
        return block
    return replace(block, runs=tuple(replace(run, text=run.text.replace("\n", " ")) for run in runs))
