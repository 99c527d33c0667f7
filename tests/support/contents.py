"""What tests and benchmarks build: the repository's own content, a small one, and the document with every node."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from docgen import pipeline
from docgen.build.folders import read_project
from docgen.build.selection import find_documents, list_entries
from docgen.content.documents import Kinds
from docgen.kinds.registry import KINDS
from docgen.project import Project
from docgen.tree.document import Document
from docgen.writers import formats
from docgen.writers.formats import Format
from tests.support.trees import every_node

ROOT = Path(__file__).parent.parent.parent
POLICY = "policy/eksempel"
EVERY_NODE = "example/alle-dele"
REAL_POLICY = "policy/indkoebspolitik-2023-2026"

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10"/></svg>'


@cache
def repository() -> Project:
    """The repository's own content and templates."""
    return read_project(ROOT / "content", ROOT / "templates")


@cache
def document_ids() -> tuple[str, ...]:
    """The id of every document in the repository's content."""
    return tuple(entry.id for entry in list_entries(repository()))


def judged_ids() -> list[str]:
    """Every document that the tests judge: the repository's, and `example/alle-dele` with every node; in order."""
    return sorted([*document_ids(), EVERY_NODE])


@cache
def tree_of(id: str) -> Document:
    """The tree of one of them."""
    return every_node() if id == EVERY_NODE else pipeline.build_tree(repository(), id)


@cache
def written(id: str, format: Format) -> bytes:
    """A document of `judged_ids` in one format."""
    project = repository()
    if id != EVERY_NODE or format is not formats.PDF:
        return pipeline.write(project, tree_of(id), format)
    from docgen.writers.pdf import writer as pdf

    source = b'{"kilde": "en pr\xc3\xb8ve"}'
    return pdf.write_document(every_node(), project.theme, project.template_files, source, project.font_directories)


def plain_pdf() -> bytes:
    """A PDF with one empty page that claims no standard."""
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def small_content(**changes: str) -> dict[str, bytes]:
    """A valid content folder with one small policy; `changes` replace texts by field name, such as `introduction`."""
    texts = {"introduction": "Indledningens tekst.", "title": "Eksempelpolitik", "area": "Indsatsens tekst.", **changes}

    def quoted(name: str, indent: str) -> str:
        lines = texts[name].split("\n")
        return "|-\n" + "\n".join(indent + line for line in lines)

    files = {
        "settings.yaml": "format: 2\nmunicipality: {name: Eksempel Kommune, council: raadet}\n",
        "organisation.yaml": "bodies:\n  - {id: raadet, kind: council, name: Byrådet}\n",
        "glossary.yaml": "abbreviations: []\n",
        "policies/eksempel/policy.yaml": f"""\
title: {quoted("title", "  ") if "title" in changes else texts["title"]}
summary: En politik til prøver.
period: {{from: 2023, to: 2026}}
version: "1.0"
status: udkast
date: 2022-12-01
introduction:
  id: indledning
  title: Indledning
  text: {quoted("introduction", "    ")}
overview:
  id: oversigt
  title: Oversigt
  text: Oversigtens tekst.
focus_areas_title: Indsatsområder
focus_areas_lead_in: "Kommunen vil:"
scope:
  id: afgraensning
  title: Afgrænsning
  text: Afgrænsningens tekst.
origin_of_wording: Eksempel til prøver.
""",
        "policies/eksempel/values/1-vaerdi.yaml": f"""\
id: vaerdi
title: Værdien
statement: Værdien i én sætning.
text: Værdiens tekst.
focus_areas:
  - id: indsats
    lead: Gøre noget.
    text: {quoted("area", "      ")}
""",
        "policies/eksempel/responsibilities.yaml": """\
id: ansvar
title: Ansvar
roles:
  - id: byraadet
    body: raadet
    title: Byrådet
    responsibilities:
      - id: beslutter
        text: Beslutter politikken.
""",
    }
    return {path: text.encode() for path, text in files.items()} | {"images/kort.svg": SVG}


def small_project(**changes: str) -> Project:
    """`small_content` with the repository's templates."""
    real = repository()
    return Project(small_content(**changes), real.template_files, font_directories=real.font_directories)


def write_content(folder: Path, files: dict[str, bytes]) -> Path:
    """Writes files to a folder that is made for them; returns the folder."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


ALL_KINDS = Kinds(KINDS.values())


def ids_of(project: Project, names: Sequence[str] = ()) -> tuple[str, ...]:
    """The ids that some names stand for, as people write them."""
    return tuple(map(str, find_documents(project, names)))
