"""Many cases in one call: docgen for 20 and for 200 synthetic cases, pandoc called for each of some of the same."""

from __future__ import annotations

import json
import shutil
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from docgen import pipeline
from docgen.build.folders import read_project
from tests.bench.pandoc_text import pandoc_text
from tests.support.contents import ROOT, ids_of

SIZES = (20, 200)
PANDOC_CASES = 5
ROUNDS = 3

_CASE = """\
title: Eksempel nummer {number} til måling af fart
kind: decision
version: "1.0"
status: til behandling
date: 2024-05-21
administrations: [oekonomiforvaltningen]
summary: Udvalget skal tage stilling til eksempel nummer {number}.
recommendation:
  - points:
      - {{id: et, text: Økonomiudvalget godkender eksempel {number}}}
      - {{id: to, text: der følges op om et år}}
sections:
  - id: problem
    text: |
{problem}
  - id: solution
    text: |
      # Først

{solution}

      - et punkt i eksempel {number}
      - et punkt mere

      | Område | Mio. kr. |
      |:--|--:|
      | Varer | 10,{number} |
treatments:
  - {{body: oekonomiudvalget, role: decides, date: 2024-06-11}}
annexes:
  - {{id: politik, title: Politikken, document: policy/indkoebspolitik-2023-2026, version: "1.0"}}
"""


def write_cases(folder: Path, count: int) -> Path:
    """A content folder with the repository's own registers and policy, and `count` cases of about two pages."""
    shutil.copytree(
        ROOT / "content", folder, ignore=shutil.ignore_patterns("cases", "meetings", "follow_ups", "issued")
    )
    (folder / "cases").mkdir()
    for number in range(count):
        sentence = f"Eksempel {number} viser, hvordan kommunen køber ind, og hvad der skal besluttes i sag {number}. "
        problem = "\n\n".join(["      " + sentence * 5] * 3)
        text = _CASE.format(number=number, problem=problem, solution="      " + sentence * 8)
        (folder / f"cases/eksempel-{number}.yaml").write_text(text, encoding="utf-8")
    return folder


def batch_report(folder: Path, run: Callable[[list[object]], str], pandoc: Callable[[str, Path], None]) -> str:
    """The table of batches; `run` runs a command of this folder's Python, `pandoc` makes all formats of one text."""
    contents = {size: write_cases(folder / f"sager-{size}", size) for size in SIZES}
    project = read_project(contents[SIZES[0]], ROOT / "templates")
    texts = [pandoc_text(pipeline.build_tree(project, id)) for id in ids_of(project, ["case"])[:PANDOC_CASES]]
    batches: dict[int, list[tuple[float, float]]] = {size: [] for size in SIZES}
    calls: list[float] = []
    for number in range(ROUNDS):  # in turn, so that a slow moment of the machine hits both
        for size, content in contents.items():
            output = run(["-m", "tests.bench.cold.batch", content, folder / f"ud-{size}-{number}"])
            batches[size].append(tuple(json.loads(output)))
        for text in texts:
            start = time.perf_counter()
            pandoc(text, folder)
            calls.append(time.perf_counter() - start)
    rows = ["| Sager i ét kald | I alt | Pr. sag | Hukommelse |", "|:--|--:|--:|--:|"]
    per_case = 0.0
    for size, runs in batches.items():
        seconds, peak = (statistics.median(column) for column in zip(*runs, strict=True))
        per_case = seconds / size
        shown = f"{_shown(seconds)} s | {_shown(per_case * 1000, 0)} ms | {_shown(peak, 0)} MB"
        rows.append(f"| docgen: {size} | {shown} |")
    each = statistics.median(calls)
    rows.append(f"| pandoc og Typst, ét kald pr. sag | | {_shown(each * 1000, 0)} ms | |")
    ratio = _shown(each / per_case, 1)
    times = f"{ROUNDS} gange på skift, medianer"
    return "\n".join(rows) + f"\n\nI {SIZES[-1]} sager ad gangen er docgen {ratio} gange så hurtig pr. sag ({times}).\n"


def _shown(number: float, decimals: int = 2) -> str:
    return f"{number:.{decimals}f}".replace(".", ",")
