"""README and ARCHITECTURE tell the truth: commands, targets, judged documents, and the list of layers."""

from __future__ import annotations

import re

import click
import pytest

from docgen.cli.main import main
from tests.contents import ROOT, judged_ids
from tests.test_architecture import ROOMS

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_it_begins_with_the_two_commands() -> None:
    block = README.split("```")[1].strip().split("\n")
    assert [line.split("#")[0].strip() for line in block] == ["make policy", "make test"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("policy", "test", "bench"):
        assert re.search(rf"^{target}:.* ## \S", makefile, re.M), target
        assert f"make {target}" in README


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_and_option_is_told(name: str) -> None:
    assert f"`docgen {name}" in README
    command = main.commands[name]
    commands = command.commands.values() if isinstance(command, click.Group) else [command]
    for parameter in (parameter for each in commands for parameter in each.params):
        if isinstance(parameter, click.Option):
            assert f"`{parameter.opts[0]}" in README, parameter.opts


def test_every_exit_code_is_told() -> None:
    assert "Afsluttes med 0" in README
    for code in ("1, når", "2, når"):
        assert code in README


def test_the_table_of_judges_has_every_document() -> None:
    table = README.split("<!-- judges:begin -->")[1].split("<!-- judges:end -->")[0]
    assert re.findall(r"^\| (\S+)", table, re.M) == judged_ids()


def test_pictures_and_files_exist() -> None:
    for name in ("README.md", "ARCHITECTURE.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#]+)\)", text):
            assert target.startswith("https://") or (ROOT / target).exists(), target
        for file in re.findall(r"`((?:docgen|templates|content|tests)/[\w/.-]+\.\w+)`", text):
            assert (ROOT / file).exists() or (ROOT / "docgen" / file).exists(), file


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
