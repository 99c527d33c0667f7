"""What of a meeting and of its cases is shown: by the agenda what is to come, by the minutes what became of it."""

from __future__ import annotations

from collections.abc import Mapping

from docgen.content.content import Content
from docgen.content.fields import Model
from docgen.document_id import DocumentId
from docgen.kinds.case.model import Case
from docgen.kinds.case.prepare import said_by_rendering as said_by_paper
from docgen.kinds.case.shown import decided_part, listed_part, shown_by_cases
from docgen.kinds.meeting.model import Meeting
from docgen.kinds.meeting.prepare import MINUTES, item_cases, said_by_rendering


def shown_by_meeting(content: Content, id: DocumentId) -> Mapping[DocumentId, Model]:
    """A meeting as its agenda or its minutes say it, its cases as they are shown there, and what these show of the
    documents that they refer to in turn."""
    meeting = content.all(Meeting)[id.name]
    cases: dict[DocumentId, Case] = {}
    for found in item_cases(content, meeting):
        case = content.all(Case)[found.document.name]
        if id.rendering == MINUTES and not found.item.cancelled:
            cases[found.document.document] = decided_part(said_by_paper(case, found.document.rendering))
        else:
            cases[found.document.document] = listed_part(case)
    own = said_by_rendering(meeting, id.rendering)
    return {id.document: own, **cases, **shown_by_cases(content, cases.values())}
