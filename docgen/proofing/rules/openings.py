"""A comma too many after what only begins a sentence, and before an infinitive that its verb asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.lexicon.forms import Form
from docgen.proofing.rule import Hit, Reading
from docgen.proofing.rules.finite import OPENS, PRONOUNS, begins_subject, is_definite, is_finite, may_be_finite
from docgen.proofing.rules.tokens import Place, Token, all_sentences, places_of, sentence_before

_FRONTS = frozenset(
    ["i", "på", "ved", "efter", "for", "til", "med", "af", "under", "uden", "som", "siden", "fra", "gennem", "inden", "trods", "udover"]
)  # fmt: skip
_SAYS = frozenset(
    ["siger", "mener", "oplyser", "skriver", "fortæller", "sagde", "lyder", "forklarer", "står", "hedder"]
)  # fmt: skip
"""Verbs that are said between two commas: `På Amager, siger borgmesteren, er der plads.`"""
_JOINED = frozenset(["-", "/", "’", "&", "."])
_STOPS = OPENS | PRONOUNS - {"den", "det", "de"} | {"og", "eller", "samt", "både", "hverken"}


def after_opening(reading: Reading) -> Iterator[Hit]:
    """`På mødet i maj, besluttede udvalget`, `For at nå målet, skal der`, `Kvaliteten af maden, er god`"""
    for sentence in all_sentences(reading):
        first = sentence[0][0]
        if len(sentence) < 5 or not (first.word in _FRONTS or (is_definite(first) and first.text != first.word)):
            continue
        comma = next((at for at, place in enumerate(sentence) if place[0].text == ","), 0)
        if comma < (2 if first.word in _FRONTS else 3) or comma + 2 >= len(sentence):
            continue
        verb, before = sentence[comma + 1][0], sentence[comma][-1]
        if _is_verb(sentence[comma + 1]) and _is_bare(sentence[:comma]):
            is_aside = verb.word in _SAYS and any(place[0].text == "," for place in sentence[comma + 1 :])
            if not is_aside and sentence[comma + 2][0].text[0].isalpha():
                words = f"{before.text} {verb.text}"
                message = "der er intet komma efter det, der kun begynder sætningen"
                yield Hit(sentence[comma].passage, before.start, verb.end, message, words)


def _is_verb(place: Place) -> bool:
    """Whether a word is finite; that `besluttede` is an adjective, too, does not count before a subject."""
    token, after = place[0], place[1]
    if token.word == "så":
        return False
    may_be = token.form & (Form.PAST | Form.PRESENT) and token.text == token.word
    return is_finite(token) or bool(may_be and begins_subject(after))


def _is_bare(words: Sequence[Place]) -> bool:
    """Whether some words have neither a verb that may be finite nor a clause in them, and are no list."""
    for place in words:
        token, after = place[0], place[1]
        if not token.text[0].isalnum() and token.text not in _JOINED:
            return False
        if token.word == "at" and after.form & Form.INFINITIVE:
            continue
        if token.word == "som" and token.first:
            continue
        if token.word in _STOPS and not (token.word in ("og", "eller", "samt") and not token.first):
            return False
        if not token.first and may_be_finite(token):
            return False
    return True


def in_clause(reading: Reading) -> Iterator[Hit]:
    """`oplyste, at der i år, bliver plads`: between the subject of a clause and its verb"""
    for place in places_of(reading, "at"):
        if place[0].text != "at" or place[-1].text != "," or not begins_subject(place[1]):
            continue
        for offset in range(2, 20):
            token = place[offset]
            if token.text == ",":
                verb, before, after = place[offset + 1], place[offset - 1], place[offset + 2]
                if offset > 3 and is_finite(verb) and verb.word not in _SAYS and after.text:
                    words = f"{before.text} {verb.text}"
                    message = "der er intet komma mellem ord, der hører sammen"
                    yield Hit(place.passage, before.start, verb.end, message, words)
                break
            is_sign = not token.text[:1].isalnum() and token.text not in _JOINED
            if is_sign or may_be_finite(token) or token.word in OPENS | {"og", "eller"} or token.first:
                break


def before_shared(reading: Reading) -> Iterator[Hit]:
    """`Lederen viste rundt, og orienterede om driften`, `De mødes, for at aftale det`: nothing but one clause before"""
    for place in (*places_of(reading, "og"), *places_of(reading, "for")):
        comma, before, after = place[-1], place[-2], place[1]
        if comma.text != "," or place[0].text not in ("og", "for") or before.end != comma.start:
            continue
        if place[0].text == "og":
            subject = place[2].text in PRONOUNS or is_definite(place[2]) or not place[2].text[:1].isalnum()
            is_past = after.form & Form.PAST and after.text == after.word and place[2].word in _AFTER_VERB
            is_verb = (is_finite(after) and not after.only(Form.PASSIVE)) or is_past
            is_wrong = is_verb and not subject and place[2].text == place[2].word
        else:
            is_wrong = after.text == "at" and place[2].only(Form.INFINITIVE)
        earlier = list(sentence_before(place))[1:]
        is_plain = not any(token.word in OPENS or token.text in (",", "–", ":", "(", "”", '"') for token in earlier)
        if is_wrong and is_plain and any(map(is_finite, earlier)) and earlier[-1].text != earlier[-1].word:
            words = f"{before.text} {place[0].text}"
            message = "der er intet komma mellem ord, der hører sammen"
            yield Hit(place.passage, before.start, place[0].end, message, words)


_AFTER_VERB = _FRONTS | {"om", "den", "det", "de", "en", "et", "at"}
_DECIDED = frozenset(
    ["besluttet", "valgt", "foreslået", "aftalt", "anbefalet", "muligt", "nødvendigt", "vigtigt", "besluttede", "valgte", "ønskede",
     "foreslog", "foreslår", "undlod", "forsøgte", "overvejede", "forpligtet", "begyndt"]
)  # fmt: skip
_FAR = 12  # words between the verb and what it asks for


def before_infinitive(reading: Reading) -> Iterator[Hit]:
    """`Udvalget valgte, at udskyde sagen`, `Det blev besluttet i maj, at støtte klubben`"""
    for place in places_of(reading, "at"):
        comma, before = place[-1], place[-2]
        if (
            comma.text != ","
            or place[0].text != "at"
            or before.end != comma.start
            or not place[1].only(Form.INFINITIVE)
        ):
            continue
        for number, token in enumerate(sentence_before(place)):
            if number and (number > _FAR or token.text in (",", "–", ":", ";", "(") or token.word in OPENS):
                break
            if token.word in _DECIDED:
                words = f"{before.text} at"
                message = "der er intet komma foran ”at” og navnemåde"
                yield Hit(place.passage, before.start, place[0].end, message, words)
                break


def after_joint(reading: Reading) -> Iterator[Hit]:
    """`løn, uddannelse og, kørsel`"""
    for place in places_of(reading, "og", "eller", "samt"):
        comma, after = place[1], place[2]
        if comma.text != "," or comma.start != place[0].end or not _is_thing(after):
            continue
        if place[3].text in (".", "") and place[-1].text[:1].isalpha():
            right = f"{place[0].text} {after.text}"
            yield Hit(
                place.passage, place[0].start, after.end, "der er intet komma mellem ord, der hører sammen", right
            )


def _is_thing(token: Token) -> bool:
    return token.text == token.word and bool(token.form & Form.NOUN) and token.word not in OPENS
