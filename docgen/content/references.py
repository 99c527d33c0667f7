"""Rules across files: every reference points at something, every id is used once, names were valid on their day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from docgen.content.model import Glossary, Organisation, Policy, Revision, Settings
from docgen.content.scalar import place_of
from docgen.content.validation import meant
from docgen.problems import Origin, Problem, elsewhere


def check_organisation(settings: Settings, organisation: Organisation, glossary: Glossary) -> Iterator[Problem]:
    """Problems in the registers themselves."""
    yield from check_unique(body.id for body in organisation.bodies)
    yield from check_unique([*(entry.id for entry in glossary.abbreviations), *(term.id for term in glossary.terms)])
    known = [str(body.id) for body in organisation.bodies]
    yield from _exists(settings.municipality.council, known)
    for body in organisation.bodies:
        for reference in (body.parent, body.successor):
            if reference is not None:
                yield from _exists(reference, known)
        if body.valid_from and body.valid_to and body.valid_to < body.valid_from:
            place = body.origin_of("valid_to")
            shown = f"'{body.id}' slutter før det begynder{elsewhere(body.origin_of('valid_from'), place)}"
            yield Problem(place, shown, "ret valid_from eller valid_to")


def check_policy(policy: Policy, organisation: Organisation) -> Iterator[Problem]:
    """Problems in one policy: ids, references to the organisation, period, and a total that is not its parts."""
    known = [str(body.id) for body in organisation.bodies]
    yield from check_history(policy.history, policy.version, place_of(policy.version))
    yield from check_unique(
        (
            policy.introduction.id,
            policy.overview.id,
            policy.scope.id,
            policy.responsibilities.id,
            *(value.id for value in policy.values),
            *(area.id for value in policy.values for area in value.focus_areas),
            *(role.id for role in policy.responsibilities.roles),
            *(item.id for role in policy.responsibilities.roles for item in role.responsibilities),
        )
    )
    if policy.adopted:
        yield from _valid(policy.adopted.body, policy.adopted.date, organisation, known)
    for role in policy.responsibilities.roles:
        if role.body is not None:
            yield from _valid(role.body, policy.date, organisation, known)
    if policy.period.last < policy.period.first:
        shown = f"perioden {policy.period.first}-{policy.period.last} går baglæns"
        yield Problem(policy.period.origin, shown, "byt årene")
    if policy.status == "vedtaget" and policy.adopted is None:
        yield Problem(
            policy.origin_of("status"), "en vedtaget politik skal have feltet 'adopted'", "skriv body og date"
        )
    if purchases := policy.purchases:
        total = sum(part.amount for part in purchases.parts)
        if total != purchases.total:
            shown = f"{total}".replace(".", ",")
            written = f"{purchases.total}".replace(".", ",")
            place = purchases.origin_of("total")
            message = f"delene giver {shown}, men i alt er {written}{elsewhere(purchases.origin_of('parts'), place)}"
            yield Problem(place, message, "ret et af tallene")


def check_history(history: Sequence[Revision], version: str, where: Origin) -> Iterator[Problem]:
    """The history grows, and its last line is the version that the document has, which stands at `where`."""
    for before, after in pairwise(history):
        if after.date < before.date:
            place = after.origin_of("date")
            shown = f"versionerne i history står ikke efter dato{elsewhere(before.origin_of('date'), place)}"
            yield Problem(place, shown, "skriv den ældste først")
            break
    if history and str(history[-1].version) != str(version):
        last = history[-1]
        shown = f"den sidste version i history er {last.version}, men version er {version}"
        hint = f'tilføj en linje for version "{version}"'
        yield Problem(where, shown + elsewhere(last.origin_of("version"), where), hint)


def check_unique(ids: Iterable[str]) -> Iterator[Problem]:
    """Each id that is used a second time, told at its place."""
    first: dict[str, Origin] = {}
    for id in ids:
        origin = place_of(id)
        if (before := first.setdefault(str(id), origin)) is not origin:
            yield Problem(origin, f"id'et '{id}' bruges to gange; første gang i {before}", "giv det ene et andet id")


def _exists(reference: str, known: list[str]) -> Iterator[Problem]:
    if str(reference) not in known:
        hint = meant(str(reference), known, "tilføj det i organisation.yaml")
        yield Problem(place_of(reference), f"'{reference}' findes ikke i organisation.yaml", hint)


def _valid(reference: str, day: datetime.date, organisation: Organisation, known: list[str]) -> Iterator[Problem]:
    if str(reference) not in known:
        yield from _exists(reference, known)
        return
    try:
        organisation.body(reference, day)
    except KeyError:
        shown = f"{day.day}.{day.month}.{day.year}"
        yield Problem(place_of(reference), f"'{reference}' fandtes ikke den {shown}", "ret id eller dato")
