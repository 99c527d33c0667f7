"""What documents are made of, as types. Field names are the keys in YAML; editors show the Danish descriptions."""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Annotated, Literal, TypeVar

from docgen.content.fields import AtLeastOne, Field, Model
from docgen.content.profile import CaseProfile, MeetingProfile
from docgen.content.types import Date, Identifier, Integer, Label, Line, Number, Text, Version

_Item = TypeVar("_Item")
Several = Annotated[tuple[_Item, ...], AtLeastOne()]


# -- settings.yaml ----------------------------------------------------------------------------------------------


class Municipality(Model):
    """Who publishes the documents."""

    name: Label = Field(description="Kommunens navn, fx Københavns Kommune")
    council: Identifier = Field(description="Rådets id i organisation.yaml, fx borgerrepraesentationen")
    website: Label | None = Field(default=None, description="Kommunens netsted")


class HouseStyle(Model):
    """What the municipality decides where Danish leaves a choice."""

    page_limit: Integer = Field(default=3, description="Højeste antal sider i en sag")
    percent: Literal["pct.", "%"] = Field(default="pct.", description="Procent i løbende tekst: pct. eller %")
    time: Literal["dot", "colon"] = Field(default="dot", description="Klokkeslæt: dot (14.30) eller colon (14:30)")
    range: Literal["hyphen", "dash"] = Field(
        default="hyphen", description="Perioder: hyphen (2023-2026) eller dash (2023–2026)"
    )


class Settings(Model):
    """settings.yaml"""

    municipality: Municipality = Field(description="Kommunen, der udgiver dokumenterne")
    language: Literal["da-DK"] = Field(default="da-DK", description="Dokumenternes sprog")
    house_style: HouseStyle = Field(default=HouseStyle(), description="Husets skrivestil")
    cases: CaseProfile | None = Field(
        default=None, description="Sagernes opbygning: overskrifter, indledninger og faste sætninger"
    )
    meetings: MeetingProfile = Field(default=MeetingProfile(), description="Mødernes faste ord og frister")


# -- organisation.yaml ------------------------------------------------------------------------------------------


class Body(Model):
    """A council, committee, administration, centre or outside organisation under one name in one span of time."""

    id: Identifier = Field(description="Fast id, som andre filer henviser til")
    kind: Literal["council", "committee", "administration", "centre", "external"] = Field(
        description="council (råd), committee (udvalg), administration (forvaltning), centre eller external (ekstern)"
    )
    name: Label = Field(description="Det fulde navn")
    short: Label | None = Field(default=None, description="Kort form, fx ØU")
    seats: Integer | None = Field(default=None, description="Antal medlemmer")
    parent: Identifier | None = Field(default=None, description="Id på den overordnede")
    valid_from: Date | None = Field(default=None, description="Første dag, navnet gælder")
    valid_to: Date | None = Field(default=None, description="Sidste dag, navnet gælder")
    successor: Identifier | None = Field(default=None, description="Id på den, der afløser")
    note: Text | None = Field(default=None, description="Bemærkning, der ikke trykkes")

    def is_valid(self, day: datetime.date) -> bool:
        """Whether the name was in use on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class Organisation(Model):
    """organisation.yaml: the register of names. A name is looked up by id and date, never typed."""

    bodies: Several[Body] = Field(description="Råd, udvalg, forvaltninger, centre og eksterne")

    def body(self, id: str, day: datetime.date) -> Body:
        """The body with that id as it was called on that day: the entry itself, or its successors or predecessors.

        Raises KeyError when no entry in that chain was valid on the day.
        """
        by_id = {str(body.id): body for body in self.bodies}
        chain = [by_id[str(id)]]
        seen = {str(id)}
        for body in chain:
            if body.is_valid(day):
                return body
            linked = [body.successor] + [other.id for other in self.bodies if other.successor == body.id]
            for name in linked:
                if name is not None and str(name) in by_id and str(name) not in seen:
                    seen.add(str(name))
                    chain.append(by_id[str(name)])
        raise KeyError(id)


# -- glossary.yaml ----------------------------------------------------------------------------------------------


class Abbreviation(Model):
    """An abbreviation and what it stands for."""

    id: Identifier = Field(description="Fast id")
    short: Line = Field(description="Forkortelsen, fx OPP")
    plural: Line | None = Field(default=None, description="Forkortelsen i flertal, fx OPP’er")
    long: Line = Field(description="Skrevet ud, fx offentlig-privat partnerskab")
    note: Text | None = Field(default=None, description="Bemærkning, der ikke trykkes")


class Term(Model):
    """A word to prefer, and those to avoid."""

    id: Identifier = Field(description="Fast id")
    preferred: Line = Field(description="Ordet, der skal bruges")
    avoid: tuple[Line, ...] = Field(default=(), description="Ord, der ikke skal bruges")
    note: Text | None = Field(default=None, description="Bemærkning, der ikke trykkes")


class Glossary(Model):
    """glossary.yaml"""

    abbreviations: tuple[Abbreviation, ...] = Field(default=(), description="Forkortelser og deres fulde form")
    terms: tuple[Term, ...] = Field(default=(), description="Foretrukne ord og ord, der skal undgås")
    words: tuple[Line, ...] = Field(
        default=(), description="Ord, der er rigtige, men ikke står i en dansk ordliste: egne navne og fagord"
    )


# -- policies/<id>/ ---------------------------------------------------------------------------------------------


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


class Period(Model):
    """Years, first and last included."""

    first: Integer = Field(alias="from", description="Første år")
    last: Integer = Field(alias="to", description="Sidste år")


class Revision(Model):
    """A version that was, and what became new with it."""

    version: Version = Field(description='Versionsnummer i anførselstegn, fx "0.9"')
    date: Date = Field(description="Versionens dato")
    what: Line = Field(description="Hvad der er nyt, fx Rettet efter høringen")


class Adoption(Model):
    """Who adopted a document, and when."""

    body: Identifier = Field(description="Id i organisation.yaml")
    date: Date = Field(description="Dagen for beslutningen")


class Section(Model):
    """A chapter of running text."""

    id: Identifier = Field(description="Fast id")
    title: Line = Field(description="Overskriften")
    lead: Text | None = Field(default=None, description="Indledende sætning, sat større")
    text: Text = Field(description="Brødtekst i Markdown")


class Part(Model):
    """One part of a total."""

    id: Identifier = Field(description="Fast id")
    label: Line = Field(description="Hvad tallet dækker")
    amount: Number = Field(description="Beløbet i tabellens enhed")


class Purchases(Model):
    """What was bought in a year, by parts that sum to the total."""

    id: Identifier = Field(description="Fast id")
    title: Line = Field(description="Tabellens titel")
    year: Integer = Field(description="Året, tallene gælder")
    unit: Line = Field(description="Enheden, fx mia. kr.")
    total: Number = Field(description="Summen af delene")
    parts: Several[Part] = Field(description="Delene")
    source: Text = Field(description="Kilden til tallene")


class FocusArea(Model):
    """Something that the municipality will do under a value."""

    id: Identifier = Field(description="Fast id, entydigt i hele politikken")
    lead: Line = Field(description="Fed indledning i få ord")
    text: Text = Field(description="Indsatsområdet i et afsnit")


class Value(Model):
    """values/N-….yaml: one of the policy's values."""

    id: Identifier = Field(description="Fast id")
    title: Line = Field(description="Værdiens navn")
    statement: Line = Field(description="Værdien i én sætning")
    text: Text = Field(description="Brødtekst i Markdown")
    focus_areas: Several[FocusArea] = Field(description="Indsatsområderne i rækkefølge")


class Responsibility(Model):
    """One thing that a role answers for."""

    id: Identifier = Field(description="Fast id, entydigt i hele politikken")
    text: Text = Field(description="Ansvaret; en fodnote må følge i samme felt")


class RoleResponsibilities(Model):
    """A role with its responsibilities."""

    id: Identifier = Field(description="Fast id")
    body: Identifier | None = Field(default=None, description="Id i organisation.yaml, hvis rollen er ét organ")
    title: Line = Field(description="Rollens navn")
    responsibilities: Several[Responsibility] = Field(description="Ansvar i rækkefølge")


class Responsibilities(Model):
    """responsibilities.yaml: the appendix on who answers for what."""

    id: Identifier = Field(description="Fast id")
    title: Line = Field(description="Overskriften")
    lead: Text | None = Field(default=None, description="Indledende sætning")
    roles: Several[RoleResponsibilities] = Field(description="Rollerne i rækkefølge")


class PolicyFile(Model):
    """policy.yaml: all of a policy but its values and responsibilities, which have files of their own."""

    title: Line = Field(description="Politikkens titel")
    short_title: Line | None = Field(default=None, description="Kort titel øverst på siderne, hvis titlen er lang")
    subtitle: Line | None = Field(default=None, description="Undertitel på forsiden")
    summary: Text = Field(description="Politikken i en eller to sætninger, til metadata")
    period: Period = Field(description="Årene, politikken gælder")
    version: Version = Field(description='Versionsnummer i anførselstegn, fx "1.0"')
    status: Status = Field(description="udkast, i høring, til behandling, vedtaget, udgået eller til orientering")
    date: Date = Field(description="Versionens dato")
    adopted: Adoption | None = Field(default=None, description="Hvem der vedtog politikken, og hvornår")
    expires: Date | None = Field(default=None, description="Sidste dag, politikken gælder")
    history: tuple[Revision, ...] = Field(default=(), description="Versionerne før og nu, ældste først")
    introduction: Section = Field(description="Indledningen")
    purchases: Purchases | None = Field(default=None, description="Tabel over kommunens indkøb")
    overview: Section = Field(description="Oversigten over værdierne")
    focus_areas_title: Line = Field(description="Overskrift over indsatsområderne i hvert kapitel")
    focus_areas_lead_in: Line = Field(description="Sætningen, som indsatsområderne fortsætter")
    scope: Section = Field(description="Afgrænsning og opfølgning")
    origin_of_wording: Text = Field(description="Kolofonens tekst om, hvor ordlyden kommer fra")


class Policy(PolicyFile):
    """A whole policy: policy.yaml with its values and responsibilities."""

    id: Identifier = Field(description="Mappens navn")
    values: Several[Value] = Field(description="Værdierne i rækkefølge")
    responsibilities: Responsibilities = Field(description="Appendikset om ansvar")
