"""A meeting's pack: 30 cases with 10 and with 100 annexes from elsewhere, of 20 pages each, in one PDF."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tests.support.contents import ROOT

CASES, PAGES, SIZES = 30, 20, (10, 100)
_MEETING = "2024-06-11-oeu"


def write_meeting(folder: Path, annexes: int) -> Path:
    """A content folder with one meeting of invented cases that share so many annexes, each a file of its own."""
    shutil.copytree(
        ROOT / "content", folder, ignore=shutil.ignore_patterns("cases", "meetings", "follow_ups", "issued")
    )
    for name in ("cases", "meetings", "annexes"):
        (folder / name).mkdir()
    for number in range(annexes):
        (folder / f"annexes/bilag-{number}.pdf").write_bytes(_pdf(number))
    items = []
    for number in range(CASES):
        own = "".join(
            f"  - {{id: b{annex}, title: Bilag {annex}, file: bilag-{annex}.pdf}}\n"
            for annex in range(number, annexes, CASES)
        )
        words = f"Eksempel {number} viser, hvordan kommunen køber ind. " * 20
        (folder / f"cases/sag-{number}.yaml").write_text(
            f"title: Eksempel på sag {number}\nkind: briefing\nversion: '1.0'\nstatus: til behandling\n"
            "date: 2024-05-21\nadministrations: [oekonomiforvaltningen]\nsummary: Et eksempel.\n"
            "recommendation:\n  - points: [{id: et, text: udvalget tager sagen til efterretning}]\n"
            f"sections:\n  - {{id: problem, text: '{words}'}}\n  - {{id: solution, text: '{words}'}}\n"
            "treatments: [{body: oekonomiudvalget, role: decides, date: 2024-06-11}]\n"
            + (f"annexes:\n{own}" if own else ""),
            encoding="utf-8",
        )
        items.append(f"  - {{id: punkt-{number}, case: sag-{number}}}\n")
    (folder / f"meetings/{_MEETING}.yaml").write_text(
        "committee: oekonomiudvalget\ndate: 2024-06-11\nversion: '1.0'\nstatus: til behandling\nitems:\n"
        + "".join(items),
        encoding="utf-8",
    )
    return folder


def _pdf(number: int) -> bytes:
    import typst

    text = (
        f'#set document(title: "Bilag {number}")\n#set text(lang: "la")\n= Bilag {number}\n'
        + "\n#pagebreak()\n".join(f"Side {page}. #lorem(250)" for page in range(1, PAGES + 1))
    )
    made = typst.Compiler(text.encode(), ignore_system_fonts=True)
    data = made.compile(format="pdf", pdf_standards=["ua-1", "a-3a"], timestamp=datetime(2024, 1, 1, tzinfo=UTC))
    assert isinstance(data, bytes)
    return data


def pack_report(folder: Path, run: Callable[[list[object]], str]) -> str:
    """The table of packs; `run` runs a command of this folder's Python."""
    rows = ["| Mødemappe med 30 sager | Sider | I alt | Hukommelse |", "|:--|--:|--:|--:|"]
    for size in SIZES:
        content = write_meeting(folder / f"moede-{size}", size)
        command: list[object] = ["-m", "tests.bench.cold.pack", content, folder / f"mappe-{size}", _MEETING]
        seconds, peak, pages = json.loads(run(command))
        shown = f"{seconds:.1f}".replace(".", ",")
        rows.append(f"| docgen: {size} bilag à {PAGES} sider | {pages} | {shown} s | {peak} MB |")
    return "\n".join(rows) + "\n"
