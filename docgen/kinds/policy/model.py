"""Policies as types: values with their focus areas, and who answers for what. Field names are the keys in YAML."""

from __future__ import annotations

from docgen.content.fields import Field, Model
from docgen.content.types import Date, Identifier, Integer, Line, Number, Several, Text, Version
from docgen.kinds.document_fields import Revision, Section, Status


class Period(Model):
    """Years, first and last included."""

    first: Integer = Field(alias="from", description="Første år")
    last: Integer = Field(alias="to", description="Sidste år")


class Adoption(Model):
    """Who adopted a document, and when."""

    body: Identifier = Field(description="Id i organisation.yaml")
    date: Date = Field(description="Dagen for beslutningen")


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
    version: Version = Field(description='Versionsnummer i anførselstegn, fx "1.0"', words=False)
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
    origin_of_wording: Text = Field(description="Kolofonens tekst om, hvor ordlyden kommer fra", words=False)


class Policy(PolicyFile):
    """A whole policy: policy.yaml with its values and responsibilities."""

    id: Identifier = Field(description="Mappens navn")
    values: Several[Value] = Field(description="Værdierne i rækkefølge")
    responsibilities: Responsibilities = Field(description="Appendikset om ansvar")
