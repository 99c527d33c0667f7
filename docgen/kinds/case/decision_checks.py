"""Rules of a decision: what became of each at-point; votes that fit the outcome, seats and parties (DOMAIN 1.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from docgen.content.organisation import Body
from docgen.content.profile import CaseProfile
from docgen.content.scalar import place_of
from docgen.content.validation import meant
from docgen.kinds.case.decision_model import Amendment, Decision, MinuteStatement, Outcome
from docgen.kinds.case.minutes import Said, amendments_of, statements_of
from docgen.kinds.case.model import Case, Treatment
from docgen.kinds.case.points import groups_for
from docgen.problems import Origin, Problem, elsewhere

_SIDES = (("votes_for", "parties_for"), ("votes_against", "parties_against"), ("abstentions", "parties_abstaining"))
_NEEDS_MAJORITY = ("adopted", "amended", "recommended", "postponed", "noted")


def check_decision(treatment: Treatment, case: Case, profile: CaseProfile, body: Body | None) -> Iterator[Problem]:
    """Every problem in the decision of a treatment, if it has one; `body` is the one that decides."""
    decision = treatment.decision
    if decision is None:
        return
    if not decision.outcomes and decision.text is None:
        hint = "skriv outcomes, eller beslutningens ord i text"
        yield Problem(decision.origin, "beslutningen siger ikke, hvad det blev", hint)
    points = {str(item.point.id) for group in groups_for(case, treatment) for item in group.points}
    known = amendments_of(case)
    yield from _ids(decision)
    for amendment in decision.amendments:
        yield from _amendment(amendment, decision, points, known, profile)
    own = {name for item in decision.amendments for name in names_of(item)}
    decided: set[str] = set()
    for outcome in decision.outcomes:
        yield from _word(outcome, profile)
        yield from _votes(outcome, body)
        yield from _majority(outcome, profile)
        yield from _parties(outcome, treatment, profile)
        yield from _subject(outcome, points, own)
        keys = [outcome.amendment and f"={outcome.amendment}"] if outcome.amendment else outcome.decided_points or [""]
        for key in map(str, keys):
            if key in decided:
                where = place_of(outcome.point or outcome.amendment or outcome)
                yield Problem(where, "der er besluttet to gange om det samme", "giv hvert at-punkt ét udfald")
            decided.add(key)
    if decision.text is None:
        yield from _complete(decision, points, {key for key in decided if not key.startswith("=")})
    said = statements_of(case)
    for statement in decision.statements:
        yield from _statement(statement, said)


def again(texts: Iterable[str]) -> Iterator[tuple[str, Origin]]:
    """Each text that stands there before, and where it stood first."""
    seen: dict[str, Origin] = {}
    for text in texts:
        if str(text) in seen:
            yield text, seen[str(text)]
        seen.setdefault(str(text), place_of(text))


def names_of(item: Amendment) -> set[str]:
    """What an outcome can call something that was moved: its id, or its label where it has one."""
    return {str(item.id)} if item.label is None else {str(item.id), str(item.label)}


def _ids(decision: Decision) -> Iterator[Problem]:
    ids = [*(item.id for item in decision.amendments), *(item.id for item in decision.statements if item.id)]
    for id, first in again(ids):
        shown = f"id'et '{id}' bruges to gange{elsewhere(first, place_of(id))}"
        yield Problem(place_of(id), shown, "giv det ene et andet id")


def _subject(outcome: Outcome, points: set[str], amendments: set[str]) -> Iterator[Problem]:
    for id in outcome.decided_points:
        if str(id) not in points:
            hint = meant(str(id), sorted(points), f"vælg {', '.join(sorted(points)) or 'intet'}")
            yield Problem(place_of(id), f"der er intet at-punkt '{id}'", hint)
    if outcome.amendment is not None and outcome.decided_points:
        yield Problem(place_of(outcome.amendment), "udfaldet gælder både et forslag og at-punkter", "del det i to")
    if outcome.amendment is not None and amendments and str(outcome.amendment) not in amendments:
        names = sorted(amendments)
        hint = meant(str(outcome.amendment), names, f"vælg {', '.join(names)}")
        yield Problem(place_of(outcome.amendment), f"der er intet forslag '{outcome.amendment}' under amendments", hint)


def _complete(decision: Decision, points: set[str], decided: set[str]) -> Iterator[Problem]:
    """One outcome for the whole, or one for each at-point (DOMAIN 1.4)."""
    place = decision.origin_of("outcomes")
    if "" in decided and len(decided) > 1:
        yield Problem(place, "beslutningen gælder både hele indstillingen og enkelte at-punkter", "vælg det ene")
    elif "" not in decided and decided and (missing := points - decided):
        shown = ", ".join(sorted(missing))
        yield Problem(place, f"der mangler et udfald for {shown}", "giv hvert at-punkt ét udfald")


# -- words and votes --------------------------------------------------------------------------------------------


def _word(outcome: Outcome, profile: CaseProfile) -> Iterator[Problem]:
    known = [str(item.word) for item in profile.outcomes]
    if str(outcome.verb) not in known:
        guess = meant(str(outcome.verb), known, "")
        which = f"kendte er {', '.join(known)}; andre kan tilføjes i settings.yaml under cases: outcomes"
        hint = f"{guess} {which}" if guess else which
        yield Problem(place_of(outcome.verb), f"'{outcome.verb}' er ikke en mulighed i 'verb'", hint)


def _votes(outcome: Outcome, body: Body | None) -> Iterator[Problem]:
    """Votes that do not add up are told at the first number of them."""
    counts = {name: getattr(outcome, name) or 0 for name, _ in _SIDES}
    place = outcome.origin_of(next((name for name, count in counts.items() if count), "how"))
    total = sum(counts.values())
    if body is not None and body.seats is not None and total > body.seats:
        shown = f"{body.id} har {body.seats}{elsewhere(body.origin_of('seats'), place)}"
        yield Problem(place, f"der er afgivet {total} stemmer, og {shown}", "ret tallene")
    if negative := next((name for name, count in counts.items() if count < 0), None):
        yield Problem(outcome.origin_of(negative), f"der er afgivet {counts[negative]} stemmer", "ret tallet")
    if outcome.how == "vote" and (outcome.votes_for is None) != (outcome.votes_against is None):
        asked, hint = outcome.origin_of("how"), "skriv både votes_for og votes_against"
        yield Problem(asked, "der mangler stemmer for eller imod", hint)
    if outcome.how != "vote" and any(counts.values()):
        yield Problem(place, "der er stemmetal, men ingen afstemning", "skriv how: vote")
    if outcome.how != "vote" and outcome.parties_against:
        place = outcome.origin_of("parties_against")
        yield Problem(place, "der er stemt imod, men ingen afstemning", "skriv how: vote")


def _majority(outcome: Outcome, profile: CaseProfile) -> Iterator[Problem]:
    """More than half of the votes cast carry a motion (the municipal government act § 11); else it falls."""
    word, yes, no = profile.outcome(outcome.verb), outcome.votes_for, outcome.votes_against
    if word is None or outcome.how != "vote" or yes is None or no is None:
        return
    carried = int(yes) > int(no)
    contradicts = (word.meaning in _NEEDS_MAJORITY and not carried) or (word.meaning == "rejected" and carried)
    if contradicts:
        place = outcome.origin_of("votes_for")
        shown = f"{int(yes)} stemte for og {int(no)} imod, og så kan det ikke være {outcome.verb}"
        hint = "ret det, der er forkert, efter referatet: stemmerne eller udfaldet"
        yield Problem(place, f"{shown}{elsewhere(place_of(outcome.verb), place)}", hint)


def _parties(outcome: Outcome, treatment: Treatment, profile: CaseProfile) -> Iterator[Problem]:
    """A party stands in one list, and the lists are not more than the votes."""
    for party, first in again((*outcome.parties_for, *outcome.parties_against, *outcome.parties_abstaining)):
        if "(" not in party:
            shown = f"partiet {party} står to steder{elsewhere(first, place_of(party))}"
            yield Problem(place_of(party), shown, "skriv et parti ét sted, eller navnene i parentes: Ø (navn)")
    seats = {str(one.letter): int(one.seats.get(str(treatment.body), 0)) for one in profile.parties}
    hint = "ret tallet eller partierne efter referatet"
    for number, names in _SIDES:
        votes, parties = getattr(outcome, number), getattr(outcome, names)
        if votes is None or not parties:
            continue
        least = sum(_members(str(party)) for party in parties)
        if least > int(votes):
            shown = f"{int(votes)} stemmer, men partierne er mindst {least}"
            yield Problem(outcome.origin_of(number), f"der er {shown}", hint)
        elif all(seats.get(str(party)) or "(" in party for party in parties):
            most = sum(_members(str(party)) if "(" in party else seats[str(party)] for party in parties)
            if most < int(votes):
                shown = f"{int(votes)} stemmer, men partierne har kun {most} medlemmer i udvalget"
                yield Problem(
                    outcome.origin_of(number), f"der er {shown}", "ret tallet eller partierne efter referatet"
                )


def _members(party: str) -> int:
    """How many a list's entry must be: those who are named in brackets, and at least one for a party."""
    _, bracket, names = party.partition("(")
    return names.count(",") + 1 if bracket else 1


# -- what was moved and said ------------------------------------------------------------------------------------


def _amendment(
    item: Amendment, decision: Decision, points: set[str], known: Mapping[str, Amendment], profile: CaseProfile
) -> Iterator[Problem]:
    kinds = [str(words.id) for words in profile.words.amendments]
    if str(item.kind) not in kinds:
        hint = meant(str(item.kind), kinds, f"vælg {', '.join(kinds)}")
        yield Problem(item.origin_of("kind"), f"der er ingen slags forslag, der hedder '{item.kind}'", hint)
    for id in item.points:
        if str(id) not in points:
            hint = meant(str(id), sorted(points), f"vælg {', '.join(sorted(points)) or 'intet'}")
            yield Problem(place_of(id), f"der er intet at-punkt '{id}'", hint)
    for other in (item.changes, item.repeats):
        if other is not None and str(other) not in known:
            hint = meant(str(other), sorted(known), f"vælg {', '.join(sorted(known))}")
            yield Problem(place_of(other), f"der er intet forslag '{other}' i sagen", hint)
    decided = not names_of(item).isdisjoint(str(outcome.amendment) for outcome in decision.outcomes)
    if not decided and decision.text is None and str(item.kind) != "split-vote":
        hint = f"tilføj et udfald med amendment: {item.id}"
        yield Problem(place_of(item.id), f"der står ikke, hvad der blev af '{item.id}'", hint)


def _statement(item: MinuteStatement, known: Mapping[str, Said]) -> Iterator[Problem]:
    origin = known.get(str(item.carries)) if item.carries is not None else None
    if item.carries is not None and origin is None:
        hint = meant(str(item.carries), sorted(known), f"vælg {', '.join(sorted(known)) or 'intet'}")
        yield Problem(place_of(item.carries), f"der er ingen protokolbemærkning '{item.carries}' i sagen", hint)
    if item.text is None and item.carries is None:
        yield Problem(item.origin, "protokolbemærkningen har ingen tekst", "skriv text, eller carries til en tidligere")
    if not item.by and item.carries is None and item.lead_in is None:
        yield Problem(item.origin, "der står ikke, hvis protokolbemærkningen er", "skriv by: partibogstav")
    if origin is not None and item.closed is None:
        decision = origin.treatment.decision
        if origin.statement.closed is not None or (decision is not None and decision.closed is not None):
            place = place_of(item.carries)
            shown = f"'{item.carries}' er lukket{elsewhere(origin.statement.origin, place)}"
            yield Problem(place, f"{shown}, og denne fører den videre åbent", "skriv closed her også")
