"""Meetings: the agenda, and the minutes when the meeting is held; public or internal."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from docgen import danish
from docgen.content.computed import Computed, computed, label
from docgen.content.content import Content
from docgen.content.fields import texts_of
from docgen.content.profile import MeetingProfile
from docgen.document_id import DocumentId
from docgen.kinds.case import prepare as case_kind
from docgen.kinds.case.decisions import fill
from docgen.kinds.case.issuing import closed_texts as case_closed_texts
from docgen.kinds.case.model import Case, Treatment
from docgen.kinds.case.paper import shown_headings
from docgen.kinds.case.public import closed_parts
from docgen.kinds.case.route import rendering_id, treatment_at
from docgen.kinds.case.views import AnnexView
from docgen.kinds.edition import Edition
from docgen.kinds.follow_up.model import FollowUp
from docgen.kinds.follow_up.quotes import quotations, quoted_years
from docgen.kinds.meeting.model import AgendaItem, Attendance, Meeting, all_items
from docgen.kinds.meeting.views import ItemsView, ItemView, MeetingContext, MeetingView
from docgen.kinds.prepared import Prepared
from docgen.structs import Struct, replace
from docgen.templating import literal_digits, placed, template_function

AGENDA, MINUTES = "dagsorden", "beslutningsprotokol"
_ATTENDANCE = {"absent": "fraværende", "late": "kom senere", "left-early": "gik før", "substitute": "stedfortræder"}


class ItemCase(Struct, frozen=True):
    """An item that is a case: the words that name it in the pack, and the case's document."""

    label: str
    item: AgendaItem
    document: DocumentId


def rendering_names(meeting: Meeting) -> tuple[str, ...]:
    """`dagsorden`, and of a meeting that is held `beslutningsprotokol`."""
    return (AGENDA,) if meeting.minutes is None else (AGENDA, MINUTES)


def said_by_rendering(meeting: Meeting, rendering: str) -> Meeting:
    """The meeting as a rendering says it: the agenda knows nothing of what was decided."""
    if rendering == MINUTES:
        return meeting
    supplement = meeting.supplement
    if supplement is not None:
        supplement = replace(supplement, items=_undecided(supplement.items))
    items, tabled = _undecided(meeting.items), _undecided(meeting.tabled)
    return replace(meeting, minutes=None, items=items, tabled=tabled, supplement=supplement)


def _undecided(items: tuple[AgendaItem, ...]) -> tuple[AgendaItem, ...]:
    return tuple(replace(item, decision=None) for item in items)


def closed_texts(content: Content, id: DocumentId) -> Iterator[str]:
    """What closed items say; their cases say themselves what is closed in them."""
    meeting = content.all(Meeting)[id.name]
    for item in all_items(meeting):
        if item.closed is not None:
            yield from (text for text in (item.title, item.text, item.decision) if text is not None)
        if item.case is not None:
            yield from case_closed_texts(content, DocumentId("case", str(item.case)))


def prepare_meeting(content: Content, id: DocumentId, edition: Edition) -> Prepared:
    """The agenda or the minutes of a meeting. Raises KeyError for an unknown id."""
    document, meeting = id.rendering, content.all(Meeting)[id.name]
    if document not in (AGENDA, MINUTES) or (document == MINUTES and meeting.minutes is None):
        raise KeyError(str(id))
    profile, held = content.settings.meetings, meeting.minutes if document == MINUTES else None
    view = _View(content, meeting, edition, minutes=held is not None).build()
    assert content.settings.cases is not None or not _cases(meeting)  # checked when the content was loaded
    return Prepared(
        template="minutes.md.j2" if held else "agenda.md.j2",
        context=MeetingContext(
            meeting=view,
            words=profile,
            at_style=str(content.settings.cases.at_style) if content.settings.cases else "number",
            sub_points=str(content.settings.cases.sub_points) if content.settings.cases else "number",
            headings=shown_headings(content.settings.cases.headings) if content.settings.cases else None,
            municipality=content.settings.municipality,
            digits=template_function(literal_digits),
        ),
        written=held or meeting,
        title=f"{view.label}: {view.title}",
        short_title=f"{view.label}, {view.committee}",
        subject=f"{view.label} for {view.title}",
        version=str(held.version if held else meeting.version),
        status=held.status if held else meeting.status,
        date=meeting_day(content, meeting),
        made_of=(id.document, *(one for name in _cases(meeting) for one in case_kind.made_of(content, name))),
        counted=tuple(file for name in _cases(meeting) for file in case_kind.counted(content, name)),
        closed=tuple(_closed_parts(content, meeting)) if edition is Edition.INTERNAL else (),
        citations=_citations(content, meeting),
    )


def meeting_day(content: Content, meeting: Meeting) -> datetime.date:
    """The day that names follow: the meeting's, or where it is not known that of its latest case."""
    return meeting.date or max(case_kind.day_of(content, content.all(Case)[name]) for name in _cases(meeting))


def item_cases(content: Content, meeting: Meeting) -> tuple[ItemCase, ...]:
    """The items that are cases, in the order of the pack, each with the words of its labels: `Punkt 4`."""
    return tuple(
        ItemCase(
            _item_label(content.settings.meetings, part, number),
            item,
            rendering_id(content.all(Case)[str(item.case)], _treatment(content, meeting, item)),
        )
        for part, number, item in _numbered(meeting)
        if item.case is not None
    )


def _numbered(meeting: Meeting) -> Iterator[tuple[str, int, AgendaItem]]:
    """Each item with its part and number; the agenda's own first item is its approval."""
    yield from (("agenda", number, item) for number, item in enumerate(meeting.items, 2))
    if meeting.supplement:
        yield from (("supplement", number, item) for number, item in enumerate(meeting.supplement.items, 1))
    yield from (("tabled", number, item) for number, item in enumerate(meeting.tabled, 1))


def _treatment(content: Content, meeting: Meeting, item: AgendaItem) -> Treatment:
    """The treatment of an item's case at the meeting: that of its day, where the case comes there several times."""
    found = treatment_at(content.all(Case)[str(item.case)], str(meeting.committee), meeting.date)
    assert found is not None  # checked when the content was loaded
    return found


def _item_label(profile: MeetingProfile, part: str, number: int) -> str:
    before = {"agenda": "", "supplement": f"{profile.supplement}, ", "tabled": f"{profile.tabled}, "}[part]
    word = profile.item if not before else profile.item.lower()
    return f"{before}{word} {number}"


def _cases(meeting: Meeting) -> list[str]:
    return [str(item.case) for item in all_items(meeting) if item.case is not None]


def _closed_parts(content: Content, meeting: Meeting) -> Iterator[str]:
    """What of a meeting is not public, in words with the reason."""
    for part, number, item in _numbered(meeting):
        label = _item_label(content.settings.meetings, part, number)
        label = f"{label[:1].lower()}{label[1:]}"
        case = content.all(Case)[str(item.case)] if item.case is not None else None
        closed = item.closed or (case.closed if case is not None else None)
        if closed is not None:
            yield f"{label} ({str(closed.reason).rstrip('.')})"
        elif case is not None and content.settings.cases is not None:
            yield from (f"{label}: {words}" for words in closed_parts(case, content.settings.cases))


def _citations(content: Content, meeting: Meeting) -> dict[str, tuple[str, str]]:
    """The annexes that a case's texts mean, by the case's file: each item's own."""
    cases = [content.all(Case)[name] for name in _cases(meeting)]
    found = quotations(content.all(FollowUp), quoted_years(*(text for case in cases for text in texts_of(case))))
    for item in all_items(meeting):
        if item.case is None:
            continue
        for key, (words, anchor) in case_kind.citations(content.all(Case)[str(item.case)]).items():
            found[f"content/cases/{item.case}.yaml#{key}"] = (words, f"{item.id}-{anchor}")
    return found


class _View:
    """Makes the view of an agenda or of minutes."""

    def __init__(self, content: Content, meeting: Meeting, edition: Edition, *, minutes: bool) -> None:
        self.content, self.meeting, self.edition, self.minutes = content, meeting, edition, minutes
        self.profile = content.settings.meetings

    def build(self) -> MeetingView:
        meeting, profile = self.meeting, self.profile
        committee = label(self.content.organisation.body(meeting.committee, meeting_day(self.content, meeting)), "name")
        when = f" den {danish.date(meeting.date)}" if meeting.date else ""
        late = meeting.late_reason is not None and not self.minutes
        held = meeting.minutes if self.minutes else None
        view = MeetingView(
            label=label(profile, "minutes" if self.minutes else "agenda"),
            title=computed(f"{danish.genitive(committee)} møde{when}", meeting.committee),
            committee=committee,
            date=meeting.date,
            time=self.clock(meeting.time),
            ended=computed(self.clock(held.ended), held.origin_of("ended")) if held else "",
            place=meeting.place,
            sent=None if self.minutes else meeting.sent,
            note=meeting.note,
            late=_with_reason(profile.late, meeting.late_reason) if late and meeting.late_reason else "",
            attendance=tuple(map(_attendance, held.attendance)) if held else (),
            remarks=held.remarks if held else (),
            parts=tuple(self.parts()),
        )
        return placed(view, meeting)

    def clock(self, time: datetime.time | None) -> str:
        separator = "." if self.content.settings.house_style.time == "dot" else ":"
        return "" if time is None else danish.time(time, separator)

    def parts(self) -> Iterator[ItemsView]:
        meeting, profile = self.meeting, self.profile
        held = meeting.minutes if self.minutes else None
        approval = (held.approval or label(profile, "unknown")) if held else None
        first = _words(1, label(profile, "approval"), approval)
        numbered = [(part, self.item(part, number, item)) for part, number, item in _numbered(meeting)]
        yield ItemsView(label(profile, "items"), "", (first, *(view for part, view in numbered if part == "agenda")))
        if meeting.supplement:
            reason = "" if self.minutes else _with_reason(profile.supplement_reason, meeting.supplement.reason)
            items = tuple(view for part, view in numbered if part == "supplement")
            yield ItemsView(label(profile, "supplement"), reason, items)
        if meeting.tabled:
            items = tuple(view for part, view in numbered if part == "tabled")
            yield ItemsView(label(profile, "tabled"), "", items)

    def item(self, part: str, number: int, item: AgendaItem) -> ItemView:
        if item.case is not None:
            return self.case_item(number, item)
        if item.closed is not None and self.edition is Edition.PUBLIC:
            title = label(item, "public_title") if item.public_title else label(self.profile, "closed_item")
            return _words(number, title, self.closed_outcome(), str(item.id), note=self.closed(item.closed.reason))
        return _words(number, label(item, "title"), item.decision if self.minutes else None, str(item.id), item.text)

    def case_item(self, number: int, item: AgendaItem) -> ItemView:
        name = str(item.case)
        case = self.content.all(Case)[name]
        view = case_kind.case_view(self.content, name, _treatment(self.content, self.meeting, item), self.edition)
        annexes = tuple(AnnexView(f"{item.id}-{annex.id}", annex.line) for annex in view.annexes)
        withheld = case.closed is not None and self.edition is Edition.PUBLIC
        return ItemView(
            id=str(item.id),
            number=number,
            title=view.title,
            heading=computed(f"{number}. {view.title}", view.title),
            text=None,
            note=self.closed(case.closed.reason) if withheld and case.closed else "",
            annexes=annexes,
            groups=view.groups if self.minutes else (),
            points_heading=view.heading,
            declaration=view.declaration if self.minutes else (),
            conditions=view.conditions if self.minutes else (),
            movers=view.movers if self.minutes else "",
            proposer=view.proposer if self.minutes else "",
            outcome=self.closed_outcome() if withheld else None,
            decision=view.decision if self.minutes and not withheld else None,
        )

    def closed(self, reason: str) -> str:
        return _with_reason(self.profile.closed_note, reason)

    def closed_outcome(self) -> str | None:
        return label(self.profile, "closed_minutes") if self.minutes else None


def _words(
    number: int, title: str, outcome: str | None, id: str = "godkendelse", text: str | None = None, note: str = ""
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


def _with_reason(pattern: str, reason: str) -> Computed:
    return computed(fill(pattern, grund=str(reason).rstrip(".")), reason)


def _attendance(entry: Attendance) -> str:
    note = f", {entry.note}" if entry.note else ""
    return computed(f"{entry.who}: {_ATTENDANCE[entry.what]}{note}", entry.who)
