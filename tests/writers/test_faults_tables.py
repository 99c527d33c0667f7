"""Tables, cards and pictures that do not fit on a page: nothing of them is lost in the PDF."""

from __future__ import annotations

import pytest

from docgen.tree.document import (
    Alignment,
    Block,
    Caption,
    CodeBlock,
    Division,
    Document,
    Figure,
    LineBreak,
    List,
    ListItem,
    Paragraph,
    Role,
    Table,
    TableCell,
    TableRow,
    Text,
)
from tests.support.pdf_reading import drawn_words
from tests.writers.test_pdf import one, write

WORDS = "Forvaltningen noterer bemærkningen og arbejder videre med den i den kommende tid. " * 6


def said(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def row(*cells: str) -> TableRow:
    return TableRow(tuple(TableCell((Text(cell),)) for cell in cells))


def table(header: tuple[str, ...], *rows: tuple[str, ...], alignments: str = "") -> Table:
    names = {"l": Alignment.LEFT, "r": Alignment.RIGHT, "c": Alignment.CENTER}
    columns = tuple(names[letter] for letter in alignments or "l" * len(header))
    return Table(header=row(*header), rows=tuple(row(*cells) for cells in rows), alignments=columns)


def missing(document: Document, *words: str) -> list[str]:
    """The words that no reader of the pages sees."""
    drawn = drawn_words(write(document))
    return [word for word in words if word not in drawn]


TALL_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="900"><rect width="200" height="900"/></svg>'
ENDS = tuple(f"SLUT{number}" for number in range(1, 9))
LINES = tuple(inline for number in range(90) for inline in (Text(f"l{number}"), LineBreak()))
TALL: dict[str, Block] = {
    "a table of few long rows": table(("Nr.", "Svar"), *((str(n), WORDS + end) for n, end in enumerate(ENDS))),
    "a row taller than a page": table(("Nr.", "Svar"), ("1", WORDS * 8 + " ".join(ENDS)), ("2", "x")),
    "a row of short text in narrow columns": table(
        tuple("ABCDEFGH"), tuple(f"{'svar ' * 100}{end}" for end in ENDS), *(("x",) * 8,) * 3
    ),
    "a card taller than a page": Division(
        role=Role.OVERVIEW,
        blocks=(List((ListItem((said("Kort"), said(WORDS * 10 + " ".join(ENDS)))),)),),
    ),
    "a short item of many lines": List((ListItem((Paragraph((*LINES, Text(" ".join(ENDS)))),)),)),
    "an item that is code": List((ListItem((CodeBlock("\n".join(["kode"] * 80 + list(ENDS))),)),)),
    "a card that is a list": Division(
        role=Role.OVERVIEW,
        blocks=(List((ListItem((said("Kort"), List(tuple(ListItem((said(w),)) for w in ("x",) * 80 + ENDS)))),)),),
    ),
    "a picture as tall as the page": Figure(TALL_SVG, "image/svg+xml", "Et tårn", Caption((Text(" ".join(ENDS)),))),
}


@pytest.mark.parametrize("block", TALL.values(), ids=TALL.keys())
def test_what_is_taller_than_a_page_is_drawn_to_its_end(block: Block) -> None:
    assert missing(one(said("Før."), block, said("Efter.")), *ENDS, "Efter.") == []
