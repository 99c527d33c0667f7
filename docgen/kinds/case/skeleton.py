"""The skeleton of a new case: what its kind is made of in the municipality's profile, with a note at each of what to
write."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from docgen.content.content import Content
from docgen.content.profile import CaseProfile, KindProfile
from docgen.content.unfilled import UNWRITTEN
from docgen.kinds.case.model import TreatmentRole
from docgen.kinds.case.paper import sections_of
from docgen.kinds.skeleton_words import first_body, quoted
from docgen.problems import ContentError, Origin, Problem

_USUAL = "decision"


def new_case(content: Content, kind: str, day: datetime.date) -> str:
    """The YAML of a new case of one kind (empty: `decision`, or the profile's first), with the sections of the
    municipality's profile.

    `day` is the case's date; committee and administration are the first in organisation.yaml that are valid on it.
    What is still to be written says so (`UNWRITTEN`) and is refused when the case is built. Raises ContentError where
    the settings have no profile of the kind.
    """
    profile = content.settings.cases
    if profile is not None and not kind:
        kind = _USUAL if _USUAL in profile.kinds else str(next(iter(profile.kinds), _USUAL))
    if profile is None or kind not in profile.kinds:
        hint = "tilføj slagsen under 'cases' i settings.yaml"
        raise ContentError([Problem(Origin("content/settings.yaml"), f"profilen har ingen '{kind}'", hint)])
    own = profile.kinds[kind]
    role = str(own.role or (TreatmentRole.RECEIVES if own.is_tabled else TreatmentRole.DECIDES).value)
    lines = [
        "# yaml-language-server: $schema=../../schemas/case.json",
        f"# {own.label}. Skriv teksterne, og slet {UNWRITTEN}.",
        "# `docgen check` viser, hvad der mangler.",
        "",
        f"title: {UNWRITTEN} sagens titel",
        "# short_title: kort titel øverst på siderne, når titlen er lang",
        f"kind: {kind}",
        'version: "0.1"',
        "status: udkast",
        f"date: {day.isoformat()}",
        *_senders(content, own, day),
        '# case_number: "2024-0123456"',
        "# case_officer: kun i den interne udgave",
        *_points(content, own, role, day),
        "sections:",
        *_sections(profile, kind),
        "treatments:",
        f"  - {{body: {_body(content, role, day)}, role: {role}}}  # skriv mødets date, når den er kendt",
        "# annexes:",
        "#   - {id: rapport, title: Titel, file: rapport.pdf}  # skriv {bilag:rapport} i teksten",
    ]
    return "\n".join(lines) + "\n"


def _body(content: Content, role: str, day: datetime.date) -> str:
    if role == TreatmentRole.COUNCIL.value:
        return str(content.settings.municipality.council)
    return first_body(content, "committee", day)


def _senders(content: Content, own: KindProfile, day: datetime.date) -> Iterator[str]:
    if own.moved:
        yield f"moved_by: [{UNWRITTEN}]  # partibogstav eller navn"
        if own.lead_in is not None and "{modtager}" in own.lead_in:
            yield f"asked: {UNWRITTEN} hvem der bliver spurgt"
        return
    yield f"administrations: [{first_body(content, 'administration', day)}]"
    yield "summary: >-"
    yield f"  {UNWRITTEN} hvad der skal besluttes, i en til tre sætninger."


def _points(content: Content, own: KindProfile, role: str, day: datetime.date) -> Iterator[str]:
    if not own.recommendation:
        return
    if own.moved:
        text = UNWRITTEN
    else:
        name = content.organisation.body(_body(content, role, day), day).name
        text = str(own.example or f"{{udvalg}} godkender {UNWRITTEN}").replace("{udvalg}", name)
    yield "# Nummer, at, komma og punktum skriver docgen selv."
    yield "recommendation:"
    yield "  - points:"
    yield f"      - {{id: punkt-1, text: {quoted(text)}}}"


def _sections(profile: CaseProfile, kind: str) -> Iterator[str]:
    for section in sections_of(profile, kind):
        if section.required and section.default is None:
            yield f"  - id: {section.id}  # {section.heading}"
            yield "    text: |"
            yield f"      {UNWRITTEN} {section.heading}."
        else:
            fixed = f"; uden står der: {section.default}" if section.default else ""
            yield from (f"  # - id: {section.id}  # {section.heading}{fixed}", "  #   text: |", "  #     …")
