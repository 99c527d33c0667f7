"""`python -m tests.studio`: a long day in one studio, and saves that are killed; the rows go into docs/robusthed.md."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.fuzz.table import write_rows
from tests.studio.endurance import interleave, kill_saves, long_day
from tests.support.studio import copy_of_repository

_MOST_MEMORY, _MOST_PACE = 50, 1.3


def main() -> None:
    """Makes the edits and the kills, shows what came of them, and writes the rows."""
    parser = argparse.ArgumentParser(prog="python -m tests.studio", description="Prøver studiet længe.")
    parser.add_argument("--edits", type=int, default=2000, help="hvor mange rettelser i én proces [2000]")
    parser.add_argument("--kills", type=int, default=100, help="hvor mange gange der dræbes [100]")
    parser.add_argument("--saves", type=int, default=200, help="hvor mange gange to studier gemmer i samme mappe [200]")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        killed = kill_saves(copy_of_repository(Path(folder) / "kills"), options.kills)
        print(killed)
    with tempfile.TemporaryDirectory() as folder:
        lost = interleave(copy_of_repository(Path(folder)), options.saves)
        print(f"{options.saves} gemt i to studier; væk: {lost}")
    with tempfile.TemporaryDirectory() as folder:
        day = long_day(copy_of_repository(Path(folder) / "day"), options.edits, warm=100)
        print(day)
    well = not killed.broken and not lost and day.more <= _MOST_MEMORY and day.pace <= _MOST_PACE
    whole = "hver fil hel hver gang" if not killed.broken else "; ".join(killed.broken[:3])
    memory = f"{_danish(day.more, 0)} MB mere (højst {_MOST_MEMORY})"
    pace = f"{_danish(day.pace, 2)} gange så længe til sidst (højst {_danish(_MOST_PACE, 1)})"
    edits = f"{day.edits:,}".replace(",", ".")
    rows = {
        "rettet, vist, læst korrektur på og tegnet i én proces": (edits, f"{memory}; {pace}"),
        "gemt i to studier på samme mappe på skift": (str(options.saves), "intet væk" if not lost else "; ".join(lost)),
        "dræbt (SIGKILL), mens det gemte": (str(killed.times), whole),
    }
    write_rows("studio", rows)
    sys.exit(0 if well else 1)


def _danish(value: float, decimals: int) -> str:
    return f"{value:.{decimals}f}".replace(".", ",")


if __name__ == "__main__":
    main()
