"""How long a comparison takes: a document of a thousand nodes in no time, the policy hardly longer than its build."""

from __future__ import annotations

import time
from collections.abc import Callable

from docgen.compare.redline import redline
from docgen.compare.trees import compare
from docgen.pipeline import build_tree
from docgen.project import Project
from docgen.structs import replace
from docgen.tree.document import Document, walk
from docgen.writers.formats import DOCX, HTML, PDF
from docgen.writers.pdf import writer as pdf
from tests.compare.test_redline import SIDES, written
from tests.support.contents import REAL_POLICY, repository, tree_of

_EDITS = 17
_WORDS = (("kommunen", "byen"), ("indkøb ", "køb "), ("skal ", "bør "), ("2030", "2035"))


def _least_seconds(work: Callable[[], object], rounds: int = 3) -> float:
    """The processor time of the quickest of some rounds, nothing of one being left for the next."""
    found = []
    for _ in range(rounds):
        pdf.forget()
        started = time.process_time()
        work()
        found.append(time.process_time() - started)
    return min(found)


def _edited() -> dict[str, bytes]:
    """The content with a word changed in 17 places of the policy."""
    files, left = dict(repository().content_files), _EDITS
    for path in sorted(path for path in files if path.startswith(f"policies/{REAL_POLICY.partition('/')[2]}/")):
        text = files[path].decode()
        for before, after in _WORDS:
            if left and before in text:
                text, left = text.replace(before, after, 1), left - 1
        files[path] = text.encode()
    assert left == 0
    return files


def _fresh(files: dict[str, bytes]) -> Document:
    real = repository()
    return build_tree(Project(files, real.template_files, real.font_directories), REAL_POLICY)


def _write(document: Document) -> None:
    for format in (PDF, DOCX, HTML):
        written(document, format)


def compare_report() -> str:
    """What a comparison takes, beside the build of the same document in the same process; processor time."""
    old, files = tree_of(REAL_POLICY), _edited()
    build = _least_seconds(lambda: _write(_fresh(dict(repository().content_files))))
    comparison = _least_seconds(lambda: _write(redline(compare(old, _fresh(files)), SIDES)))
    guide = tree_of("guide/brugervejledning")
    middle = len(guide.blocks) // 2
    first, rest = (replace(guide, blocks=blocks, notes=()) for blocks in (guide.blocks[:middle], guide.blocks[middle:]))
    nodes = [sum(1 for _ in walk(half)) for half in (first, rest)]
    halves = _least_seconds(lambda: compare(first, rest), rounds=2)
    return (
        f"Sammenligning af politikken med den samme med {_EDITS} rettelser i tre formater: "
        f"{_shown(comparison / build)} gange dens bygning. Vejledningens to halve ({nodes[0]} og {nodes[1]} knuder) "
        f"er sammenlignet på {_shown(halves)} s."
    )


def _shown(number: float) -> str:
    return f"{number:.2f}".replace(".", ",")
