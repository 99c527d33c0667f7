"""Follow-ups on a policy: a document for each year; closed cases are named as the edition may."""

from __future__ import annotations

from collections.abc import Mapping

from docgen import danish
from docgen.content.computed import Computed, computed, label, with_place
from docgen.content.content import Content
from docgen.document_id import DocumentId
from docgen.kinds.case import prepare as case_kind
from docgen.kinds.case.model import Case
from docgen.kinds.edition import Edition
from docgen.kinds.follow_up import quotes
from docgen.kinds.follow_up.model import AreaFollowUp, AreaStatus, FollowUp, Indicator, Progress, YearFigure
from docgen.kinds.follow_up.views import (
    AreaView,
    BreakdownView,
    FollowUpContext,
    FollowUpView,
    IndicatorView,
    RowView,
    SourceView,
    ValueView,
)
from docgen.kinds.policy.model import Chapter, FocusArea, Policy, chapter_title
from docgen.kinds.prepared import Chart, Prepared, sentence
from docgen.structs import Struct
from docgen.templating import Mark, placed

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
    policy = content.all(Policy)[str(follow_up.policy)]
    earlier = content.all(FollowUp).get(str(follow_up.year - 1))
    made_of = [id.document, DocumentId("policy", str(policy.id))]
    made_of += [DocumentId("follow-up", str(earlier.id))] if earlier else []
    for name in dict.fromkeys(str(id) for area in follow_up.areas for id in area.cases):
        made_of += case_kind.made_of(content, name)
    return Prepared(
        template="follow_up.md.j2",
        context=FollowUpContext(
            report=_Views(content, follow_up, earlier, policy, edition).report(),
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
        keywords=tuple(str(chapter_title(value, policy, content.settings)) for value in policy.chapters),
        made_of=tuple(made_of),
        citations=quotes.figures(follow_up),
        charts={
            f"charts/{item.id}.svg": chart
            for item in follow_up.indicators
            if (chart := _chart(content, item, follow_up))
        },
    )


def _name(content: Content, id: str, follow_up: FollowUp) -> Computed:
    return label(content.organisation.body(id, follow_up.date), "name")


def _year(figure: YearFigure | FollowUp) -> Computed:
    return computed(str(figure.year), figure.origin_of("year"))


def _chart(content: Content, indicator: Indicator, follow_up: FollowUp) -> Chart | None:
    """What is to be drawn of an indicator, where the author asks for it and there are figures for it."""
    target = None if indicator.target is None else float(indicator.target.value)
    places = quotes.decimals(indicator)
    if indicator.chart == "line":
        points = [(str(figure.year), figure.value) for figure in indicator.series]
    elif indicator.chart == "bars" and (latest := _latest(indicator)):
        points = [(str(_name(content, item.body, follow_up)), item.value) for item in latest.by_administration]
    else:
        return None
    if sum(value is not None for _, value in points) < 2:
        return None
    values = tuple((label, None if value is None else float(value)) for label, value in points)
    labels = tuple("" if value is None else danish.number(value, places) for _, value in points)
    target_label = "" if indicator.target is None else f"Mål: {danish.number(indicator.target.value)}"
    return Chart(indicator.chart, values, labels, str(indicator.unit), target, target_label)


def _latest(indicator: Indicator) -> YearFigure | None:
    return next((figure for figure in reversed(indicator.series) if figure.by_administration), None)


class _Views(Struct, frozen=True):
    """Makes the view of one follow-up."""

    content: Content
    follow_up: FollowUp
    before: FollowUp | None
    policy: Policy
    edition: Edition

    def report(self) -> FollowUpView:
        own = self.follow_up
        indicators = {str(item.id): self.indicator(item) for item in own.indicators}
        areas = {str(item.area): item for item in own.areas}
        before = self.before
        view = FollowUpView(
            title=own.title,
            year=own.year,
            earlier_year=with_place(before.year, before.origin_of("year")) if before else own.year - 1,
            has_earlier=before is not None,
            has_progress=any(area.progress is not Progress.NOT_ASSESSED for area in own.areas),
            policy=self.policy.title,
            verdict=own.verdict,
            summary=own.summary,
            mandate=own.mandate,
            finance=own.finance or "",
            next_steps=own.next_steps or "",
            method=own.method,
            values=tuple(self.value(value, areas, indicators) for value in self.policy.chapters),
            goals=tuple(indicators[str(item.id)] for item in own.indicators if item.target),
            monitored=tuple(indicators[str(item.id)] for item in own.indicators if not item.target),
            indicators=tuple(indicators.values()),
        )
        return placed(view, own)

    def value(
        self, value: Chapter, areas: Mapping[str, AreaFollowUp], indicators: Mapping[str, IndicatorView]
    ) -> ValueView:
        shown = tuple(self.area(area, areas[str(area.id)]) for area in value.focus_areas)
        statuses = [areas[str(area.id)].status for area in value.focus_areas]
        count = danish.enumerate(f"{statuses.count(status)} {status}" for status in AreaStatus if status in statuses)
        return ValueView(
            id=str(value.id),
            title=chapter_title(value, self.policy, self.content.settings),
            count=computed(count, [areas[str(area.id)].origin_of("status") for area in value.focus_areas]),
            areas=shown,
            told=tuple(area for area in shown if area.done or area.under_way or area.next_year or area.cases),
            indicators=tuple(
                indicators[str(item.id)] for item in self.follow_up.indicators if str(item.value) == str(value.id)
            ),
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
        )
        return placed(view, item)

    def indicator(self, item: Indicator) -> IndicatorView:
        places = quotes.decimals(item)
        year = self.follow_up.year
        present, unit = item.figure(year), str(item.unit)
        baseline = None if item.baseline_year is None else item.figure(item.baseline_year)
        reached = item.reached(year)
        attainment = "Ikke opgjort" if reached is None else "Målet er nået" if reached else "Målet er ikke nået"
        if item.target is not None and reached is False and item.target.year > year:
            attainment = f"Målet er endnu ikke nået (frist {item.target.year})"
        head = sentence(unit) + (f" ({item.price_level})" if item.price_level else "")
        view = IndicatorView(
            id=str(item.id),
            title=item.title,
            definition=item.definition,
            base=item.base,
            unit_head=computed(head, item.unit),
            target=self._target(item),
            baseline="–" if baseline is None else _with_year(baseline, unit, places),
            present="–" if present is None else quotes.with_unit(present, unit, places),
            attainment=attainment,
            development=quotes.development(item),
            changed=item.changed or "",
            notes=tuple(SourceView(_year(figure), figure.note) for figure in item.series if figure.note),
            note=item.note or "",
            series=tuple(RowView(_year(figure), quotes.plain(figure, places)) for figure in item.series),
            parts=tuple(self.by_parts(figure, places) for figure in item.series if figure.parts),
            administrations=tuple(self.by_body(figure, places) for figure in item.series if figure.by_administration),
            sources=_sources(item),
            has_chart=_chart(self.content, item, self.follow_up) is not None,
            chart_alt=computed(self._alt(item, places), item.origin_of("series")),
            chart_caption=label(item, "title"),
        )
        return placed(view, item)

    def by_parts(self, figure: YearFigure, places: int) -> BreakdownView:
        rows = tuple(RowView(part.label, quotes.plain(part, places)) for part in figure.parts)
        return placed(BreakdownView(figure.year, rows, quotes.plain(figure, places)), figure)

    def by_body(self, figure: YearFigure, places: int) -> BreakdownView:
        rows = tuple(
            RowView(_name(self.content, row.body, self.follow_up), quotes.plain(row, places))
            for row in figure.by_administration
        )
        return placed(BreakdownView(figure.year, rows, ""), figure)

    def _target(self, item: Indicator) -> str:
        if item.target is None:
            return "Uden mål"
        word = "mindst" if item.target.direction == "at-least" else "højst"
        words = f"{word} {quotes.with_unit(item.target, item.unit)} i {item.target.year}"
        return computed(words, item.target.origin_of("value"))

    def _alt(self, item: Indicator, places: int) -> str:
        """The chart in words, from the same figures (WCAG 1.1.1)."""
        goal = "" if item.target is None else f" Målet er {self._target(item)}."
        latest = _latest(item)
        if item.chart == "bars" and latest is not None:
            rows = danish.enumerate(
                f"{_name(self.content, row.body, self.follow_up)} {quotes.with_unit(row, item.unit, places)}"
                for row in latest.by_administration
            )
            return f"Søjler. {item.title} i {latest.year}: {rows}.{goal}"
        return f"Kurve over år. {item.title} {quotes.development(item)}.{goal}"


def _sources(item: Indicator) -> tuple[SourceView, ...]:
    """Each source once, with the years that it is the source of."""
    found: dict[str, list[YearFigure]] = {}
    for figure in item.series:
        if figure.source:
            found.setdefault(str(figure.source), []).append(figure)
    return tuple(
        SourceView(computed(danish.enumerate(map(_year, same)), same[0].origin_of("year")), same[0].source or "")
        for same in found.values()
    )


def mark(item: AreaFollowUp) -> Mark:
    """A focus area's status as it is shown: sign, word and tone."""
    sign, tone = MARKS[item.status]
    return Mark(f"{sign} {item.status}", tone, item.origin_of("status"))


def _with_year(figure: YearFigure, unit: str, places: int) -> Computed:
    """`2 pct. (2017)`"""
    words = quotes.with_unit(figure, unit, places)
    return computed(f"{words} ({figure.year})", words)
