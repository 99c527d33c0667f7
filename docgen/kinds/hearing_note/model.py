"""Hearing notes: what was answered in a hearing, by whom, about what, and what the municipality says to it."""

from __future__ import annotations

from docgen.content.fields import ALWAYS, INTERNAL, OPEN, Field, Model
from docgen.content.types import Date, Identifier, Line, Several, Text, Version
from docgen.kinds.document_fields import Revision, Status


class HearingAnswer(Model):
    """One remark or proposal from a hearing, and the municipality's answer to it."""

    id: Identifier = Field(OPEN, description="Fast id, entydigt i notatet")
    who: Line = Field(INTERNAL, description="Hvem der har svaret; en privatpersons navn står kun i den interne udgave")
    private: bool = Field(
        ALWAYS, default=True, description="Om det er en privatperson; skriv false for en organisation eller myndighed"
    )
    date: Date | None = Field(OPEN, default=None, description="Dagen, svaret er fra")
    place: Line = Field(OPEN, description="Hvor i dokumentet, det handler om, fx overskriften")
    about: Text | None = Field(OPEN, default=None, description="De ord i dokumentet, det handler om")
    words: Text = Field(OPEN, description="Hvad der bliver sagt eller foreslået")
    answer: Text | None = Field(OPEN, default=None, description="Kommunens svar; tomt, til det er skrevet")


class HearingNoteFile(Model):
    """hearings/<id>.yaml: what was answered in a hearing."""

    title: Line = Field(OPEN, description="Hvad der var i høring, fx Udkast til indkøbspolitik")
    summary: Text = Field(OPEN, description="Notatet i en eller to sætninger, til metadata")
    version: Version = Field(OPEN, description='Versionsnummer i anførselstegn, fx "1.0"', words=False)
    status: Status = Field(OPEN, description="udkast, i høring, til behandling, vedtaget, udgået eller til orientering")
    date: Date = Field(OPEN, description="Versionens dato")
    about: Line | None = Field(OPEN, default=None, description="Dokumentet, der var i høring, fx policy/indkoeb")
    text: Text | None = Field(OPEN, default=None, description="Om høringen: hvem der er spurgt, og hvornår")
    history: tuple[Revision, ...] = Field(OPEN, default=(), description="Versionerne før og nu, ældste først")
    answers: Several[HearingAnswer] = Field(OPEN, description="Svarene, i den rækkefølge de skal stå")


class HearingNote(HearingNoteFile):
    """A hearing note with its id: the file's name."""

    id: Identifier = Field(OPEN, description="Filens navn")
