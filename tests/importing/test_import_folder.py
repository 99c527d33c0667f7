"""A folder of a municipality's documents: each by itself, what is the same once, and again where it stopped."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from docgen.build.folders import read_project
from docgen.cli.main import main
from docgen.files import read_file
from docgen.importing.similar import likeness, sample_of
from docgen.writers.formats import DOCX, PDF
from tests.importing.test_cases import PAGE, TEXT
from tests.importing.test_import_command import folder, squeezed
from tests.support.broken_text import as_text, policy_lines
from tests.support.contents import REAL_POLICY, written

__all__ = ["folder"]


def run(folder: Path, *more: str) -> Result:
    own = ("--content", str(folder / "content"), "--templates", str(folder / "templates"))
    report = ("--report", str(folder / "import.html"))
    return CliRunner().invoke(main, ["import", str(folder / "arkiv"), *own, *report, *more])


def archive(folder: Path, **files: bytes) -> None:
    for name, data in files.items():
        path = folder / "arkiv" / name.replace("__", "/").replace("_DOT_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


@pytest.mark.slow
def test_every_file_becomes_what_it_looks_like(folder: Path) -> None:
    archive(folder, gamle__Stier_DOT_html=PAGE.encode(), Baenke_DOT_txt=TEXT.encode())
    archive(folder, Politik_DOT_txt=as_text(policy_lines()), i_DOT_pdf=b"%PDF-1.7")
    archive(folder, egen_DOT_pdf=written(REAL_POLICY, PDF))
    result = run(folder)
    assert result.exit_code == 1, "one file could not be read"
    assert "5 filer: 4 hentet, 1 ikke læst." in squeezed(result.stdout)
    documents = {str(id) for id in read_project(folder / "content", folder / "templates").content.documents}
    assert documents == {"case/stier", "case/baenke", "policy/politik", REAL_POLICY}
    page = read_file(folder / "import.html").decode()
    assert page.count('<th scope="row">') == 5
    assert "PDF-filen kan ikke læses: den er ødelagt" in page


def test_it_goes_on_where_it_stopped(folder: Path) -> None:
    archive(folder, Stier_DOT_html=PAGE.encode())
    assert run(folder).exit_code == 0
    before = read_file(folder / "content/cases/stier.yaml")
    archive(folder, Baenke_DOT_txt=TEXT.encode())
    again = run(folder)
    assert "2 filer: 1 hentet, 1 findes allerede." in squeezed(again.stdout)
    assert read_file(folder / "content/cases/stier.yaml") == before
    shutil.rmtree(folder / "content/cases")
    assert "2 filer: 2 hentet." in squeezed(run(folder, "--jobs", "2").stdout)


def test_the_same_words_are_taken_once_and_another_version_is_told(folder: Path) -> None:
    archive(folder, Stier_DOT_html=PAGE.encode(), Stier2_DOT_html=PAGE.replace("1 mio.", "2 mio.").encode())
    archive(folder, Kopi_DOT_html=PAGE.encode())
    shown = squeezed(run(folder).stdout)
    assert "3 filer: 1 hentet, 2 samme dokument." in shown or "ligner" in shown
    assert "det samme står i" in shown


def test_word_is_read_before_pdf(folder: Path) -> None:
    word = written("case/afdaekning-af-innovation-og-partnerskaber", DOCX)
    archive(folder, sag_DOT_docx=word, sag_DOT_txt=TEXT.encode())
    result = run(folder, "--as", "case", "--dry-run")
    assert "sag.docx → case/sag: hentet" in result.stdout
    assert "sag.txt → case/sag-2: hentet" in result.stdout
    assert not (folder / "content/cases").exists()
    assert not (folder / "import.html").exists()


def test_an_empty_folder_is_told(folder: Path) -> None:
    (folder / "arkiv").mkdir()
    result = run(folder)
    assert result.exit_code == 1
    assert "der er intet at hente i mappen" in result.stderr


def test_likeness_is_of_the_words_alone() -> None:
    one = sample_of("De to stier bliver lavet i maj, og de bliver brede. " * 3 + "Vi ser frem til dem.")
    assert (
        likeness(one, sample_of("de to stier bliver lavet i maj og de bliver brede " * 3 + "vi ser frem til dem"))
        == 1.0
    )
    assert likeness(one, sample_of("Noget helt andet, som ingen har skrevet før, står her i stedet for.")) == 0.0
