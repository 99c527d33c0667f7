"""One tree, three formats: the text is the same in all, document by document."""

from __future__ import annotations

import pytest

from docgen.tree import document
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


@pytest.mark.parametrize("id", judged_ids())
@pytest.mark.parametrize("format", READ)
def test_the_text_is_the_trees(id: str, format: Format) -> None:
    expected = words(list(document.texts(tree_of(id))))
    assert len(expected) > 5
    assert words(READ[format](written(id, format))) == expected
