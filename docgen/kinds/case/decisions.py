"""Decisions and recommendations in the official wording (DOMAIN 1.3 and 1.4): types -> Danish sentences."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from docgen import danish
from docgen.content.computed import Computed, computed
from docgen.kinds.case.model import Decision, Outcome, Point, PointGroup, Treatment

_HOW = {None: "", "without-vote": " uden afstemning", "unanimous": " enstemmigt"}
_PARTIES = (
    ("For stemte", "parties_for"),
    ("Imod stemte", "parties_against"),
    ("Undlod at stemme", "parties_abstaining"),
)


def decision_heading(body: str, treatment: Treatment) -> Computed:
    """`Økonomiudvalgets beslutning i mødet den 14. juni 2022`; the date is left out where it is not known."""
    place = "skriftlig votering" if treatment.written else "mødet"
    when = f" den {danish.date(treatment.date)}" if isinstance(treatment.date, datetime.date) else ""
    return computed(f"{danish.genitive(body)} beslutning i {place}{when}", treatment.body)


def outcome_sentences(outcome: Outcome, numbers: dict[str, int]) -> list[str]:
    """One outcome as sentences: what was decided and how, who voted what, who abstained.

    `numbers` are the at-points' numbers by id.
    """
    if outcome.amendment:
        subject = f"Ændringsforslaget ({outcome.amendment})"
    elif outcome.point is not None:
        subject = f"Indstillingens {numbers[str(outcome.point)]}. at-punkt"
    else:
        subject = "Indstillingen"
    sentences = [f"{subject} blev {outcome.verb}{_manner(outcome)}."]
    for label, field in _PARTIES:
        if parties := getattr(outcome, field):
            sentences.append(f"{label}: {danish.enumerate(parties)}.")
    if outcome.abstentions is not None and not outcome.parties_abstaining:
        sentences.append(_abstained(outcome.abstentions))
    return sentences


def _manner(outcome: Outcome) -> str:
    if outcome.how != "vote":
        return _HOW[outcome.how]
    if outcome.votes_for is None or outcome.votes_against is None:
        return " efter afstemning"
    votes = "stemme" if outcome.votes_for == 1 else "stemmer"
    return f" med {outcome.votes_for} {votes} mod {outcome.votes_against}"


def _abstained(count: int) -> str:
    if count == 0:
        return "Ingen medlemmer undlod at stemme."
    return f"{count} {'medlem' if count == 1 else 'medlemmer'} undlod at stemme."


def statement_lead_in(by: str, joined_by: Sequence[str]) -> Computed:
    """`A afgav følgende protokolbemærkning, som B og F tilsluttede sig:`"""
    joined = f", som {danish.enumerate(joined_by)} tilsluttede sig" if joined_by else ""
    return computed(f"{by} afgav følgende protokolbemærkning{joined}:", by)


def sentences(decision: Decision, numbers: dict[str, int]) -> list[Computed]:
    """All outcomes of a decision, a paragraph each."""
    return [computed(" ".join(outcome_sentences(outcome, numbers)), outcome) for outcome in decision.outcomes]


def point_numbers(groups: Sequence[PointGroup]) -> dict[str, int]:
    """The numbers of the at-points by id; they run on through all groups (DOMAIN 1.3)."""
    return {str(point.id): number for number, point in enumerate((p for g in groups for p in g.points), 1)}


def point_end(point: Point, is_last: bool) -> str:
    """The sign after an at-point: a comma, after the last a full stop; a colon before sub-points."""
    return ":" if point.points else "." if is_last else ","


def fill(pattern: str, **words: str) -> Computed:
    """A stock phrase with its `{words}` filled in, at the phrase's place. Raises KeyError for a word that is not
    known."""
    return computed(re.sub(r"\{(\w+)\}", lambda match: words[match[1]], pattern), pattern)
