"""README, ARCHITECTURE and the pages in docs tell the truth: commands, targets, judged documents, files, and layers."""

from __future__ import annotations

import re

import click
import pytest

from docgen.cli.main import main
from tests.repository.test_architecture import ROOMS
from tests.support.contents import ROOT, judged_ids

README = (ROOT / "README.md").read_text(encoding="utf-8")
USE = (ROOT / "docs/brug.md").read_text(encoding="utf-8")
PAGES = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")),
]


def test_it_begins_with_the_two_commands() -> None:
    block = README.split("```")[1].strip().split("\n")
    assert [line.split("#")[0].strip() for line in block] == ["make policy", "make test"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("policy", "test", "bench"):
        assert re.search(rf"^{target}:.* ## \S", makefile, re.M), target
        assert f"make {target}" in README


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_and_option_is_told(name: str) -> None:
    """Every command in README, which fits a screen, and every option in the page that it leads to."""
    assert f"`docgen {name}" in README
    assert f"`docgen {name}" in USE
    command = main.commands[name]
    commands = command.commands.values() if isinstance(command, click.Group) else [command]
    for parameter in (parameter for each in commands for parameter in each.params):
        if isinstance(parameter, click.Option):
            assert f"`{parameter.opts[0]}" in USE, parameter.opts


def test_every_exit_code_is_told() -> None:
    assert "Afsluttes med 0" in USE
    for code in ("1, når", "2, når"):
        assert code in USE


def test_it_fits_a_screen_and_says_how_to_get_the_command() -> None:
    assert len(README.splitlines()) <= 70
    table = README.index("| kommando |")
    for activation in ("source .venv/bin/activate", r".venv\Scripts\Activate.ps1", r".venv\Scripts\activate.bat"):
        assert 0 < README.index(activation) < table, "told before the table whose commands need it"
    assert "In English:" in README


def test_the_table_of_judges_has_every_document() -> None:
    table = (
        (ROOT / "docs/dommere.md")
        .read_text(encoding="utf-8")
        .split("<!-- judges:begin -->")[1]
        .split("<!-- judges:end -->")[0]
    )
    assert re.findall(r"^\| (\S+)", table, re.M) == judged_ids()


@pytest.mark.parametrize("name", PAGES)
def test_pictures_and_files_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert target.startswith("https://") or (ROOT / name).parent.joinpath(target).exists(), target
    if not name.startswith("docs/"):
        for file in re.findall(r"`((?:docgen|templates|content|docs|schemas|tests|tree|writers)/[\w/.-]+\.\w+)`", text):
            assert (ROOT / file).exists() or (ROOT / "docgen" / file).exists(), file


def test_every_folder_has_its_row() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    table = text[text.index("| mappe |") : text.index("## Lag")]
    folders = [path.name for path in (ROOT / "docgen").iterdir() if (path / "__init__.py").exists()]
    assert len(folders) >= 11
    for folder in folders:
        assert f"`docgen/{folder}/" in table or f" `{folder}/`" in table, folder


def test_what_measures_writes_where_the_numbers_stand() -> None:
    assert "<!-- bench:begin -->" in (ROOT / "docs/maalinger.md").read_text(encoding="utf-8")
    assert "docs/maalinger.md" in (ROOT / "tests/bench/__main__.py").read_text(encoding="utf-8")


def test_architecture_lists_the_layers(pytestconfig: pytest.Config) -> None:
    """The list is made from the one that the tests hold the modules to; `make golden` writes it anew."""
    path = ROOT / "ARCHITECTURE.md"
    text = path.read_text(encoding="utf-8")
    begin, end = "<!-- layers:begin -->\n", "<!-- layers:end -->"
    made = "".join(f"{number}. {', '.join(f'`{name}`' for name in line)}\n" for number, line in enumerate(ROOMS, 1))
    before, rest = text.split(begin)
    if pytestconfig.getoption("--update"):
        path.write_text(before + begin + made + end + rest.split(end)[1], encoding="utf-8")
    else:
        assert rest.split(end)[0] == made
