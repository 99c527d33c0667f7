"""Commas before clauses that a verb asks for: `at`, `om`, `da` and `så`; and between two clauses that begin alike."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.lexicon.forms import Form
from docgen.proofing.rule import Hit, Reading
from docgen.proofing.rules.finite import (
    OPENS,
    PRONOUNS,
    begins_subject,
    comma_before,
    is_finite,
    is_next,
    may_be_finite,
)
from docgen.proofing.rules.tokens import Place, Token, places_of, sentence_before

_BELONGS = frozenset(
    ["for", "efter", "uden", "ved", "så", "mindre", "end", "trods", "blot", "bare", "selvom", "fordi", "inden", "frem", "således", "nu",
     "og", "eller", "samt", "både", "dels", "men", "som", "ikke", "endda", "siden", "hen", "ud", "uanset", "kun", "især", "også", "især",
     "til", "netop", "særligt", "alene", "i", "sådan", "enten", "hverken", "først", "dermed", "herunder"]
)  # fmt: skip
"""Words before an `at` that belongs to them, or that joins clauses: no comma is between."""
_NEAR = 7  # words of a clause that its verb is among


def _has_subject_and_verb(place: Place) -> bool:
    """Whether the words after a small word are a subject and a finite verb, before any infinitive or sign."""
    opens = place[1]
    if not opens.text[:1].isalnum() or opens.word in OPENS:
        return False
    if opens.form & (Form.INFINITIVE | Form.ADJECTIVE_T | Form.COMPARATIVE | Form.PASSIVE | Form.PAST | Form.PRESENT):
        return False
    if not opens.form & ~(Form.KNOWN | Form.OTHER | Form.BEGINS) and opens.text not in _POINTED | PRONOUNS:
        return False
    for offset in range(2, 2 + _NEAR):
        token = place[offset]
        if token.text == "-":
            continue
        if token.word == "som" and place[offset - 1].form & Form.NOUN:
            return True
        if not token.text[:1].isalnum():
            return False
        if is_finite(token):
            return not (token.word == "så" or (offset == 2 and token.word == "ser"))
        if token.form & Form.INFINITIVE or token.word in OPENS:
            return False
    return False


_POINTED = frozenset(
    ["alle", "begge", "ingen", "hver", "hvert", "denne", "dette", "disse", "flere", "mange", "nogle", "en", "et"]
)


def before_that(reading: Reading) -> Iterator[Hit]:
    """`orienterede om at Dreyershus har haft besøg`"""
    for place in places_of(reading, "at"):
        before = place[-1]
        is_plain = place[0].text == "at" and is_next(place) and before.word not in _BELONGS
        if is_plain and _may_ask(before) and _has_subject_and_verb(place):
            yield comma_before(place, "huset sætter startkomma foran at-sætninger")


def _may_ask(token: Token) -> bool:
    return not token.first or bool(token.form & (Form.INFINITIVE | Form.PARTICIPLE) and not token.form & Form.NOUN)


_ASKS_FOR = frozenset(
    ["afgørende", "ansvarlig", "ansvarlige", "ansvar", "ansvaret", "forudsætning", "forudsætningen", "sørge", "sørger", "sørget", "baggrund",
     "risiko", "risikoen", "mulighed", "behov", "betingelse", "grundlag", "udtryk", "bevis", "garanti", "årsag", "grund"]
)  # fmt: skip


def before_that_after_for(reading: Reading) -> Iterator[Hit]:
    """`er afgørende for at der sker noget`; not `for at der kan ske noget`, which says why"""
    for place in places_of(reading, "at"):
        is_plain = place[0].text == "at" and is_next(place) and place[-1].text == "for"
        if is_plain and place[-2].word in _ASKS_FOR and _has_subject_and_verb(place):
            yield comma_before(place, "huset sætter startkomma foran at-sætninger")


_ASKING = frozenset(
    f"{stem}{end}"
    for stem in ("vurder", "undersøg", "afklar", "drøft", "overvej", "genovervej", "diskuter")
    for end in ("e", "er", "es", "t", "et", "ede", "te")
) | {
    "spørge",
    "spørger",
    "spurgte",
    "spurgt",
    "afgøre",
    "afgør",
    "afgøres",
    "afgjort",
    "tvivl",
    "uvist",
    "uklart",
    "usikkert",
}


def before_whether(reading: Reading) -> Iterator[Hit]:
    """`genovervejer om ordningen skal fortsætte`, `Vi ved ikke om staten vil betale`"""
    for place in places_of(reading, "om"):
        before, earlier = place[-1], place[-2]
        knows = before.word == "ikke" and earlier.word in ("ved", "vidste")
        depends = before.word == "af" and earlier.word in ("afhænger", "afhængig", "afhængigt", "afhænge")
        decides = before.word == "til" and earlier.word == "stilling"
        if not (before.word in _ASKING or knows or depends or decides):
            continue
        if place[0].text == "om" and is_next(place) and _has_subject_and_verb(place):
            yield comma_before(place, "der er komma foran et spørgsmål, der er en del af sætningen")


_NOT_AS = frozenset(["og", "men", "så", "nu", "end", "især", "netop", "jo", "kun", "også", "hvad", "hvem", "hvor"])


def before_since(reading: Reading) -> Iterator[Hit]:
    """`Træerne fældes da de er syge`"""
    for place in places_of(reading, "da"):
        before, subject, verb = place[-1], place[1], place[2]
        if place[0].text != "da" or not is_next(place) or before.first or before.word in _NOT_AS | PRONOUNS:
            continue
        is_clause = begins_subject(subject) and (is_finite(verb) or (is_finite(place[3]) and verb.text[:1].isalpha()))
        stands = not is_finite(before) and any(may_be_finite(token) for token in sentence_before(place))
        if is_clause and (stands or before.only(Form.PASSIVE)):
            yield comma_before(place, "der er komma foran den bisætning, som ”da” begynder")


_MAY = frozenset(["kan", "skal", "får", "bliver", "undgår", "undgås", "vil", "fremgår", "passer"])
_NO_END = Form.NOUN | Form.PARTICIPLE | Form.INFINITIVE | Form.PASSIVE | Form.ADJECTIVE_T


def before_so_that(reading: Reading) -> Iterator[Hit]:
    """`Planen ændres så borgerne kan følge med`; not where a clause with `hvis` or the like came first."""
    for place in places_of(reading, "så"):
        before, subject, verb = place[-1], place[1], place[2]
        if place[0].text != "så" or not is_next(place) or not before.form & _NO_END or before.text != before.word:
            continue
        if not begins_subject(subject) or subject.text in ("en", "et", "alle") or verb.word not in _MAY:
            continue
        earlier = list(sentence_before(place))
        opens = earlier[-1].word if earlier else ""
        if opens not in ("hvis", "når", "da", "såfremt", "for", "som") and any(map(may_be_finite, earlier)):
            yield comma_before(place, "der er komma foran den bisætning, som ”så” begynder")


_ALIKE = ("at", "som", "hvordan", "hvorfor", "hvornår", "hvad", "hvem", "hvilke", "hvilken", "hvorvidt", "om")


def between_alike(reading: Reading) -> Iterator[Hit]:
    """`oplyser, at taget er utæt og at det skal skiftes`, `borgere, som er syge og som har brug for hjælp`"""
    for place in places_of(reading, *_ALIKE):
        joint, before = place[-1], place[-2]
        if place[0].text not in _ALIKE or joint.text not in ("og", "eller") or not before.text[-1:].isalnum():
            continue
        if joint.start != before.end + 1 or not _is_clause(place) or not _began_alike(place):
            continue
        words = f"{before.text}, {joint.text}"
        yield Hit(place.passage, before.start, joint.end, "der er komma mellem to bisætninger", words)


def _is_clause(place: Place) -> bool:
    if place[0].word == "at":
        return _has_subject_and_verb(place)
    if place[0].word == "som":
        return is_finite(place[1]) or is_finite(place[2])
    if place[0].word == "om":
        return begins_subject(place[1]) and (is_finite(place[2]) or is_finite(place[3]))
    is_said = place[1].text in PRONOUNS and place[2].form & Form.PRESENT
    return bool(is_said) or (any(is_finite(place[offset]) for offset in range(1, 8)) and place[1].text[:1].isalpha())


def _began_alike(place: Place) -> bool:
    """Whether a comma and a word of the same kind came before in the sentence, and a finite verb after it."""
    verb = False
    earlier = list(sentence_before(place))
    for number, token in enumerate(earlier[1:], 1):
        verb = verb or is_finite(token)
        follows_comma = number + 1 < len(earlier) and earlier[number + 1].text == ","
        if follows_comma and _same_kind(token, place[0]):
            return verb
    return False


def _same_kind(token: Token, other: Token) -> bool:
    both = (token.word, other.word)
    return token.word == other.word or both == ("der", "som") or all(word.startswith("hv") for word in both)
