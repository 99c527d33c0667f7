"""What a follow-up shows its template."""

from __future__ import annotations

import datetime
from typing import Annotated

from docgen.kinds.prepared import Context
from docgen.template_values import View

TEMPLATES = {"tables": "follow_up.md.j2", "matrix": "follow_up_matrix.md.j2"}
"""The template of each form that settings.yaml may choose."""


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
    quiet: Annotated[str, "Status med sit tegn; en streg, når den ikke kan opgøres"] = ""
    quiet_earlier: Annotated[str, "Status før; en streg, når den ikke kunne opgøres eller ikke kendes"] = ""
    reason: Annotated[str, "Hvorfor status er en anden, end tallene viser"] = ""


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

    year: Annotated[str, "Året eller perioden"]
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
    told: Annotated[str, "Udviklingen, målet og planen i hele sætninger"] = ""
    goal: Annotated[str, "Målet i ord, som sætninger har det; tomt uden mål"] = ""
    begin: Annotated[str, "Tallet i basisåret med året; basisåret alene, når tallet er en ændring siden det"] = ""
    standing: Annotated[str, "Hvor tallet er på vejen til målet, med tegn"] = ""
    tables: Annotated[tuple[TableView, ...], "Tallene i tabeller med perioder som kolonner"] = ()
    comparisons: Annotated[tuple[ComparisonView, ...], "Dem, der sammenlignes med, og kilderne"] = ()
    has_figure: Annotated[bool, "Om der er en figur af mindst tre tal"] = False
    figure_alt: Annotated[str, "Figuren i ord, som sætninger har dem"] = ""
    figure_caption: Annotated[str, "Figurens tekst med enhed og periode"] = ""


class TableRowView(View, frozen=True):
    """A row of a table with a column for each period."""

    label: Annotated[str, "Rækkens navn"]
    cells: Annotated[tuple[str, ...], "Tallene; en streg, hvor der intet er"]
    is_whole: Annotated[bool, "Om rækken er summen, gennemsnittet eller det samlede tal"] = False


class TableView(View, frozen=True):
    """A table of figures with a column for each period."""

    caption: Annotated[str, "Tabellens navn"]
    head: Annotated[str, "Hovedet over rækkernes navne"]
    heads: Annotated[tuple[str, ...], "Perioderne, til kolonnernes hoveder"]
    rows: Annotated[tuple[TableRowView, ...], "Rækkerne"]
    notes: Annotated[tuple[str, ...], "Det, tabellen skal forklares med"]


class ComparisonView(View, frozen=True):
    """Where the figures of another municipality come from."""

    label: Annotated[str, "Hvem der sammenlignes med"]
    source: Annotated[str, "Kilden"]


class ActionView(View, frozen=True):
    """An action with its deadline as on the report's day."""

    text: Annotated[str, "Hvad der skal gøres"]
    area: Annotated[str, "Indsatsområdet; en streg, hvis der intet er"]
    responsible: Annotated[str, "Den ansvarlige forvaltning"]
    due: Annotated[str, "Fristen, med tegn og ord, når den er overskredet"]
    status: Annotated[str, "Status med sit tegn"]
    note: Annotated[str, "Bemærkningen"]


class RecommendationView(View, frozen=True):
    """Something that is recommended."""

    text: Annotated[str, "Det, der anbefales"]
    to: Annotated[str, "Hvem det anbefales"]


class RiskView(View, frozen=True):
    """Something that could stand in the way."""

    text: Annotated[str, "Hvad der kan ske"]
    likelihood: Annotated[str, "Sandsynligheden"]
    consequence: Annotated[str, "Konsekvensen"]
    response: Annotated[str, "Hvad der bliver gjort ved det"]


class EconomyRowView(View, frozen=True):
    """An item of the economy."""

    label: Annotated[str, "Posten"]
    budget: Annotated[str, "Det, der er afsat"]
    spent: Annotated[str, "Det, der er brugt"]
    difference: Annotated[str, "Forskellen: afsat minus brugt"]


class EconomyView(View, frozen=True):
    """Budget and expenses."""

    unit: Annotated[str, "Enheden med pris- og lønniveau"]
    rows: Annotated[tuple[EconomyRowView, ...], "Posterne"]
    total: Annotated[EconomyRowView, "Summen af posterne"]
    note: Annotated[str, "Bemærkningen"]


class StoryView(View, frozen=True):
    """A box with an example."""

    title: Annotated[str, "Overskriften"]
    text: Annotated[str, "Historien"]


class ValueView(View, frozen=True):
    """One of the policy's values: its areas, those with something to tell, and its indicators."""

    id: Annotated[str, "Værdiens id"]
    title: Annotated[str, "Værdiens navn"]
    count: Annotated[str, "Hvor mange indsatsområder der har hver status"]
    areas: Annotated[tuple[AreaView, ...], "Indsatsområderne"]
    told: Annotated[tuple[AreaView, ...], "De indsatsområder, der er fortalt om"]
    indicators: Annotated[tuple[IndicatorView, ...], "Værdiens indikatorer"]
    boxes: Annotated[tuple[StoryView, ...], "Boksene med eksempler"] = ()


class FollowUpView(View, frozen=True):
    """What the template of a follow-up sees."""

    title: Annotated[str, "Rapportens titel"]
    year: Annotated[str, "Året eller perioden, der følges op på"]
    earlier_year: Annotated[str, "Året eller perioden før"]
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
    counts: Annotated[str, "Hvor mange indsatsområder der har hver status i alt"] = ""
    same_as_before: Annotated[bool, "Om hvert område har den samme status som før"] = False
    has_quiet: Annotated[bool, "Om nogen status ikke kan opgøres"] = False
    policy_period: Annotated[str, "Politikkens periode, når rapporten følger op efter den; ellers tom"] = ""
    actions: Annotated[tuple[ActionView, ...], "Handlingerne"] = ()
    action_counts: Annotated[str, "Hvor mange handlinger der er gjort og overskredet, i en sætning"] = ""
    recommendations: Annotated[tuple[RecommendationView, ...], "Anbefalingerne"] = ()
    risks: Annotated[tuple[RiskView, ...], "Risiciene"] = ()
    economy: Annotated[EconomyView | None, "Budget og forbrug"] = None
    boxes: Annotated[tuple[StoryView, ...], "De bokse, der ikke hører til en værdi"] = ()


class FollowUpContext(Context, frozen=True, kw_only=True):
    """What the template of a follow-up may use."""

    report: Annotated[FollowUpView, "Opfølgningen"]
    status: Annotated[str, "Rapportens status med stort begyndelsesbogstav"]
    version: Annotated[str, "Rapportens version"]
    date: Annotated[datetime.date, "Dagen, tallene er opgjort"]
