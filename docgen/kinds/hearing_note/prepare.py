"""Hearing notes: a document each; the public edition has no names of private persons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from docgen.content.computed import computed
from docgen.content.content import Content
from docgen.content.fields import Model
from docgen.content.scalar import place_of
from docgen.document_id import DocumentId
from docgen.kinds.edition import Edition
from docgen.kinds.hearing_note.model import HearingAnswer, HearingNote
from docgen.kinds.hearing_note.views import AnswerView, HearingNoteContext
from docgen.kinds.prepared import Prepared, sentence
from docgen.kinds.public import Disclosure, public_part
from docgen.problems import Problem

PRIVATE_PERSON = "Privatperson"
"""What a private person is called where everybody can read it."""


def prepare_hearing_note(content: Content, id: DocumentId, edition: Edition) -> Prepared:
    """A hearing note, ready for its template. Raises KeyError for an unknown id."""
    note = content.all(HearingNote)[id.name]
    is_private = any(answer.private for answer in note.answers)
    return Prepared(
        template="hearing_note.md.j2",
        context=HearingNoteContext(
            note=note,
            municipality=content.settings.municipality,
            status=computed(sentence(note.status), note.origin_of("status")),
            answers=tuple(_view(number, answer) for number, answer in enumerate(note.answers, 1)),
            unanswered=sum(answer.answer is None for answer in note.answers),
            total=len(note.answers),
        ),
        written=note,
        title=f"Høringsnotat: {note.title}",
        short_title="Høringsnotat",
        subject=" ".join(note.summary.split()),
        version=str(note.version),
        status=note.status,
        date=note.date,
        made_of=(id.document,),
        closed=("navne på privatpersoner",) if is_private and edition is Edition.INTERNAL else (),
    )


def _view(number: int, answer: HearingAnswer) -> AnswerView:
    return AnswerView(number, answer, "Besvaret" if answer.answer is not None else "Ikke besvaret")


def open_part(note: HearingNote, disclosure: Disclosure) -> HearingNote:
    """A hearing note as everybody may see it: a private person has no name there."""
    return public_part(note, _stand_ins)


def _stand_ins(model: Model) -> Mapping[str, object]:
    if isinstance(model, HearingAnswer):
        return {"who": PRIVATE_PERSON if model.private else model.who}
    return {}


def named_openly(content: Content, id: DocumentId, edition: Edition) -> Iterator[Problem]:
    """The names of private persons that stand in an open text of a note, which all may read."""
    note = content.all(HearingNote)[id.name]
    for name in dict.fromkeys(" ".join(one.who.split()) for one in note.answers if one.private):
        word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
        for one in note.answers:
            for text in (one.place, one.about, one.words, one.answer):
                if text is not None and word.search(" ".join(text.split())):
                    message = f"{name} er privatperson, og navnet står i en åben tekst"
                    yield Problem(place_of(text), message, "skriv teksten uden navnet")


def closed_texts(content: Content, id: DocumentId) -> Iterator[str]:
    """The names that must not stand in the public edition."""
    for answer in content.all(HearingNote)[id.name].answers:
        if answer.private:
            yield str(answer.who)
