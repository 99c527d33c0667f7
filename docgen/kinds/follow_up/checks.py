"""Rules of a follow-up, alone and against last year's and the policy (DOMAIN 2.2, 2.3, 7)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from docgen.content.content import Content
from docgen.content.organisation import Organisation
from docgen.content.scalar import place_of
from docgen.content.validation import meant
from docgen.document_id import DocumentId
from docgen.kinds.edition import Edition
from docgen.kinds.follow_up.model import AreaFollowUp, FollowUp, Indicator, text_fingerprint, total
from docgen.kinds.follow_up.typed_figures import check_typed_figures
from docgen.kinds.policy.model import Policy
from docgen.problems import Origin, Problem


def check_follow_up(follow_up: FollowUp, content: Content) -> Iterator[Problem]:
    """Every problem in one follow-up, alone and against last year's and the policy."""
    organisation, policies, cases = content.organisation, content.all(Policy), content.names_of("case")
    earlier = content.all(FollowUp).get(str(int(follow_up.id) - 1))
    place = place_of(follow_up.title)
    if str(follow_up.year) != follow_up.id:
        hint = f"skriv year: {follow_up.id}, eller omdøb filen"
        yield Problem(place, f"year er {follow_up.year}, men filen hedder {follow_up.id}.yaml", hint)
    policy = policies.get(str(follow_up.policy))
    if policy is None:
        yield _unknown(follow_up.policy, "politikken", list(policies))
        return
    if not policy.period.first <= follow_up.year <= policy.period.last:
        shown = f"{policy.period.first}-{policy.period.last}"
        yield Problem(place, f"{follow_up.year} er uden for politikkens periode {shown}", "ret year eller policy")
    yield from _title(follow_up)
    yield from _areas(follow_up, policy, cases, organisation)
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
                yield Problem(place_of(indicator.id, Origin(f"content/follow_ups/{id.name}.yaml")), shown, hint)


def _title(follow_up: FollowUp) -> Iterator[Problem]:
    """A title that names one year names the report's (a slip seen in DOMAIN 2.2)."""
    years = set(re.findall(r"(?<![\d-])20\d\d(?![\d-])", follow_up.title))
    if len(years) == 1 and years != {str(follow_up.year)}:
        hint = f"skriv {follow_up.year}"
        yield Problem(place_of(follow_up.title), f"titlen siger {min(years)}, men året er {follow_up.year}", hint)


def _areas(
    follow_up: FollowUp, policy: Policy, cases: Collection[str], organisation: Organisation
) -> Iterator[Problem]:
    known = {str(area.id): area for value in policy.values for area in value.focus_areas}
    seen: set[str] = set()
    for item in follow_up.areas:
        id = str(item.area)
        if id not in known:
            yield _unknown(item.area, "indsatsområdet", list(known))
            continue
        if id in seen:
            yield Problem(place_of(item.area), f"indsatsområdet '{id}' har to statusser", "slet den ene")
        seen.add(id)
        present = text_fingerprint(known[id])
        if str(item.reports_on) != present:
            hint = f"læs politikkens tekst, ret om nødvendigt status, og skriv reports_on: {present}"
            yield Problem(
                place_of(item.reports_on), f"politikkens tekst om '{id}' er ændret, siden status blev skrevet", hint
            )
        if item.responsible is not None:
            yield from _administration(item.responsible, follow_up, organisation)
        for case in item.cases:
            if str(case) not in cases:
                yield _unknown(case, "sagen", sorted(cases))
    for id in known:
        if id not in seen:
            hint = f"tilføj area: {id} med reports_on: {text_fingerprint(known[id])}"
            yield Problem(place_of(follow_up.title), f"indsatsområdet '{id}' har ingen status", hint)


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
    values = [str(value.id) for value in policy.values]
    taken = {*values, *(str(area.area) for area in follow_up.areas)}
    for indicator in follow_up.indicators:
        if str(indicator.id) in taken:
            yield Problem(place_of(indicator.id), f"id'et '{indicator.id}' bruges to gange", "giv det et andet id")
        taken.add(str(indicator.id))
        if str(indicator.value) not in values:
            yield _unknown(indicator.value, "værdien", values)
        yield from _series(indicator, follow_up)
        for figure in indicator.series:
            for item in figure.by_administration:
                yield from _administration(item.body, follow_up, organisation)


def _series(indicator: Indicator, follow_up: FollowUp) -> Iterator[Problem]:
    place = place_of(indicator.id)
    years = [figure.year for figure in indicator.series]
    if years != sorted(set(years)):
        yield Problem(place, f"årene i '{indicator.id}' står ikke i orden, hvert én gang", "sæt de ældste først")
    if follow_up.year not in years:
        hint = f"tilføj {{year: {follow_up.year}, value: null}}; null er ikke opgjort"
        yield Problem(place, f"'{indicator.id}' har intet tal for {follow_up.year}", hint)
    if later := [year for year in years if year > follow_up.year]:
        yield Problem(place, f"'{indicator.id}' har tal for {later[0]}, efter rapportens år", "slet dem")
    if indicator.baseline_year is not None and indicator.baseline_year not in years:
        hint = f"tilføj {{year: {indicator.baseline_year}, value: …}} eller null"
        yield Problem(place, f"'{indicator.id}' har intet tal for basisåret {indicator.baseline_year}", hint)
    if re.search(r"\bkr\.", indicator.unit) and indicator.price_level is None:
        yield Problem(place, f"'{indicator.id}' er penge, men mangler pris- og lønniveau", "tilføj price_level")
    if indicator.chart == "bars" and not any(figure.by_administration for figure in indicator.series):
        yield Problem(place, f"'{indicator.id}' har ingen forvaltninger at tegne", "tilføj by_administration")
    for figure in indicator.series:
        where = place_of(figure.source, place)
        counted = figure.value is not None or bool(figure.by_administration)
        if counted and figure.source is None:
            yield Problem(where, f"tallet for {figure.year} i '{indicator.id}' har ingen kilde", "tilføj source")
        if figure.parts and total(figure.parts) != figure.value:
            shown = f"{total(figure.parts)}".replace(".", ",")
            written = "ikke opgjort" if figure.value is None else f"{figure.value}".replace(".", ",")
            message = f"delene af '{indicator.id}' i {figure.year} giver {shown}, men i alt er {written}"
            yield Problem(where, message, "ret et af tallene")


def _changes(now: Indicator, before: Indicator) -> Iterator[Problem]:
    """What an indicator counts, and figures already told, do not change without a word."""
    for name, label in (("definition", "definitionen"), ("unit", "enheden"), ("base", "grundlaget")):
        new, old = getattr(now, name), getattr(before, name)
        if " ".join(new.split()) != " ".join(old.split()) and now.changed is None:
            hint = "skriv i changed, hvad der er ændret og hvorfor, eller skriv det som sidste år"
            yield Problem(place_of(new), f"{label} af '{now.id}' er ændret siden sidste år uden en note", hint)
    if now.baseline_year != before.baseline_year and now.changed is None:
        yield Problem(place_of(now.id), f"basisåret for '{now.id}' er ændret uden en note", "skriv hvorfor i changed")
    for figure in now.series:
        old_figure = before.figure(figure.year)
        same = old_figure is None or old_figure.value is None or old_figure.value == figure.value
        if not same and figure.note is None and now.changed is None:
            hint = "skriv en note ved tallet, eller ret det"
            message = f"tallet for {figure.year} i '{now.id}' er et andet end i sidste års rapport"
            yield Problem(place_of(figure.source, place_of(now.id)), message, hint)


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
            yield Problem(place_of(new_text), f"teksten er den samme som sidste år og taler om {before.year}", hint)


def _texts(item: AreaFollowUp) -> tuple[str | None, ...]:
    return (item.done, item.under_way, item.next_year)


def _unknown(id: str, what: str, known: list[str]) -> Problem:
    hint = meant(str(id), known, f"vælg {', '.join(known[:8]) or 'intet'}")
    return Problem(place_of(id), f"{what} '{id}' findes ikke", hint)
