"""What is said on a console, or into a file, that has not all the signs: nothing is lost, and nothing stops."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.contents import ROOT
from tests.support.house import POLICY, changed, content, project

TITLE = "Łódź → Ærø 🄯"


def run(folder: Path, encoding: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    command = (sys.executable, "-m", "docgen", *arguments)
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=120)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = changed(content(), (POLICY, "title: Eksempelpolitik", f"title: {TITLE}"))
    return project(tmp_path_factory.mktemp("tegn"), files)


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "latin-1", "cp1252:strict", "utf-8"])
def test_any_encoding_shows_a_list(encoding: str, folder: Path) -> None:
    done = run(folder, encoding, "list")
    assert (done.returncode, done.stderr) == (0, b"")
    shown = done.stdout.decode(encoding.partition(":")[0])
    (line,) = [line for line in shown.splitlines() if line.startswith("policy/")]
    assert json.loads(f'"{line}"').endswith(TITLE), "what there is no sign for is escaped as in JSON"
    assert line.endswith(TITLE) == (encoding == "utf-8")
    assert "Ærø" in line


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["cp1252", "cp850"])
def test_json_stays_json(encoding: str, folder: Path) -> None:
    done = run(folder, encoding, "list", "--json")
    assert done.returncode == 0
    found = json.loads(done.stdout.decode(encoding))
    assert TITLE in {each["title"] for each in found}


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["cp1252", "cp850"])
def test_problems_are_told(encoding: str, folder: Path) -> None:
    done = run(folder, encoding, "check", "policy")
    assert b"Traceback" not in done.stderr
    assert b"fejl i docgen" not in done.stderr
    assert b"U+1F12F" in done.stderr
