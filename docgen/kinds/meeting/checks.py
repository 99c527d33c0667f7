"""Rules of a meeting: its items, their cases and order, the deadline, and minutes that say what became of each item."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from docgen.content.content import Content
from docgen.content.organisation import Organisation
from docgen.content.scalar import place_of
from docgen.content.settings import Settings
from docgen.content.validation import meant
from docgen.kinds.case.annex_checks import check_annexes
from docgen.kinds.case.model import Case
from docgen.kinds.meeting.agenda_checks import check_agenda, check_days
from docgen.kinds.meeting.attendance_checks import check_attendance
from docgen.kinds.meeting.model import AgendaItem, Meeting, all_items
from docgen.kinds.meeting.numbering import has_approval, treatment_on
from docgen.problems import Origin, Problem, elsewhere


def check_meeting(meeting: Meeting, content: Content) -> Iterator[Problem]:
    """Every problem in one meeting, alone and with its cases."""
    settings, organisation = content.settings, content.organisation
    cases, written = content.all(Case), content.names_of("case")
    yield from _committee(meeting, organisation)
    yield from _name(meeting)
    seen: dict[str, Origin] = {}
    for item in all_items(meeting):
        place = place_of(item.id)
        if (first := seen.setdefault(str(item.id), place)) is not place:
            shown = f"id'et '{item.id}' bruges to gange{elsewhere(first, place)}"
            yield Problem(place, shown, "giv det ene et andet id")
        yield from _item(item, meeting, cases, written)
        yield from _own_item(item, content)
    yield from check_agenda(meeting, settings.meetings)
    kinds = settings.cases.kinds if settings.cases is not None else {}
    for item in meeting.tabled:
        case = cases.get(str(item.case))
        if case is not None and str(case.kind) in kinds and not kinds[str(case.kind)].is_tabled:
            tabled = next((str(id) for id, kind in kinds.items() if kind.is_tabled), "en slags uden beslutning")
            hint = f"flyt den til items, eller ret sagens kind til {tabled}"
            place = place_of(item.case)
            shown = f"'{item.case}' hører ikke til på aflæggerbordet{elsewhere(case.origin_of('kind'), place)}"
            yield Problem(place, shown, hint)
    yield from _deadline(meeting, settings)
    yield from check_days(meeting, settings.meetings)
    if meeting.minutes is not None:
        yield from _minutes(meeting, cases, content)
        yield from check_attendance(meeting, content)


def _committee(meeting: Meeting, organisation: Organisation) -> Iterator[Problem]:
    known = {str(body.id): body for body in organisation.bodies}
    body = known.get(str(meeting.committee))
    if body is None:
        hint = meant(str(meeting.committee), list(known), "tilføj det i organisation.yaml")
        yield Problem(place_of(meeting.committee), f"'{meeting.committee}' findes ikke i organisation.yaml", hint)
    elif body.kind not in ("committee", "council"):
        yield Problem(place_of(meeting.committee), f"'{meeting.committee}' er ikke et udvalg", "ret id")
    elif meeting.date is not None and not body.is_valid(meeting.date):
        shown = f"{meeting.date.day}.{meeting.date.month}.{meeting.date.year}"
        hint = "brug det id, der gjaldt på dagen"
        yield Problem(place_of(meeting.committee), f"'{meeting.committee}' fandtes ikke den {shown}", hint)


def _name(meeting: Meeting) -> Iterator[Problem]:
    """The file's name begins with the meeting's date, so that no two places say different days."""
    begins = re.match(r"\d{4}-\d{2}-\d{2}(?=-)", meeting.id)
    if meeting.date is not None and (begins is None or begins[0] != meeting.date.isoformat()):
        hint = f"omdøb filen til {meeting.date.isoformat()}-….yaml, eller ret datoen"
        shown = f"mødet er den {meeting.date.isoformat()}, men filen hedder andet"
        yield Problem(meeting.origin_of("date"), shown, hint)
    elif meeting.date is None and begins is not None:
        yield Problem(meeting.origin, "mødets dato mangler", f"skriv date: {begins[0]}")
    elif meeting.date is None and not any(item.case for item in all_items(meeting)):
        hint = "skriv date, eller giv mindst ét punkt en sag"
        yield Problem(meeting.origin, "mødet har hverken dato eller en sag at gå efter", hint)


def _item(item: AgendaItem, meeting: Meeting, cases: Mapping[str, Case], written: Collection[str]) -> Iterator[Problem]:
    if item.case is None:
        if item.title is None:
            yield Problem(
                place_of(item.id), f"punktet '{item.id}' har hverken sag eller titel", "skriv case eller title"
            )
        return
    given = [
        name
        for name in ("title", "text", "decision", "closed", "public_title", "kind", "annexes")
        if getattr(item, name) not in (None, ())
    ]
    if given:
        hint = f"slet {', '.join(given)}, eller skriv det i sagen"
        yield Problem(item.origin_of(given[0]), "punktet er en sag, og sagen siger det selv", hint)
    case = cases.get(str(item.case))
    if case is None:
        hint = meant(str(item.case), sorted(written), f"opret den med docgen new case {item.case}")
        yield Problem(place_of(item.case), f"sagen '{item.case}' findes ikke", hint)
        return
    treatment = treatment_on(case, meeting)
    if treatment is None:
        hint = f"tilføj body: {meeting.committee} under sagens treatments"
        yield Problem(place_of(item.case), f"sagen '{item.case}' skal ikke for '{meeting.committee}'", hint)
    elif treatment.date not in (meeting.date, meeting.until or meeting.date):
        shown = "uden dato" if treatment.date is None else f"den {treatment.date.isoformat()}"
        right = "uden dato" if meeting.date is None else f"med date: {meeting.date.isoformat()}"
        hint = f"skriv behandlingen {right}, eller flyt punktet"
        place = place_of(item.case)
        other = elsewhere(treatment.origin_of("date"), place)
        yield Problem(place, f"sagen '{item.case}' er for udvalget {shown}{other}", hint)


def _deadline(meeting: Meeting, settings: Settings) -> Iterator[Problem]:
    """An agenda sent too late says why (DOMAIN 4.6)."""
    if meeting.sent is None or meeting.date is None:
        return
    place = meeting.origin_of("sent")
    if meeting.sent > meeting.date:
        shown = f"dagsordenen er sendt ud efter mødet{elsewhere(meeting.origin_of('date'), place)}"
        yield Problem(place, shown, "ret sent eller date")
        return
    from docgen.kinds.meeting.deadlines import last_day_to_send

    profile = settings.meetings
    last = last_day_to_send(meeting.date, profile.deadline_weekdays, profile.saturday_is_weekday)
    if meeting.sent > last and meeting.late_reason is None:
        shown = f"dagsordenen skulle være sendt senest {last.isoformat()} og er sendt {meeting.sent.isoformat()}"
        yield Problem(place, shown, "skriv grunden i late_reason; den bliver trykt")
    if meeting.sent <= last and meeting.late_reason is not None:
        shown = f"fristen er overholdt{elsewhere(place, place_of(meeting.late_reason))}"
        yield Problem(place_of(meeting.late_reason), shown, "slet late_reason, eller ret sent")


def _own_item(item: AgendaItem, content: Content) -> Iterator[Problem]:
    """What an item that is no case has of its own."""
    cases = content.settings.cases
    if item.annexes and item.case is None:
        if cases is None:
            place = place_of(item.annexes[0].id)
            yield Problem(place, "bilag skrives, som settings.yaml siger under cases", "tilføj feltet 'cases'")
        yield from check_annexes(item.annexes, content)
    kinds = list(map(str, cases.kinds)) if cases is not None else []
    if item.kind is not None and str(item.kind) not in kinds:
        hint = meant(str(item.kind), kinds, f"brug {', '.join(kinds) or 'intet'}")
        yield Problem(place_of(item.kind), f"slagsen '{item.kind}' er ikke i profilen", hint)


def _minutes(meeting: Meeting, cases: Mapping[str, Case], content: Content) -> Iterator[Problem]:
    """The protocol holds a decision on every item that wants one (the municipal government act § 13)."""
    minutes, profile = meeting.minutes, content.settings.meetings
    if minutes is not None and minutes.approval is not None and not has_approval(meeting, profile):
        hint = "slet approval, eller skriv approval_item: true"
        yield Problem(place_of(minutes.approval), "dagsordenens godkendelse er ikke et punkt på mødet", hint)
    for item in (*meeting.items, *(meeting.supplement.items if meeting.supplement else ())):
        if item.cancelled and item.decision is not None:
            hint = "slet decision, eller cancelled"
            yield Problem(place_of(item.decision), f"punktet '{item.id}' udgår og har en beslutning", hint)
        if item.cancelled or not item.needs_decision:
            continue
        if item.case is None and item.decision is None:
            hint = "skriv, hvad det blev til, i decision, eller needs_decision: false"
            yield Problem(place_of(item.id), f"punktet '{item.id}' har ingen beslutning", hint)
        case = cases.get(str(item.case))
        treatment = None if case is None else treatment_on(case, meeting)
        if treatment is not None and treatment.decision is None:
            hint = f"skriv decision under body: {meeting.committee} i sagen"
            place = place_of(item.case)
            other = elsewhere(treatment.origin, place)
            yield Problem(place, f"sagen '{item.case}' har ingen beslutning fra mødet{other}", hint)
