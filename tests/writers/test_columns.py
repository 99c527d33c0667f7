"""Sections in two columns: divided where both become shortest, and running over where they would not fit the page."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.tree.document import Block, Division, Document, Heading, Paragraph, Role, Text
from docgen.writers import formats
from docgen.writers.pdf.heights import Room, split_of
from tests.random_documents.generator import PLACE
from tests.support.effort import tries
from tests.support.pdf_lines import Line, paragraphs
from tests.writers.test_faults_tables import written
from tests.writers.test_pdf import one

SENTENCE = "Udvalget følger sagen og får en status hvert kvartal. "


def section(name: str, sentences: int) -> tuple[Block, ...]:
    heading = Heading(1, (Text(f"Afsnit {name}"),), origin=PLACE)
    return heading, Paragraph((Text(f"Ord {name}: {SENTENCE * sentences}"),), origin=PLACE)


def in_columns(*sentences: int, before: int = 0) -> Document:
    """A document with sections of so many sentences in two columns, under so many paragraphs in one."""
    above = [Paragraph((Text(f"Foran står {SENTENCE * 3}"),), origin=PLACE) for _ in range(before)]
    blocks = [block for number, some in enumerate(sentences) for block in section("ABCDEFG"[number], some)]
    return one(*above, Division(Role.COLUMNS, tuple(blocks), origin=PLACE))


def lines(document: Document) -> dict[str, Line]:
    """The first line that begins with each two words."""
    found: dict[str, Line] = {}
    for paragraph in paragraphs(written(document, formats.PDF)):
        found.setdefault(" ".join(paragraph[0].text.split(" ")[:2]), paragraph[0])
    return found


@pytest.mark.parametrize(
    ("sentences", "split"),
    [((), 0), ((5,), 0), ((5, 5), 1), ((20, 5, 5), 1), ((5, 5, 20), 2), ((5, 5, 5, 5), 2), ((2, 2, 2, 9, 2), 3)],
)
def test_the_longer_column_is_as_short_as_can_be(sentences: tuple[int, ...], split: int) -> None:
    (division,) = in_columns(*sentences).blocks
    assert isinstance(division, Division)
    assert split_of(division.blocks, Room(18.0, 60.0)) == split


def test_two_columns_begin_beside_each_other() -> None:
    found = lines(in_columns(6, 4, 9))
    first, second, third = (found[f"Ord {name}:"] for name in "ABC")
    assert first.column[:2] == second.column[:2] != third.column[:2]
    assert first.letters[0].base == pytest.approx(third.letters[0].base, abs=0.1)


def test_what_does_not_fit_the_page_runs_over() -> None:
    found = lines(in_columns(30, 30, 30, before=6))
    first, second, third = (found[f"Ord {name}:"] for name in "ABC")
    assert first.page == 0
    assert (second.page, third.page) == (0, 1) or second.page == 1


@settings(max_examples=tries(12), deadline=None)
@given(sentences=st.lists(st.integers(1, 40), min_size=1, max_size=5), before=st.integers(0, 12))
def test_no_word_is_lost_wherever_columns_begin(sentences: list[int], before: int) -> None:
    assert written(in_columns(*sentences, before=before), formats.PDF)  # its proof raises where one is
