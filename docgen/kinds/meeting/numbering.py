"""The items of a meeting with their numbers, as agenda and minutes have them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from docgen import danish
from docgen.content.meeting_profile import MeetingProfile
from docgen.kinds.case.model import Case, Treatment
from docgen.kinds.case.route import treatment_at
from docgen.kinds.meeting.model import AgendaItem, Meeting
from docgen.structs import Struct

PartName = Literal["agenda", "supplement", "tabled"]


class Numbered(Struct, frozen=True):
    """An item, the part of the meeting that it stands in, and its number there."""

    part: PartName
    number: int
    item: AgendaItem


def has_approval(meeting: Meeting, profile: MeetingProfile) -> bool:
    """Whether docgen writes the agenda's approval as the first item: a meeting says so itself, or the profile does; in
    a written vote there is no agenda to approve."""
    if meeting.approval_item is not None:
        return meeting.approval_item
    return profile.approval_item and not meeting.written


def first_number(meeting: Meeting) -> int:
    """The number of the first item: 1, or what the numbers of the year have come to."""
    return meeting.numbering.first if meeting.numbering is not None else 1


def numbered(meeting: Meeting, profile: MeetingProfile) -> Iterator[Numbered]:
    """Each item with its part and number; what is cancelled keeps its number."""
    first = first_number(meeting) + has_approval(meeting, profile)
    yield from (Numbered("agenda", number, item) for number, item in enumerate(meeting.items, first))
    if (more := meeting.supplement) is not None:
        start = 1 if more.as_number is None else more.as_number
        yield from (Numbered("supplement", number, item) for number, item in enumerate(more.items, start))
    yield from (Numbered("tabled", number, item) for number, item in enumerate(meeting.tabled, 1))


def item_label(meeting: Meeting, profile: MeetingProfile, found: Numbered) -> str:
    """What an item is called by its number: `Punkt 4`, `Tillægsdagsorden, punkt 1`."""
    more = meeting.supplement
    before = {"agenda": "", "supplement": str(profile.supplement), "tabled": str(profile.tabled)}[found.part]
    if found.part == "supplement" and more is not None and more.as_number is not None:
        before = ""
    elif found.part == "supplement" and more is not None and more.outside:
        before = str(profile.outside)
    return f"{before}, {profile.item.lower()} {found.number}" if before else f"{profile.item} {found.number}"


def number_of(meeting: Meeting, profile: MeetingProfile, id: str) -> int | None:
    """The number of an item by its id; None for one that there is not."""
    return next((found.number for found in numbered(meeting, profile) if str(found.item.id) == str(id)), None)


def in_words(numbers: list[int]) -> str:
    """Numbers as a sentence has them: `131 og 138`."""
    return danish.enumerate([str(number) for number in numbers])


def treatment_on(case: Case, meeting: Meeting) -> Treatment | None:
    """A case's treatment at a meeting: that of its day, or its last day, where the case comes there several times."""
    found = treatment_at(case, str(meeting.committee), meeting.date)
    if meeting.until is not None and (found is None or found.date != meeting.date):
        return treatment_at(case, str(meeting.committee), meeting.until)
    return found
