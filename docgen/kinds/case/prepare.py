"""Committee cases: one file, a rendering for each committee on its way, public or internal."""

from __future__ import annotations

import datetime
import re

from docgen import danish
from docgen.content.computed import Computed, computed, label
from docgen.content.content import Content
from docgen.content.fields import texts_of
from docgen.content.profile import CaseProfile
from docgen.document_id import DocumentId, parse_id
from docgen.kinds.annex_pages import pages_of
from docgen.kinds.case import decisions
from docgen.kinds.case.decisions import fill
from docgen.kinds.case.model import HEARING, Case, Point, PointGroup, Treatment, TreatmentRole, case_day
from docgen.kinds.case.public import closed_parts
from docgen.kinds.case.views import (
    AnnexView,
    CaseContext,
    CaseView,
    DecisionView,
    EarlierView,
    GroupView,
    PointView,
    SectionView,
    StatementView,
)
from docgen.kinds.document_fields import Annex
from docgen.kinds.edition import Edition
from docgen.kinds.follow_up.model import FollowUp
from docgen.kinds.follow_up.quotes import quotations, quoted_years
from docgen.kinds.policy.model import Policy
from docgen.kinds.prepared import Prepared
from docgen.structs import replace
from docgen.templating import literal_digits, placed, template_function

_PAGES = re.compile(r"\s*\([^()]*\{sider\}[^()]*\)|\s*\{sider\}")  # with its brackets, where it has any


def rendering_names(case: Case) -> tuple[str, ...]:
    """The names of all renderings: the committees, or none where there is only one."""
    found = renderings(case)
    return ("",) if len(found) == 1 else tuple(str(item.body) for item in found)


def rendering_id(case: Case, body: str) -> DocumentId:
    """The id of the rendering for a committee; the only one needs no committee in its id."""
    return DocumentId("case", str(case.id), "" if len(renderings(case)) == 1 else body)


def renderings(case: Case) -> tuple[Treatment, ...]:
    """The treatments that a case is written out for: all but the hearing and what began it."""
    return tuple(item for item in case.treatments if item.role not in HEARING) or case.treatments


def said_by_rendering(case: Case, body: str) -> Case:
    """The case as the rendering for a committee says it: what later committees decide is not in it yet."""
    own = case.treatments.index(_rendering(case, body))
    later = tuple(replace(item, decision=None) for item in case.treatments[own + 1 :])
    return replace(case, treatments=(*case.treatments[: own + 1], *later))


def day_of(content: Content, case: Case) -> datetime.date:
    """The day that names and properties of a case follow."""
    return case_day(case, content.all(Policy), content.all(FollowUp))


def prepare_case(content: Content, id: DocumentId, edition: Edition) -> Prepared:
    """One rendering of a case, ready for its template. Raises KeyError for an unknown id."""
    name, case = id.name, content.all(Case)[id.name]
    profile = content.settings.cases
    assert profile is not None  # checked when the content was loaded
    written = _rendering(case, id.rendering)
    view = case_view(content, name, str(written.body), edition)
    return Prepared(
        template="case.md.j2",
        context=CaseContext(
            case=view,
            headings=profile.headings,
            at_style=str(profile.at_style),
            decision_place=str(profile.decision_place),
            municipality=content.settings.municipality,
            digits=template_function(literal_digits),
        ),
        written=case,
        title=str(case.title),
        short_title=str(case.short_title or ""),
        subject=" ".join(case.summary.split()),
        version=str(case.version),
        status=case.status,
        date=day_of(content, case),
        made_of=made_of(content, name),
        counted=counted(content, name),
        closed=tuple(closed_parts(case, profile)) if edition is Edition.INTERNAL else (),
        citations={**citations(case), **quotations(content.all(FollowUp), quoted_years(*texts_of(case)))},
        page_limit=content.settings.house_style.page_limit,
    )


def _rendering(case: Case, body: str) -> Treatment:
    """The treatment that a rendering is for. Raises KeyError for a committee that the case does not come to."""
    try:
        return next(item for item in renderings(case) if str(item.body) == (body or str(renderings(case)[0].body)))
    except StopIteration:
        raise KeyError(body) from None


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
    annexes = content.all(Case)[name].annexes if "{sider}" in profile.annex else ()
    return tuple(str(annex.file) for annex in annexes if annex.file)


def case_view(content: Content, name: str, body: str, edition: Edition) -> CaseView:
    """What a rendering of the case `name` shows: the one for a committee. Raises KeyError for an unknown case."""
    profile = content.settings.cases
    assert profile is not None  # checked when the content was loaded
    written = next(item for item in renderings(content.all(Case)[name]) if str(item.body) == body)
    return _View(content, profile, content.all(Case)[name], written, edition).build()


def citations(case: Case) -> dict[str, tuple[str, str]]:
    """`bilag:id` -> `bilag 1` and the annex's id, `Bilag:id` -> `Bilag 1`; the number is the place in the list."""
    found: dict[str, tuple[str, str]] = {}
    for number, annex in enumerate(case.annexes, 1):
        for word in ("bilag", "Bilag"):
            found[f"{word}:{annex.id}"] = (computed(f"{word} {number}", annex), str(annex.id))
    return found


def annex_line(annex: Annex, number: int, profile: CaseProfile, edition: Edition, pages: int | None = None) -> str:
    """An annex in the list: `Bilag 1 - Titel (12 sider)`; pages where the profile has `{sider}` and they are known."""
    closed = annex.closed is not None and edition is Edition.PUBLIC
    pattern = profile.closed_annex if closed else profile.annex
    if closed or pages is None:
        pattern = _PAGES.sub("", pattern)
    line = fill(pattern, nummer=str(number), titel=str(annex.title), sider=pages_in_words(pages or 0))
    return computed(line, annex.title, annex)


def pages_in_words(pages: int) -> str:
    """`1 side`, `12 sider`."""
    return f"{pages} {'side' if pages == 1 else 'sider'}"


class _View:
    """Makes the view of one rendering."""

    def __init__(
        self, content: Content, profile: CaseProfile, case: Case, treatment: Treatment, edition: Edition
    ) -> None:
        self.content, self.profile, self.case, self.treatment, self.edition = content, profile, case, treatment, edition
        self.numbers = decisions.point_numbers(case.recommendation)

    def build(self) -> CaseView:
        case, kind = self.case, self.profile.kinds[self.case.kind.value]
        body = self.name(self.treatment.body, self.treatment)
        withheld = self.edition is Edition.PUBLIC and case.closed is not None
        administrations, day = self.administrations(), self.treatment.date
        view = CaseView(
            title=case.title,
            kind=label(kind, "label"),
            recipient=body,
            administrations=computed(danish.enumerate(administrations), administrations),
            meeting=computed(danish.date(day), self.treatment.origin_of("date")) if day else "",
            date=case.date,
            case_number=case.case_number,
            document_number=case.document_number,
            case_officer=case.case_officer if self.edition is Edition.INTERNAL else None,
            withheld=str(case.closed.reason) if withheld and case.closed else None,
            summary=case.summary,
            closing="" if withheld or not kind.closing else fill(kind.closing, udvalgets=danish.genitive(body)),
            groups=self.groups(self.treatment),
            proposer=self.proposer(),
            sections=self.sections(),
            signatures=computed(" / ".join(case.signatures), case.signatures),
            earlier=self.history(),
            history=case.history,
            decision=self.decision(self.treatment),
            annexes=tuple(
                _annex_view(annex, number, self.profile, self.edition, self.content)
                for number, annex in enumerate(case.annexes, 1)
            ),
        )
        return placed(view, case)

    def name(self, id: str, treatment: Treatment | None = None) -> Computed:
        """A body's name on the day of the treatment, or of the case where that is not known."""
        day = (treatment.date if treatment else None) or day_of(self.content, self.case)
        return label(self.content.organisation.body(id, day), "name")

    def administrations(self) -> list[Computed]:
        return [self.name(id) for id in self.case.administrations]

    def groups(self, treatment: Treatment) -> tuple[GroupView, ...]:
        groups = self.case.recommendation
        last = groups[-1].points[-1] if groups else None
        return tuple(
            GroupView(self.lead_in(group, treatment), tuple(self.point(point, point is last) for point in group.points))
            for group in groups
        )

    def point(self, point: Point, is_last: bool) -> PointView:
        inner = tuple(
            placed(PointView(number, sub.text, decisions.point_end(sub, is_last and number == len(point.points))), sub)
            for number, sub in enumerate(point.points, 1)
        )
        number, end = self.numbers.get(str(point.id), 0), decisions.point_end(point, is_last)
        return placed(PointView(number, point.text, end, inner), point)

    def lead_in(self, group: PointGroup, treatment: Treatment) -> str:
        by = danish.enumerate([self.name(id) for id in group.by or self.case.administrations])
        patterns = {
            TreatmentRole.DECIDES: self.profile.lead_ins.decides,
            TreatmentRole.RECEIVES: self.profile.lead_ins.decides,
            TreatmentRole.CIRCULATES: self.profile.lead_ins.decides,
            TreatmentRole.HEARS: self.profile.lead_ins.decides,
            TreatmentRole.RECOMMENDS: self.profile.lead_ins.recommends,
            TreatmentRole.DECLARES: self.profile.lead_ins.declares,
            TreatmentRole.COUNCIL: self.profile.lead_ins.council,
        }
        words = {"forvaltning": by, "udvalg": self.name(treatment.body, treatment), "råd": self.council()}
        return fill(patterns[treatment.role], **words)

    def council(self) -> str:
        return self.name(self.content.settings.municipality.council)

    def proposer(self) -> str:
        """Before the council: the committee whose recommendation it is, and the reading, each in brackets."""
        if self.treatment.role is not TreatmentRole.COUNCIL:
            return ""
        before = [item for item in self.before() if item.role in (TreatmentRole.RECOMMENDS, TreatmentRole.DECLARES)]
        parts = [f"({self.name(before[-1].body, before[-1])})"] if before else []
        if self.treatment.reading:
            parts.append(f"({self.treatment.reading}. behandling)")
        return computed(" ".join(parts), [item.body for item in before[-1:]], self.treatment.origin_of("reading"))

    def before(self) -> tuple[Treatment, ...]:
        return self.case.treatments[: self.case.treatments.index(self.treatment)]

    def history(self) -> tuple[EarlierView, ...]:
        """How the case was treated until now, as far as that is known; hearings without a day are one sentence.

        It grows from committee to committee.
        """
        found: list[EarlierView] = []
        heard: list[Computed] = []
        for item in self.before():
            if item.role is TreatmentRole.HEARS and item.date is None:
                heard.append(self.name(item.body, item))
                continue
            found += [_heard(heard), self.earlier(item)] if heard else [self.earlier(item)]
            heard = []
        return tuple([*found, _heard(heard)] if heard else found)

    def earlier(self, treatment: Treatment) -> EarlierView:
        """One committee's treatment."""
        body = self.name(treatment.body, treatment)
        decision = self.decision(treatment)
        when = f" den {danish.date(treatment.date)}" if treatment.date else ""
        if treatment.role in HEARING:
            done = "blev hørt om sagen" if treatment.role is TreatmentRole.HEARS else "sendte et udkast i høring"
            return EarlierView("", (), (computed(f"{body} {done}{when}.", treatment.body),), decision)
        said = (computed(f"{body} behandlede sagen{when}.", treatment.body),) if when and not decision else ()
        heading = computed(f"{danish.genitive(body)} behandling", treatment.body)
        return EarlierView(heading, self.groups(treatment), said, decision)

    def decision(self, treatment: Treatment) -> DecisionView | None:
        if treatment.decision is None:
            return None
        return DecisionView(
            decisions.decision_heading(self.name(treatment.body, treatment), treatment),
            tuple(decisions.sentences(treatment.decision, self.numbers)),
            tuple(
                StatementView(decisions.statement_lead_in(item.by, item.joined_by), item.text)
                for item in treatment.decision.statements
            ),
            treatment.decision.remarks,
        )

    def sections(self) -> tuple[SectionView, ...]:
        found = []
        for section in self.profile.sections:
            if section.kinds and self.case.kind.value not in section.kinds:
                continue
            texts = tuple(item.text for item in self.case.sections if item.id == section.id)
            if not texts and section.default is not None and self.case.closed is None:
                texts = (section.default,)
            if texts:
                found.append(SectionView(section.heading, texts))
        return tuple(found)


def _heard(names: list[Computed]) -> EarlierView:
    return EarlierView("", (), (computed(f"{danish.enumerate(names)} blev hørt om sagen.", names),), None)


def _annex_view(annex: Annex, number: int, profile: CaseProfile, edition: Edition, content: Content) -> AnnexView:
    is_counted = annex.file is not None and "{sider}" in profile.annex
    pages = pages_of(content, str(annex.file)) if is_counted else None
    return AnnexView(str(annex.id), annex_line(annex, number, profile, edition, pages))
