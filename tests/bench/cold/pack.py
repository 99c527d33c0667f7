"""Builds one meeting with its pack in a cold process; prints seconds, peak memory in MB, and the pack's pages.

Arguments: the content folder, the folder to write in, and the meeting's id.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from docgen.build.options import BuildOptions
from docgen.writers import formats


def main() -> None:
    started = time.perf_counter()
    from docgen.commands.build import build_documents
    from tests.support.contents import ROOT

    content, output, meeting = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    options = BuildOptions(
        content, ROOT / "templates", output, (f"meeting/{meeting}",), (formats.PDF,), with_annexes=True
    )
    report = build_documents(options)
    seconds = time.perf_counter() - started
    assert not report.problems, report.problems
    from pypdf import PdfReader

    pages = len(PdfReader(output / f"meeting/{meeting}/moedemappe.pdf").pages)
    print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, pages]))


if __name__ == "__main__":
    main()
