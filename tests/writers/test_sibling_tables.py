"""Tables of one chapter that are alike have columns as wide as each other's, in all three formats; others do not."""

from __future__ import annotations

import io
import re
import zipfile

import pypdfium2
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.problems import Origin
from docgen.tree.document import (
    Alignment,
    Block,
    Document,
    Heading,
    Table,
    TableCell,
    TableRow,
    Text,
    Title,
    plain_text,
)
from docgen.writers import formats
from docgen.writers.formats import Writing
from tests.support.contents import repository
from tests.support.effort import tries
from tests.writers.test_pdf import one

NBSP = "\N{NO-BREAK SPACE}"
PLACE = Origin("content/cases/prove.yaml", 7, 3)
SHORT = (["Område", "2026", "2027"], ["Skoler", "1,2", "3,4"], ["I alt", "1,2", "3,4"])
LONG = (["Område", "2026", "2027"], ["Plejehjem og hjemmehjælp", "1.234.567,8", "3"], ["I alt", "12", "3.000"])
_GRID = re.compile(r"<w:tblGrid>(.*?)</w:tblGrid>")
_COL = re.compile(r"<colgroup>(.*?)</colgroup>")


def row(cells: list[str]) -> TableRow:
    return TableRow(tuple(TableCell((Text(cell),), origin=PLACE) for cell in cells), origin=PLACE)


def table(rows: tuple[list[str], ...]) -> Table:
    head, *others = (row(cells) for cells in rows)
    alignments = (Alignment.LEFT, *[Alignment.RIGHT] * (len(rows[0]) - 1))
    return Table(head, tuple(others), alignments, None, origin=PLACE)


def chapter(number: int) -> Heading:
    return Heading(1, (Text(f"Kapitel {number}"),), anchor=f"k{number}", origin=PLACE)


def document(*blocks: Block) -> Document:
    return one(Title((Text("Prøve"),), origin=PLACE), *blocks)


def written(of: Document, format: formats.Format) -> bytes:
    project = repository()
    files, fonts = project.template_files, project.font_directories
    return format.begin(Writing(of, project.theme, files, lambda: b"{}", fonts))()


def ends_in_pdf(of: Document, words: list[str]) -> list[float]:
    """Where some words end on the first page, in points from its left."""
    page = pypdfium2.PdfDocument(written(of, formats.PDF))[0].get_textpage()
    found = []
    for word in words:
        start = page.search(word).get_next()
        assert start is not None
        found.append(max(page.get_charbox(start[0] + n)[2] for n in range(len(word))))
    return found


def grids(of: Document) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(written(of, formats.DOCX))) as package:
        return _GRID.findall(package.read("word/document.xml").decode())


def shares(of: Document) -> list[str]:
    return _COL.findall(written(of, formats.HTML).decode())


def test_siblings_share_their_widths() -> None:
    alike = document(chapter(1), table(SHORT), table(LONG))
    first, second = ends_in_pdf(alike, ["1,2", "1.234.567,8"])
    assert abs(first - second) < 0.5
    assert len(set(grids(alike))) == 1
    assert len(set(shares(alike))) == 1


def test_tables_of_two_chapters_do_not() -> None:
    apart = document(chapter(1), table(SHORT), chapter(2), table(LONG))
    first, second = ends_in_pdf(apart, ["1,2", "1.234.567,8"])
    assert abs(first - second) > 0.5
    assert len(set(grids(apart))) == 2
    assert not shares(apart)


CELLS = st.one_of(st.integers(0, 99_999_999).map("{:,}".format), st.sampled_from(("-", "", "12,5 pct.")))
LABELS = st.text("abcdefghij klmnop", min_size=1, max_size=60).filter(str.strip)


@st.composite
def some_tables(draw: st.DrawFn) -> list[Table]:
    columns = draw(st.integers(2, 8))
    line = st.tuples(LABELS, *[CELLS] * (columns - 1)).map(list)
    many = st.lists(line, min_size=2, max_size=6).map(tuple)
    return [table(rows) for rows in draw(st.lists(many, min_size=2, max_size=4))]


@given(tables=some_tables())
@settings(max_examples=tries(30), deadline=None)
def test_no_word_is_lost_and_no_figure_broken_where_widths_are_shared(tables: list[Table]) -> None:
    alike = document(chapter(1), *tables)
    words = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(written(alike, formats.PDF)))
    for found in tables:
        for cell in (cell for line in found.rows for cell in line.cells[1:] if cell.children):
            assert plain_text(cell.children) in words.replace(NBSP, " "), "a figure is broken"
    assert len(grids(alike)) == len(tables)
    assert len(set(shares(alike))) <= 2, "those without words in their first column are of another kind"
