"""A cold process: build every document of a kind. Arguments: the content folder, the output folder, the kind (case).

Prints the seconds and the peak of memory in MB as JSON.
"""

import json
import resource
import sys
import time
from pathlib import Path

START = time.perf_counter()

from docgen import build  # noqa: E402 (its import is part of the call)

options = build.BuildOptions(content=Path(sys.argv[1]), output=Path(sys.argv[2]), documents=(*sys.argv[3:], "case")[:1])
report = build.build_documents(options)
assert not report.problems, report.problems
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([time.perf_counter() - START, peak]))
