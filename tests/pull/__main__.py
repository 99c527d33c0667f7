"""`python -m tests.pull`: random edits in Word files of every document, saved by LibreOffice and pulled; the table
goes into docs/robusthed.md."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.fuzz.table import write_rows
from tests.pull.random_edits import Verdict, judged, random_edits, saved_again
from tests.support.contents import document_ids


def main() -> None:
    """Makes the edits, pulls them, shows those that are not proved, and writes the row."""
    parser = argparse.ArgumentParser(prog="python -m tests.pull", description="Retter tilfældige ord i Word-filer.")
    parser.add_argument("--count", type=int, default=300, help="hvor mange rettelser [300]")
    parser.add_argument("--seed", type=int, default=1, help="tilfældighedens frø [1]")
    parser.add_argument("--processes", type=int, default=os.cpu_count(), help="hvor mange ad gangen")
    parser.add_argument("--plain", action="store_true", help="uden LibreOffice; tallene bliver ikke skrevet")
    options = parser.parse_args()
    edits = list(random_edits(document_ids(), options.count, options.seed))
    tally = Counter[Verdict]()
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(options.processes) as pool:
        files = edits if options.plain else list(saved_again(edits, Path(folder)))
        for result in pool.map(judged, files, chunksize=5):
            tally[result.verdict] += 1
            if result.verdict is not Verdict.PROVED:
                one = result.typed
                print(
                    f"{result.verdict} ({result.outcome}), {one.document}",
                    one.before,
                    one.after,
                    result.said,
                    sep="\n  ",
                )
    counts = [tally[one] for one in Verdict]
    print(", ".join(f"{tally[one]} {one}" for one in Verdict))
    if not options.plain:
        share = f"{100 * tally[Verdict.PROVED] / options.count:.1f} %".replace(".", ",")
        write_rows("pull", {"LibreOffice": (str(options.count), str(options.seed), *map(str, counts), share)})
    sys.exit(1 if tally[Verdict.SILENT] or tally[Verdict.CRASHED] else 0)


if __name__ == "__main__":
    main()
