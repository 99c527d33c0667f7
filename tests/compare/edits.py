"""Pairs of documents: one at random, and the same after some edits, as a colleague makes them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hypothesis import strategies as st

from docgen.structs import replace
from docgen.tree.document import Block, Document, Inline, List, ListItem, Paragraph, Strong, Table, TableRow, Text
from tests.random_documents.generator import PARAGRAPHS, documents, inlines

_NEW = st.one_of(
    PARAGRAPHS,
    st.lists(PARAGRAPHS, min_size=1, max_size=3).map(
        lambda found: List(items=tuple(ListItem(blocks=(one,)) for one in found))
    ),
)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Document, Document]:
    """A document and what became of it: two that have nothing in common, or one with 1 to 12 edits."""
    old = draw(documents())
    if draw(st.integers(0, 5)) == 0:
        return old, draw(documents())
    blocks = list(old.blocks)
    for _ in range(draw(st.integers(1, 12))):
        _edit(draw, blocks)
    return old, replace(old, blocks=tuple(blocks))


def _edit(draw: st.DrawFn, blocks: list[Block]) -> None:
    at = draw(st.integers(1, max(1, len(blocks) - 1)))
    what = draw(st.sampled_from(("new", "gone", "moved", "words", "words", "row", "bold")))
    if what == "new" or at >= len(blocks):
        blocks.insert(at, draw(_NEW))
    elif what == "gone" and len(blocks) > 2:
        del blocks[at]
    elif what == "moved":
        block = blocks.pop(at)
        blocks.insert(draw(st.integers(1, max(1, len(blocks)))), block)
    else:
        blocks[at] = _changed(draw, blocks[at], what)


def _changed(draw: st.DrawFn, block: Block, what: str) -> Block:
    match block:
        case Paragraph(children=children) if what == "bold":
            return replace(
                block,
                children=(Strong((children[0],)) if isinstance(children[0], Text) else children[0], *children[1:]),
            )
        case Paragraph(children=children):
            return replace(block, children=_reworded(draw, children))
        case Table(rows=rows) if rows:
            at = draw(st.integers(0, len(rows) - 1))
            if what == "row" and len(rows) > 1 and _is_even(rows):
                return replace(block, rows=(*rows[:at], *rows[at + 1 :]))
            cells = rows[at].cells
            cell = replace(cells[-1], children=_reworded(draw, cells[-1].children))
            return replace(block, rows=(*rows[:at], replace(rows[at], cells=(*cells[:-1], cell)), *rows[at + 1 :]))
        case _:
            return block


def _is_even(rows: Sequence[TableRow]) -> bool:
    """Whether no cell takes several rows: of one that does, a row alone cannot go, and no Markdown table is so."""
    return all(cell.rows == 1 for row in rows for cell in row.cells)


def _reworded(draw: st.DrawFn, line: tuple[Inline, ...]) -> tuple[Inline, ...]:
    if not line or not isinstance(line[0], Text):
        return draw(inlines(st.just("andre ord")))
    words = re.split(r"(\s+)", line[0].text)
    at = draw(st.integers(0, len(words) - 1))
    words[at] = draw(st.sampled_from(("andet", "11,7", "12,5 mia. kr.", "1. maj 2026", "§ 12", "", "og mere til")))
    text = "".join(words)
    return (Text(text if text.strip() else "tomt"), *line[1:])
