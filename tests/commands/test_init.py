"""`docgen init`: a project that another municipality can build at once, and nothing written over."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from docgen.cli.main import main
from docgen.commands import check as checking
from tests.support.contents import ROOT


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "kommune"
    result = run("init", str(folder))
    assert result.exit_code == 0, result.output
    assert sorted(result.stdout.split()) == sorted(path.as_posix() for path in folder.rglob("*") if path.is_file()), (
        "it tells of every file it writes"
    )
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.slow
def test_it_is_in_order_at_once_and_builds(project: Path) -> None:
    result = run("check", "--hints", "--ignore", "DG105")
    assert (result.exit_code, result.output) == (0, "Ingen fejl.\n")
    # What is to be written over is all that is left to do, and it is told of.
    assert set(re.findall(r"\bDG\d{3}\b", run("check", "--hints").output)) == {"DG105"}
    result = run("build", "--with-annexes")
    assert result.exit_code == 0, result.output
    found = {path.relative_to(project / "build").as_posix() for path in (project / "build").rglob("*.pdf")}
    assert found == {
        "policy/indkoebspolitik.pdf",
        "case/eksempelsag.pdf",
        "case/eksempelsag-med-bilag.pdf",
        "meeting/2026-02-03-oeu/dagsorden.pdf",
        "meeting/2026-02-03-oeu/moedemappe.pdf",
    }


@pytest.mark.slow
def test_new_files_can_be_made_in_it(project: Path) -> None:
    for arguments in (("case", "2026-sag"), ("meeting", "2026-03-03-oeu"), ("follow-up", "2026")):
        result = run("new", *arguments)
        assert result.exit_code == 0, result.output
        assert (project / result.stdout.strip()).is_file()


@pytest.mark.slow
def test_every_file_says_that_it_is_an_example_and_points_to_its_schema(project: Path) -> None:
    files = sorted((project / "content").rglob("*.yaml"))
    assert files
    for path in files:
        first, second = path.read_text(encoding="utf-8").split("\n")[:2]
        match = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert match, path
        assert (path.parent / match[1]).resolve().is_file(), path
        assert second.startswith("# EKSEMPEL: "), path


@pytest.mark.slow
def test_its_templates_are_the_repository_s(project: Path) -> None:
    def read(folder: Path) -> dict[str, bytes]:
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    assert read(project / "templates") == read(ROOT / "templates")
    assert read(project / "schemas") == read(ROOT / "schemas")


@pytest.mark.slow
def test_it_names_nobody_of_another_municipality(project: Path) -> None:
    for path in (*(project / "content").rglob("*.yaml"), project / "README.md"):
        assert not re.search("København|Borgerrepræsentation", path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize("folder", ["content", "templates", "schemas"])
def test_a_folder_with_a_project_is_left_alone(folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / folder).mkdir()
    monkeypatch.chdir(tmp_path)
    result = run("init")
    assert result.exit_code == 1
    assert result.stderr == (
        f"{folder}: findes allerede; intet er skrevet; vælg en anden mappe, fx docgen init kommune\n1 fejl.\n"
    )
    assert list(tmp_path.iterdir()) == [tmp_path / folder]


@pytest.mark.slow
def test_a_readme_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Vores eget.\n", encoding="utf-8")
    (tmp_path / ".git").mkdir()
    assert run("init", str(tmp_path)).exit_code == 0
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "Vores eget.\n"
    assert checking.check_content(tmp_path / "content", tmp_path / "templates") == ()


@pytest.mark.slow
def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("", encoding="utf-8")
    result = run("init", str(tmp_path / "x"))
    assert result.exit_code == 1
    assert "en del af stien er en fil" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


@pytest.mark.slow
def test_editors_complete_what_the_folder_knows_and_git_never_sees_it(project: Path) -> None:
    static = (project / "schemas/case.json").read_bytes()
    run("new", "case", "foer")
    assert (project / "schemas/case.json").read_bytes() == static, "what is under version control is left alone"
    result = run("schema", "--known")
    assert result.exit_code == 0, result.output
    assert (project / "schemas/.gitignore").read_text(encoding="utf-8").split("\n")[1] == "*"
    schema = json.loads((project / "schemas/case.json").read_text(encoding="utf-8"))
    body = schema["$defs"]["Treatment"]["properties"]["body"]
    assert dict(zip(body["anyOf"][0]["enum"], body["anyOf"][0]["enumDescriptions"], strict=True))["byraadet"]
    assert "decision" in schema["properties"]["kind"]["anyOf"][0]["enum"]
    assert "foer" in offered_cases(project)
    assert run("new", "case", "efter").exit_code == 0
    assert {"foer", "efter"} <= set(offered_cases(project)), "a new case is known at once"
    plain = json.loads(static)["$defs"]["Treatment"]["properties"]["body"]
    assert plain == {**body["anyOf"][1], "description": body["description"]}, "others may be written all the same"


def offered_cases(project: Path) -> list[str]:
    schema = json.loads((project / "schemas/meeting.json").read_text(encoding="utf-8"))
    found: list[str] = schema["$defs"]["AgendaItem"]["properties"]["case"]["anyOf"][0]["enum"]
    return found
