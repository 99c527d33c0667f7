"""What is said of a subject agrees with it: `Tilbuddet er frivilligt`; plurals after `antallet af` and after a verb."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.lexicon.compounds import lemma
from docgen.lexicon.forms import Form, form_of
from docgen.proofing.rule import Hit, Reading
from docgen.proofing.rules.counted import plural_of
from docgen.proofing.rules.finite import is_finite
from docgen.proofing.rules.tokens import Place, Token, places, places_of, sentence_before

_IS = ("er", "var", "bliver", "blev")
_JOINS = frozenset(["at", "hvis", "når", "fordi", "mens", "men", "da"])
_ENDS = frozenset([".", ",", "og", "for", "inden", "efter", "af", "i", "til"])
_UNCHANGED = frozenset(
    ["enig", "uenig", "klar", "parat", "fri", "værd", "nok", "bange", "ens", "kommunal", "offentlig", "dansk"]
)
_ADVERBS = frozenset(
    ["særlig", "endelig", "samtidig", "daglig", "temmelig", "nemlig", "navnlig", "egentlig", "forhåbentlig", "virkelig", "rigtig",
     "sandsynlig", "årlig", "ugentlig", "månedlig", "hovedsagelig", "tidlig", "fornylig", "nylig", "sådan", "umiddelbar", "yderlig"]
)  # fmt: skip
_ENDINGS = ("ig", "iv", "som", "bar", "isk")
_PREPOSITIONS = frozenset(["af", "med", "til", "for", "om", "ved", "på", "i", "mellem", "uden", "efter"])
_MASS = ("personale", "materiale", "affald", "støj", "trafik", "hjælp", "arbejde", "kapital")
_FOLLOWS = frozenset(
    [".", ",", "i", "på", "med", "som", "der", "til", "fra", "er", "har", "steg", "var", "stiger", "falder", "pr"]
)
_WITH_T = {"årlig": "årligt", "månedlig": "månedligt", "ugentlig": "ugentligt", "daglig": "dagligt"}


def is_head(place: Place) -> bool:
    """Whether a noun is what its clause is about: it begins a sentence, or a clause in one."""
    before = place[-1]
    if before.word == "og":
        return any(map(is_finite, sentence_before(place)))
    return place[0].first or before.word in _JOINS or before.text == ","


def gender(reading: Reading) -> Iterator[Hit]:
    """`Tilbuddet er frivillig`, `Ordningen er frivilligt`"""
    for place in places_of(reading, *_IS):
        subject, said, after = place[-1], place[1], place[2]
        if said.text != said.word or after.text not in _ENDS or said.word in _UNCHANGED:
            continue
        if not (subject.first or place[-2].word in _JOINS or (place[-2].word == "hvis" and subject.form & Form.NOUN)):
            continue
        right = None
        if (
            subject.only(Form.NEUTER_DEFINITE)
            and said.only(Form.ADJECTIVE | Form.SINGULAR_NOUN)
            and said.word.endswith(_ENDINGS)
        ):
            right = f"{said.word}t" if form_of(f"{said.word}t") & Form.ADJECTIVE_T else None
        elif (
            (subject.only(Form.COMMON_DEFINITE) or (place[-2].word == "hvis" and subject.only(Form.COMMON_SINGULAR)))
            and said.only(Form.ADJECTIVE_T)
            and said.word.endswith("t")
        ):
            right = said.word[:-1] if form_of(said.word[:-1]) & Form.ADJECTIVE else None
        elif subject.only(Form.DEFINITE_NOUN) and said.word.endswith("ede") and said.only(Form.PAST | Form.ADJECTIVE_E):
            right = f"{said.word[:-2]}t" if form_of(f"{said.word[:-2]}t") & Form.PARTICIPLE else None
        if right and (after.text in (".", ",", "og", "for") or said.word.endswith("ede")):
            yield Hit(place.passage, said.start, said.end, "tillægsordet følger navneordets køn", right)


def plurals(reading: Reading) -> Iterator[Hit]:
    """`Antallet af borger i ordningen`, `Der opstilles midlertidig stativer`"""
    for place in places_of(reading, "antallet", "antal"):
        noun = place[2]
        if (
            place[1].word != "af"
            or noun.text != noun.word
            or noun.word.endswith(_MASS)
            or place[3].text not in _FOLLOWS
        ):
            continue
        allowed = Form.SINGULAR_NOUN | Form.PRESENT | Form.INFINITIVE | Form.IMPERATIVE | Form.KNOWN | Form.BEGINS
        is_one = bool(noun.form & Form.SINGULAR_NOUN) and not noun.form & ~allowed
        if is_one and (right := plural_of(noun.word)):
            yield Hit(place.passage, noun.start, noun.end, "navneordet står i flertal", right)
    for place in places(reading, Form.ADJECTIVE):
        word, before, noun = place[0], place[-1], place[1]
        if word.text != word.word or word.word in _ADVERBS or len(word.word) < 4:
            continue
        stands = before.word in _PREPOSITIONS or before.only(Form.PASSIVE | Form.PRESENT)
        if stands and not before.first and _is_plain(word) and _is_plural(noun) and noun.start == word.end + 1:
            yield Hit(place.passage, word.start, word.end, "tillægsordet står i flertal", f"{word.word}e")


_BARE = frozenset(
    ["samme", "hele", "egne", "næste", "første", "forrige", "nuværende", "sidste", "øvrige", "fjerde", "tredje", "visse", "rette", "gamle", "lille",
     "nederste", "øverste", "hvide", "halve", "indre", "ydre", "bedre"]
)  # fmt: skip


def bare(reading: Reading) -> Iterator[Hit]:
    """`Kommunen har gode erfaring med`: after a verb an adjective in -e has a plural after it."""
    for place in places(reading, Form.ADJECTIVE_E):
        word, before, noun = place[0], place[-1], place[1]
        if (
            word.text != word.word
            or word.word in _BARE
            or not word.only(Form.ADJECTIVE_E | Form.NOUN)
            or word.word.endswith("ste")
        ):
            continue
        stands = before.word in ("har", "havde", "har", "giver", "skaber", "får", "kræver", "og") or before.only(
            Form.PASSIVE
        )
        is_one = (
            noun.text == noun.word and noun.only(Form.COMMON_SINGULAR | Form.IMPERATIVE) and noun.start == word.end + 1
        )
        if stands and before.word != "og" and is_one and place[2].text in _FOLLOWS and (right := plural_of(noun.word)):
            yield Hit(place.passage, noun.start, noun.end, "navneordet står i flertal", right)


def owned(reading: Reading) -> Iterator[Hit]:
    """`husets økonomien`: after a genitive a noun is indefinite."""
    for place in places(reading, Form.DEFINITE_NOUN | Form.PLURAL_DEFINITE_NOUN):
        noun, owner = place[0], place[-1]
        if (
            not owner.word.endswith(_OWNERS)
            or owner.text[1:] != owner.word[1:]
            or not owner.text
            or noun.text != noun.word
        ):
            continue
        is_beside = owner.end + 1 == noun.start and noun.only(Form.DEFINITE_NOUN | Form.PLURAL_DEFINITE_NOUN)
        if (
            is_beside
            and not owner.form & Form.NOUN
            and form_of(owner.word[:-1]) & (Form.DEFINITE_NOUN | Form.PLURAL_DEFINITE_NOUN)
        ):
            found = lemma(noun.word) if noun.form & Form.DEFINITE_NOUN else None
            yield Hit(place.passage, noun.start, noun.end, "efter et ejefald står navneordet ubestemt", found)


_OWNERS = ("ets", "ens", "ernes", "enes")


def _is_plain(token: Token) -> bool:
    return token.only(Form.ADJECTIVE) and bool(form_of(f"{token.word}e") & Form.ADJECTIVE_E)


def _is_plural(token: Token) -> bool:
    return token.text == token.word and token.only(Form.PLURAL_NOUN)


def adverbs(reading: Reading) -> Iterator[Hit]:
    """`2 mio. kr. årlig`, `bliver taget alvorlig`, `Det er svær at rekruttere`"""
    for place in places_of(reading, *_WITH_T):
        token, before, after = place[0], place[-1], place[1]
        is_amount = before.word in ("kr", "kroner", "kr.") or (before.text == "." and place[-2].word in ("kr", "pct"))
        if (
            is_amount
            and token.text == token.word
            and (after.text in (".", ",", "i", "fra", "til", "og", "på") or not after.text)
        ):
            yield Hit(place.passage, token.start, token.end, "her ender ordet på t", _WITH_T[token.word])
    for place in places_of(reading, "alvorlig"):
        if place[-1].word in ("taget", "tages", "tager", "tage", "tog") and place[0].text == "alvorlig":
            yield Hit(place.passage, place[0].start, place[0].end, "her ender ordet på t", "alvorligt")
    for place in places_of(reading, "svær", "let", "nem", "dyr", "billig"):
        token, right = place[0], f"{place[0].word}t"
        is_easy = place[-2].word == "det" and place[-1].word in _IS and place[1].word == "at"
        if is_easy and token.text == token.word and form_of(right) & Form.ADJECTIVE_T:
            yield Hit(place.passage, token.start, token.end, "her ender ordet på t", right)
