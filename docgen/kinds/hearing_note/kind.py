"""The kind `hearing-note`: a file a note."""

from __future__ import annotations

import datetime

from docgen.content.content import Content
from docgen.content.documents import ContentFile
from docgen.kinds.hearing_note.checks import check_hearing_note
from docgen.kinds.hearing_note.model import HearingNote, HearingNoteFile
from docgen.kinds.hearing_note.prepare import closed_texts, named_openly, open_part, prepare_hearing_note
from docgen.kinds.hearing_note.views import HearingNoteContext
from docgen.kinds.kind import Kind, Skeleton


def _new(content: Content, name: str, variant: str, day: datetime.date) -> str:
    from docgen.kinds.hearing_note.skeleton import new_hearing_note

    return new_hearing_note(day)


HEARING_NOTE = Kind(
    name="hearing-note",
    folder="hearings",
    files=(ContentFile("hearing-note", r"([^/]+)\.yaml", HearingNoteFile, "Høringsnotat (hearings/navn.yaml)"),),
    model=HearingNote,
    prepare=prepare_hearing_note,
    templates={"hearing_note.md.j2": HearingNoteContext},
    check_with=check_hearing_note,
    public_with=open_part,
    closed_texts=closed_texts,
    hindrances=named_openly,
    skeleton=Skeleton(
        help="Laver content/hearings/ID.yaml, et høringsnotat med ét svar.",
        metavar="ID",
        example="indkoebspolitik",
        write=_new,
    ),
)
