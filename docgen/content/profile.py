"""How one municipality builds its cases: headings, their order, lead-ins, the style of at-points, stock sentences."""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

from docgen.content.fields import AtLeastOne, Field, Model
from docgen.content.types import Identifier, Integer, Label, Text

_Item = TypeVar("_Item")
KindName = Literal["tabled-briefing", "briefing", "discussion", "decision", "declaration"]
DecisionPlace = Literal["first", "after-recommendation", "end"]


class SectionProfile(Model):
    """One heading of a case: where it stands is its place in the list."""

    id: Identifier = Field(description="Afsnittets id, som sagerne bruger")
    heading: Label = Field(description="Overskriften")
    required: bool = Field(default=False, description="true, hvis enhver sag skal have afsnittet")
    kinds: tuple[KindName, ...] = Field(default=(), description="De slags sager, der har afsnittet; uden er det alle")
    default: Text | None = Field(default=None, description="Fast tekst, når sagen ikke har en selv")


class LeadIns(Model):
    """Lead-ins to the at-points; {forvaltning}, {udvalg} and {råd} are filled in."""

    decides: Label = Field(description="Når udvalget selv afgør sagen")
    recommends: Label = Field(description="Når udvalget anbefaler til rådet")
    declares: Label = Field(description="Når udvalget sender sagen videre med en erklæring")
    council: Label = Field(description="Når sagen kommer for rådet")


class Headings(Model):
    """Headings that the program itself writes."""

    summary: Label | None = Field(default=None, description="Over resuméet; uden står der ingen")
    recommendation: Label = Field(description="Over indstillingen")
    history: Label = Field(description="Over tidligere behandlinger")
    decision: Label = Field(description="Over beslutningen")
    annexes: Label = Field(description="Over bilagene")
    signature: Label | None = Field(default=None, description="Over underskrifterne; uden står der ingen")


class KindProfile(Model):
    """What a kind of case is called, and the sentence that its summary ends with."""

    label: Label = Field(description="Hvad slagsen hedder øverst i sagen, fx Orientering")
    closing: Label | None = Field(
        default=None, description="Sætning, som resuméet ender med; {udvalgets} bliver udfyldt"
    )
    recommendation: bool = Field(default=True, description="false, hvis slagsen ingen indstilling har")
    decision: bool = Field(default=True, description="false, hvis slagsen ingen beslutning har")


class MeetingProfile(Model):
    """Words and deadlines of meetings. Deadlines: DOMAIN 4.6 (the municipal government act § 8, rules of procedure)."""

    agenda: Label = Field(default="Dagsorden", description="Hvad dagsordenen hedder")
    supplement: Label = Field(default="Tillægsdagsorden", description="Hvad tillægsdagsordenen hedder")
    tabled: Label = Field(default="Til orientering på aflæggerbordet", description="Overskrift over aflæggerbordet")
    minutes: Label = Field(default="Beslutningsprotokol", description="Hvad referatet hedder")
    pack: Label = Field(default="Mødemappe", description="Hvad dagsordenen med alle sager og bilag hedder")
    item: Label = Field(default="Punkt", description="Hvad et punkt hedder, når det står med nummer")
    items: Label = Field(default="Punkter", description="Overskrift over punkterne")
    unknown: Label = Field(
        default="Beslutningen er ikke oplyst.", description="I beslutningsprotokollen, når approval ikke er skrevet"
    )
    approval: Label = Field(default="Godkendelse af dagsordenen", description="Første punkts titel")
    closed_item: Label = Field(default="Lukket punkt", description="Titel på et lukket punkt uden public_title")
    closed_note: Label = Field(
        default="Lukket punkt: {grund}.", description="Under et lukket punkt i den offentlige udgave"
    )
    closed_minutes: Label = Field(
        default="Punktet blev behandlet for lukkede døre.", description="I stedet for beslutningen om et lukket punkt"
    )
    late: Label = Field(
        default="Dagsordenen er sendt ud efter fristen: {grund}.", description="Når fristen ikke er overholdt"
    )
    supplement_reason: Label = Field(
        default="Punkterne kunne ikke vente: {grund}.", description="Over tillægsdagsordenen"
    )
    deadline_weekdays: Integer = Field(default=4, description="Hvor mange hverdage før mødet dagsordenen skal være ude")
    saturday_is_weekday: bool = Field(default=False, description="true, hvis lørdag tæller som hverdag")


class CaseProfile(Model):
    """Everything that a municipality decides about the build of its cases."""

    headings: Headings = Field(description="Overskrifter, som programmet skriver")
    lead_ins: LeadIns = Field(description="Indledninger til indstillingen")
    sections: Annotated[tuple[SectionProfile, ...], AtLeastOne()] = Field(description="Afsnittene i rækkefølge")
    kinds: dict[KindName, KindProfile] = Field(description="De fem slags sager")
    at_style: Literal["number", "word"] = Field(default="number", description="number (1. at …) eller word (At 1) …)")
    decision_place: DecisionPlace = Field(
        default="end", description="Beslutningens plads: first, after-recommendation eller end"
    )
    annex: Label = Field(
        default="Bilag {nummer} - {titel}",
        description="En linje i bilagslisten; {sider} er antallet af sider i en PDF, fx {titel} ({sider})",
    )
    closed_annex: Label = Field(
        default="Bilag {nummer} (ikke offentligt)", description="Et lukket bilag i den offentlige udgave"
    )
    closed_passage: Label = Field(
        default="Passagen er ikke offentlig: {grund}.", description="I stedet for en lukket passage"
    )
    closed_case: Label = Field(
        default="Lukket sag", description="Titel på en lukket sag uden public_title i den offentlige udgave"
    )
