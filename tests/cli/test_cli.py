"""The command line as the secretary meets it: what she types, what she sees, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from docgen import __version__
from docgen.cli.main import main
from docgen.tree import builder
from tests.support.contents import ROOT, repository, small_content, write_content


@pytest.fixture
def folders(tmp_path: Path) -> list[str]:
    content = write_content(tmp_path / "content", small_content())
    return ["--content", str(content), "--templates", str(ROOT / "templates")]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_help_names_every_command_and_exit_code() -> None:
    result = run("--help")
    assert result.exit_code == 0
    for word in (
        "build",
        "check",
        "list",
        "schema",
        "0 færdig",
        "1 indholdet",
        "2 kaldet",
        "Brug:",
        "Valg:",
        "Kommandoer:",
    ):
        assert word in " ".join(result.stdout.split())
    assert not {"Usage", "Options", "Commands", "Show"} & set(result.stdout.replace(":", " ").split())


@pytest.mark.parametrize("command", [("new",), ("new", "case"), ("new", "guide"), ("init",), ("build",)])
def test_help_is_in_danish_for_each_command(command: tuple[str, ...]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith("Brug: ")
    assert "Vis denne hjælp og stop." in result.stdout
    assert not {"Usage:", "[OPTIONS]", "Options:", "Commands:", "COMMAND"} & set(result.stdout.split())


def test_version() -> None:
    assert run("--version").stdout == f"docgen {__version__}\n"


def test_list_shows_each_document(folders: list[str]) -> None:
    result = run("list", *folders)
    assert result.exit_code == 0
    assert result.stdout.split() == ["policy/eksempel", "1.0", "udkast", "Eksempelpolitik"]


def test_list_as_json(folders: list[str]) -> None:
    result = run("list", "--json", *folders)
    entry = {"id": "policy/eksempel", "title": "Eksempelpolitik", "version": "1.0", "status": "udkast"}
    assert json.loads(result.stdout) == [entry]


def test_check_of_good_content(folders: list[str]) -> None:
    result = run("check", *folders)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "Ingen fejl.\n")


def test_a_mistyped_key_is_told_with_its_place(folders: list[str], tmp_path: Path) -> None:
    place = tmp_path / "content/policies/eksempel/policy.yaml"
    place.write_text(place.read_text(encoding="utf-8").replace("summary:", "sumary:"), "utf-8")
    for command in (["check"], ["build", "--output", str(tmp_path / "build")]):
        result = run(*command, *folders)
        assert result.exit_code == 1
        assert result.stdout == ""
        assert result.stderr == f"{place.as_posix()}:2:1: feltet 'sumary' kendes ikke; mente du 'summary'?\n1 fejl.\n"
    assert not (tmp_path / "build").exists()
    listed = run("list", *folders)
    assert (listed.exit_code, listed.stdout) == (0, "")
    told = f"Andetsteds: {place.as_posix()}:2:1: feltet 'sumary' kendes ikke; mente du 'summary'?\n"
    assert listed.stderr == told


def test_check_as_json_and_for_github(folders: list[str], tmp_path: Path) -> None:
    (tmp_path / "content/settings.yaml").write_text(
        "format: 2\nmunicipality: {name: A, concil: raadet}\n", encoding="utf-8"
    )
    result = run("check", "--output-format", "json", *folders)
    (problem,) = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (problem["line"], problem["column"], problem["hint"]) == (2, 25, "mente du 'council'?")
    result = run("check", "--output-format", "github", *folders)
    assert result.exit_code == 1
    assert result.stdout.startswith("::error file=")
    assert ",line=2,col=25::feltet 'concil' kendes ikke; mente du 'council'?" in result.stdout


def test_build_prints_the_files(folders: list[str], tmp_path: Path) -> None:
    result = run("build", "policy", "--format", "html", "--format", "tree", "--output", str(tmp_path / "ud"), *folders)
    assert result.exit_code == 0, result.stderr
    files = [tmp_path / "ud/policy/eksempel.html", tmp_path / "ud/policy/eksempel.tree"]
    assert result.stdout.split("\n") == [*(path.as_posix() for path in files), ""]
    assert files[1].read_text(encoding="utf-8").startswith("Document policy/eksempel 'Eksempelpolitik'")


def test_unknown_document(folders: list[str]) -> None:
    result = run("build", "policy/exempel", *folders)
    assert result.exit_code == 1
    assert result.stderr == "policy/exempel: dokumentet findes ikke; mente du policy/eksempel?\n1 fejl.\n"


WRONG_CALLS = {
    ("byg",): "kommandoen 'byg' kendes ikke; vælg build, check, clean, compare, completion, import, init, issue, "
    "ledger, list, migrate, new, preview, pull, rule, schema, status, studio, verify",
    ("biuld",): "kommandoen 'biuld' kendes ikke; mente du 'build'?",
    ("build", "--format", "odt"): "'--format' kan være pdf, docx, html eller tree",
    ("check", "--output-fromat", "json"): "valget '--output-fromat' kendes ikke; mente du '--output-format'?",
    ("schema", "sag"): "'sag' kendes ikke; vælg settings, organisation",
    ("schema", "value", "policy"): "for mange ord: policy",
    ("build", "--output"): "valget '--output' mangler en værdi",
}


@pytest.mark.parametrize("arguments", WRONG_CALLS)
def test_a_wrong_call_is_2_and_told_in_danish(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("Fejl: ")
    assert WRONG_CALLS[arguments] in result.stderr
    assert "Traceback" not in result.stderr


def test_no_content_folder_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("build")
    assert result.exit_code == 1
    assert (
        result.stderr == "content: mappen findes ikke; stå i projektets mappe, eller skriv --content MAPPE\n1 fejl.\n"
    )


def test_escape_sequences_in_content_never_reach_the_terminal(folders: list[str], tmp_path: Path) -> None:
    (tmp_path / "content/settings.yaml").write_text('"\\e]0;overtaget\\a": x\n', encoding="utf-8")
    result = run("check", *folders)
    assert result.exit_code == 1
    assert "\x1b" not in result.stderr
    assert "\x07" not in result.stderr


def test_a_bug_says_that_it_is_one(folders: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object) -> None:
        raise ZeroDivisionError("prøve")

    monkeypatch.setattr(builder, "build", broken)
    result = run("check", *folders)
    assert result.exit_code == 1
    assert "en fejl i docgen, ikke i dit indhold: ZeroDivisionError: prøve" in result.stderr
    assert "Traceback" not in result.stderr


KINDS_OF_CASE = ["decision", "briefing", "discussion", "tabled-briefing", "declaration", "motion", "question"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS_OF_CASE)
def test_a_new_case_says_what_is_still_to_be_written(kind: str, tmp_path: Path) -> None:
    real = {
        path: data
        for path, data in repository().content_files.items()
        if not path.startswith(("cases/", "meetings/", "follow_ups/"))
    }
    content = write_content(tmp_path / "content", real)
    folders = ["--content", str(content), "--templates", str(ROOT / "templates")]
    result = run("new", "case", "2024-innovation", "--kind", kind, *folders)
    place = content / "cases/2024-innovation.yaml"
    assert (result.exit_code, result.stdout) == (0, f"{place.as_posix()}\n")
    result = run("check", "case", "--select", "DG108", *folders)
    assert result.exit_code == 0
    written = place.read_text(encoding="utf-8").split("\n")
    lines = [number for number, line in enumerate(written, 1) if "UDFYLD" in line and not line.startswith("#")]
    told = [line for line in result.stderr.splitlines() if "DG108" in line]
    assert [line.removeprefix(place.as_posix()).split(":")[1] for line in told] == [str(number) for number in lines]
    # It is built as it is, and says in each place that it is not filled in.
    assert run("build", "--format", "html", "--output", str(tmp_path / "udkast"), *folders).exit_code == 0
    draft = (tmp_path / "udkast/case/2024-innovation.html").read_text(encoding="utf-8")
    assert draft.count("[ikke udfyldt]") >= len(lines)
    assert "UDFYLD" not in draft
    place.write_text(place.read_text(encoding="utf-8").replace("UDFYLD", "Skrevet"), "utf-8")
    result = run("build", "case", "--output", str(tmp_path / "build"), *folders)
    assert result.exit_code == 0, result.stderr
    assert result.stderr.startswith("case/2024-innovation: 0,")
    assert "(højst 3)" in result.stderr
    result = run("new", "case", "2024-innovation", *folders)
    assert (result.exit_code, "findes allerede" in result.stderr) == (1, True)
    assert run("new", "case", "../ud", *folders).exit_code == 1


def test_the_kinds_of_a_new_case_are_those_of_the_settings(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content", dict(repository().content_files))
    folders = ["--content", str(content), "--templates", str(ROOT / "templates")]
    result = run("new", "case", "2024-x", "--kind", "motoin", *folders)
    assert (result.exit_code, "--kind 'motoin' kendes ikke; mente du motion" in result.stderr) == (1, True)


def test_a_new_policy_has_the_parts_of_the_profile(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content", dict(repository().content_files))
    folders = ["--content", str(content), "--templates", str(ROOT / "templates")]
    result = run("new", "policy", "byens-rum", *folders)
    place = content / "policies/byens-rum/policy.yaml"
    assert (result.exit_code, result.stdout) == (0, f"{place.as_posix()}\n"), result.stderr
    result = run("check", "policy/byens-rum", *folders)
    assert (result.exit_code, " DG108 " in result.stderr) == (0, True)
    place.write_text(place.read_text("utf-8").replace("UDFYLD", "Skrevet"), "utf-8")
    result = run("build", "policy/byens-rum", "--format", "html", "--output", str(tmp_path / "build"), *folders)
    assert result.exit_code == 0, result.stderr


def test_schema_of_one_kind_and_of_all(tmp_path: Path) -> None:
    result = run("schema", "value")
    assert json.loads(result.stdout)["title"] == "Værdi (values/N-navn.yaml)"
    result = run("schema", "--output", str(tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(Path(line).name for line in result.stdout.split())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build", "--jobs", "x"], "'--jobs' skal være et helt tal fra 0 til 64"),
        (["build", "--jobs", "65"], "'--jobs' skal være et helt tal fra 0 til 64"),
        (["status", "--on", "2026-13-01"], "'--on' skal være en dato; skriv fx 2026-12-01"),
    ],
)
def test_a_wrong_value_of_an_option_is_told_in_danish(arguments: list[str], said: str) -> None:
    assert said in CliRunner().invoke(main, arguments).stderr
