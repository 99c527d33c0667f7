"""A whole meeting as one PDF: the agenda with links, then each case followed at once by its annexes."""

from __future__ import annotations

from docgen import pipeline
from docgen.kinds.meeting import prepare as meeting_kind
from docgen.kinds.prepared import Edition
from docgen.packs.parts import Pack, Piece, annex_pieces, annex_targets, link_items, write_pieces
from docgen.pipeline import Project
from docgen.structs import replace
from docgen.tree import typography
from docgen.writers.pdf.parts import Divider, Part


def is_agenda(document_id: str) -> bool:
    """Whether a document is an agenda, which a pack can be made of."""
    return document_id.startswith(f"{meeting_kind.KIND}/") and document_id.endswith(f"/{meeting_kind.AGENDA}")


def write_pack(project: Project, agenda_id: str, edition: Edition = Edition.PUBLIC) -> Pack:
    """The agenda `meeting/<id>/dagsorden` with all its cases and their annexes, as they may be seen in an edition.

    Bookmarks have two levels, pages are labelled `Punkt 4, bilag 2, s. 3` and numbered through in the foot.
    Raises as `case_pack.write_pack` does.
    """
    content = project.content
    meeting = content.meetings[agenda_id.split("/")[1]]
    agenda = pipeline.build_tree(project, agenda_id, edition)
    pieces: list[Piece] = []
    targets: dict[str, str] = {}
    for found in meeting_kind.item_cases(content, meeting):
        prefix = f"punkt-{found.item.id}:"
        case = pipeline.build_tree(project, found.document, edition)
        own = annex_targets(project, found.document, edition)
        targets[str(found.item.id)] = f"#{prefix}"
        targets |= {f"{found.item.id}-{id}": f"#{prefix}{target[1:]}" for id, target in own.items()}
        bookmark = typography.correct_text(f"{found.label} - {case.title}", content.settings.house_style)
        linked = replace(case, blocks=link_items(case.blocks, own))
        part = Part(linked, pipeline.theme_of(project, case), Divider(found.label, case.title, bookmark), prefix)
        pieces.append(Piece(part, found.label, found.document))
        pieces += annex_pieces(project, found.document, case, edition, prefix=prefix, label=found.label, level=2)
    linked = replace(agenda, blocks=link_items(agenda.blocks, targets))
    first = Piece(Part(linked, pipeline.theme_of(project, agenda)), document=agenda_id)
    return write_pieces(project, [first, *pieces], edition, str(content.settings.meetings.pack))
