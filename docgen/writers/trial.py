"""Whether a document must be written to know that it can be, and everything that its formats refuse in one round."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from docgen.content.characters import refused_characters
from docgen.problems import Origin, Problem, WriterError
from docgen.structs import replace
from docgen.tree import document as tree
from docgen.tree.document import Block, Document, Figure, Table, texts, walk
from docgen.writers.html.problems import problems_of
from docgen.writers.text_widths import SPACES

# ASCII, Latin letters with their accents, and the signs of Danish typography: every font of documents has these.
_UNCERTAIN = re.compile("[^\\t\\n\\x20-\\x7e\\xa0-\\u017f‐-–—‘’“”„•…€−≤≥]")
_SAFE_WIDTH = 60
"""So many letters have room beside each other on any page: the longest word of each column, and what is around it."""
_BESIDE = 3
_SAFE_HEAD = 600
"""So many letters of a column's name have room in a table of one column; half of it where there are two, and so on."""
_MOST_ROUNDS = 20


def may_be_refused(document: Document) -> bool:
    """Whether a document has a picture, a wide table, a sign that a font may lack, or what no page may have."""
    return (
        any(isinstance(node, Figure) or (isinstance(node, Table) and _is_wide(node)) for node in walk(document))
        or any(map(_UNCERTAIN.search, texts(document)))
        or any(True for _ in problems_of(document))
        or any(
            after > before + 1
            for before, after in pairwise([0, *(heading.level for heading in tree.headings(document))])
        )
    )


def refusals(document: Document, write: Callable[[Document], object]) -> Iterator[Problem]:
    """Everything that a writer refuses: what it names is taken out, and the rest is tried again."""
    for _ in range(_MOST_ROUNDS):
        if not document.blocks:  # nothing is left that could be refused, and of nothing no page is made
            return
        try:
            write(document)
        except WriterError as error:
            yield from error.problems
            rest = _without(document, {problem.origin for problem in error.problems})
            if rest == document:
                return
            document = rest
        else:
            return


def without_signs(document: Document) -> Document:
    """A document without the blocks that have signs which no font has: these are told of already."""
    places = {
        node.origin
        for node in walk(document)
        for inner in (node, *tree.child_blocks(node))
        if any(True for text in tree.own_texts(inner) for _ in refused_characters(text))
    }
    return _without(document, places) if places else document


def _is_wide(table: Table) -> bool:
    """Whether a table's longest words could be too many for a page, whatever its type, or its head too tall."""
    heads = (table.header, *table.subheaders)
    columns = len(table.alignments)
    if any(len(tree.plain_text(cell.children)) * columns > _SAFE_HEAD for row in heads for cell in row.cells):
        return True
    rows = [[tree.plain_text(cell.children) for cell in row.cells] for row in (table.header, *table.rows)]
    longest = (
        max((len(word) for text in column for word in SPACES.split(text)), default=0)
        for column in zip(*rows, strict=False)
    )
    return sum(length + _BESIDE for length in longest) > _SAFE_WIDTH


def _without(document: Document, places: set[Origin]) -> Document:
    """A document without the blocks that stand at some places."""

    def kept(block: Block) -> bool:
        return block.origin not in places or not isinstance(block, Table | Figure | tree.Paragraph | tree.Heading)

    def mapped(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(inside(block) for block in blocks if kept(block))

    def inside(block: Block) -> Block:
        match block:
            case tree.Division() | tree.Quote():
                return replace(block, blocks=mapped(block.blocks))
            case tree.List():
                items = tuple(replace(item, blocks=mapped(item.blocks)) for item in block.items)
                return replace(block, items=tuple(item for item in items if item.blocks))
            case _:
                return block

    return replace(document, blocks=mapped(document.blocks))
