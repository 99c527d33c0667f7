"""Where nothing has changed a run reads no content at all, and tells what it told; anything else is found out anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from docgen.build.last_run import NOTE
from docgen.cli.main import main
from docgen.commands import build
from tests.support import house

ASKED = ("policy", "--format", "html")


def run(folder: Path, *options: str) -> tuple[bool, str, str]:
    """Whether a build reads content, and what it tells on standard output and on standard error."""
    command = ["build", "--content", str(folder / "content"), "--templates", str(folder / "templates")]
    command += ["--output", str(folder / "ud"), *(options or ASKED)]
    calls, real = [], build.build

    def reading(*given: object, **named: object) -> object:
        calls.append(given)
        return real(*given, **named)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "build", reading)
        found = CliRunner().invoke(main, command, catch_exceptions=False)
    return bool(calls), found.stdout, found.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project that is built, and built again, so that there is a note."""
    found = house.project(tmp_path, house.content())
    run(found)
    run(found)
    assert (found / "ud" / NOTE).is_file()
    return found


def test_the_third_run_reads_nothing_and_tells_what_the_second_told(folder: Path) -> None:
    (folder / "ud" / NOTE).unlink()
    reads, *told = run(folder)
    assert reads
    assert told[1].startswith("1 dokument er som før (--force bygger alligevel).\n")
    assert run(folder) == (False, *told)


def edited(pattern: str) -> Callable[[Path], object]:
    def change(folder: Path) -> None:
        with min(folder.glob(pattern)).open("ab") as file:
            file.write(b"\n")

    return change


def added(path: str) -> Callable[[Path], object]:
    def change(folder: Path) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(b"title: Noget andet\n")

    return change


def noted(**values: object) -> Callable[[Path], object]:
    def change(folder: Path) -> None:
        note = folder / "ud" / NOTE
        note.write_text(json.dumps(json.loads(note.read_text("utf-8")) | values), "utf-8")

    return change


CHANGES: dict[str, Callable[[Path], object]] = {
    "indholdet": edited(f"content/{house.POLICY}"),
    "indstillingerne": edited("content/settings.yaml"),
    "et nyt dokument": added("content/cases/en-ny.yaml"),
    "en fil uden plads": added("content/hvad/er-det.txt"),
    "en fil, der er væk": lambda folder: (folder / "content" / house.CASE).unlink(),
    "en genvej ud": lambda folder: (folder / "content/ud").symlink_to(folder.parent),
    "en skabelon": edited("templates/policy.md.j2"),
    "en ny skabelon": added("templates/ny.md.j2"),
    "en skabelon, der er væk": lambda folder: (folder / "templates/case.md.j2").unlink(),
    "det byggede": edited("ud/policy/*.html"),
    "det byggede, der er væk": lambda folder: min(folder.glob("ud/policy/*.html")).unlink(),
    "et notat, der ikke kan læses": lambda folder: (folder / "ud" / NOTE).write_bytes(b"{"),
    "et notat af noget andet": noted(unchanged=1),
    "et notat af et andet docgen": noted(tools="0" * 64),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_has_changed_is_found_out(folder: Path, name: str) -> None:
    CHANGES[name](folder)
    assert run(folder)[0]


@pytest.mark.parametrize(
    "options",
    [
        ("policy", "--format", "html", "--format", "docx"),
        (*ASKED, "--edition", "internal"),
        (*ASKED, "--with-annexes"),
        (*ASKED, "--force"),
        ("--format", "html"),
    ],
    ids=" ".join,
)
def test_another_question_is_answered_anew(folder: Path, options: tuple[str, ...]) -> None:
    assert run(folder, *options)[0]


def test_what_is_not_well_and_what_the_proof_reader_says_are_told_again(tmp_path: Path) -> None:
    files = house.changed(house.content(), (house.CASE, "Problemet.", "Planen planen koster 45000 kr. i alt."))
    folder = house.project(tmp_path, files | {"hvad/er-det.txt": b"?"})
    told = [run(folder, "case", "--format", "html") for _ in range(4)]
    assert [reads for reads, _, _ in told] == [True, True, False, False]
    assert all(words in told[1][2] for words in ("Andetsteds: ", "45.000"))
    assert told[1][1:] == told[2][1:] == told[3][1:]


def test_a_folder_with_an_archive_of_its_own_is_always_read(tmp_path: Path) -> None:
    files = house.content()
    folder = house.project(tmp_path, files | {house.SETTINGS: files[house.SETTINGS] + b"archive: ../arkiv\n"})
    assert [run(folder)[0] for _ in range(3)] == [True, True, True]


def test_an_empty_output_folder_is_left_by_clean(folder: Path) -> None:
    assert CliRunner().invoke(main, ["clean", "--output", str(folder / "ud")]).exit_code == 0
    assert [path for path in folder.glob("ud/**/*") if path.is_file()] == []
