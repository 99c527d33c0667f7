"""Fields that several kinds of document have: status, version history, sections, what is closed, and annexes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise

from docgen.content.fields import ALWAYS, OPEN, Field, Model
from docgen.content.types import Date, Identifier, Line, Text, Version
from docgen.problems import Origin, Problem, elsewhere

ELIDED, ELIDED_ID = "…", "udeladt"
"""What stands for a text, and for an id, that must be there and is not carried along in a source."""


class Status(StrEnum):
    """Where a document stands on its way to a decision."""

    DRAFT = "udkast"
    HEARING = "i høring"
    PROPOSED = "til behandling"
    ADOPTED = "vedtaget"
    EXPIRED = "udgået"
    INFORMATION = "til orientering"  # handed over to be read; nobody adopts it

    @property
    def is_final(self) -> bool:
        """Whether nothing more will be decided, so that pages need no word of warning."""
        return self in (Status.ADOPTED, Status.INFORMATION)


class Revision(Model):
    """A version that was, and what became new with it."""

    version: Version = Field(OPEN, description='Versionsnummer i anførselstegn, fx "0.9"')
    date: Date = Field(OPEN, description="Versionens dato")
    what: Line = Field(OPEN, description="Hvad der er nyt, fx Rettet efter høringen")


class Section(Model):
    """A chapter of running text."""

    id: Identifier = Field(OPEN, description="Fast id")
    title: Line = Field(OPEN, description="Overskriften")
    lead: Text | None = Field(OPEN, default=None, description="Indledende sætning, sat større")
    text: Text = Field(OPEN, description="Brødtekst i Markdown")


class Closed(Model):
    """That something is not public, and why."""

    reason: Line = Field(ALWAYS, description="Hvorfor det er lukket, fx offentlighedsloven § 30, nr. 2")


class Annex(Model):
    """Something attached: a PDF in content/annexes/, another document of docgen at a version, or what changed in it."""

    id: Identifier = Field(OPEN, description="Fast id; skriv {bilag:id} i teksten for at henvise til bilaget")
    title: Line = Field(OPEN, description="Bilagets titel")
    file: Line | None = Field(OPEN, default=None, description="PDF i content/annexes/, fx rapport.pdf", ids="annexes")
    document: Line | None = Field(
        OPEN, default=None, description="Et andet dokument, fx policy/indkoebspolitik-2023-2026", ids="documents"
    )
    version: Version | None = Field(OPEN, default=None, description="Dokumentets version, i anførselstegn")
    compare: Line | None = Field(
        OPEN,
        default=None,
        description=(
            "Bilaget er listen over, hvad der er ændret herfra til document: en udstedt version, "
            "fx policy/indkoebspolitik-2023-2026@1.0, eller et andet dokument"
        ),
    )
    closed: Closed | None = Field(ALWAYS, default=None, description="Er bilaget lukket, så hvorfor")

    @property
    def compared(self) -> tuple[str, str]:
        """The document that `compare` names, and its version (`""` = as the content folder has it); empty without."""
        document, _, version = str(self.compare or "").partition("@")
        return document, version


def check_history(history: Sequence[Revision], version: str, where: Origin) -> Iterator[Problem]:
    """The history grows, and its last line is the version that the document has, which stands at `where`."""
    for before, after in pairwise(history):
        if after.date < before.date:
            place = after.origin_of("date")
            shown = f"versionerne i history står ikke efter dato{elsewhere(before.origin_of('date'), place)}"
            yield Problem(place, shown, "skriv den ældste først")
            break
    if history and str(history[-1].version) != str(version):
        last = history[-1]
        shown = f"den sidste version i history er {last.version}, men version er {version}"
        hint = f'tilføj en linje for version "{version}"'
        yield Problem(where, shown + elsewhere(last.origin_of("version"), where), hint)
