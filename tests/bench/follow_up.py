"""A big follow-up: ten years of sixty indicators, each with a chart. The figures are invented, for timing alone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.support.contents import ROOT

YEAR, YEARS, INDICATORS = 2024, 10, 60

_INDICATOR = """\
  - id: eksempel-{number}
    title: Eksempel {number}
    value: effektiv-indkoebsorganisation
    definition: Et opdigtet tal til måling af fart.
    base: Ingen.
    unit: pct.
    baseline_year: {first}
    target: {{value: 90, year: 2026}}
    chart: line
    series:
"""


def write_follow_up(folder: Path) -> Path:
    """A content folder with the repository's policy and one follow-up with many indicators."""
    shutil.copytree(ROOT / "content", folder, ignore=shutil.ignore_patterns("2023.yaml", "opfoelgning-*"))
    path = folder / f"follow_ups/{YEAR}.yaml"
    first = YEAR - YEARS + 1
    text = path.read_text(encoding="utf-8").split("indicators:\n")[0]
    lines = [line for line in text.split("\n") if "{tal:" not in line]
    text = "\n".join(lines) + "summary: Opdigtede tal til måling af fart.\nindicators:\n"
    for number in range(INDICATORS):
        text += _INDICATOR.format(number=number, first=first)
        for year in range(first, YEAR + 1):
            value = (number * 7 + year * 3) % 80
            text += f"      - {{year: {year}, value: {value}, source: Eksempel}}\n"
    path.write_text(text, encoding="utf-8")
    return folder


def follow_up_report(folder: Path, run: Callable[[list[object]], str]) -> str:
    """The table of the big follow-up; `run` runs a command of this folder's Python."""
    content = write_follow_up(folder / "opfoelgning")
    seconds, peak = json.loads(run(["-m", "tests.bench.cold.batch", content, folder / "ud-opfoelgning", "follow-up"]))
    shown = f"{seconds:.2f}".replace(".", ",")
    return (
        "| Opfølgning i ét kald | I alt | Hukommelse |\n|:--|--:|--:|\n"
        f"| docgen: {YEARS} år, {INDICATORS} indikatorer, {INDICATORS} figurer | {shown} s | {peak:.0f} MB |\n"
    )
