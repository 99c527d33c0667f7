"""How far a build has come: told to a person at a terminal, and to nobody else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from docgen.build.options import BuildOptions
from docgen.cli.progress import time_left
from docgen.commands.build import build_documents
from docgen.writers import formats
from tests.support.contents import ROOT

COMMAND = (sys.executable, "-m", "docgen", "build", "case", "--format", "tree", "--force", "--jobs", "1")


@pytest.mark.parametrize(
    ("seconds", "done", "total", "told"),
    [
        (10, 10, 20, "ca. 10 sek. tilbage"),
        (1, 1, 90, "ca. 89 sek. tilbage"),
        (60, 100, 10_000, "ca. 99 min. tilbage"),
        (5, 99, 100, "straks færdig"),
    ],
)
def test_time_left_is_that_of_the_rest(seconds: float, done: int, total: int, told: str) -> None:
    assert time_left(seconds, done, total) == told


def test_each_document_is_counted(tmp_path: Path) -> None:
    counts: list[tuple[int, int]] = []
    options = BuildOptions(ROOT / "content", ROOT / "templates", tmp_path, ("case",), (formats.TREE,))
    report = build_documents(options, counted=lambda done, total: counts.append((done, total)))
    total = len(report.built)
    assert counts == [(done, total) for done in range(1, total + 1)]


@pytest.mark.slow
def test_a_file_gets_no_line_that_is_written_over(tmp_path: Path) -> None:
    done = subprocess.run([*COMMAND, "--output", str(tmp_path)], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout + done.stderr
    assert "tilbage" not in done.stderr


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="en terminal til prøver findes kun på Unix")
def test_a_person_sees_how_far_it_is_and_each_file(tmp_path: Path) -> None:
    import pty

    reading, writing = pty.openpty()
    with os.fdopen(reading, "rb", buffering=0) as seen:
        done = subprocess.run(
            [*COMMAND, "--output", str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, stderr=writing, timeout=120
        )
        os.close(writing)
        shown = b""
        while True:
            try:
                part = os.read(seen.fileno(), 65536)
            except OSError:  # Linux says so when the other end is closed
                break
            if not part:
                break
            shown += part
    files = done.stdout.decode().splitlines()
    assert len(files) > 3
    lines = shown.decode().split("\r\x1b[K")
    assert any(line.startswith(f"1 af {len(files)} dokumenter, ") for line in lines)
    assert "dokumenter" not in lines[-1]
