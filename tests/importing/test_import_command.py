"""`docgen import`: what a municipality has becomes YAML that loads, and nothing that exists is written over."""

from __future__ import annotations

import io
import random
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from docgen.build.folders import read_project
from docgen.cli.main import main
from docgen.files import read_file
from docgen.importing.review import review_count
from docgen.kinds.policy.model import Policy
from docgen.pipeline import Job
from docgen.writers.formats import PDF
from tests.support.broken_text import NOTE, ROLES, VALUES, as_text, noisy, policy_lines
from tests.support.contents import REAL_POLICY, ROOT, repository, written

NAME = "stoej-2031"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The repository's project without its documents."""
    for name in ("settings.yaml", "organisation.yaml", "glossary.yaml"):
        (tmp_path / "content").mkdir(exist_ok=True)
        shutil.copy(ROOT / "content" / name, tmp_path / "content" / name)
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    return tmp_path


def docgen(folder: Path, *arguments: str) -> Result:
    """`docgen` with the folders of a project."""
    own = ("--content", str(folder / "content"), "--templates", str(folder / "templates"))
    return CliRunner().invoke(main, [*arguments, *own])


def policy_of(folder: Path, name: str = NAME) -> Policy:
    return read_project(folder / "content", folder / "templates").content.all(Policy)[name]


def give(folder: Path, data: bytes, name: str = "politik.txt") -> str:
    (folder / name).write_bytes(data)
    return str(folder / name)


def squeezed(text: str) -> str:
    return " ".join(str(text).split())


@pytest.mark.slow
def test_docgens_own_pdf_becomes_the_same_bytes_again(folder: Path) -> None:
    data = written(REAL_POLICY, PDF)
    result = docgen(folder, "import", give(folder, data, "politik.pdf"))
    assert result.exit_code == 0, result.output
    assert "Bygget her giver den de samme bytes." in result.stdout
    project = read_project(folder / "content", folder / "templates")
    assert Job(project, REAL_POLICY).write(PDF) == data


@pytest.mark.slow
def test_a_folder_that_has_nothing_gets_all_that_the_file_carries(tmp_path: Path) -> None:
    data = written(REAL_POLICY, PDF)
    result = docgen(tmp_path, "import", give(tmp_path, data, "politik.pdf"))
    assert result.exit_code == 0, result.output
    project = read_project(tmp_path / "content", tmp_path / "templates")
    assert Job(project, REAL_POLICY).write(PDF) == data


def test_it_may_have_another_name(folder: Path) -> None:
    path = give(folder, written(REAL_POLICY, PDF), "politik.pdf")
    assert docgen(folder, "import", path, "--as", f"policy/{NAME}").exit_code == 0
    own = repository().content.all(Policy)[REAL_POLICY.partition("/")[2]]
    assert [value.title for value in policy_of(folder).values] == [value.title for value in own.values]
    assert policy_of(folder).history == own.history


def test_another_kind_than_the_file_is_told(folder: Path) -> None:
    path = give(folder, written(REAL_POLICY, PDF), "politik.pdf")
    result = docgen(folder, "import", path, "--as", "case/x")
    assert result.exit_code == 1
    assert "filen er af slagsen policy, ikke case; skriv --as policy/x" in result.stderr


@pytest.mark.parametrize("noise", [0.0, 0.04])
def test_a_broken_text_becomes_a_policy(folder: Path, noise: float) -> None:
    chance = random.Random(9)
    text = as_text([noisy(page, noise, chance) for page in policy_lines()])
    result = docgen(folder, "import", give(folder, text), "--as", f"policy/{NAME}")
    assert result.exit_code == 0, result.output
    policy = policy_of(folder)
    assert policy.verbatim
    assert (policy.period.first, policy.period.last) == (2031, 2034)
    assert [value.title for value in policy.values] == [value[0] for value in VALUES]
    assert [value.statement for value in policy.values] == [value[1] for value in VALUES]
    for value, (_, _, paragraphs, areas) in zip(policy.values, VALUES, strict=True):
        assert [squeezed(f"{area.lead} {area.text or ''}") for area in value.focus_areas] == list(areas)
        assert squeezed(value.text) == " ".join(paragraphs)
    assert policy.responsibilities is not None
    assert [role.title for role in policy.responsibilities.roles] == [title for title, _ in ROLES]
    first, *others = policy.responsibilities.roles
    said = [squeezed(item.text) for item in first.responsibilities]
    assert said[:3] == [*ROLES[0][1], ROLES[1][1][0]]
    assert NOTE.removeprefix("*") in said[3]
    assert all("[ikke udfyldt]" in item.text for role in others for item in role.responsibilities)


@pytest.mark.slow
def test_what_is_imported_can_be_built_and_checked_at_once(folder: Path) -> None:
    result = docgen(folder, "import", give(folder, as_text(policy_lines())), "--as", f"policy/{NAME}")
    assert result.exit_code == 0, result.output
    assert "ting ikke i kilden." in result.stdout
    assert docgen(folder, "build", f"policy/{NAME}", "--output", str(folder / "build")).exit_code == 0
    checked = docgen(folder, "check", f"policy/{NAME}")
    assert checked.exit_code == 0, checked.output
    assert "importen er ikke gennemgået" in checked.output
    (folder / f"content/policies/{NAME}/review.html").unlink()
    assert "importen er ikke gennemgået" not in docgen(folder, "check", f"policy/{NAME}").output


def test_the_review_is_a_page_that_needs_nothing(folder: Path) -> None:
    assert docgen(folder, "import", give(folder, as_text(policy_lines())), "--as", f"policy/{NAME}").exit_code == 0
    data = read_file(folder / f"content/policies/{NAME}/review.html")
    page = data.decode()
    assert review_count(data) == page.count('<th scope="row">') + page.count("<li>")
    assert "<script" not in page
    assert "http://" not in page
    assert "https://" not in page
    assert '<html lang="da">' in page
    assert "summary" in page, "what is not in the source is told"


def test_nothing_that_exists_is_written_over(folder: Path) -> None:
    path = give(folder, as_text(policy_lines()))
    assert docgen(folder, "import", path, "--as", f"policy/{NAME}").exit_code == 0
    before = {file: read_file(file) for file in sorted((folder / "content").rglob("*.*"))}
    again = docgen(folder, "import", path, "--as", f"policy/{NAME}")
    assert again.exit_code == 1
    assert f"policy/{NAME} findes allerede; intet er skrevet; vælg et andet id" in again.stderr
    assert {file: read_file(file) for file in sorted((folder / "content").rglob("*.*"))} == before


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    path = give(folder, as_text(policy_lines()))
    result = docgen(folder, "import", path, "--as", f"policy/{NAME}", "--dry-run")
    assert result.exit_code == 0
    assert not (folder / "content/policies").exists()


REFUSED = {
    "nothing": ("x.txt", b"", "filen er tom"),
    "zeros": ("x.txt", b"a\0b", "filen er ikke en tekst"),
    "old Word": ("x.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "gammelt Word-format, eller den har en adgangskode"),
    "RTF": ("x.rtf", b"{\\rtf1}", "filen er i formatet RTF"),
    "no Word file": ("x.docx", b"PK\3\4rest", "filen er ikke en hel Word-fil"),
    "a broken PDF": ("x.pdf", b"%PDF-1.7\nrest", "PDF-filen kan ikke læses: den er ødelagt"),
    "another file": ("x.xlsx", b"hej", "docgen kan ikke læse den slags filer"),
    "an empty page": ("x.html", b"<html><body></body></html>", "der er ingen tekst at læse på siden"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "data", "message"), REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_read_is_told_and_nothing_is_written(folder: Path, name: str, data: bytes, message: str) -> None:
    result = docgen(folder, "import", give(folder, data, name), "--as", f"policy/{NAME}")
    assert result.exit_code == 1
    assert message in result.stderr
    assert result.stderr.count("\n") == 2, "one problem, and how many there are"
    assert not (folder / "content/policies").exists()


@pytest.mark.slow
def test_a_scanned_and_a_locked_pdf_are_told_apart(folder: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    blank = PdfWriter()
    blank.add_blank_page(200, 200)
    out = io.BytesIO()
    blank.write(out)
    scanned = docgen(folder, "import", give(folder, out.getvalue(), "x.pdf"), "--as", f"policy/{NAME}")
    assert "PDF-filen har ingen tekst, kun billeder; kør tekstgenkendelse (OCR)" in scanned.stderr
    locked = PdfWriter(clone_from=PdfReader(io.BytesIO(out.getvalue())))
    locked.encrypt("hemmelig", algorithm="AES-256")
    again = io.BytesIO()
    locked.write(again)
    result = docgen(folder, "import", give(folder, again.getvalue(), "y.pdf"), "--as", f"policy/{NAME}")
    assert "PDF-filen er beskyttet med adgangskode" in result.stderr


@pytest.mark.parametrize("name", ["policy", "policy/Stort", "ukendt/x", "policy/x/y"])
def test_a_name_that_is_none_is_told(folder: Path, name: str) -> None:
    result = docgen(folder, "import", give(folder, as_text(policy_lines())), "--as", name)
    assert result.exit_code == 1
    assert "kan ikke være et id" in result.stderr or "er ikke navnet på et dokument" in result.stderr
