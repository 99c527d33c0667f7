"""How long a comparison takes: a document of a thousand nodes in no time, the policy hardly longer than its build."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from docgen.compare.trees import compare
from docgen.structs import replace
from docgen.tree.document import walk
from tests.support.contents import REAL_POLICY, ROOT, repository, tree_of, write_content

_EDITS = 17
_ROUNDS = 3
_WORDS = (("kommunen", "byen"), ("indkøb ", "køb "), ("skal ", "bør "), ("2030", "2035"))


def _least_seconds(work: Callable[[], object], rounds: int = 3) -> float:
    """The processor time of the quickest of some rounds, nothing of one being left for the next."""
    found = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        found.append(time.process_time() - started)
    return min(found)


def _edited() -> dict[str, bytes]:
    """The content with a word changed in 17 places of the policy."""
    files, left = dict(repository().content_files), _EDITS
    for path in sorted(path for path in files if path.startswith(f"policies/{REAL_POLICY.partition('/')[2]}/")):
        text = files[path].decode()
        for before, after in _WORDS:
            if left and before in text:
                text, left = text.replace(before, after, 1), left - 1
        files[path] = text.encode()
    assert left == 0
    return files


def _commands(folder: Path) -> tuple[list[str], list[str]]:
    """What builds the policy, and what compares it with an edited one, as a secretary types them."""
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, folder / "before" / name, ignore=shutil.ignore_patterns(".docgen"))
        shutil.copytree(folder / "before" / name, folder / name)
    write_content(folder / "content", _edited())
    docgen, before = [sys.executable, "-m", "docgen"], str(folder / "before")
    folders = ["--content", f"{before}/content", "--templates", f"{before}/templates"]
    return (
        [*docgen, "build", REAL_POLICY, "--force", *folders],
        [*docgen, "compare", REAL_POLICY, "--old", before],
    )


def _cold_seconds(command: list[str], folder: Path) -> float:
    """The processor time of a command in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare_report() -> str:
    """What a comparison takes, beside the build of the same document: each the quickest of some, in turn."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        commands = _commands(folder)
        found = [[_cold_seconds(command, folder) for command in commands] for _ in range(_ROUNDS)]
        build, comparison = map(min, zip(*found, strict=True))
    guide = tree_of("guide/brugervejledning")
    middle = len(guide.blocks) // 2
    first, rest = (replace(guide, blocks=blocks, notes=()) for blocks in (guide.blocks[:middle], guide.blocks[middle:]))
    nodes = [sum(1 for _ in walk(half)) for half in (first, rest)]
    halves = _least_seconds(lambda: compare(first, rest), rounds=2)
    return (
        f"Sammenligning af politikken med den samme med {_EDITS} rettelser i tre formater: "
        f"{_shown(comparison / build)} gange dens bygning, hver i sin egen proces, af processorens tid. "
        f"Vejledningens to halve ({nodes[0]} og {nodes[1]} knuder) er sammenlignet på {_shown(halves)} s."
    )


def _shown(number: float) -> str:
    return f"{number:.2f}".replace(".", ",")
