"""`docgen status`: what is due on a day: meetings, cases, actions, places to fill in, findings, drafts and policies."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path

from docgen import danish
from docgen.build.elsewhere import not_well
from docgen.build.folders import folder_names, read_project, with_folder_names
from docgen.content.content import Content
from docgen.content.unfilled import unfilled_places
from docgen.document_id import DocumentId
from docgen.kinds.case.model import HEARING, Case
from docgen.kinds.document_fields import Status
from docgen.kinds.follow_up.model import FollowUp
from docgen.kinds.follow_up.report_views import is_overdue
from docgen.kinds.meeting.deadlines import last_day_to_send
from docgen.kinds.meeting.model import Meeting, all_items
from docgen.kinds.policy.model import Policy
from docgen.problems import ContentError, Origin, Problem
from docgen.project import Project
from docgen.proofing import proofread
from docgen.proofing.proofread import Chosen
from docgen.structs import Struct

SOON = 183
"""Days before a policy expires, from which it is told."""
_UNFILLED = "DG108"


class Sort(StrEnum):
    """The headings, in the order they are shown."""

    MEETINGS = "Møder"
    CASES = "Sager, der ikke er på en dagsorden"
    ACTIONS = "Handlinger, hvis frist er overskredet"
    UNFILLED = "Steder, der ikke er udfyldt"
    FINDINGS = "Korrektur"
    DRAFTS = "Udkast, hvis dato er passeret"
    EXPIRING = "Politikker, der udløber"
    FAULTS = "Filer med fejl"


class Due(Struct, frozen=True):
    """One thing that is due: of which document (empty: of none), where it stands, the day (None: none) and in words."""

    sort: Sort
    document: str
    says: str
    origin: Origin
    day: datetime.date | None = None


def system_date() -> datetime.date:
    """The system's date."""
    return datetime.date.today()  # noqa: DTZ011 (the day where the secretary sits)


def status(content: Path, templates: Path, day: datetime.date) -> tuple[Due, ...]:
    """What is due on a day, by heading, then by day. Raises DocgenError where what all documents share is at fault."""
    with folder_names(content, templates):
        project = read_project(content, templates)
        if problems := project.shared_problems():
            raise ContentError(problems)
        found = [*_all_due(project, day)]
    order = list(Sort)
    last = datetime.date.max
    found.sort(key=lambda due: (order.index(due.sort), due.day or last, due.document, due.origin.file, due.origin.line))
    named = with_folder_names([Problem(due.origin, due.says) for due in found], content, templates)
    return tuple(
        Due(due.sort, due.document, due.says, problem.origin, due.day)
        for due, problem in zip(found, named, strict=True)
    )


def as_text(found: Iterable[Due], on: datetime.date) -> str:
    """What is due as lines under headings; a sentence where nothing is."""
    lines: list[str] = []
    sort: Sort | None = None
    for due in found:
        if due.sort is not sort:
            lines += ["", f"{due.sort}:"] if lines else [f"{due.sort}:"]
            sort = due.sort
        lines.append(f"  {due.document or due.origin}: {due.says}")
    return "\n".join(lines) or f"Der er intet, der haster, den {danish.date(on)}."


def as_json(due: Due) -> dict[str, object]:
    """One thing as plain data: sort, document, date, message, file and line."""
    return {
        "sort": due.sort.name.lower(),
        "document": due.document,
        "date": due.day.isoformat() if due.day else None,
        "message": due.says,
        "file": due.origin.file,
        "line": due.origin.line,
    }


def _all_due(project: Project, day: datetime.date) -> Iterator[Due]:
    content = project.content
    yield from _meetings(content, day)
    yield from _cases(content)
    yield from _actions(content, day)
    yield from _unfilled(content)
    yield from _findings(project)
    yield from _drafts(content, day)
    yield from _expiring(content, day)
    for problem in not_well(project):
        says = problem.message + (f"; {problem.hint}" if problem.hint else "")
        yield Due(Sort.FAULTS, "", says, problem.origin)


def _meetings(content: Content, day: datetime.date) -> Iterator[Due]:
    profile = content.settings.meetings
    for name, meeting in content.all(Meeting).items():
        if meeting.date is None or (meeting.date < day and meeting.minutes is not None):
            continue
        last = last_day_to_send(meeting.date, profile.deadline_weekdays, profile.saturday_is_weekday)
        held = f"mødet er den {danish.date(meeting.date)}"
        if meeting.date < day:
            due, says = meeting.date, f"mødet var den {danish.date(meeting.date)}; beslutningsprotokollen mangler"
        elif meeting.sent is not None:
            due, says = meeting.date, f"{held}; dagsordenen er sendt den {danish.date(meeting.sent)}"
        elif last < day:
            due, says = last, f"{held}; dagsordenen skulle være sendt senest den {danish.date(last)}"
        else:
            due, says = last, f"{held}; dagsordenen skal sendes senest den {danish.date(last)}"
        yield Due(Sort.MEETINGS, f"meeting/{name}", says, meeting.origin, due)


def _cases(content: Content) -> Iterator[Due]:
    placed = {
        (str(meeting.committee), str(item.case))
        for meeting in content.all(Meeting).values()
        for item in all_items(meeting)
        if item.case is not None
    }
    bodies = {str(body.id): str(body.name) for body in content.organisation.bodies}
    for name, case in content.all(Case).items():
        if case.status is Status.EXPIRED:
            continue
        for item in case.treatments:
            if item.role in HEARING or item.decision is not None or (str(item.body), name) in placed:
                continue
            when = f" den {danish.date(item.date)}" if item.date else ", men datoen er ikke kendt"
            yield Due(Sort.CASES, f"case/{name}", f"skal for {bodies[str(item.body)]}{when}", item.origin, item.date)


def _actions(content: Content, day: datetime.date) -> Iterator[Due]:
    """The actions of the latest report on each policy: a later one has what was still to be done."""
    reports = content.all(FollowUp)
    latest = {
        policy: max(
            (name for name, report in reports.items() if policy in report.policies),
            key=lambda name: (reports[name].date, name),
        )
        for policy in {policy for report in reports.values() for policy in report.policies}
    }
    for name in sorted(set(latest.values())):
        for action in reports[name].actions:
            if is_overdue(action, day) and action.due is not None:
                says = f"fristen for ”{action.text}” var den {danish.date(action.due)}; den er {action.status}"
                yield Due(Sort.ACTIONS, f"follow-up/{name}", says, action.origin, action.due)


def _unfilled(content: Content) -> Iterator[Due]:
    for id, document in content.documents.items():
        places = list(dict.fromkeys(unfilled_places(document, document.origin)))
        if places:
            what = "1 sted" if len(places) == 1 else f"{len(places)} steder"
            yield Due(Sort.UNFILLED, str(id), f"{what}, det første i {_inside(places[0])}", places[0])


def _inside(place: Origin) -> str:
    return f"linje {place.line}" if place.line else place.file


def _findings(project: Project) -> Iterator[Due]:
    """How much the proof-reader finds in each document; what is not filled in is told by itself."""
    counts: dict[DocumentId | None, list[Origin]] = {}
    for finding in proofread.read_content(project.content, Chosen(ignore=(_UNFILLED,))):
        id = project.content_kinds.document_of(finding.file.removeprefix("content/"))
        counts.setdefault(id, []).append(Origin(finding.file, finding.line, finding.column))
    for document, places in counts.items():
        what = "1 bemærkning" if len(places) == 1 else f"{len(places)} bemærkninger"
        name = str(document) if document else ""
        yield Due(Sort.FINDINGS, name, f"{what}; se dem med docgen check {name}".rstrip(), places[0])


def _drafts(content: Content, day: datetime.date) -> Iterator[Due]:
    for id, document in content.documents.items():
        state, date = getattr(document, "status", None), getattr(document, "date", None)
        if state is Status.DRAFT and isinstance(date, datetime.date) and date < day:
            says = f"er stadig udkast, og datoen er den {danish.date(date)}"
            yield Due(Sort.DRAFTS, str(id), says, document.origin_of("status"), date)


def _expiring(content: Content, day: datetime.date) -> Iterator[Due]:
    for name, policy in content.all(Policy).items():
        last = policy.expires or datetime.date(policy.period.last, 12, 31)
        if policy.status is Status.EXPIRED or last > day + datetime.timedelta(days=SOON):
            continue
        says = f"udløb den {danish.date(last)}" if last < day else f"udløber den {danish.date(last)}"
        place = policy.origin_of("expires" if policy.expires else "period")
        yield Due(Sort.EXPIRING, f"policy/{name}", says, place, last)
