"""`python -m tests.bench.scale`: 100, 1.000 and 10.000 cases in three formats; the table goes into docs/skala.md.

It takes minutes, so it is not a part of `make bench`.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.batch import write_cases
from tests.support.contents import ROOT

SIZES = (100, 1_000, 10_000)
FILE = ROOT / "docs/skala.md"


def main() -> None:
    cores = os.cpu_count() or 1
    rows = [
        "| Sager | Filer | Tid | Pr. sag | Sager pr. sekund og kerne | Største proces | Igen, uden ændringer |",
        "|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            content = write_cases(Path(folder) / "content", size)
            seconds = _build(content, Path(folder) / "ud", cores)
            megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            files = sum(1 for path in (Path(folder) / "ud").rglob("*.*") if not path.name.startswith("."))
            again = _build(content, Path(folder) / "ud", cores)
        rows.append(
            f"| {_shown(size)} | {_shown(files)} | {_shown(seconds, 1)} s | {_shown(seconds / size * 1000, 1)} ms "
            f"| {_shown(size / seconds / cores, 1)} | {_shown(megabytes)} MB | {_shown(again, 1)} s |"
        )
        print(rows[-1], flush=True)
    table = "\n".join([*rows, "", f"Målt med Python {sys.version.split()[0]} på {cores} kerner, `--jobs {cores}`."])
    before, _, rest = FILE.read_text("utf-8").partition("<!-- skala:begin -->")
    after = rest.partition("<!-- skala:end -->")[2]
    FILE.write_text(f"{before}<!-- skala:begin -->\n{table}\n<!-- skala:end -->{after}", "utf-8")


def _build(content: Path, output: Path, jobs: int) -> float:
    folders = ["--content", str(content), "--templates", str(ROOT / "templates"), "--output", str(output)]
    command = [sys.executable, "-m", "docgen", "build", "case", *folders, "--jobs", str(jobs)]
    started = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - started


def _shown(number: float, decimals: int = 0) -> str:
    return f"{number:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


if __name__ == "__main__":
    main()
