"""What strangers hand in runs without rights: no module beside it is loaded, no file is read, nothing hangs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from docgen import pipeline
from docgen.cli.main import main
from docgen.ledger import confined
from docgen.problems import ContentError, WriterError
from docgen.structs import replace
from docgen.writers import formats
from tests.support.contents import POLICY, ROOT, small_project

MODULES = ("pickle", "json", "base64", "typst", "yaml", "tempfile", "ctypes", "msgspec")


def traps(folder: Path) -> Path:
    """Modules that say that they were loaded, in a folder; the file in which they do."""
    told = folder / "indlaest.txt"
    for name in MODULES:
        (folder / f"{name}.py").write_text(f"open({str(told)!r}, 'a').write({name!r} + ' ')\nraise SystemExit(9)\n")
    return told


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "docgen", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=200)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="-m begins in the current folder before docgen can say a word")
def test_no_module_beside_the_file_is_loaded(tmp_path: Path) -> None:
    project = small_project()
    pdf = pipeline.write(project, pipeline.build_tree(project, POLICY), formats.PDF)
    (tmp_path / "x.pdf").write_bytes(pdf)
    told = traps(tmp_path)
    done = run(tmp_path, "verify", "x.pdf")
    assert not told.exists(), told.read_text()
    assert (done.returncode, "samme bytes" in done.stdout) == (3, True), done.stderr
    folders = ("--content", "content", "--templates", str(ROOT / "templates"))
    files = dict(project.content_files)  # two documents, for one alone is made without another process
    files |= {path.replace("/eksempel/", "/andet/"): data for path, data in files.items() if "/eksempel/" in path}
    for path, data in files.items():
        (tmp_path / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / path).write_bytes(data)
    done = run(tmp_path, "build", *folders, "--jobs", "2", "--force", "--format", "html")
    assert not told.exists(), told.read_text()
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("read", ["hemmeligt.txt", "/hemmeligt.txt", "../hemmeligt.txt", "content/settings.yaml"])
def test_a_layout_program_reads_no_file(read: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "hemmeligt.txt").write_text("lukket")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/settings.yaml").write_text("lukket")
    monkeypatch.chdir(tmp_path)
    project = small_project()
    path = "theme/layout.typ"
    program = f'#let _ = read("{read}")\n'.encode() + project.template_files[path]
    reading = replace(project, template_files={**project.template_files, path: program})
    with pytest.raises(WriterError):
        pipeline.write(reading, pipeline.build_tree(reading, POLICY), formats.PDF)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_and_a_device_are_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "roer.pdf"
    os.mkfifo(pipe)
    for path in (pipe, Path(os.devnull)):
        result = CliRunner().invoke(main, ["verify", str(path), "--content", str(tmp_path)])
        told = f"{path.as_posix()}: det er ikke en almindelig fil; giv en fil\n1 fejl.\n"
        assert (result.exit_code, result.stderr) == (2, told)


def test_a_process_that_ends_early_is_no_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    source = pipeline.source_of(small_project(), POLICY)
    for program in ("import os; os._exit(1)", "raise SystemExit", "print('x')", "print('[]')", "print('{}')"):
        monkeypatch.setattr(confined, "_PROGRAM", program)
        with pytest.raises(ContentError) as caught:
            confined.written_confined(source * 50, (), (formats.HTML,))
        assert "tager for megen tid eller plads" in str(caught.value)


def test_a_limit_on_memory_is_told_and_called_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("resource")
    monkeypatch.setattr(confined, "MEGABYTES", 30)
    with pytest.raises(ContentError) as caught:
        confined.written_confined(pipeline.source_of(small_project(), POLICY), (), (formats.HTML,))
    assert "skade" not in str(caught.value)


def test_it_says_what_a_source_says() -> None:
    version, words = confined.said_confined(pipeline.source_of(small_project(), POLICY))
    assert (version, len(words)) == ("1.0", 64)
