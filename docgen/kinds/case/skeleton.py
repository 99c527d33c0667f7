"""The skeleton of a new case: the sections of the municipality's profile, with a note at each of what to write."""

from __future__ import annotations

import datetime

from docgen.content.content import Content
from docgen.content.unfilled import UNWRITTEN
from docgen.kinds.case.model import CaseKind, TreatmentRole
from docgen.kinds.skeleton_words import first_body, quoted
from docgen.problems import ContentError, Origin, Problem

_ROLES = {
    CaseKind.TABLED_BRIEFING: TreatmentRole.RECEIVES,
    CaseKind.BRIEFING: TreatmentRole.DECIDES,
    CaseKind.DISCUSSION: TreatmentRole.DECIDES,
    CaseKind.DECISION: TreatmentRole.DECIDES,
    CaseKind.DECLARATION: TreatmentRole.DECLARES,
}
_POINTS = {
    CaseKind.BRIEFING: "{udvalg} tager orienteringen til efterretning",
    CaseKind.DISCUSSION: "{udvalg} drøfter sagen",
}


def new_case(content: Content, kind: CaseKind, day: datetime.date) -> str:
    """The YAML of a new case of one kind, with the sections of the municipality's profile.

    `day` is the case's date; committee and administration are the first in organisation.yaml that are valid on it.
    What is still to be written says so (`UNWRITTEN`) and is refused when the case is built. Raises ContentError where
    the settings have no profile of the kind.
    """
    profile = content.settings.cases
    if profile is None or kind.value not in profile.kinds:
        hint = "tilføj slagsen under 'cases' i settings.yaml"
        raise ContentError([Problem(Origin("content/settings.yaml"), f"profilen har ingen '{kind.value}'", hint)])
    committee = first_body(content, "committee", day)
    administration = first_body(content, "administration", day)
    lines = [
        "# yaml-language-server: $schema=../../schemas/case.json",
        f"# {profile.kinds[kind.value].label}. Skriv teksterne, og slet {UNWRITTEN}.",
        "# `docgen check` viser, hvad der mangler.",
        "",
        f"title: {UNWRITTEN} sagens titel, højst 120 tegn",
        f"kind: {kind.value}",
        'version: "0.1"',
        "status: udkast",
        f"date: {day.isoformat()}",
        f"administrations: [{administration}]",
        '# case_number: "2024-0123456"',
        "# case_officer: kun i den interne udgave",
        "summary: >-",
        f"  {UNWRITTEN} hvad der skal besluttes, i en til tre sætninger.",
    ]
    if profile.kinds[kind.value].recommendation:
        name = content.organisation.body(committee, day).name
        text = _POINTS.get(kind, f"{{udvalg}} godkender {UNWRITTEN}").replace("{udvalg}", name)
        lines += [
            "# Nummer, at, komma og punktum skriver docgen selv.",
            "recommendation:",
            "  - points:",
            f"      - {{id: punkt-1, text: {quoted(text)}}}",
        ]
    lines.append("sections:")
    for section in profile.sections:
        if section.kinds and kind.value not in section.kinds:
            continue
        if section.required and section.default is None:
            lines += [
                f"  - id: {section.id}  # {section.heading}",
                "    text: |",
                f"      {UNWRITTEN} {section.heading}.",
            ]
        else:
            fixed = f"; uden står der: {section.default}" if section.default else ""
            lines += [f"  # - id: {section.id}  # {section.heading}{fixed}", "  #   text: |", "  #     …"]
    lines += [
        "treatments:",
        f"  - {{body: {committee}, role: {_ROLES[kind].value}}}  # skriv mødets date, når den er kendt",
        "# annexes:",
        "#   - {id: rapport, title: Titel, file: rapport.pdf}  # skriv {bilag:rapport} i teksten",
    ]
    return "\n".join(lines) + "\n"
