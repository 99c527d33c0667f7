"""Rules of indicators: their periods, sources and targets, what has changed without a word, and what statuses say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from docgen.content.organisation import Organisation
from docgen.content.scalar import place_of
from docgen.kinds.follow_up import periods
from docgen.kinds.follow_up.indicator_model import Indicator, Measure, Target
from docgen.kinds.follow_up.model import AreaFollowUp, AreaStatus, FollowUp
from docgen.kinds.follow_up.registers import check_administration, unknown
from docgen.kinds.follow_up.sums import check_sums
from docgen.kinds.policy.model import Policy
from docgen.problems import Origin, Problem, elsewhere


def check_indicators(follow_up: FollowUp, policies: Sequence[Policy], organisation: Organisation) -> Iterator[Problem]:
    """Every problem in a report's indicators but what has changed since the one before."""
    values = [str(value.id) for policy in policies for value in policy.chapters]
    ids = (*(v.id for policy in policies for v in policy.chapters), *(a.area for a in follow_up.areas))
    taken = {str(id): place_of(id) for id in ids}
    areas = {str(item.area): item for item in follow_up.areas}
    for indicator in follow_up.indicators:
        place = place_of(indicator.id)
        if (first := taken.setdefault(str(indicator.id), place)) is not place:
            shown = f"id'et '{indicator.id}' bruges to gange{elsewhere(first, place)}"
            yield Problem(place, shown, "giv det et andet id")
        if str(indicator.value) not in values:
            yield unknown(indicator.value, "værdien", values)
        if indicator.area is not None and str(indicator.area) not in areas:
            yield unknown(indicator.area, "indsatsområdet", list(areas))
        elif indicator.area is not None:
            yield from _status(areas[str(indicator.area)], indicator, follow_up)
        yield from _series(indicator, follow_up)
        yield from _targets(indicator)
        yield from check_sums(indicator)
        for figure in indicator.series:
            for item in figure.by_administration:
                yield from check_administration(item.body, follow_up, organisation)


def _series(indicator: Indicator, follow_up: FollowUp) -> Iterator[Problem]:
    yield from _periods(indicator, follow_up)
    yield from _measure(indicator)
    if re.search(r"\bkr\.", indicator.unit) and indicator.price_level is None:
        shown = f"'{indicator.id}' er penge, men mangler pris- og lønniveau"
        yield Problem(place_of(indicator.unit), shown, "tilføj price_level")
    units = [figure for figure in indicator.series if figure.by_administration or figure.by_unit]
    if indicator.chart == "bars" and not units:
        shown = f"'{indicator.id}' har ingen forvaltninger at tegne"
        yield Problem(indicator.origin_of("chart"), shown, "tilføj by_administration")
    for figure in units:
        if figure.by_administration and figure.by_unit:
            shown = f"tallet for {figure.year} i '{indicator.id}' er fordelt på to måder"
            yield Problem(figure.origin_of("by_unit"), shown, "skriv by_administration eller by_unit")
    for figure in indicator.series:
        counted = next((name for name in ("value", "by_administration", "by_unit") if getattr(figure, name)), "")
        counted = "value" if figure.value is not None else counted
        if counted and figure.source is None:
            shown = f"tallet for {figure.year} i '{indicator.id}' har ingen kilde"
            yield Problem(figure.origin_of(counted), shown, "tilføj source")


def _periods(indicator: Indicator, follow_up: FollowUp) -> Iterator[Problem]:
    """The periods of a series: in order, up to the report's own, and the one to compare with; forecasts after it."""
    series, series_place = indicator.series, indicator.origin_of("series")
    for others in ([(item.year, item.origin_of("year")) for item in series], *_compared(indicator)):
        for (before, first), (after, place) in pairwise(others):
            if periods.order(after) <= periods.order(before):
                shown = f"årene i '{indicator.id}' står ikke i orden, hvert én gang"
                yield Problem(place, shown + elsewhere(first, place), "sæt de ældste først")
                break
    now, years = periods.order(follow_up.year), [figure.year for figure in series]
    if follow_up.year not in years:
        hint = f"tilføj {{year: {follow_up.year}, value: null}}; null er ikke opgjort"
        yield Problem(series_place, f"'{indicator.id}' har intet tal for {follow_up.year}", hint)
    later = [figure for figure in series if periods.order(figure.year) > now and not figure.forecast]
    if later:
        place = later[0].origin_of("year")
        shown = f"'{indicator.id}' har tal for {later[0].year}, efter rapportens år"
        hint = "slet dem, eller skriv forecast: true ved dem, der ventes"
        yield Problem(place, shown + elsewhere(follow_up.origin_of("year"), place), hint)
    for figure in series:
        if figure.forecast and periods.order(figure.year) <= now:
            place = figure.origin_of("forecast")
            shown = f"det ventede tal for {figure.year} er ikke efter rapportens periode"
            yield Problem(place, shown + elsewhere(follow_up.origin_of("year"), place), "slet forecast")
        if figure.to is not None and (not figure.forecast or figure.value is None or figure.to <= figure.value):
            hint = "skriv det laveste i value og det højeste i to, og forecast: true"
            yield Problem(figure.origin_of("to"), "kun et tal, der ventes, kan være et spænd", hint)
    if indicator.baseline_year is not None and indicator.baseline_year not in years:
        hint = f"tilføj {{year: {indicator.baseline_year}, value: …}} eller null"
        place = indicator.origin_of("baseline_year")
        shown = f"'{indicator.id}' har intet tal for basisåret {indicator.baseline_year}"
        yield Problem(place, shown + elsewhere(series_place, place), hint)


def _compared(indicator: Indicator) -> Iterator[list[tuple[int | str, Origin]]]:
    for other in indicator.comparisons:
        yield [(item.year, item.origin_of("year")) for item in other.series]


_FIXED = {Measure.INDEX: 100, Measure.CHANGE: 0}
_CALLED = {Measure.INDEX: "et indeks", Measure.CHANGE: "en ændring"}


def _measure(indicator: Indicator) -> Iterator[Problem]:
    """What each sort of number must have: an index is 100 in its baseline, a change 0, and a share is 0 to 100 pct."""
    place, measure = indicator.origin_of("measure"), indicator.measure
    if measure in _FIXED:
        if indicator.baseline_year is None:
            yield Problem(place, f"'{indicator.id}' er {_CALLED[measure]} uden basisår", "tilføj baseline_year")
            return
        figure = indicator.figure(indicator.baseline_year)
        if figure is not None and figure.value not in (None, _FIXED[measure]):
            shown = f"'{indicator.id}' er {_CALLED[measure]}, men er {figure.value} i basisåret"
            place = figure.origin_of("value")
            yield Problem(place, shown.replace(".", ","), f"skriv {_FIXED[measure]}, eller ret measure")
    for figure in indicator.series:
        value = figure.value
        if value is None:
            continue
        if measure is Measure.INDEX and value <= 0:
            yield Problem(figure.origin_of("value"), "et indeks er over 0", "ret tallet, eller ret measure")
        percent = str(indicator.unit) in ("pct.", "%", "procent")
        if measure is Measure.SHARE and percent and not 0 <= value <= 100:
            shown = "en andel er fra 0 til 100 pct."
            yield Problem(figure.origin_of("value"), shown, "ret tallet, eller ret measure")


def _targets(indicator: Indicator) -> Iterator[Problem]:
    target = indicator.target
    goals: list[Target] = [*indicator.milestones, *([target] if target else [])]
    for goal in goals:
        if goal.to is not None and goal.to <= goal.value:
            shown = f"målets spænd slutter med {goal.to}, som ikke er over {goal.value}"
            hint = "skriv det laveste i value og det højeste i to"
            yield Problem(goal.origin_of("to"), shown.replace(".", ","), hint)
        if goal.direction == "within" and goal.to is None:
            yield Problem(goal.origin_of("direction"), "within kræver et spænd", "tilføj to, eller skriv at-least")
    if indicator.milestones and target is None:
        yield Problem(indicator.origin_of("milestones"), "der er delmål, men intet mål", "tilføj target")
    for before, after in pairwise(goals):
        if after.year <= before.year:
            place = after.origin_of("year")
            shown = "målene står ikke i orden, hvert i sit år"
            hint = "sæt det første først, og målet sidst"
            yield Problem(place, shown + elsewhere(before.origin_of("year"), place), hint)
    for stage in indicator.milestones:
        if stage.yearly:
            yield Problem(stage.origin_of("yearly"), "et delmål er et tal, ikke en vækst om året", "slet yearly")
    if target is not None and target.yearly and indicator.baseline_year is None:
        yield Problem(target.origin_of("yearly"), "en vækst om året regnes fra et basisår", "tilføj baseline_year")


def _status(item: AreaFollowUp, indicator: Indicator, follow_up: FollowUp) -> Iterator[Problem]:
    """What an area's status says against its own figure, unless the report says why."""
    reached, status = indicator.reached(follow_up.year), item.status
    figure = indicator.figure(follow_up.year)
    counted = figure is not None and figure.value is not None
    says = {
        AreaStatus.REACHED: "målet er ikke nået" if reached is False else "",
        AreaStatus.NOT_REACHED: "målet er nået" if reached else "",
        AreaStatus.MONITORED: "der er et mål" if indicator.target is not None else "",
        AreaStatus.UNKNOWN: "tallet er opgjort" if counted else "",
    }.get(status, "")
    if says and item.reason is None:
        place = item.origin_of("status")
        shown = f"status er '{status}', men {says} i '{indicator.id}'"
        hint = "ret det, der er forkert, eller skriv i reason, hvorfor begge dele er rigtige"
        yield Problem(place, shown + elsewhere(indicator.origin, place), hint)


def check_changes(now: Indicator, before: Indicator) -> Iterator[Problem]:
    """What an indicator counts, and figures already told, do not change without a word."""
    for name, label in (("definition", "definitionen"), ("unit", "enheden"), ("base", "grundlaget")):
        new, old = getattr(now, name), getattr(before, name)
        if " ".join(new.split()) != " ".join(old.split()) and now.changed is None:
            hint = "skriv i changed, hvad der er ændret og hvorfor, eller skriv det som sidste år"
            shown = f"{label} af '{now.id}' er ændret siden sidste år uden en note"
            yield Problem(place_of(new), shown + elsewhere(place_of(old), place_of(new)), hint)
    if now.baseline_year != before.baseline_year and now.changed is None:
        place = now.origin_of("baseline_year")
        shown = f"basisåret for '{now.id}' er ændret uden en note"
        shown += elsewhere(before.origin_of("baseline_year"), place)
        yield Problem(place, shown, "skriv hvorfor i changed")
    for figure in now.series:
        stated = before.figure(figure.year)
        if stated is None or stated.value is None or stated.value == figure.value or stated.forecast:
            continue
        if figure.note is None and now.changed is None:
            place = figure.origin_of("value")
            message = f"tallet for {figure.year} i '{now.id}' er et andet end i sidste års rapport"
            message += elsewhere(stated.origin_of("value"), place)
            yield Problem(place, message, "skriv en note ved tallet, eller ret det")
