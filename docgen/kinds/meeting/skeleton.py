"""The skeleton of a new meeting: the cases that come before the committee that day."""

from __future__ import annotations

import datetime
import re

from docgen import danish
from docgen.content.content import Content
from docgen.content.fields import WrongValueError
from docgen.content.validation import nearest
from docgen.kinds.case.model import Case
from docgen.kinds.case.route import treatment_at


def new_meeting(content: Content, id: str) -> str:
    """The YAML of a new meeting with the cases that come before the committee that day; `id` is `2026-12-01-oeu`.

    The committee is the one that is valid on the day and whose short form or id the name ends with. Closed cases come
    last, notes for reading on the reading table. Raises WrongValueError for an id that does not begin with a date, or
    names no committee.
    """
    try:
        if not re.match(r"\d{4}-\d{2}-\d{2}", id):
            raise ValueError
        day = datetime.date.fromisoformat(id[:10])
    except ValueError:
        hint = "begynd navnet med mødets dato, fx 2026-12-01-oeu"
        raise WrongValueError(f"'{id}' begynder ikke med en dato", hint) from None
    committee = _committee(content, id, day)
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
        *_form(content, committee, day),
    ]
    return "\n".join(lines) + "\n"


def _form(content: Content, committee: str, day: datetime.date) -> list[str]:
    """The members as a form: a line for each, of which those are kept who were not there."""
    members = content.organisation.body(committee, day).members_on(day)
    if not members:
        return []
    lines = [f"#     - {{who: {member.shown}, what: excused}}" for member in members]
    return ["#   all_present: true  # eller behold linjerne for dem, der ikke var der:", "#   attendance:", *lines]


def _committee(content: Content, id: str, day: datetime.date) -> str:
    """The id of the committee or council that a meeting's id names. Raises WrongValueError where it names none."""
    name = id[11:]
    valid = [
        body for body in content.organisation.bodies if body.kind in ("committee", "council") and body.is_valid(day)
    ]
    short = {_letters(str(body.short or body.id)): str(body.id) for body in valid}
    known = {**{str(body.id): str(body.id) for body in valid}, **short}
    if name in known and id[10] == "-":
        return known[name]
    if not valid:
        hint = "tilføj udvalget i organisation.yaml, eller ret datoen"
        raise WrongValueError(f"intet udvalg i organisation.yaml gælder den {day.isoformat()}", hint)
    named = {_letters(str(body.name)): choice for body, choice in zip(valid, short, strict=False)}
    near = dict.fromkeys({**{word: word for word in known}, **named}[word] for word in nearest(name, [*known, *named]))
    choices = [f"{id[:10]}-{word}" for word in list(near)[:3] or short]
    message = f"'{name}' er ikke et udvalg den dag" if name else f"'{id}' siger ikke, hvilket udvalg der mødes"
    raise WrongValueError(message, f"{'mente du' if near else 'skriv'} {danish.enumerate(choices, 'eller')}")


_PLAIN: dict[str, str | int | None] = {"æ": "ae", "ø": "oe", "å": "aa"}


def _letters(text: str) -> str:
    """A name as an id has it: small letters, and none that only Danish has."""
    return "-".join(text.lower().translate(str.maketrans(_PLAIN)).split())
