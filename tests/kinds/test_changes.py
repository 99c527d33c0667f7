"""The table "Vil du …" in ARCHITECTURE, done: each row in a copy of the house, with the files that it names alone.

A copy is run in a process of its own.
"""

from __future__ import annotations

import inspect
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import docgen
from tests.support.contents import ROOT, write_content
from tests.support.house import GUIDE, content
from tests.support.own_kind import TEMPLATE

HOUSE = Path(docgen.__file__).parent
PAGE = "build/guide/vejledning.html"


class Copy:
    """The program, a project's templates and a small content, in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(HOUSE, folder / "docgen")
        shutil.copytree(ROOT / "templates", folder / "templates")
        write_content(folder / "content", content())

    def edit(self, path: str, old: str, new: str) -> None:
        """Replaces words of a file at their first place."""
        text = (self.folder / path).read_text("utf-8")
        assert old in text, (path, old)
        (self.folder / path).write_text(text.replace(old, new, 1), "utf-8")

    def write(self, path: str, text: str) -> None:
        """A new file."""
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text, "utf-8")

    def run(self, *arguments: str, module: str = "docgen", code: int = 0) -> str:
        """What a command of the copy says."""
        environment = {**os.environ, "PYTHONPATH": str(self.folder)}
        command = (sys.executable, "-m", module, *arguments)
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def page(self) -> str:
        """The guide as a web page."""
        self.run("build", "guide", "--format", "html")
        return (self.folder / PAGE).read_text("utf-8")


def change_the_template(copy: Copy) -> None:
    before = copy.page()
    copy.edit("templates/guide.md.j2", "# Om dette dokument", "# Om vejledningen")
    assert ("Om dette dokument" in before, "Om vejledningen" in copy.page()) == (True, True)


def change_the_look(copy: Copy) -> None:
    copy.edit("templates/theme/theme.yaml", '"#0b3f6b"', '"#3f0b6b"')
    assert "--accent: #3f0b6b" in copy.page()


def add_a_theme_property(copy: Copy) -> None:
    copy.edit("docgen/writers/theme.py", "    accent: Colour\n", '    accent: Colour\n    link: Colour = "#0b3f6b"\n')
    assert "link" in json.loads(copy.run("schema", "theme"))["$defs"]["Colours"]["properties"]
    assert "--link: #0b3f6b" in copy.page()
    copy.edit("templates/theme/theme.yaml", "  text: ", '  link: "#123456"\n  text: ')
    assert "--link: #123456" in copy.page()
    copy.edit("templates/theme/theme.yaml", "#123456", "blå")
    assert "templates/theme/theme.yaml:6:9: 'blå' er ikke en farve" in copy.run("check", code=1)


def add_a_field(copy: Copy) -> None:
    field = '    contact: Line | None = Field(OPEN, default=None, description="Hvem man spørger")\n'
    copy.edit("docgen/kinds/guide/model.py", "    short_title: Line", f"{field}    short_title: Line")
    copy.run("schema", "--output", "schemas")
    schema = json.loads((copy.folder / "schemas/guide.json").read_text("utf-8"))
    assert schema["properties"]["contact"]["description"] == "Hvem man spørger"
    copy.edit(f"content/{GUIDE}", "summary:", "contact: Sekretariatet\nsummary:")
    copy.edit("templates/guide.md.j2", "# Om dette", "Spørg {{ guide.contact }}.\n\n# Om dette")
    assert "Spørg Sekretariatet." in copy.page()


def add_a_rule_across_files(copy: Copy) -> None:
    rule = (
        '    if guide.title.endswith("."):\n'
        '        yield Problem(guide.origin_of("title"), "titlen har punktum", "slet det")\n'
    )
    copy.edit(
        "docgen/kinds/guide/checks.py",
        "    for chapter in guide.chapters:\n",
        f"{rule}    for chapter in guide.chapters:\n",
    )
    copy.edit(f"content/{GUIDE}", "til prøver\n", "til prøver.\n")
    assert f"content/{GUIDE}:1:8: titlen har punktum; slet det" in copy.run("check", code=1)


def add_a_kind(copy: Copy) -> None:
    shutil.copy(ROOT / "tests/support/own_kind.py", copy.folder / "docgen/kinds/press_release.py")
    copy.edit("docgen/kinds/registry.py", "(CASE, ", "(PRESS_RELEASE, CASE, ")
    copy.edit("docgen/kinds/registry.py", "\nKINDS", "\nfrom docgen.kinds.press_release import PRESS_RELEASE\n\nKINDS")
    copy.write("templates/press_release.md.j2", TEMPLATE)
    copy.run("new", "pressemeddelelse", "nyt")
    copy.edit("content/press_releases/nyt.yaml", "UDFYLD overskriften", "Nyt")
    copy.edit("content/press_releases/nyt.yaml", "UDFYLD brødteksten", "Teksten")
    assert "pressemeddelelse/nyt" in copy.run("list")
    assert "build/pressemeddelelse/nyt.html" in copy.run("build", "pressemeddelelse", "--format", "html")


def add_a_format(copy: Copy) -> None:
    copy.write("docgen/writers/plain.py", "def write(writing):\n    return writing.document.title.encode()\n")
    line = 'FORMATS["txt"] = Format("txt", import_module("docgen.writers.plain").write)\n'
    copy.edit("docgen/writers/formats.py", "from functools", "from importlib import import_module\nfrom functools")
    copy.edit("docgen/writers/formats.py", "\n\ndef default_formats", f"\n{line}\n\ndef default_formats")
    assert "|txt]" in copy.run("build", "--help")
    assert copy.run("build", "guide", "--format", "txt") == "build/guide/vejledning.txt\n"
    assert (copy.folder / "build/guide/vejledning.txt").read_text("utf-8") == "En vejledning til prøver"


def add_a_block(copy: Copy) -> None:
    node = 'class Seal(Node, frozen=True):\n    """A seal."""\n\n\nBlock = (\n    Seal\n    | Title\n'
    copy.edit("docgen/tree/document.py", "Block = (\n    Title\n", node)
    told = copy.run("--strict", "docgen", "--config-file", str(ROOT / "pyproject.toml"), module="mypy", code=1)
    missing = {line.split(":")[0] for line in told.splitlines() if '"Seal"' in line}
    assert {
        "docgen/writers/docx/writer.py",
        "docgen/writers/html/writer.py",
        "docgen/writers/pdf/layout_data.py",
    } <= missing


def add_a_rule_of_the_proof_reader(copy: Copy) -> None:
    rule = (
        '    Rule(\n        "DG899", "Ingen råb", Severity.WARNING, "Husets", ("Kom.",), ("Kom!",),\n'
        "        lambda reading: [\n"
        '            Hit(passage, at, at + 1, "skriv punktum")\n'
        '            for passage in reading.passages for at, sign in enumerate(passage.text) if sign == "!"\n'
        "        ],\n    ),\n"
    )
    copy.edit(
        "docgen/proofing/rules/length.py", "RULES: tuple[Rule, ...] = (\n", f"RULES: tuple[Rule, ...] = (\n{rule}"
    )
    copy.edit(f"content/{GUIDE}", "gør man.", "gør man!")
    assert "Ingen råb" in copy.run("rule", "DG899")
    assert f"content/{GUIDE}:2:23 DG899" in copy.run("check", "guide")


def change_a_danish_rule(copy: Copy) -> None:
    copy.edit(f"content/{GUIDE}", "chapters:", 'history: [{version: "1.0", date: 2026-01-12, what: Ny}]\nchapters:')
    assert "12.1.2026" in copy.page()
    copy.edit("docgen/danish.py", '"d.M.y"', '"d.M.yy"')
    assert "<td>12.1.26</td>" in copy.page()
    assert re.search(r'"short"\) → 1\.12\.2022', (ROOT / "tests/specs/danish.md").read_text("utf-8"))


def see_what_a_stage_does(copy: Copy) -> None:
    copy.run("build", "guide", "--format", "tree")
    assert "Begynd her" in (copy.folder / "build/guide/vejledning.tree").read_text("utf-8")


DONE: dict[str, Callable[[Copy], None]] = {
    "ændre, hvad et dokument siger, eller i hvilken rækkefølge": change_the_template,
    "ændre udseendet": change_the_look,
    "give temaet en egenskab mere": add_a_theme_property,
    "give et felt mere": add_a_field,
    "lave en ny regel på tværs af filer": add_a_rule_across_files,
    "lave en ny slags dokument": add_a_kind,
    "lave et nyt format": add_a_format,
    "lave en ny slags blok": add_a_block,
    "lave en ny regel til korrekturen": add_a_rule_of_the_proof_reader,
    "ændre en dansk regel": change_a_danish_rule,
    "se, hvad et trin gør": see_what_a_stage_does,
}
FAST = {
    *("ændre, hvad et dokument siger, eller i hvilken rækkefølge", "give et felt mere", "lave et nyt format"),
    *("lave en ny regel til korrekturen", "se, hvad et trin gør"),
}
"""One of each sort; the others take longer, above all `lave en ny slags blok`: mypy reads the whole program."""


def rows() -> dict[str, str]:
    """The table: what one would do, and where it says to go."""
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    table = text[text.index("## Vil du …") : text.index("## Hvad DOCX-filen bærer")]
    return dict(re.findall(r"^\| ([^|`]*?) \| (.*) \|$", table, re.MULTILINE)[1:])


def test_every_row_is_done() -> None:
    assert list(rows()) == list(DONE)


@pytest.mark.parametrize("row", [pytest.param(row, marks=() if row in FAST else pytest.mark.slow) for row in DONE])
def test_a_row_of_the_table_is_true(row: str, tmp_path: Path) -> None:
    DONE[row](Copy(tmp_path))


@pytest.mark.parametrize("row", DONE)
def test_no_file_of_the_program_is_changed_that_the_row_does_not_name(row: str) -> None:
    changed = re.findall(r'copy\.(?:edit|write)\("(docgen/[\w/.]+)"', inspect.getsource(DONE[row]))
    for path in changed:
        told = rows()[row]
        assert f"`{path}`" in told or Path(path).name in told or f"`{Path(path).parent.as_posix()}/`" in told, path
