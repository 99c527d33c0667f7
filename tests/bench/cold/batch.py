"""A cold process: build every document of a kind. Arguments: the content folder, the output folder, the kind (case).

Prints the seconds and the peak of memory in MB, of the largest process, as JSON.
"""

import json
import resource
import sys
import time
from pathlib import Path

START = time.perf_counter()


def main() -> None:
    from docgen import BuildOptions, build_documents  # its import is part of the call

    kind = (*sys.argv[3:], "case")[:1]
    options = BuildOptions(content=Path(sys.argv[1]), output=Path(sys.argv[2]), documents=kind, jobs=0)
    report = build_documents(options)
    assert not report.problems, report.problems
    own, workers = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps([time.perf_counter() - START, max(own, workers) / 1024]))


if __name__ == "__main__":
    main()
