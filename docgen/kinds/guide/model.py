"""Guides: a document of chapters and sections, such as the user guide of docgen itself."""

from __future__ import annotations

from docgen.content.fields import OPEN, Field, Model
from docgen.content.types import Date, Identifier, Line, Several, Text, Version
from docgen.kinds.document_fields import Revision, Section, Status


class Chapter(Model):
    """A chapter: text of its own, sections, or both."""

    id: Identifier = Field(OPEN, description="Fast id, entydigt i hele vejledningen")
    title: Line = Field(OPEN, description="Overskriften")
    lead: Text | None = Field(OPEN, default=None, description="Indledende sætning, sat større")
    text: Text | None = Field(OPEN, default=None, description="Brødtekst i Markdown")
    sections: tuple[Section, ...] = Field(OPEN, default=(), description="Kapitlets afsnit i rækkefølge")


class GuideFile(Model):
    """guides/<id>.yaml: a guide."""

    title: Line = Field(OPEN, description="Vejledningens titel")
    short_title: Line | None = Field(
        OPEN, default=None, description="Kort titel øverst på siderne, hvis titlen er lang"
    )
    subtitle: Line | None = Field(OPEN, default=None, description="Undertitel på forsiden")
    summary: Text = Field(OPEN, description="Vejledningen i en eller to sætninger, til metadata")
    version: Version = Field(OPEN, description='Versionsnummer i anførselstegn, fx "1.0"', words=False)
    status: Status = Field(OPEN, description="udkast, i høring, til behandling, vedtaget, udgået eller til orientering")
    date: Date = Field(OPEN, description="Versionens dato")
    history: tuple[Revision, ...] = Field(OPEN, default=(), description="Versionerne før og nu, ældste først")
    chapters: Several[Chapter] = Field(OPEN, description="Kapitlerne i rækkefølge")


class Guide(GuideFile):
    """A guide with its id: the file's name."""

    id: Identifier = Field(OPEN, description="Filens navn")
