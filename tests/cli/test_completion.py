"""Completion in the shell: documents' ids, meetings and codes, in the words of each shell."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from docgen.cli.completion import SHELLS
from docgen.cli.main import main
from tests.support.contents import ROOT


def completed(shell: str, folder: Path = ROOT, **asked: str) -> list[str]:
    """What a shell is told when it asks."""
    command = [sys.executable, "-c", "from docgen.__main__ import run; run()"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "_DOCGEN_COMPLETE": f"{shell}_complete", **asked}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split("\n")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("shell", "words", "position", "expected"),
    [
        ("bash", "docgen build guide/", "2", "plain,guide/brugervejledning"),
        ("zsh", "docgen issue guide --meeting 2022", "4", "2022-12-01-br"),
        ("fish", "docgen rule DG601", "DG601", "plain,DG601\tCPR-numre"),
        ("powershell", "docgen check guide/", "guide/", "guide/brugervejledning\tguide/brugervejledning"),
        ("powershell", "docgen ", "", "build\tBygger dokumenter"),
    ],
)
def test_each_shell_is_told(shell: str, words: str, position: str, expected: str) -> None:
    told = completed(shell, COMP_WORDS=words, COMP_CWORD=position)
    assert any(line.startswith(expected) for line in told), told


def test_where_there_is_no_content_nothing_is_told(tmp_path: Path) -> None:
    assert not any(completed("bash", tmp_path, COMP_WORDS="docgen build x", COMP_CWORD="2"))


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_asks_docgen(shell: str) -> None:
    result = CliRunner().invoke(main, ["completion", shell])
    assert result.exit_code == 0
    assert f"{shell}_complete" in result.stdout
    assert "docgen" in result.stdout


def test_an_unknown_shell_is_told_which_there_are() -> None:
    result = CliRunner().invoke(main, ["completion", "cmd"])
    assert (result.exit_code, "bash, zsh, fish eller powershell" in result.stderr) == (2, True)
