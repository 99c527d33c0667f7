"""A cold process: where the first build of the policy in an empty folder spends its processor time.

Arguments: the document's id and a folder. Prints a Markdown table. A profile makes Python slower than it is, so the
shares are what to read; Typst, which works in a thread of its own, is timed by the clock.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
import time
from collections import Counter
from pathlib import Path

_STAGES = (
    (
        "indlæsning af moduler",
        (
            "importlib",
            "<frozen",
            "<module>",
            "marshal",
            "_imp.",
            "builtins.exec",
            "__build_class__",
            "/re/",
            "dataclasses",
            "enum.py",
        ),
    ),
    ("venter på Typst", ("acquire", "threading", "queue")),
    ("indhold og slags", ("docgen/content/", "docgen/kinds/", "docgen/project", "yaml/", "msgspec")),
    ("skabelon og træ", ("docgen/templating", "docgen/tree/", "jinja2/", "mistune/", "docgen/danish", "babel/")),
    (
        "PDF uden Typst",
        ("docgen/writers/pdf/", "docgen/pdf_pages/", "pypdf/", "docgen/writers/table_fit", "fontTools/"),
    ),
    ("Word", ("docgen/writers/docx/", "docx/", "lxml", "zipfile")),
    ("HTML", ("docgen/writers/html/", "markupsafe/")),
    ("korrektur og ordliste", ("docgen/proofing/", "docgen/lexicon/", "marisa")),
    ("filer", ("docgen/files", "docgen/folder", "docgen/build/", "pathlib", "posix", "hashlib", "docgen/ledger/")),
)
_OTHER = "andet"


def main(id: str, folder: Path) -> None:
    profile = cProfile.Profile()
    started = time.perf_counter()
    profile.enable()
    from docgen import BuildOptions, build_documents
    from docgen.writers.pdf import writer

    compile, typst = writer._compile, []

    def timed(*arguments: object) -> bytes:
        begun = time.perf_counter()
        try:
            return compile(*arguments)  # type: ignore[arg-type]
        finally:
            typst.append(time.perf_counter() - begun)

    writer._compile = timed  # type: ignore[assignment]
    build_documents(BuildOptions(output=folder, documents=(id,), proofread=True, incremental=True))
    profile.disable()
    print(table(profile, time.perf_counter() - started, sum(typst)))


def table(profile: cProfile.Profile, seconds: float, typst: float) -> str:
    """The stages with their seconds and their share of the process's own work."""
    spent: Counter[str] = Counter()
    for (file, _, function), (_, _, own, _, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        name = f"{file.replace(chr(92), '/')} {function}"
        spent[next((stage for stage, words in _STAGES if any(word in name for word in words)), _OTHER)] += own
    total = sum(spent.values())
    lines = ["| Trin | Sekunder | Andel |", "|:--|--:|--:|"]
    for stage, own in spent.most_common():
        lines.append(f"| {stage} | {_danish(own)} | {own / total:.0%} |")
    lines += [
        f"| Typst, i sin egen tråd | {_danish(typst)} | |",
        f"| hele processen med profil | {_danish(seconds)} | |",
    ]
    return "\n".join(lines)


def _danish(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
