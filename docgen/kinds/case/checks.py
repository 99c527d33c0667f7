"""Rules of a case: its sections by kind, at-points, votes against seats, references, annexes (DOMAIN 1.1-1.6, 7)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from docgen import danish
from docgen.content.content import Content
from docgen.content.organisation import Organisation
from docgen.content.profile import CaseProfile, KindProfile
from docgen.content.scalar import place_of
from docgen.content.validation import meant
from docgen.kinds.case.annex_checks import check_annexes
from docgen.kinds.case.decision_checks import check_decision
from docgen.kinds.case.model import Case, ChosenGroup, Condition, PointGroup, Treatment, case_day
from docgen.kinds.case.paper import sections_of
from docgen.kinds.case.point_checks import check_points
from docgen.kinds.document_fields import check_history
from docgen.kinds.follow_up.model import FollowUp
from docgen.kinds.policy.model import Policy
from docgen.problems import Problem, elsewhere

_KLE = r"\d{2}(\.\d{2}){0,2}(-[A-ZÆØÅ]\d{2}(-\d+)*)?"


def check_case(case: Case, content: Content) -> Iterator[Problem]:
    """Every problem in one case."""
    settings, organisation = content.settings, content.organisation
    policies, follow_ups = content.all(Policy), content.all(FollowUp)
    yield from check_history(case.history, case.version, place_of(case.version))
    if settings.cases is None:
        yield Problem(case.origin, "der er ingen profil for sager i settings.yaml", "tilføj feltet 'cases'")
        return
    yield from _sections(case, settings.cases)
    try:
        day = case_day(case, policies, follow_ups)
    except ValueError:
        hint = "skriv date, eller mødets date under treatments"
        yield Problem(case.origin, "sagen har ingen dato at gå efter", hint)
        return
    yield from _bodies(case, organisation, day)
    yield from check_points(case, settings.cases)
    known = {str(body.id): body for body in organisation.bodies}
    if str(case.kind) in settings.cases.kinds:
        for treatment in case.treatments:
            yield from check_decision(treatment, case, settings.cases, known.get(str(treatment.body)))
    yield from check_annexes(case.annexes, content)
    yield from _numbers(case, settings.cases)


def _numbers(case: Case, profile: CaseProfile) -> Iterator[Problem]:
    """Case numbers of the form that the municipality's system gives them."""
    for number, forms, what in (
        (case.case_number, profile.case_numbers, "sagsnummer"),
        (case.document_number, profile.document_numbers, "dokumentnummer"),
    ):
        if number is not None and not any(re.fullmatch(_as_pattern(form), number) for form in forms):
            hint = f"skriv det som {danish.enumerate(forms, 'eller')}: 0 er et ciffer, # et eller flere, A et bogstav"
            yield Problem(place_of(number), f"'{number}' er ikke et {what}", hint)
    if case.kle is not None and not re.fullmatch(_KLE, case.kle):
        yield Problem(place_of(case.kle), f"'{case.kle}' er ikke et KLE-nummer", "skriv fx 85.02.02")


def _as_pattern(form: str) -> str:
    signs = {"0": r"\d", "#": r"\d+", "A": "[A-ZÆØÅ]"}
    return "".join(signs.get(sign, re.escape(sign)) for sign in form)


def _sections(case: Case, profile: CaseProfile) -> Iterator[Problem]:
    kind = profile.kinds.get(str(case.kind))
    if kind is None:
        kinds = list(map(str, profile.kinds))
        hint = meant(str(case.kind), kinds, f"brug {', '.join(kinds)}, eller tilføj den i settings.yaml")
        yield Problem(case.origin_of("kind"), f"slagsen '{case.kind}' er ikke i profilen", hint)
        return
    known = {str(item.id): item for item in sections_of(profile, str(case.kind))}
    for section in case.sections:
        if str(section.id) not in known:
            hint = meant(str(section.id), list(known), f"brug {', '.join(known)}")
            yield Problem(place_of(section.id), f"afsnittet '{section.id}' hører ikke til i denne slags sag", hint)
    written = {str(section.id) for section in case.sections}
    for id, item in known.items():
        if item.required and item.default is None and id not in written:
            hint = f"tilføj et afsnit med id: {id}"
            yield Problem(case.origin_of("sections"), f"afsnittet {item.heading} mangler", hint)
    yield from _parts(case, kind)


def _parts(case: Case, kind: KindProfile) -> Iterator[Problem]:
    """What a kind of case must have, and what it has not."""
    place = case.origin_of("kind")
    if kind.recommendation and not case.recommendation:
        yield Problem(place, "sagen har ingen indstilling", "tilføj feltet 'recommendation' med at-punkter")
    if not kind.recommendation and case.recommendation:
        shown = f"denne slags sag har ingen indstilling{elsewhere(place, case.origin_of('recommendation'))}"
        yield Problem(case.origin_of("recommendation"), shown, "slet den")
    if kind.moved and not case.moved_by:
        yield Problem(place, "der står ikke, hvem der har stillet den", "skriv moved_by: partibogstav eller navn")
    if not kind.moved and case.moved_by:
        shown = f"en forvaltning står bag denne slags sag, ikke et parti{elsewhere(place, place_of(case.moved_by[0]))}"
        yield Problem(place_of(case.moved_by[0], place), shown, "slet moved_by, eller ret kind")
    if not kind.moved and not case.administrations:
        yield Problem(case.origin, "feltet 'administrations' mangler", "skriv forvaltningen bag sagen")
    if not kind.moved and case.summary is None:
        hint = "skriv 'summary: …' (hvad der skal besluttes, i en til tre sætninger)"
        yield Problem(case.origin, "feltet 'summary' mangler", hint)


def _bodies(case: Case, organisation: Organisation, day: datetime.date) -> Iterator[Problem]:
    known = {str(body.id): body for body in organisation.bodies}
    chosen = [group for item in case.treatments for group in item.recommendation]
    groups: tuple[PointGroup | ChosenGroup, ...] = (*case.recommendation, *chosen)
    senders = [*(id for group in groups for id in group.by), *(id for item in case.treatments for id in item.by)]
    bodies = [item.body for item in case.treatments] + [id for group in groups for id in group.to]
    bodies += [id for item in case.treatments for found in _conditions(item) for id in found.of]
    for id, kinds, what in (
        *((id, ("administration", "centre"), "en forvaltning") for id in (*case.administrations, *senders)),
        *((id, ("committee", "council"), "et udvalg") for id in bodies),
    ):
        if str(id) not in known:
            hint = meant(str(id), list(known), "tilføj det i organisation.yaml")
            yield Problem(place_of(id), f"'{id}' findes ikke i organisation.yaml", hint)
        elif known[str(id)].kind not in kinds:
            yield Problem(place_of(id), f"'{id}' er ikke {what}", "udvalg beslutter, forvaltninger indstiller; ret id")
        else:
            try:
                organisation.body(id, day)
            except KeyError:
                yield Problem(place_of(id), f"'{id}' fandtes ikke på sagens dato", "ret id eller dato")


def _conditions(treatment: Treatment) -> tuple[Condition, ...]:
    return (*treatment.declaration, *(treatment.conditions or ()))
