"""The pieces of a pack before they are written: documents and PDFs from elsewhere, each with its divider and label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from docgen.content.scalar import place_of
from docgen.kinds.case.annex_lines import annex_line, pages_in_words
from docgen.kinds.document_fields import Annex
from docgen.ledger.keeping import attached_pdf
from docgen.pipeline import Job, theme_of
from docgen.problems import ContentError, Problem
from docgen.structs import Struct, replace
from docgen.tree import document as tree
from docgen.tree import typography
from docgen.tree.document import Block
from docgen.writers.pdf.parts import Divider, PdfPart

if TYPE_CHECKING:
    from docgen.pdf_pages.pages import ForeignPages


class Piece(Struct, frozen=True):
    """A part of a pack, its label (`""` for the first), its own document's id, if it is no list of changes, or its
    pages, and the PDF they are of, if it is put in as it looks."""

    part: PdfPart
    label: str = ""
    job: Job | None = None
    annex: Annex | None = None
    foreign: ForeignPages | None = None
    data: bytes = b""


def visible_annexes(job: Job) -> tuple[tuple[int, Annex], ...]:
    """The annexes of a rendering with something to show in its edition, each with its number: its place in the whole
    list."""
    return job.attachments


def with_something(annexes: Sequence[Annex]) -> tuple[tuple[int, Annex], ...]:
    """Of a list of annexes those with something to show, each with its number: its place in the whole list."""
    return tuple((number, annex) for number, annex in enumerate(annexes, 1) if annex.file or annex.document)


def annex_pieces(
    job: Job,
    annexes: Sequence[tuple[int, Annex]] | None = None,
    *,
    prefix: str = "",
    label: str = "",
    level: int = 1,
) -> list[Piece]:
    """The annexes of a case, or some others, each after a divider with its number; closed ones are but a line in the
    list.

    In a meeting's pack `prefix` and `label` are the item's, and `level` one more.
    """
    project, edition = job.project, job.edition
    settings = project.content.settings
    assert settings.cases is not None  # checked when the content was loaded
    pieces = []
    for number, annex in visible_annexes(job) if annexes is None else annexes:
        own = f"bilag {number}" if label else f"Bilag {number}"
        title = typography.correct_text(str(annex.title), settings.house_style)
        line = annex_line(annex, number, settings.cases, edition)
        divider = Divider(
            f"{label}, {own}" if label else own, title, typography.correct_text(line, settings.house_style), level=level
        )
        place = f"{prefix}bilag-{number}:"
        if annex.compare is not None:
            from docgen.packs.changes import changes_of

            listed = changes_of(job, annex)
            pieces.append(Piece(PdfPart(listed, theme_of(project, listed), divider, place), divider.label, None, annex))
        elif (kept := _kept_pdf(job, annex)) is not None:
            pieces.append(_foreign_piece(job, annex, kept, divider, place))
        else:
            attached = Job(project, str(annex.document), edition)
            part = PdfPart(attached.tree, theme_of(project, attached.tree), divider, place)
            pieces.append(Piece(part, divider.label, attached, annex))
    return pieces


def _kept_pdf(job: Job, annex: Annex) -> bytes | None:
    """The bytes of an annex that is put in as it looks: a PDF from elsewhere, or a version that is issued, as it was
    handed out. None for a document that is written with its case: it is not issued, or is as when it was.

    Raises ContentError where an earlier version than today's is not kept.
    """
    if annex.file is not None:
        return job.project.content.files[f"annexes/{annex.file}"]
    attached = Job(job.project, str(annex.document), job.edition)
    if attached.prepared.version == str(annex.version):
        return None
    known = attached_pdf(job, str(annex.document), str(annex.version))
    archive = job.project.archive
    kept = None if known is None or archive is None else archive.read(known.sha256)
    if kept is None:
        shown = f"{annex.document} {annex.version} ligger ikke i arkivet"
        hint = "hent content/issued tilbage fra versionsstyringen"
        raise ContentError([Problem(place_of(annex.version or annex.id), shown, hint)])
    return kept


def _foreign_piece(job: Job, annex: Annex, data: bytes, divider: Divider, place: str) -> Piece:
    """A piece of pages that are put in as they look."""
    from docgen.pdf_pages.pages import read_pages  # what reads PDFs is loaded where there is one

    name, origin = str(annex.file or f"{annex.document}@{annex.version}"), place_of(annex.file or annex.document or "")
    foreign = read_pages(name, data, origin)
    part = PdfPart(
        replace(job.tree, blocks=(), notes=()),
        theme_of(job.project, job.tree),
        replace(divider, note=pages_in_words(len(foreign.pages))),
        place,
    )
    return Piece(part, divider.label, None, annex, foreign, data)


def annex_targets(job: Job) -> dict[str, str]:
    """Where the lines of a case's list of annexes lead to in a pack, by the annex's id."""
    return {str(annex.id): f"#bilag-{number}:" for number, annex in visible_annexes(job)}


def link_items(blocks: Iterable[Block], targets: Mapping[str, str]) -> tuple[Block, ...]:
    """Blocks with the first line of each list item that is a target's as a link to it."""
    linked: list[Block] = []
    for block in blocks:
        match block:
            case tree.List():
                items = tuple(_link_item(item, targets) for item in block.items)
                linked.append(replace(block, items=items))
            case tree.Division():
                linked.append(replace(block, blocks=link_items(block.blocks, targets)))
            case _:
                linked.append(block)
    return tuple(linked)


def _link_item(item: tree.ListItem, targets: Mapping[str, str]) -> tree.ListItem:
    blocks = link_items(item.blocks, targets)
    first = blocks[0] if blocks else None
    if item.id in targets and isinstance(first, tree.Paragraph):
        link = tree.Link(first.children, targets[item.id])
        blocks = (replace(first, children=(link,)), *blocks[1:])
    return replace(item, blocks=blocks)
