"""`docgen pull` as the secretary types it, in a project's folder."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from docgen.files import read_file
from tests.support import house
from tests.support.contents import POLICY, ROOT
from tests.support.house import HELD, docgen
from tests.support.word_edits import Change, commented, deleted, inserted, rewritten, typed, with_parts

VALUE = "content/policies/eksempel/values/1-vaerdi.yaml"
OWN = "content/policies/eksempel/policy.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project whose policy was built as a Word file."""
    made = house.project(tmp_path, house.content())
    assert docgen(made, "build", POLICY, "--format", "docx").exit_code == 0
    return made


def back(folder: Path, *edits: Change, name: str = "bo.docx") -> str:
    """The Word file as a colleague sends it back."""
    data = read_file(folder / f"build/{POLICY}.docx")
    for edit in edits:
        data = rewritten(data, edit)
    (folder / name).write_bytes(data)
    return name


def text(folder: Path, path: str) -> str:
    return read_file(folder / path).decode()


@pytest.mark.slow
def test_an_edit_is_shown_at_its_place_and_written(folder: Path) -> None:
    before = text(folder, VALUE)
    name = back(folder, typed("Værdiens tekst", "Værdiens nye tekst", "Bo Jensen"))
    dry = docgen(folder, "pull", name, "--dry-run")
    assert dry.exit_code == 0
    assert dry.stdout.splitlines() == [
        "bo.docx er policy/eksempel.",
        "",
        "1 rettelse ville blive skrevet:",
        f"  {VALUE}:4  text (Bo Jensen, 3.2.2026 kl. 10.15)",
        "    før:  Værdiens tekst.",
        "    nu:   Værdiens nye tekst.",
    ]
    assert text(folder, VALUE) == before
    real = docgen(folder, "pull", name)
    assert real.exit_code == 0
    assert real.stdout.splitlines()[2] == "1 rettelse skrevet:"
    assert text(folder, VALUE) == before.replace("Værdiens tekst", "Værdiens nye tekst")
    again = docgen(folder, "pull", name)
    assert "1 står der allerede:" in again.stdout
    assert docgen(folder, "build", POLICY).exit_code == 0


def test_a_file_that_nobody_wrote_in_says_so(folder: Path) -> None:
    result = docgen(folder, "pull", back(folder))
    assert result.stdout.splitlines() == ["bo.docx er policy/eksempel.", "Ingen ord er ændret."]


def test_what_was_changed_meanwhile_is_merged_and_a_conflict_ends_with_1(folder: Path) -> None:
    name = back(folder, typed("Indledningens tekst", "Bos tekst"), typed("Værdiens tekst", "Værdiens nye tekst"))
    own = text(folder, OWN).replace("Indledningens tekst", "Anes tekst")
    (folder / OWN).write_bytes(own.encode())
    result = docgen(folder, "pull", name)
    assert result.exit_code == 1
    shown = result.stdout
    assert "1 i konflikt, ikke skrevet:" in shown
    assert "    før:  Indledningens tekst." in shown
    assert "    din:  Anes tekst." in shown
    assert "    Word: Bos tekst." in shown
    assert text(folder, OWN) == own
    assert "Værdiens nye tekst" in text(folder, VALUE)


def test_all_or_nothing_writes_nothing_where_one_is_in_conflict(folder: Path) -> None:
    name = back(folder, typed("Indledningens tekst", "Bos tekst"), typed("Værdiens tekst", "Værdiens nye tekst"))
    (folder / OWN).write_bytes(text(folder, OWN).replace("Indledningens", "Anes").encode())
    before = text(folder, VALUE)
    assert docgen(folder, "pull", name, "--all-or-nothing").exit_code == 1
    assert text(folder, VALUE) == before


def test_files_come_home_one_after_the_other(folder: Path) -> None:
    first = back(folder, typed("Værdiens tekst", "Værdiens nye tekst"))
    second = back(folder, typed("Oversigtens", "Hele oversigtens"), name="ane.docx")
    result = docgen(folder, "pull", first, second)
    assert result.exit_code == 0
    assert result.stdout.count("1 rettelse skrevet:") == 2
    assert "Værdiens nye tekst" in text(folder, VALUE)
    assert "Hele oversigtens tekst" in text(folder, OWN)


def test_json_says_the_same(folder: Path) -> None:
    data = commented(read_file(folder / back(folder, typed("Værdiens tekst", "Ny"))), "Ny", "Hvorfor?", "Ane")
    (folder / "bo.docx").write_bytes(data)
    (told,) = json.loads(docgen(folder, "pull", "bo.docx", "--json", "--author", "Bo").stdout)
    (change,) = told["changes"]
    assert (change["outcome"], change["file"], change["line"]) == ("written", VALUE, 4)
    assert (change["path"], change["by"]) == (["text"], "Bo")
    assert told["remarks"][0] | {"date": ""} == {
        "author": "Ane",
        "date": "",
        "text": "Hvorfor?",
        "about": "Ny.",
        "file": VALUE,
        "line": 4,
        "path": ["text"],
    }
    assert told["files"] == ["policies/eksempel/values/1-vaerdi.yaml"]


def test_tracked_changes_are_taken_as_they_are_asked_for(folder: Path) -> None:
    name = back(folder, typed("Værdiens tekst", "Bos", "Bo"), typed("Oversigtens tekst", "Anes", "Ane"))
    assert docgen(folder, "pull", name, "--tracked", "reject").stdout.splitlines()[1] == "Ingen ord er ændret."
    unknown = docgen(folder, "pull", name, "--tracked", "Carl")
    assert unknown.exit_code == 1
    assert unknown.stderr.splitlines()[0] == (
        "bo.docx: ingen sporede ændringer er af Carl; skriv accept, reject eller en af: Ane, Bo"
    )
    assert docgen(folder, "pull", name, "--tracked", "bo").exit_code == 0
    assert ("Bos." in text(folder, VALUE), "Anes." in text(folder, OWN)) == (True, False)


def test_words_deleted_in_word_are_nowhere_in_the_file(folder: Path) -> None:
    name = back(folder, deleted("Værdiens tekst"))
    data = read_file(folder / name)
    for secret in ("Værdiens tekst", "V\\u00e6rdiens tekst"):
        assert all(secret.encode() not in part for part in _parts(data))
    result = docgen(folder, "pull", name)
    assert "Værdiens tekst" in result.stdout


def _parts(data: bytes) -> list[bytes]:
    from tests.support.docx_reading import docx_parts

    return list(docx_parts(data).values())


REFUSED = {
    "nothing": (b"", "filen er ikke en hel Word-fil"),
    "no file of docgen's": (None, "filen er ikke lavet af docgen"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_file_of_docgen_is_refused(folder: Path, name: str) -> None:
    data, message = REFUSED[name]
    own = read_file(folder / f"build/{POLICY}.docx")
    (folder / "x.docx").write_bytes(with_parts(own, {"customXml/item1.xml": None}) if data is None else data)
    result = docgen(folder, "pull", "x.docx")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"x.docx: {message}")


def test_a_file_of_another_folder_is_refused(folder: Path) -> None:
    name = back(folder)
    for path in sorted((folder / "content/policies").rglob("*.yaml")):
        path.unlink()
    for other in ("follow_ups", "cases", "meetings"):
        for path in (folder / "content" / other).glob("*.yaml"):
            path.unlink()
    result = docgen(folder, "pull", name)
    assert result.exit_code == 1
    assert "dokumentet findes ikke" in result.stderr


@pytest.mark.slow
def test_an_issued_version_is_refused_and_the_next_one_offered(folder: Path) -> None:
    guide = "guide/vejledning"
    assert docgen(folder, "build", guide, "--format", "docx").exit_code == 0
    issued = docgen(folder, "issue", guide, "--meeting", HELD)
    assert issued.exit_code == 0, issued.stderr
    data = rewritten(read_file(folder / f"build/{guide}.docx"), typed("Teksten", "Ny tekst"))
    (folder / "g.docx").write_bytes(data)
    result = docgen(folder, "pull", "g.docx")
    assert result.exit_code == 1
    assert "guide/vejledning 1.0 er udstedt og kan ikke ændres" in result.stderr
    assert "docgen new version guide/vejledning" in result.stderr


def test_without_the_words_that_stayed_at_home_it_is_only_shown(folder: Path) -> None:
    name = back(folder, typed("Værdiens tekst", "Værdiens nye tekst"))
    for path in (folder / "content/.docgen").glob("*.gz"):
        path.unlink()
    (folder / OWN).write_bytes(text(folder, OWN).replace("Oversigtens tekst", "Noget andet").encode())
    before = text(folder, VALUE)
    result = docgen(folder, "pull", name)
    assert "filens egne ord er ikke gemt her, så intet bliver skrevet" in result.stdout
    assert text(folder, VALUE) == before


def test_a_redline_comes_home_with_what_was_accepted(folder: Path) -> None:
    """What is accepted is the new version, what is rejected the old one."""
    earlier = folder / "gammel"
    (earlier / "content").mkdir(parents=True)
    for path, data in house.content().items():
        (earlier / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (earlier / "content" / path).write_bytes(data)
    (folder / VALUE).write_bytes(text(folder, VALUE).replace("Værdiens tekst", "Værdiens nye tekst").encode())
    made = docgen(folder, "compare", POLICY, "--old", "gammel", "--format", "docx")
    assert made.exit_code == 0, made.stderr
    (redline,) = (line for line in made.stdout.splitlines() if line.endswith(".docx"))
    accepted = docgen(folder, "pull", redline, "--dry-run")
    assert "Ingen ord er ændret." in accepted.stdout, accepted.stdout
    rejected = docgen(folder, "pull", redline, "--tracked", "reject")
    assert rejected.exit_code == 0
    assert "Værdiens tekst." in text(folder, VALUE)


def at_a_terminal(folder: Path, answer: bytes, *args: str) -> str:
    """What docgen shows somebody who sits at a terminal and types an answer to what it asks."""
    ours, theirs = pytest.importorskip("pty").openpty()  # not on Windows
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "docgen", "pull", *args]
    with subprocess.Popen(command, cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs) as running:
        os.close(theirs)
        os.write(ours, answer)
        shown = b""
        with contextlib.suppress(OSError):  # as Linux ends it
            while part := os.read(ours, 4096):
                shown += part
    os.close(ours)
    assert running.returncode == 0
    return shown.decode().replace("\r\n", "\n")


@pytest.mark.slow
@pytest.mark.parametrize(("answer", "is_written"), [(b"j\n", True), (b"\n", False), (b"nej\n", False)])
def test_at_a_terminal_one_is_asked_whether_paragraphs_are_to_be_written(
    folder: Path, answer: bytes, is_written: bool
) -> None:
    name = back(folder, inserted("Indledningens tekst", "Et nyt afsnit."), typed("Værdiens tekst", "Ny tekst"))
    shown = at_a_terminal(folder, answer, name)
    assert "1 afsnit eller punkt er kommet til, slettet, flyttet, delt eller lagt sammen." in shown
    assert ("Et nyt afsnit." in text(folder, OWN)) is is_written
    assert "Ny tekst" in text(folder, VALUE), "words are written whatever is answered"


@pytest.mark.slow
def test_nobody_is_asked_where_nobody_could_answer(folder: Path) -> None:
    name = back(folder, inserted("Indledningens tekst", "Et nyt afsnit."))
    assert "[j/N]" not in docgen(folder, "pull", name).stdout
    assert "[j/N]" not in at_a_terminal(folder, b"", name, "--json")
    assert "Et nyt afsnit." not in text(folder, OWN)
