"""What one body's paper shows: the case as it is for one of its treatments, in one edition."""

from __future__ import annotations

from collections.abc import Sequence

from docgen import danish
from docgen.content.computed import Computed, computed, label
from docgen.content.fields import fields_of
from docgen.content.profile import CaseProfile, Headings, SectionProfile
from docgen.kinds.case import decisions
from docgen.kinds.case.addressing import Addressing
from docgen.kinds.case.annex_lines import annex_view
from docgen.kinds.case.decisions import fill
from docgen.kinds.case.declarations import Declared, declared, read_by_council
from docgen.kinds.case.minutes import decision_view
from docgen.kinds.case.model import HEARING, Point, Treatment, TreatmentRole
from docgen.kinds.case.points import BodyGroup, groups_for, numbers_in
from docgen.kinds.case.route import before, heard_before, onward
from docgen.kinds.case.views import CaseView, DecisionView, EarlierView, GroupView, PointView, SectionView
from docgen.kinds.edition import Edition
from docgen.structs import replace
from docgen.template_values import placed

_RECOMMENDING = (TreatmentRole.RECOMMENDS, TreatmentRole.DECLARES)


def sections_of(profile: CaseProfile, kind: str) -> tuple[SectionProfile, ...]:
    """The sections of a kind of case, in its own order where it has one."""
    own = profile.kinds[kind].sections if kind in profile.kinds else ()
    if own:
        known = {str(section.id): section for section in profile.sections}
        return tuple(known[str(id)] for id in own if str(id) in known)
    return tuple(section for section in profile.sections if not section.kinds or kind in section.kinds)


def in_own_order(sections: tuple[SectionProfile, ...], own: Sequence[str]) -> tuple[SectionProfile, ...]:
    """Sections with those that a body names in its own order, in the places that these have among all."""
    places = [number for number, section in enumerate(sections) if section.id in own]
    moved = sorted((sections[number] for number in places), key=lambda section: own.index(section.id))
    found = list(sections)
    for number, section in zip(places, moved, strict=True):
        found[number] = section
    return tuple(found)


def shown_headings(headings: Headings) -> Headings:
    """The headings of a profile as they are shown, letter by letter: `1. Resume` begins no list."""
    names = [name for name in fields_of(Headings) if getattr(headings, name) is not None]
    return replace(headings, **{name: label(headings, name) for name in names})


class Paper(Addressing):
    """Makes the view of one rendering."""

    def build(self) -> CaseView:
        """The view."""
        case, kind, own = self.case, self.kind, self.treatment
        body = self.name(own.body, own)
        withheld = self.edition is Edition.PUBLIC and case.closed is not None
        senders = self.senders(own)
        said = self.declared(own)
        view = CaseView(
            title=case.title,
            kind=label(kind, "label"),
            recipient=body,
            administrations=computed(danish.enumerate(senders), senders),
            meeting=computed(danish.date(own.date), own.origin_of("date")) if own.date else "",
            date=case.date,
            case_number=case.case_number,
            document_number=case.document_number,
            case_officer=case.case_officer if self.edition is Edition.INTERNAL else None,
            kle=case.kle,
            contact=case.contact,
            withheld=str(case.closed.reason) if withheld and case.closed else None,
            heading=label(kind, "heading") if kind.heading else label(self.profile.headings, "recommendation"),
            movers=self.movers(),
            summary=self.summary(),
            closing="" if withheld or not kind.closing else fill(kind.closing, udvalgets=danish.genitive(body)),
            groups=self.groups(own),
            declaration=said.paragraphs if said else (),
            conditions=self.conditions(),
            note=own.note or "",
            endorsed=self.endorsed(),
            proposer=self.proposer(),
            sections=self.sections(),
            signatures=computed(" / ".join(case.signatures), case.signatures),
            earlier=self.history(),
            history=case.history,
            decision=self.own_decision(),
            annexes=tuple(
                annex_view(annex, number, self.profile, own.body, self.edition, self.content)
                for number, annex in enumerate(case.annexes, 1)
            ),
        )
        return placed(view, case)

    def summary(self) -> str:
        """The body's own summary, the fixed one of declarations, or the case's."""
        own, fixed = self.treatment, self.profile.declarations.summary
        if own.summary is not None and self.case.closed is None:
            return own.summary
        if own.declaration and fixed is not None and self.case.closed is None:
            return fixed
        return self.case.summary or ""

    def movers(self) -> str:
        """Who moved a motion or asked a question, in brackets."""
        if not self.kind.moved or not self.case.moved_by:
            return ""
        names = decisions.party_names(self.case.moved_by, self.profile)
        return computed(fill(self.kind.movers, stillere=names), self.case.origin_of("moved_by"))

    # -- at-points --

    def groups(self, treatment: Treatment) -> tuple[GroupView, ...]:
        """The at-points of a body under their lead-ins, numbered through."""
        groups = groups_for(self.case, treatment)
        numbers = numbers_in(groups)
        return tuple(
            GroupView(self.lead_in(group, treatment), _points(group, numbers), bool(self.kind.at)) for group in groups
        )

    # -- declarations and who recommends --

    def declared(self, treatment: Treatment) -> Declared | None:
        """The declaration of a body, if it makes one."""
        if not treatment.declaration:
            return None
        lead_in = fill(self.profile.lead_ins.declares, **self.words(treatment, self.senders(treatment)))
        special = [self.name(item.body, item) for item in self.recommending(treatment)]
        return declared(treatment, lead_in, self.name(treatment.body, treatment), special, self.profile, self.name)

    def conditions(self) -> tuple[str, ...]:
        """What the council takes for granted: its own conditions, else those of the declaration before it."""
        if self.treatment.role is not TreatmentRole.COUNCIL:
            return ()
        earlier = [item for item in before(self.case, self.treatment) if item.declaration]
        own = self.treatment.conditions
        given = own if own is not None else earlier[-1].declaration if earlier else ()
        special = [self.name(item.body, item) for item in self.recommending(self.treatment)]
        return read_by_council(given, special, self.profile, self.name)

    def endorsed(self) -> tuple[GroupView, ...]:
        """Before the outcome of a body that declares itself: the council's at-points as they are recommended."""
        pattern = self.profile.lead_ins.endorses
        if pattern is None or not self.treatment.declaration or not self.recommending(self.treatment):
            return ()
        council = next((i for i in onward(self.case, self.treatment) if i.role is TreatmentRole.COUNCIL), None)
        groups = groups_for(self.case, council) if council else ()
        words = self.words(self.treatment, self.senders(self.treatment))
        names = [self.name(self.treatment.body, self.treatment)]
        names += [self.name(item.body, item) for item in onward(self.case, self.treatment)]
        lead_in = fill(pattern, **{**words, "videre": danish.enumerate(names)})
        numbers = numbers_in(groups)
        return tuple(GroupView(lead_in, _points(group, numbers)) for group in groups)

    def proposer(self) -> str:
        """Before the council: who recommends it, and the reading, each in brackets."""
        own = self.treatment
        if own.recommended_by:
            known = {str(body.id) for body in self.content.organisation.bodies}
            names: list[str] = [self.name(one, own) if str(one) in known else one for one in own.recommended_by]
            parts, place = [f"({danish.enumerate(names)})"], list(own.recommended_by)
        elif own.role is TreatmentRole.COUNCIL and not self.kind.moved:
            found = (
                self.recommending(own)
                or tuple(item for item in before(self.case, own) if item.role in _RECOMMENDING)[-1:]
            )
            names = [self.name(item.body, item) for item in found]
            parts, place = ([f"({danish.enumerate(names)})"] if names else []), [item.body for item in found]
        else:
            return ""
        if own.reading:
            parts.append(f"({own.reading}. behandling)")
        return computed(" ".join(parts), place, own.origin_of("reading"))

    # -- what became of it --

    def history(self) -> tuple[EarlierView, ...]:
        """How the case was treated until now, as far as that is known; hearings without a day are one sentence.

        It grows by whole steps; a recommendation that several bodies got word by word is shown once.
        """
        found: list[EarlierView] = []
        heard: list[Computed] = []
        shown: list[tuple[GroupView, ...]] = []
        for item in heard_before(self.case, self.treatment):
            if item.role is TreatmentRole.HEARS and item.date is None:
                heard.append(self.name(item.body, item))
                continue
            found += [_heard(heard)] if heard else []
            heard = []
            found.append(self.earlier(item, shown))
        return tuple([*found, _heard(heard)] if heard else found)

    def earlier(self, treatment: Treatment, shown: list[tuple[GroupView, ...]]) -> EarlierView:
        """One body's treatment; `shown` are the recommendations of those before it."""
        body = self.name(treatment.body, treatment)
        decision = self.decision(treatment)
        when = f" den {danish.date(treatment.date)}" if treatment.date else ""
        if treatment.role in HEARING:
            done = "blev hørt om sagen" if treatment.role is TreatmentRole.HEARS else "sendte et udkast i høring"
            return EarlierView("", (), (computed(f"{body} {done}{when}.", treatment.body),), decision)
        said = (computed(f"{body} behandlede sagen{when}.", treatment.body),) if when and not decision else ()
        groups = self.groups(treatment)
        repeated = groups in shown
        shown.append(groups)
        heading = "" if decision else computed(f"{danish.genitive(body)} behandling", treatment.body)
        own = self.declared(treatment)
        declaration = own.paragraphs if own else ()
        movers = self.movers() if groups and not repeated else ""
        return EarlierView(heading, () if repeated else groups, said, decision, declaration, movers)

    def decision(self, treatment: Treatment) -> DecisionView | None:
        """What a body decided, in its words and with the numbers that the at-points have there."""
        if treatment.decision is None:
            return None
        numbers = numbers_in(groups_for(self.case, treatment))
        return decision_view(self.case, treatment, self.profile, self.kind, numbers, self.name, self.council())

    def own_decision(self) -> DecisionView | None:
        """What the body of this paper decided; a line with its day only where the municipality writes one there, or a
        written vote must be told."""
        found = self.decision(self.treatment)
        words = self.profile.words_in(self.treatment.body)
        if found is None or words.own_heading or self.treatment.written:
            return found
        return replace(found, heading="")

    def sections(self) -> tuple[SectionView, ...]:
        """The sections in the order of the profile, with fixed words where one is empty."""
        found = []
        own = self.profile.body(self.treatment.body)
        for section in in_own_order(sections_of(self.profile, str(self.case.kind)), own.sections if own else ()):
            texts = tuple(item.text for item in self.case.sections if item.id == section.id)
            if not texts and section.default is not None and self.case.closed is None:
                texts = (section.default,)
            if texts:
                found.append(SectionView(label(section, "heading"), texts))
        return tuple(found)


def _points(group: BodyGroup, numbers: dict[str, int]) -> tuple[PointView, ...]:
    """The at-points of a group with their numbers; a group is a sentence, and ends with a full stop."""
    last = group.points[-1] if group.points else None
    return tuple(_point(item.point, item.text, numbers[str(item.point.id)], item is last) for item in group.points)


def _point(point: Point, text: str, number: int, is_last: bool) -> PointView:
    inner = tuple(
        _point(sub, sub.text, position, is_last and position == len(point.points))
        for position, sub in enumerate(point.points, 1)
    )
    return placed(PointView(number, text, decisions.point_end(point, text, is_last), inner), point)


def _heard(names: list[Computed]) -> EarlierView:
    return EarlierView("", (), (computed(f"{danish.enumerate(names)} blev hørt om sagen.", names),), None)
