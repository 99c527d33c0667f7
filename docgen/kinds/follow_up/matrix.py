"""An indicator's figures as tables: a row for each part or unit, a column for each period, the whole in the last row.

A table has at most some columns; a longer series is several tables, and one without rows of its own stands upright.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from docgen.content.computed import Computed, computed, label
from docgen.content.content import Content
from docgen.kinds.follow_up import periods
from docgen.kinds.follow_up.figures import units_of
from docgen.kinds.follow_up.indicator_model import Indicator, YearFigure
from docgen.kinds.follow_up.model import FollowUp
from docgen.kinds.follow_up.plan import decimals
from docgen.kinds.follow_up.quotes import Valued, plain
from docgen.kinds.follow_up.sentences import unit_head
from docgen.kinds.follow_up.sums import whole_of
from docgen.kinds.follow_up.views import TableRowView, TableView
from docgen.structs import Struct

MOST_YEARS, MOST_PERIODS = 8, 5
"""The most columns of a table: of years, and of periods with longer names."""
GAP = "–"
_WHOLE = {"sum": "I alt", "mean": "Gennemsnit"}


class _Row(Struct, frozen=True):
    name: Computed
    figures: Mapping[int | str, Valued]
    is_whole: bool = False


class Tables(Struct, frozen=True):
    """Makes the tables of one indicator."""

    content: Content
    follow_up: FollowUp
    indicator: Indicator

    def made(self) -> tuple[TableView, ...]:
        """All of them, in order: parts, units, or else the figures alone; then the comparison."""
        own = self.indicator
        when = [figure.year for figure in own.series]
        found: list[TableView] = []
        if any(figure.parts for figure in own.series):
            found += self._tables(f"{own.title}, fordelt", "Del", (*self._parts(), self._whole("I alt")), when)
        if any(figure.by_administration or figure.by_unit for figure in own.series):
            head = "Forvaltning" if any(figure.by_administration for figure in own.series) else str(own.units.head)
            rows = (*self._units(), self._whole(_WHOLE.get(whole_of(own), "Samlet")))
            found += self._tables(f"{own.title} efter {_small(head)}", head, rows, when)
        if not found and not own.comparisons and any(figure.value is not None for figure in own.series):
            rows = (_Row(label(own, "title"), {figure.year: figure for figure in own.series}),)
            found += self._tables(str(own.title), "", rows, when)
        if own.comparisons:
            found += self._compared()
        return tuple(found)

    def _compared(self) -> Iterator[TableView]:
        """The municipality's own figures above those of others, in all the periods that one of them has."""
        own = self.indicator
        name = computed(str(self.content.settings.municipality.name), own.title)
        rows = [_Row(name, {figure.year: figure for figure in own.series})]
        rows += [
            _Row(label(other, "label"), {figure.year: figure for figure in other.series}) for other in own.comparisons
        ]
        when = sorted({year for row in rows for year in row.figures}, key=periods.order)
        yield from self._tables(f"{own.title}, sammenlignet med andre", "Kommune", tuple(rows), when)

    def _whole(self, name: str) -> _Row:
        series = self.indicator.series
        return _Row(computed(name, series[0].origin_of("value")), {figure.year: figure for figure in series}, True)

    def _parts(self) -> Iterator[_Row]:
        found: dict[str, tuple[Computed, dict[int | str, Valued]]] = {}
        for figure in self.indicator.series:
            for part in figure.parts:
                found.setdefault(str(part.label), (label(part, "label"), {}))[1][figure.year] = part
        yield from (_Row(name, figures) for name, figures in found.values())

    def _units(self) -> Iterator[_Row]:
        found: dict[str, tuple[Computed, dict[int | str, Valued]]] = {}
        for figure in self.indicator.series:
            for unit in units_of(self.content, figure, self.follow_up):
                found.setdefault(str(unit.name), (unit.name, {}))[1][figure.year] = unit.of
        yield from (_Row(name, figures) for name, figures in found.values())

    def _tables(self, name: str, head: str, rows: Sequence[_Row], when: Sequence[int | str]) -> Iterator[TableView]:
        most = MOST_YEARS if all(isinstance(period, int) for period in when) else MOST_PERIODS
        if len(rows) == 1 and len(when) > most:
            yield self._upright(name, rows[0], when)
            return
        for start in range(0, len(when), most):
            some = when[start : start + most]
            span = "" if len(when) <= most else f", {periods.span(some[0], some[-1])}"
            yield self._table(f"{name}{span}", head, rows, some)

    def _table(self, name: str, head: str, rows: Sequence[_Row], when: Sequence[int | str]) -> TableView:
        shown = tuple(
            TableRowView(row.name, tuple(self._cell(row, period) for period in when), row.is_whole) for row in rows
        )
        heads = tuple(self._when(period) for period in when)
        return self._view(name, head, heads, shown)

    def _upright(self, name: str, row: _Row, when: Sequence[int | str]) -> TableView:
        shown = tuple(TableRowView(self._when(period), (self._cell(row, period),)) for period in when)
        return self._view(name, "Periode", (self._unit(),), shown)

    def _view(self, name: str, head: str, heads: tuple[Computed, ...], rows: tuple[TableRowView, ...]) -> TableView:
        own, place = self.indicator, self.indicator.origin_of("series")
        unit = self._unit()
        caption = computed(name if str(unit) in map(str, heads) else f"{name} ({_small(unit)})", own.title)
        notes = []
        if any(figure.rounded for figure in own.series) and len(rows) > 1:
            notes.append(computed("Delene er afrundet, så summen kan afvige på det sidste ciffer.", place))
        return TableView(caption, computed(head or str(unit), own.title), heads, rows, tuple(notes))

    def _unit(self) -> Computed:
        own = self.indicator
        level = f", {own.price_level}" if own.price_level else ""
        return computed(f"{unit_head(str(own.unit))}{level}", own.unit)

    def _when(self, period: int | str) -> Computed:
        figure = self.indicator.figure(period)
        ahead = " (ventet)" if figure is not None and figure.forecast else ""
        words = f"{periods.words(period)}{ahead}"
        return computed(words, self.indicator.origin_of("series") if figure is None else figure.origin_of("year"))

    def _cell(self, row: _Row, period: int | str) -> Computed:
        figure = row.figures.get(period)
        if figure is None or figure.value is None:
            return computed(GAP, self.indicator.origin_of("series") if figure is None else figure.origin_of("value"))
        places = decimals(self.indicator)
        words = plain(figure, places)
        if isinstance(figure, YearFigure) and figure.to is not None:
            return computed(f"{words}-{plain(_End(figure), places)}", words)
        return words


class _End:
    """The greater end of a range, as a figure."""

    def __init__(self, figure: YearFigure) -> None:
        self.value, self.origin_of = figure.to, figure.origin_of


def _small(words: str) -> str:
    """A head inside a caption: `Pct.` is `pct.` there, and `kWh/m²` and `CO2e` are as they are."""
    first = words.split()[0] if words.split() else ""
    small = words[:1].lower() + words[1:]
    return small if unit_head(small) == words or first[1:].islower() else words
