"""One tree, three formats: the text is the same in all, document by document."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from docgen.structs import replace
from docgen.tree import document
from docgen.tree.document import Division, Role
from docgen.writers import formats
from docgen.writers.formats import Format
from tests.support.contents import judged_ids, tree_of, written
from tests.support.docx_reading import docx_texts
from tests.support.html_reading import html_texts
from tests.support.pdf_reading import pdf_texts

READ = {formats.PDF: pdf_texts, formats.DOCX: docx_texts, formats.HTML: html_texts}


def words(texts: list[str]) -> list[str]:
    """Each text without white space: a line's end is a space in one format and nothing in another."""
    return [bare for text in texts if (bare := "".join(text.split()))]


@pytest.mark.slow
@pytest.mark.parametrize("id", judged_ids())
@pytest.mark.parametrize("format", READ)
def test_the_text_is_the_trees(id: str, format: Format) -> None:
    expected = words(list(document.texts(tree_of(id))))
    assert len(expected) > 5
    found = words(READ[format](written(id, format)))
    assert found in (expected, words(list(_notes_before_back_cover(tree_of(id)))))


def _notes_before_back_cover(tree: document.Document) -> Iterator[str]:
    """Notes are at the end of the text, and a back cover is after it."""
    last = tuple(block for block in tree.blocks if isinstance(block, Division) and block.role is Role.BACK_COVER)
    yield from document.texts(replace(tree, blocks=tuple(block for block in tree.blocks if block not in last)))
    yield from document.texts(replace(tree, blocks=last, notes=()))
