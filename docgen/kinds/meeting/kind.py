"""The kind `meeting`: a file a meeting, with the agenda and, when it is held, the minutes."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator, Mapping

from docgen.content.content import Content
from docgen.content.documents import ContentFile, Reference
from docgen.content.scalar import place_of
from docgen.document_id import DocumentId
from docgen.kinds.case.references import annex_references, attached_files
from docgen.kinds.kind import Kind, Skeleton
from docgen.kinds.meeting.model import Meeting, MeetingFile, all_items
from docgen.kinds.meeting.prepare import closed_texts, prepare_meeting, rendering_names, said_by_rendering
from docgen.kinds.meeting.public import open_part
from docgen.kinds.meeting.shown import shown_by_meeting
from docgen.kinds.meeting.views import MeetingContext
from docgen.problems import Problem

_ID = re.compile(rb"[a-z0-9]+(?:-[a-z0-9]+)*")


def _references(meeting: Meeting) -> Iterator[Reference]:
    for item in all_items(meeting):
        if item.case is not None:
            yield Reference(DocumentId("case", str(item.case)), place_of(item.case))
        for annex in item.annexes:
            yield from annex_references(annex)


def _mentions(text: bytes, known: Mapping[str, Collection[str]]) -> Iterator[DocumentId]:
    named = {word.decode() for word in _ID.findall(text)}
    yield from (DocumentId("case", name) for name in sorted(named.intersection(known.get("case", ()))))


def _check(meeting: Meeting, content: Content) -> Iterator[Problem]:
    from docgen.kinds.meeting.checks import check_meeting

    return check_meeting(meeting, content)


def _notices(meeting: Meeting, content: Content) -> Iterator[Problem]:
    from docgen.kinds.meeting.agenda_checks import closed_before_open

    return closed_before_open(meeting, content)


def _new(content: Content, name: str, variant: str, day: datetime.date) -> str:
    from docgen.kinds.meeting.skeleton import new_meeting

    return new_meeting(content, name)


MEETING = Kind(
    name="meeting",
    folder="meetings",
    files=(ContentFile("meeting", r"([^/]+)\.yaml", MeetingFile, "Møde (meetings/dato-udvalg.yaml)"),),
    model=Meeting,
    prepare=prepare_meeting,
    templates={"agenda.md.j2": MeetingContext, "minutes.md.j2": MeetingContext},
    check_with=_check,
    notices_with=_notices,
    shows_members=True,
    attached_in=attached_files,
    references_of=_references,
    mentions_in=_mentions,
    names=("case", "policy", "follow-up"),
    renderings=rendering_names,
    public_with=open_part,
    said_in=said_by_rendering,
    shown_with=shown_by_meeting,
    closed_texts=closed_texts,
    skeleton=Skeleton(
        help="Laver content/meetings/ID.yaml med dagens sager; ID er mødets dato og udvalg, fx 2026-12-01-oeu.",
        metavar="ID",
        example="2026-12-01-oeu",
        write=_new,
    ),
)
