"""A document has no few lines alone on its last page where less space between its lines helps; a colophon is in one
piece."""

from __future__ import annotations

from itertools import count

import pypdfium2
import pytest

from docgen.problems import Origin
from docgen.tree.document import Division, Document, FieldRow, FieldTable, Heading, Paragraph, Role, Text, Title
from docgen.writers import formats
from docgen.writers.formats import Writing
from docgen.writers.marks import Marks
from docgen.writers.pdf import sheets, writer
from tests.support.contents import repository
from tests.writers.test_pdf import one

PLACE = Origin("content/cases/prove.yaml", 7, 3)
SENTENCE = "Udvalget tager stilling til, hvordan kommunen køber ind af varer og tjenesteydelser de næste fire år. "


def text(words: str) -> Paragraph:
    return Paragraph((Text(words),), origin=PLACE)


def heading(words: str, anchor: str) -> Heading:
    return Heading(1, (Text(words),), anchor=anchor, origin=PLACE)


def written(document: Document, layout: bytes | None = None) -> bytes:
    project = repository()
    files = {**project.template_files, **({} if layout is None else {"theme/layout.typ": layout})}
    return formats.PDF.begin(Writing(document, project.theme, files, lambda: b"{}", project.font_directories))()


def with_paragraphs(number: int) -> Document:
    """A document of some paragraphs and a last section of one line."""
    paragraphs = (text(f"{n}. del. " + SENTENCE * 3) for n in range(number))
    return one(Title((Text("Prøve"),), origin=PLACE), *paragraphs, heading("Bilag", "bilag"), text("Bilag 1 - Plan"))


@pytest.fixture(scope="module")
def thin() -> tuple[Document, float]:
    """The first such document that has its last section alone on a page, and its length, without being pulled."""
    layout = repository().template_files["theme/layout.typ"].replace(b'input.at("pull", ', b'input.at("other", ')
    for number in count(24):
        length = formats.pdf_pages(written(document := with_paragraphs(number), layout))
        if writer.pulls(b'input.at("pull"', length):
            return document, length
    raise AssertionError


def test_a_last_section_of_one_line_is_pulled_onto_the_page_before(thin: tuple[Document, float]) -> None:
    document, length = thin
    pdf = written(document)
    assert formats.pdf_pages(pdf) <= int(length)
    pages = pypdfium2.PdfDocument(pdf)
    assert len(pages) == int(length)
    assert "Bilag 1 - Plan" in pages[len(pages) - 1].get_textpage().get_text_range()


def test_its_pages_in_the_preview_are_the_same(thin: tuple[Document, float]) -> None:
    document, _ = thin
    project = repository()
    shown = sheets.write_sheets(document, project.theme, project.template_files, project.font_directories, Marks())
    pdf = written(document)
    assert len(shown.pages) == len(pypdfium2.PdfDocument(pdf))
    assert shown.length == pytest.approx(formats.pdf_pages(pdf), abs=0.001)


def test_what_is_not_short_on_its_last_page_stays_as_it_is() -> None:
    layout = repository().template_files["theme/layout.typ"]
    assert not writer.pulls(layout, 2.3)
    assert not writer.pulls(layout, 0.05), "there is no page before"
    assert not writer.pulls(layout, 2.0)


@pytest.mark.parametrize("number", range(6, 12))
def test_a_colophon_is_on_one_page(number: int) -> None:
    rows = tuple(FieldRow((Text(f"Mærke {n}"),), (Text(f"Værdi {n}"),), origin=PLACE) for n in range(8))
    colophon = Division(Role.COLOPHON, (FieldTable(rows, origin=PLACE),), origin=PLACE)
    paragraphs = (text(f"{n}. del. " + SENTENCE * 3) for n in range(number))
    document = one(Title((Text("Prøve"),), origin=PLACE), *paragraphs, heading("Om dette dokument", "om"), colophon)
    pages = pypdfium2.PdfDocument(written(document))
    words = [page.get_textpage().get_text_range() for page in pages]
    assert [("Mærke 0" in page, "Om dette" in page) for page in words if "Mærke" in page] == [(True, True)]
