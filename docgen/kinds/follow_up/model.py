"""The follow-up on a policy as types: a status for each focus area, indicators, actions, risks and economy."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import Literal

from docgen.content.fields import OPEN, Field, Model
from docgen.content.types import Date, Identifier, Line, Number, Several, Text, Version
from docgen.content.unfilled import UNFILLED
from docgen.kinds.document_fields import Status
from docgen.kinds.follow_up import periods
from docgen.kinds.follow_up.indicator_model import Indicator
from docgen.kinds.follow_up.periods import Period
from docgen.kinds.policy.model import FocusArea


class AreaStatus(StrEnum):
    """Where a focus area stands at the end of the year (DOMAIN 2.4); kept apart from `Progress`."""

    REACHED = "nået"
    ON_THE_WAY = "på vej"
    AT_RISK = "i risiko"
    NOT_REACHED = "ikke nået"
    NOT_STARTED = "ikke startet"
    FINISHED = "afsluttet"
    DROPPED = "mål frafaldet"
    UNKNOWN = "kan ikke opgøres"
    MONITORED = "monitoreres uden mål"
    UNFILLED = UNFILLED  # in a draft


class Progress(StrEnum):
    """The direction since last year."""

    FORWARD = "frem"
    UNCHANGED = "uændret"
    BACK = "tilbage"
    NOT_ASSESSED = "ikke vurderet"
    UNFILLED = UNFILLED  # in a draft


class AreaFollowUp(Model):
    """What has become of one focus area in the year."""

    area: Identifier = Field(OPEN, description="Indsatsområdets id i politikken")
    reports_on: Line = Field(OPEN, description="Fingeraftryk af indsatsområdets tekst; docgen new skriver det")
    status: AreaStatus = Field(OPEN, description="Hvor indsatsen står ved årets udgang")
    progress: Progress = Field(
        OPEN, description="Retningen siden sidste år: frem, uændret, tilbage eller ikke vurderet"
    )
    done: Text | None = Field(OPEN, default=None, description="Hvad der er gjort i året")
    under_way: Text | None = Field(OPEN, default=None, description="Hvad der er i gang")
    next_year: Text | None = Field(OPEN, default=None, description="Hvad der skal ske næste år")
    responsible: Identifier | None = Field(
        OPEN, default=None, description="Den ansvarlige forvaltnings id i organisation.yaml"
    )
    reason: Text | None = Field(
        OPEN, default=None, description="Hvorfor status er en anden, end indsatsområdets tal viser"
    )
    cases: tuple[Identifier, ...] = Field(OPEN, default=(), description="Sager om indsatsen, ved id")


class ActionStatus(StrEnum):
    """How far an action is."""

    NOT_BEGUN = "ikke startet"
    UNDER_WAY = "i gang"
    DONE = "gennemført"
    DROPPED = "opgivet"
    UNFILLED = UNFILLED  # in a draft


class Action(Model):
    """Something that is to be done, by whom and when."""

    id: Identifier = Field(OPEN, description="Fast id, det samme fra rapport til rapport")
    area: Identifier | None = Field(OPEN, default=None, description="Indsatsområdet, handlingen hører til")
    text: Line = Field(OPEN, description="Hvad der skal gøres")
    responsible: Identifier = Field(OPEN, description="Den ansvarlige forvaltnings id i organisation.yaml")
    due: Date | None = Field(OPEN, default=None, description="Fristen; uden er den ikke fastsat")
    status: ActionStatus = Field(OPEN, description="ikke startet, i gang, gennemført eller opgivet")
    note: Line | None = Field(OPEN, default=None, description="Bemærkning, fx hvorfor fristen er overskredet")

    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.status not in (ActionStatus.DONE, ActionStatus.DROPPED)


class Recommendation(Model):
    """What the report recommends, and to whom."""

    text: Text = Field(OPEN, description="Det, der anbefales")
    to: Identifier | None = Field(OPEN, default=None, description="Hvem det anbefales; id i organisation.yaml")


class Risk(Model):
    """What could stand in the way, how likely and how grave it is, and what is done about it."""

    text: Line = Field(OPEN, description="Hvad der kan ske")
    likelihood: Literal["lav", "middel", "høj"] = Field(OPEN, description="Sandsynligheden: lav, middel eller høj")
    consequence: Literal["lav", "middel", "høj"] = Field(OPEN, description="Konsekvensen: lav, middel eller høj")
    response: Line | None = Field(OPEN, default=None, description="Hvad der bliver gjort ved det")


class EconomyRow(Model):
    """One item of the economy."""

    label: Line = Field(OPEN, description="Posten")
    budget: Number = Field(OPEN, description="Det, der er afsat")
    spent: Number = Field(OPEN, description="Det, der er brugt")


class Economy(Model):
    """What was set aside and what was spent; docgen makes the differences and the total."""

    unit: Line = Field(OPEN, default="1.000 kr.", description="Enheden, fx 1.000 kr. eller mio. kr.")
    price_level: Line = Field(OPEN, description="Pris- og lønniveau, fx 2026 p/l")
    rows: Several[EconomyRow] = Field(OPEN, description="Posterne")
    note: Line | None = Field(OPEN, default=None, description="Bemærkning under tabellen")


class Story(Model):
    """A box with an example of the work, and a picture where there is one."""

    title: Line = Field(OPEN, description="Boksens overskrift")
    text: Text = Field(OPEN, description="Historien; et billede skrives ![hvad det viser](images/navn.jpg)")
    chapter: Identifier | None = Field(OPEN, default=None, description="Værdien eller kapitlet, boksen hører til")


class FollowUpFile(Model):
    """follow_ups/<period>.yaml: the follow-up on a policy for one year, half-year or quarter."""

    title: Line = Field(OPEN, description="Rapportens titel")
    year: Period = Field(
        OPEN, description="Året eller perioden, der følges op på, som filens navn: 2026, 2026-H1 eller 2026-Q1"
    )
    policy: Identifier = Field(OPEN, description="Id på politikken, der følges op på")
    also: tuple[Identifier, ...] = Field(OPEN, default=(), description="Flere politikker i samme rapport, ved id")
    closing: bool = Field(
        OPEN, default=False, description="true, når rapporten følger op, efter at politikkens periode er slut"
    )
    follows: Identifier | None = Field(
        OPEN, default=None, description="Id på rapporten før, når den ikke er perioden lige før, fx 2025-h1"
    )
    version: Version = Field(OPEN, description='Versionsnummer i anførselstegn, fx "1.0"', words=False)
    status: Status = Field(OPEN, description="udkast, i høring, til behandling, vedtaget, udgået eller til orientering")
    date: Date = Field(OPEN, description="Dagen, rapporten er opgjort; navne følger den")
    verbatim: bool = Field(
        OPEN,
        default=False,
        description="true, når ordlyden er vedtaget: korrekturen retter den ikke, og tegnene bliver, som de står",
        words=False,
    )
    verdict: Line = Field(OPEN, description="Årets samlede vurdering i én sætning")
    summary: Text = Field(OPEN, description="Resumé; tal skrives som {tal:indikator} eller {tal:indikator:år}")
    mandate: Text = Field(OPEN, description="Hvilken beslutning der kræver opfølgningen")
    finance: Text | None = Field(OPEN, default=None, description="Økonomi")
    next_steps: Text | None = Field(OPEN, default=None, description="Videre proces")
    method: Text = Field(OPEN, description="Hvordan der er gjort op; bilaget om metode")
    areas: Several[AreaFollowUp] = Field(OPEN, description="Status for hvert indsatsområde")
    indicators: tuple[Indicator, ...] = Field(OPEN, default=(), description="Indikatorerne")
    actions: tuple[Action, ...] = Field(OPEN, default=(), description="Handlinger med ansvarlig, frist og status")
    recommendations: tuple[Recommendation, ...] = Field(OPEN, default=(), description="Det, rapporten anbefaler")
    risks: tuple[Risk, ...] = Field(OPEN, default=(), description="Risici")
    economy: Economy | None = Field(OPEN, default=None, description="Budget og forbrug i en tabel under Økonomi")
    boxes: tuple[Story, ...] = Field(OPEN, default=(), description="Bokse med eksempler og billeder")


class FollowUp(FollowUpFile):
    """A follow-up with its id: the period, as the file's name has it, and a word where there are several."""

    id: Line = Field(OPEN, description="Filens navn")

    @property
    def before(self) -> str | None:
        """The id of the report before this one, whether there is one or not."""
        return str(self.follows) if self.follows is not None else periods.id_before(self.id)

    @property
    def policies(self) -> tuple[Identifier, ...]:
        """The ids of the policies that it follows up on."""
        return (self.policy, *self.also)


def text_fingerprint(area: FocusArea) -> str:
    """Ten hex digits of what a focus area says, whatever its line breaks; a changed text has another."""
    words = " ".join(f"{area.lead} {area.text}".split())
    return hashlib.sha256(words.encode()).hexdigest()[:10]
