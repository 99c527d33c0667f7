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
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tests.bench.batch import batch_report
from tests.bench.compare import compare_report
from tests.bench.contenders import MOST, PANDOC, build_twice, contenders, pandoc_all, run_python
from tests.bench.follow_up import follow_up_report
from tests.bench.pack import pack_report
from tests.bench.parts import attempt, tried
from tests.bench.proofing import proofing_report
from tests.bench.studio import edits_report, typing_report
from tests.bench.timing import Timing, markdown_table, measure
from tests.support.contents import ROOT

BEGIN, END = "<!-- bench:begin -->", "<!-- bench:end -->"
LEAST_ROUNDS = 7
_IDLE = 1.3
"""The most that the machine may have had to do, the bench's own work of one process with it."""
_MISSING = "(mangler)"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Måler, hvor hurtigt docgen bygger.")
    parser.add_argument("--rounds", type=int, default=LEAST_ROUNDS, help=f"kørsler af hver [{LEAST_ROUNDS}]")
    parser.add_argument("--keep", type=Path, metavar="MAPPE", help="gem det, som de hver især skrev, her")
    options = parser.parse_args()
    if options.rounds < LEAST_ROUNDS:
        parser.error(f"mindst {LEAST_ROUNDS} kørsler, ellers er medianen tilfældig")
    with tempfile.TemporaryDirectory() as temporary:
        report, busy = _report(options.keep or Path(temporary), options.rounds)
    print(report)
    if busy > _IDLE:
        print(f"Maskinen er ikke i ro (belastning {busy:.1f}), så tallene er ikke skrevet", file=sys.stderr)
        return
    _write_into(ROOT / "docs/maalinger.md", report)


def _busy() -> float:
    """How many processes have wanted to run at once over the last five minutes; 0 where the system does not say."""
    return os.getloadavg()[1] if hasattr(os, "getloadavg") else 0.0


def _report(folder: Path, rounds: int) -> tuple[str, float]:
    """Each part, or why it could not be measured; and how busy the machine was until the last one, which is made of so
    many programs that they make it busy themselves."""
    parts: list[tuple[str, Callable[[], str]]] = [
        ("bygningen og det, den måles mod", lambda: _contenders(folder, rounds)),
        ("sammenligningen", compare_report),
        ("mange sager i ét kald", lambda: batch_report(folder, run_python, pandoc_all)),
        ("den store opfølgning", lambda: follow_up_report(folder, run_python)),
        ("mødemapper", lambda: pack_report(folder, run_python)),
        ("rettelser i studiet", edits_report),
    ]
    found = [attempt(what, make) for what, make in parts]
    if (busy := _busy()) <= _IDLE:
        attempt("korrekturen", _proofread)
    found += [attempt("taster i studiet", typing_report), _conditions(rounds)]
    return "\n".join(part if part.endswith("\n") else f"{part}\n" for part in found), busy


def _contenders(folder: Path, rounds: int) -> str:
    ready, missing = contenders(folder)
    timings, failed = measure(ready, rounds)
    pairs, why = tried("docgen to gange i samme proces", lambda: [build_twice(folder) for _ in range(rounds)])
    if pairs is not None:
        timings += [
            Timing("docgen, første bygning i en proces", tuple(first for first, _ in pairs)),
            Timing("docgen, anden bygning i samme proces", tuple(second for _, second in pairs)),
        ]
    lines = [*missing, *failed, *([why] if why else [])]
    if _busy() <= _IDLE:
        own = [timing for timing in timings if timing.name in (*MOST, PANDOC)]
        _write_into(ROOT / "README.md", markdown_table(own, PANDOC, MOST), gap="")
    return markdown_table(timings, PANDOC, MOST) + "".join(f"\n{line}\n" for line in lines)


def _proofread() -> str:
    _write_into(ROOT / "docs/korrektur.md", proofing_report())
    return ""


def _conditions(rounds: int) -> str:
    versions = [f"{name} {_version(name)}" for name in ("typst", "docxtpl")]
    return (
        f"Den samme politik, {rounds} kørsler af hver på skift efter én, der ikke tæller; de syv første "
        f"i nye processer, hver del efter den forrige. {platform.machine()} med {os.cpu_count()} kerner, "
        f"Python {platform.python_version()}, {versions[0]}, pandoc {_pandoc_version()}, "
        f"{versions[1]}, LibreOffice {_office_version()}. "
        "Hvad korrekturen sagde om filer, der er som før, huskes, og de er ikke læst igen. Mål selv: `make bench`."
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return _MISSING


def _pandoc_version() -> str:
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_version())
    except (ImportError, OSError):
        return _MISSING


def _office_version() -> str:
    try:
        return subprocess.run(["soffice", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    except (OSError, subprocess.CalledProcessError, IndexError):
        return _MISSING


def _write_into(page: Path, report: str, gap: str = "\n") -> None:
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        print(f"{page.name} har ikke {BEGIN} og {END}; tallene er kun vist her", file=sys.stderr)
        return
    page.write_text(f"{before}{BEGIN}\n{gap}{report}{gap}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
