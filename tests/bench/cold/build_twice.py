"""A cold process: build a document twice. Arguments: its id and a folder. Prints both durations in seconds as JSON."""

import json
import sys
import time
from pathlib import Path

START = time.perf_counter()

from docgen import BuildOptions, build_documents  # noqa: E402 (its import is part of the first build)

seconds: list[float] = []
for name in ("first", "second"):
    build_documents(BuildOptions(output=Path(sys.argv[2]) / name, documents=(sys.argv[1],)))
    seconds.append(time.perf_counter() - START - sum(seconds))
print(json.dumps(seconds))
