"""A case with its annexes as one PDF: the case, then each annex after a page with its number and title.

Annexes that are docgen's own documents are compiled together with the case and tagged like it. PDFs from elsewhere are
put in as they look; the PDF then claims neither PDF/UA nor PDF/A, and a notice says which annex was the reason.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from docgen import document as tree
from docgen import pipeline, typography
from docgen.content.case import Annex
from docgen.content.yaml_reader import Scalar
from docgen.document import Block, Document
from docgen.issuing.foreign_pages import ForeignPages, read_pages
from docgen.issuing.pdf_assembly import Section, assemble
from docgen.kinds import case as case_kind
from docgen.kinds.prepared import Edition
from docgen.pipeline import Format, Project
from docgen.problems import Origin, Problem, WriterError
from docgen.writers import pdf_parts
from docgen.writers.pdf_parts import Divider, Part


@dataclass(frozen=True, slots=True)
class Pack:
    """A case with its annexes as a PDF, and what the reader of the build should know about it."""

    data: bytes
    notices: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Insert:
    """An annex that has pages in this edition, with its number in the list, and its pages if it is from elsewhere."""

    number: int
    annex: Annex
    foreign: ForeignPages | None

    @property
    def prefix(self) -> str:
        return f"bilag-{self.number}:"


def has_annexes(project: Project, document_id: str, edition: Edition = Edition.PUBLIC) -> bool:
    """Whether a document is a case with annexes that may be seen in an edition."""
    return document_id.startswith(f"{case_kind.KIND}/") and bool(_visible(project, document_id, edition))


def write_pack(project: Project, case_id: str, edition: Edition = Edition.PUBLIC) -> Pack:
    """A case with the annexes that may be seen in an edition; closed ones are but a line in the list.

    Raises KeyError for an unknown id, ContentError and TemplateError as `pipeline.build_tree` does, and WriterError
    where a part cannot be written or a PDF's pages cannot be read.
    """
    inserts = [
        _Insert(number, annex, _foreign(project, annex)) for number, annex in _visible(project, case_id, edition)
    ]
    case = pipeline.build_tree(project, case_id, edition)
    linked = replace(case, blocks=_link(case.blocks, {str(item.annex.id): f"#{item.prefix}" for item in inserts}))
    parts = [Part(linked, pipeline.theme_of(project, case)), *(_part(project, item, case, edition) for item in inserts)]
    source = _source(project, case_id, inserts, edition)
    try:
        data, pages = pdf_parts.write_documents(parts, project.template_files, source, project.font_directories)
    except WriterError:
        pipeline.write(project, case, Format.PDF, edition)  # tells what is wrong where the case is at fault
        raise
    sections = [Section(0)] + [
        Section(page, _label(item), item.foreign) for page, item in zip(pages, inserts, strict=True)
    ]
    return Pack(assemble(data, sections), tuple(_notice(item) for item in inserts if item.foreign is not None))


def _visible(project: Project, case_id: str, edition: Edition) -> list[tuple[int, Annex]]:
    """The annexes with something to show, each with its number: its place in the whole list."""
    case = case_kind.in_edition(project.content, case_id.split("/")[1], edition)
    return [(number, annex) for number, annex in enumerate(case.annexes, 1) if annex.file or annex.document]


def _foreign(project: Project, annex: Annex) -> ForeignPages | None:
    if annex.file is None:
        return None
    return read_pages(str(annex.file), project.content.files[f"annexes/{annex.file}"], _origin(annex))


def _part(project: Project, item: _Insert, case: Document, edition: Edition) -> Part:
    settings = project.content.settings
    assert settings.cases is not None  # checked when the content was loaded
    title = typography.correct_text(str(item.annex.title), settings.house_style)
    line = case_kind.annex_line(item.annex, item.number, settings.cases, edition)
    bookmark = typography.correct_text(line, settings.house_style)
    if item.foreign is not None:
        words = case_kind.pages_in_words(len(item.foreign.pages))
        empty = replace(case, blocks=(), notes=())
        return Part(empty, pipeline.theme_of(project, case), Divider(_label(item), title, bookmark, words), item.prefix)
    own = pipeline.build_tree(project, str(item.annex.document), edition)
    return Part(own, pipeline.theme_of(project, own), Divider(_label(item), title, bookmark), item.prefix)


def _label(item: _Insert) -> str:
    return f"Bilag {item.number}"


def _link(blocks: tuple[Block, ...], targets: Mapping[str, str]) -> tuple[Block, ...]:
    """The case with each line of the list of annexes as a link to where the annex begins."""
    return tuple(
        replace(block, items=tuple(_link_item(item, targets) for item in block.items))
        if isinstance(block, tree.List)
        else replace(block, blocks=_link(block.blocks, targets))
        if isinstance(block, tree.Division)
        else block
        for block in blocks
    )


def _link_item(item: tree.ListItem, targets: Mapping[str, str]) -> tree.ListItem:
    first = item.blocks[0] if item.blocks else None
    if item.id not in targets or not isinstance(first, tree.Paragraph):
        return item
    link = tree.Link(first.children, targets[item.id])
    return replace(item, blocks=(replace(first, children=(link,)), *item.blocks[1:]))


def _source(project: Project, case_id: str, inserts: list[_Insert], edition: Edition) -> bytes:
    """The case's source with that of docgen's own annexes; a PDF from elsewhere is named by its hash."""
    record = json.loads(pipeline.source_of(project, case_id, edition))
    annexes: dict[str, str] = {}
    for item in inserts:
        if item.annex.file is not None:
            path = f"annexes/{item.annex.file}"
            annexes[f"content/{path}"] = f"sha256:{hashlib.sha256(project.content.files[path]).hexdigest()}"
        else:
            own = json.loads(pipeline.source_of(project, str(item.annex.document), edition))
            record["files"] |= own["files"]
    record["files"] = dict(sorted(record["files"].items()))
    return json.dumps({**record, "annexes": annexes}, ensure_ascii=False, indent=1).encode()


def _origin(annex: Annex) -> Origin:
    place = annex.file if annex.file is not None else annex.id
    return place.origin if isinstance(place, Scalar) else Origin("")


def _notice(item: _Insert) -> Problem:
    message = (
        f"{_label(item).lower()} ('{item.annex.file}') er ikke lavet af docgen, "
        "så PDF'en med bilag lover hverken PDF/UA eller PDF/A"
    )
    return Problem(_origin(item.annex), message, "sagens egen PDF lover begge dele")
