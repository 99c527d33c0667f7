"""The table of contents in Word has the page numbers of the PDF, where Word's pages are the same."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pypdf
import pytest

from docgen.compare.redline import redline
from docgen.structs import replace
from docgen.tree.document import Contents, Document, Heading, PageBreak, Text, headings, plain_text
from docgen.tree.page_starts import each_listed_begins_a_page
from docgen.writers import formats
from docgen.writers.docx.writer import write_document
from tests.compare.test_redline import SIDES, comparison
from tests.support.contents import REAL_POLICY, judged_ids, repository, tree_of, written
from tests.support.docx_reading import docx_parts
from tests.support.judges import require_soffice, soffice_all

_ENTRY = re.compile(r'<w:pStyle w:val="Toc1"/>.*?</w:p>')
_NUMBER = re.compile(r"PAGEREF \S+ \\h .*?<w:t[^>]*>(\d+)</w:t>")


def told_pages(data: bytes) -> list[int]:
    """The page numbers that the contents of a Word file show, in order."""
    body = docx_parts(data)["word/document.xml"].decode()
    return [int(number) for entry in _ENTRY.findall(body) for number in _NUMBER.findall(entry)]


def bookmarked_pages(data: bytes) -> list[int]:
    """The pages of the bookmarks of the first level of a PDF, as pypdf reads them."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    pages = [reader.get_destination_page_number(item) for item in reader.outline if not isinstance(item, list)]
    return [page + 1 for page in pages if page is not None]


def _chapters(*before: PageBreak | None) -> Document:
    """A document with contents, and a chapter for each that stands before one."""
    blocks: list[Contents | Heading | PageBreak] = [Contents("Indhold")]
    for number, block in enumerate(before):
        blocks += [block] if block is not None else []
        blocks.append(Heading(1, (Text(f"Kapitel {number}"),), anchor=f"k{number}"))
    return replace(tree_of(REAL_POLICY), blocks=tuple(blocks), notes=())


@pytest.mark.slow
def test_the_policys_contents_have_the_numbers_of_its_pdf() -> None:
    shown = told_pages(written(REAL_POLICY, formats.DOCX))
    assert shown == bookmarked_pages(written(REAL_POLICY, formats.PDF))
    listed = [plain_text(heading.children) for heading in headings(tree_of(REAL_POLICY)) if heading.level == 1]
    assert len(shown) == len(listed) > 5


def test_there_are_numbers_only_where_each_chapter_begins_a_page() -> None:
    assert each_listed_begins_a_page(_chapters(PageBreak(), PageBreak()))
    assert not each_listed_begins_a_page(_chapters(PageBreak(), None))
    assert not each_listed_begins_a_page(replace(_chapters(PageBreak()), blocks=_chapters(PageBreak()).blocks[1:]))


@pytest.mark.parametrize("known", [{}, {"k0": 2}])
def test_where_a_page_is_not_known_after_all_there_are_none(known: dict[str, int]) -> None:
    project, document = repository(), _chapters(PageBreak(), PageBreak())

    def write(pages: Callable[[], Mapping[str, int]] | None) -> bytes:
        return write_document(document, project.theme, project.template_files, "b", pages=pages)

    assert write(lambda: known) == write(None)
    assert told_pages(write(None)) == []
    assert told_pages(write(lambda: {"k0": 2, "k1": 5})) == [2, 5]


@pytest.mark.slow
def test_a_document_whose_chapters_begin_no_page_has_none() -> None:
    assert told_pages(written("guide/brugervejledning", formats.DOCX)) == []


def test_a_comparison_has_none_for_its_pages_are_others() -> None:
    assert not each_listed_begins_a_page(redline(comparison(), SIDES))


@pytest.mark.judge
def test_libreoffice_has_the_chapters_on_the_pages_that_are_told(tmp_path: Path) -> None:
    require_soffice()
    files = {id: tmp_path / f"{id.replace('/', '-')}.docx" for id in judged_ids()}
    told = {id: pages for id in files if (pages := told_pages(written(id, formats.DOCX)))}
    assert REAL_POLICY in told
    for id in told:
        files[id].write_bytes(written(id, formats.DOCX))
    made = soffice_all([files[id] for id in told], "pdf", tmp_path)
    for (id, pages), file in zip(told.items(), made, strict=True):
        assert bookmarked_pages(file.read_bytes()) == pages, id
