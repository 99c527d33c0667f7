"""`python -m tests.faults`: all that can go wrong around docgen, often; the table goes into docs/robusthed.md."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.faults import kills, troubles
from tests.faults.projects import BrokenPromiseError
from tests.fuzz.table import write_rows

SCENARIOS: dict[str, tuple[str, Callable[[Path, int, int], int], int]] = {
    "`docgen build` dræbt (SIGKILL)": ("hver fil den gamle eller den nye; intet ligger tilbage", kills.kill_builds, 1),
    "`docgen issue` dræbt (SIGKILL)": ("udstedt helt eller slet ikke; kæden er hel", kills.kill_issues, 1),
    "disken er fuld": ("fejlen bliver sagt; intet halvt, intet efterladt", troubles.fill_disk, 5),
    "mappen må ikke skrives i": ("fejlen bliver sagt; det gamle står", troubles.forbid_writing, 10),
    "en fil bliver ændret, tømt og fjernet imens": ("bygget af én udgave, eller en fejl", troubles.change_content, 4),
    "fire bygninger på én gang": ("hver fil hel; ingen fejl", troubles.build_together, 10),
    "uret stillet frem og tilbage": ("samme bytes; kæden er hel", troubles.set_clock_back, 10),
}
"""What goes wrong -> what must hold, how it is tried, and how many kills there are for each time it is."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description="Prøver, hvad docgen efterlader.")
    parser.add_argument("--kills", type=int, default=200, help="gange, hver kommando bliver dræbt [200]")
    parser.add_argument("--seed", type=int, default=1, help="tilfældighedens frø [1]")
    options = parser.parse_args()
    rows = {}
    broken = 0
    for name, (promise, try_it, share) in SCENARIOS.items():
        times = max(1, options.kills // share)
        with tempfile.TemporaryDirectory() as folder:
            try:
                met = try_it(Path(folder), times, options.seed)
                result = "holdt hver gang"
            except BrokenPromiseError as error:
                met, result, broken = 0, "holdt ikke", broken + 1
                print(f"{name}: {error}", file=sys.stderr)
        rows[name] = (promise, f"{times}", f"{met}", f"{options.seed}", result)
        print(f"{name}: {times} gange, {met} ramt: {result}", flush=True)
    write_rows("faults", rows)
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
