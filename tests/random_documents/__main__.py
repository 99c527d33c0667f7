"""`python -m tests.random_documents`: as many documents at random as are asked for; the table goes into
docs/robusthed.md.

A document that is at fault is kept as its tree in `build/random-documents/`, and is tried again by `--again FILE`.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from docgen.structs import Struct
from docgen.tree.document import Document
from docgen.tree.stored import decode_tree, encode_tree
from tests.fuzz.table import write_rows
from tests.random_documents.generator import documents, faults_of
from tests.support.contents import ROOT

_A_LOT = 100  # documents that one process makes before its part is told
_KEPT = ROOT / "build/random-documents"


class Tally(Struct, frozen=True):
    """What became of some documents: how many there were, how many were refused, and the messages of the faults."""

    tried: int
    refused: int
    faults: tuple[str, ...]


def main() -> None:
    """Tries the documents, shows what was found, and writes the row."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.random_documents", description="Bygger tilfældige dokumenter."
    )
    parser.add_argument("--count", type=int, default=300, help="hvor mange dokumenter [300]")
    parser.add_argument("--seed", type=int, default=1, help="tilfældighedens frø [1]")
    parser.add_argument("--again", type=Path, metavar="FIL", help="et dokument, der er gemt")
    options = parser.parse_args()
    if options.again:
        faults_again, _ = faults_of(decode_tree(options.again.read_bytes()))
        print(*(problem.message for problem in faults_again), sep="\n")
        sys.exit(1 if faults_again else 0)
    begin, tried, refused, faults = time.monotonic(), 0, 0, list[str]()
    lots = [(options.seed + n, min(_A_LOT, options.count - n * _A_LOT)) for n in range(-(-options.count // _A_LOT))]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for tally in pool.map(try_documents, lots):
            tried, refused = tried + tally.tried, refused + tally.refused
            faults += tally.faults
            print(f"{tried} dokumenter, {refused} afvist, {len(faults)} fejl", *tally.faults, sep="\n", flush=True)
    minutes = f"{(time.monotonic() - begin) / 60:.0f} min."
    row = (
        f"{tried:,}".replace(",", "."),
        f"{refused:,}".replace(",", "."),
        str(options.seed),
        minutes,
        str(len(faults)),
    )
    write_rows("documents", {"PDF, Word og HTML": row})
    sys.exit(1 if faults else 0)


def try_documents(lot: tuple[int, int]) -> Tally:
    """Builds as many documents as the second number says, by the seed that the first one is."""
    number, count = lot
    tried, refused, faults = 0, 0, list[str]()

    @seed(number)
    @given(document=documents())
    @settings(
        max_examples=count,
        phases=[Phase.generate],
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def build(document: Document) -> None:
        nonlocal tried, refused
        found, is_refused = faults_of(document)
        tried, refused = tried + 1, refused + is_refused
        for problem in found[:1]:
            _KEPT.mkdir(parents=True, exist_ok=True)
            kept = _KEPT / f"{number}-{tried}.json"
            kept.write_bytes(encode_tree(document))
            faults.append(f"{kept.relative_to(ROOT)}: {problem.message}")

    build()
    return Tally(tried, refused, tuple(faults))


if __name__ == "__main__":
    main()
