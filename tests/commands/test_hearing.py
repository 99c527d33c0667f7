"""`docgen pull --comments`: what colleagues and others answered in Word files, collected into a hearing note."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.house import CASE, changed, content, docgen, project
from tests.support.word_edits import commented, rewritten, typed

ID, INTO = "policy/eksempel", ("--into", "hoering")
PATH = "content/hearings/hoering.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with two answers to the policy: a comment with a tracked proposal, and words that are not tracked."""
    made = project(tmp_path, content())
    assert docgen(made, "build", ID, "--format=docx").exit_code == 0
    sent = next((made / "build/policy").glob("*.docx")).read_bytes()
    bo = commented(sent, "Oversigtens tekst", "Hvorfor *kun* den?\n# Og", "Bo Jensen")
    (made / "bo.docx").write_bytes(rewritten(bo, typed("Værdiens tekst", "Værdiens nye tekst", "Bo Jensen")))
    (made / "handel.docx").write_bytes(rewritten(sent, typed("Indsatsens tekst", "Indsatsens lange tekst")))
    return made


def test_comments_and_proposals_of_many_files_are_put_into_a_note(folder: Path) -> None:
    told = docgen(folder, "pull", "--comments", "bo.docx", "handel.docx", *INTO)
    assert told.exit_code == 0, told.stderr
    assert told.stdout.startswith(
        "bo.docx: 2 svar\nhandel.docx: 1 svar\n3 svar er lagt i content/hearings/hoering.yaml.\n"
    )
    text = (folder / PATH).read_text("utf-8")
    for line in (
        "about: policy/eksempel",
        "who: Bo Jensen",
        "date: 2026-02-03",
        "place: Oversigt",
        r"      Hvorfor \*kun\* den?",
        r"      \# Og",
        "who: handel",
        "ændret til",
    ):
        assert line in text, text
    assert docgen(folder, "build", "hearing-note", "--format=html").exit_code == 0
    page = (folder / "build/hearing-note/hoering.html").read_text("utf-8")
    assert "Hvorfor *kun* den?" in page
    assert "Bo Jensen" not in page


def test_nothing_else_is_changed_and_a_dry_run_changes_nothing(folder: Path) -> None:
    before = {path: path.read_bytes() for path in (folder / "content").rglob("*.yaml")}
    told = docgen(folder, "pull", "--comments", "bo.docx", *INTO, "--dry-run")
    assert "2 svar ville blive lagt" in told.stdout
    assert {path: path.read_bytes() for path in (folder / "content").rglob("*.yaml")} == before
    docgen(folder, "pull", "--comments", "bo.docx", *INTO)
    after = {path: path.read_bytes() for path in (folder / "content").rglob("*.yaml")}
    assert after.keys() - before.keys() == {folder / PATH}
    assert all(after[path] == data for path, data in before.items())


def test_what_is_there_comes_once_and_the_answers_stay(folder: Path) -> None:
    docgen(folder, "pull", "--comments", "bo.docx", *INTO)
    text = (folder / PATH).read_text("utf-8")
    answered = text.rstrip() + "\n    answer: Godt set.  # aftalt med Ane\n"
    (folder / PATH).write_text(answered, "utf-8")
    told = docgen(folder, "pull", "--comments", "bo.docx", "handel.docx", *INTO)
    assert "1 svar er lagt" in told.stdout
    assert "2 stod der allerede" in told.stdout
    after = (folder / PATH).read_text("utf-8")
    assert after.startswith(answered)
    assert "id: svar-3" in after


def test_what_is_about_closed_passages_is_left_out(tmp_path: Path) -> None:
    closed = (CASE, "text: Løsningen.", "text: Hemmelig løsning., closed: {reason: § 30}")
    made = project(tmp_path, changed(content(), closed))
    assert docgen(made, "build", "case", "--format=docx", "--edition=internal").exit_code == 0
    sent = next((made / "build/case").rglob("*-intern.docx")).read_bytes()
    (made / "x.docx").write_bytes(commented(sent, "Hemmelig", "Hvor hemmelig?", "Bo"))
    told = docgen(made, "pull", "--comments", "x.docx", *INTO)
    assert "1 om lukkede passager er ikke taget med" in told.stdout, told.stderr
    (made / "y.docx").write_bytes(commented(sent, "Problemet", "Hvor åbent?", "Bo"))
    assert "1 svar ville blive lagt" in docgen(made, "pull", "--comments", "y.docx", *INTO, "--dry-run").stdout
    assert not (made / PATH).exists()


@pytest.mark.slow
@pytest.mark.parametrize("options", [("--comments",), INTO, ("--comments", "--into", "Et Navn")])
def test_without_a_note_to_put_them_in_nothing_is_done(options: tuple[str, ...], folder: Path) -> None:
    told = docgen(folder, "pull", "bo.docx", *options)
    assert told.exit_code != 0
    assert "--into" in told.stderr
    assert not (folder / "content/hearings").exists()
