"""What is said of a supplementary agenda: when it was sent, and where its items are taken."""

from __future__ import annotations

from collections.abc import Iterator

from docgen import danish
from docgen.content.computed import computed
from docgen.content.meeting_profile import MeetingProfile
from docgen.kinds.case.decisions import fill
from docgen.kinds.meeting.model import Meeting
from docgen.kinds.meeting.numbering import in_words, number_of, numbered


def supplement_sentences(meeting: Meeting, profile: MeetingProfile, *, minutes: bool) -> Iterator[str]:
    """The sentences under the agenda's approval: the day of sending (not in the minutes), and the place."""
    more, words = meeting.supplement, profile.supplement_words
    if more is None:
        return
    if more.sent is not None and not minutes:
        yield computed(fill(words.sent, dato=danish.date(more.sent)), more.origin_of("sent"))
    numbers = [found.number for found in numbered(meeting, profile) if found.part == "supplement"]
    filled = {"Punkterne": "Punktet" if len(numbers) == 1 else "Punkterne", "numre": in_words(numbers)}
    if more.after is not None:
        number = number_of(meeting, profile, str(more.after))
        yield computed(fill(words.after, **filled, nummer=str(number)), more.after)
    if more.as_number is not None:
        yield computed(fill(words.as_number, **filled, nummer=str(more.as_number)), more.origin_of("as_number"))
    if more.outside:
        yield computed(fill(words.outside, **filled, nummer=filled["numre"]), more.origin_of("outside"))
