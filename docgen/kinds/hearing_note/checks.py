"""Rules of a hearing note: each id is used once, the document it is about is there, and the history ends with the
version."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.content.content import Content
from docgen.content.references import check_unique
from docgen.content.scalar import place_of
from docgen.kinds.document_fields import check_history
from docgen.kinds.hearing_note.model import HearingNote
from docgen.problems import Problem


def check_hearing_note(note: HearingNote, content: Content) -> Iterator[Problem]:
    """Every problem in one hearing note."""
    yield from check_history(note.history, note.version, place_of(note.version))
    yield from check_unique(answer.id for answer in note.answers)
    if note.about is not None and not any(str(id) == note.about for id in content.documents):
        hint = "skriv dets id, som docgen list viser det, eller slet feltet"
        yield Problem(place_of(note.about), f"dokumentet '{note.about}' findes ikke", hint)
    if note.status.is_final:
        for answer in note.answers:
            if answer.answer is None:
                message = f"svaret '{answer.id}' er ikke besvaret, og notatet er {note.status}"
                yield Problem(place_of(answer.id), message, "skriv answer, eller sæt status til udkast")
