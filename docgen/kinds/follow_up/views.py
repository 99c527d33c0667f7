"""What a follow-up shows its template."""

from __future__ import annotations

from docgen.templating import View


class AreaView(View, frozen=True):
    """A focus area with its status; texts are empty where nothing is told."""

    id: str
    lead: str
    status: str
    earlier: str
    progress: str
    responsible: str
    done: str
    under_way: str
    next_year: str
    cases: tuple[str, ...]


class SourceView(View, frozen=True):
    """Where the figures of some years come from."""

    years: str
    text: str


class RowView(View, frozen=True):
    """A row of a table: a label and a figure."""

    label: str
    figure: str


class BreakdownView(View, frozen=True):
    """A year's figure by parts or by administration; `total` is empty where there is no sum."""

    year: int
    rows: tuple[RowView, ...]
    total: str


class IndicatorView(View, frozen=True):
    """An indicator with its figures in words."""

    id: str
    title: str
    definition: str
    base: str
    unit_head: str
    target: str
    baseline: str
    present: str
    attainment: str
    development: str
    changed: str
    notes: tuple[SourceView, ...]
    note: str
    series: tuple[RowView, ...]
    parts: tuple[BreakdownView, ...]
    administrations: tuple[BreakdownView, ...]
    sources: tuple[SourceView, ...]
    has_chart: bool
    chart_alt: str
    chart_caption: str


class ValueView(View, frozen=True):
    """One of the policy's values: its areas, those with something to tell, and its indicators."""

    id: str
    title: str
    count: str
    areas: tuple[AreaView, ...]
    told: tuple[AreaView, ...]
    indicators: tuple[IndicatorView, ...]


class FollowUpView(View, frozen=True):
    """What the template of a follow-up sees."""

    title: str
    year: int
    earlier_year: int
    has_earlier: bool
    has_progress: bool
    policy: str
    verdict: str
    summary: str
    mandate: str
    finance: str
    next_steps: str
    method: str
    values: tuple[ValueView, ...]
    goals: tuple[IndicatorView, ...]
    monitored: tuple[IndicatorView, ...]
    indicators: tuple[IndicatorView, ...]
