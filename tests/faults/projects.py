"""Projects that are built and issued while something goes wrong, and what may be left in their folders."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from docgen.archive import Archive
from docgen.ledger import records as ledger
from docgen.ledger.verdicts import verify_ledger
from tests.support.contents import ROOT, small_content, write_content
from tests.support.examples_project import example_files

BUILD = (sys.executable, "-m", "docgen", "build")
MEETING = "2024-06-20-br"
ISSUE = (sys.executable, "-m", "docgen", "issue", "policy", "--meeting", MEETING)
Files = Mapping[str, bytes]


class BrokenPromiseError(AssertionError):
    """Something was left that never may be."""


def run(command: Sequence[str], project: Path, *before: str) -> subprocess.CompletedProcess[str]:
    """A command in a project, after words such as `faketime …`."""
    environment = {"PYTHONPATH": str(ROOT)}
    from os import environ

    return subprocess.run(
        (*before, *command), cwd=project, env={**environ, **environment}, capture_output=True, text=True, timeout=120
    )


def small_projects(folder: Path) -> tuple[Path, dict[str, list[bytes]]]:
    """A project with two contents, `a` and `b`, that differ in one file and in all outputs; what each output may be.

    The project's own `content` is `a`. The outputs are in the order of the contents.
    """
    templates = folder / "templates"
    shutil.copytree(ROOT / "templates", templates)
    expected: dict[str, list[bytes]] = {}
    for name, town in (("a", "Eksempel"), ("b", "Prøve")):
        files = small_content()
        files["settings.yaml"] = files["settings.yaml"].replace(b"Eksempel", town.encode())
        write_content(folder / name, files)
        done = run((*BUILD, "--content", name, "--output", f"ud-{name}"), folder)
        if done.returncode:
            raise BrokenPromiseError(done.stderr)
        for path, data in outputs(folder / f"ud-{name}").items():
            expected.setdefault(path, []).append(data)
    shutil.copytree(folder / "a", folder / "content")
    return folder, expected


def issuing_project(folder: Path) -> Path:
    """A project with a policy that can be issued."""
    write_content(folder / "content", example_files())
    shutil.copytree(ROOT / "templates", folder / "templates")
    return folder


def outputs(folder: Path) -> dict[str, bytes]:
    """Every file of a folder that is meant to be seen, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def temporary(*folders: Path) -> list[Path]:
    """The files beside the outputs that only a run that is going on may have."""
    return [path for folder in folders for path in folder.rglob(".*.tmp")]


def check_outputs(folder: Path, expected: Mapping[str, Sequence[bytes]], least: Iterable[str] = ()) -> None:
    """Each output is one of those that it may be, and no other is there. Raises BrokenPromiseError."""
    found = outputs(folder) if folder.exists() else {}
    for path, data in found.items():
        if path not in expected:
            raise BrokenPromiseError(f"{path} blev skrevet, men skulle ikke")
        if data not in expected[path]:
            raise BrokenPromiseError(f"{path} er hverken den gamle eller den nye ({len(data)} bytes)")
    if missing := set(least) - set(found):
        raise BrokenPromiseError(f"{', '.join(sorted(missing))} forsvandt")
    kept = folder / ".docgen.json"
    if kept.exists():
        json.loads(kept.read_bytes())


def check_ledger(project: Path) -> int:
    """The ledger is whole, and what it names is there as it names it; how many records. Raises BrokenPromiseError."""
    folder = project / "content/issued"
    found = {f"issued/{path}": data for path, data in outputs(folder).items()} if folder.exists() else {}
    if problems := list(ledger.check_ledger(found)):
        raise BrokenPromiseError(str(problems[0]))
    chain = ledger.read_ledger(found)
    issued = project / "build/issued"
    files = {f"issued/{path}": data for path, data in outputs(issued).items()} if issued.exists() else {}
    verdict = verify_ledger(chain, files)
    if len(verdict.checks) > 1 + len(files) or not (verdict.holds or not found):
        raise BrokenPromiseError(f"posten er der, men ikke alle dens filer: {verdict.checks}")
    archive = Archive(folder / "arkiv")
    kept = [payload for record in chain.records for payload in record.payloads.values()]
    if lost := [payload.path for payload in kept if archive.read(payload.sha256) is None]:
        raise BrokenPromiseError(f"posten er der, men arkivet har ikke {lost}")
    return len(chain.records)
