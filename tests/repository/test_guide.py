"""The user guide tells the truth: what it names exists, and what exists it names."""

from __future__ import annotations

import ast
import datetime
import inspect
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from docgen import pipeline
from docgen.cli import danish as danish_click
from docgen.cli import main as cli
from docgen.cli.main import main
from docgen.content.load import load_content
from docgen.kinds.guide.model import Guide
from docgen.kinds.registry import KINDS
from docgen.project import Project
from docgen.proofing.registry import RULES
from docgen.tree.document import texts
from tests.support import plain_yaml
from tests.support.contents import ALL_KINDS, ROOT, ids_of, repository, small_content, write_content
from tests.support.guide_reference import FAMILIES, PARTS, as_yaml, commands, reference

PATH = ROOT / "content" / "guides" / "brugervejledning.yaml"
GUIDE = repository().content.all(Guide)["brugervejledning"]


def text() -> str:
    parts = [part for chapter in GUIDE.chapters for part in (chapter.text, *(item.text for item in chapter.sections))]
    return "\n".join(part for part in parts if part)


def written_by_hand() -> str:
    made = {title for part in PARTS for _, title, _ in reference(part)}
    sections = [item for chapter in GUIDE.chapters for item in chapter.sections if item.title not in made]
    return "\n".join([*(chapter.text or "" for chapter in GUIDE.chapters), *(item.text for item in sections)])


@pytest.mark.parametrize("part", PARTS)
def test_the_reference_is_what_the_program_says(part: str, pytestconfig: pytest.Config) -> None:
    begin, end = f"# opslag:begin {part}\n", f"      # opslag:end {part}\n"
    before, rest = PATH.read_text(encoding="utf-8").split(begin)
    made = as_yaml(reference(part))
    if pytestconfig.getoption("--update"):
        PATH.write_text(before + begin + made + end + rest.split(end)[1], encoding="utf-8")
    else:
        assert rest.split(end)[0] == made, "skriv opslaget på ny med `make golden`"


def test_every_command_and_option_is_told() -> None:
    sections = {item.title: item.text for chapter in GUIDE.chapters for item in chapter.sections}
    for path, command in commands():
        assert path in sections
        for option in (item for item in command.params if isinstance(item, click.Option)):
            assert f"`{option.opts[0]}" in sections[path], (path, option.opts)


def test_every_command_and_option_that_is_named_exists() -> None:
    known = dict(commands())
    options = {name for _, command in commands() for item in command.params for name in item.opts} | {"--help"}
    told = written_by_hand()
    of_dask = re.findall(r"^ +(dask \w+) (.*)", told, re.M)
    own = re.sub(r"^ +dask .*|`[^`\n]*\bpip (?:install|download)[^`\n]*`", "", told, flags=re.M)
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", own))
    assert named <= options
    assert {name for name, _ in of_dask} == {"dask scheduler", "dask worker"}
    called = re.findall(r"(?:`|^    )docgen ([a-z][^`\n]*)", told, re.M)
    assert len(called) > 20
    for words in called:
        first, *rest = words.split()
        command: click.Command | None = known.get(f"docgen {first}")
        assert command is not None, words
        if isinstance(command, click.Group) and rest:
            command = known.get(f"docgen {first} {rest[0]}")
            assert command is not None, words
        for name in re.findall(r"--[a-z-]+", words):
            assert name in {given for item in command.params for given in item.opts}, words


@pytest.mark.parametrize("name", ["scheduler", "worker"])
def test_what_the_guide_says_of_dask_is_what_dask_takes(name: str) -> None:
    module = pytest.importorskip(f"distributed.cli.dask_{name}")
    known = {option for item in module.main.params for option in (*item.opts, *item.secondary_opts)}
    told = re.findall(rf"^ *dask {name} (.*)", text(), re.M)
    assert len(told) == 2
    assert {option for words in told for option in re.findall(r"--[a-z-]+", words)} <= known


def test_every_rule_and_family_is_told_and_exists() -> None:
    codes = {rule.code for rule in RULES}
    assert set(re.findall(r"\bDG\d{3}\b", text())) == codes
    assert {code[:3] for code in codes} == set(FAMILIES)
    assert set(re.findall(r"^- (DG\d): ", text(), re.M)) == set(FAMILIES)


def test_every_exit_code_is_told_and_exists() -> None:
    used = {0, danish_click.USAGE_ERROR}
    for module in (cli, danish_click):
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("sys.exit", "ctx.exit"):
                used |= {
                    item.value for item in node.args if isinstance(item, ast.Constant) and isinstance(item.value, int)
                }
    (section,) = (item for chapter in GUIDE.chapters for item in chapter.sections if item.id == "koder")
    assert [int(code) for code in re.findall(r"^\| (\d+) \|", section.text, re.M)] == sorted(used)


def test_every_kind_of_content_has_its_place_told() -> None:
    (section,) = (item for chapter in GUIDE.chapters for item in chapter.sections if item.id == "filerne")
    folders = {path.name for path in (ROOT / "content").iterdir()} | {"annexes", "images"}
    for name in folders:
        assert f"`{name}" in section.text, name
    assert "guide" in KINDS


def test_the_files_that_are_named_exist() -> None:
    for path in re.findall(r"`((?:content|templates)/[\w/.-]+\.\w+)`", text()):
        assert (ROOT / path).exists(), path


# -- guides as such -----------------------------------------------------------------------------------------------


def test_a_new_guide_is_built_when_it_is_written(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content", small_content())
    folders = ["--content", str(content), "--templates", str(ROOT / "templates")]

    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, [*arguments, *folders])
        return result.exit_code, result.output

    path = content / "guides" / "hjaelp.yaml"
    assert run("new", "guide", "hjaelp") == (0, f"{path.as_posix()}\n")
    code, told = run("check", "guide")
    assert code == 0
    assert told.count(" DG108 ") == 4
    assert run("build", "guide", "--format", "html", "--output", str(tmp_path / "udkast"))[0] == 0
    path.write_text(path.read_text(encoding="utf-8").replace("UDFYLD ", "Her er "), encoding="utf-8")
    assert run("check", "guide") == (0, "Ingen fejl.\n")
    code, told = run("build", "guide/hjaelp", "--output", str(tmp_path / "build"))
    assert code == 0, told
    assert sorted(file.name for file in (tmp_path / "build" / "guide").iterdir()) == [
        "hjaelp.docx",
        "hjaelp.html",
        "hjaelp.pdf",
    ]
    assert run("new", "guide", "hjaelp")[0] == 1


def test_what_is_wrong_with_a_guide_is_told_at_its_place() -> None:
    guide = """\
title: Hjælp
summary: En vejledning til prøver.
version: "1.1"
status: udkast
date: 2026-01-01
history:
  - {version: "1.0", date: 2026-01-01, what: Den første}
chapters:
  - {id: et, title: Et, text: Tekst.}
  - {id: et, title: To}
"""
    problems = load_content(small_content() | {"guides/hjaelp.yaml": guide.encode()}, ALL_KINDS).problems
    told = [str(problem) for problem in problems]
    assert [line.split(": ")[0] for line in told] == [
        "content/guides/hjaelp.yaml:3:10",
        "content/guides/hjaelp.yaml:10:10",
        "content/guides/hjaelp.yaml:10:10",
    ]
    assert "kapitlet 'et' er tomt" in told[1] + told[2]


def test_the_worked_case_of_the_guide_is_built_as_it_is_told() -> None:
    """From a new case to the minutes: what the guide lets one write gives the papers that it tells of."""
    first, decision = (plain_yaml.read(code) for code in re.findall(r"(?:^    .*\n)+", _worked(), re.MULTILINE))
    first["treatments"][0] |= decision
    meeting = {
        "committee": "klima-miljoe-og-teknikudvalget",
        "date": datetime.date(2026, 4, 13),
        "version": "1.0",
        "status": "vedtaget",
        "items": [{"id": "torv", "case": "2026-torv"}],
        "minutes": {"status": "vedtaget"},
    }
    real = repository()
    files = dict(real.content_files)
    for path, data in (("cases/2026-torv.yaml", first), ("meetings/2026-04-13-ktu.yaml", meeting)):
        files[path] = plain_yaml.write(data, sort_keys=False).encode()
    made = Project(files, real.template_files, real.font_directories)
    assert len(ids_of(made, ["case/2026-torv"])) == 3
    council = list(texts(pipeline.build_tree(made, "case/2026-torv/borgerrepraesentationen")))
    assert any("budgetramme" in text for text in council)
    minutes = list(texts(pipeline.build_tree(made, "meeting/2026-04-13-ktu/beslutningsprotokol")))
    assert "Indstillingens 1. at-punkt blev herefter godkendt uden afstemning." in [
        text.replace("\N{NO-BREAK SPACE}", " ") for text in minutes
    ]


def _worked() -> str:
    chapter = next(chapter for chapter in GUIDE.chapters if chapter.id == "sager")
    return next(str(section.text) for section in chapter.sections if section.id == "en-hel-sag")
