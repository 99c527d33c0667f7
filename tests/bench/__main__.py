"""`python -m tests.bench`: how fast docgen builds the policy, beside its floor and what others would use instead.

Prints a Markdown table, and puts it into docs/maalinger.md between `<!-- bench:begin -->` and `<!-- bench:end -->`.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import pypandoc

from tests.bench.batch import batch_report
from tests.bench.compare import compare_report
from tests.bench.contenders import DOCGEN, build_twice, contenders, pandoc_all, run_python
from tests.bench.follow_up import follow_up_report
from tests.bench.pack import pack_report
from tests.bench.proofing import proofing_report
from tests.bench.studio import studio_report
from tests.bench.timing import Timing, markdown_table, measure
from tests.support.contents import ROOT

BEGIN, END = "<!-- bench:begin -->", "<!-- bench:end -->"
LEAST_ROUNDS = 7
_IDLE = 1.3
"""The most that the machine may have had to do, the bench's own work of one process with it."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Måler, hvor hurtigt docgen bygger.")
    parser.add_argument("--rounds", type=int, default=LEAST_ROUNDS, help=f"kørsler af hver [{LEAST_ROUNDS}]")
    parser.add_argument("--keep", type=Path, metavar="MAPPE", help="gem det, som de hver især skrev, her")
    options = parser.parse_args()
    if options.rounds < LEAST_ROUNDS:
        parser.error(f"mindst {LEAST_ROUNDS} kørsler, ellers er medianen tilfældig")
    with tempfile.TemporaryDirectory() as temporary:
        report = _report(options.keep or Path(temporary), options.rounds)
    print(report)
    if (busy := _busy()) > _IDLE:
        print(f"Maskinen er ikke i ro (belastning {busy:.1f}), så tallene er ikke skrevet", file=sys.stderr)
        return
    _write_into(ROOT / "docs/maalinger.md", report)


def _busy() -> float:
    """How many processes have wanted to run at once over the last five minutes; 0 where the system does not say."""
    return os.getloadavg()[1] if hasattr(os, "getloadavg") else 0.0


def _report(folder: Path, rounds: int) -> str:
    timings = measure(contenders(folder), rounds)
    pairs = [build_twice(folder) for _ in range(rounds)]
    timings += [
        Timing("docgen, første bygning i en proces", tuple(first for first, _ in pairs)),
        Timing("docgen, anden bygning i samme proces", tuple(second for _, second in pairs)),
    ]
    batches = batch_report(folder, run_python, pandoc_all)
    big = follow_up_report(folder, run_python)
    packs = pack_report(folder, run_python)
    if _busy() <= _IDLE:
        _write_into(ROOT / "docs/korrektur.md", proofing_report())
    parts = (
        markdown_table(timings, DOCGEN),
        batches,
        big,
        packs,
        studio_report(),
        compare_report(),
        _conditions(rounds),
    )
    return "\n".join(parts) + "\n"


def _conditions(rounds: int) -> str:
    office = subprocess.run(["soffice", "--version"], capture_output=True, text=True, check=True).stdout.split()
    return (
        f"Den samme politik, {rounds} kørsler af hver på skift efter én, der ikke tæller; de seks første "
        f"i nye processer, hver del efter den forrige. {platform.machine()} med {os.cpu_count()} kerner, "
        f"Python {platform.python_version()}, typst {version('typst')}, pandoc {pypandoc.get_pandoc_version()}, "
        f"docxtpl {version('docxtpl')}, LibreOffice {office[1]}. "
        "Hvad korrekturen sagde om filer, der er som før, huskes, og de er ikke læst igen. Mål selv: `make bench`."
    )


def _write_into(page: Path, report: str) -> None:
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        print(f"{page.name} har ikke {BEGIN} og {END}; tallene er kun vist her", file=sys.stderr)
        return
    page.write_text(f"{before}{BEGIN}\n\n{report}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
