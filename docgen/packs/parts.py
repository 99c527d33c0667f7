"""What packs are made of: a case with its annexes as parts of one PDF, linked from the lists that name them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from docgen.content.scalar import place_of
from docgen.kinds.case.annex_lines import annex_line, pages_in_words
from docgen.kinds.document_fields import Annex
from docgen.pdf_pages.assembly import PackSection, assemble
from docgen.pdf_pages.pages import ForeignPages, read_pages
from docgen.pipeline import Job, theme_of
from docgen.problems import Problem, WriterError
from docgen.structs import Struct, replace
from docgen.tree import document as tree
from docgen.tree import typography
from docgen.tree.document import Block
from docgen.writers.formats import PDF
from docgen.writers.pdf import parts as pdf_parts
from docgen.writers.pdf.parts import Divider, PdfPart


class Pack(Struct, frozen=True):
    """Documents as one PDF, its name under the output folder (the edition stands at `*`), and what the reader of the
    build should know about it."""

    name: str
    data: bytes
    notices: tuple[Problem, ...]


class Piece(Struct, frozen=True):
    """A part of a pack, its label (`""` for the first), its own document's id, or its pages if it is from elsewhere."""

    part: PdfPart
    label: str = ""
    job: Job | None = None
    annex: Annex | None = None
    foreign: ForeignPages | None = None


def visible_annexes(job: Job) -> tuple[tuple[int, Annex], ...]:
    """The annexes of a rendering with something to show in its edition, each with its number: its place in the whole
    list."""
    return job.attachments


def annex_pieces(job: Job, *, prefix: str = "", label: str = "", level: int = 1) -> list[Piece]:
    """The annexes of a case, each after a divider with its number; closed ones are but a line in the list.

    In a meeting's pack `prefix` and `label` are the item's, and `level` one more.
    """
    project, shown, edition = job.project, job.tree, job.edition
    settings = project.content.settings
    assert settings.cases is not None  # checked when the content was loaded
    pieces = []
    for number, annex in visible_annexes(job):
        own = f"bilag {number}" if label else f"Bilag {number}"
        title = typography.correct_text(str(annex.title), settings.house_style)
        line = annex_line(annex, number, settings.cases, edition)
        divider = Divider(
            f"{label}, {own}" if label else own, title, typography.correct_text(line, settings.house_style), level=level
        )
        place = f"{prefix}bilag-{number}:"
        if annex.file is not None:
            data = project.content.files[f"annexes/{annex.file}"]
            foreign = read_pages(str(annex.file), data, place_of(annex.file))
            divider = replace(divider, note=pages_in_words(len(foreign.pages)))
            empty = replace(shown, blocks=(), notes=())
            part = PdfPart(empty, theme_of(project, shown), divider, place)
            pieces.append(Piece(part, divider.label, None, annex, foreign))
        else:
            attached = Job(project, str(annex.document), edition)
            part = PdfPart(attached.tree, theme_of(project, attached.tree), divider, place)
            pieces.append(Piece(part, divider.label, attached, annex))
    return pieces


def annex_targets(job: Job) -> dict[str, str]:
    """Where the lines of a case's list of annexes lead to in a pack, by the annex's id."""
    return {str(annex.id): f"#bilag-{number}:" for number, annex in visible_annexes(job)}


def write_pieces(name: str, first: Job, pieces: Sequence[Piece], running: str = "") -> Pack:
    """The pieces, the first of which is a document's own, as the pack `name`: one PDF with labels, bookmarks and honest
    claims; with `running`, pages are numbered through too.

    Raises WriterError where a part cannot be written or a PDF's pages cannot be read.
    """
    project = first.project
    parts, before = [], 0
    for piece in pieces:
        parts.append(replace(piece.part, running=running, inserted=before) if running else piece.part)
        before += len(piece.foreign.pages) if piece.foreign else 0
    source = _source(first, pieces)
    try:
        data, pages = pdf_parts.write_documents(parts, project.template_files, source, project.font_directories)
    except WriterError:
        for own in dict.fromkeys(piece.job for piece in pieces if piece.job is not None):
            own.write(PDF)  # tells what is wrong where a document is invalid by itself
        raise
    rest = zip(pages, pieces[1:], strict=True)
    sections = [PackSection(0), *(PackSection(page, piece.label, piece.foreign) for page, piece in rest)]
    numbers = b""
    if running and (texts := list(_running_numbers(sections, running))):
        theme, folders = pieces[0].part.theme, project.font_directories
        numbers = pdf_parts.write_numbers(texts, theme, project.template_files, folders)
    return Pack(name, assemble(data, sections, numbers), tuple(_notices(pieces)))


def _running_numbers(sections: Sequence[PackSection], running: str) -> Iterator[str]:
    """What stands in the foot of each page from elsewhere: `Punkt 4, bilag 2, s. 3 · Mødemappe s. 37`."""
    shift = 0
    for section in sections:
        for number in range(1, len(section.foreign.pages) + 1) if section.foreign else ():
            yield f"{section.label}, s. {number} · {running} s. {section.page + shift + number + 1}"
        shift += len(section.foreign.pages) if section.foreign else 0


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


def _source(first: Job, pieces: Sequence[Piece]) -> bytes:
    """The source of all that docgen wrote; a PDF from elsewhere is named by its hash."""
    record, files = json.loads(first.source), first.project.content.files
    annexes: dict[str, object] = dict(record.get("annexes", {}))
    for piece in pieces[1:]:
        if piece.foreign is not None:
            path = f"annexes/{piece.foreign.name}"
            annexes[f"content/{path}"] = f"sha256:{hashlib.sha256(files[path]).hexdigest()}"
        elif piece.job is not None:
            other = json.loads(piece.job.source)
            record["files"] |= other["files"]
            annexes = other.get("annexes", {}) | annexes
    record["files"] = dict(sorted(record["files"].items()))
    return json.dumps({**record, "annexes": annexes}, ensure_ascii=False, indent=1).encode()


def _notices(pieces: Iterable[Piece]) -> Iterator[Problem]:
    """Which PDFs from elsewhere are the reason that the whole does not claim what docgen's own parts do."""
    for piece in pieces:
        if piece.foreign is None or piece.annex is None:
            continue
        what = f"{piece.label[:1].lower()}{piece.label[1:]} ('{piece.annex.file}')"
        for lost in piece.foreign.losses:
            yield Problem(
                place_of(piece.annex.file), f"{what} {lost}", "vedhæft det på en anden måde, hvis det skal med"
            )
        if piece.foreign.tags is None:
            message = f"{what} {piece.foreign.unfit}, så PDF'en med bilag lover hverken PDF/UA eller PDF/A"
            yield Problem(place_of(piece.annex.file), message, "sagens egen PDF lover begge dele")
        elif not piece.foreign.tags.archival:
            message = f"{what} er ikke PDF/A, så PDF'en med bilag lover kun PDF/UA"
            yield Problem(place_of(piece.annex.file), message, "sagens egen PDF lover begge dele")
