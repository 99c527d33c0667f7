"""Decisions in the official wording (DOMAIN 1.4): types and the municipality's words -> Danish sentences."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from docgen import danish
from docgen.content.computed import Computed, computed
from docgen.content.decision_words import AmendmentWords, DecisionWords
from docgen.content.profile import CaseProfile, KindProfile
from docgen.kinds.case.decision_model import Amendment, Decision, MinuteStatement, Outcome
from docgen.kinds.case.model import Point, Treatment
from docgen.kinds.case.points import in_words
from docgen.structs import Struct

_GAP = re.compile(r" +([ .,])")
_LISTS = (
    ("voted_for", "parties_for"),
    ("voted_against", "parties_against"),
    ("abstained", "parties_abstaining"),
)


NameOf = Callable[..., str]
"""Gives a body's name, of an id and the treatment whose day it follows."""


class Wording(Struct, frozen=True):
    """What the sentences of one body's decision are made with: its words, the case's kind, and the numbers that the
    at-points have there. `name` gives a body's name, `body` and `council` are those of this one and the council, and
    `moved` are the amendments of the case by id."""

    profile: CaseProfile
    words: DecisionWords
    kind: KindProfile
    numbers: Mapping[str, int]
    name: NameOf
    body: str
    council: str
    moved: Mapping[str, Amendment]


def decision_heading(body: str, treatment: Treatment, words: DecisionWords) -> Computed:
    """`Økonomiudvalgets beslutning i mødet den 14. juni 2022`; the date is left out where it is not known."""
    day, first = treatment.date, treatment.written_from
    known = {"udvalgets": danish.genitive(body), "udvalg": body, "dato": "", "fra": "", "til": ""}
    if isinstance(day, datetime.date):
        known["dato"] = known["til"] = danish.date(day)
    if isinstance(first, datetime.date):
        known["fra"] = danish.date(first)
        known["til"] += f" {_hour(treatment.written_until)}" if treatment.written_until else ""
        pattern = words.heading_written_days
    elif treatment.written:
        pattern = words.heading_written if known["dato"] else words.heading_written_undated
    else:
        pattern = words.heading if known["dato"] else words.heading_undated
    return computed(fill(pattern, **known), treatment.body)


def sentences(decision: Decision, wording: Wording) -> list[Computed]:
    """All outcomes of a decision, a paragraph each, and lists of parties on their own where the words say so."""
    found: list[Computed] = []
    voted = False
    for outcome in decision.outcomes:
        own = outcome.amendment is not None
        pattern = wording.words.sentence_after_vote if voted and not own else None
        paragraphs = list(_paragraphs(outcome, wording, pattern))
        found += [computed(words, outcome) for words in paragraphs]
        voted = (own and outcome.how is not None) or (voted and own) or outcome.how == "vote"
    return found


def _paragraphs(outcome: Outcome, wording: Wording, pattern: str | None) -> Iterator[str]:
    words = wording.words
    said = [_sentence(outcome, wording, pattern)]
    if outcome.abstentions is not None:
        said.append(_abstained(outcome.abstentions, words))
    for label, field in _LISTS:
        if parties := getattr(outcome, field):
            said.append(fill(getattr(words, label), partier=_listed(parties, words)))
    if words.lists_apart:
        lists = sum(bool(getattr(outcome, field)) for _, field in _LISTS)
        yield " ".join(said[: len(said) - lists])
        yield from said[len(said) - lists :]
    else:
        yield " ".join(said)


def _sentence(outcome: Outcome, wording: Wording, pattern: str | None) -> str:
    words, points = wording.words, outcome.decided_points
    result = f"{outcome.verb} {outcome.detail}" if outcome.detail else str(outcome.verb)
    manner = _manner(outcome, words)
    known = wording.profile.outcome(outcome.verb)
    if known is not None and known.sentence is not None:
        given = {"emne": _subject(outcome, wording), "udvalg": wording.body, "råd": wording.council}
        said = fill(known.sentence, **given, detalje=str(outcome.detail or ""), måde=manner)
        return _GAP.sub(r"\1", said)
    if manner:
        clause = str(outcome.verb).endswith(" at")  # "med den ændring, at …" ends with a comma
        result = f"{result}, {manner}" if clause else f"{result} {manner}"
    shape = pattern or (words.sentence_of_points if points and words.sentence_of_points else words.sentence)
    capital = f"{result[:1].upper()}{result[1:]}"
    return fill(shape, emne=_subject(outcome, wording), udfald=result, Udfald=capital)


def _subject(outcome: Outcome, wording: Wording) -> str:
    words, kind = wording.words, wording.kind
    if outcome.amendment:
        if (found := wording.moved.get(str(outcome.amendment))) is not None:
            return fill(amendment_words(found, words).subject, **_moved_words(found, wording))
        return fill(words.unmoved_amendment, betegnelse=str(outcome.amendment))
    if points := outcome.decided_points:
        numbers = in_words(wording.numbers[str(id)] for id in points)
        return fill(kind.point_subject or words.points, numre=numbers)
    known = wording.profile.outcome(outcome.verb)
    if known is not None and known.is_of_case:
        return str(words.case)
    return str(kind.subject or words.whole)


def _manner(outcome: Outcome, words: DecisionWords) -> str:
    if outcome.how is None:
        return ""
    if outcome.how != "vote":
        return str(words.without_vote if outcome.how == "without-vote" else words.unanimous)
    if outcome.votes_for is None or outcome.votes_against is None:
        return str(words.vote_uncounted)
    votes = (int(outcome.votes_for), int(outcome.votes_against))
    first, second = (max(votes), min(votes)) if words.first_number == "winner" else votes
    return fill(words.vote, første=str(first), anden=str(second), stemmer="stemme" if first == 1 else "stemmer")


def _abstained(count: int, words: DecisionWords) -> str:
    pattern = words.none_abstained if count == 0 else words.one_abstained if count == 1 else words.several_abstained
    return fill(pattern, antal=str(int(count)))


def _listed(parties: Sequence[str], words: DecisionWords) -> str:
    order = [str(letter) for letter in words.party_order]

    def place(party: str) -> int:
        letter = str(party).partition(" (")[0]
        return order.index(letter) if letter in order else len(order)

    found = [str(party) for party in (sorted(parties, key=place) if order else parties)]
    return danish.enumerate(found) if words.party_and else ", ".join(found)


# -- what is moved at the meeting -------------------------------------------------------------------------------


def amendment_words(amendment: Amendment, words: DecisionWords) -> AmendmentWords:
    """The words of an amendment's kind; those of the first where the municipality does not have it."""
    return next((found for found in words.amendments if str(found.id) == str(amendment.kind)), words.amendments[0])


def moved_lead_in(amendment: Amendment, wording: Wording) -> Computed:
    """`Venstre fremsatte følgende ændringsforslag om nyt 6. at-punkt (ÆF2):`"""
    words = amendment_words(amendment, wording.words)
    pattern = words.again if amendment.repeats is not None and words.again else words.moved
    return computed(fill(pattern, **_moved_words(amendment, wording)), amendment.origin_of("by"))


def _moved_words(amendment: Amendment, wording: Wording) -> dict[str, str]:
    numbers = [wording.numbers[str(id)] for id in amendment.points if str(id) in wording.numbers]
    if amendment.position is not None:
        numbers = [int(amendment.position)]
    changed = wording.moved.get(str(amendment.changes))
    label = str(amendment.label or "")
    return {
        "stillere": party_names(amendment.by, wording.profile),
        "betegnelse": f" ({label})" if label else "",
        "nummer": in_words(numbers[:1]),
        "numre": in_words(numbers),
        "ændrer": str((changed.label or changed.id) if changed is not None else ""),
        "udvalg": wording.name(amendment.body) if amendment.body is not None else "",
    }


def party_names(who: Sequence[str], profile: CaseProfile) -> str:
    """Parties by their names and not their letters, and persons as they are written: `Venstre og Navn Navnesen (A)`."""
    known = {str(party.letter): str(party.name) for party in profile.parties}
    return danish.enumerate([known.get(str(one), str(one)) for one in who])


# -- remarks for the minutes ------------------------------------------------------------------------------------


def statement_lead_in(
    statement: MinuteStatement, by: Sequence[str], meetings: Sequence[str], profile: CaseProfile, words: DecisionWords
) -> str:
    """`A afgav følgende protokolbemærkning, som B og F tilsluttede sig:`; `meetings` are those that it is carried on
    from, in words."""
    if statement.lead_in is not None:
        return statement.lead_in
    known = {
        "parti": party_names(by, profile),
        "andre": party_names(statement.joined_by, profile),
        "møder": " og fra ".join(meetings),
    }
    pattern = words.statement_joined if statement.joined_by else words.statement
    pattern = words.statement_carried if meetings else pattern
    return computed(fill(pattern, **known), statement.origin_of("by"), statement)


def meeting_words(body: str, day: datetime.date | None, words: DecisionWords) -> str:
    """An earlier meeting: `Socialudvalgets møde den 26. august 2026`."""
    pattern = words.meeting if isinstance(day, datetime.date) else words.meeting_undated
    dato = danish.date(day) if isinstance(day, datetime.date) else ""
    return fill(pattern, udvalgets=danish.genitive(body), udvalg=body, dato=dato)


# -- shared -----------------------------------------------------------------------------------------------------


def point_end(point: Point, text: str, is_last: bool) -> str:
    """The sign after an at-point: a comma, after the last a full stop; a colon before sub-points. An abbreviation's dot
    is the full stop, too."""
    if point.points:
        return ":"
    if is_last:
        return "" if text.rstrip().endswith(".") else "."
    return ","


def fill(pattern: str, **words: str) -> Computed:
    """A stock phrase with its `{words}` filled in, at the phrase's place. Raises KeyError for a word that is not
    known."""
    return computed(re.sub(r"\{(\w+)\}", lambda match: words[match[1]], pattern), pattern)


def _hour(time: datetime.time) -> str:
    """`kl. 10`, or `kl. 10.30` where there are minutes."""
    shown = danish.time(time)
    return shown.removesuffix(".00")
