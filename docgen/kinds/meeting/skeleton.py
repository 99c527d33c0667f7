"""The skeleton of a new meeting: the cases that come before the committee that day."""

from __future__ import annotations

import datetime

from docgen.content.content import Content
from docgen.content.fields import WrongValueError
from docgen.kinds.case.model import Case
from docgen.kinds.case.route import treatment_at
from docgen.kinds.skeleton_words import first_body


def new_meeting(content: Content, id: str) -> str:
    """The YAML of a new meeting with the cases that come before the committee that day; `id` is `2026-12-01-oeu`.

    The committee is the one whose short form or id the name ends with, else the first in organisation.yaml that is
    valid on the day. Closed cases come last, notes for reading on the reading table. Raises WrongValueError for an
    id that does not begin with a date.
    """
    try:
        day = datetime.date.fromisoformat(id[:10])
    except ValueError:
        hint = "begynd navnet med mødets dato, fx 2026-12-01-oeu"
        raise WrongValueError(f"'{id}' begynder ikke med en dato", hint) from None
    committee = _committee(content, id[11:], day)
    kinds = content.settings.cases.kinds if content.settings.cases is not None else {}
    on_table = {str(id) for id, kind in kinds.items() if kind.is_tabled}
    items: list[str] = []
    closed: list[str] = []
    tabled: list[str] = []
    for case in content.all(Case).values():
        treatment = treatment_at(case, committee, day)
        if treatment is None or treatment.date != day:
            continue
        chosen = tabled if str(case.kind) in on_table else closed if case.closed else items
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


def _committee(content: Content, name: str, day: datetime.date) -> str:
    valid = [
        body for body in content.organisation.bodies if body.kind in ("committee", "council") and body.is_valid(day)
    ]
    letters = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
    for body in valid:
        if name in (str(body.id), str(body.short or "").lower().translate(letters)):
            return str(body.id)
    return first_body(content, "committee", day)
