"""Follow-ups on policies: a document for each period; closed cases are named as the edition may."""

from __future__ import annotations

from collections.abc import Mapping

from docgen import danish
from docgen.content.computed import Computed, computed, label, with_place
from docgen.content.content import Content
from docgen.document_id import DocumentId
from docgen.kinds.case import prepare as case_kind
from docgen.kinds.case.model import Case
from docgen.kinds.edition import Edition
from docgen.kinds.follow_up import figures, periods, quotes, report_views
from docgen.kinds.follow_up.indicator_views import IndicatorViews
from docgen.kinds.follow_up.matrix import GAP
from docgen.kinds.follow_up.model import AreaFollowUp, AreaStatus, FollowUp, Progress
from docgen.kinds.follow_up.views import TEMPLATES, AreaView, FollowUpContext, FollowUpView, IndicatorView, ValueView
from docgen.kinds.policy.model import Chapter, FocusArea, Policy, chapter_title
from docgen.kinds.prepared import Chart, Prepared, sentence
from docgen.structs import Struct
from docgen.template_values import Mark, placed

MARKS = {
    AreaStatus.REACHED: ("✓", "good"),
    AreaStatus.ON_THE_WAY: ("→", "good"),
    AreaStatus.AT_RISK: ("!", "warning"),
    AreaStatus.NOT_REACHED: ("×", "bad"),
    AreaStatus.NOT_STARTED: ("–", "neutral"),
    AreaStatus.FINISHED: ("■", "good"),
    AreaStatus.DROPPED: ("÷", "neutral"),
    AreaStatus.UNKNOWN: ("?", "neutral"),
    AreaStatus.MONITORED: ("○", "neutral"),
    AreaStatus.UNFILLED: ("…", "neutral"),
}
"""The sign before each status word, and the tone its colour comes from: never colour alone (WCAG 1.4.1)."""


def prepare_follow_up(content: Content, id: DocumentId, edition: Edition) -> Prepared:
    """A follow-up, ready for its template. Raises KeyError for an unknown id."""
    follow_up = content.all(FollowUp)[id.name]
    policies = tuple(content.all(Policy)[str(name)] for name in follow_up.policies)
    earlier = content.all(FollowUp).get(follow_up.before or "")
    made_of = [id.document, *(DocumentId("policy", str(policy.id)) for policy in policies)]
    made_of += [DocumentId("follow-up", str(earlier.id))] if earlier else []
    for name in dict.fromkeys(str(id) for area in follow_up.areas for id in area.cases):
        made_of += case_kind.made_of(content, name)
    chapters = tuple((policy, chapter) for policy in policies for chapter in policy.chapters)
    return Prepared(
        template=TEMPLATES[content.settings.follow_ups.form],
        context=FollowUpContext(
            report=_Views(content, follow_up, earlier, chapters, edition).report(),
            municipality=content.settings.municipality,
            status=computed(sentence(follow_up.status), follow_up.origin_of("status")),
            version=label(follow_up, "version"),
            date=with_place(follow_up.date, follow_up.origin_of("date")),
        ),
        written=follow_up,
        title=str(follow_up.title),
        subject=str(quotes.verdict(follow_up)),
        version=str(follow_up.version),
        status=follow_up.status,
        date=follow_up.date,
        keywords=tuple(str(chapter_title(value, policy, content.settings)) for policy, value in chapters),
        made_of=tuple(made_of),
        citations=quotes.figures(follow_up),
        charts=_charts(content, follow_up),
    )


def _charts(content: Content, follow_up: FollowUp) -> dict[str, Chart]:
    """What is to be drawn, by the path that a template calls it; in the earlier form two points are drawn, too."""
    fewest = figures.FEWEST if content.settings.follow_ups.form == "matrix" else 2
    found = ((item, figures.chart_of(content, item, follow_up, fewest)) for item in follow_up.indicators)
    return {f"charts/{item.id}.svg": chart for item, chart in found if chart is not None}


def _name(content: Content, id: str, follow_up: FollowUp) -> Computed:
    return label(content.organisation.body(id, follow_up.date), "name")


class _Views(Struct, frozen=True):
    """Makes the view of one follow-up."""

    content: Content
    follow_up: FollowUp
    before: FollowUp | None
    chapters: tuple[tuple[Policy, Chapter], ...]
    edition: Edition

    def report(self) -> FollowUpView:
        own = self.follow_up
        made = IndicatorViews(self.content, own)
        indicators = {str(item.id): made.view(item) for item in own.indicators}
        known = {str(area.id): area for _, chapter in self.chapters for area in chapter.focus_areas}
        areas = {str(item.area): item for item in own.areas}
        before = self.before
        view = FollowUpView(
            title=own.title,
            year=computed(periods.words(own.year), own.origin_of("year")),
            earlier_year=self._earlier_year(),
            has_earlier=before is not None,
            has_progress=any(area.progress is not Progress.NOT_ASSESSED for area in own.areas),
            policy=self._policy(),
            verdict=own.verdict,
            summary=own.summary,
            mandate=own.mandate,
            finance=own.finance or "",
            next_steps=own.next_steps or "",
            method=own.method,
            values=tuple(self.value(policy, value, areas, indicators) for policy, value in self.chapters),
            goals=tuple(indicators[str(item.id)] for item in own.indicators if item.target),
            monitored=tuple(indicators[str(item.id)] for item in own.indicators if not item.target),
            indicators=tuple(indicators.values()),
            counts=self._counts(),
            same_as_before=self._same_as_before(),
            has_quiet=any(area.status is AreaStatus.UNKNOWN for area in own.areas),
            policy_period=self._closed_period() if own.closing else "",
            actions=report_views.actions_of(self.content, own, known),
            action_counts=report_views.action_counts(own),
            recommendations=report_views.recommendations_of(self.content, own),
            risks=report_views.risks_of(own),
            economy=report_views.economy_of(own.economy) if own.economy is not None else None,
            boxes=report_views.stories_of(own, None),
        )
        return placed(view, own)

    def _earlier_year(self) -> Computed:
        own, before = self.follow_up, self.before
        if before is None:
            return computed(periods.words(periods.before(own.year)), own.origin_of("year"))
        return computed(periods.words(before.year), before.origin_of("year"))

    def _policy(self) -> str:
        titles = list(dict.fromkeys(policy.title for policy, _ in self.chapters))
        return titles[0] if len(titles) == 1 else computed(danish.enumerate(titles), titles[0])

    def _closed_period(self) -> str:
        policies = list(dict.fromkeys((policy.period.first, policy.period.last) for policy, _ in self.chapters))
        return computed(
            danish.enumerate(danish.period(*years) for years in policies), self.follow_up.origin_of("closing")
        )

    def _same_as_before(self) -> bool:
        if self.before is None:
            return False
        old = {str(item.area): item.status for item in self.before.areas}
        return all(old.get(str(area.area)) is area.status for area in self.follow_up.areas)

    def _counts(self) -> Computed:
        """`30 indsatsområder: 1 nået, 3 monitoreres uden mål og 26 kan ikke opgøres`"""
        areas = self.follow_up.areas
        statuses = [area.status for area in areas]
        counts = danish.enumerate(f"{statuses.count(status)} {status}" for status in AreaStatus if status in statuses)
        words = f"{len(areas)} indsatsområde{'' if len(areas) == 1 else 'r'}: {counts}"
        return computed(words, self.follow_up.origin_of("areas"))

    def value(
        self, policy: Policy, value: Chapter, areas: Mapping[str, AreaFollowUp], indicators: Mapping[str, IndicatorView]
    ) -> ValueView:
        shown = tuple(self.area(area, areas[str(area.id)]) for area in value.focus_areas)
        statuses = [areas[str(area.id)].status for area in value.focus_areas]
        count = danish.enumerate(f"{statuses.count(status)} {status}" for status in AreaStatus if status in statuses)
        return ValueView(
            id=str(value.id),
            title=chapter_title(value, policy, self.content.settings),
            count=computed(count, [areas[str(area.id)].origin_of("status") for area in value.focus_areas]),
            areas=shown,
            told=tuple(area for area in shown if area.done or area.under_way or area.next_year or area.cases),
            indicators=tuple(
                indicators[str(item.id)] for item in self.follow_up.indicators if str(item.value) == str(value.id)
            ),
            boxes=report_views.stories_of(self.follow_up, str(value.id)),
        )

    def area(self, area: FocusArea, item: AreaFollowUp) -> AreaView:
        old = {str(earlier.area): earlier for earlier in self.before.areas} if self.before else {}
        earlier = old.get(str(area.id))
        view = AreaView(
            id=str(area.id),
            lead=computed(str(area.lead).rstrip("."), area.lead),
            status=mark(item),
            earlier=computed(str(earlier.status), earlier.origin_of("status")) if earlier else "–",
            progress=str(item.progress),
            responsible=_name(self.content, item.responsible, self.follow_up) if item.responsible else "",
            done=item.done or "",
            under_way=item.under_way or "",
            next_year=item.next_year or "",
            cases=tuple(label(self.content.all(Case)[str(id)], "title") for id in item.cases),
            quiet=mark(item) if item.status is not AreaStatus.UNKNOWN else computed(GAP, item.origin_of("status")),
            quiet_earlier=GAP if earlier is None or earlier.status is AreaStatus.UNKNOWN else mark(earlier),
            reason=item.reason or "",
        )
        return placed(view, item)


def mark(item: AreaFollowUp) -> Mark:
    """A focus area's status as it is shown: sign, word and tone."""
    sign, tone = MARKS[item.status]
    return Mark(f"{sign} {item.status}", tone, item.origin_of("status"))
