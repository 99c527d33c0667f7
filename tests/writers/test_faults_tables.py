"""Tables, cards and pictures that do not fit on a page: nothing of them is lost in the PDF."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from lxml import etree

from docgen import pipeline
from docgen.problems import WriterError
from docgen.project import Project
from docgen.tree.document import (
    Alignment,
    Block,
    Caption,
    Code,
    CodeBlock,
    Division,
    Document,
    FieldRow,
    FieldTable,
    Figure,
    Heading,
    LineBreak,
    List,
    ListItem,
    Paragraph,
    Role,
    Table,
    TableCell,
    TableRow,
    Text,
    Title,
    plain_text,
    walk,
)
from docgen.writers import formats
from docgen.writers.formats import Format, Writing
from tests.support.contents import repository
from tests.support.pdf_reading import drawn_words
from tests.writers.test_pdf import one, write

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMES = {"w": W.strip("{}")}
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


# -- the same labels in all formats -----------------------------------------------------------------------------


def items(*blocks: Block, ordered: bool = True) -> List:
    return List((ListItem(blocks),), ordered=ordered)


def test_inner_points_have_the_same_labels_in_all_formats() -> None:
    """A numbered list's labels are decided by the numbered lists around it, not by the bullets."""
    deepest = items(said("dybest"))
    tree = one(items(said("ét"), items(said("kugle"), items(said("to"), items(said("tre"), deepest)), ordered=False)))
    shown = drawn_words(write(tree))
    assert [shown[shown.index(word) - 1] for word in ("ét", "to", "tre", "dybest")] == ["1.", "a.", "i.", "1."]
    page = written(tree, formats.HTML).decode()
    assert re.findall(r'<ol(?: type="(.)")?', page) == ["", "a", "i", ""]
    assert docx_labels(written(tree, formats.DOCX)) == ["decimal", "bullet", "lowerLetter", "lowerRoman", "decimal"]


def written(tree: Document, format: Format) -> bytes:
    project = repository()
    files = project.template_files
    return format.begin(Writing(tree, project.theme, files, lambda: b"{}", project.font_directories))()


def docx_labels(data: bytes) -> list[str]:
    """The number format of each paragraph in a list of a Word file (ECMA-376 §17.9)."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body: Any = etree.fromstring(archive.read("word/document.xml"))
        numbering: Any = etree.fromstring(archive.read("word/numbering.xml"))
    found: list[Any] = []
    for properties in body.iter(W + "numPr"):
        level, number = (str(value) for value in properties.xpath("*/@w:val", namespaces=NAMES))
        instance = f"w:num[@w:numId='{number}']"
        own = numbering.xpath(f"{instance}/w:lvlOverride[@w:ilvl='{level}']/w:lvl/w:numFmt/@w:val", namespaces=NAMES)
        (abstract,) = numbering.xpath(f"{instance}/w:abstractNumId/@w:val", namespaces=NAMES)
        path = f"w:abstractNum[@w:abstractNumId='{abstract}']/w:lvl[@w:ilvl='{level}']/w:numFmt/@w:val"
        found += own or numbering.xpath(path, namespaces=NAMES)
    return found


# -- what a table may hold --------------------------------------------------------------------------------------


def built(text: str) -> Document:
    body = "".join(f"      {line}\n" for line in text.split("\n"))
    guide = (
        "title: Prøve\nsummary: En prøve.\nversion: '1.0'\nstatus: til orientering\ndate: '2026-11-23'\nchapters:\n"
        f"- id: kap\n  title: Kapitel\n  sections:\n  - id: afs\n    title: Afsnit\n    text: |\n{body}"
    )
    project = repository()
    files = {**project.content_files, "guides/prove.yaml": guide.encode()}
    made = Project(files, project.template_files, project.font_directories)
    return pipeline.build_tree(made, "guide/prove")


def test_a_cell_may_have_two_lines() -> None:
    (found,) = [n for n in walk(built("| Post | Ansvar |\n|:--|:--|\n| A<br>B<BR/>C | x |")) if isinstance(n, Table)]
    assert plain_text(found.rows[0].cells[0].children) == "A\nB\nC"


@pytest.mark.parametrize("lead", ["1. Se:\n\n   ", "- Se:\n\n  ", "> Se:\n>\n> "])
def test_a_table_may_stand_in_an_item_or_a_quotation(lead: str) -> None:
    rows = ("| A | B |", "|---|---|", "| 1 | to |")
    inner = lead.rsplit("\n", 1)[-1]
    tree = built(lead + ("\n" + inner).join(rows))
    (found,) = [node for node in walk(tree) if isinstance(node, Table)]
    assert [plain_text(cell.children) for cell in found.rows[0].cells] == ["1", "to"]


# -- what is too wide -------------------------------------------------------------------------------------------

NAMES_OF_ADMINISTRATIONS = (
    "Beskæftigelses- og Integrationsforvaltningen",
    "Børne- og Ungdomsforvaltningen",
    "Økonomiforvaltningen",
)
BUDGET = table(
    ("Kroner i 1.000", *(str(year) for year in range(2023, 2029)), "I alt"),
    *((name, *("1.234.567",) * 6, "12.345.678") for name in NAMES_OF_ADMINISTRATIONS),
    alignments="lrrrrrrr",
)


def test_a_budget_with_six_years_and_a_total_is_drawn_with_whole_figures() -> None:
    assert missing(one(BUDGET), "1.234.567", "12.345.678", "2028") == []


@pytest.mark.parametrize("columns", range(1, 8))
@pytest.mark.parametrize("alignment", "lrc")
def test_words_in_many_columns_lie_in_their_own(columns: int, alignment: str) -> None:
    """`written` proves that no text lies over another and none outside the page."""
    header = tuple(f"Ekstraordinær {n}" for n in range(columns))
    rows = tuple((name,) * columns for name in NAMES_OF_ADMINISTRATIONS)
    written(one(table(header, *rows, alignments=alignment * columns)), formats.PDF)


def test_a_table_that_cannot_fit_says_how_many_columns_do() -> None:
    wide = table(("A",) * 30, ("1.234.567",) * 30, alignments="r" * 30)
    with pytest.raises(WriterError, match=r"30 kolonner.*plads til de første \d+;"):
        written(one(wide), formats.PDF)


@pytest.mark.parametrize(
    "word", ["Kommunikationsmedarbejdervejledning" * 3, "https://eksempel.dk/" + "sti-til_noget/" * 12]
)
def test_a_word_wider_than_its_line_is_divided(word: str) -> None:
    tree = one(
        Title(children=(Text(word),)),
        Heading(level=1, children=(Text(word),), anchor="a"),
        said(f"Se {word} her"),
        List((ListItem((said(word),)),)),
        table(("Navn", "Ord"), ("x", word)),
        FieldTable(fields=(FieldRow(label=(Text("Sted"),), value=(Text(word),)),)),
    )
    assert written(tree, formats.PDF)


def test_a_bar_in_the_code_of_a_cell_has_no_backslash() -> None:
    """A bar ends a cell, so that it is typed as `\\|`, also in code (GitHub Flavored Markdown, 4.10, example 200)."""
    (found,) = [n for n in walk(built("| Filter |\n|:--|\n| `navn \\| genitiv` |")) if isinstance(n, Table)]
    assert plain_text(found.rows[0].cells[0].children) == "navn | genitiv"


@pytest.mark.parametrize("code", ["enumerate(conjunction='og')" * 3, "abcdefgh" * 9])
def test_code_that_is_wider_than_its_column_is_divided(code: str) -> None:
    row = tuple(TableCell((Code(code),)) for _ in range(4))
    names = TableRow(tuple(TableCell((Text("Navn"),)) for _ in row))
    written(one(Table(header=names, rows=(TableRow(row),), alignments=(Alignment.LEFT,) * 4)), formats.PDF)
