"""Policies as types: values with their focus areas, and who answers for what. Field names are the keys in YAML."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.content.computed import label
from docgen.content.fields import OPEN, Field, Model
from docgen.content.settings import Settings
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
    lead: Line = Field(OPEN, description="Fed indledning, eller hele indsatsområdet i én sætning")
    text: Text | None = Field(OPEN, default=None, description="Resten af indsatsområdet, hvis der er mere")


class Value(Model):
    """values/N-….yaml: one of the policy's values."""

    id: Identifier = Field(OPEN, description="Fast id")
    title: Line = Field(OPEN, description="Værdiens navn")
    statement: Line = Field(OPEN, description="Værdien i én sætning")
    text: Text = Field(OPEN, description="Brødtekst i Markdown")
    focus_areas: Several[FocusArea] = Field(OPEN, description="Indsatsområderne i rækkefølge")
    icon: Identifier | None = Field(
        OPEN, default=None, description="Værdiens ikon: navnet på en fil i templates/theme/icons, fx leaf", words=False
    )
    pull_quote: Line | None = Field(
        OPEN, default=None, description="En sætning fra text, som kapitlet fremhæver", words=False
    )


class Measure(Model):
    """Something that is done, with the year and who does it."""

    id: Identifier = Field(OPEN, description="Fast id, entydigt i hele politikken")
    text: Line = Field(OPEN, description="Hvad der bliver gjort")
    year: Line | None = Field(OPEN, default=None, description="Året eller årene, fx 2027 eller 2027-2029")
    responsible: Line | None = Field(OPEN, default=None, description="Hvem der gør det")


class PolicyPart(Model):
    """A part of a policy whose parts are described in a profile in settings.yaml: a chapter, an aim, a principle."""

    id: Identifier = Field(OPEN, description="Fast id, entydigt i hele politikken")
    part: Identifier = Field(OPEN, description="Delens slags i profilen, fx kapitel, maal eller princip")
    title: Line | None = Field(OPEN, default=None, description="Overskriften; uden er den profilens")
    lead: Text | None = Field(OPEN, default=None, description="Indledende sætning, sat større")
    text: Text | None = Field(OPEN, default=None, description="Brødtekst i Markdown")
    focus_areas: tuple[FocusArea, ...] = Field(
        OPEN, default=(), description="Punkterne under delen, fx Sådan gør vi, i rækkefølge"
    )
    measures: tuple[Measure, ...] = Field(OPEN, default=(), description="Indsatser i en tabel, med år og ansvarlig")
    parts: tuple[PolicyPart, ...] = Field(OPEN, default=(), description="Delene under denne")


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
    verbatim: bool = Field(
        OPEN,
        default=False,
        description="true, når ordlyden er vedtaget: korrekturen retter den ikke, og tegnene bliver, som de står",
        words=False,
    )
    profile: Identifier | None = Field(
        OPEN, default=None, description="Profilen i settings.yaml, når politikken er bygget af parts og ikke af værdier"
    )
    parts: tuple[PolicyPart, ...] = Field(
        OPEN, default=(), description="Politikkens dele i rækkefølge, når den har en profil"
    )
    introduction: Section | None = Field(OPEN, default=None, description="Indledningen")
    purchases: Purchases | None = Field(OPEN, default=None, description="Tabel over kommunens indkøb")
    overview: Section | None = Field(OPEN, default=None, description="Oversigten over værdierne")
    focus_areas_title: Line | None = Field(
        OPEN, default=None, description="Overskrift over indsatsområderne i hvert kapitel"
    )
    focus_areas_lead_in: Line | None = Field(
        OPEN, default=None, description="Sætningen, som indsatsområderne fortsætter"
    )
    scope: Section | None = Field(OPEN, default=None, description="Afgrænsning og opfølgning")
    origin_of_wording: Text | None = Field(
        OPEN, default=None, description="Kolofonens tekst om, hvor ordlyden kommer fra", words=False
    )


class Policy(PolicyFile):
    """A whole policy: policy.yaml with its values and responsibilities."""

    id: Identifier = Field(OPEN, description="Mappens navn")
    values: tuple[Value, ...] = Field(OPEN, default=(), description="Værdierne i rækkefølge")
    responsibilities: Responsibilities | None = Field(OPEN, default=None, description="Appendikset om ansvar")

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """The values, or of a policy with a profile every part that has focus areas, in order."""
        return self.values if self.profile is None else tuple(_with_areas(self.parts))


Chapter = Value | PolicyPart
"""What has focus areas that are followed up."""


def chapter_title(chapter: Chapter, policy: Policy, settings: Settings) -> str:
    """What a chapter is called: by its own title, else as its kind is in the policy's profile."""
    if chapter.title is not None:
        return chapter.title
    assert isinstance(chapter, PolicyPart)  # a value has a title
    profile = settings.policies.get(str(policy.profile))
    kind = profile.part(chapter.part) if profile is not None else None
    return label(kind, "heading") if kind is not None else chapter.part


def _with_areas(parts: tuple[PolicyPart, ...]) -> Iterator[PolicyPart]:
    for part in parts:
        if part.focus_areas:
            yield part
        yield from _with_areas(part.parts)


def all_parts(parts: tuple[PolicyPart, ...]) -> Iterator[PolicyPart]:
    """The parts and those under them, each before its own."""
    for part in parts:
        yield part
        yield from all_parts(part.parts)
