"""Rules of a follow-up, alone and against the one before and the policy (DOMAIN 2.2, 2.3, 7)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docgen.content.content import Content
from docgen.content.scalar import place_of
from docgen.document_id import DocumentId
from docgen.kinds.edition import Edition
from docgen.kinds.follow_up import periods
from docgen.kinds.follow_up.action_checks import check_actions, check_form
from docgen.kinds.follow_up.indicator_checks import check_changes, check_indicators
from docgen.kinds.follow_up.model import AreaFollowUp, FollowUp, text_fingerprint
from docgen.kinds.follow_up.registers import check_administration, unknown
from docgen.kinds.follow_up.typed_figures import check_typed_figures
from docgen.kinds.policy.model import Policy
from docgen.problems import Origin, Problem, elsewhere


def check_follow_up(follow_up: FollowUp, content: Content) -> Iterator[Problem]:
    """Every problem in one follow-up, alone and against the one before and the policy."""
    policies = content.all(Policy)
    earlier = content.all(FollowUp).get(follow_up.before or "")
    place = follow_up.origin_of("year")
    named = periods.of_id(follow_up.id)
    if follow_up.year != named:
        hint = f"skriv year: {named}, eller omdøb filen"
        yield Problem(place, f"year er {follow_up.year}, men filen hedder {follow_up.id}.yaml", hint)
    if follow_up.follows is not None and str(follow_up.follows) not in content.names_of("follow-up"):
        known = sorted(name for name in content.names_of("follow-up") if name != follow_up.id)
        yield unknown(follow_up.follows, "opfølgningen", known)
    if missing := [name for name in follow_up.policies if str(name) not in policies]:
        yield from (unknown(name, "politikken", list(policies)) for name in missing)
        return
    found = [policies[str(name)] for name in follow_up.policies]
    for policy in found:
        yield from _in_force(follow_up, policy)
    yield from _title(follow_up)
    yield from _areas(follow_up, found, content)
    yield from check_indicators(follow_up, found, content.organisation)
    yield from check_actions(follow_up, found, content.organisation)
    yield from check_form(follow_up, content.settings.follow_ups.form)
    yield from check_typed_figures(follow_up)
    if earlier is not None:
        yield from _left_over(follow_up, earlier)
        before = {str(indicator.id): indicator for indicator in earlier.indicators}
        for indicator in follow_up.indicators:
            if str(indicator.id) in before:
                yield from check_changes(indicator, before[str(indicator.id)])


def _in_force(follow_up: FollowUp, policy: Policy) -> Iterator[Problem]:
    """The report's period is in the policy's, or after it where the report says that it closes it."""
    place, year = follow_up.origin_of("year"), periods.year_of(follow_up.year)
    first, last = policy.period.first, policy.period.last
    shown = f"{first}-{last}{elsewhere(policy.period.origin, place)}"
    if year < first or (year > last and not follow_up.closing):
        after = "" if year < first else ", eller skriv closing: true, når rapporten følger op efter perioden"
        shown = f"{follow_up.year} er uden for politikkens periode {shown}"
        yield Problem(place, shown, f"ret year eller policy{after}")
    elif follow_up.closing and year < last:
        place = follow_up.origin_of("closing")
        yield Problem(place, f"closing er true, men politikkens periode er {shown}", "slet closing")


def uncounted_figures(content: Content, id: DocumentId, edition: Edition) -> Iterator[Problem]:
    """Figures of a follow-up's own year that are missing, and no note says why: then it cannot be made final."""
    follow_up = content.all(FollowUp)[id.name]
    for indicator in follow_up.indicators:
        for figure in indicator.series:
            counted = figure.value is not None or figure.by_administration or figure.by_unit
            if figure.year == follow_up.year and not counted and not figure.note:
                hint = "skriv tallet og dets kilde, eller skriv i note, hvorfor det ikke er opgjort"
                shown = f"tallet for {figure.year} i '{indicator.id}' mangler"
                yield Problem(figure.origin_of("value"), shown, hint)


def _title(follow_up: FollowUp) -> Iterator[Problem]:
    """A title that names one year names the report's (a slip seen in DOMAIN 2.2)."""
    years = set(re.findall(r"(?<![\d-])20\d\d(?![\d-])", follow_up.title))
    year = str(periods.year_of(follow_up.year))
    if len(years) == 1 and years != {year}:
        place = place_of(follow_up.title)
        shown = f"titlen siger {min(years)}, men året er {year}"
        yield Problem(place, shown + elsewhere(follow_up.origin_of("year"), place), f"skriv {year}")


def _areas(follow_up: FollowUp, policies: Sequence[Policy], content: Content) -> Iterator[Problem]:
    cases = content.names_of("case")
    known = {str(area.id): area for policy in policies for value in policy.chapters for area in value.focus_areas}
    # One that is issued reports on the policy as it was; to say that it reports on today's would be false.
    issued = str(follow_up.version) in content.issued_versions(f"follow-up/{follow_up.id}")
    seen: dict[str, Origin] = {}
    for item in follow_up.areas:
        id, place = str(item.area), place_of(item.area)
        if id not in known:
            yield unknown(item.area, "indsatsområdet", list(known))
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
            yield from check_administration(item.responsible, follow_up, content.organisation)
        for case in item.cases:
            if str(case) not in cases:
                yield unknown(case, "sagen", sorted(cases))
    for id in known:
        if id not in seen:
            hint = f"tilføj area: {id} med reports_on: {text_fingerprint(known[id])}"
            place = follow_up.origin_of("areas")
            shown = f"indsatsområdet '{id}' har ingen status{elsewhere(known[id].origin, place)}"
            yield Problem(place, shown, hint)


def _left_over(now: FollowUp, before: FollowUp) -> Iterator[Problem]:
    """A text unchanged since last year that speaks of last year as its own: `i 2023` in the report on 2024."""
    was, now_is = periods.words(before.year), periods.words(now.year)
    spaced = r"\s".join(map(re.escape, was.split()))
    year = re.compile(rf"\b(?:i|for|ved udgangen af)\s+{spaced}\b", re.IGNORECASE)
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
            hint = f"skriv om {now_is}, eller lad teksten sige, hvad der er nyt siden {was}"
            place = place_of(new_text)
            shown = f"teksten er den samme som sidste år og taler om {was}"
            yield Problem(place, shown + elsewhere(place_of(old_text), place), hint)


def _texts(item: AreaFollowUp) -> tuple[str | None, ...]:
    return (item.done, item.under_way, item.next_year)
