"""Commas before clauses inside a sentence: `hvis`, `når` and `fordi`, `hvoraf`, `hvor`, and `som` with its own subject."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.lexicon.forms import Form
from docgen.proofing.rule import Hit, Reading
from docgen.proofing.rules.finite import FINITE, begins_subject, comma_before, is_definite, is_finite, may_be_finite
from docgen.proofing.rules.tokens import Place, places_of, sentence_before

_WHEN = ("hvis", "når", "såfremt", "fordi", "mens", "medmindre", "eftersom", "selvom")
_WHEREOF = ("hvoraf", "hvorefter", "hvorved", "hvormed", "hvortil", "hvorimod")
_BELONGS = frozenset(
    ["og", "eller", "men", "samt", "at", "selv", "kun", "især", "ikke", "også", "netop", "først", "som", "end", "både", "hverken", "bare",
     "blot", "særligt", "særlig", "specielt", "dels", "navnlig", "primært", "fx", "hvad", "alene", "efter", "uden", "om", "lige", "præcis",
     "typisk", "altid", "ofte", "da", "så", "før", "enten", "sjældent", "normalt", "derfor", "hvor", "mindst", "formentlig", "blandt",
     "delvist", "uanset", "på", "for", "til", "af", "i", "ved", "med", "fra", "inden", "hele", "kort", "alt", "sådan", "således", "hvert", "eksempel", "andet", "eks", "især", "nemlig", "undtagen"]
)  # fmt: skip
"""Words before `hvis` and the like that belong to the clause, or to which it belongs without a comma."""
_NEAR = 9  # words of a clause that its verb is among
_COMPARED = frozenset(
    ["samme", "sådan", "sådanne", "så", "lige", "ligesom", "såvel", "både", "rollen", "egenskab", "dels"]
)
_OWN_SUBJECTS = frozenset(["vi", "man", "de", "han", "hun", "jeg", "kommunen", "forvaltningen", "udvalget"])


def _stands_plainly(place: Place) -> bool:
    """Whether a small word follows another, or a figure, inside a sentence with no sign between."""
    token, before = place[0], place[-1]
    says_not = token.word == "når" and before.word == "ikke" and is_finite(place[-2])
    is_joined = bool(before.text) and before.text[-1].isalnum() and token.start == before.end + 1
    return is_joined and token.text == token.word and not before.first and (says_not or before.word not in _BELONGS)


def _has_verb(place: Place, first: int) -> bool:
    """Whether a verb follows before the clause is ended by a sign."""
    for offset in range(first, first + _NEAR):
        token = place[offset]
        if not token.text or not token.text[0].isalnum():
            return False
        if may_be_finite(token):
            return True
    return False


def before_when(reading: Reading) -> Iterator[Hit]:
    """`udbetales når regnskabet er godkendt`, `et projekt hvis økonomi er usikker`"""
    for place in places_of(reading, *_WHEN):
        if not _stands_plainly(place) or not place[1].text[:1].isalnum() or not _has_verb(place, 2):
            continue
        earlier = list(sentence_before(place))
        verbs = [token for token in earlier if may_be_finite(token)]
        # `når` is a verb, too: `Kommunen når målet`.
        if verbs and (place[0].word != "når" or any(map(is_finite, verbs))):
            yield comma_before(place, f"der er komma foran den bisætning, som ”{place[0].word}” begynder")


def before_whereof(reading: Reading) -> Iterator[Hit]:
    """`900 bygninger hvoraf mange er gamle`, `en model hvor natteværter går i par`"""
    for place in places_of(reading, *_WHEREOF):
        if _stands_plainly(place) and place[1].text[:1].isalnum():
            yield comma_before(place, f"der er komma foran ”{place[0].word}”")
    for place in places_of(reading, "inden"):
        if _stands_plainly(place) and place[1].text in _OWN_SUBJECTS and may_be_finite(place[2]):
            yield comma_before(place, "der er komma foran den bisætning, som ”inden” begynder")
    for place in places_of(reading, "hvilket"):
        if _stands_plainly(place) and place[-1].form & Form.NOUN and is_finite(place[1]):
            yield comma_before(place, "der er komma foran ”hvilket”")
    for place in places_of(reading, "hvor"):
        before, after = place[-1], place[1]
        is_place = before.form & Form.NOUN and not before.form & (Form.VERB | Form.OTHER)
        is_plural = after.only(Form.PLURAL_NOUN) or (after.only(Form.ADJECTIVE_E) and may_be_finite(place[2]))
        is_subject = begins_subject(after) or (after.text == after.word and is_plural)
        if _stands_plainly(place) and is_place and is_subject and _has_verb(place, 2):
            yield comma_before(place, "der er komma foran den bisætning, som ”hvor” begynder")


def before_object(reading: Reading) -> Iterator[Hit]:
    """`de tilbud som kommunen har taget i brug`: `som` with a subject after it begins a clause."""
    for place in places_of(reading, "som"):
        before, after = place[-1], place[1]
        is_thing = before.text == before.word and before.only(Form.NOUN)
        is_subject = after.text in _OWN_SUBJECTS or is_definite(after)
        if not (_stands_plainly(place) and is_thing and is_subject and is_finite(place[2])):
            continue
        if not any(place[offset].word in _COMPARED for offset in range(-7, 0)):
            yield comma_before(place, "der er komma foran den bisætning, som ”som” begynder")


_NO_SUBJECTS = frozenset(["ikke", "også", "ved", "kunne", "skulle", "ville", "måtte", "burde", "have", "være"])


def is_counted_clause(place: Place) -> bool:
    """Whether after `at` a number or a noun has a verb: `at 7 ud af 10 er trygge`, `at pårørende inddrages`."""
    one, two = place[1], place[2]
    if one.text[:1].isdecimal() or (one.word, two.word) == ("op", "til"):
        return _has_verb(place, 2)
    is_thing = one.form & (Form.NOUN | Form.ADJECTIVE_E | Form.OTHER) and not one.form & Form.VERB
    is_sure = is_finite(two) and (two.word in FINITE or not two.form & Form.PAST)
    return bool(is_thing) and one.text == one.word and is_sure and one.word not in _NO_SUBJECTS
