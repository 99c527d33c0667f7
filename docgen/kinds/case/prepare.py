"""Committee cases: one file, a rendering for each committee on its way, public or internal."""

from __future__ import annotations

import datetime
from typing import Any

from docgen.content.computed import computed
from docgen.content.content import Content
from docgen.content.fields import texts_of
from docgen.content.profile import CaseProfile
from docgen.document_id import DocumentId, parse_id
from docgen.kinds.case.model import Case, Treatment, case_day
from docgen.kinds.case.paper import Paper, shown_headings
from docgen.kinds.case.public import closed_parts
from docgen.kinds.case.route import treatment_of
from docgen.kinds.case.views import CaseContext, CaseView
from docgen.kinds.document_fields import Annex
from docgen.kinds.edition import Edition
from docgen.kinds.follow_up.model import FollowUp
from docgen.kinds.follow_up.quotes import quotations, quoted_years
from docgen.kinds.policy.model import Policy
from docgen.kinds.prepared import Prepared
from docgen.structs import replace
from docgen.template_values import literal_digits, template_function


def said_by_rendering(case: Case, rendering: str) -> Case:
    """The case as one rendering says it: what later bodies get and decide is not in it yet, but for the at-points that
    the council gets, where this body endorses them."""
    own = treatment_of(case, rendering)
    number = next(at for at, item in enumerate(case.treatments) if item is own)
    nothing: dict[str, Any] = {"decision": None, "summary": None, "note": None, "declaration": (), "conditions": None}
    if not own.declaration:
        nothing["recommendation"] = ()
    later = tuple(replace(item, **nothing) for item in case.treatments[number + 1 :])
    return replace(case, treatments=(*case.treatments[: number + 1], *later))


def day_of(content: Content, case: Case) -> datetime.date:
    """The day that names and properties of a case follow."""
    return case_day(case, content.all(Policy), content.all(FollowUp))


def prepare_case(content: Content, id: DocumentId, edition: Edition) -> Prepared:
    """One rendering of a case, ready for its template. Raises KeyError for an unknown id."""
    name, case = id.name, content.all(Case)[id.name]
    profile = content.settings.cases
    assert profile is not None  # checked when the content was loaded
    view = case_view(content, name, treatment_of(case, id.rendering), edition)
    return Prepared(
        template="case.md.j2",
        context=CaseContext(
            case=view,
            headings=shown_headings(profile.headings),
            at_style=str(profile.at_style),
            sub_points=str(profile.sub_points),
            decision_place=str(profile.decision_place),
            municipality=content.settings.municipality,
            digits=template_function(literal_digits),
        ),
        written=case,
        title=str(case.title),
        short_title=str(case.short_title or ""),
        subject=" ".join((case.summary or case.title).split()),
        version=str(case.version),
        status=case.status,
        date=day_of(content, case),
        made_of=made_of(content, name),
        counted=counted(content, name),
        closed=tuple(closed_parts(case, profile)) if edition is Edition.INTERNAL else (),
        citations={**citations(case), **quotations(content.all(FollowUp), quoted_years(*texts_of(case)))},
        page_limit=content.settings.house_style.page_limit,
    )


def attachments(content: Content, id: DocumentId, edition: Edition) -> tuple[tuple[int, Annex], ...]:
    """The annexes with something to show in an edition, each with its number: its place in the whole list."""
    annexes = content.all(Case)[id.name].annexes
    return tuple((number, annex) for number, annex in enumerate(annexes, 1) if annex.file or annex.document)


def made_of(content: Content, name: str) -> tuple[DocumentId, ...]:
    """The documents that the case `name` is made of: itself, the follow-ups that it quotes, and the annexes that could
    give it its day. What names a case (a meeting, a follow-up) is made of these, too. Raises KeyError for an unknown
    one."""
    case = content.all(Case)[name]
    found = [DocumentId("case", name)]
    found += [DocumentId("follow-up", year) for year in quoted_years(*texts_of(case))]
    if case.date is None and all(item.date is None for item in case.treatments):
        found += [parse_id(str(annex.document)).document for annex in case.annexes if annex.document]
    return tuple(id for id in dict.fromkeys(found) if id in content.documents)


def counted(content: Content, name: str) -> tuple[str, ...]:
    """The annexes in `annexes/` of which the list of the case `name` tells how many pages they have."""
    profile = content.settings.cases
    assert profile is not None  # checked when the content was loaded
    annexes = content.all(Case)[name].annexes if counts_pages(profile) else ()
    return tuple(str(annex.file) for annex in annexes if annex.file)


def counts_pages(profile: CaseProfile) -> bool:
    """Whether some list of annexes tells how many pages they have."""
    patterns = [profile.annex, *(body.annex for body in profile.bodies.values() if body.annex is not None)]
    return any("{sider}" in pattern for pattern in patterns)


def case_view(content: Content, name: str, treatment: Treatment, edition: Edition) -> CaseView:
    """What a rendering of the case `name` shows: the one for a treatment of it. Raises KeyError for an unknown case."""
    profile = content.settings.cases
    assert profile is not None  # checked when the content was loaded
    case = content.all(Case)[name]
    return Paper(content, profile, case, treatment, edition, day_of(content, case)).build()


def citations(case: Case) -> dict[str, tuple[str, str]]:
    """`bilag:id` -> `bilag 1` and the annex's id, `Bilag:id` -> `Bilag 1`; the number is the place in the list."""
    found: dict[str, tuple[str, str]] = {}
    for number, annex in enumerate(case.annexes, 1):
        for word in ("bilag", "Bilag"):
            found[f"{word}:{annex.id}"] = (computed(f"{word} {number}", annex), str(annex.id))
    return found
