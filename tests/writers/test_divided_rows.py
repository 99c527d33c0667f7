"""Rows whose cells are divided between pages, side by side: every word is found, and one that is lost is told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.structs import replace
from docgen.tree.document import Alignment, Document, Paragraph, Table, TableCell, TableRow, Text
from docgen.writers import formats
from docgen.writers.pdf.proof import find_faults
from docgen.writers.trial import refusals
from tests.random_documents.generator import PLACE
from tests.support.contents import repository
from tests.support.effort import tries
from tests.writers.test_faults_tables import written
from tests.writers.test_pdf import one

WORDS = ("og", "31. december", "speciallægepraksisplanlægningssamarbejdsudvalg", "”citat”", "SKI-aftale", "-40,5")
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join)


def cell(text: str) -> TableCell:
    return TableCell((Text(text),), origin=PLACE)


@st.composite
def divided(draw: st.DrawFn) -> Document:
    """Some rows of long cells, the same again and again."""
    columns = draw(st.integers(2, 6))
    texts = draw(st.lists(st.lists(TEXTS, min_size=columns, max_size=columns), min_size=1, max_size=3))
    rows = [TableRow(tuple(map(cell, row)), origin=PLACE) for row in texts * draw(st.integers(2, 6))]
    head = TableRow(tuple(cell(f"Navn {n}") for n in range(columns)), origin=PLACE)
    return one(Table(head, tuple(rows), (Alignment.LEFT,) * columns, origin=PLACE))


@settings(max_examples=tries(10), deadline=None)
@given(document=divided())
def test_cells_that_are_divided_side_by_side_are_all_found_and_one_too_few_is_told(document: Document) -> None:
    told = [problem.message for problem in refusals(document, lambda found: written(found, formats.PDF))]
    assert all("er for brede til siden" in message for message in told)
    if told:
        return
    data = written(document, formats.PDF)
    (table,) = document.blocks
    assert isinstance(table, Table)
    again = " ".join(inline.text for inline in table.rows[0].cells[0].children if isinstance(inline, Text))
    more = replace(document, blocks=(table, Paragraph((Text(f"{again} og mere"),), origin=PLACE)))
    theme = repository().theme
    assert find_faults(data, [document], theme) == []
    assert ["kommer ikke med" in problem.message for problem in find_faults(data, [more], theme)] == [True]


@pytest.mark.slow
def test_such_rows_are_found_by_their_tags() -> None:
    texts = (" ".join(WORDS * 6), " ".join(WORDS[::-1] * 7), " ".join(WORDS[1:] * 8), " ".join(WORDS[2:] * 9))
    row = TableRow(tuple(map(cell, texts)), origin=PLACE)
    head = TableRow(tuple(cell(f"Navn {n}") for n in range(4)), origin=PLACE)
    assert written(one(Table(head, (row,) * 12, (Alignment.RIGHT,) * 4, origin=PLACE)), formats.PDF)
