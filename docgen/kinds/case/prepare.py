"""Committee cases: one file, a rendering for each committee on its way, public or internal."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

from docgen import danish
from docgen.content.content import Content
from docgen.content.fields import texts_of
from docgen.content.profile import CaseProfile
from docgen.document_id import DocumentId
from docgen.kinds.case import decisions
from docgen.kinds.case.decisions import fill
from docgen.kinds.case.model import HEARING, Case, Point, PointGroup, Role, Treatment, case_day
from docgen.kinds.case.public import OpenCase, has_closed_matter, open_part
from docgen.kinds.case.views import (
    AnnexView,
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
from docgen.pdf_pages.open import count_pages
from docgen.structs import replace
from docgen.templating import literal_digits, template_function

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
    shown = in_edition(content, name, edition)
    view = case_view(content, name, str(written.body), edition)
    files = files_of(content, name, edition)
    return Prepared(
        template="case.md.j2",
        context={
            "case": view,
            "headings": profile.headings,
            "at_style": str(profile.at_style),
            "decision_place": str(profile.decision_place),
            "municipality": content.settings.municipality,
            "digits": template_function(literal_digits),
        },
        written=case,
        title=str(shown.title),
        short_title=str(shown.short_title or ""),
        subject=" ".join(shown.summary.split()),
        version=str(case.version),
        status=case.status,
        date=day_of(content, case),
        files=files,
        citations={**citations(shown), **quotations(content.all(FollowUp), quoted_years(*texts_of(shown)))},
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
    shown = in_edition(content, id.name, edition)
    return tuple((number, annex) for number, annex in enumerate(shown.annexes, 1) if annex.file or annex.document)


def files_of(content: Content, name: str, edition: Edition) -> dict[str, bytes]:
    """The content files that the case `name` is made of, by path, as they may be shown in an edition.

    What names a case (a meeting, a follow-up) takes these into its own source. Raises KeyError for an unknown one.
    """
    path, shown, profile = f"cases/{name}.yaml", in_edition(content, name, edition), content.settings.cases
    assert profile is not None  # checked when the content was loaded
    own = shown.source if isinstance(shown, OpenCase) else content.files[path]
    quoted = [f"follow_ups/{year}.yaml" for year in quoted_years(*texts_of(shown))]
    found = {path: content.files[path] for path in content.files_of(path, *quoted, *_needed(shown, profile))}
    return found | {path: own}


def _needed(case: Case, profile: CaseProfile) -> list[str]:
    """Where else a case's text comes from: the annex that gives it its day, and PDFs whose pages are told."""
    dated = case.date is not None or any(item.date is not None for item in case.treatments)
    documents = [] if dated else [str(annex.document) for annex in case.annexes if annex.document]
    counted = [annex.file for annex in case.annexes if annex.file and "{sider}" in profile.annex]
    return [*map(_own_files, documents), *(f"annexes/{file}" for file in counted)]


def _own_files(document: str) -> str:
    """How the paths of the files begin that a policy or a follow-up is written in."""
    kind, _, id = document.partition("/")
    return f"policies/{id}/" if kind == "policy" else f"follow_ups/{id}.yaml"


def case_view(content: Content, name: str, body: str, edition: Edition) -> CaseView:
    """What a rendering of the case `name` shows: the one for a committee. Raises KeyError for an unknown case."""
    profile = content.settings.cases
    assert profile is not None  # checked when the content was loaded
    written = next(item for item in renderings(content.all(Case)[name]) if str(item.body) == body)
    shown = in_edition(content, name, edition)
    treatment = shown.treatments[content.all(Case)[name].treatments.index(written)]
    return _View(content, profile, shown, treatment, edition).build()


def citations(case: Case) -> dict[str, tuple[str, str]]:
    """`bilag:id` -> `bilag 1` and the annex's id, `Bilag:id` -> `Bilag 1`; the number is the place in the list."""
    found: dict[str, tuple[str, str]] = {}
    for number, annex in enumerate(case.annexes, 1):
        for word in ("bilag", "Bilag"):
            found[f"{word}:{annex.id}"] = (f"{word} {number}", str(annex.id))
    return found


def in_edition(content: Content, name: str, edition: Edition) -> Case:
    """The case `name` as it may be seen in an edition. Raises KeyError for an unknown one."""
    case, profile = content.all(Case)[name], content.settings.cases
    assert profile is not None  # checked when the content was loaded
    redacted = edition is Edition.PUBLIC and has_closed_matter(case)
    return open_part(case, profile) if redacted else case


def annex_line(annex: Annex, number: int, profile: CaseProfile, edition: Edition, pages: int | None = None) -> str:
    """An annex in the list: `Bilag 1 - Titel (12 sider)`; pages where the profile has `{sider}` and they are known."""
    closed = annex.closed is not None and edition is Edition.PUBLIC
    pattern = profile.closed_annex if closed else profile.annex
    if closed or pages is None:
        pattern = _PAGES.sub("", pattern)
    return fill(pattern, nummer=str(number), titel=str(annex.title), sider=pages_in_words(pages or 0))


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
        return CaseView(
            title=case.title,
            kind=str(kind.label),
            recipient=body,
            administrations=danish.enumerate(self.administrations()),
            meeting=danish.date(self.treatment.date) if self.treatment.date else "",
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
            signatures=" / ".join(map(str, case.signatures)),
            earlier=self.history(),
            history=case.history,
            decision=self.decision(self.treatment),
            annexes=tuple(
                _annex_view(annex, number, self.profile, self.edition, self.content.files)
                for number, annex in enumerate(case.annexes, 1)
            ),
        )

    def name(self, id: str, treatment: Treatment | None = None) -> str:
        """A body's name on the day of the treatment, or of the case where that is not known."""
        day = (treatment.date if treatment else None) or day_of(self.content, self.case)
        return str(self.content.organisation.body(id, day).name)

    def administrations(self) -> list[str]:
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
            PointView(number, sub.text, decisions.point_end(sub, is_last and number == len(point.points)))
            for number, sub in enumerate(point.points, 1)
        )
        return PointView(self.numbers.get(str(point.id), 0), point.text, decisions.point_end(point, is_last), inner)

    def lead_in(self, group: PointGroup, treatment: Treatment) -> str:
        by = danish.enumerate([self.name(id) for id in group.by or self.case.administrations])
        patterns = {
            Role.DECIDES: self.profile.lead_ins.decides,
            Role.RECEIVES: self.profile.lead_ins.decides,
            Role.CIRCULATES: self.profile.lead_ins.decides,
            Role.HEARS: self.profile.lead_ins.decides,
            Role.RECOMMENDS: self.profile.lead_ins.recommends,
            Role.DECLARES: self.profile.lead_ins.declares,
            Role.COUNCIL: self.profile.lead_ins.council,
        }
        words = {"forvaltning": by, "udvalg": self.name(treatment.body, treatment), "råd": self.council()}
        return fill(patterns[treatment.role], **words)

    def council(self) -> str:
        return self.name(self.content.settings.municipality.council)

    def proposer(self) -> str:
        """Before the council: the committee whose recommendation it is, and the reading, each in brackets."""
        if self.treatment.role is not Role.COUNCIL:
            return ""
        before = [item for item in self.before() if item.role in (Role.RECOMMENDS, Role.DECLARES)]
        parts = [f"({self.name(before[-1].body, before[-1])})"] if before else []
        if self.treatment.reading:
            parts.append(f"({self.treatment.reading}. behandling)")
        return " ".join(parts)

    def before(self) -> tuple[Treatment, ...]:
        return self.case.treatments[: self.case.treatments.index(self.treatment)]

    def history(self) -> tuple[EarlierView, ...]:
        """How the case was treated until now, as far as that is known; hearings without a day are one sentence.

        It grows from committee to committee.
        """
        found: list[EarlierView] = []
        heard: list[str] = []
        for item in self.before():
            if item.role is Role.HEARS and item.date is None:
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
            done = "blev hørt om sagen" if treatment.role is Role.HEARS else "sendte et udkast i høring"
            return EarlierView("", (), (f"{body} {done}{when}.",), decision)
        said = (f"{body} behandlede sagen{when}.",) if when and not decision else ()
        return EarlierView(f"{danish.genitive(body)} behandling", self.groups(treatment), said, decision)

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


def _heard(names: list[str]) -> EarlierView:
    return EarlierView("", (), (f"{danish.enumerate(names)} blev hørt om sagen.",), None)


def _annex_view(
    annex: Annex, number: int, profile: CaseProfile, edition: Edition, files: Mapping[str, bytes]
) -> AnnexView:
    counted = annex.file is not None and "{sider}" in profile.annex
    pages = count_pages(files[f"annexes/{annex.file}"]) if counted else None
    return AnnexView(str(annex.id), annex_line(annex, number, profile, edition, pages))
