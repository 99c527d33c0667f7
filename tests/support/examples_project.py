"""Invented cases and meetings in `examples`: every kind and rendering, open and closed, with the repository's names."""

from __future__ import annotations

from functools import cache

from docgen import pipeline
from docgen.kinds.edition import Edition
from docgen.project import Project
from docgen.tree.document import Document
from docgen.writers.formats import Format
from tests.support.contents import ROOT, ids_of, repository
from tests.support.foreign_pdfs import report_pdf

EXAMPLES = ROOT / "tests/examples"


def example_files() -> dict[str, bytes]:
    """The repository's content with the examples in place of its cases and meetings, and the annexes they name; without
    its guide, which alone takes longer to read than all of them."""
    own = ("cases/", "meetings/", "follow_ups/", "guides/", "issued/")
    files = {path: data for path, data in repository().content_files.items() if not path.startswith(own)}
    for kind in ("cases", "meetings"):
        files |= {f"{kind}/{path.name}": path.read_bytes() for path in sorted((EXAMPLES / kind).glob("*.yaml"))}
    return files | {"annexes/rapport.pdf": report_pdf(), "annexes/liste.pdf": report_pdf()}


@cache
def examples() -> Project:
    """The examples with the repository's templates."""
    real = repository()
    return Project(example_files(), real.template_files, real.font_directories)


@cache
def renderings() -> dict[str, tuple[str, Edition]]:
    """Every rendering in every edition, by a name for tests: `beslutning-oekonomiudvalget-internal`."""
    return {
        f"{id.removeprefix('case/').replace('/', '-')}-{edition}": (id, edition)
        for id in ids_of(examples(), ["case", "meeting"])
        for edition in Edition
    }


@cache
def example_tree(name: str) -> Document:
    """The tree of one of `renderings`."""
    return pipeline.build_tree(examples(), *renderings()[name])


@cache
def example_bytes(name: str, format: Format) -> bytes:
    """One of `renderings` in one format."""
    return pipeline.write(examples(), example_tree(name), format, renderings()[name][1])
