"""Skeletons of new files: YAML with the right fields in the right order, and a note at each of what to write."""

from __future__ import annotations

import datetime

from docgen.content.content import Content
from docgen.content.model import Body
from docgen.kinds.case.model import CaseKind, Role
from docgen.kinds.meeting.checks import treatment_at
from docgen.tree.inlines import UNWRITTEN

_ROLES = {
    CaseKind.TABLED_BRIEFING: Role.RECEIVES,
    CaseKind.BRIEFING: Role.DECIDES,
    CaseKind.DISCUSSION: Role.DECIDES,
    CaseKind.DECISION: Role.DECIDES,
    CaseKind.DECLARATION: Role.DECLARES,
}
_POINTS = {
    CaseKind.BRIEFING: "{udvalg} tager orienteringen til efterretning",
    CaseKind.DISCUSSION: "{udvalg} drøfter sagen",
}


def new_case(content: Content, kind: CaseKind, day: datetime.date) -> str:
    """The YAML of a new case of one kind, with the sections of the municipality's profile.

    `day` is the case's date; committee and administration are the first in organisation.yaml that are valid on it.
    What is still to be written says so (`UNWRITTEN`) and is refused when the case is built. Raises KeyError where the
    settings have no profile of the kind.
    """
    profile = content.settings.cases
    if profile is None:
        raise KeyError(kind)
    committee = _first(content, "committee", day)
    administration = _first(content, "administration", day)
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
            f"      - {{id: punkt-1, text: {_quoted(text)}}}",
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


def new_meeting(content: Content, id: str) -> str:
    """The YAML of a new meeting with the cases that come before the committee that day; `id` is `2026-12-01-oeu`.

    The committee is the one whose short form or id the name ends with, else the first in organisation.yaml that is
    valid on the day. Closed cases come last, notes for reading on the reading table. Raises ValueError for an id that
    does not begin with a date.
    """
    day = datetime.date.fromisoformat(id[:10])
    committee = _committee(content, id[11:], day)
    items: list[str] = []
    closed: list[str] = []
    tabled: list[str] = []
    for case in content.cases.values():
        treatment = treatment_at(case, committee)
        if treatment is None or treatment.date != day:
            continue
        chosen = tabled if case.kind is CaseKind.TABLED_BRIEFING else closed if case.closed else items
        chosen.append(f"  - {{id: {case.id}, case: {case.id}}}")
    lines = [
        "# yaml-language-server: $schema=../../schemas/meeting.json",
        "# Punkt 1, godkendelsen af dagsordenen, skriver docgen selv. Lukkede punkter står sidst.",
        "",
        f"committee: {committee}",
        f"date: {day.isoformat()}",
        "# time: 15:30",
        "# place: Rådhuset",
        'version: "0.1"',
        "status: udkast",
        "# sent: skriv dagen, når dagsordenen er sendt ud; er den for sen, så også late_reason",
        *(["items:", *items, *closed] if items or closed else ["items: []"]),
        "# - {id: valg, title: Et punkt, der ikke er en sag}",
        *(["tabled:", *tabled] if tabled else []),
        "# supplement:  # tillægsdagsorden",
        "#   reason: hvorfor det ikke kunne vente",
        "#   items: []",
        "# minutes:  # når mødet er holdt, og beslutningerne er skrevet i sagerne",
        "#   approval: Dagsordenen blev godkendt.",
    ]
    return "\n".join(lines) + "\n"


def new_guide(day: datetime.date) -> str:
    """The YAML of a new guide with one chapter, dated `day`; what is still to be written says so."""
    lines = [
        "# yaml-language-server: $schema=../../schemas/guide.json",
        f"# Skriv teksterne, og slet {UNWRITTEN}. `docgen check` viser, hvad der mangler.",
        "",
        f"title: {UNWRITTEN} vejledningens titel",
        f"summary: {UNWRITTEN} vejledningen i en eller to sætninger.",
        'version: "0.1"',
        "status: udkast",
        f"date: {day.isoformat()}",
        "chapters:",
        "  - id: kapitel-1",
        f"    title: {UNWRITTEN} kapitlets overskrift",
        "    text: |",
        f"      {UNWRITTEN} kapitlets tekst i Markdown.",
        "    # sections:",
        "    #   - id: afsnit-1",
        "    #     title: Afsnittets overskrift",
        "    #     text: |",
        "    #       …",
    ]
    return "\n".join(lines) + "\n"


def _committee(content: Content, name: str, day: datetime.date) -> str:
    valid = [
        body for body in content.organisation.bodies if body.kind in ("committee", "council") and body.is_valid(day)
    ]
    letters = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
    for body in valid:
        if name in (str(body.id), str(body.short or "").lower().translate(letters)):
            return str(body.id)
    return _first(content, "committee", day)


def _first(content: Content, kind: str, day: datetime.date) -> str:
    found: list[Body] = [body for body in content.organisation.bodies if body.kind == kind and body.is_valid(day)]
    return str(found[0].id) if found else f"udfyld-{kind}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
