"""The pages as pictures: as the PDF has them, with marks and without, and where each part stands."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import typst
from PIL import Image

from docgen.pipeline import theme_of
from docgen.structs import replace
from docgen.tree.document import Document, Figure, Paragraph, Table, Title, walk
from docgen.writers import formats
from docgen.writers.formats import PDF, Writing, pdf_pages
from docgen.writers.marks import Marks
from docgen.writers.pdf.sheets import Sheets, write_sheets
from tests.faults.session import small_documents
from tests.support.contents import repository, tree_of, written
from tests.support.effort import tries

POLICY = "policy/indkoebspolitik-2023-2026"
CASE = "case/vedtagelse-af-indkoebspolitik-2023-2026/oekonomiudvalget"
FOLLOW_UP = "follow-up/2024"


def _sheets(document: Document, marks: Marks | None) -> Sheets:
    project = repository()
    theme, files = theme_of(project, document), project.template_files
    return write_sheets(document, theme, files, project.font_directories, marks)


@pytest.mark.slow
@pytest.mark.parametrize("id", [CASE, POLICY, FOLLOW_UP, "meeting/2022-12-01-br/dagsorden"])
def test_with_marks_every_word_stands_where_it_stood(id: str) -> None:
    """Each page is the same picture to the last byte."""
    tree = tree_of(id)
    bare, marked = _sheets(tree, None), _sheets(tree, Marks())
    assert len(bare.pages) == len(marked.pages)
    assert bare.pages == marked.pages
    assert bare.places == ()


@pytest.mark.slow
@pytest.mark.parametrize("id", [CASE, POLICY, FOLLOW_UP])
def test_nearly_every_block_has_its_place_on_a_page_and_they_follow_each_other(id: str) -> None:
    tree, marks = tree_of(id), Marks()
    sheets = _sheets(tree, marks)
    told = {place.mark for place in sheets.places}
    wanted = {marks.number(node.origin) for node in walk(tree) if isinstance(node, Title | Paragraph | Table)}
    assert len(told & wanted) / len(wanted - {0}) >= 0.99
    assert all(1 <= place.page <= len(sheets.pages) and place.x >= 0 and place.y >= 0 for place in sheets.places)


@pytest.mark.slow
@pytest.mark.parametrize("id", [CASE, FOLLOW_UP])
def test_there_are_as_many_pages_as_in_the_pdf_and_the_length_is_its_length(id: str) -> None:
    sheets = _sheets(tree_of(id), Marks())
    assert sheets.length == pytest.approx(pdf_pages(written(id, PDF)), abs=0.001)
    assert len(sheets.pages) - 1 < sheets.length <= len(sheets.pages)


@pytest.mark.slow
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


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """The names of the files that Typst is given, each time it is."""
    found: list[set[str]] = []
    real: Any = typst.Compiler

    def compiler(given: Mapping[str, bytes] | Path, **more: Any) -> Any:
        found.append(set(given) if isinstance(given, Mapping) else {given.name})
        return real(given, **more)

    monkeypatch.setattr(typst, "Compiler", compiler)
    return found


@pytest.mark.slow
def test_the_names_of_what_typst_is_given_are_by_number_and_never_of_what_is_written(names: list[set[str]]) -> None:
    """Each new name takes a number, and a process has 65,535; when they are used up it ends without an error that could
    be caught. So no name may be made of what is written: as many as the document with most figures has, and no more."""
    fixed = {"main", "document.json", "kilde.json"}
    for number, document in zip(range(tries(240)), small_documents(), strict=False):
        project = repository()
        theme, files = theme_of(project, document), project.template_files
        write_sheets(document, theme, files, project.font_directories, Marks())
        assert set().union(*names) <= fixed | {f"figur-{at}" for at in range(1, 61)}
        if not number:
            assert names[0] == fixed | {f"figur-{at}" for at in range(1, 61)}, "the most that any has"


@pytest.mark.slow
def test_what_a_build_gives_typst_has_the_same_names_each_time(names: list[set[str]]) -> None:
    told = []
    for word in ("Første", "Anden", "Tredje"):
        names.clear()
        for id in (FOLLOW_UP, CASE):
            project, tree = repository(), tree_of(id)
            document = replace(tree, title=f"{word} {tree.title}", fingerprint=word)
            for format in (formats.PDF, formats.DOCX):
                writing = Writing(
                    document, theme_of(project, tree), project.template_files, lambda: b"{}", project.font_directories
                )
                format.begin(writing)()
        told.append(set().union(*names))
    assert told[1] == told[2]
    assert len(told[2]) < 10


@pytest.mark.slow
def test_a_figure_as_a_file_of_its_own_is_drawn_as_one_within(names: list[set[str]]) -> None:
    project, tree = repository(), tree_of(FOLLOW_UP)
    theme, files = theme_of(project, tree), project.template_files
    layout = files["theme/layout.typ"].replace(b'node.at("file", default: "")', b'node.at(" file", default: "")')
    assert layout != files["theme/layout.typ"]
    apart = write_sheets(tree, theme, files, project.font_directories)
    assert any(name.startswith("figur-") for name in set().union(*names))
    names.clear()
    within = write_sheets(tree, theme, {**files, "theme/layout.typ": layout}, project.font_directories)
    assert not any(name.startswith("figur-") for name in set().union(*names))
    assert [_shown(page) for page in apart.pages] == [_shown(page) for page in within.pages]


@pytest.mark.parametrize(("sort", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg")])
def test_a_document_with_a_photograph_has_pages(sort: str, media_type: str) -> None:
    """Typst is given no file that is no text."""
    drawn = io.BytesIO()
    Image.effect_noise((40, 30), 90).save(drawn, sort)
    tree = tree_of(CASE)
    photograph = Figure(drawn.getvalue(), media_type, "Et billede", origin=tree.blocks[-1].origin)
    with pytest.raises(UnicodeDecodeError):
        photograph.data.decode()
    sheets = _sheets(replace(tree, blocks=(*tree.blocks, photograph)), Marks())
    assert b"<image " in b"".join(sheets.pages)
    assert b"<image " not in b"".join(_sheets(tree, Marks()).pages)


def _shown(page: bytes) -> bytes:
    """A page without the names that its parts have of how they came to be."""
    return re.sub(rb'(?<=["#])[gcfip][0-9A-F]{16,}', b"", page)
