"""Meetings: the agenda, and the minutes when the meeting is held; public or internal."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from docgen import danish
from docgen.content.computed import computed, label
from docgen.content.content import Content
from docgen.content.fields import fields_of, texts_of
from docgen.content.meeting_profile import MeetingLabels
from docgen.document_id import DocumentId
from docgen.kinds.case import prepare as case_kind
from docgen.kinds.case.decisions import fill
from docgen.kinds.case.issuing import closed_texts as case_closed_texts
from docgen.kinds.case.model import Case
from docgen.kinds.case.paper import shown_headings
from docgen.kinds.case.public import closed_parts
from docgen.kinds.case.route import rendering_id
from docgen.kinds.edition import Edition
from docgen.kinds.follow_up.model import FollowUp
from docgen.kinds.follow_up.quotes import quotations, quoted_years
from docgen.kinds.meeting.attendance import Told, attendance_of, people
from docgen.kinds.meeting.item_views import ItemViews, treatment_of_item, with_reason
from docgen.kinds.meeting.model import AgendaItem, Correction, Meeting, all_items
from docgen.kinds.meeting.numbering import Numbered, first_number, has_approval, item_label, numbered
from docgen.kinds.meeting.supplement import supplement_sentences
from docgen.kinds.meeting.views import ItemsView, ItemView, MeetingContext, MeetingView
from docgen.kinds.prepared import Prepared
from docgen.structs import Struct, replace
from docgen.template_values import literal_digits, placed, template_function

AGENDA, MINUTES = "dagsorden", "beslutningsprotokol"


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
    return tuple(replace(item, decision=None, disqualified=()) for item in items)


def closed_texts(content: Content, id: DocumentId) -> Iterator[str]:
    """What closed items say; their cases say themselves what is closed in them."""
    meeting = content.all(Meeting)[id.name]
    for item in all_items(meeting):
        if item.closed is not None:
            yield from (text for text in (item.title, item.text, item.decision) if text is not None)
            yield from (*item.guests, *item.deputation, *(str(annex.title) for annex in item.annexes))
            yield from (str(one.because) for one in item.disqualified if one.because is not None)
        yield from (str(annex.title) for annex in item.annexes if annex.closed is not None)
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
            labels=_labels(content, meeting),
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
        counted=tuple(_counted(content, meeting)),
        closed=tuple(_closed_parts(content, meeting)) if edition is Edition.INTERNAL else (),
        citations=_citations(content, meeting),
    )


def _labels(content: Content, meeting: Meeting) -> MeetingLabels:
    """The words beside what is told, letter by letter; a council is none of its own committees."""
    labels = content.settings.meetings.labels
    names = [field.name for field in fields_of(MeetingLabels).values() if getattr(labels, field.name) is not None]
    shown = {name: label(labels, name) for name in names}
    body = content.organisation.body(meeting.committee, meeting_day(content, meeting))
    if body.kind == "council" and "council" in shown:
        shown["committee"] = shown["council"]
    return replace(labels, **shown)


def _counted(content: Content, meeting: Meeting) -> Iterator[str]:
    """The annexes of the cases and of the items of which the lines tell how many pages they have."""
    yield from (file for name in _cases(meeting) for file in case_kind.counted(content, name))
    if content.settings.cases is not None and case_kind.counts_pages(content.settings.cases):
        yield from (str(annex.file) for item in all_items(meeting) for annex in item.annexes if annex.file)


def meeting_day(content: Content, meeting: Meeting) -> datetime.date:
    """The day that names follow: the meeting's, or where it is not known that of its latest case."""
    return meeting.date or max(case_kind.day_of(content, content.all(Case)[name]) for name in _cases(meeting))


def item_cases(content: Content, meeting: Meeting) -> tuple[ItemCase, ...]:
    """The items that are cases, in the order of the pack, each with the words of its labels: `Punkt 4`."""
    return tuple(
        ItemCase(
            item_label(meeting, content.settings.meetings, found),
            found.item,
            rendering_id(content.all(Case)[str(found.item.case)], treatment_of_item(content, meeting, found.item)),
        )
        for found in numbered(meeting, content.settings.meetings)
        if found.item.case is not None
    )


def _cases(meeting: Meeting) -> list[str]:
    return [str(item.case) for item in all_items(meeting) if item.case is not None]


def _closed_parts(content: Content, meeting: Meeting) -> Iterator[str]:
    """What of a meeting is not public, in words with the reason."""
    for found in numbered(meeting, content.settings.meetings):
        item = found.item
        label = item_label(meeting, content.settings.meetings, found)
        label = f"{label[:1].lower()}{label[1:]}"
        case = content.all(Case)[str(item.case)] if item.case is not None else None
        closed = item.closed or (case.closed if case is not None else None)
        if closed is not None:
            yield f"{label} ({str(closed.reason).rstrip('.')})"
        for number, annex in enumerate(item.annexes, 1):
            if annex.closed is not None:
                yield f"{label}: bilag {number} ({str(annex.closed.reason).rstrip('.')})"
        if closed is None and case is not None and content.settings.cases is not None:
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
        self.content, self.meeting, self.minutes = content, meeting, minutes
        self.profile = content.settings.meetings
        self.items = ItemViews(content, meeting, edition, minutes=minutes)

    def build(self) -> MeetingView:
        meeting, profile = self.meeting, self.profile
        body = self.content.organisation.body(meeting.committee, meeting_day(self.content, meeting))
        committee = label(body, "name")
        late = meeting.late_reason is not None and not self.minutes
        held = meeting.minutes if self.minutes else None
        told = attendance_of(meeting, profile, body, self.items.clock) if held else Told()
        view = MeetingView(
            label=label(profile, "minutes" if self.minutes else "agenda"),
            title=self.title(committee),
            committee=committee,
            date=meeting.date,
            until=meeting.until,
            time=computed(self.items.clock(held.began), held.origin_of("began"))
            if held and held.began
            else self.items.clock(meeting.time),
            ended=computed(self.items.clock(held.ended), held.origin_of("ended")) if held else "",
            place=meeting.place,
            sent=None if self.minutes else meeting.sent,
            note=meeting.note,
            late=with_reason(profile.late, meeting.late_reason) if late and meeting.late_reason else "",
            moved=self.moved(),
            attendance=() if self.is_under_approval() else told.lines,
            present="" if self.is_under_approval() else told.present,
            remarks=held.remarks if held else (),
            reservations=held.reservations if held else (),
            corrections=tuple(map(self.correction, held.corrections)) if held else (),
            signatures=self.signatures(told) if held else (),
            electronic=self.electronic() if held else "",
            parts=tuple(self.parts(told)),
        )
        return placed(view, meeting)

    def has_approval(self) -> bool:
        return has_approval(self.meeting, self.profile)

    def is_under_approval(self) -> bool:
        """Whether it stands under the first item who was there."""
        return self.profile.attendance_words.place == "approval" and self.has_approval()

    def title(self, committee: str) -> str:
        """`Økonomiudvalgets møde den 1. december 2022`, or what else the meeting is."""
        meeting, titles = self.meeting, self.profile.titles
        kind = titles.written if meeting.written else titles.extraordinary if meeting.extraordinary else titles.ordinary
        title = fill(kind, udvalgets=danish.genitive(committee))
        if meeting.date is not None and meeting.until is not None:
            first, last = danish.date(meeting.date), danish.date(meeting.until)
            until = f" {self.items.clock(meeting.until_time)}" if meeting.until_time is not None else ""
            days = f" fra den {first} til den {last}{until}" if meeting.written else f" den {first} og den {last}"
        else:
            days = f" den {danish.date(meeting.date)}" if meeting.date else ""
        return computed(f"{title}{days}", meeting.committee)

    def moved(self) -> str:
        day = self.meeting.postponed_from
        place = self.meeting.origin_of("postponed_from")
        return "" if day is None else computed(fill(self.profile.titles.postponed, dato=danish.date(day)), place)

    def parts(self, told: Told) -> Iterator[ItemsView]:
        meeting, profile, more = self.meeting, self.profile, self.meeting.supplement
        first = first_number(meeting)
        found = [(one, self.items.view(one)) for one in numbered(meeting, profile)]
        views = [view for one, view in found if one.part == "agenda"]
        added = [self.added(one, view) for one, view in found if one.part == "supplement"]
        said = tuple(supplement_sentences(meeting, profile, minutes=self.minutes))
        if more is not None and self.minutes and more.after is not None:  # they stand where they were taken
            at = next((at for at, view in enumerate(views) if view.id == str(more.after)), len(views) - 1)
            views[at + 1 : at + 1] = added
            added = []
        if self.has_approval():
            in_list = (*filter(None, [told.present]), *told.lines) if self.is_under_approval() else ()
            views.insert(0, self.items.approval(first, (*said, *in_list)))
            said = ()
        if views:
            yield ItemsView(label(profile, "items"), " ".join(said) if not added else "", tuple(views))
        if added and more is not None:
            reason = "" if self.minutes else with_reason(profile.supplement_reason, more.reason)
            lead = computed(" ".join(filter(None, [reason, *said])), more.reason)
            yield ItemsView(label(profile, "outside" if more.outside else "supplement"), lead, tuple(added))
        if meeting.tabled:
            items = tuple(view for one, view in found if one.part == "tabled")
            yield ItemsView(label(profile, "tabled"), "", items)

    def added(self, one: Numbered, view: ItemView) -> ItemView:
        """An item of the supplementary agenda; among those of the agenda it says whose number it has."""
        more = self.meeting.supplement
        if more is None or not self.minutes or more.after is None or more.as_number is not None:
            return view
        name = item_label(self.meeting, self.profile, one)
        return replace(view, heading=computed(f"{name}: {view.title}", view.title))

    def correction(self, entry: Correction) -> str:
        before = fill(self.profile.closing.correction, dato=danish.date(entry.date))
        return computed(f"{before} {entry.text}", entry.text)

    def signatures(self, told: Told) -> tuple[str, ...]:
        """Who signs, a line for each."""
        held = self.meeting.minutes
        if held is None or self.profile.closing.signatures != "lines":
            return ()
        return tuple(computed(str(name), name) for name in held.signers or told.members)

    def electronic(self) -> str:
        """How the minutes are approved without paper."""
        held, closing = self.meeting.minutes, self.profile.closing
        if held is None or closing.signatures != "electronic":
            return ""
        if not held.signers:
            return label(closing, "electronic_undated")
        return computed(fill(closing.electronic, hvem=people(held.signers)), held.signers)
