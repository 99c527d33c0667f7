"""A machine with little room: few open files, little memory. It is told, and nothing is half."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from docgen.files import read_file
from tests.support.contents import ROOT
from tests.support.house import content, project

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="grænserne er Linux'")
BUILD = "from docgen.__main__ import run; sys.argv = ['docgen', 'build'{formats}]; run()"


def limited(folder: Path, limit: str, formats: str = "docx html") -> subprocess.CompletedProcess[str]:
    chosen = "".join(f", '--format', '{format}'" for format in formats.split())
    command = (sys.executable, "-c", f"import resource, sys; {limit}; {BUILD.format(formats=chosen)}")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)


def whole(folder: Path) -> bool:
    found = [path for path in folder.rglob("*") if path.is_file()]
    ends = {".html": b"</html>", ".docx": b"\0\0"}
    return all(path.read_bytes().rstrip(b"\n").endswith(ends.get(path.suffix, b"")) for path in found) and not [
        path for path in found if path.suffix == ".tmp"
    ]


@pytest.mark.slow
def test_few_open_files_are_enough(tmp_path: Path) -> None:
    done = limited(project(tmp_path, content()), "resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))")
    assert done.returncode == 0, done.stderr
    assert whole(tmp_path / "build")


def test_no_memory_left_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever asks for it: here the reading of a file."""
    from docgen import files, folder
    from tests.support.house import docgen

    def refuse(path: Path) -> bytes:
        raise MemoryError

    made = project(tmp_path, content())
    for module in (files, folder):
        monkeypatch.setattr(module, "read_file", refuse)
    done = docgen(made, "build")
    assert done.exit_code == 1
    assert "der er ikke hukommelse nok" in done.stderr
    assert "fejl i docgen" not in done.stderr


@pytest.mark.parametrize(
    "megabytes", [330, *(pytest.param(n, marks=pytest.mark.slow) for n in (200, 250, 400, 450, 500, 1000))]
)
def test_little_memory_is_told_by_a_sentence(tmp_path: Path, megabytes: int) -> None:
    """Typst and numpy would end the process without one."""
    made = project(tmp_path, content())
    limit = f"resource.setrlimit(resource.RLIMIT_AS, ({megabytes * 1_000_000},) * 2)"
    done = limited(made, limit, formats="pdf")
    if megabytes == 1000:
        assert (done.returncode, done.stderr.count("hukommelse")) == (0, 0), done.stderr
    else:
        assert (done.returncode, "der er ikke hukommelse nok" in done.stderr) == (1, True), done.stderr
        assert "fejl i docgen" not in done.stderr
    assert [path.name for path in (tmp_path / "build").rglob("*.tmp")] == []


def test_a_file_takes_no_more_memory_than_it_has(tmp_path: Path) -> None:
    import tracemalloc

    (tmp_path / "lille").write_bytes(b"x" * 1000)
    tracemalloc.start()
    try:
        assert read_file(tmp_path / "lille") == b"x" * 1000
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
    assert read_file(Path("/proc/self/status")).startswith(b"Name:"), "one that says it is empty"
