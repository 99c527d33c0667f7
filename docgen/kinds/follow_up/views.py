"""What a follow-up shows its template."""

from __future__ import annotations

import datetime
from typing import Annotated

from docgen.kinds.prepared import Context
from docgen.templating import View


class AreaView(View, frozen=True):
    """A focus area with its status; texts are empty where nothing is told."""

    id: Annotated[str, "Indsatsområdets id"]
    lead: Annotated[str, "Indsatsområdet i få ord"]
    status: Annotated[str, "Status med sit tegn"]
    earlier: Annotated[str, "Status året før; en streg, hvis den ikke kendes"]
    progress: Annotated[str, "Retningen siden året før"]
    responsible: Annotated[str, "Den ansvarlige forvaltning"]
    done: Annotated[str, "Hvad der er gjort"]
    under_way: Annotated[str, "Hvad der er i gang"]
    next_year: Annotated[str, "Hvad der sker næste år"]
    cases: Annotated[tuple[str, ...], "Sagernes titler"]


class SourceView(View, frozen=True):
    """Where the figures of some years come from."""

    years: Annotated[str, "Årene, det gælder"]
    text: Annotated[str, "Teksten"]


class RowView(View, frozen=True):
    """A row of a table: a label and a figure."""

    label: Annotated[str, "Rækkens navn"]
    figure: Annotated[str, "Tallet, som det skrives"]


class BreakdownView(View, frozen=True):
    """A year's figure by parts or by administration; `total` is empty where there is no sum."""

    year: Annotated[int, "Året"]
    rows: Annotated[tuple[RowView, ...], "Rækkerne"]
    total: Annotated[str, "Summen; tom, hvor der ingen er"]


class IndicatorView(View, frozen=True):
    """An indicator with its figures in words."""

    id: Annotated[str, "Indikatorens id"]
    title: Annotated[str, "Indikatorens navn"]
    definition: Annotated[str, "Hvad der tælles"]
    base: Annotated[str, "Hvem eller hvad det tælles for"]
    unit_head: Annotated[str, "Enheden, til en kolonnes hoved"]
    target: Annotated[str, "Målet i ord"]
    baseline: Annotated[str, "Tallet i udgangsåret"]
    present: Annotated[str, "Årets tal"]
    attainment: Annotated[str, "Om målet er nået"]
    development: Annotated[str, "Udviklingen i en sætning"]
    changed: Annotated[str, "Hvad der er ændret i opgørelsen"]
    notes: Annotated[tuple[SourceView, ...], "Noter til enkelte år"]
    note: Annotated[str, "Noten til hele rækken"]
    series: Annotated[tuple[RowView, ...], "Tallene år for år"]
    parts: Annotated[tuple[BreakdownView, ...], "Tallene fordelt på dele"]
    administrations: Annotated[tuple[BreakdownView, ...], "Tallene fordelt på forvaltninger"]
    sources: Annotated[tuple[SourceView, ...], "Kilderne med deres år"]
    has_chart: Annotated[bool, "Om der er en figur"]
    chart_alt: Annotated[str, "Figuren i ord"]
    chart_caption: Annotated[str, "Figurens tekst"]


class ValueView(View, frozen=True):
    """One of the policy's values: its areas, those with something to tell, and its indicators."""

    id: Annotated[str, "Værdiens id"]
    title: Annotated[str, "Værdiens navn"]
    count: Annotated[str, "Hvor mange indsatsområder der har hver status"]
    areas: Annotated[tuple[AreaView, ...], "Indsatsområderne"]
    told: Annotated[tuple[AreaView, ...], "De indsatsområder, der er fortalt om"]
    indicators: Annotated[tuple[IndicatorView, ...], "Værdiens indikatorer"]


class FollowUpView(View, frozen=True):
    """What the template of a follow-up sees."""

    title: Annotated[str, "Rapportens titel"]
    year: Annotated[int, "Året, der følges op på"]
    earlier_year: Annotated[int, "Året før"]
    has_earlier: Annotated[bool, "Om der er en opfølgning fra året før"]
    has_progress: Annotated[bool, "Om retningen er vurderet for noget område"]
    policy: Annotated[str, "Politikkens titel"]
    verdict: Annotated[str, "Konklusionen i én sætning"]
    summary: Annotated[str, "Sammenfatningen"]
    mandate: Annotated[str, "Baggrunden"]
    finance: Annotated[str, "Økonomien"]
    next_steps: Annotated[str, "Den videre proces"]
    method: Annotated[str, "Metoden"]
    values: Annotated[tuple[ValueView, ...], "Politikkens værdier"]
    goals: Annotated[tuple[IndicatorView, ...], "Indikatorerne med mål"]
    monitored: Annotated[tuple[IndicatorView, ...], "Indikatorerne uden mål"]
    indicators: Annotated[tuple[IndicatorView, ...], "Alle indikatorer"]


class FollowUpContext(Context, frozen=True, kw_only=True):
    """What the template of a follow-up may use."""

    report: Annotated[FollowUpView, "Opfølgningen"]
    status: Annotated[str, "Rapportens status med stort begyndelsesbogstav"]
    version: Annotated[str, "Rapportens version"]
    date: Annotated[datetime.date, "Dagen, tallene er opgjort"]
