"""A pack from its pieces: one PDF with labels, bookmarks and honest claims."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence

from docgen.content.scalar import place_of
from docgen.packs.pieces import Piece
from docgen.pdf_pages.assembly import Claims, PackSection, assemble, claims_with
from docgen.pdf_pages.losses import pages_in_words as in_words
from docgen.pdf_pages.pages import ForeignPages
from docgen.pdf_pages.running_numbers import too_small
from docgen.pipeline import Job
from docgen.problems import Origin, Problem, WriterError
from docgen.structs import Struct, field, replace
from docgen.tree.text import dump
from docgen.writers.formats import PDF
from docgen.writers.pdf import parts as pdf_parts
from docgen.writers.pdf import proof


class Pack(Struct, frozen=True):
    """Documents as one PDF, its name under the output folder (the edition stands at `*`), and what the reader of the
    build should know about it. Beside the first, it has `documents` (`case/x@1.0`), and PDFs that are put in as they
    look by what they are kept as (`annexes/rapport.pdf`, or an issued version)."""

    name: str
    data: bytes
    notices: tuple[Problem, ...]
    documents: tuple[str, ...] = ()
    taken_in: Mapping[str, bytes] = field(default_factory=dict)


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
    if lacking := proof.find_faults(data, [part.document for part in parts], parts[0].theme):
        raise WriterError(lacking)
    rest = zip(pages, pieces[1:], strict=True)
    sections = [PackSection(0), *(PackSection(page, piece.label, piece.foreign) for page, piece in rest)]
    numbers = b""
    if running and (texts := list(_running_numbers(sections, running))):
        theme, folders = pieces[0].part.theme, project.font_directories
        numbers = pdf_parts.write_numbers(texts, theme, project.template_files, folders)
    unnumbered = list(_unnumbered(pieces, numbers)) if numbers else []
    others = [piece.job for piece in pieces[1:] if piece.job is not None]
    documents = dict.fromkeys(f"{job.shown_id}@{job.prepared.version}" for job in others)
    taken_in = {
        piece.foreign.name if piece.annex.file is None else f"annexes/{piece.foreign.name}": piece.data
        for piece in pieces
        if piece.foreign is not None and piece.annex is not None
    }
    notices = (*_notices(pieces), *unnumbered)
    return Pack(name, assemble(data, sections, numbers), notices, tuple(documents), taken_in)


def _running_numbers(sections: Sequence[PackSection], running: str) -> Iterator[str]:
    """What stands in the foot of each page from elsewhere: `Punkt 4, bilag 2, s. 3 · Mødemappe s. 37`."""
    shift = 0
    for section in sections:
        for number in range(1, len(section.foreign.pages) + 1) if section.foreign else ():
            yield f"{section.label}, s. {number} · {running} s. {section.page + shift + number + 1}"
        shift += len(section.foreign.pages) if section.foreign else 0


def _source(first: Job, pieces: Sequence[Piece]) -> bytes:
    """The source of all that docgen wrote; a PDF from elsewhere is named by its hash."""
    record = json.loads(first.source)
    annexes: dict[str, object] = dict(record.get("annexes", {}))
    sources = [(first, record["files"])]
    for piece in pieces[1:]:
        if piece.foreign is not None:
            name = piece.foreign.name
            path = name if "@" in name and "/" in name else f"content/annexes/{name}"
            annexes[path] = f"sha256:{hashlib.sha256(piece.data).hexdigest()}"
        elif piece.annex is not None and piece.annex.compare is not None:
            shown = dump(piece.part.document, places=False).encode()
            name = f"{piece.annex.compare} → {piece.annex.document}@{piece.annex.version}"
            annexes[name] = f"sha256:{hashlib.sha256(shown).hexdigest()}"
        elif piece.job is not None:
            other = json.loads(piece.job.source)
            sources.append((piece.job, other["files"]))
            annexes = other.get("annexes", {}) | annexes
    record["files"] = _files_of_all(sources)
    return json.dumps({**record, "annexes": annexes}, ensure_ascii=False, indent=1).encode()


def _files_of_all(sources: Sequence[tuple[Job, Mapping[str, object]]]) -> dict[str, object]:
    """The files of several sources. Of a document that is written here, its own; of one that is only named or quoted,
    from where most of it is shown."""
    found: dict[str, object] = {}
    own: dict[str, object] = {}
    for job, files in sources:
        kinds = job.project.content_kinds
        for path, data in files.items():
            inside = path.removeprefix("content/")
            if inside != path and kinds.document_of(inside) == job.shown_id.document:
                own[path] = data
            elif path not in found or len(json.dumps(found[path])) < len(json.dumps(data)):
                found[path] = data
    return dict(sorted({**found, **own}.items()))


def _unnumbered(pieces: Sequence[Piece], numbers: bytes) -> Iterator[Problem]:
    """Which pages from elsewhere are too small for their number."""
    of_pages = [(piece, n) for piece in pieces if piece.foreign for n in range(len(piece.foreign.pages))]
    pages = [page for piece in pieces if piece.foreign for page in piece.foreign.pages]
    small: dict[int, list[int]] = {}
    for (piece, number), is_small in zip(of_pages, too_small(pages, numbers), strict=True):
        if is_small:
            small.setdefault(id(piece), []).append(number + 1)
    for piece in pieces:
        if id(piece) in small and piece.foreign is not None:
            message = f"{_named(piece, piece.foreign)} har for lidt plads til mødemappens sidetal på"
            yield Problem(_place(piece), f"{message} {in_words(small[id(piece)])}", "brug sider i A4")


def _place(piece: Piece) -> Origin:
    assert piece.annex is not None  # so has each of pages from elsewhere
    return place_of(piece.annex.file or piece.annex.document or "")


def _named(piece: Piece, foreign: ForeignPages) -> str:
    return f"{piece.label[:1].lower()}{piece.label[1:]} ('{foreign.name}')"


def _notices(pieces: Sequence[Piece]) -> Iterator[Problem]:
    """What PDFs from elsewhere lose, and which are the reason that the whole does not claim what docgen's own parts
    do."""
    claims = claims_with([piece.foreign for piece in pieces if piece.foreign is not None])
    for piece in pieces:
        if piece.foreign is None or piece.annex is None:
            continue
        place, what = _place(piece), _named(piece, piece.foreign)
        for lost in piece.foreign.losses:
            yield Problem(place, f"{what} {lost}", "vedhæft det på en anden måde, hvis det skal med")
        if piece.foreign.silent:
            message = (
                f"{what} har ingen ord på {in_words(piece.foreign.silent)}, kun billeder, og kan ikke læses op dér"
            )
            yield Problem(place, message, "kør tekstgenkendelse (OCR) på det, eller hent det, hvor det er skrevet")
        if (less := _less_claimed(piece.foreign, claims)) is not None:
            yield Problem(place, f"{what} {less}", "sagens egen PDF lover begge dele")


def _less_claimed(foreign: ForeignPages, claims: Claims) -> str | None:
    """What a PDF with these pages in it claims less than docgen's own, and why."""
    if foreign.tags is not None:
        lacks = None if foreign.tags.archival or claims.level == "B" else "er ikke PDF/A"
        return lacks and f"{lacks}, så PDF'en med bilag lover " + ("kun PDF/UA" if claims.accessible else "ikke PDF/A")
    if not foreign.archival:
        return f"{foreign.unfit}, så PDF'en med bilag lover hverken PDF/UA eller PDF/A"
    return f"{foreign.unfit}, så PDF'en med bilag " + ("lover kun PDF/A-3b" if claims.level else "ikke lover PDF/UA")
