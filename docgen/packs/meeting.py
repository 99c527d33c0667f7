"""A whole meeting as one PDF: agenda or minutes with links, then each case followed at once by its annexes."""

from __future__ import annotations

from docgen.kinds.meeting.model import Meeting
from docgen.kinds.meeting.numbering import item_label, numbered
from docgen.kinds.meeting.prepare import AGENDA, MINUTES, item_cases
from docgen.packs.parts import Pack, write_pieces
from docgen.packs.pieces import Piece, annex_pieces, annex_targets, link_items, with_something
from docgen.pipeline import Job, theme_of
from docgen.structs import replace
from docgen.tree import document as tree
from docgen.tree import typography
from docgen.tree.document import Block
from docgen.writers.pdf.parts import Divider, PdfPart

_NAMES = {AGENDA: "moedemappe", MINUTES: "referat-med-sager"}


def is_meeting(job: Job) -> bool:
    """Whether a rendering is an agenda or minutes, which a pack can be made of."""
    return job.kind.model is Meeting and job.id.rendering in _NAMES


def write_pack(job: Job) -> Pack:
    """An agenda, or minutes, with all its cases and their annexes, as they may be seen in an edition. Made of an agenda
    after the meeting it says so under the agenda's head.

    It has a cover, and the page of each case and annex beside its line. Bookmarks have two levels, pages are labelled
    `Punkt 4, bilag 2, s. 3` and numbered through in the foot.
    Raises as `docgen.packs.case.write_pack` does.
    """
    content = job.content
    meeting = content.all(Meeting)[job.shown_id.name]
    pieces: dict[str, list[Piece]] = {}
    targets: dict[str, str] = {}
    for found in item_cases(content, meeting):
        if found.item.cancelled:
            continue
        prefix, id = f"punkt-{found.item.id}:", str(found.item.id)
        case = Job(job.project, found.document, job.edition)
        own = annex_targets(case)
        targets[id] = f"#{prefix}"
        targets |= {f"{id}-{name}": f"#{prefix}{target[1:]}" for name, target in own.items()}
        bookmark = typography.correct_text(f"{found.label} - {case.tree.title}", content.settings.house_style)
        linked = replace(case.tree, blocks=link_items(case.tree.blocks, own))
        divider = Divider(found.label, case.tree.title, bookmark)
        part = PdfPart(linked, theme_of(job.project, case.tree), divider, prefix)
        pieces[id] = [Piece(part, found.label, case), *annex_pieces(case, prefix=prefix, label=found.label, level=2)]
    _add_own_annexes(job, meeting, pieces, targets)
    linked = replace(job.tree, blocks=_first_page(job, link_items(job.tree.blocks, targets)))
    first = Piece(PdfPart(linked, theme_of(job.project, job.tree)), job=job)
    name = f"{job.shown_id.document}/{_NAMES[job.id.rendering]}*"
    inside = [piece for found in pieces.values() for piece in found]
    profile = content.settings.meetings
    running = profile.minutes_pack if job.id.rendering == MINUTES else profile.pack
    return write_pieces(name, job, [first, *inside], str(running))


def _add_own_annexes(job: Job, meeting: Meeting, pieces: dict[str, list[Piece]], targets: dict[str, str]) -> None:
    """The annexes of items that are no case, in the order of the items."""
    profile = job.content.settings.meetings
    for found in numbered(meeting, profile):
        item, id = found.item, str(found.item.id)
        if id in pieces:
            pieces[id] = pieces.pop(id)
        elif item.annexes and not item.cancelled:
            label, prefix, annexes = item_label(meeting, profile, found), f"punkt-{id}:", with_something(item.annexes)
            pieces[id] = annex_pieces(job, annexes, prefix=prefix, label=label)
            targets |= {f"{id}-{annex.id}": f"#{prefix}bilag-{number}:" for number, annex in annexes}


def _first_page(job: Job, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The agenda or minutes as the pack begins: where the meeting is held by now, an agenda's says that it is later.
    That an agenda's own content does not know."""
    whole = job.project.content.documents.get(job.id.document)
    if job.id.rendering == MINUTES or not isinstance(whole, Meeting) or whole.minutes is None:
        return blocks
    words = str(job.content.settings.meetings.pack_afterwards)
    note = tree.Division(tree.Role.NOTE, (tree.Paragraph((tree.Text(words),)),))
    return (*blocks[:1], note, *blocks[1:])
