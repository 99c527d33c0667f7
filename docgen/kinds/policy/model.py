"""Policies as types: values with their focus areas, and who answers for what. Field names are the keys in YAML."""

from __future__ import annotations

from docgen.content.fields import OPEN, Field, Model
from docgen.content.types import Date, Identifier, Integer, Line, Number, Several, Text, Version
from docgen.kinds.document_fields import Revision, Section, Status


class Period(Model):
    """Years, first and last included."""

    first: Integer = Field(OPEN, alias="from", description="Første år")
    last: Integer = Field(OPEN, alias="to", description="Sidste år")


class Adoption(Model):
    """Who adopted a document, and when."""

    body: Identifier = Field(OPEN, description="Id i organisation.yaml")
    date: Date = Field(OPEN, description="Dagen for beslutningen")


class Part(Model):
    """One part of a total."""

    id: Identifier = Field(OPEN, description="Fast id")
    label: Line = Field(OPEN, description="Hvad tallet dækker")
    amount: Number = Field(OPEN, description="Beløbet i tabellens enhed")


class Purchases(Model):
    """What was bought in a year, by parts that sum to the total."""

    id: Identifier = Field(OPEN, description="Fast id")
    title: Line = Field(OPEN, description="Tabellens titel")
    year: Integer = Field(OPEN, description="Året, tallene gælder")
    unit: Line = Field(OPEN, description="Enheden, fx mia. kr.")
    total: Number = Field(OPEN, description="Summen af delene")
    parts: Several[Part] = Field(OPEN, description="Delene")
    source: Text = Field(OPEN, description="Kilden til tallene")


class FocusArea(Model):
    """Something that the municipality will do under a value."""

    id: Identifier = Field(OPEN, description="Fast id, entydigt i hele politikken")
    lead: Line = Field(OPEN, description="Fed indledning i få ord")
    text: Text = Field(OPEN, description="Indsatsområdet i et afsnit")


class Value(Model):
    """values/N-….yaml: one of the policy's values."""

    id: Identifier = Field(OPEN, description="Fast id")
    title: Line = Field(OPEN, description="Værdiens navn")
    statement: Line = Field(OPEN, description="Værdien i én sætning")
    text: Text = Field(OPEN, description="Brødtekst i Markdown")
    focus_areas: Several[FocusArea] = Field(OPEN, description="Indsatsområderne i rækkefølge")


class Responsibility(Model):
    """One thing that a role answers for."""

    id: Identifier = Field(OPEN, description="Fast id, entydigt i hele politikken")
    text: Text = Field(OPEN, description="Ansvaret; en fodnote må følge i samme felt")


class RoleResponsibilities(Model):
    """A role with its responsibilities."""

    id: Identifier = Field(OPEN, description="Fast id")
    body: Identifier | None = Field(OPEN, default=None, description="Id i organisation.yaml, hvis rollen er ét organ")
    title: Line = Field(OPEN, description="Rollens navn")
    responsibilities: Several[Responsibility] = Field(OPEN, description="Ansvar i rækkefølge")


class Responsibilities(Model):
    """responsibilities.yaml: the appendix on who answers for what."""

    id: Identifier = Field(OPEN, description="Fast id")
    title: Line = Field(OPEN, description="Overskriften")
    lead: Text | None = Field(OPEN, default=None, description="Indledende sætning")
    roles: Several[RoleResponsibilities] = Field(OPEN, description="Rollerne i rækkefølge")


class PolicyFile(Model):
    """policy.yaml: all of a policy but its values and responsibilities, which have files of their own."""

    title: Line = Field(OPEN, description="Politikkens titel")
    short_title: Line | None = Field(
        OPEN, default=None, description="Kort titel øverst på siderne, hvis titlen er lang"
    )
    subtitle: Line | None = Field(OPEN, default=None, description="Undertitel på forsiden")
    summary: Text = Field(OPEN, description="Politikken i en eller to sætninger, til metadata")
    period: Period = Field(OPEN, description="Årene, politikken gælder")
    version: Version = Field(OPEN, description='Versionsnummer i anførselstegn, fx "1.0"', words=False)
    status: Status = Field(OPEN, description="udkast, i høring, til behandling, vedtaget, udgået eller til orientering")
    date: Date = Field(OPEN, description="Versionens dato")
    adopted: Adoption | None = Field(OPEN, default=None, description="Hvem der vedtog politikken, og hvornår")
    expires: Date | None = Field(OPEN, default=None, description="Sidste dag, politikken gælder")
    history: tuple[Revision, ...] = Field(OPEN, default=(), description="Versionerne før og nu, ældste først")
    introduction: Section = Field(OPEN, description="Indledningen")
    purchases: Purchases | None = Field(OPEN, default=None, description="Tabel over kommunens indkøb")
    overview: Section = Field(OPEN, description="Oversigten over værdierne")
    focus_areas_title: Line = Field(OPEN, description="Overskrift over indsatsområderne i hvert kapitel")
    focus_areas_lead_in: Line = Field(OPEN, description="Sætningen, som indsatsområderne fortsætter")
    scope: Section = Field(OPEN, description="Afgrænsning og opfølgning")
    origin_of_wording: Text = Field(OPEN, description="Kolofonens tekst om, hvor ordlyden kommer fra", words=False)


class Policy(PolicyFile):
    """A whole policy: policy.yaml with its values and responsibilities."""

    id: Identifier = Field(OPEN, description="Mappens navn")
    values: Several[Value] = Field(OPEN, description="Værdierne i rækkefølge")
    responsibilities: Responsibilities = Field(OPEN, description="Appendikset om ansvar")
