"""Tables, cards and pictures that do not fit on a page: nothing of them is lost in the PDF."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pypdf import PdfReader

from docgen import pipeline
from docgen.problems import ContentError, WriterError
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
from docgen.writers.trial import may_be_refused, refusals
from tests.support.contents import repository
from tests.support.effort import tries
from tests.support.pdf_reading import drawn_words, pdf_elements
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
    with zipfile.ZipFile(io.BytesIO(written(one(BUDGET), formats.DOCX))) as archive:
        assert b"landscape" not in archive.read("word/document.xml")


@pytest.mark.slow
@pytest.mark.parametrize("columns", range(1, 8))
@pytest.mark.parametrize("alignment", "lrc")
def test_words_in_many_columns_lie_in_their_own(columns: int, alignment: str) -> None:
    """`written` proves that no text lies over another and none outside the page."""
    header = tuple(f"Ekstraordinær {n}" for n in range(columns))
    rows = tuple((name,) * columns for name in NAMES_OF_ADMINISTRATIONS)
    written(one(table(header, *rows, alignments=alignment * columns)), formats.PDF)


def test_a_table_that_needs_a_wider_page_gets_one_in_the_pdf_and_in_word() -> None:
    wide = table(("Navn", *("Budget",) * 12), ("Økonomiforvaltningen", *("1.234.567",) * 12), alignments="l" + "r" * 12)
    tree = one(said("Før."), wide, said("Efter."))
    pages = PdfReader(io.BytesIO(written(tree, formats.PDF))).pages
    assert [float(page.mediabox.width) > float(page.mediabox.height) for page in pages] == [False, True, False]
    assert len(PdfReader(io.BytesIO(written(one(wide), formats.PDF))).pages) == 1
    with zipfile.ZipFile(io.BytesIO(written(tree, formats.DOCX))) as archive:
        body = archive.read("word/document.xml").decode()
    assert re.findall(r'<w:pgSz [^>]*?(landscape)?"/>', body) == ["", "landscape", ""]
    first, *others = re.findall(r"<w:sectPr>.*?</w:sectPr>", body)
    assert "footerReference" in first
    assert not any("footerReference" in other for other in others)


@pytest.mark.parametrize("kept", ["1.234.567 )kommentar", "(  1.234.567 pr. år", "pr. måned /forvaltning", "a b !c ;d"])
def test_a_line_is_not_said_to_end_where_it_does_not(kept: str) -> None:
    """UAX 14 has no break before a closing sign or after an opening one, even where there is a space."""
    cells = (kept, "§ 12, stk. 5 H₂O", "speciallægepraksisplanlægningssamarbejdsudvalg")
    written(one(table((*cells, *cells), ("1", "2", "3", "4", "5", "6"))), formats.PDF)


def test_the_source_of_a_table_stands_on_its_wide_page() -> None:
    wide = table(("Navn", *("Budget",) * 12), ("Økonomiforvaltningen", *("1.234.567",) * 12), alignments="l" + "r" * 12)
    tree = one(said("Før."), wide, Division(Role.CAPTION, (said("Kilde: regnskabet."),)), said("Efter."))
    pages = PdfReader(io.BytesIO(written(tree, formats.PDF))).pages
    assert ["Kilde: regnskabet." in page.extract_text() for page in pages] == [False, True, False]
    with zipfile.ZipFile(io.BytesIO(written(tree, formats.DOCX))) as archive:
        body = archive.read("word/document.xml").decode()
    before, inside, after = re.split(r"<w:sectPr>.*?</w:sectPr>", body)[:3]
    assert ["Kilde" in part for part in (before, inside, after)] == [False, True, False]


def test_page_numbers_stand_at_the_right_edge_of_pages_that_lie_too() -> None:
    with zipfile.ZipFile(io.BytesIO(written(one(said("Tekst.")), formats.DOCX))) as archive:
        footers = [archive.read(name).decode() for name in archive.namelist() if "footerRunning" in name]
    assert footers
    assert all('w:relativeTo="margin" w:alignment="right"' in footer for footer in footers)


@pytest.mark.parametrize("format", [formats.PDF, formats.DOCX])
def test_a_table_that_cannot_fit_says_how_many_columns_do(format: Format) -> None:
    wide = table(("A",) * 30, ("1.234.567",) * 30, alignments="r" * 30)
    with pytest.raises(WriterError, match=r"30 kolonner.*plads til de første \d\d;"):
        written(one(wide), format)


@pytest.mark.slow
@given(words=st.integers(20, 700), columns=st.integers(1, 8))
@settings(max_examples=tries(8), deadline=None)
def test_a_tall_head_is_repeated_or_told_at_its_place(words: int, columns: int) -> None:
    head, rule, rows = (
        f"| {'navn ' * words}{'| 2027 ' * (columns - 1)}|",
        "---|" * columns,
        f"|{' 1 |' * columns}\n" * 60,
    )
    tree = built(f"{head}\n|{rule}\n{rows}")
    told = [problem.message for problem in refusals(tree, lambda document: written(document, formats.PDF))]
    assert all("hoved fylder" in message for message in told)
    assert len(told) < 2
    assert may_be_refused(tree) or not told


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


# -- what names the rows ----------------------------------------------------------------------------------------

NAMED = {
    "words beside figures": ("| Udvalg | 2027 | 2028 |\n|:--|--:|--:|\n| Kultur | 10 | -4 |\n| I alt | 10 | - |", True),
    "words beside words": ("| Udvalg | Ansvar |\n|:--|:--|\n| Kultur | museer |", False),
    "numbers first": ("| Punkt | 2027 |\n|:--|--:|\n| 2 | 10 |", False),
    "the same word twice": ("| Udvalg | 2027 |\n|:--|--:|\n| KTU | 10 |\n| KTU | 4 |", False),
    "bold by the author's choice": (
        "| Post | Ansvar |\n|:--|:--|\n| **Kultur** | museer |\n| **Teknik** | veje |",
        True,
    ),
    "in the middle by the author's choice": ("| Udvalg | 2027 |\n|:-:|--:|\n| Kultur | 10 |", False),
}


@pytest.mark.slow
@pytest.mark.parametrize(("text", "named"), NAMED.values(), ids=NAMED.keys())
def test_a_first_column_of_words_beside_figures_names_its_rows(text: str, named: bool) -> None:
    tree = built(text)
    page = written(tree, formats.HTML).decode()
    rows = text.count("\n") - 1
    assert page.count('<th scope="row">') == (rows if named else 0)
    with zipfile.ZipFile(io.BytesIO(written(tree, formats.DOCX))) as archive:
        body = archive.read("word/document.xml").decode()
    (look,) = re.findall(r'<w:tblStyle w:val="MunicipalTable"/>.*?w:firstColumn="(.)"', body)
    assert look == str(int(named))
    (pdf_table,) = [found for found in pdf_elements(written(tree, formats.PDF)).walk() if found.kind == "Table"]
    body_rows = [row for row in pdf_table.walk() if row.kind == "TR"][1:]
    kinds = [[cell.kind for cell in row.children if not isinstance(cell, str)] for row in body_rows]
    columns = text.split("\n")[0].count("|") - 1
    assert kinds == [["TH" if named else "TD", *["TD"] * (columns - 1)]] * rows


def test_a_cell_that_names_its_row_has_that_scope_in_the_pdf() -> None:
    data = written(built(NAMED["words beside figures"][0]), formats.PDF)
    assert data.count(b"/Scope/Row") == 2
    assert len(PdfReader(io.BytesIO(data)).pages) > 0


# -- pasted from a spreadsheet ----------------------------------------------------------------------------------


def test_cells_with_tabs_between_them_are_a_table() -> None:
    tree = built(
        "Beløb i 1.000 kr.:\nUdvalg\t2027\tNote\nKultur | fritid\t1.200\tvarig\nTeknik\t-40\t\nI alt\t1.160\t-\n\nSlut."
    )
    (found,) = [node for node in walk(tree) if isinstance(node, Table)]
    cells = [[plain_text(cell.children) for cell in line.cells] for line in (found.header, *found.rows)]
    assert cells[0] == ["Udvalg", "2027", "Note"]
    assert [line[0] for line in cells[1:]] == ["Kultur | fritid", "Teknik", "I alt"]
    assert cells[2][2] == ""
    assert found.alignments == (Alignment.LEFT, Alignment.RIGHT, Alignment.LEFT)
    assert found.rows[1].cells[1].origin.line == found.rows[0].cells[1].origin.line + 1
    for format in (formats.PDF, formats.DOCX, formats.HTML):
        assert written(tree, format)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    ["```\nnavn\tværdi\na\tb\n```", "En linje\tmed en tabulator.", "a\tb\nc\td\te"],
    ids=["code", "one", "uneven"],
)
def test_other_tabs_are_no_table(text: str) -> None:
    assert not [node for node in walk(built_or_told(text)) if isinstance(node, Table)]


def built_or_told(text: str) -> Document:
    """The document, empty where it is refused with a word about its tabs."""
    try:
        return built(text)
    except ContentError as told:
        if "abulator" not in str(told):
            raise
        return one()


# -- figures in Word --------------------------------------------------------------------------------------------


def test_figures_have_room_in_the_cells_of_a_word_file() -> None:
    """Word divides what is wider than its cell at any sign: a figure of Calibri is half as wide as its size."""
    years = ("Forvaltningens og Økonomiforvaltningens navn", *(f"Regnskab {year}" for year in range(2019, 2027)))
    wide = table(years, *((name, *("1.234.567",) * 8) for name in NAMES_OF_ADMINISTRATIONS), alignments="l" + "r" * 8)
    with zipfile.ZipFile(io.BytesIO(written(one(wide), formats.DOCX))) as archive:
        body = archive.read("word/document.xml").decode()
    widths = [int(width) / 20 for width in re.findall(r'<w:gridCol w:w="(\d+)"', body)]
    (size,) = {int(found) / 2 for found in re.findall(r'<w:sz w:val="(\d+)"/>', body)} or {10.0}
    # Seven figures and two dots, and what is beside them.
    assert min(widths[1:]) - 6 >= (7 * 0.507 + 2 * 0.26) * size


def test_figures_that_have_no_room_in_word_are_told() -> None:
    wide = table(("A",) * 30, ("1.234.567",) * 30, alignments="r" * 30)
    with pytest.raises(WriterError, match="30 kolonner"):
        written(one(wide), formats.DOCX)
