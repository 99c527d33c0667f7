"""Rules of the registers and of what refers to them: every id is used once, and names were valid on their day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from docgen.content.glossary import Glossary
from docgen.content.organisation import Organisation
from docgen.content.scalar import place_of
from docgen.content.settings import Settings
from docgen.content.validation import meant
from docgen.problems import Origin, Problem, elsewhere


def check_organisation(settings: Settings, organisation: Organisation, glossary: Glossary) -> Iterator[Problem]:
    """Problems in the registers themselves."""
    yield from check_unique(body.id for body in organisation.bodies)
    yield from check_unique([*(entry.id for entry in glossary.abbreviations), *(term.id for term in glossary.terms)])
    yield from check_profile(settings, organisation)
    known = [str(body.id) for body in organisation.bodies]
    yield from check_exists(settings.municipality.council, known)
    for body in organisation.bodies:
        for reference in (body.parent, body.successor):
            if reference is not None:
                yield from check_exists(reference, known)
        if body.valid_from and body.valid_to and body.valid_to < body.valid_from:
            place = body.origin_of("valid_to")
            shown = f"'{body.id}' slutter før det begynder{elsewhere(body.origin_of('valid_from'), place)}"
            yield Problem(place, shown, "ret valid_from eller valid_to")


def check_profile(settings: Settings, organisation: Organisation) -> Iterator[Problem]:
    """Problems in what the profile says of sections and bodies: ids that there are none of."""
    if settings.cases is None:
        return
    sections = [str(section.id) for section in settings.cases.sections]
    bodies = [str(body.id) for body in organisation.bodies]
    for id, own in settings.cases.bodies.items():
        if own.sections:
            yield from check_exists(id, bodies)
        for section in own.sections:
            if str(section) not in sections:
                hint = meant(str(section), sections, f"brug {', '.join(sections)}")
                yield Problem(place_of(section), f"afsnittet '{section}' er ikke i profilen", hint)


def check_unique(ids: Iterable[str]) -> Iterator[Problem]:
    """Each id that is used a second time, told at its place."""
    first: dict[str, Origin] = {}
    for id in ids:
        origin = place_of(id)
        if (before := first.setdefault(str(id), origin)) is not origin:
            yield Problem(origin, f"id'et '{id}' bruges to gange; første gang i {before}", "giv det ene et andet id")


def check_exists(reference: str, known: list[str]) -> Iterator[Problem]:
    """A Problem where a reference is none of the ids known in the organisation."""
    if str(reference) not in known:
        hint = meant(str(reference), known, "tilføj det i organisation.yaml")
        yield Problem(place_of(reference), f"'{reference}' findes ikke i organisation.yaml", hint)


def check_valid(reference: str, day: datetime.date, organisation: Organisation, known: list[str]) -> Iterator[Problem]:
    """A Problem where a reference is none of the ids known in the organisation, or had no name on that day."""
    if str(reference) not in known:
        yield from check_exists(reference, known)
        return
    try:
        organisation.body(reference, day)
    except KeyError:
        shown = f"{day.day}.{day.month}.{day.year}"
        yield Problem(place_of(reference), f"'{reference}' fandtes ikke den {shown}", "ret id eller dato")
