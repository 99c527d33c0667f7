"""`docgen compare`, as a secretary types it: against what is issued, an earlier revision, a folder or a PDF."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import Result

from tests.support.contents import REAL_POLICY, ROOT
from tests.support.house import docgen

VALUE = Path("content/policies/indkoebspolitik-2023-2026/values/2-reduceret-klimaaftryk.yaml")
NAME = REAL_POLICY.partition("/")[2]
CASE = "case/vedtagelse-af-indkoebspolitik-2023-2026"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the repository's content and templates, ledger and archive included."""
    for folder in ("content", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns(".docgen"))
    return tmp_path


def edit(project: Path, old: str = "Frem mod 2030", new: str = "Frem mod 2035", path: Path = VALUE) -> None:
    text = (project / path).read_text("utf-8")
    assert old in text
    (project / path).write_text(text.replace(old, new), "utf-8")


def git(folder: Path, *arguments: str) -> None:
    command = ["git", "-c", "user.name=Sekretariatet", "-c", "user.email=x@example.dk", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def lines(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


@pytest.mark.slow
def test_today_is_compared_with_the_last_version_that_was_issued(project: Path) -> None:
    before = lines(docgen(project, "compare", REAL_POLICY, "--summary"))
    edit(project)
    told = lines(docgen(project, "compare", f"{REAL_POLICY}@1.0", REAL_POLICY, "--summary"))
    assert told[0].startswith("Fra version 1.0 til mappens tekst. ")
    assert "1 tal er ændret" in told[0]
    new = [line.partition(". ")[2] or line for line in told[1:] if line not in before]
    assert [line for line in new if line.startswith(("tal", "   ")) and "Fingeraftryk" not in line] == [
        "tal · Reduceret klimaaftryk",
        "   før: … forpligter: Frem mod 2030 skal klimaaftrykket fra indkøb …",
        "   nu:  … forpligter: Frem mod 2035 skal klimaaftrykket fra indkøb …",
    ]


@pytest.mark.slow
def test_it_is_written_in_three_formats_and_the_list_for_itself(project: Path) -> None:
    edit(project)
    result = docgen(project, "compare", NAME, "--format", "docx", "--format", "html", "--format", "list")
    stem = f"build/compare/{REAL_POLICY}_v1.0_now"
    assert lines(result) == [f"{stem}{what}.{ending}" for what in ("", "_changes") for ending in ("docx", "html")]
    assert all((project / path).is_file() for path in lines(result))
    assert "1 tal er ændret" in result.stderr
    before = {path: (project / path).read_bytes() for path in lines(result)}
    docgen(project, "compare", NAME, "--format", "docx", "--format", "html", "--format", "list")
    assert {path: (project / path).read_bytes() for path in before} == before


def test_clean_takes_away_what_compare_wrote_and_build_leaves_it(project: Path) -> None:
    edit(project)
    [path] = lines(docgen(project, "compare", NAME, "--format", "html"))
    docgen(project, "build", "case/afdaekning-af-innovation-og-partnerskaber", "--format", "html")
    assert (project / path).is_file()
    docgen(project, "clean")
    assert not (project / path).exists()


def test_words_of_a_template_are_called_that(project: Path) -> None:
    template = Path("templates/policy_frame.md.j2")
    edit(project, "Om dette dokument", "Om dokumentet her", template)
    found = json.loads(docgen(project, "compare", NAME, "--json").stdout)
    changed = {(entry["sort"], entry["before"], entry["now"]) for entry in found}
    assert ("skabelon", "Om dette dokument", "Om dokumentet her") in changed


@pytest.mark.slow
def test_an_earlier_revision_in_git_is_read_without_a_checkout(project: Path) -> None:
    git(project, "init", "--quiet")
    git(project, "add", ".")
    git(project, "commit", "--quiet", "--message", "i høring")
    edit(project)
    status = subprocess.run(["git", "status", "--short"], cwd=project, capture_output=True, check=True).stdout
    told = lines(docgen(project, "compare", NAME, "--old", "HEAD", "--summary"))
    assert told[0] == "Fra teksten i HEAD til mappens tekst. Der er 1 ændring: 1 tal er ændret."
    assert subprocess.run(["git", "status", "--short"], cwd=project, capture_output=True, check=True).stdout == status


def test_a_revision_that_is_not_there_and_a_missing_git_are_told(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(project, "init", "--quiet")
    result = docgen(project, "compare", NAME, "--old", "v9")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "v9: git kender ikke udgaven" in result.stderr
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    result = docgen(project, "compare", NAME, "--old", "v9")
    assert result.exit_code == 1
    assert "git er ikke installeret" in result.stderr


@pytest.mark.slow
def test_a_folder_from_before_is_compared(project: Path) -> None:
    shutil.copytree(project / "content", project / "gammel/content")
    edit(project)
    told = lines(docgen(project, "compare", NAME, "--old", "gammel", "--summary"))
    assert told[0] == "Fra teksten i gammel til mappens tekst. Der er 1 ændring: 1 tal er ændret."


@pytest.mark.slow
def test_a_fault_in_the_earlier_content_is_told_as_its_own(project: Path) -> None:
    shutil.copytree(project / "content", project / "gammel/content")
    edit(project, "title:", "titel:", Path("gammel") / VALUE)
    result = docgen(project, "compare", NAME, "--old", "gammel", "--summary")
    assert result.exit_code == 1
    assert f"gammel:{VALUE.as_posix()}" in result.stderr


@pytest.mark.slow
def test_a_pdf_that_was_issued_or_made_is_compared_with_today(project: Path) -> None:
    docgen(project, "build", f"{NAME}@1.0", "--format", "pdf")
    [issued] = (project / "build").rglob("*.pdf")
    edit(project)
    told = lines(docgen(project, "compare", str(issued.relative_to(project)), NAME, "--summary"))
    assert "til mappens tekst. " in told[0]
    assert "1 tal er ændret" in told[0]
    docgen(project, "build", "follow-up/2023", "--format", "pdf", "--output", "andre")
    made = Path("andre/follow-up/2023.pdf")
    told = lines(docgen(project, "compare", str(made), "--summary"))
    assert told[0] == f"Fra filen {made.name} til mappens tekst. Der er ingen ændringer."


@pytest.mark.slow
def test_two_editions_are_never_compared(project: Path) -> None:
    """What is closed would come back as what is deleted."""
    docgen(project, "build", "follow-up/2023", "--format", "pdf", "--edition", "internal", "--output", "andre")
    [file] = (project / "andre").rglob("*.pdf")
    result = docgen(project, "compare", str(file.relative_to(project)), "follow-up/2023")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "er den interne udgave, og to udgaver sammenlignes ikke; skriv --edition internal" in result.stderr
    assert not (project / "build/compare").exists()
    told = docgen(project, "compare", str(file.relative_to(project)), "--summary", "--edition", "internal")
    assert "Der er ingen ændringer." in told.stdout


def test_two_renderings_of_a_case_are_no_versions(project: Path) -> None:
    result = docgen(project, "compare", f"{CASE}/oekonomiudvalget", f"{CASE}/borgerrepraesentationen")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "er den samme sag til to udvalg" in result.stderr


@pytest.mark.slow
def test_two_follow_ups_are_compared_by_their_names(project: Path) -> None:
    told = lines(docgen(project, "compare", "follow-up/2023", "follow-up/2024", "--summary"))
    assert told[0].startswith("Fra Opfølgning på indkøbspolitikken for 2023 (mappens tekst) til Opfølgning på ")
    [path] = lines(docgen(project, "compare", "follow-up/2023", "follow-up/2024", "--format", "html"))
    assert path == "build/compare/follow-up/2024_2023-now_now.html"


def test_what_is_not_there_is_told(project: Path) -> None:
    for arguments, message in (
        (["nosuch"], "nosuch: dokumentet findes ikke"),
        (["follow-up/2023"], "ingen version af dokumentet er udstedt"),
        ([f"{NAME}@7.0"], "versionen er ikke udstedt"),
        (["nosuch.pdf", NAME], "nosuch.pdf: filen kan ikke læses"),
    ):
        result = docgen(project, "compare", *arguments)
        assert (result.exit_code, result.stdout) == (1, "")
        assert message in result.stderr
        assert not (project / "build/compare").exists()
