"""The wheel in an environment of its own: no repository, no tools for developers, and everything the secretary does."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support.contents import ROOT

pytestmark = [pytest.mark.judge, pytest.mark.slow]
UNREACHABLE = ("No matching distribution", "Connection", "Temporary failure", "Retrying", "Read timed out")


def pip(python: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-input", "--no-compile"]
    found = subprocess.run([*command, *arguments], capture_output=True, text=True, timeout=600, check=False)
    if found.returncode and any(word in found.stderr for word in UNREACHABLE):
        pytest.skip("pakkerne i requirements/run.txt kan ikke hentes her")
    assert found.returncode == 0, found.stderr


@pytest.fixture(scope="module")
def docgen(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command `docgen` of a fresh environment that has the locked requirements and the wheel."""
    folder = tmp_path_factory.mktemp("fremmed")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder / "env")], check=True, timeout=120)
    scripts = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    pip(scripts / "python", "--require-hashes", "--requirement", str(ROOT / "requirements" / "run.txt"))
    pip(scripts / "python", "--no-deps", "--no-index", str(wheel))
    return scripts / "docgen"


def run(docgen: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs it as a stranger: another folder, no home, nothing of this environment."""
    kept = {name: value for name, value in os.environ.items() if name in {"SYSTEMROOT", "TMPDIR", "TEMP"}}
    environment = kept | {"PATH": str(docgen.parent), "HOME": str(folder / "findes-ikke"), "PYTHONUTF8": "1"}
    return subprocess.run(
        [str(docgen), *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def test_an_installed_docgen_does_it_all(docgen: Path, tmp_path: Path) -> None:
    found = run(docgen, tmp_path, "--help")
    assert found.returncode == 0, found.stderr
    assert "Kommandoer:" in found.stdout
    assert run(docgen, tmp_path, "init", "kommune").returncode == 0
    project = tmp_path / "kommune"
    steps = [
        ("check", "--hints"),
        ("list",),
        ("build",),
        ("new", "case", "2026-sag"),
        ("new", "meeting", "2026-03-03-oeu"),
        ("rule", "DG301"),
        ("schema", "case"),
    ]
    for step in steps:
        found = run(docgen, project, *step)
        assert found.returncode == 0, (step, found.stdout, found.stderr)
    assert (project / "content" / "cases" / "2026-sag.yaml").is_file()
    for document in ("policy/indkoebspolitik", "case/eksempelsag", "meeting/2026-02-03-oeu/dagsorden"):
        built = project / "build" / document
        assert built.with_suffix(".pdf").read_bytes().startswith(b"%PDF-1.7")
        assert "<html lang=" in built.with_suffix(".html").read_text(encoding="utf-8")
        with zipfile.ZipFile(built.with_suffix(".docx")) as word:
            assert word.testzip() is None
    # The new case is to be written; until then it is told, and a draft.
    found = run(docgen, project, "check", "case/2026-sag")
    assert found.returncode == 0
    assert "DG108" in found.stderr
    assert "docgen" in (project / "vejledning.html").read_text(encoding="utf-8")


def test_it_writes_what_the_repository_writes(docgen: Path, tmp_path: Path) -> None:
    """The wheel lacks nothing that shapes the bytes."""
    assert run(docgen, tmp_path, "init", "kommune").returncode == 0
    project = tmp_path / "kommune"
    assert run(docgen, project, "build", "policy", "--output", "hjul").returncode == 0
    here = [sys.executable, "-m", "docgen", "build", "policy", "--output", "her"]
    subprocess.run(
        here, cwd=project, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True, capture_output=True, timeout=300
    )
    for ending in ("pdf", "docx", "html"):
        wheel, repository = (project / name / f"policy/indkoebspolitik.{ending}" for name in ("hjul", "her"))
        assert wheel.read_bytes() == repository.read_bytes(), ending
