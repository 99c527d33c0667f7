"""`docgen new version`: the next version in the file, and everything else in it as it was."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.cli.main import main
from docgen.commands.issue import issue_document
from docgen.commands.version import raised
from docgen.content.yaml_reader import read_yaml
from tests.faults.projects import issuing_project
from tests.support.contents import REAL_POLICY
from tests.support.effort import tries
from tests.support.issued import options, run

DAY = datetime.date(2026, 2, 3)
FILE = "policies/indkoebspolitik-2023-2026/policy.yaml"


def new_version(project: Path, *arguments: str) -> Result:
    folders = ["--content", str(project / "content"), "--templates", str(project / "templates")]
    return CliRunner().invoke(main, ["new", "version", *arguments, *folders])


@pytest.mark.slow
def test_the_next_version_leaves_the_issued_one_where_it_is(tmp_path: Path) -> None:
    project = issuing_project(tmp_path)
    words = (REAL_POLICY, "--what", 'Rettet "efter" høring', "--date", "2026-02-03")
    early = new_version(project, *words)
    assert (early.exit_code, "version 1.0 er ikke udstedt" in early.stderr) == (1, True)
    issue_document(options(project))
    before = (project / "content" / FILE).read_text("utf-8").split("\n")
    done = new_version(project, *words)
    assert (done.exit_code, done.stderr) == (0, f"{REAL_POLICY} er nu 1.1; 1.0 er som udstedt.\n"), done.stderr
    after = (project / "content" / FILE).read_text("utf-8").split("\n")
    changed = [line for line in after if line not in before]
    assert changed[0].endswith('version: "1.1"')
    assert "Rettet" in changed[-1]
    assert [line for line in before if line not in after] == ['version: "1.0"']
    assert run(project, "build", "case", "--format", "html").exit_code == 0, "cases keep 1.0"
    assert run(project, "build", "policy", "--format", "html").exit_code == 0


HISTORIES = {
    "none": 'version: "1.0"\nstatus: udkast\n',
    "flow": 'version: "1.0"\nhistory:\n  - {version: "1.0", date: 2025-01-01, what: x}\nstatus: udkast\n',
    "block": "version: '1.0'\nhistory:\n- version: \"1.0\"\n  date: 2025-01-01\n  what: x\n\n# mere\nstatus: udkast\n",
    "last": 'status: udkast\nversion: "1.0"  # her\nhistory:\n  - {version: "1.0", date: 2025-01-01, what: x}\n',
}


@pytest.mark.parametrize("text", HISTORIES.values(), ids=HISTORIES)
@settings(max_examples=tries(20), deadline=None)
@given(st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=30))
def test_any_words_are_written_as_they_are(text: str, what: str) -> None:
    read: Any = read_yaml("x.yaml", raised("x.yaml", text.encode(), "1.0", what, DAY))
    assert (str(read["version"]), str(read["status"])) == ("1.1", "udkast")
    last = read["history"][-1]
    assert [str(last[key]) for key in ("version", "date", "what")] == ["1.1", "2026-02-03", normalize("NFC", what)]
    assert len(read["history"]) == text.count("what") + 1


@pytest.mark.parametrize("text", ["version: >-\n  1.0\n", 'version: "1.0"\nhistory: []\n', "{version: '1.0'}\n"])
def test_however_it_is_written(text: str) -> None:
    read: Any = read_yaml("x.yaml", raised("x.yaml", text.encode(), "1.0", "x", DAY))
    assert [str(read["version"]), [str(each["version"]) for each in read["history"]]] == ["1.1", ["1.1"]]


def test_minutes_have_a_version_of_their_own() -> None:
    text = b'version: "1.0"  # dagsordenen\nminutes:\n  version: "2.0"\n  status: udkast\n'
    read: Any = read_yaml("x.yaml", raised("x.yaml", text, "2.0", "x", DAY, ("minutes",)))
    assert (str(read["version"]), str(read["minutes"]["version"])) == ("1.0", "2.1")
    assert [str(each["what"]) for each in read["minutes"]["history"]] == ["x"]
