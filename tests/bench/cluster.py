"""`python -m tests.bench.cluster`: cases by a Dask cluster on this machine; the table goes into docs/skala.md.

`--sizes 1000 3000` says how many, one after the other, `--workers` how many workers, `--format` in which formats. Each
second the memory and the processor time of the scheduler, of each worker and of docgen itself are read, and how many
documents are done: processor time says also on a busy machine whether the last documents cost more than the first. A
size that was not run to its end leaves no row; without `--write` the table is only shown. It takes hours for 100.000.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.batch import write_cases
from tests.support.contents import ROOT
from tests.support.dask_cluster import DaskCluster

FILE = ROOT / "docs/skala.md"
BEGIN, END = "<!-- klynge:begin -->", "<!-- klynge:end -->"
_PARTS = 4  # of a run, whose speed is told each


@dataclass
class Sample:
    """What was seen at a moment: seconds of processor time since the beginning, documents done, and the megabytes of
    the largest process by what it is."""

    processor: float
    done: int
    memory: dict[str, float]


@dataclass
class Watch:
    """Looks each second at some processes (by name, their ids), until it is told that the build is done."""

    processes: dict[str, Sequence[int]]
    samples: list[Sample] = field(default_factory=list)
    done: int = 0

    def until(self, over: threading.Event) -> None:
        """In a thread of its own."""
        all = [pid for pids in self.processes.values() for pid in pids]
        while not over.wait(1.0):
            used = [seconds for pid in all if (seconds := _processor(pid)) is not None]
            if len(used) == len(all):  # none has ended
                memory = {name: max(map(_megabytes, pids)) for name, pids in self.processes.items()}
                self.samples.append(Sample(sum(used), self.done, memory))


def main() -> None:
    """Runs the sizes that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.cluster")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 3_000, 10_000, 100_000], metavar="ANTAL")
    parser.add_argument("--workers", type=int, default=2, metavar="N")
    parser.add_argument("--format", action="append", default=[], help="som docgen build; uden: alle tre")
    parser.add_argument("--write", metavar="VILKÅR", help="skriv tabellen i docs/skala.md med disse ord om vilkårene")
    options = parser.parse_args()
    rows = [
        "| Sager | Tid | Processortid pr. sag, hver fjerdedel | docgen, halvvejs | til sidst | Fordeler | Hjælper |",
        "|--:|--:|:--|--:|--:|--:|--:|",
    ]
    for size in options.sizes:
        rows.append(_run(size, options.workers, options.format))
        print(rows[-1], flush=True)
        if options.write:
            _write(rows, options)


def _write(rows: Sequence[str], options: argparse.Namespace) -> None:
    """Puts the table into the page."""
    formats = ", ".join(options.format) or "PDF, Word og HTML"
    workers = "én hjælper" if options.workers == 1 else f"{options.workers} hjælpere"
    table = "\n".join([*rows, "", f"Målt med Python {sys.version.split()[0]}, {workers}, {formats}."])
    before, _, rest = FILE.read_text("utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    FILE.write_text(f"{before}{BEGIN}\n{table} {options.write}\n{END}{after}", "utf-8")


def _run(size: int, workers: int, formats: Sequence[str]) -> str:
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        content = write_cases(folder / "content", size)
        dask = DaskCluster(stack, folder)
        started = {"hjælper": [dask.worker().pid for _ in range(workers)], "fordeler": [dask.scheduler.pid]}
        command = [sys.executable, "-m", "docgen", "build", "case", "--scheduler", dask.address]
        command += ["--content", str(content), "--templates", str(ROOT / "templates"), "--output", str(folder / "ud")]
        command += [word for format in formats for word in ("--format", format)]
        build = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        watch, over = Watch({**started, "docgen": [build.pid]}), threading.Event()
        thread = threading.Thread(target=watch.until, args=(over,))
        thread.start()
        begun, documents = time.monotonic(), set[str]()
        assert build.stdout is not None
        for line in build.stdout:
            documents.add(line.rpartition(".")[0])
            watch.done = len(documents)
        seconds = time.monotonic() - begun
        over.set()
        thread.join()
        if build.wait() or len(documents) != size:
            raise RuntimeError(f"{len(documents)} af {size} blev bygget")
    return row(size, seconds, watch.samples)


def row(size: int, seconds: float, samples: Sequence[Sample]) -> str:
    """The line of a run: how long it took, what a document of each part of it cost, and how much memory who had."""
    costs = []
    for part in range(_PARTS):
        inside = [one for one in samples if part * size / _PARTS <= one.done <= (part + 1) * size / _PARTS]
        made = inside[-1].done - inside[0].done if inside else 0
        costs.append(f"{shown(1000 * (inside[-1].processor - inside[0].processor) / made, 1)} ms" if made else "–")
    half = next((one for one in samples if one.done >= size / 2), samples[-1])
    own = f"{shown(half.memory['docgen'])} MB | {shown(max(one.memory['docgen'] for one in samples))} MB"
    others = (f"{shown(max(one.memory[name] for one in samples))} MB" for name in ("fordeler", "hjælper"))
    return f"| {shown(size)} | {shown(seconds)} s | {' · '.join(costs)} | {own} | {' | '.join(others)} |"


def shown(number: float, decimals: int = 0) -> str:
    """A number as it is written in Danish."""
    return f"{number:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def _megabytes(pid: int) -> float:
    """What a process has in memory (RSS); 0 where it has ended. Linux only."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("utf-8")
    except OSError:
        return 0.0
    found = re.search(r"^VmRSS:\s+(\d+) kB", status, re.M)
    return int(found[1]) / 1024 if found else 0.0


def _processor(pid: int) -> float | None:
    """The seconds of processor time of a process; None where it has ended. Linux only."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
