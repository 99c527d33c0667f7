"""How one municipality builds its cases: headings, their order, lead-ins, the style of at-points, stock sentences."""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from docgen.content.types import Identifier, Line, Text

_Item = TypeVar("_Item")
KindName = Literal["tabled-briefing", "briefing", "discussion", "decision", "declaration"]
Place = Literal["first", "after-recommendation", "end"]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class SectionProfile(_Model):
    """One heading of a case: where it stands is its place in the list."""

    id: Identifier = Field(description="Afsnittets id, som sagerne bruger")
    heading: Line = Field(description="Overskriften")
    required: bool = Field(False, description="true, hvis enhver sag skal have afsnittet")
    kinds: tuple[KindName, ...] = Field((), description="De slags sager, der har afsnittet; uden er det alle")
    default: Text | None = Field(None, description="Fast tekst, når sagen ikke har en selv")


class LeadIns(_Model):
    """Lead-ins to the at-points; {forvaltning}, {udvalg} and {råd} are filled in."""

    decides: Line = Field(description="Når udvalget selv afgør sagen")
    recommends: Line = Field(description="Når udvalget anbefaler til rådet")
    declares: Line = Field(description="Når udvalget sender sagen videre med en erklæring")
    council: Line = Field(description="Når sagen kommer for rådet")


class Headings(_Model):
    """Headings that the program itself writes."""

    summary: Line | None = Field(None, description="Over resuméet; uden står der ingen")
    recommendation: Line = Field(description="Over indstillingen")
    history: Line = Field(description="Over tidligere behandlinger")
    decision: Line = Field(description="Over beslutningen")
    annexes: Line = Field(description="Over bilagene")
    signature: Line | None = Field(None, description="Over underskrifterne; uden står der ingen")


class KindProfile(_Model):
    """What a kind of case is called, and the sentence that its summary ends with."""

    label: Line = Field(description="Hvad slagsen hedder øverst i sagen, fx Orientering")
    closing: Line | None = Field(None, description="Sætning, som resuméet ender med; {udvalgets} bliver udfyldt")
    recommendation: bool = Field(True, description="false, hvis slagsen ingen indstilling har")
    decision: bool = Field(True, description="false, hvis slagsen ingen beslutning har")


class CaseProfile(_Model):
    """Everything that a municipality decides about the build of its cases."""

    headings: Headings = Field(description="Overskrifter, som programmet skriver")
    lead_ins: LeadIns = Field(description="Indledninger til indstillingen")
    sections: Annotated[tuple[SectionProfile, ...], Field(min_length=1)] = Field(description="Afsnittene i rækkefølge")
    kinds: dict[KindName, KindProfile] = Field(description="De fem slags sager")
    at_style: Literal["number", "word"] = Field("number", description="number (1. at …) eller word (At 1) …)")
    decision_place: Place = Field("end", description="Beslutningens plads: first, after-recommendation eller end")
    annex: Line = Field(
        "Bilag {nummer} - {titel}",
        description="En linje i bilagslisten; {sider} er antallet af sider i en PDF, fx {titel} ({sider})",
    )
    closed_annex: Line = Field(
        "Bilag {nummer} (ikke offentligt)", description="Et lukket bilag i den offentlige udgave"
    )
    closed_passage: Line = Field("Passagen er ikke offentlig: {grund}.", description="I stedet for en lukket passage")
    closed_case: Line = Field(
        "Lukket sag", description="Titel på en lukket sag uden public_title i den offentlige udgave"
    )
