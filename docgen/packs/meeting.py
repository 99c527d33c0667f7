"""A whole meeting as one PDF: the agenda with links, then each case followed at once by its annexes."""

from __future__ import annotations

from docgen.kinds.meeting.model import Meeting
from docgen.kinds.meeting.prepare import AGENDA, item_cases
from docgen.packs.parts import Pack, Piece, annex_pieces, annex_targets, link_items, write_pieces
from docgen.pipeline import Job, theme_of
from docgen.structs import replace
from docgen.tree import typography
from docgen.writers.pdf.parts import Divider, PdfPart


def is_agenda(job: Job) -> bool:
    """Whether a rendering is an agenda, which a pack can be made of."""
    return job.id.rendering == AGENDA and job.kind.model is Meeting


def write_pack(job: Job) -> Pack:
    """An agenda with all its cases and their annexes, as they may be seen in an edition.

    Bookmarks have two levels, pages are labelled `Punkt 4, bilag 2, s. 3` and numbered through in the foot.
    Raises as `docgen.packs.case.write_pack` does.
    """
    project, content = job.project, job.content
    meeting = content.all(Meeting)[job.shown_id.name]
    pieces: list[Piece] = []
    targets: dict[str, str] = {}
    for found in item_cases(content, meeting):
        prefix = f"punkt-{found.item.id}:"
        case = Job(project, found.document, job.edition)
        own = annex_targets(case)
        targets[str(found.item.id)] = f"#{prefix}"
        targets |= {f"{found.item.id}-{id}": f"#{prefix}{target[1:]}" for id, target in own.items()}
        bookmark = typography.correct_text(f"{found.label} - {case.tree.title}", content.settings.house_style)
        linked = replace(case.tree, blocks=link_items(case.tree.blocks, own))
        part = PdfPart(linked, theme_of(project, case.tree), Divider(found.label, case.tree.title, bookmark), prefix)
        pieces.append(Piece(part, found.label, case))
        pieces += annex_pieces(case, prefix=prefix, label=found.label, level=2)
    linked = replace(job.tree, blocks=link_items(job.tree.blocks, targets))
    first = Piece(PdfPart(linked, theme_of(project, job.tree)), job=job)
    name = f"{job.shown_id.document}/moedemappe*"
    return write_pieces(name, job, [first, *pieces], str(content.settings.meetings.pack))
