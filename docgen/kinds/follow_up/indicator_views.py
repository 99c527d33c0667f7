"""What a template sees of an indicator: its figures in words, in tables, and what is drawn of it."""

from __future__ import annotations

from collections.abc import Hashable

from docgen import danish
from docgen.content.computed import Computed, computed, label
from docgen.content.content import Content
from docgen.content.fields import lines_and_columns
from docgen.content.scalar import place_of
from docgen.kinds.follow_up import figures, periods, quotes
from docgen.kinds.follow_up.indicator_model import Indicator, Measure, YearFigure
from docgen.kinds.follow_up.matrix import GAP, Tables
from docgen.kinds.follow_up.model import FollowUp
from docgen.kinds.follow_up.plan import Standing, assess, decimals
from docgen.kinds.follow_up.sentences import Sentences, told, unit_head
from docgen.kinds.follow_up.views import BreakdownView, ComparisonView, IndicatorView, RowView, SourceView
from docgen.remembering import Same, remembered
from docgen.structs import Struct
from docgen.template_values import Mark, placed

_STANDINGS = {
    Standing.REACHED: ("✓", "good"),
    Standing.MISSED: ("×", "bad"),
    Standing.AHEAD: ("→", "good"),
    Standing.ON_PLAN: ("→", "good"),
    Standing.BEHIND: ("!", "warning"),
    Standing.NOT_YET: ("○", "neutral"),
}


class IndicatorViews(Struct, frozen=True):
    """Makes the views of the indicators of one follow-up."""

    content: Content
    follow_up: FollowUp

    def view(self, item: Indicator) -> IndicatorView:
        """Everything that a template may say of an indicator."""
        return _view(self, item)

    def made_of(self, item: Indicator) -> tuple[Hashable, ...]:
        """All that the view of an indicator depends on: what it says and where, the period and the day of its report,
        and the names of those who are named."""
        own, name = self.follow_up, self.content.settings.municipality.name
        places = (item.origin, *lines_and_columns(item))
        return (item, places, own.year, own.date, Same(self.content.organisation), str(name), place_of(name))

    def made(self, item: Indicator) -> IndicatorView:
        """As `view`, made anew."""
        places, unit, year = decimals(item), str(item.unit), self.follow_up.year
        present = item.figure(year)
        baseline = None if item.baseline_year is None else item.figure(item.baseline_year)
        head = unit_head(unit) + (f" ({item.price_level})" if item.price_level else "")
        view = IndicatorView(
            id=str(item.id),
            title=item.title,
            definition=item.definition,
            base=item.base,
            unit_head=computed(head, item.unit),
            target=self._target(item),
            baseline=GAP if baseline is None else _with_year(baseline, unit, places),
            present=GAP if present is None else quotes.with_unit(present, unit, places),
            attainment=self._attainment(item),
            development=quotes.development(item),
            changed=item.changed or "",
            notes=tuple(SourceView(_year(figure), figure.note) for figure in item.series if figure.note),
            note=item.note or "",
            series=tuple(RowView(_year(figure), quotes.plain(figure, places)) for figure in item.series),
            parts=tuple(self._by_parts(figure, places) for figure in item.series if figure.parts),
            administrations=tuple(self._by_body(figure, places) for figure in item.series if figure.by_administration),
            sources=_sources(item),
            has_chart=figures.chart_of(self.content, item, self.follow_up, fewest=2) is not None,
            chart_alt=computed(self._alt(item, places), item.origin_of("series")),
            chart_caption=label(item, "title"),
            told=told(item, year),
            goal="" if item.target is None else computed(Sentences(item).target(item.target), item.target.origin),
            begin=_begin(item, places),
            standing=_standing(item, year),
            tables=Tables(self.content, self.follow_up, item).made(),
            comparisons=tuple(
                placed(ComparisonView(label(other, "label"), other.source), other) for other in item.comparisons
            ),
            has_figure=figures.chart_of(self.content, item, self.follow_up, figures.FEWEST) is not None,
            figure_alt=figures.alternative(self.content, item, self.follow_up),
            figure_caption=figures.caption(item),
        )
        return placed(view, item)

    def _attainment(self, item: Indicator) -> str:
        year = self.follow_up.year
        reached = item.reached(year)
        if item.target is not None and reached is False and periods.end(item.target.year) > periods.end(year):
            return f"Målet er endnu ikke nået (frist {item.target.year})"
        return "Ikke opgjort" if reached is None else "Målet er nået" if reached else "Målet er ikke nået"

    def _by_parts(self, figure: YearFigure, places: int) -> BreakdownView:
        rows = tuple(RowView(part.label, quotes.plain(part, places)) for part in figure.parts)
        return placed(BreakdownView(_year(figure), rows, quotes.plain(figure, places)), figure)

    def _by_body(self, figure: YearFigure, places: int) -> BreakdownView:
        units = figures.units_of(self.content, figure, self.follow_up)
        rows = tuple(RowView(unit.name, quotes.plain(unit.of, places)) for unit in units)
        return placed(BreakdownView(_year(figure), rows, ""), figure)

    def _target(self, item: Indicator) -> str:
        if item.target is None:
            return "Uden mål"
        if item.target.to is not None or item.target.yearly:
            return computed(Sentences(item).target(item.target), item.target.origin_of("value"))
        word = "mindst" if item.target.direction == "at-least" else "højst"
        words = f"{word} {quotes.with_unit(item.target, item.unit)} i {item.target.year}"
        return computed(words, item.target.origin_of("value"))

    def _alt(self, item: Indicator, places: int) -> str:
        """The chart in words, from the same figures (WCAG 1.1.1)."""
        goal = "" if item.target is None else f" Målet er {self._target(item)}."
        latest = figures.latest_units(item)
        if item.chart == "bars" and latest is not None:
            rows = danish.enumerate(
                f"{unit.name} {quotes.with_unit(unit.of, item.unit, places)}"
                for unit in figures.units_of(self.content, latest, self.follow_up)
            )
            return f"Søjler. {item.title} i {periods.words(latest.year)}: {rows}.{goal}"
        return f"Kurve over år. {item.title} {quotes.development(item)}.{goal}"


@remembered(512, lambda views, item: views.made_of(item))
def _view(views: IndicatorViews, item: Indicator) -> IndicatorView:
    return views.made(item)


def _standing(item: Indicator, year: int | str) -> str:
    """Where the latest figure is on the way to the target; the period beside it where that is an earlier one."""
    found = assess(item, year)
    if found is None:
        return computed(GAP, item.origin)
    sign, tone = _STANDINGS[found.standing]
    when = "" if found.figure.year == year else f" i {periods.words(found.figure.year)}"
    return Mark(f"{sign} {found.standing}{when}", tone, found.figure.origin_of("value"))


def _begin(item: Indicator, places: int) -> str:
    """`30,0 pct. (2021)`, and of a change, which is nothing there, `2021`."""
    if item.baseline_year is None:
        return computed(GAP, item.origin)
    place, when = item.origin_of("baseline_year"), periods.words(item.baseline_year)
    figure = item.figure(item.baseline_year)
    if item.measure is Measure.CHANGE or figure is None or figure.value is None:
        return computed(when, place)
    return computed(f"{Sentences(item).figure(figure.value)} ({when})", figure.origin_of("value"))


def _year(figure: YearFigure) -> Computed:
    return computed(periods.words(figure.year), figure.origin_of("year"))


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


def _with_year(figure: YearFigure, unit: str, places: int) -> Computed:
    """`2 pct. (2017)`"""
    words = quotes.with_unit(figure, unit, places)
    return computed(f"{words} ({periods.words(figure.year)})", words)
