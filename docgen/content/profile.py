"""How one municipality builds its cases: headings, their order, lead-ins, the style of at-points, stock sentences."""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

from docgen.content.fields import OPEN, AtLeastOne, Field, Model
from docgen.content.types import Identifier, Integer, Label, Text

_Item = TypeVar("_Item")
KindName = Literal["tabled-briefing", "briefing", "discussion", "decision", "declaration"]
DecisionPlace = Literal["first", "after-recommendation", "end"]


class SectionProfile(Model):
    """One heading of a case: where it stands is its place in the list."""

    id: Identifier = Field(OPEN, description="Afsnittets id, som sagerne bruger")
    heading: Label = Field(OPEN, description="Overskriften")
    required: bool = Field(OPEN, default=False, description="true, hvis enhver sag skal have afsnittet")
    kinds: tuple[KindName, ...] = Field(
        OPEN, default=(), description="De slags sager, der har afsnittet; uden er det alle"
    )
    default: Text | None = Field(OPEN, default=None, description="Fast tekst, når sagen ikke har en selv")


class LeadIns(Model):
    """Lead-ins to the at-points; {forvaltning}, {udvalg} and {råd} are filled in."""

    decides: Label = Field(OPEN, description="Når udvalget selv afgør sagen")
    recommends: Label = Field(OPEN, description="Når udvalget anbefaler til rådet")
    declares: Label = Field(OPEN, description="Når udvalget sender sagen videre med en erklæring")
    council: Label = Field(OPEN, description="Når sagen kommer for rådet")


class Headings(Model):
    """Headings that the program itself writes."""

    summary: Label | None = Field(OPEN, default=None, description="Over resuméet; uden står der ingen")
    recommendation: Label = Field(OPEN, description="Over indstillingen")
    history: Label = Field(OPEN, description="Over tidligere behandlinger")
    decision: Label = Field(OPEN, description="Over beslutningen")
    annexes: Label = Field(OPEN, description="Over bilagene")
    signature: Label | None = Field(OPEN, default=None, description="Over underskrifterne; uden står der ingen")


class KindProfile(Model):
    """What a kind of case is called, and the sentence that its summary ends with."""

    label: Label = Field(OPEN, description="Hvad slagsen hedder øverst i sagen, fx Orientering")
    closing: Label | None = Field(
        OPEN, default=None, description="Sætning, som resuméet ender med; {udvalgets} bliver udfyldt"
    )
    recommendation: bool = Field(OPEN, default=True, description="false, hvis slagsen ingen indstilling har")
    decision: bool = Field(OPEN, default=True, description="false, hvis slagsen ingen beslutning har")


class MeetingProfile(Model):
    """Words and deadlines of meetings. Deadlines: DOMAIN 4.6 (the municipal government act § 8, rules of procedure)."""

    agenda: Label = Field(OPEN, default="Dagsorden", description="Hvad dagsordenen hedder")
    supplement: Label = Field(OPEN, default="Tillægsdagsorden", description="Hvad tillægsdagsordenen hedder")
    tabled: Label = Field(
        OPEN, default="Til orientering på aflæggerbordet", description="Overskrift over aflæggerbordet"
    )
    minutes: Label = Field(OPEN, default="Beslutningsprotokol", description="Hvad referatet hedder")
    pack: Label = Field(OPEN, default="Mødemappe", description="Hvad dagsordenen med alle sager og bilag hedder")
    item: Label = Field(OPEN, default="Punkt", description="Hvad et punkt hedder, når det står med nummer")
    items: Label = Field(OPEN, default="Punkter", description="Overskrift over punkterne")
    unknown: Label = Field(
        OPEN,
        default="Beslutningen er ikke oplyst.",
        description="I beslutningsprotokollen, når approval ikke er skrevet",
    )
    approval: Label = Field(OPEN, default="Godkendelse af dagsordenen", description="Første punkts titel")
    closed_item: Label = Field(OPEN, default="Lukket punkt", description="Titel på et lukket punkt uden public_title")
    closed_note: Label = Field(
        OPEN, default="Lukket punkt: {grund}.", description="Under et lukket punkt i den offentlige udgave"
    )
    closed_minutes: Label = Field(
        OPEN,
        default="Punktet blev behandlet for lukkede døre.",
        description="I stedet for beslutningen om et lukket punkt",
    )
    late: Label = Field(
        OPEN, default="Dagsordenen er sendt ud efter fristen: {grund}.", description="Når fristen ikke er overholdt"
    )
    supplement_reason: Label = Field(
        OPEN, default="Punkterne kunne ikke vente: {grund}.", description="Over tillægsdagsordenen"
    )
    deadline_weekdays: Integer = Field(
        OPEN, default=4, description="Hvor mange hverdage før mødet dagsordenen skal være ude"
    )
    saturday_is_weekday: bool = Field(OPEN, default=False, description="true, hvis lørdag tæller som hverdag")


class CaseProfile(Model):
    """Everything that a municipality decides about the build of its cases."""

    headings: Headings = Field(OPEN, description="Overskrifter, som programmet skriver")
    lead_ins: LeadIns = Field(OPEN, description="Indledninger til indstillingen")
    sections: Annotated[tuple[SectionProfile, ...], AtLeastOne()] = Field(OPEN, description="Afsnittene i rækkefølge")
    kinds: dict[KindName, KindProfile] = Field(OPEN, description="De fem slags sager")
    at_style: Literal["number", "word"] = Field(
        OPEN, default="number", description="number (1. at …) eller word (At 1) …)"
    )
    decision_place: DecisionPlace = Field(
        OPEN, default="end", description="Beslutningens plads: first, after-recommendation eller end"
    )
    annex: Label = Field(
        OPEN,
        default="Bilag {nummer} - {titel}",
        description="En linje i bilagslisten; {sider} er antallet af sider i en PDF, fx {titel} ({sider})",
    )
    closed_annex: Label = Field(
        OPEN, default="Bilag {nummer} (ikke offentligt)", description="Et lukket bilag i den offentlige udgave"
    )
    closed_passage: Label = Field(
        OPEN, default="Passagen er ikke offentlig: {grund}.", description="I stedet for en lukket passage"
    )
    closed_case: Label = Field(
        OPEN, default="Lukket sag", description="Titel på en lukket sag uden public_title i den offentlige udgave"
    )
