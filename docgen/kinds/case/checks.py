"""Rules of a case: its sections by kind, at-points, votes against seats, references, annexes (DOMAIN 1.1-1.6, 7)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping

from docgen.content.content import Content
from docgen.content.organisation import Body, Organisation
from docgen.content.profile import CaseProfile
from docgen.content.scalar import place_of
from docgen.content.validation import meant
from docgen.kinds.case.model import HEARING, Case, Decision, Outcome, Treatment, case_day
from docgen.kinds.document_fields import check_history
from docgen.kinds.follow_up.model import FollowUp
from docgen.kinds.policy.model import Policy
from docgen.pdf_pages.open import check_annex
from docgen.problems import Origin, Problem, elsewhere

MAX_TITLE = 120


def check_case(case: Case, content: Content) -> Iterator[Problem]:
    """Every problem in one case."""
    settings, organisation = content.settings, content.organisation
    policies, follow_ups = content.all(Policy), content.all(FollowUp)
    yield from check_history(case.history, case.version, place_of(case.version))
    if settings.cases is None:
        yield Problem(case.origin, "der er ingen profil for sager i settings.yaml", "tilføj feltet 'cases'")
        return
    yield from _sections(case, settings.cases)
    try:
        day = case_day(case, policies, follow_ups)
    except ValueError:
        hint = "skriv date, eller mødets date under treatments"
        yield Problem(case.origin, "sagen har ingen dato at gå efter", hint)
        return
    yield from _bodies(case, organisation, day)
    yield from _ids(case)
    for treatment in case.treatments:
        yield from _treatment(treatment, case, organisation)
    versions = {**_named("policy", policies), **_named("follow-up", follow_ups)}
    yield from _annexes(case, content, versions)
    if len(case.title) > MAX_TITLE:
        hint = f"gør den {len(case.title) - MAX_TITLE} tegn kortere"
        yield Problem(place_of(case.title), f"titlen er på {len(case.title)} tegn; højst {MAX_TITLE}", hint)


def _sections(case: Case, profile: CaseProfile) -> Iterator[Problem]:
    kind = profile.kinds.get(case.kind.value)
    if kind is None:
        hint = f"brug {', '.join(profile.kinds)}, eller tilføj den i settings.yaml"
        yield Problem(case.origin_of("kind"), f"slagsen '{case.kind.value}' er ikke i profilen", hint)
        return
    known = {str(item.id): item for item in profile.sections if not item.kinds or case.kind.value in item.kinds}
    for section in case.sections:
        if str(section.id) not in known:
            hint = meant(str(section.id), list(known), f"brug {', '.join(known)}")
            yield Problem(place_of(section.id), f"afsnittet '{section.id}' hører ikke til i denne slags sag", hint)
    written = {str(section.id) for section in case.sections}
    for id, item in known.items():
        if item.required and item.default is None and id not in written:
            hint = f"tilføj et afsnit med id: {id}"
            yield Problem(case.origin_of("sections"), f"afsnittet {item.heading} mangler", hint)
    if kind.recommendation and not case.recommendation:
        hint = "tilføj feltet 'recommendation' med at-punkter"
        yield Problem(case.origin_of("kind"), "sagen har ingen indstilling", hint)
    if not kind.recommendation and case.recommendation:
        place = case.origin_of("recommendation")
        shown = f"denne slags sag har ingen indstilling{elsewhere(case.origin_of('kind'), place)}"
        yield Problem(place, shown, "slet den")


def _bodies(case: Case, organisation: Organisation, day: datetime.date) -> Iterator[Problem]:
    known = {str(body.id): body for body in organisation.bodies}
    groups = [id for group in case.recommendation for id in group.by]
    for id, kinds, what in (
        *((id, ("administration", "centre"), "en forvaltning") for id in (*case.administrations, *groups)),
        *((item.body, ("committee", "council"), "et udvalg") for item in case.treatments),
    ):
        if str(id) not in known:
            hint = meant(str(id), list(known), "tilføj det i organisation.yaml")
            yield Problem(place_of(id), f"'{id}' findes ikke i organisation.yaml", hint)
        elif known[str(id)].kind not in kinds:
            yield Problem(place_of(id), f"'{id}' er ikke {what}", "udvalg beslutter, forvaltninger indstiller; ret id")
        else:
            try:
                organisation.body(id, day)
            except KeyError:
                yield Problem(place_of(id), f"'{id}' fandtes ikke på sagens dato", "ret id eller dato")


def _ids(case: Case) -> Iterator[Problem]:
    points = [point for group in case.recommendation for point in group.points]
    ids = [*(p.id for p in points), *(inner.id for p in points for inner in p.points), *(a.id for a in case.annexes)]
    for id, first in _again(ids):
        shown = f"id'et '{id}' bruges to gange{elsewhere(first, place_of(id))}"
        yield Problem(place_of(id), shown, "giv det ene et andet id")
    for id, first in _again([item.body for item in case.treatments if item.role not in HEARING]):
        shown = f"'{id}' står to gange på sagens vej{elsewhere(first, place_of(id))}"
        yield Problem(place_of(id), shown, "saml behandlingerne, eller del sagen")
    for point in points:
        for inner in point.points:
            if inner.points:
                yield Problem(
                    inner.origin_of("points"), "at-punkter har højst to niveauer", "gør underpunkterne fladere"
                )


def _again(texts: Iterable[str]) -> Iterator[tuple[str, Origin]]:
    """Each text that stands there before, and where it stood first."""
    seen: dict[str, Origin] = {}
    for text in texts:
        if str(text) in seen:
            yield text, seen[str(text)]
        seen.setdefault(str(text), place_of(text))


def _treatment(treatment: Treatment, case: Case, organisation: Organisation) -> Iterator[Problem]:
    if treatment.decision is None:
        return
    points = {str(point.id) for group in case.recommendation for point in group.points}
    body = next((body for body in organisation.bodies if str(body.id) == str(treatment.body)), None)
    decided: set[str] = set()
    for outcome in treatment.decision.outcomes:
        yield from _outcome(outcome, body)
        if outcome.point is not None and str(outcome.point) not in points:
            hint = meant(str(outcome.point), sorted(points), f"vælg {', '.join(sorted(points)) or 'intet'}")
            yield Problem(place_of(outcome.point), f"der er intet at-punkt '{outcome.point}'", hint)
        if outcome.amendment is None:
            key = str(outcome.point or "")
            if key in decided:
                where = place_of(outcome.point or outcome)
                yield Problem(where, "der er besluttet to gange om det samme", "giv hvert at-punkt ét udfald")
            decided.add(key)
    yield from _complete(treatment.decision, points, decided)


def _complete(decision: Decision, points: set[str], decided: set[str]) -> Iterator[Problem]:
    """One outcome for the whole, or one for each at-point (DOMAIN 1.4)."""
    place = decision.origin_of("outcomes")
    if "" in decided and len(decided) > 1:
        yield Problem(place, "beslutningen gælder både hele indstillingen og enkelte at-punkter", "vælg det ene")
    elif "" not in decided and decided and (missing := points - decided):
        shown = ", ".join(sorted(missing))
        yield Problem(place, f"der mangler et udfald for {shown}", "giv hvert at-punkt ét udfald")


def _outcome(outcome: Outcome, body: Body | None) -> Iterator[Problem]:
    """`body` is the one that decides; votes that do not add up are told at the first number of them."""
    counts = {name: getattr(outcome, name) or 0 for name in ("votes_for", "votes_against", "abstentions")}
    place = outcome.origin_of(next((name for name, count in counts.items() if count), "how"))
    total = sum(counts.values())
    if body is not None and body.seats is not None and total > body.seats:
        shown = f"{body.id} har {body.seats}{elsewhere(body.origin_of('seats'), place)}"
        yield Problem(place, f"der er afgivet {total} stemmer, og {shown}", "ret tallene")
    if outcome.how == "vote" and (outcome.votes_for is None) != (outcome.votes_against is None):
        asked, hint = outcome.origin_of("how"), "skriv både votes_for og votes_against"
        yield Problem(asked, "der mangler stemmer for eller imod", hint)
    if outcome.how != "vote" and any(counts.values()):
        yield Problem(place, "der er stemmetal, men ingen afstemning", "skriv how: vote")
    if outcome.how != "vote" and outcome.parties_against:
        place = outcome.origin_of("parties_against")
        yield Problem(place, "der er stemt imod, men ingen afstemning", "skriv how: vote")
    for party, first in _again((*outcome.parties_for, *outcome.parties_against, *outcome.parties_abstaining)):
        if "(" not in party:
            shown = f"partiet {party} står to steder{elsewhere(first, place_of(party))}"
            yield Problem(place_of(party), shown, "skriv et parti ét sted, eller navnene i parentes: Ø (navn)")


def _named(kind: str, found: Mapping[str, Policy] | Mapping[str, FollowUp]) -> dict[str, str]:
    """The version of each document by its id."""
    return {f"{kind}/{id}": str(item.version) for id, item in found.items()}


def _annexes(case: Case, content: Content, versions: Mapping[str, str]) -> Iterator[Problem]:
    files = content.files
    for annex in case.annexes:
        if (annex.file is None) == (annex.document is None):
            hint = "skriv file: navn.pdf eller document: policy/…"
            yield Problem(place_of(annex.id), f"bilaget '{annex.id}' skal være enten en fil eller et dokument", hint)
        elif annex.file is not None and f"annexes/{annex.file}" not in files:
            others = [path.removeprefix("annexes/") for path in content.known if path.startswith("annexes/")]
            hint = meant(annex.file, others, "læg den i content/annexes")
            yield Problem(place_of(annex.file), f"filen '{annex.file}' findes ikke", hint)
        elif annex.file is not None:
            path, place = f"annexes/{annex.file}", place_of(annex.file)
            data = files[path]
            if (unread := content.unread.get(path)) is not None:
                yield Problem(place, f"bilagets fil: {unread.message}", unread.hint)
            else:
                yield from check_annex(annex.file, data, place)
        elif annex.document is not None:
            yield from _document(annex.document, annex.version, content, versions)


def _document(document: str, version: str | None, content: Content, versions: Mapping[str, str]) -> Iterator[Problem]:
    if document not in versions:
        others = [f"{kind}/{name}" for kind in ("policy", "follow-up") for name in content.names_of(kind)]
        hint = meant(document, others, f"vælg {', '.join(others) or 'intet'}")
        yield Problem(place_of(document), f"dokumentet '{document}' findes ikke", hint)
        return
    present = versions[document]
    hint = f'skriv version: "{present}"'
    if version is None:
        yield Problem(place_of(document), "bilagets version mangler", hint)
    elif str(version) != present and str(version) not in content.issued_versions(document):
        yield Problem(place_of(version), f"{document} findes i version {present}, ikke {version}", hint)
