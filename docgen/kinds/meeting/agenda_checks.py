"""Rules of an agenda: numbers, what is taken together or later, its days; and what is only worth a word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docgen.content.content import Content
from docgen.content.meeting_profile import MeetingProfile
from docgen.content.scalar import place_of
from docgen.content.validation import meant
from docgen.kinds.case.model import Case
from docgen.kinds.meeting.deadlines import last_day_to_send
from docgen.kinds.meeting.model import AgendaItem, Meeting, all_items
from docgen.kinds.meeting.numbering import numbered
from docgen.problems import Problem, elsewhere


def check_agenda(meeting: Meeting, profile: MeetingProfile) -> Iterator[Problem]:
    """Problems in the numbers of the items, and in what refers to them."""
    known = [str(item.id) for item in all_items(meeting)]
    if meeting.numbering is not None and meeting.numbering.first < 1:
        place = meeting.numbering.origin_of("first")
        yield Problem(place, "det første nummer er mindre end 1", "skriv det første punkts nummer, fx 143")
    for group in meeting.together:
        if len(set(map(str, group.items))) < 2:
            yield Problem(
                group.origin_of("items"), "kun ét punkt behandles under ét", "skriv mindst to, eller slet det"
            )
        for id in group.items:
            if str(id) not in known:
                yield Problem(place_of(id), f"punktet '{id}' findes ikke", meant(str(id), known, "brug et punkts id"))
    yield from _supplement(meeting, profile)


def _supplement(meeting: Meeting, profile: MeetingProfile) -> Iterator[Problem]:
    """Where a supplementary agenda is taken: in one place, with numbers that no other item has."""
    more = meeting.supplement
    if more is None:
        return
    given = {"after": more.after is not None, "as_number": more.as_number is not None, "outside": more.outside}
    if sum(given.values()) > 1:
        second = [name for name, is_given in given.items() if is_given][1]
        hint = "vælg én: after (efter et punkt), as (som punkt) eller outside (uden for dagsordenen)"
        yield Problem(more.origin_of(second), "tillægsdagsordenen har flere pladser", hint)
    ids = [str(item.id) for item in meeting.items]
    if more.after is not None and str(more.after) not in ids:
        hint = meant(str(more.after), ids, "brug id'et på et punkt under items")
        yield Problem(place_of(more.after), f"punktet '{more.after}' er ikke på dagsordenen", hint)
    if more.as_number is not None:
        last = max((found.number for found in numbered(meeting, profile) if found.part == "agenda"), default=0)
        if more.as_number <= last:
            shown = f"punkt {more.as_number} er på dagsordenen, og de givne numre bliver, som de er"
            yield Problem(more.origin_of("as_number"), shown, f"det første ledige er {last + 1}")


def check_days(meeting: Meeting, profile: MeetingProfile) -> Iterator[Problem]:
    """The days of a meeting: in order, and a supplementary agenda sent between them."""
    if meeting.until is not None and (meeting.date is None or meeting.until <= meeting.date):
        yield Problem(meeting.origin_of("until"), "mødets sidste dag er ikke efter den første", "ret until eller date")
    if meeting.until_time is not None and not meeting.written:
        hint = "skriv written: true, eller slet until_time; mødets slutning er ended i minutes"
        yield Problem(meeting.origin_of("until_time"), "kun en skriftlig votering har until_time", hint)
    if meeting.postponed_from is not None and meeting.postponed_from == meeting.date:
        place = meeting.origin_of("postponed_from")
        yield Problem(place, "mødet er flyttet til samme dag", "skriv den dag, det først var indkaldt til")
    more = meeting.supplement
    if more is None or more.sent is None:
        return
    place = more.origin_of("sent")
    if meeting.date is not None and more.sent > (meeting.until or meeting.date):
        shown = f"tillægsdagsordenen er sendt ud efter mødet{elsewhere(meeting.origin_of('date'), place)}"
        yield Problem(place, shown, "ret sent eller date")
    elif meeting.sent is not None and more.sent < meeting.sent:
        shown = f"tillægsdagsordenen er sendt ud før dagsordenen{elsewhere(meeting.origin_of('sent'), place)}"
        yield Problem(place, shown, "ret den ene af dem")
    weekdays = profile.supplement_words.deadline_weekdays
    if weekdays is not None and meeting.date is not None:
        last = last_day_to_send(meeting.date, weekdays, profile.saturday_is_weekday)
        if more.sent > last:
            shown = (
                f"tillægsdagsordenen skulle være sendt senest {last.isoformat()} og er sendt {more.sent.isoformat()}"
            )
            yield Problem(place, shown, "ret sent, eller fristen i settings.yaml")


def closed_before_open(meeting: Meeting, content: Content) -> Iterator[Problem]:
    """Closed items come last as far as possible (DOMAIN 1.8): a word to the secretary, and no fault."""
    cases = content.all(Case)
    for items in (meeting.items, meeting.supplement.items if meeting.supplement else ()):
        closed: AgendaItem | None = None
        for item in items:
            if _is_closed(item, cases):
                closed = item
            elif closed is not None:
                place = place_of(item.id)
                shown = f"det åbne punkt '{item.id}' står efter et lukket{elsewhere(place_of(closed.id), place)}"
                yield Problem(place, shown, f"lukkede punkter står så vidt muligt sidst: '{closed.id}'")


def _is_closed(item: AgendaItem, cases: Mapping[str, Case]) -> bool:
    case = cases.get(str(item.case))
    return item.closed is not None or (case is not None and case.closed is not None)
