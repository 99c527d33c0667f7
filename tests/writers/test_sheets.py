"""The pages as pictures: as the PDF has them, with marks and without, and where each part stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import typst

from docgen.pipeline import theme_of
from docgen.structs import replace
from docgen.tree.document import Document, Paragraph, Table, Title, walk
from docgen.writers.formats import PDF, pdf_pages
from docgen.writers.marks import Marks
from docgen.writers.pdf.sheets import Sheets, write_sheets
from tests.support.contents import document_ids, repository, tree_of, written

POLICY = "policy/indkoebspolitik-2023-2026"
CASE = "case/vedtagelse-af-indkoebspolitik-2023-2026/oekonomiudvalget"
FOLLOW_UP = "follow-up/2024"


def _sheets(document: Document, marks: Marks | None) -> Sheets:
    project = repository()
    theme, files = theme_of(project, document), project.template_files
    return write_sheets(document, theme, files, project.font_directories, marks)


@pytest.mark.parametrize("id", [CASE, POLICY, FOLLOW_UP, "meeting/2022-12-01-br/dagsorden"])
def test_with_marks_every_word_stands_where_it_stood(id: str) -> None:
    """Each page is the same picture to the last byte."""
    tree = tree_of(id)
    bare, marked = _sheets(tree, None), _sheets(tree, Marks())
    assert len(bare.pages) == len(marked.pages)
    assert bare.pages == marked.pages
    assert bare.places == ()


@pytest.mark.parametrize("id", [CASE, POLICY, FOLLOW_UP])
def test_nearly_every_block_has_its_place_on_a_page_and_they_follow_each_other(id: str) -> None:
    tree, marks = tree_of(id), Marks()
    sheets = _sheets(tree, marks)
    told = {place.mark for place in sheets.places}
    wanted = {marks.number(node.origin) for node in walk(tree) if isinstance(node, Title | Paragraph | Table)}
    assert len(told & wanted) / len(wanted - {0}) >= 0.98
    assert all(1 <= place.page <= len(sheets.pages) and place.x >= 0 and place.y >= 0 for place in sheets.places)


@pytest.mark.parametrize("id", [CASE, FOLLOW_UP])
def test_there_are_as_many_pages_as_in_the_pdf_and_the_length_is_its_length(id: str) -> None:
    sheets = _sheets(tree_of(id), Marks())
    assert sheets.length == pytest.approx(pdf_pages(written(id, PDF)), abs=0.001)
    assert len(sheets.pages) - 1 < sheets.length <= len(sheets.pages)


def test_one_word_changes_one_page() -> None:
    tree = tree_of(POLICY)
    changed = replace(tree, blocks=(*tree.blocks[:-1], replace(tree.blocks[-1], origin=tree.blocks[0].origin)))
    assert _sheets(changed, Marks()).pages == _sheets(tree, Marks()).pages
    shorter = replace(tree, blocks=tree.blocks[:-1])
    before, after = _sheets(tree, Marks()).pages, _sheets(shorter, Marks()).pages
    assert sum(one != other for one, other in zip(before, after, strict=False)) <= 2


def test_a_layout_program_that_knows_no_marks_still_shows_its_pages() -> None:
    project, tree = repository(), tree_of(CASE)
    layout = project.template_files["theme/layout.typ"].replace(b"<docgen-sheets>", b"<andet>")
    files = {**project.template_files, "theme/layout.typ": layout}
    sheets = write_sheets(tree, theme_of(project, tree), files, project.font_directories, Marks())
    assert sheets.places == ()
    assert sheets.length == len(sheets.pages) > 0


def test_the_names_of_what_typst_is_given_are_always_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each new name takes a number, and a process has 65,535; when they are used up it ends without an error that could
    be caught. So no name may be made of what is written."""
    names: list[set[str]] = []
    real: Any = typst.Compiler

    def compiler(given: Mapping[str, bytes], **more: Any) -> Any:
        names.append(set(given))
        return real(given, **more)

    monkeypatch.setattr(typst, "Compiler", compiler)
    for id in document_ids()[:3]:
        _sheets(tree_of(id), Marks())
    assert len(names) >= 6
    assert set().union(*names) == {"main", "document.json", "kilde.json"}
