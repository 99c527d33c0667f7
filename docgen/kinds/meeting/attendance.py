"""Who was at a meeting: reckoned from the register and what the minutes say, and told in the municipality's words."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from docgen import danish
from docgen.content.computed import Computed, computed, label
from docgen.content.meeting_profile import AttendanceWords, MeetingProfile
from docgen.content.organisation import Body, Member
from docgen.kinds.case.decisions import fill
from docgen.kinds.meeting.model import Attendance, Disqualified, Meeting, Minutes
from docgen.kinds.meeting.numbering import number_of
from docgen.structs import Struct

AWAY = ("absent", "excused")
"""What one is who was not there at all."""

Clock = Callable[[datetime.time], str]
NumberOf = Callable[[str], int | None]


def present_members(minutes: Minutes, body: Body | None, day: datetime.date | None) -> tuple[str, ...]:
    """Those who were there, by the register's order, and the substitutes after them; none where the register or the
    minutes do not say who."""
    if body is None or day is None or not (minutes.attendance or minutes.all_present):
        return ()
    members = body.members_on(day)
    away = {name_alone(entry.who) for entry in minutes.attendance if entry.what in AWAY}
    found = [member.shown for member in members if str(member.name) not in away]
    return (*found, *(str(entry.who) for entry in minutes.attendance if entry.what == "substitute")) if members else ()


class Told(Struct, frozen=True):
    """What the minutes tell of who was there: a line for each who was not, or not for all of it; those who were, in a
    sentence; and these by name."""

    lines: tuple[str, ...] = ()
    present: str = ""
    members: tuple[str, ...] = ()


def attendance_of(meeting: Meeting, profile: MeetingProfile, body: Body, clock: Clock) -> Told:
    """What the minutes of a meeting tell of who was there, in the municipality's words."""
    held, words = meeting.minutes, profile.attendance_words
    if held is None:
        return Told()

    def number(id: str) -> int | None:
        return number_of(meeting, profile, id)

    lines: tuple[str, ...] = tuple(attendance_line(entry, words, clock, number) for entry in held.attendance)
    if held.all_present and not lines:
        lines = (label(words, "nobody"),)
    members = present_members(held, body, meeting.date)
    sentence = fill(words.present, hvem=people(members)) if words.members and members else ""
    return Told(lines, computed(sentence, held.origin_of("attendance")) if sentence else "", members)


def is_member(who: str, members: tuple[Member, ...]) -> bool:
    """Whether a name, with or without a party, is that of one of the members."""
    return name_alone(who) in {str(member.name) for member in members}


def name_alone(who: str) -> str:
    """`Navn Navnesen (A)` without the party."""
    return str(who).partition(" (")[0].strip()


def attendance_line(entry: Attendance, words: AttendanceWords, clock: Clock, number_of: NumberOf) -> Computed:
    """A line of the list: `Navn Navnesen (A): kom kl. 18.05 under punkt 4, sygdom`."""
    return computed(f"{entry.who}: {_what(entry, words, clock, number_of)}", entry.who)


def attendance_sentence(entry: Attendance, words: AttendanceWords, clock: Clock) -> Computed:
    """The same under the item itself: `Navn Navnesen (A) kom kl. 18.05.`"""
    return computed(f"{entry.who} {_what(entry, words, clock, lambda _: None)}.", entry.who)


def _what(entry: Attendance, words: AttendanceWords, clock: Clock, number_of: NumberOf) -> str:
    number = number_of(str(entry.item)) if entry.item is not None else None
    is_told = entry.at is not None or entry.item is not None
    what = {
        "absent": words.absent,
        "excused": words.excused,
        "late": words.arrived if is_told else words.late,
        "left-early": words.left if is_told else words.left_early,
        "substitute": words.substitute,
    }[entry.what]
    parts = [str(what)]
    parts += [clock(entry.at)] if entry.at is not None else []
    parts += [fill(words.under, nummer=str(number))] if number is not None else []
    parts += [f"for {entry.replaces}"] if entry.replaces is not None else []
    more = [str(text) for text in (entry.reason, entry.ground, entry.note) if text is not None]
    told = ", ".join([" ".join(parts), *more])
    return f"{told}. {str(entry.finding).rstrip('.')}" if entry.finding is not None else told


def disqualified_sentences(entries: tuple[Disqualified, ...], profile: MeetingProfile) -> tuple[str, ...]:
    """Who took no part in an item, and who did instead."""
    words = profile.item_words
    found: list[str] = []
    for entry in entries:
        pattern = words.disqualified if entry.because is None else words.disqualified_because
        reason = str(entry.because or "").rstrip(".")
        found.append(computed(fill(pattern, hvem=str(entry.who), grund=reason), entry.who))
        if entry.substitute is not None:
            found.append(computed(fill(words.stand_in, hvem=str(entry.substitute)), entry.substitute))
    return tuple(found)


def people(names: tuple[str, ...]) -> str:
    """Names as a sentence has them."""
    return danish.enumerate([str(name) for name in names])
