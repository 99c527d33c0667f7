"""Clauses whose only verb is an infinitive, where a finite one should stand: `hver etape strække sig over to år`."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.lexicon.forms import Form, form_of
from docgen.proofing.rule import Hit, Reading
from docgen.proofing.rules.finite import FINITE, MODALS, begins_subject
from docgen.proofing.rules.tokens import Place, Token, places

_BEFORE_NOUN = frozenset(
    [
        "den",
        "det",
        "de",
        "en",
        "et",
        "ene",
        "anden",
        "hver",
        "hvert",
        "to",
        "tre",
        "fire",
        "fem",
        "alle",
        "flere",
        "nye",
        "ny",
        "nyt",
    ]
)
_NO_VERBS_HERE = frozenset(["to", "ene", "alle", "nye", "fire", "tre"])
_LONGEST = 12  # words before the verb
_OPENS = frozenset(["at", "hvis", "når", "fordi", "såfremt"])
_OPENS_AFTER_COMMA = frozenset(["som", "der", "hvor", "om", "mens", "da"])
_SUBJECTS = frozenset(["hver", "hvert", "den", "det", "de", "en", "et", "alle", "flere", "begge", "denne"])
_ASKS = frozenset(["lad", "hjælp", "få", "se", "hør", "bed", "gid", "måske", "hellere", "for", "ved", "uden"])
_INVERTS = frozenset(["i", "på", "efter", "ved", "for", "siden", "under", "derfor", "desuden", "derudover", "herefter"])
_NO_VERBS = MODALS | {"du"}
_SUBJECT_NOUNS = Form.NOUN | Form.KNOWN | Form.BEGINS | Form.NAME


def without_finite(reading: Reading) -> Iterator[Hit]:
    """An infinitive that is no other word, after a subject, in a clause that has no other verb."""
    for place in places(reading, Form.INFINITIVE):
        verb, before, right = place[0], place[-1], f"{place[0].word}r"
        if verb.text != verb.word or not verb.only(Form.INFINITIVE) or verb.word in _NO_VERBS or not before.text:
            continue
        # `steder` and `grund` are verbs and adjectives, too, but not after what only a noun follows.
        follows = Form.PRESENT | Form.IMPERATIVE | Form.ADJECTIVE if place[-2].word in _BEFORE_NOUN else 0
        is_after = bool(before.form & (Form.NOUN | Form.NAME)) and not before.form & ~(_SUBJECT_NOUNS | follows)
        if not is_after or before.word in FINITE | MODALS or not place[1].text or not form_of(right) & Form.PRESENT:
            continue
        begin = _beginning(place)
        if begin is not None and _is_clause(place, begin):
            yield Hit(place.passage, verb.start, verb.end, "her står nutid, som ender på r", right)


def _beginning(place: Place) -> int | None:
    """How far before the verb its clause begins; None where it has another verb, or cannot be told."""
    for offset in range(-1, -_LONGEST, -1):
        token, earlier = place[offset], place[offset - 1]
        if token.word in _OPENS and not token.first:
            return offset + 1 if offset < -1 else None
        if token.word in _OPENS_AFTER_COMMA and earlier.text == ",":
            return offset + 1 if offset < -1 else None
        if token.word == "og" and earlier.text == ",":
            return offset + 1 if place[offset + 1].word in _SUBJECTS or begins_subject(place[offset + 1]) else None
        if not token.text[:1].isalnum() or token.word in _OPENS_AFTER_COMMA or token.word in ("og", "eller", "samt"):
            return None
        if _is_verb(token) and (token.word in FINITE | MODALS or offset < -1 or earlier.word not in _BEFORE_NOUN):
            return None
        if token.first:
            return offset if token.word not in _ASKS or token.word in _INVERTS else None
    return None


def _is_verb(token: Token) -> bool:
    is_other = token.word in _NO_VERBS_HERE
    return token.word in FINITE or token.word in MODALS or bool(token.form & Form.VERB and not is_other)


def _is_clause(place: Place, begin: int) -> bool:
    """Whether the words before a verb are its subject, or what stands first with the subject after it."""
    first, after = place[begin], place[1]
    if first.first and first.word in _INVERTS:
        return begins_subject(after) or after.text[:1].isdecimal() or after.only(Form.PLURAL_NOUN)
    ends = place.tokens[-1].text in (".", "!", "?")
    is_opened = not first.first
    return (is_opened or (ends and begin < -1)) and after.text not in ("og", "eller", "/", "-")


_HELPERS = MODALS - {"har", "havde", "få"}


def after_early_modal(reading: Reading) -> Iterator[Hit]:
    """`Fremover skal alle nye aftaler indeholder krav`: the modal stands before its subject, and the verb after."""
    for place in places(reading, Form.PRESENT):
        verb, before = place[0], place[-1]
        right = verb.word.removesuffix("r")
        is_plain = verb.text == verb.word and verb.only(Form.PRESENT) and form_of(right) & Form.INFINITIVE
        if is_plain and before.form & (Form.NOUN | Form.NAME) and _is_after_modal(place):
            yield Hit(place.passage, verb.start, verb.end, "her står navnemåde", right)


def _is_after_modal(place: Place) -> bool:
    """Whether a modal and then only a subject stand before a verb, the modal as the second or third word of its
    sentence."""
    for offset in range(-1, -_LONGEST, -1):
        token = place[offset]
        if token.word in _HELPERS and token.text == token.word:
            is_early = place[offset - 1].first or place[offset - 2].first
            return (
                is_early and offset < -1 and (place[offset + 1].word in _SUBJECTS or begins_subject(place[offset + 1]))
            )
        if not token.text[:1].isalnum() or token.first or token.word in _OPENS | _OPENS_AFTER_COMMA | {"og", "eller"}:
            return False
        if _is_verb(token) and place[offset - 1].word not in _BEFORE_NOUN:
            return False
    return False
