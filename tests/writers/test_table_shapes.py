"""Tables as committees have them: cells that are one, heads of several rows, parts, totals, a foot, lists in a cell."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.problems import ContentError, WriterError
from docgen.tree.document import Document, List, Paragraph, Table, plain_text, texts, walk
from docgen.tree.pasted import tables_of_tabs
from docgen.tree.stored import decode_tree, encode_tree
from docgen.tree.table_shape import RowKind, shape_of
from docgen.writers import formats
from tests.support.effort import tries
from tests.support.pdf_reading import Element, pdf_elements
from tests.writers.test_faults_tables import built, written
from tests.writers.test_proof_of_words import drawn_by
from tests.writers.test_proof_of_words import written as written_with

GRANT = """\
Tabel: Bevillingsmæssige konsekvenser

| At-punkt | Udvalg | Bevilling (nr. og navn) | I/U | Budget | << | I alt | Varig? ja/nej |
| ^^ | ^^ | ^^ | ^^ | 2027 | 2028 | ^^ | ^^ |
|---|---|---|---|--:|--:|--:|---|
| 2 | KTU | 2000 Ordinær anlæg | U | 4.000 | 6.000 | 10.000 | Nej |
| ^^ | ØU | 2500 Finansposter | U | -4.000 | -6.000 | -10.000 | Nej |
|===|===|===|===|===|===|===|===|
| I alt | << | << | << | 0 | 0 | 0 | - |
"""
PARTS = """\
| Mio. kr. | 2027 |
|---|--:|
| **Inden for modellen** | |
| Ramme | 3.000 |
| Heraf skoler | 900 |
| >> Heraf haller | 100 |
| **Måltal inden for** | **3.000** |
| **Uden for modellen** | << |
| Veje<br>- anlæg<br>- drift<br><br>Note mere | 100 |
| Samlet måltal | 3.100* |
"""


def tables(tree: Document) -> list[Table]:
    return [node for node in walk(tree) if isinstance(node, Table)]


def table(text: str) -> Table:
    (found,) = tables(built(text))
    return found


def told(text: str) -> str:
    with pytest.raises(ContentError) as refused:
        built(text)
    return str(refused.value)


# -- as it is typed ---------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_cells_are_one_with_the_one_before_or_above() -> None:
    found = table(GRANT)
    sizes = {plain_text(c.children): (c.columns, c.rows) for line in found.lines for c in line.cells}
    assert sizes["Budget"] == (2, 1)
    assert sizes["Varig? ja/nej"] == sizes["2"] == (1, 2)
    assert (len(found.subheaders), len(found.rows), len(found.foot)) == (1, 2, 1)
    assert [plain_text(cell.children) for cell in found.foot[0].cells] == ["I alt", "0", "0", "0", "-"]
    assert found.foot[0].cells[0].columns == 4


def test_a_square_of_cells_is_one() -> None:
    found = table("| A | B | C |\n|---|---|---|\n| x | << | 1 |\n| ^^ | << | 2 |\n| y | z | 3 |")
    assert [(cell.columns, cell.rows) for cell in found.rows[0].cells] == [(2, 2), (1, 1)]
    assert [placed.column for line in shape_of(found).body for placed in line.cells] == [0, 2, 2, 0, 1, 2]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rows", "line", "message"),
    [
        ("| << | 1 |\n| y | 2 |", 3, "ingen celle foran"),
        ("| ^^ | 1 |\n| y | 2 |", 3, "ingen celle over"),
        ("| x | 1 |\n| ^^ | << |\n| y | 2 |", 3, "ikke en firkant"),
        ("| x | 1 |\n| ^^ | ^^ |\n| y | 2 |", 4, "rækken har ingen celler"),
        ("| x | 1 | 2 |\n| y | 2 |", 3, "rækken har 3 celler, men linjen med |---| har 2"),
        ("| x | 1 |\n|===|===|", 4, "linjen med ==="),
        ("| >>>>>>>> x | 1 |\n| y | 2 |", 3, "rykket for langt ind"),
    ],
)
def test_what_cannot_be_one_is_told_at_its_row(rows: str, line: int, message: str) -> None:
    shown = told(f"| A | B |\n|---|---|\n{rows}")
    assert message in shown
    assert re.search(rf"prove\.yaml:{line + 12}:\d+: ", shown), shown


ORDINARY = ("<", "^", ">", "=", "-", "", "\\\\<<", "\\\\^^", "&lt;", "~", "1 << 2", "^^^", "5 > 3", "==", "x ^^", "<<x")


@pytest.mark.slow
@given(cells=st.lists(st.sampled_from(ORDINARY), min_size=2, max_size=2))
@settings(max_examples=tries(25))
def test_ordinary_signs_in_a_cell_keep_their_meaning(cells: list[str]) -> None:
    if "&lt;" in cells:
        cells = [cell.replace("&lt;", "lt") for cell in cells]
    found = table("| A | B |\n|---|---|\n| a | b |\n| " + " | ".join(cells).replace("\\\\", "\\") + " |")
    assert [len(row.cells) for row in found.lines] == [2, 2, 2]
    shown = [plain_text(cell.children) for cell in found.rows[1].cells]
    assert shown == [cell.replace("\\\\", "").strip() for cell in cells]
    assert not any(cell.blocks for row in found.lines for cell in row.cells)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cell", "kinds"),
    [
        ("En<br>to", []),
        ("En<br><br>to", [Paragraph, Paragraph]),
        ("Tiltag:<br>- et<br>- to", [Paragraph, List]),
        ("1. et<br>2. to", [List]),
        ("Tiltag:<br>• et", [Paragraph, List]),
        ("31. december<br>1. maj", []),
        ("- 40<br>- 50", []),
        ("12. et<br>7. to", []),
    ],
)
def test_lines_with_points_in_a_cell_are_a_list(cell: str, kinds: list[type]) -> None:
    text = f"| A | B |\n|---|---|\n| x | {cell} |"
    assert [type(block) for block in table(text).rows[0].cells[1].blocks] == kinds


# -- what rows are ----------------------------------------------------------------------------------------------


def test_parts_subtotals_and_what_is_set_in() -> None:
    kinds = [(line.kind, line.level) for line in shape_of(table(PARTS)).body]
    plain, section, total = RowKind
    assert kinds == [
        *((section, 0), (plain, 0), (plain, 1), (plain, 1), (total, 0)),
        *((section, 0), (plain, 0), (total, 0)),
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    "rows",
    [
        "| **Navn** | |\n| **Adresse** | |",
        "| **Navn** | Anders |\n| **Adresse** | |",
        "| Total ombygning | ja |\n| Samlet vurdering | god |",
        "| Navn | |\n| Adresse | |",
    ],
)
def test_a_form_and_words_are_no_parts_and_no_totals(rows: str) -> None:
    assert {line.kind for line in shape_of(table(f"| A | B |\n|---|---|\n{rows}")).body} == {RowKind.PLAIN}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rule", "labels"), [("---|--:", 1), ("===|---", 1), ("~~~|--:", 0), ("===|===", 2), (":==|--:", 1), (":-:|--:", 0)]
)
def test_the_line_under_the_head_says_whether_a_column_names_its_rows(rule: str, labels: int) -> None:
    assert shape_of(table(f"| A | B |\n|{rule}|\n| Kultur | 10 |\n| Teknik | 20 |")).labels == labels


def test_a_later_column_cannot_name_rows() -> None:
    assert "kun stå i de første kolonner" in told("| A | B |\n|---|===|\n| Kultur | 10 |")


# -- in all formats ---------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_every_format_has_the_words_once_and_the_stored_tree_keeps_them() -> None:
    for text in (GRANT, PARTS):
        tree = built(text)
        for format in (formats.PDF, formats.DOCX, formats.HTML):
            assert written(tree, format)
        kept = encode_tree(tree)
        assert b'"format": 2' in kept
        assert decode_tree(kept) == tree
        assert list(texts(decode_tree(kept))) == list(texts(tree))


def test_the_page_says_what_heads_what() -> None:
    page = written(built(GRANT + "\n" + PARTS), formats.HTML).decode()
    assert '<th scope="colgroup" class="center" colspan="2">Budget</th>' in page
    assert page.count("<colgroup></colgroup>") == 6
    assert '<th scope="col" rowspan="2">At-punkt</th>' in page
    assert re.search(r'<tfoot>\n<tr class="total"><td colspan="4">I alt</td>', page)
    assert '<th scope="rowgroup" colspan="2"><strong>Uden for modellen</strong></th>' in page
    assert '<th scope="row" class="level-1">Heraf haller</th>' in page
    parts = page[page.index("Mio. kr.") :]
    assert parts.count("<tbody>") == 2
    assert "<li>\n<p>anlæg</p>\n</li>" in parts


def cells_of(data: bytes, number: int) -> list[list[Element]]:
    found = [element for element in pdf_elements(data).walk() if element.kind == "Table"][number]
    return [[cell for cell in row.children if not isinstance(cell, str)] for row in found.walk() if row.kind == "TR"]


def test_the_pdf_says_what_heads_what() -> None:
    data = written(built(GRANT + "\n" + PARTS), formats.PDF)
    grant, parts = cells_of(data, 0), cells_of(data, 1)
    kinds = [(row[0].kind, len(row)) for row in grant]
    assert kinds == [("TH", 7), ("TH", 2), ("TD", 8), ("TD", 7), ("TD", 5)]
    assert [[cell.kind for cell in row] for row in parts] == [
        *(["TH", "TH"], ["TH"], ["TH", "TD"], ["TH", "TD"], ["TH", "TD"], ["TH", "TD"]),
        *(["TH"], ["TH", "TD"], ["TH", "TD"]),
    ]
    assert data.count(b"/ColSpan 2") == 1 + 2
    assert data.count(b"/ColSpan 4") == 1
    assert data.count(b"/RowSpan 2") == 6 + 1
    assert data.count(b"/S/TFoot") == 1


def test_word_says_what_is_one() -> None:
    with zipfile.ZipFile(io.BytesIO(written(built(GRANT + "\n" + PARTS), formats.DOCX))) as archive:
        body = archive.read("word/document.xml").decode()
    grant, parts = re.findall(r'<w:tbl><w:tblPr><w:tblStyle w:val="MunicipalTable"/>.*?</w:tbl>', body)
    rows = re.findall(r"<w:tr>.*?</w:tr>", grant)
    assert ["<w:tblHeader/>" in row for row in rows] == [True, True, False, False, False]
    assert [row.count('<w:vMerge w:val="restart"/>') for row in rows] == [6, 0, 1, 0, 0]
    assert [row.count('<w:vMerge w:val="continue"/>') for row in rows] == [0, 6, 0, 1, 0]
    assert [re.findall(r'<w:gridSpan w:val="(\d)"/>', row) for row in rows] == [["2"], [], [], [], ["4"]]
    assert 'w:lastRow="1"' in grant
    assert len(re.findall(r"<w:numPr>", parts)) == 2
    for row in re.findall(r"<w:tr>.*?</w:tr>", grant):
        spans = [int(found or 1) for found in re.findall(r'<w:tcW [^>]*/>(?:<w:gridSpan w:val="(\d)"/>)?', row)]
        assert sum(spans) == 8


# -- sabotage ---------------------------------------------------------------------------------------------------

ONE_CELL = "table.cell(..options, shown)"
COVER = "place(top, rect(width: 60pt, height: 30pt, fill: white))"
LOST = {
    "a cell over columns is dropped": (
        {'row.filter(c => c.at("columns", default: 1) > 0)': 'row.filter(c => c.at("columns", default: 1) == 1)'},
        "'I alt' kommer ikke med",
    ),
    "a cell over columns lies over another": (
        {ONE_CELL: "table.cell(..options, if columns == 2 { align(right, move(dy: 19pt, shown)) } else { shown })"},
        "trykt oven i",
    ),
    "a cell over rows is covered": (
        {ONE_CELL: f"table.cell(..options, shown + if rows == 2 {{ {COVER} }})"},
        "dækket",
    ),
    "a row under the head is lost": ({"..drawn-rows(0, heads, 600),": ""}, "'2028' kommer ikke med"),
    "the foot is lost": (
        {"(table.footer(repeat: false, ..drawn-rows(feet, last, none)),)": "()"},
        "'I alt' kommer ikke med",
    ),
    "the blocks of a cell are lost": ({'draw(blocks, "cell")': '""'}, "'anlæg' kommer ikke med"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("changes", "message"), LOST.values(), ids=LOST.keys())
def test_a_cell_that_is_lost_or_covered_is_told(changes: dict[str, str], message: str) -> None:
    tree = built(GRANT + "\n" + PARTS)
    assert drawn_by({}, tree)
    with pytest.raises(WriterError, match=message):
        drawn_by(changes, tree)


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        (
            "docgen.writers.docx.data_tables._Rows._cell",
            lambda self, placed, *_: "" if placed.columns > 1 else "<w:p/>",
        ),
        ("docgen.writers.docx.data_tables._Rows._block", lambda *_, **__: iter(())),
    ],
    ids=["a cell", "blocks"],
)
def test_a_word_file_that_loses_a_cell_is_refused(name: str, broken: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(name, broken)
    with pytest.raises(WriterError, match="kommer ikke med i Word-filen"):
        written_with(formats.DOCX, built(GRANT + "\n" + PARTS))


def test_a_page_that_loses_a_cell_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "docgen.writers.html.tables._cell", lambda placed, *_: "" if placed.columns > 1 else "<td></td>"
    )
    with pytest.raises(WriterError, match="kommer ikke med i websiden"):
        written_with(formats.HTML, built(GRANT))


# -- pasted from a spreadsheet ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_head_with_merged_cells_is_pasted_as_two_rows() -> None:
    found = table(
        "Post\tUdvalg\tBudget\t\tI alt\n\t\t2027\t2028\t\nRamme\tKTU\t4.000\t6.000\t10.000\nVeje\tKTU\t1\t2\t3\n"
        "I alt\t-\t4.001\t6.002\t10.003"
    )
    assert [(plain_text(cell.children), cell.columns, cell.rows) for cell in found.header.cells] == [
        *(("Post", 1, 2), ("Udvalg", 1, 2), ("Budget", 2, 1), ("I alt", 1, 2)),
    ]
    assert [plain_text(cell.children) for cell in found.subheaders[0].cells] == ["2027", "2028"]
    assert shape_of(found).body[-1].kind is RowKind.TOTAL


def test_spaces_before_a_pasted_name_set_its_row_in() -> None:
    found = table("Post\t2027\nRamme\t3.000\n   Skoler\t900\n      Haller\t100\nI alt\t3.000")
    assert [row.level for row in found.rows] == [0, 1, 2, 0]


@pytest.mark.slow
def test_a_pasted_cell_keeps_its_lines_and_its_quotation_marks() -> None:
    found = table('Tiltag\tGevinst\nKryds\t"Bedre:\n- mindre ""kø""\n- sikker"\nVej\t"hurtig"')
    first, second = (row.cells[1] for row in found.rows)
    assert [type(block) for block in first.blocks] == [Paragraph, List]
    assert plain_text(second.children) == "”hurtig”"
    assert "mindre ”kø”" in list(texts(built('A\tB\nx\t"y\n- mindre ""kø""\n- z"')))


@pytest.mark.parametrize("text", ['Han sagde:\n"Det er\ngodt"\tja', "Navn\tTom\t\na\tb\tc\nd\te\tf"])
def test_what_is_no_merged_head_and_no_cell_stays_as_it_is(text: str) -> None:
    lines = tables_of_tabs(text)
    assert "<<" not in lines
    assert "<br>" not in lines
