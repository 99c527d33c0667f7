"""The contenders, all with the same text: docgen cold, its floor, pandoc with Typst, docxtpl with LibreOffice."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from docgen import pipeline
from docgen.tree.document import Document
from tests.bench.pandoc_text import pandoc_text
from tests.bench.parts import tried
from tests.bench.word_template import flat_blocks, write_template
from tests.support.contents import ROOT, document_ids, repository
from tests.support.judges import soffice

FIRST = "docgen: første bygning i en tom mappe"
AGAIN = "docgen: bygget igen (`--force`)"
FLOOR = "gulv: den samme Typst-kørsel, de samme bytes skrevet"
LIBRARIES = "bibliotekerne alene, uden docgen: indlæst, brugt på den samme tekst, og gulvet"
PANDOC = "pandoc til Word, HTML og Typst, så Typst til PDF"
UNCHANGED = "docgen: alle dokumenter, intet er ændret"
MOST = {FIRST: 1.0, AGAIN: 0.6, UNCHANGED: 0.3}
"""What each may take of pandoc's time."""
DOCXTPL = "docxtpl til Word, så LibreOffice til PDF (ingen HTML)"


def policy_id() -> str:
    """The id of the first policy of this repository."""
    return next(id for id in document_ids() if id.startswith("policy/"))


def policy() -> Document:
    """The tree of the first policy of this repository."""
    return pipeline.build_tree(repository(), policy_id())


def contenders(folder: Path) -> tuple[dict[str, Callable[[], object]], list[str]]:
    """Name -> a function that runs the contender once, in processes of its own; `folder` takes inputs and outputs. And
    a line for each whose program is missing (pandoc, docxtpl or LibreOffice)."""
    makers = {
        FIRST: (_first, "first"),
        AGAIN: (_again, "again"),
        UNCHANGED: (_unchanged, "unchanged"),
        PANDOC: (_pandoc, "pandoc"),
        FLOOR: (_floor, "floor"),
        LIBRARIES: (_libraries, "libraries"),
        DOCXTPL: (_docxtpl, "docxtpl"),
    }
    found: dict[str, Callable[[], object]] = {}
    missing = []
    for name, (make, place) in makers.items():
        run, why = tried(name, partial(make, folder / place))
        if run is None:
            missing.append(why)
        else:
            found[name] = run
    return found, missing


def build_twice(folder: Path) -> tuple[float, float]:
    """Seconds for the first and for the second build of the policy in one process, the imports being in the first."""
    output = _run(_cold("build_twice", policy_id(), folder / "twice"))
    first, second = json.loads(output)
    return float(first), float(second)


def _first(folder: Path) -> Callable[[], object]:
    program = Path(sys.executable).with_name("docgen")

    def run() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        _run([program, "build", policy_id(), "--output", folder])

    return run


def _again(folder: Path) -> Callable[[], object]:
    program = Path(sys.executable).with_name("docgen")
    return lambda: _run([program, "build", policy_id(), "--force", "--output", folder])


def _unchanged(folder: Path) -> Callable[[], object]:
    command = [Path(sys.executable).with_name("docgen"), "build", "--output", folder]
    _run(command)
    return lambda: _run(command)


def _floor(folder: Path) -> Callable[[], object]:
    folder.mkdir(parents=True)
    recorded = folder / "recorded.pickle"
    _run(_cold("record_floor", policy_id(), recorded))
    return lambda: _run(_cold("floor", recorded, folder))


def _libraries(folder: Path) -> Callable[[], object]:
    _floor(folder)
    source = folder / "document.md"
    source.write_text(pandoc_text(policy()), encoding="utf-8")
    return lambda: _run(_cold("libraries", folder / "recorded.pickle", source, folder))


def pandoc_all(text: str, folder: Path) -> None:
    """All formats of one Markdown text, pandoc called for each and Typst for the PDF."""
    import pypandoc

    source, typst_file = folder / "sag.md", folder / "sag.typ"
    source.write_text(text, encoding="utf-8")
    for file in (folder / "sag.docx", folder / "sag.html", typst_file):
        _run([pypandoc.get_pandoc_path(), source, "--from", "markdown", "--standalone", "--output", file])
    _run(_cold("compile_typst", typst_file, folder / "sag.pdf"))


def run_python(arguments: Sequence[object]) -> str:
    """What a new Python process prints."""
    return _run([sys.executable, *arguments])


def _pandoc(folder: Path) -> Callable[[], object]:
    import pypandoc

    folder.mkdir(parents=True)
    source = folder / "document.md"
    source.write_text(pandoc_text(policy()), encoding="utf-8")
    typst_file = folder / "document.typ"
    command = [pypandoc.get_pandoc_path(), source, "--from", "markdown", "--standalone", "--toc", "--output"]

    def run() -> None:
        for file in (folder / "document.docx", folder / "document.html", typst_file):
            _run([*command, file])
        _run(_cold("compile_typst", typst_file, folder / "document.pdf"))

    run()
    return run


def _docxtpl(folder: Path) -> Callable[[], object]:
    if shutil.which("soffice") is None:
        raise FileNotFoundError("soffice")
    folder.mkdir(parents=True)
    template, data, filled = folder / "template.docx", folder / "data.json", folder / "document.docx"
    write_template(template)
    data.write_text(json.dumps(flat_blocks(policy()), ensure_ascii=False), encoding="utf-8")

    def run() -> None:
        _run(_cold("fill_template", template, data, filled))
        soffice(filled, "pdf", folder)

    return run


def _cold(module: str, *arguments: object) -> list[object]:
    return [sys.executable, "-m", f"tests.bench.cold.{module}", *arguments]


def _run(command: Sequence[object]) -> str:
    words = [str(word) for word in command]
    # Python keeps what it has compiled, as it does on any machine that is not told otherwise.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    result = subprocess.run(
        words, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if result.returncode:
        raise RuntimeError(f"{' '.join(words)} ({result.returncode}):\n{result.stdout}{result.stderr}")
    return result.stdout
