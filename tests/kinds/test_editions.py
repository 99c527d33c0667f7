"""Every kind and rendering of cases and meetings, in every edition and format: the same text, pure, judged."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from docgen import pipeline
from docgen.kinds.case.model import Case
from docgen.kinds.edition import Edition
from docgen.project import project_of_source
from docgen.tree import document
from docgen.writers import formats
from docgen.writers.docx.writing import anchor_names
from docgen.writers.formats import Format
from tests.support import judges
from tests.support.contents import ROOT, write_content
from tests.support.docx_expected import document_tree
from tests.support.docx_reading import bookmark_texts, docx_tree
from tests.support.docx_strictness import word_problems
from tests.support.effort import some_of
from tests.support.examples_project import example_bytes, example_files, example_tree, examples, renderings
from tests.support.page_judges import nu_problems, page_faults
from tests.writers.test_parity import READ, words

FORMATS = (formats.PDF, formats.DOCX, formats.HTML)


@pytest.mark.slow
def test_the_examples_have_every_kind_and_both_editions_differ() -> None:
    cases = examples().content.all(Case)
    profile = examples().content.settings.cases
    assert profile is not None
    assert {str(case.kind) for case in cases.values()} == set(map(str, profile.kinds))
    assert any(len(case.administrations) > 1 for case in cases.values()), "a joint case"
    differing = {
        id
        for name, (id, edition) in renderings().items()
        if edition is Edition.PUBLIC
        and example_bytes(name, formats.HTML) != example_bytes(_internal(name), formats.HTML)
    }
    assert {"case/lukket", "case/aflaeggerbord", "case/beslutning/borgerrepraesentationen"} <= differing


def _internal(name: str) -> str:
    return name.removesuffix(Edition.PUBLIC) + Edition.INTERNAL


@pytest.mark.slow
@pytest.mark.parametrize("name", renderings())
@pytest.mark.parametrize("format", READ)
def test_the_text_is_the_trees(name: str, format: Format) -> None:
    expected = words(list(document.texts(example_tree(name))))
    assert len(expected) > 5
    assert words(READ[format](example_bytes(name, format))) == expected


@pytest.mark.slow
@pytest.mark.parametrize("name", some_of(list(renderings())))
def test_word_files_come_back_and_are_strict(name: str) -> None:
    tree = example_tree(name)
    assert docx_tree(example_bytes(name, formats.DOCX)) == document_tree(tree, anchor_names(tree))
    assert word_problems(example_bytes(name, formats.DOCX)) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", renderings())
def test_its_own_source_makes_the_same_bytes_again(name: str) -> None:
    """Also where annexes, cases or closed parts are not in it."""
    id, edition = renderings()[name]
    source = pipeline.source_of(examples(), id, edition)
    again, *found = project_of_source(source, examples().font_directories)
    assert found == [pipeline.Job(examples(), id, edition).shown_id, edition]
    id = str(found[0])
    for format in FORMATS:
        assert pipeline.write(again, pipeline.build_tree(again, id, edition), format, edition) == example_bytes(
            name, format
        )


@pytest.mark.slow
@pytest.mark.parametrize("edition", list(Edition))
def test_the_same_bytes_in_another_place_zone_locale_and_process(edition: Edition, tmp_path: Path) -> None:
    write_content(tmp_path / "andet sted/content", example_files())
    shutil.copytree(ROOT / "templates", tmp_path / "andet sted/templates")
    strange = {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "7", "HOME": "/nonexistent"}
    command = (sys.executable, "-m", "docgen", "build", "case", "meeting", "--edition", str(edition), "--output", "ud")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **strange}
    subprocess.run(command, cwd=tmp_path / "andet sted", env=environment, check=True, capture_output=True)
    suffix = "-intern" if edition is Edition.INTERNAL else ""
    for name, (id, own) in renderings().items():
        for format in FORMATS if own is edition else ():
            job = pipeline.Job(examples(), id, own)
            path = tmp_path / f"andet sted/ud/{job.shown_id}{suffix}.{format.name}"
            # A Word file that may come home has keys made with the project's salt, and a web page leads to the files
            # beside it: a tree alone has neither.
            job.beside = (f"{path.stem}.pdf", f"{path.stem}.docx")
            is_more = format in (formats.DOCX, formats.HTML)
            expected = job.write(format) if is_more else example_bytes(name, format)
            assert path.read_bytes() == expected, path.name


def _files(folder: Path, format: Format) -> list[Path]:
    folder.mkdir()
    files = [folder / f"{name}.{format.name}" for name in renderings()]
    for file, name in zip(files, renderings(), strict=True):
        file.write_bytes(example_bytes(name, format))
    return files


@pytest.mark.judge
def test_verapdf_finds_nothing(tmp_path: Path) -> None:
    judges.require_verapdf()
    assert judges.conformance_failures(_files(tmp_path / "pdf", formats.PDF)) == []


@pytest.mark.judge
def test_the_judges_of_pages_find_nothing(tmp_path: Path) -> None:
    files = _files(tmp_path / "html", formats.HTML)
    assert page_faults(files) == []
    assert nu_problems(files) == []


@pytest.mark.judge
def test_the_word_files_are_open_xml(tmp_path: Path) -> None:
    assert judges.office_problems(_files(tmp_path / "docx", formats.DOCX)) == []


@pytest.mark.judge
def test_libreoffice_opens_them_and_keeps_every_mark(tmp_path: Path) -> None:
    judges.require_soffice()
    files = _files(tmp_path / "docx", formats.DOCX)
    for page_file in judges.soffice_all(files, "pdf", tmp_path):
        pages = PdfReader(page_file).pages
        assert f"side {len(pages)} af {len(pages)}" in " ".join(pages[-1].extract_text().split()), page_file.name
    for name, saved in zip(renderings(), judges.soffice_all(files, "docx", tmp_path), strict=True):
        kept = {key.removesuffix("_Copy_1") for key in bookmark_texts(saved.read_bytes())}
        assert kept == set(bookmark_texts(example_bytes(name, formats.DOCX))), name
