"""Scenes that are played on a running studio in a browser, by the programs in tests/judges."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.contents import ROOT
from tests.support.studio import running

PROGRAMS = ROOT / "tests" / "judges"
_TIMEOUT_SECONDS = 900

Play = Callable[..., Any]
"""A scene's name and the program that has it, to what was seen."""


@contextmanager
def played(folder: Path, program: str, pictures: Path | None = None) -> Iterator[Play]:
    """What plays scenes on a `docgen studio` of a folder, whose content is as it was before each.

    Skips the calling test, with the reason, where Node, Chromium or one of the judges is missing.
    """
    node, chromium = shutil.which("node"), shutil.which("chromium") or shutil.which("chromium-browser")
    if node is None or chromium is None:
        pytest.skip(f"studiet: {'Node' if node is None else 'Chromium'} mangler")
    if not all((PROGRAMS / "node_modules" / name).is_dir() for name in ("axe-core", "html_codesniffer")):
        pytest.skip("axe og HTML_CodeSniffer: ikke hentet; kør `make judges`")
    before = {path: path.read_bytes() for path in _files(folder)}

    def scene(name: str, program: str = program, browser: str = chromium) -> Any:
        command = [node, str(PROGRAMS / program), browser, studio.address, str(folder), name]
        command += [str(pictures)] if pictures is not None else []
        for path in _files(folder):  # what the scene before this one made
            if path not in before:
                path.unlink()
        result = subprocess.run(command, capture_output=True, timeout=_TIMEOUT_SECONDS, check=False)
        for path, data in before.items():
            if not path.is_file() or path.read_bytes() != data:
                path.write_bytes(data)
        if result.returncode:
            raise RuntimeError(f"{program} {name}: {result.stderr.decode(errors='replace')}")
        told = json.loads(result.stdout)
        assert told["complaints"] == [], told["complaints"]
        assert told.get("foreign", []) == []
        return told["seen"]

    with running(folder, command="studio") as studio:
        yield scene


def _files(folder: Path) -> list[Path]:
    """The files of the content, but for what docgen keeps to itself."""
    return [path for path in (folder / "content").rglob("*") if path.is_file() and ".docgen" not in path.parts]
