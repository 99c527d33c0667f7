"""A comparison in each format: Word's tracked changes, marks in the PDF and on the page, and the list of changes."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path

import pypdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from docgen.compare.entries import Entry, Sort, entries
from docgen.compare.redline import Sides, list_of_changes, redline, summary
from docgen.compare.trees import Comparison, compare
from docgen.pipeline import build_tree, theme_of
from docgen.problems import WriterError
from docgen.project import Project
from docgen.tree.document import Document, Heading, Link, Table, plain_text, walk, walk_inlines
from docgen.tree.text import dump
from docgen.writers.docx import writer as docx
from docgen.writers.formats import DOCX, FORMATS, HTML, PDF, Format, Writing
from tests.compare.edits import pairs
from tests.support.contents import REAL_POLICY, repository
from tests.support.docx_strictness import word_problems
from tests.support.effort import tries
from tests.support.judges import conformance_failures, require_verapdf
from tests.support.tracked_changes import resolved_texts, revisions

NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)  # whole documents shrink for minutes
SIDES = Sides("version 1.0", "mappens tekst")
_VALUES = "policies/indkoebspolitik-2023-2026/values/"
_BUILDING = """  - id: klimaaftryk-fra-byggeri
    lead: Nedbringe klimaaftrykket fra byggeri.
    text: |
      Vi arbejder hen imod byggematerialer med et lavere klimaaftryk og bygge- og anlægspladser uden emissioner.
"""
_NEW_AREA = """focus_areas:
  - id: helt-nyt
    lead: Et nyt område.
    text: |
      Med [et link](https://www.kk.dk) og *kursiv*.
"""
EDITS: dict[str, tuple[tuple[str, str], ...]] = {
    f"{_VALUES}2-reduceret-klimaaftryk.yaml": (
        ("Frem mod 2030 skal", "Frem mod 2035 skal"),
        ("markant mindre", "væsentligt lavere"),
        ("  De mange initiativer, vi allerede har taget, fortsætter.\n", ""),
        (
            "  Den mad, kommunen køber, skal belaste klimaet mindre.",
            "  Den mad, kommunen køber, skal *belaste* klimaet mindre[^ny].\n\n      [^ny]: Se klimaplanen.",
        ),
        (_BUILDING, ""),
        ("title: Reduceret klimaaftryk", "title: Mindre klimaaftryk"),
    ),
    f"{_VALUES}1-effektiv-indkoebsorganisation.yaml": (("focus_areas:\n", _NEW_AREA),),
}


def edited(project: Project) -> Project:
    """The repository's content after a hearing."""
    files = dict(project.content_files)
    for path, changes in EDITS.items():
        text = files[path].decode()
        for before, after in changes:
            assert before in text, before
            text = text.replace(before, after, 1)
        files[path] = text.encode()
    return Project(files, project.template_files, project.font_directories)


@cache
def comparison() -> Comparison:
    """The policy as it is against the policy after a hearing."""
    return compare(build_tree(repository(), REAL_POLICY), build_tree(edited(repository()), REAL_POLICY))


def written(document: Document, format: Format) -> bytes:
    """A tree in one format, every word of it proved to be there."""
    project = repository()
    theme = theme_of(project, document)
    return format.begin(Writing(document, theme, project.template_files, lambda: b"{}", project.font_directories))()


def word_without_pages(document: Document) -> bytes:
    """A Word file as a redline is: without page numbers in its contents, which are its own only when it is laid out."""
    project = repository()
    theme, fonts = theme_of(project, document), project.font_directories
    return docx.write_document(document, theme, project.template_files, document.fingerprint, fonts)


def test_what_changed_is_listed_in_the_order_of_the_document() -> None:
    found = [(entry.sort, entry.chapter, entry.before, entry.now) for entry in entries(comparison())]
    chapter = "Mindre klimaaftryk"
    assert (
        Sort.FIGURE,
        chapter,
        "… forpligter: Frem mod 2030 skal klimaaftrykket fra indkøb …",
        "… forpligter: Frem mod 2035 skal klimaaftrykket fra indkøb …",
    ) in found
    assert (Sort.WORDING, chapter, "Reduceret klimaaftryk", "Mindre klimaaftryk") in found
    assert (Sort.NEW, "Noter", "", "Se klimaplanen.") in found
    gone = [entry for entry in entries(comparison()) if entry.sort is Sort.GONE]
    assert [entry.before[:38] for entry in gone] == ["Nedbringe klimaaftrykket fra byggeri. "]
    assert [entry.number for entry in entries(comparison())] == list(range(1, len(found) + 1))


def test_every_entry_in_the_document_leads_to_a_place_in_it() -> None:
    shown = redline(comparison(), SIDES)
    anchors = {node.anchor for node in walk(shown)}
    links = [
        inline.target.removeprefix("#")
        for node in walk(shown)
        if isinstance(node, Table)
        for row in node.rows
        for inline in walk_inlines(row.cells[0].children)
        if isinstance(inline, Link)
    ]
    assert len(links) > len(entries(comparison())) / 2
    assert set(links) <= anchors


def test_a_sentence_says_how_many_changes_of_which_sort_there_are() -> None:
    def one(sort: Sort) -> Entry:
        return Entry(1, sort, "", "", "a", "b")

    assert summary([]) == "Der er ingen ændringer."
    assert summary([one(Sort.FIGURE)]) == "Der er 1 ændring: 1 tal er ændret."
    assert (
        summary([one(Sort.WORDING), one(Sort.WORDING), one(Sort.NEW)])
        == "Der er 3 ændringer: 2 steder er ordlyden ændret og 1 sted er nyt."
    )


def test_the_list_is_a_document_of_its_own_with_figures_first() -> None:
    document = list_of_changes(comparison(), SIDES)
    assert document.title == "Ændringer i Indkøbspolitik 2023-2026"
    chapters = [plain_text(node.children) for node in walk(document) if isinstance(node, Heading)]
    assert chapters[0] == "Tal, der er ændret"
    assert "Mindre klimaaftryk" in chapters
    for format in (DOCX, HTML, PDF):
        assert written(document, format)


@pytest.mark.slow
@given(pair=pairs())
@settings(max_examples=tries(60), deadline=None, suppress_health_check=list(HealthCheck), phases=NO_SHRINKING)
def test_word_has_the_new_text_when_all_is_accepted_and_the_old_when_all_is_rejected(
    pair: tuple[Document, Document],
) -> None:
    old, new = pair
    try:
        before, now = _texts(written(old, DOCX)), _texts(written(new, DOCX))
        data = written(compare(old, new).document, DOCX)
    except WriterError:  # a table that is too wide is refused
        return
    assert resolved_texts(data, accept=True) == now
    assert resolved_texts(data, accept=False) == before
    assert word_problems(data) == []


def _texts(data: bytes) -> list[str]:
    return resolved_texts(data, accept=True)


def test_the_policys_redline_in_word_is_both_versions() -> None:
    made = comparison()
    data = written(made.document, DOCX)
    assert resolved_texts(data, accept=True) == _texts(word_without_pages(made.new))
    rejected = resolved_texts(data, accept=False)
    assert rejected == [
        text.replace(made.old.fingerprint, made.new.fingerprint) for text in _texts(word_without_pages(made.old))
    ]
    assert word_problems(data) == []
    assert revisions(data) > 10
    assert written(redline(made, SIDES), DOCX) == written(redline(made, SIDES), DOCX)


@pytest.mark.slow
def test_equal_versions_have_no_change_in_any_format() -> None:
    tree = build_tree(repository(), REAL_POLICY)
    same = compare(tree, tree)
    assert entries(same) == ()
    assert revisions(written(same.document, DOCX)) == 0
    for format in FORMATS.values():
        assert written(same.document, format) == written(tree, format)


def test_the_page_says_in_words_what_is_new_and_what_is_gone() -> None:
    page = written(redline(comparison(), SIDES), HTML).decode()
    deleted = re.findall(r"<del>(.*?)</del>", page)
    assert '<span class="spoken">[slettet: </span>markant mindre<span class="spoken"> slettet slut]</span>' in deleted
    assert '<ins><span class="spoken">[nyt: </span>væsentligt lavere' in page


@pytest.mark.slow
def test_bookmarks_and_contents_of_the_pdf_have_the_new_words_alone() -> None:
    shown = redline(comparison(), SIDES)
    reader = pypdf.PdfReader(io.BytesIO(written(shown, PDF)))
    titles = [str(item.title) for item in reader.outline if not isinstance(item, list)]
    assert "Mindre klimaaftryk" in titles
    assert not any("Reduceret" in title for title in titles)


def test_the_tree_shows_signs() -> None:
    shown = dump(comparison().document, places=False)
    assert "-['2030'] +['2035']" in shown
    assert re.search(r"^ +-ListItem", shown, re.MULTILINE)


@pytest.mark.judge
def test_the_redline_as_pdf_is_accessible_and_lasts(tmp_path: Path) -> None:
    require_verapdf()
    file = tmp_path / "redline.pdf"
    file.write_bytes(written(redline(comparison(), SIDES), PDF))
    assert conformance_failures([file]) == []
