"""Meetings as types: one file a meeting; the agenda, the minutes and the pack are made of it (DOMAIN 1.8 and 4.6)."""

from __future__ import annotations

from typing import Literal

from docgen.content.fields import ALWAYS, OPEN, Field, Model
from docgen.content.types import ClockTime, Date, Identifier, Line, Several, Text, Version
from docgen.kinds.document_fields import Closed, Status


class AgendaItem(Model):
    """One item of an agenda: a case, or words of its own. The program writes the number."""

    id: Identifier = Field(OPEN, description="Fast id, entydigt i hele mødet")
    case: Identifier | None = Field(
        OPEN, default=None, description="Sagens id (filens navn i content/cases)", ids="cases"
    )
    title: Line | None = Field(OPEN, default=None, description="Punktets titel, når det ikke er en sag")
    text: Text | None = Field(OPEN, default=None, description="Punktets tekst, når det ikke er en sag")
    decision: Text | None = Field(OPEN, default=None, description="Hvad det blev til, når det ikke er en sag")
    closed: Closed | None = Field(
        ALWAYS, default=None, description="Er punktet lukket, så hvorfor; en sag siger det selv"
    )
    public_title: Line | None = Field(
        ALWAYS, default=None, description="Et lukket punkts titel i den offentlige udgave"
    )


class Supplement(Model):
    """A supplementary agenda: sent later, with numbers of its own."""

    sent: Date | None = Field(OPEN, default=None, description="Dagen, den blev sendt ud")
    reason: Line = Field(OPEN, description="Hvorfor punkterne ikke kunne vente")
    items: Several[AgendaItem] = Field(OPEN, description="Punkterne i rækkefølge")


class Attendance(Model):
    """Somebody who was not there, or not for all of it."""

    who: Line = Field(OPEN, description="Navn og parti, fx Navn Navnesen (A)")
    what: Literal["absent", "late", "left-early", "substitute"] = Field(
        OPEN,
        description="absent (fraværende), late (kom senere), left-early (gik før) eller substitute (stedfortræder)",
    )
    note: Line | None = Field(OPEN, default=None, description="Fx hvornår, eller hvem der blev afløst")


class Minutes(Model):
    """What the minutes hold beside the decisions, which stand in the cases."""

    status: Status = Field(OPEN, default=Status.DRAFT, description="Beslutningsprotokollens status")
    version: Version = Field(
        OPEN, default="0.1", description='Beslutningsprotokollens version, i anførselstegn, fx "1.0"', words=False
    )
    approval: Line | None = Field(
        OPEN, default=None, description="Hvad der blev besluttet om dagsordenen, når det er kendt"
    )
    ended: ClockTime | None = Field(OPEN, default=None, description="Hvornår mødet sluttede, fx 19:45")
    attendance: tuple[Attendance, ...] = Field(OPEN, default=(), description="Fravær og stedfortrædere")
    remarks: tuple[Text, ...] = Field(OPEN, default=(), description="Andre bemærkninger til mødet")


class MeetingFile(Model):
    """meetings/<date>-<committee>.yaml: a meeting."""

    committee: Identifier = Field(OPEN, description="Udvalgets eller rådets id i organisation.yaml", ids="bodies")
    date: Date | None = Field(OPEN, default=None, description="Mødets dato, når den er kendt")
    time: ClockTime | None = Field(OPEN, default=None, description="Hvornår mødet begynder, fx 17:30")
    place: Line | None = Field(OPEN, default=None, description="Mødestedet")
    version: Version = Field(OPEN, description='Dagsordenens version i anførselstegn, fx "1.0"', words=False)
    status: Status = Field(OPEN, description="udkast, i høring, til behandling, vedtaget, udgået eller til orientering")
    sent: Date | None = Field(OPEN, default=None, description="Dagen, dagsordenen blev sendt ud")
    late_reason: Line | None = Field(OPEN, default=None, description="Hvorfor dagsordenen blev sendt ud efter fristen")
    note: Text | None = Field(OPEN, default=None, description="Bemærkning øverst i dagsorden og beslutningsprotokol")
    items: tuple[AgendaItem, ...] = Field(
        OPEN, default=(), description="Punkterne i rækkefølge; godkendelsen af dagsordenen skriver programmet selv"
    )
    supplement: Supplement | None = Field(OPEN, default=None, description="Tillægsdagsordenen")
    tabled: tuple[AgendaItem, ...] = Field(OPEN, default=(), description="Orienteringer på aflæggerbordet")
    minutes: Minutes | None = Field(OPEN, default=None, description="Beslutningsprotokollen, når mødet er holdt")


class Meeting(MeetingFile):
    """A meeting with its id: the file's name."""

    id: Identifier = Field(OPEN, description="Filens navn")


def all_items(meeting: MeetingFile) -> tuple[AgendaItem, ...]:
    """Every item: of the agenda, the supplementary agenda and the reading table."""
    return (*meeting.items, *(meeting.supplement.items if meeting.supplement else ()), *meeting.tabled)
