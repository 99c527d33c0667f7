"""Meetings as types: one file a meeting; the agenda, the minutes and the pack are made of it (DOMAIN 1.8 and 4.6)."""

from __future__ import annotations

from typing import Literal

from docgen.content.fields import ALWAYS, OPEN, Field, Model
from docgen.content.types import ClockTime, Date, Identifier, Integer, Line, LineOrLines, Several, Text, Version
from docgen.kinds.document_fields import Annex, Closed, Status


class Attendance(Model):
    """Somebody who was not there, or not for all of it."""

    who: Line = Field(OPEN, description="Navn og parti, fx Navn Navnesen (A)")
    what: Literal["absent", "excused", "late", "left-early", "substitute"] = Field(
        OPEN,
        description=(
            "absent (fraværende uden afbud), excused (fraværende med afbud), late (kom senere), left-early (gik før) "
            "eller substitute (stedfortræder)"
        ),
    )
    reason: Line | None = Field(OPEN, default=None, description="Hvorfor, fx sygdom")
    at: ClockTime | None = Field(OPEN, default=None, description="Hvornår den pågældende kom eller gik, fx 18:05")
    item: Identifier | None = Field(
        OPEN, default=None, description="Id på punktet, som den pågældende kom eller gik under"
    )
    replaces: Line | None = Field(OPEN, default=None, description="Hvem en stedfortræder er stedfortræder for")
    ground: Line | None = Field(OPEN, default=None, description="Hjemlen, fx jf. styrelseslovens § 15, stk. 2")
    finding: Line | None = Field(
        OPEN, default=None, description="Hvad rådet fandt, fx Byrådet godkendte, at betingelserne er opfyldt."
    )
    note: Line | None = Field(OPEN, default=None, description="Fx hvornår, eller hvem der blev afløst")


class Disqualified(Model):
    """Somebody who took no part in an item."""

    who: Line = Field(OPEN, description="Navn og parti")
    because: Line | None = Field(
        OPEN, default=None, description="Hvorfor den pågældende er inhabil; uden står det ikke"
    )
    substitute: Line | None = Field(OPEN, default=None, description="Stedfortræderen under punktet, hvis der er en")


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
    kind: Identifier | None = Field(
        OPEN, default=None, description="Punktets slags, når det ikke er en sag; den samme som sagers", ids="case-kinds"
    )
    cancelled: bool = Field(OPEN, default=False, description="true, hvis punktet udgår; numrene bliver, som de er")
    needs_decision: bool = Field(
        OPEN, default=True, description="false for et punkt uden beslutning, fx Eventuelt eller en mundtlig orientering"
    )
    time: ClockTime | None = Field(OPEN, default=None, description="Hvornår punktet begynder, fx 16:00")
    guests: LineOrLines = Field(OPEN, default=(), description="Gæster, der deltager under punktet")
    deputation: LineOrLines = Field(OPEN, default=(), description="Hvem der har foretræde")
    annexes: tuple[Annex, ...] = Field(OPEN, default=(), description="Punktets bilag, når det ikke er en sag")
    disqualified: tuple[Disqualified, ...] = Field(
        OPEN, default=(), description="De, der ikke deltog, fordi de er inhabile; kun i beslutningsprotokollen"
    )


class Supplement(Model):
    """A supplementary agenda: sent later, with numbers of its own, or with the next ones of the agenda."""

    sent: Date | None = Field(OPEN, default=None, description="Dagen, den blev sendt ud")
    reason: Line = Field(OPEN, description="Hvorfor punkterne ikke kunne vente")
    after: Identifier | None = Field(
        OPEN, default=None, description="Id på det punkt i dagsordenen, som punkterne behandles efter"
    )
    as_number: Integer | None = Field(
        OPEN, default=None, alias="as", description="Det nummer i dagsordenen, som det første af punkterne får"
    )
    outside: bool = Field(OPEN, default=False, description="true, hvis punkterne behandles uden for dagsordenen")
    items: Several[AgendaItem] = Field(OPEN, description="Punkterne i rækkefølge")


class Correction(Model):
    """Something in the minutes that was put right later; what stood there stays."""

    date: Date = Field(OPEN, description="Dagen, der blev rettet")
    text: Text = Field(OPEN, description="Hvad der er rettet")


class Minutes(Model):
    """What the minutes hold beside the decisions, which stand in the cases."""

    status: Status = Field(OPEN, default=Status.DRAFT, description="Beslutningsprotokollens status")
    version: Version = Field(
        OPEN, default="0.1", description='Beslutningsprotokollens version, i anførselstegn, fx "1.0"', words=False
    )
    approval: Line | None = Field(
        OPEN, default=None, description="Hvad der blev besluttet om dagsordenen, når det er kendt"
    )
    began: ClockTime | None = Field(
        OPEN, default=None, description="Hvornår mødet begyndte, hvis det ikke var på mødets time"
    )
    ended: ClockTime | None = Field(OPEN, default=None, description="Hvornår mødet sluttede, fx 19:45")
    attendance: tuple[Attendance, ...] = Field(OPEN, default=(), description="Fravær og stedfortrædere")
    all_present: bool = Field(OPEN, default=False, description="true, hvis alle var til stede hele mødet")
    remarks: tuple[Text, ...] = Field(OPEN, default=(), description="Andre bemærkninger til mødet")
    reservations: tuple[Text, ...] = Field(OPEN, default=(), description="Medlemmers forbehold ved underskriften")
    corrections: tuple[Correction, ...] = Field(OPEN, default=(), description="Senere rettelser, ældste først")
    signers: tuple[Line, ...] = Field(
        OPEN, default=(), description="Hvem der skriver under, hvis det ikke er alle, der var til stede"
    )


class Numbering(Model):
    """How the items of an agenda are numbered."""

    first: Integer = Field(OPEN, description="Det første punkts nummer, når numrene løber gennem året, fx 143")


class Together(Model):
    """Items that are taken together."""

    items: Several[Identifier] = Field(OPEN, description="Punkternes id, mindst to")


class MeetingFile(Model):
    """meetings/<date>-<committee>.yaml: a meeting."""

    committee: Identifier = Field(OPEN, description="Udvalgets eller rådets id i organisation.yaml", ids="bodies")
    date: Date | None = Field(OPEN, default=None, description="Mødets dato, når den er kendt")
    until: Date | None = Field(
        OPEN, default=None, description="Mødets sidste dag, hvis det er over flere, eller den skriftlige voterings"
    )
    until_time: ClockTime | None = Field(
        OPEN, default=None, description="Hvornår en skriftlig votering slutter den sidste dag, fx 10:00"
    )
    time: ClockTime | None = Field(OPEN, default=None, description="Hvornår mødet begynder, fx 17:30")
    extraordinary: bool = Field(OPEN, default=False, description="true for et ekstraordinært møde")
    written: bool = Field(OPEN, default=False, description="true for en skriftlig votering uden møde")
    postponed_from: Date | None = Field(
        OPEN, default=None, description="Dagen, mødet først var indkaldt til, hvis det er flyttet"
    )
    place: Line | None = Field(OPEN, default=None, description="Mødestedet")
    version: Version = Field(OPEN, description='Dagsordenens version i anførselstegn, fx "1.0"', words=False)
    status: Status = Field(OPEN, description="udkast, i høring, til behandling, vedtaget, udgået eller til orientering")
    verbatim: bool = Field(
        OPEN,
        default=False,
        description="true, når ordlyden er vedtaget: korrekturen retter den ikke, og tegnene bliver, som de står",
        words=False,
    )
    sent: Date | None = Field(OPEN, default=None, description="Dagen, dagsordenen blev sendt ud")
    late_reason: Line | None = Field(OPEN, default=None, description="Hvorfor dagsordenen blev sendt ud efter fristen")
    note: Text | None = Field(OPEN, default=None, description="Bemærkning øverst i dagsorden og beslutningsprotokol")
    numbering: Numbering | None = Field(OPEN, default=None, description="Punkternes numre, hvis de ikke er fra 1")
    approval_item: bool | None = Field(
        OPEN, default=None, description="Om dagsordenens godkendelse er første punkt; uden er det som i settings.yaml"
    )
    together: tuple[Together, ...] = Field(OPEN, default=(), description="Punkter, der behandles under ét")
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
