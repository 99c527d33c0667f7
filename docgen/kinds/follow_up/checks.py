"""Rules of a follow-up, alone and against last year's and the policy (DOMAIN 2.2, 2.3, 7)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from docgen.content.content import Content
from docgen.content.organisation import Organisation
from docgen.content.scalar import place_of
from docgen.content.validation import meant
from docgen.document_id import DocumentId
from docgen.kinds.edition import Edition
from docgen.kinds.follow_up.model import AreaFollowUp, FollowUp, Indicator, text_fingerprint, total
from docgen.kinds.follow_up.typed_figures import check_typed_figures
from docgen.kinds.policy.model import Policy
from docgen.problems import Origin, Problem, elsewhere


def check_follow_up(follow_up: FollowUp, content: Content) -> Iterator[Problem]:
    """Every problem in one follow-up, alone and against last year's and the policy."""
    organisation, policies, cases = content.organisation, content.all(Policy), content.names_of("case")
    earlier = content.all(FollowUp).get(str(int(follow_up.id) - 1))
    place = follow_up.origin_of("year")
    if str(follow_up.year) != follow_up.id:
        hint = f"skriv year: {follow_up.id}, eller omdøb filen"
        yield Problem(place, f"year er {follow_up.year}, men filen hedder {follow_up.id}.yaml", hint)
    policy = policies.get(str(follow_up.policy))
    if policy is None:
        yield _unknown(follow_up.policy, "politikken", list(policies))
        return
    if not policy.period.first <= follow_up.year <= policy.period.last:
        shown = f"{policy.period.first}-{policy.period.last}"
        shown += elsewhere(policy.period.origin, place)
        yield Problem(place, f"{follow_up.year} er uden for politikkens periode {shown}", "ret year eller policy")
    yield from _title(follow_up)
    yield from _areas(follow_up, policy, cases, content)
    yield from _indicators(follow_up, policy, organisation)
    yield from check_typed_figures(follow_up)
    if earlier is not None:
        yield from _left_over(follow_up, earlier)
        before = {str(indicator.id): indicator for indicator in earlier.indicators}
        for indicator in follow_up.indicators:
            if str(indicator.id) in before:
                yield from _changes(indicator, before[str(indicator.id)])


def uncounted_figures(content: Content, id: DocumentId, edition: Edition) -> Iterator[Problem]:
    """Figures of a follow-up's own year that are missing, and no note says why: then it cannot be made final."""
    follow_up = content.all(FollowUp)[id.name]
    for indicator in follow_up.indicators:
        for figure in indicator.series:
            counted = figure.value is not None or figure.by_administration
            if figure.year == follow_up.year and not counted and not figure.note:
                hint = "skriv tallet og dets kilde, eller skriv i note, hvorfor det ikke er opgjort"
                shown = f"tallet for {figure.year} i '{indicator.id}' mangler"
                yield Problem(figure.origin_of("value"), shown, hint)


def _title(follow_up: FollowUp) -> Iterator[Problem]:
    """A title that names one year names the report's (a slip seen in DOMAIN 2.2)."""
    years = set(re.findall(r"(?<![\d-])20\d\d(?![\d-])", follow_up.title))
    if len(years) == 1 and years != {str(follow_up.year)}:
        place = place_of(follow_up.title)
        shown = f"titlen siger {min(years)}, men året er {follow_up.year}"
        yield Problem(place, shown + elsewhere(follow_up.origin_of("year"), place), f"skriv {follow_up.year}")


def _areas(follow_up: FollowUp, policy: Policy, cases: Collection[str], content: Content) -> Iterator[Problem]:
    known = {str(area.id): area for value in policy.chapters for area in value.focus_areas}
    # One that is issued reports on the policy as it was; to say that it reports on today's would be false.
    issued = str(follow_up.version) in content.issued_versions(f"follow-up/{follow_up.id}")
    seen: dict[str, Origin] = {}
    for item in follow_up.areas:
        id, place = str(item.area), place_of(item.area)
        if id not in known:
            yield _unknown(item.area, "indsatsområdet", list(known))
            continue
        if (first := seen.setdefault(id, place)) is not place:
            yield Problem(place, f"indsatsområdet '{id}' har to statusser{elsewhere(first, place)}", "slet den ene")
        present = text_fingerprint(known[id])
        if str(item.reports_on) != present and not issued:
            hint = f"læs politikkens tekst, ret om nødvendigt status, og skriv reports_on: {present}"
            place = place_of(item.reports_on)
            shown = f"politikkens tekst om '{id}' er ændret, siden status blev skrevet"
            yield Problem(place, shown + elsewhere(known[id].origin, place), hint)
        if item.responsible is not None:
            yield from _administration(item.responsible, follow_up, content.organisation)
        for case in item.cases:
            if str(case) not in cases:
                yield _unknown(case, "sagen", sorted(cases))
    for id in known:
        if id not in seen:
            hint = f"tilføj area: {id} med reports_on: {text_fingerprint(known[id])}"
            place = follow_up.origin_of("areas")
            shown = f"indsatsområdet '{id}' har ingen status{elsewhere(known[id].origin, place)}"
            yield Problem(place, shown, hint)


def _administration(id: str, follow_up: FollowUp, organisation: Organisation) -> Iterator[Problem]:
    known = [str(body.id) for body in organisation.bodies if body.kind == "administration"]
    if str(id) not in known:
        yield _unknown(id, "forvaltningen", known)
        return
    try:
        organisation.body(id, follow_up.date)
    except KeyError:
        yield Problem(place_of(id), f"'{id}' fandtes ikke på rapportens dato", "ret id eller date")


def _indicators(follow_up: FollowUp, policy: Policy, organisation: Organisation) -> Iterator[Problem]:
    values = [str(value.id) for value in policy.chapters]
    taken = {str(id): place_of(id) for id in (*(v.id for v in policy.chapters), *(a.area for a in follow_up.areas))}
    for indicator in follow_up.indicators:
        place = place_of(indicator.id)
        if (first := taken.setdefault(str(indicator.id), place)) is not place:
            shown = f"id'et '{indicator.id}' bruges to gange{elsewhere(first, place)}"
            yield Problem(place, shown, "giv det et andet id")
        if str(indicator.value) not in values:
            yield _unknown(indicator.value, "værdien", values)
        yield from _series(indicator, follow_up)
        for figure in indicator.series:
            for item in figure.by_administration:
                yield from _administration(item.body, follow_up, organisation)


def _series(indicator: Indicator, follow_up: FollowUp) -> Iterator[Problem]:
    yield from _years(indicator, follow_up)
    if re.search(r"\bkr\.", indicator.unit) and indicator.price_level is None:
        shown = f"'{indicator.id}' er penge, men mangler pris- og lønniveau"
        yield Problem(place_of(indicator.unit), shown, "tilføj price_level")
    if indicator.chart == "bars" and not any(figure.by_administration for figure in indicator.series):
        shown = f"'{indicator.id}' har ingen forvaltninger at tegne"
        yield Problem(indicator.origin_of("chart"), shown, "tilføj by_administration")
    for figure in indicator.series:
        counted = "value" if figure.value is not None else "by_administration" if figure.by_administration else ""
        if counted and figure.source is None:
            shown = f"tallet for {figure.year} i '{indicator.id}' har ingen kilde"
            yield Problem(figure.origin_of(counted), shown, "tilføj source")
        if figure.parts and total(figure.parts) != figure.value:
            shown = f"{total(figure.parts)}".replace(".", ",")
            written = "ikke opgjort" if figure.value is None else f"{figure.value}".replace(".", ",")
            place = figure.origin_of("value")
            message = f"delene af '{indicator.id}' i {figure.year} giver {shown}, men i alt er {written}"
            yield Problem(place, message + elsewhere(figure.origin_of("parts"), place), "ret et af tallene")


def _years(indicator: Indicator, follow_up: FollowUp) -> Iterator[Problem]:
    """The years of a series: in order, up to the report's own, and the one to compare with."""
    series, series_place = indicator.series, indicator.origin_of("series")
    years = [figure.year for figure in series]
    for before, after in pairwise(series):
        if after.year <= before.year:
            place = after.origin_of("year")
            shown = f"årene i '{indicator.id}' står ikke i orden, hvert én gang"
            yield Problem(place, shown + elsewhere(before.origin_of("year"), place), "sæt de ældste først")
            break
    if follow_up.year not in years:
        hint = f"tilføj {{year: {follow_up.year}, value: null}}; null er ikke opgjort"
        yield Problem(series_place, f"'{indicator.id}' har intet tal for {follow_up.year}", hint)
    if later := [figure for figure in series if figure.year > follow_up.year]:
        place = later[0].origin_of("year")
        shown = f"'{indicator.id}' har tal for {later[0].year}, efter rapportens år"
        yield Problem(place, shown + elsewhere(follow_up.origin_of("year"), place), "slet dem")
    if indicator.baseline_year is not None and indicator.baseline_year not in years:
        hint = f"tilføj {{year: {indicator.baseline_year}, value: …}} eller null"
        place = indicator.origin_of("baseline_year")
        shown = f"'{indicator.id}' har intet tal for basisåret {indicator.baseline_year}"
        yield Problem(place, shown + elsewhere(series_place, place), hint)


def _changes(now: Indicator, before: Indicator) -> Iterator[Problem]:
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
        if stated is None or stated.value is None or stated.value == figure.value:
            continue
        if figure.note is None and now.changed is None:
            place = figure.origin_of("value")
            message = f"tallet for {figure.year} i '{now.id}' er et andet end i sidste års rapport"
            message += elsewhere(stated.origin_of("value"), place)
            yield Problem(place, message, "skriv en note ved tallet, eller ret det")


def _left_over(now: FollowUp, before: FollowUp) -> Iterator[Problem]:
    """A text unchanged since last year that speaks of last year as its own: `i 2023` in the report on 2024."""
    year = re.compile(rf"\b(?:i|for|ved udgangen af)\s+{before.year}\b", re.IGNORECASE)
    old = {str(item.area): item for item in before.areas}
    pairs: list[tuple[str | None, str | None]] = [(now.verdict, before.verdict), (now.summary, before.summary)]
    pairs += [
        (new_text, old_text)
        for item in now.areas
        if str(item.area) in old
        for new_text, old_text in zip(_texts(item), _texts(old[str(item.area)]), strict=True)
    ]
    for new_text, old_text in pairs:
        if new_text and old_text and new_text.split() == old_text.split() and year.search(new_text):
            hint = f"skriv om {now.year}, eller lad teksten sige, hvad der er nyt siden {before.year}"
            place = place_of(new_text)
            shown = f"teksten er den samme som sidste år og taler om {before.year}"
            yield Problem(place, shown + elsewhere(place_of(old_text), place), hint)


def _texts(item: AreaFollowUp) -> tuple[str | None, ...]:
    return (item.done, item.under_way, item.next_year)


def _unknown(id: str, what: str, known: list[str]) -> Problem:
    hint = meant(str(id), known, f"vælg {', '.join(known[:8]) or 'intet'}")
    return Problem(place_of(id), f"{what} '{id}' findes ikke", hint)
