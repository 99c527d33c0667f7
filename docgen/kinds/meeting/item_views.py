"""What agenda and minutes show of each item: its line, the sentences under it, and of a case what was recommended."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from docgen import danish
from docgen.content.computed import Computed, computed, label
from docgen.content.content import Content
from docgen.kinds.case import prepare as case_kind
from docgen.kinds.case.annex_lines import annex_view
from docgen.kinds.case.decisions import fill
from docgen.kinds.case.model import Case, Treatment
from docgen.kinds.case.views import AnnexView
from docgen.kinds.edition import Edition
from docgen.kinds.meeting.attendance import attendance_sentence, disqualified_sentences, people
from docgen.kinds.meeting.model import AgendaItem, Meeting
from docgen.kinds.meeting.numbering import Numbered, in_words, number_of, treatment_on
from docgen.kinds.meeting.views import ItemView
from docgen.structs import replace

APPROVAL = "godkendelse"
"""The id of the item that docgen writes itself."""


def treatment_of_item(content: Content, meeting: Meeting, item: AgendaItem) -> Treatment:
    """The treatment of an item's case at the meeting: that of its day, where the case comes there several times.

    Raises KeyError for a case that does not come there.
    """
    found = treatment_on(content.all(Case)[str(item.case)], meeting)
    if found is None:
        raise KeyError(str(item.case))
    return found


def with_reason(pattern: str, reason: str) -> Computed:
    """A stock phrase with its reason."""
    return computed(fill(pattern, grund=str(reason).rstrip(".")), reason)


class ItemViews:
    """Makes the views of one meeting's items."""

    def __init__(self, content: Content, meeting: Meeting, edition: Edition, *, minutes: bool) -> None:
        self.content, self.meeting, self.edition, self.minutes = content, meeting, edition, minutes
        self.profile = content.settings.meetings

    def clock(self, time: datetime.time | None) -> str:
        """A time of day in the house's style; empty for none."""
        separator = "." if self.content.settings.house_style.time == "dot" else ":"
        return "" if time is None else danish.time(time, separator)

    def approval(self, number: int, lines: tuple[str, ...]) -> ItemView:
        """The item that docgen writes itself: the approval of the agenda."""
        held = self.meeting.minutes if self.minutes else None
        outcome = (held.approval or label(self.profile, "unknown")) if held else None
        return replace(_words(number, label(self.profile, "approval"), APPROVAL, outcome=outcome), lines=lines)

    def view(self, found: Numbered) -> ItemView:
        """What is shown of an item in this edition."""
        item, number = found.item, found.number
        is_withheld = False
        if item.case is not None:
            view = self._case(number, item)
            is_withheld = bool(view.note)
        elif item.closed is not None and self.edition is Edition.PUBLIC:
            title = label(item, "public_title") if item.public_title else label(self.profile, "closed_item")
            note, is_withheld = self._closed(item.closed.reason), True
            view = _words(number, title, str(item.id), outcome=self._closed_outcome(), note=note)
        else:
            view = self._own(number, item)
        shown = self._cancelled(view) if item.cancelled else view
        return replace(shown, lines=tuple(self._lines(found, is_withheld)))

    def _own(self, number: int, item: AgendaItem) -> ItemView:
        """An item that is no case."""
        kind = self._kind_line(str(item.kind)) if item.kind is not None else None
        title = label(item, "title")
        view = _words(number, title, str(item.id), outcome=item.decision if self.minutes else None, text=item.text)
        profile = self.content.settings.cases
        annexes = tuple(
            annex_view(annex, at, profile, str(self.meeting.committee), self.edition, self.content)
            for at, annex in enumerate(item.annexes, 1)
            if profile is not None
        )
        named = tuple(AnnexView(f"{item.id}-{annex.id}", annex.line) for annex in annexes)
        return _with_kind(replace(view, annexes=named), kind)

    def _case(self, number: int, item: AgendaItem) -> ItemView:
        name, treatment = str(item.case), treatment_of_item(self.content, self.meeting, item)
        case = self.content.all(Case)[name]
        view = case_kind.case_view(self.content, name, treatment, self.edition)
        annexes = tuple(AnnexView(f"{item.id}-{annex.id}", annex.line) for annex in view.annexes)
        withheld = case.closed is not None and self.edition is Edition.PUBLIC
        shown = ItemView(
            id=str(item.id),
            number=number,
            title=view.title,
            heading=computed(f"{number}. {view.title}", view.title),
            text=None,
            note=self._closed(case.closed.reason) if withheld and case.closed else "",
            annexes=annexes,
            groups=view.groups if self.minutes else (),
            points_heading=view.heading,
            declaration=view.declaration if self.minutes else (),
            conditions=view.conditions if self.minutes else (),
            movers=view.movers if self.minutes else "",
            proposer=view.proposer if self.minutes else "",
            outcome=self._closed_outcome() if withheld else None,
            decision=view.decision if self.minutes and not withheld else None,
        )
        return shown if withheld else _with_kind(shown, self._kind_line(str(case.kind)))

    def _kind_line(self, kind: str) -> str | None:
        """How items of a kind are written in the agenda, if that is said."""
        cases = self.content.settings.cases
        found = cases.kinds.get(kind) if cases is not None else None
        return found.item if found is not None else None

    def _cancelled(self, view: ItemView) -> ItemView:
        """What is left of an item that is not taken: its line."""
        return replace(
            view, text=None, annexes=(), groups=(), declaration=(), conditions=(), movers="", proposer="", outcome=None,
            decision=None,
        )  # fmt: skip

    def _lines(self, found: Numbered, is_withheld: bool) -> Iterator[str]:
        """The sentences under an item's title. Of what is withheld only what its number and place tell anyway."""
        item, words = found.item, self.profile.item_words
        if item.cancelled:
            yield computed(fill(words.cancelled, nummer=str(found.number)), item.origin_of("cancelled"))
            return
        yield from self._together(item)
        if is_withheld:
            return
        if item.time is not None:
            yield computed(
                fill(words.time, tid=self.clock(item.time).removeprefix("kl.\u00a0")), item.origin_of("time")
            )
        for names, now, held in (
            (item.guests, words.guests, words.guests_held),
            (item.deputation, words.deputation, words.deputation_held),
        ):
            if names:
                yield computed(fill(held if self.minutes else now, hvem=people(names)), names)
        if self.minutes:
            yield from self._attendance(item)
            yield from disqualified_sentences(item.disqualified, self.profile)

    def _together(self, item: AgendaItem) -> Iterator[str]:
        for group in self.meeting.together:
            if str(item.id) in map(str, group.items):
                numbers = [number_of(self.meeting, self.profile, str(id)) for id in group.items]
                told = in_words(sorted(number for number in numbers if number is not None))
                yield computed(fill(self.profile.item_words.together, numre=told), group)

    def _attendance(self, item: AgendaItem) -> Iterator[str]:
        """Who came or left under an item, where the profile says that it stands there."""
        words, held = self.profile.attendance_words, self.meeting.minutes
        if held is not None and words.under_items:
            for entry in held.attendance:
                if entry.item is not None and str(entry.item) == str(item.id):
                    yield attendance_sentence(entry, words, self.clock)

    def _closed(self, reason: str) -> str:
        return with_reason(self.profile.closed_note, reason)

    def _closed_outcome(self) -> str | None:
        return label(self.profile, "closed_minutes") if self.minutes else None


def _with_kind(view: ItemView, pattern: str | None) -> ItemView:
    """An item whose line tells what kind of item it is."""
    if pattern is None:
        return view
    title = computed(fill(pattern, titel=str(view.title), nummer=str(view.number)), view.title)
    return replace(view, title=title, heading=computed(f"{view.number}. {title}", view.title))


def _words(
    number: int, title: str, id: str, *, outcome: str | None = None, text: str | None = None, note: str = ""
) -> ItemView:
    heading = computed(f"{number}. {title}", title)
    return ItemView(
        id=id,
        number=number,
        title=title,
        heading=heading,
        text=text,
        note=note,
        annexes=(),
        groups=(),
        proposer="",
        outcome=outcome,
        decision=None,
    )
