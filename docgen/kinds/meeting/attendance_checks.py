"""Rules of who was at a meeting: members of the register, and no more votes than those who were there."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.content.content import Content
from docgen.content.organisation import Body, Member
from docgen.content.scalar import place_of
from docgen.content.validation import meant
from docgen.kinds.case.model import Case
from docgen.kinds.meeting.attendance import AWAY, is_member, name_alone
from docgen.kinds.meeting.model import AgendaItem, Attendance, Meeting, Minutes, all_items
from docgen.kinds.meeting.numbering import treatment_on
from docgen.problems import Problem, elsewhere


def check_attendance(meeting: Meeting, content: Content) -> Iterator[Problem]:
    """Every problem in who was there, alone, with the register, and with the votes."""
    minutes = meeting.minutes
    body = next((one for one in content.organisation.bodies if str(one.id) == str(meeting.committee)), None)
    if minutes is None or body is None:
        return
    members = body.members_on(meeting.date) if meeting.date is not None else ()
    known = [str(item.id) for item in all_items(meeting)]
    for entry in minutes.attendance:
        yield from _entry(entry, minutes, members, known)
    for item in all_items(meeting):
        for one in item.disqualified:
            if members and not is_member(one.who, members) and not _is_substitute(one.who, minutes):
                yield _no_member(one.who, members)
    yield from _votes(meeting, minutes, body, members, content)


def _entry(entry: Attendance, minutes: Minutes, members: tuple[Member, ...], known: list[str]) -> Iterator[Problem]:
    place = entry.origin_of("what")
    if minutes.all_present and entry.what != "substitute":
        shown = (
            f"alle var til stede, men '{entry.who}' var det ikke{elsewhere(minutes.origin_of('all_present'), place)}"
        )
        yield Problem(place, shown, "slet all_present, eller linjen")
    if entry.item is not None and str(entry.item) not in known:
        hint = meant(str(entry.item), known, "brug et punkts id")
        yield Problem(place_of(entry.item), f"punktet '{entry.item}' findes ikke", hint)
    if entry.at is not None and entry.what in AWAY:
        yield Problem(entry.origin_of("at"), "den, der ikke var der, hverken kom eller gik", "slet at, eller ret what")
    if entry.replaces is not None and entry.what != "substitute":
        yield Problem(place_of(entry.replaces), "kun en stedfortræder afløser nogen", "skriv what: substitute")
    if not members:
        return
    if entry.what == "substitute":
        if entry.replaces is not None and not is_member(entry.replaces, members):
            yield _no_member(entry.replaces, members)
    elif not is_member(entry.who, members) and not _is_substitute(entry.who, minutes):
        yield _no_member(entry.who, members)


def _is_substitute(who: str, minutes: Minutes) -> bool:
    names = {name_alone(entry.who) for entry in minutes.attendance if entry.what == "substitute"}
    return name_alone(who) in names


def _no_member(who: str, members: tuple[Member, ...]) -> Problem:
    hint = meant(name_alone(who), [str(member.name) for member in members], "ret navnet, eller tilføj det i members")
    return Problem(place_of(who), f"'{name_alone(who)}' er ikke medlem den dag", hint)


def _votes(
    meeting: Meeting, minutes: Minutes, body: Body, members: tuple[Member, ...], content: Content
) -> Iterator[Problem]:
    """No more have voted on an item than were there for it."""
    seats = len(members) or body.seats
    if seats is None or not (minutes.attendance or minutes.all_present):
        return
    for item in all_items(meeting):
        case = content.all(Case).get(str(item.case))
        treatment = treatment_on(case, meeting) if case is not None else None
        if treatment is None or treatment.decision is None:
            continue
        present = present_at(meeting, item, seats)
        for outcome in treatment.decision.outcomes:
            total = sum(votes or 0 for votes in (outcome.votes_for, outcome.votes_against, outcome.abstentions))
            if total > present:
                place = place_of(item.case)
                shown = f"{total} har stemt, men {present} var til stede{elsewhere(outcome.origin, place)}"
                yield Problem(place, shown, "ret stemmerne i sagen, eller fremmødet i minutes")


def _change(entry: Attendance, item: str, order: list[str]) -> int:
    """By how many an entry changes who was there for an item."""
    if entry.what in AWAY:
        return -1
    if entry.what == "substitute":
        return 1
    if entry.item is None or str(entry.item) not in order:
        return 0
    here, there = order.index(item), order.index(str(entry.item))
    return -1 if (here < there if entry.what == "late" else here > there) else 0


def present_at(meeting: Meeting, item: AgendaItem, seats: int) -> int:
    """How many were there for an item, of so many seats."""
    minutes, order = meeting.minutes, [str(one.id) for one in all_items(meeting)]
    changes = () if minutes is None else minutes.attendance
    found = seats + sum(_change(entry, str(item.id), order) for entry in changes)
    return found + sum((one.substitute is not None) - 1 for one in item.disqualified)
