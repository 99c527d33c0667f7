"""settings.yaml as types: who publishes, the house style, and how cases and meetings are built."""

from __future__ import annotations

from typing import Literal

from docgen.content.fields import OPEN, UNPRINTED, Field, Model
from docgen.content.meeting_profile import MeetingProfile
from docgen.content.policy_profile import PolicyProfile
from docgen.content.profile import CaseProfile, FollowUpProfile
from docgen.content.types import Identifier, Integer, Label, Line


class Municipality(Model):
    """Who publishes the documents."""

    name: Label = Field(OPEN, description="Kommunens navn, fx Københavns Kommune")
    council: Identifier = Field(OPEN, description="Rådets id i organisation.yaml, fx borgerrepraesentationen")
    website: Label | None = Field(OPEN, default=None, description="Kommunens netsted")
    address: Label | None = Field(OPEN, default=None, description="Postadressen, som den står i en kolofon")
    contact: Label | None = Field(OPEN, default=None, description="Hvor man spørger: telefon, e-mail eller begge")


class HouseStyle(Model):
    """What the municipality decides where Danish leaves a choice."""

    page_limit: Integer = Field(OPEN, default=3, description="Højeste antal sider i en sag")
    percent: Literal["pct.", "%"] = Field(OPEN, default="pct.", description="Procent i løbende tekst: pct. eller %")
    time: Literal["dot", "colon"] = Field(
        OPEN, default="dot", description="Klokkeslæt: dot (14.30) eller colon (14:30)"
    )
    range: Literal["hyphen", "dash"] = Field(
        OPEN, default="hyphen", description="Perioder: hyphen (2023-2026) eller dash (2023–2026)"
    )


class Settings(Model):
    """settings.yaml"""

    format: Integer = Field(OPEN, default=1, description="Indholdets format; docgen migrate skriver det")
    municipality: Municipality = Field(OPEN, description="Kommunen, der udgiver dokumenterne")
    archive: Line | None = Field(
        UNPRINTED, default=None, description="Mappen til det udstedte, set fra content; ellers issued/arkiv"
    )
    salt: Line | None = Field(
        UNPRINTED,
        default=None,
        words=False,
        description="Tilfældige tegn, som nøglerne i Word-filer bliver lavet med; docgen migrate skriver dem",
    )
    language: Literal["da-DK"] = Field(OPEN, default="da-DK", description="Dokumenternes sprog")
    house_style: HouseStyle = Field(OPEN, default=HouseStyle(), description="Husets skrivestil")
    cases: CaseProfile | None = Field(
        OPEN, default=None, description="Sagernes opbygning: overskrifter, indledninger og faste sætninger"
    )
    policies: dict[Identifier, PolicyProfile] = Field(
        OPEN, default={}, description="Politikkernes opbygning, efter navn: de dele, de er lavet af"
    )
    meetings: MeetingProfile = Field(OPEN, default=MeetingProfile(), description="Mødernes faste ord og frister")
    follow_ups: FollowUpProfile = Field(OPEN, default=FollowUpProfile(), description="Opfølgningernes form")
