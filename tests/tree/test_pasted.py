"""What is pasted into a text: rows from a spreadsheet as the tables that they are, and pictures without what is not
seen of them."""

from __future__ import annotations

import base64

import pytest

from docgen.structs import replace
from docgen.tree.document import Contents, Document, Heading, Inline, PageBreak, Paragraph, Text
from docgen.tree.page_starts import each_listed_begins_a_page
from docgen.tree.pasted import tables_of_tabs
from docgen.tree.picture_metadata import without_metadata
from tests.conftest import Golden
from tests.support.trees import every_node

PASTED = {
    "tal til højre": "Navn\t2025\t2026\nLøn\t1.000\t-5\nDrift\t–\t20,5",
    "ord til venstre": "Navn\tHvad\nA\tord\nB\t5",
    "en kolonne uden noget": "Navn\tHvad\nA\t\nB\t",
    "rykket ind": "Navn\tTal\nLøn\t1\n  Skoler\t2\n    Haller\t3\n  Veje\t4\n      Dybt\t5\n        Dybere\t6",
    "lodrette streger": "Navn\tHvad\nA|B\tord",
    "færre celler": "Navn\t2025\t2026\nI alt\nLøn\t1\t2\nSlut",
    "flere celler": "Navn\t2025\nLøn\t1\t2\nDrift\t3\t4",
    "hoved i to rækker": "\tBudget\t\tRegnskab\n\t2025\t2026\t\nLøn\t1\t2\t3",
    "hoved i to rækker med navn": "Navn\tBudget\t\nfor alle\t2025\t2026\nLøn\t1\t2",
    "beløb er intet hoved": "Navn\tBudget\t\nLøn\t5\t6\nDrift\t1\t2",
    "to rækker er intet hoved": "\tBudget\t\n\t2025\t2026",
    "en celle med linjer": 'Navn\tHvad\nA\t"en\n  to\ttre"\nB\tfire',
    "anførselstegn i en celle": 'Navn\tHvad\nA\t"han sagde ""ja"""\nB\t"et ord"',
    "anførselstegn i teksten": 'Han sagde "ja\nog nej" til det.',
    "anførselstegn uden slutning": 'Navn\tHvad\nA\t"en\nB\tto',
    "liste fra Word": "1.\tFørst\n2.\tSiden",
    "prikker fra Word": "•\tFørst\n•\tSiden",
    "liste med et navn": "1.\tFørst\nNavn\tSiden",
    "kode": "```\nA\tB\nC\tD\n```\nNavn\tTal\nA\t1",
    "hegn i hegn": "~~~\n```\nA\tB\n~~~\nA\tB\nC\tD",
    "noget imellem": "Navn\tTal\nA\t1\n\nTabel: Den anden\n\nNavn\tTal\nB\t2",
    "en kilde under": "Navn\tTal\nA\t1\nKilde: Regnskabet",
    "en lang linje under": "Navn\tTal\nA\t1\n" + "ord " * 16,
    "en kort linje imellem": "Navn\tTal\nA\t1\n" + "o" * 60 + "\nB\t2",
    "en for lang linje imellem": "Navn\tTal\nA\t1\n" + "o" * 61 + "\nB\t2",
    "én række": "Navn\tTal",
    "uden navne": "\t2025\n\t1",
    "kun tomme": "\t\n\t",
    "ingen": "Almindelig tekst\nog mere",
}  # fmt: skip


def test_rows_of_a_spreadsheet_become_tables(golden: Golden) -> None:
    golden("pasted.txt", "".join(f"## {name}\n{tables_of_tabs(text)}\n\n" for name, text in PASTED.items()))


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"{}>{}</svg>'
HOLDS = '<rect width="1"/>'
TELLS = {
    "a title": (SVG.format("", f"<title>navn</title>{HOLDS}"), HOLDS),
    "a description in a group": (SVG.format("", f"<g>{HOLDS}<desc>navn</desc></g>"), f"<g>{HOLDS}</g>"),
    "words after what goes": (SVG.format("", "<text>a<title>navn</title>b<tspan/><desc>x</desc>c</text>"),
                              "<text>ab<tspan/>c</text>"),
    "metadata": (SVG.format("", f"<metadata><x/></metadata>{HOLDS}"), HOLDS),
    "a comment": (SVG.format("", f"<!-- navn -->{HOLDS}"), HOLDS),
    "a comment before": (f"<!-- navn -->{SVG.format('', HOLDS)}", HOLDS),
    "a comment after": (f"{SVG.format('', HOLDS)}<!-- navn -->", HOLDS),
    "an instruction": (SVG.format("", f"<?navn x?>{HOLDS}"), HOLDS),
    "another program's element": (SVG.format(' xmlns:i="urn:i"', f"<i:x/>{HOLDS}"), HOLDS),
    "another program's attribute": (SVG.format(' xmlns:i="urn:i"', '<rect i:by="navn" width="1"/>'), HOLDS),
    "an attribute of data": (SVG.format("", '<rect data-by="navn" width="1"/>'), HOLDS),
    "an attribute for readers": (SVG.format("", '<rect aria-label="navn" width="1"/>'), HOLDS),
    "a comment in a style": (SVG.format("", "<style>a{b:c}/* navn */</style>"), "<style>a{b:c}</style>"),
    "a comment in a style that does not end": (SVG.format("", "<style>a{b:c}/* navn</style>"), "<style>a{b:c}</style>"),
    "a comment in an attribute": (SVG.format("", '<rect style="a:b/* navn */;c:d"/>'), '<rect style="a:b;c:d"/>'),
}  # fmt: skip


@pytest.mark.parametrize("name", TELLS)
def test_a_drawing_tells_only_what_is_drawn(name: str) -> None:
    given, left = TELLS[name]
    found = without_metadata(given.encode(), "image/svg+xml").decode()
    assert found == SVG.replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "").format("", left)


@pytest.mark.parametrize(
    "inside",
    [
        HOLDS, '<use xlink:href="#a"/>', '<text xml:space="preserve"> a </text>', "<style>a{b:c}</style>",
        '<g id="g"><path d="M0 0"/></g>',
    ],
)  # fmt: skip
def test_a_drawing_that_tells_nothing_is_the_same_bytes(inside: str) -> None:
    data = SVG.format("", inside).encode()
    assert without_metadata(data, "image/svg+xml") == data


def test_a_picture_inside_a_drawing_is_cleaned_too() -> None:
    inner = SVG.format("", f"<title>navn</title>{HOLDS}").encode()
    given = SVG.format("", f'<image xlink:href="data:image/svg+xml;base64,{base64.b64encode(inner).decode()}"/>')
    found = without_metadata(given.encode(), "image/svg+xml").decode()
    clean = base64.b64encode(without_metadata(inner, "image/svg+xml")).decode()
    assert f'xlink:href="data:image/svg+xml;base64,{clean}"' in found
    assert b"navn" not in base64.b64decode(clean)


# -- contents and pages -------------------------------------------------------------------------------------------


def of(*blocks: object) -> Document:
    return replace(every_node(), blocks=blocks, notes=())


WORDS: tuple[Inline, ...] = (Text("ord"),)
ONE, TWO, THREE = (Heading(level, WORDS) for level in (1, 2, 3))
LISTED = Contents("Indhold", depth=2)
STARTS = {
    "each begins a page": (True, (LISTED, PageBreak(), ONE, Paragraph(WORDS), PageBreak(), TWO, THREE)),
    "no contents": (False, (PageBreak(), ONE)),
    "none is listed": (True, (LISTED, Paragraph(WORDS), THREE)),
    "the first has no break": (False, (LISTED, ONE)),
    "the second has no break": (False, (LISTED, PageBreak(), ONE, TWO)),
    "something stands before it": (False, (LISTED, PageBreak(), Paragraph(WORDS), ONE)),
}


@pytest.mark.parametrize("name", STARTS)
def test_page_numbers_are_the_same_where_each_that_is_listed_begins_a_page(name: str) -> None:
    expected, blocks = STARTS[name]
    assert each_listed_begins_a_page(of(*blocks)) is expected
