"""`python -m tests.fuzz`: each reader gets inputs led by coverage for a time; the table goes into docs/robusthed.md.

An input that breaks something is kept in `tests/fuzz/seeds`, where every run of the tests tries it again.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz.readers import LONGEST, READERS, SECONDS, SEEDS, seeds
from tests.fuzz.table import write_rows
from tests.support.contents import ROOT

_MOST_FAULTS = 5


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Prøver læserne med ødelagte input.")
    parser.add_argument("readers", nargs="*", metavar="LÆSER", help=f"{', '.join(READERS)}; uden er det alle")
    parser.add_argument("--seconds", type=int, default=60, help="tid til hver læser [60]")
    parser.add_argument("--seed", type=int, default=1, help="tilfældighedens frø [1]")
    options = parser.parse_args()
    if unknown := set(options.readers) - set(READERS):
        parser.error(f"{', '.join(sorted(unknown))} kendes ikke; vælg {', '.join(READERS)}")
    broken = 0
    for reader in options.readers or READERS:
        tried, faults = _fuzz(reader, options.seconds, options.seed)
        broken += faults
        shown = f"{tried:,}".replace(",", ".")
        print(f"{reader}: {shown} input på {options.seconds} s, {faults} fejl", flush=True)
        row = (READERS[reader].what, f"{len(seeds(reader))}", shown, f"{options.seconds} s", f"{faults}")
        write_rows("fuzz", {f"`{reader}`": row})
    sys.exit(1 if broken else 0)


def _fuzz(reader: str, seconds: int, seed: int) -> tuple[int, int]:
    """How many inputs were tried, and how many broke something."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "corpus").mkdir()
        (folder / "count").write_bytes(b"0")
        for name, data in seeds(reader).items():
            (folder / "corpus" / name).write_bytes(data)
        end, faults = time.monotonic() + seconds, 0
        while (left := int(end - time.monotonic())) > 0 and faults < _MOST_FAULTS:
            command = [sys.executable, "-m", "tests.fuzz.guided", reader, temporary, str(left), str(seed + faults)]
            log = folder / "log"
            with log.open("wb") as file:
                done = subprocess.run(
                    command, cwd=ROOT, stdout=file, stderr=file, timeout=left + 10 * SECONDS, env=_environment()
                )
            if done.returncode == 0:
                break
            faults += 1
            _keep(reader, folder, log.read_text("utf-8", "replace"))
        return int((folder / "count").read_bytes()), faults


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def _keep(reader: str, folder: Path, log: str) -> None:
    print(f"\n{log[-3000:]}", file=sys.stderr)
    for kind in ("crash", "timeout", "oom", "leak"):
        for path in folder.glob(f"{kind}-*"):
            data = path.read_bytes()
            path.unlink()
            if len(data) <= LONGEST:
                place = SEEDS / reader / f"{kind}-{hashlib.sha256(data).hexdigest()[:8]}"
                place.write_bytes(data)
                print(f"gemt: {place.relative_to(ROOT).as_posix()}", file=sys.stderr)


if __name__ == "__main__":
    main()
