"""`python -m tests.fuzz.guided READER FOLDER SECONDS SEED`: inputs that atheris makes, led by what code they reach.

Ends at the first fault; `FOLDER` holds the corpus, the number of inputs tried in `count`, and what was at fault in
`fault-…`, `crash-…`, `timeout-…` or `oom-…`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["docgen", "pypdf", "mistune", "jinja2"], enable_loader_override=False):
    from tests.fuzz.readers import LONGEST, MEGABYTES, READERS, SECONDS, try_input

from tests.fuzz.limits import limit_memory


def main() -> None:
    reader, folder, seconds, seed = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    limit_memory()
    count = (folder / "count").open("r+b", buffering=0)
    tried = int(count.read() or b"0")

    def check(data: bytes) -> None:
        nonlocal tried
        tried += 1
        count.seek(0)
        count.write(b"%d" % tried)
        try_input(reader, data)

    words = folder / "words"
    words.write_text(
        "".join(f'"{"".join(f"{chr(92)}x{sign:02x}" for sign in word)}"\n' for word in READERS[reader].tokens)
    )
    options = {
        "max_total_time": seconds,
        "timeout": SECONDS,
        "rss_limit_mb": MEGABYTES,
        "max_len": LONGEST,
        "seed": seed,
        "dict": words,
        "artifact_prefix": f"{folder}/",
        "verbosity": 0,
    }
    given = [sys.argv[0], *(f"-{name}={value}" for name, value in options.items()), str(folder / "corpus")]
    atheris.Setup(given, check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
