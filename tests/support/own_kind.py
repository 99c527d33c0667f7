"""A kind of document that docgen does not know: press releases. All that a kind takes, beside its template and one line
in `docgen.kinds.registry`."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Annotated

from docgen.content.content import Content
from docgen.content.documents import ContentFile, Reference
from docgen.content.fields import OPEN, Field, Model
from docgen.content.scalar import place_of
from docgen.content.types import Date, Identifier, Line, Text, Version
from docgen.content.unfilled import UNWRITTEN
from docgen.document_id import DocumentId, parse_id
from docgen.kinds.document_fields import Status
from docgen.kinds.edition import Edition
from docgen.kinds.kind import Kind, Skeleton
from docgen.kinds.policy.model import Policy
from docgen.kinds.prepared import Context, Prepared, sentence
from docgen.problems import Problem

TEMPLATE = """\
:::::{masthead}
{{ municipality.name }}

:::{title}
{{ release.title }}
:::

Dato
: {{ release.date | date("full") }}

Status
: {{ status }}

:::::

# Det korte af det lange

{{ release.text }}

{% if policy %}
Læs mere i {{ policy }}.

{% endif %}
"""


class PressReleaseFile(Model):
    """press_releases/<id>.yaml: a press release."""

    title: Line = Field(OPEN, description="Overskriften")
    version: Version = Field(OPEN, description='Versionsnummer i anførselstegn, fx "1.0"')
    status: Status = Field(OPEN, description="udkast, til behandling, vedtaget eller til orientering")
    date: Date = Field(OPEN, description="Dagen, den sendes ud")
    text: Text = Field(OPEN, description="Brødtekst i Markdown")
    about: Line | None = Field(OPEN, default=None, description="Politikken, den handler om, fx policy/indkoeb")


class PressRelease(PressReleaseFile):
    """A press release with its id: the file's name."""

    id: Identifier = Field(OPEN, description="Filens navn")


class PressReleaseContext(Context, frozen=True, kw_only=True):
    """What the template of a press release may use."""

    release: Annotated[PressRelease, "Pressemeddelelsen, som den er skrevet"]
    status: Annotated[str, "Dens status med stort begyndelsesbogstav"]
    policy: Annotated[str | None, "Titlen på politikken, den handler om"]


def prepare(content: Content, id: DocumentId, edition: Edition) -> Prepared:
    """A press release, ready for its template."""
    release = content.all(PressRelease)[id.name]
    about = [parse_id(release.about)] if release.about else []
    return Prepared(
        template="press_release.md.j2",
        context=PressReleaseContext(
            municipality=content.settings.municipality,
            release=release,
            status=sentence(release.status),
            policy=next((content.all(Policy)[one.name].title for one in about), None),
        ),
        written=release,
        title=str(release.title),
        subject=str(release.title),
        version=str(release.version),
        status=release.status,
        date=release.date,
        made_of=(id, *about),
    )


def check(release: PressRelease, content: Content) -> Iterator[Problem]:
    """A press release is about a policy that is there, and its headline is no sentence."""
    if release.about is not None and not any(str(id) == release.about for id in content.documents):
        yield Problem(place_of(release.about), f"dokumentet '{release.about}' findes ikke", "vælg en politik")
    if release.title.endswith("."):
        yield Problem(place_of(release.title), "overskriften slutter med punktum", "slet det")


def references(release: PressRelease) -> Iterator[Reference]:
    """The policy that it is about."""
    if release.about is not None:
        yield Reference(parse_id(release.about), place_of(release.about))


def skeleton(content: Content, name: str, variant: str, day: datetime.date) -> str:
    """The YAML of a new one."""
    return f"""\
title: {UNWRITTEN} overskriften
version: "0.1"
status: udkast
date: {day.isoformat()}
text: |
  {UNWRITTEN} brødteksten.
"""


PRESS_RELEASE = Kind(
    name="pressemeddelelse",
    folder="press_releases",
    files=(ContentFile("press-release", r"([^/]+)\.yaml", PressReleaseFile, "Pressemeddelelse (navn.yaml)"),),
    model=PressRelease,
    prepare=prepare,
    templates={"press_release.md.j2": PressReleaseContext},
    check_with=check,
    references_of=references,
    names=("policy",),
    skeleton=Skeleton("Laver content/press_releases/ID.yaml.", "ID", "ny-politik", skeleton),
)
