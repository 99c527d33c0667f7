"""Adjectives and nouns that go together: `det ansvarlige udvalg`, `det forventede resultat`, `de vigtigste indsatser`."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.lexicon.compounds import lemma, parts
from docgen.lexicon.forms import Form, form_of
from docgen.proofing.rule import Hit, Reading
from docgen.proofing.rules.counted import plural_of
from docgen.proofing.rules.finite import is_definite, is_finite
from docgen.proofing.rules.tokens import Place, Token, places, places_of

_SAME = frozenset(["ny", "nok", "fri", "lidt", "meget", "hel", "halv", "rigtig", "særlig", "virkelig", "vist", "dansk"])
_DEFINITE = Form.DEFINITE_NOUN | Form.PLURAL_DEFINITE_NOUN


def _plural(word: str) -> str | None:
    """`tom` -> `tomme`, `lang` -> `lange`; None where the list has no such form."""
    if word == "gammel":
        return "gamle"
    return next((form for form in (f"{word}e", f"{word}{word[-1]}e") if form_of(form) & Form.ADJECTIVE_E), None)


def _is_beside(place: Place, offset: int) -> bool:
    return place[offset].text == place[offset].word and place[offset].start == place[offset - 1].end + 1


def after_article(reading: Reading) -> Iterator[Hit]:
    """`det ansvarlig udvalg`, `de ansvarlig ledere`: after an article an adjective ends on e."""
    for place in places_of(reading, "det", "dette", "de", "disse", "den", "denne"):
        article, word, noun = place[0], place[1], place[2]
        if not (_is_beside(place, 1) and _is_beside(place, 2)) or word.word in _SAME or len(word.word) < 4:
            continue
        if not word.only(Form.ADJECTIVE) or form_of(f"{word.word}t") & Form.ADJECTIVE_T == 0:
            continue
        neuter = noun.only(Form.NEUTER_SINGULAR | Form.NEUTER_PLURAL) and article.word in ("det", "dette")
        plural = noun.only(Form.PLURAL_NOUN) and article.word in ("de", "disse") and not is_finite(place[-1])
        common = noun.only(Form.COMMON_SINGULAR) and article.word in ("den", "denne") and article.first
        if (neuter or plural or common) and (right := _plural(word.word)):
            yield Hit(place.passage, word.start, word.end, "efter ”det”, ”den” og ”de” ender tillægsordet på e", right)


def own(reading: Reading) -> Iterator[Hit]:
    """`hver deres egen omklædningsrum`"""
    for place in places_of(reading, "egen", "eget"):
        noun = place[1]
        if not _is_beside(place, 1) or place[2].text in ("-", "/"):
            continue
        if place[0].text == "egen" and noun.only(Form.NEUTER_SINGULAR | Form.NEUTER_PLURAL):
            yield Hit(place.passage, place[0].start, place[0].end, f"det hedder ”eget {noun.word}”", "eget")
        elif place[0].text == "eget" and noun.only(Form.COMMON_SINGULAR):
            yield Hit(place.passage, place[0].start, place[0].end, f"det hedder ”egen {noun.word}”", "egen")


def twice_definite(reading: Reading) -> Iterator[Hit]:
    """`det forventede resultatet`, `denne indstillingen`: a noun is not definite in two ways."""
    for place in places(reading, _DEFINITE):
        noun, before, article = place[0], place[-1], place[-2]
        if not noun.only(_DEFINITE) or noun.text != noun.word or noun.start != before.end + 1:
            continue
        beside = before.text.lower() in ("denne", "nærværende") and not is_finite(article) and article.text != ","
        is_adjective = before.only(Form.ADJECTIVE_E) or before.only(Form.ADJECTIVE_E | Form.PAST)
        apart = is_adjective and article.word in ("det", "den") and article.end + 1 == before.start
        fits = noun.form & (Form.NEUTER_DEFINITE if article.word == "det" else Form.COMMON_DEFINITE)
        if beside or (apart and fits and not is_finite(place[-3]) and place[1].text != noun.text):
            single = lemma(noun.word) if noun.form & Form.DEFINITE_NOUN else None
            yield Hit(place.passage, noun.start, noun.end, "navneordet er allerede bestemt af ordet foran", single)


def after_best(reading: Reading) -> Iterator[Hit]:
    """`de vigtigste indsats er`: after `de` and an adjective a noun is a plural."""
    for place in places_of(reading, "de", "disse"):
        word, noun, after = place[1], place[2], place[3]
        if not (_is_beside(place, 1) and _is_beside(place, 2)) or not word.only(Form.SUPERLATIVE | Form.ADJECTIVE_E):
            continue
        is_one = noun.only(Form.COMMON_SINGULAR | Form.PASSIVE) and noun.form & Form.COMMON_SINGULAR
        right = plural_of(noun.word) if is_one else None
        if right and right != noun.word and (is_finite(after) or after.text in (".", ",", "i", "på", "til", "for")):
            yield Hit(place.passage, noun.start, noun.end, "navneordet står i flertal", right)


_VERY = frozenset(["meget", "for", "ret", "ganske", "lige", "mere", "særligt", "fortsat", "stadig", "også"])
_UNCHANGED = frozenset(
    [
        "enig",
        "uenig",
        "klar",
        "parat",
        "fri",
        "værd",
        "nok",
        "bange",
        "ens",
        "kommunal",
        "offentlig",
        "dansk",
        "nødvendig",
    ]
)


def said_of_several(reading: Reading) -> Iterator[Hit]:
    """`legepladserne er tom`, `Ventetiderne er meget lang`"""
    for place in places_of(reading, "er", "var", "bliver", "blev"):
        subject, offset = place[-1], 2 if place[1].word in _VERY else 1
        said, after = place[offset], place[offset + 1]
        of_several = place[-2].word == "af" and place[-3].word in ("mange", "flere", "nogle", "alle", "fleste", "begge")
        is_head = subject.first or of_several or place[-2].word in ("at", "og", "men", "da")
        is_several = subject.only(Form.PLURAL_DEFINITE_NOUN) and is_head
        pointed = place[-3] if place[-2].only(Form.ADJECTIVE_E) else place[-2]
        is_pointed = subject.only(Form.PLURAL_NOUN) and pointed.word in ("de", "disse", "alle") and pointed.first
        of_several, is_several = of_several or is_pointed, is_several or is_pointed
        if not is_several or not said.only(Form.ADJECTIVE) or said.text != said.word or said.word in _UNCHANGED:
            continue
        right = _plural(said.word)
        is_new = offset == 2 or of_several
        if (
            right
            and after.text in (".", ",", "i", "for", "på", "ved", "til", "og")
            and (is_new or right != f"{said.word}e")
        ):
            yield Hit(place.passage, said.start, said.end, "tillægsordet står i flertal", right)


def become(reading: Reading) -> Iterator[Hit]:
    """`Den nye rute er blevet populært`"""
    for place in places_of(reading, "blevet"):
        said, subject = place[1], place[-2]
        neuter = said.only(Form.ADJECTIVE) and subject.only(Form.NEUTER_SINGULAR | Form.NEUTER_PLURAL)
        if place[-1].word not in ("er", "var") or said.text != said.word:
            continue
        if not (neuter or said.only(Form.ADJECTIVE_T)):
            continue
        right = f"{said.word}t" if neuter else said.word[:-1]
        begins = place[-4] if place[-3].form & Form.ADJECTIVE_E else place[-3]
        article = "det" if neuter else "den"
        fits = (neuter or subject.only(Form.COMMON_SINGULAR)) and begins.word == article and begins.first
        fits = fits or (not neuter and subject.first and subject.only(Form.COMMON_DEFINITE))
        if (
            fits
            and form_of(right) & (Form.ADJECTIVE_T if neuter else Form.ADJECTIVE)
            and place[2].text in (".", ",", "i", "for", "blandt", "hos", "og")
        ):
            yield Hit(place.passage, said.start, said.end, "tillægsordet følger navneordets køn", right)


def adverb_at_end(reading: Reading) -> Iterator[Hit]:
    """`går rigtig dårlig.`, `er udført grundigt og hurtig.`"""
    for place in places(reading, Form.ADJECTIVE):
        word, before, after = place[0], place[-1], place[1]
        if after.text not in _ENDS_OR_ALONG:
            continue
        right = f"{word.word}t"
        if not word.only(Form.ADJECTIVE) or word.text != word.word or not form_of(right) & Form.ADJECTIVE_T:
            continue
        if after.text in _ALONG:
            moves = before.only(Form.PRESENT | Form.PAST) and is_finite(before)
            if moves and before.word not in ("er", "var", "bliver", "blev"):
                yield Hit(place.passage, word.start, word.end, "her ender ordet på t", right)
            continue
        goes = before.word in ("rigtig", "meget", "ret", "ganske", "temmelig") and place[-2].word in _GO
        joined = before.word == "og" and place[-2].only(Form.ADJECTIVE_T) and _done(place[-3])
        if goes or joined:
            yield Hit(place.passage, word.start, word.end, "her ender ordet på t", right)


_ALONG = ("frem", "tilbage", "op", "ned", "ud", "ind")
_ENDS_OR_ALONG = frozenset((".", ",", *_ALONG))
_GO = frozenset(["går", "gik", "fungerer", "fungerede", "kører", "forløber", "forløb", "klarer"])


def _done(token: Token) -> bool:
    return (
        token.only(Form.PARTICIPLE | Form.PASSIVE) or token.only(Form.PARTICIPLE | Form.ADJECTIVE) or token.word in _GO
    )


def joined(reading: Reading) -> Iterator[Hit]:
    """`Lokal planen`, `en ny skole leder`: an adjective that does not agree, or a noun beside a noun, is a compound's part."""
    for place in places(reading, _DEFINITE):
        noun, before = place[0], place[-1]
        is_first = before.only(Form.ADJECTIVE) or before.word in ("fælles", "ældre")
        if noun.text != noun.word or not is_first or noun.start != before.end + 1:
            continue
        whole = before.word + noun.word
        is_said = place[-2].word in ("hvor", "så", "for", "jo", "meget", "hvad")
        after_preposition = place[-2].word in ("i", "på", "til", "fra", "ved") and noun.only(_DEFINITE) and parts(whole)
        if (
            (form_of(whole) & _DEFINITE or after_preposition)
            and not is_said
            and (before.text == before.word or before.first)
        ):
            yield _as_one(before, place)
    for place in places_of(reading, "leder", "ledere", "lederen"):
        before, article, after = place[-1], place[-2], place[1]
        is_noun = before.form & Form.COMMON_SINGULAR and before.text == before.word and before.form & Form.BEGINS
        ends = after.text in (".", ",", "og", "på", "til", "i", "for", "med", "som", "er", "har", "")
        if (
            is_noun
            and ends
            and article.word in ("en", "ny", "den", "vores", "nye")
            and form_of(before.word + place[0].word)
        ):
            yield _as_one(before, place)


def _as_one(first: Token, place: Place) -> Hit:
    return Hit(place.passage, first.start, place[0].end, "et sammensat ord skrives i ét", first.text + place[0].text)


_STANDS = ("skolen", "bygningen", "huset", "grunden", "området", "ejendommen", "hallen", "stationen", "parken", "byen", "pladsen",
           "matriklen", "vejen", "centret", "centeret", "hjemmet", "børnehaven", "institutionen", "arealet", "boligen", "boligerne", "broen")  # fmt: skip


def lies(reading: Reading) -> Iterator[Hit]:
    """`Skolen lægger ved stationen`"""
    for place in places_of(reading, "lægger"):
        subject, after = place[-1], place[1]
        is_place = is_definite(subject) and subject.word.endswith(_STANDS)
        if place[0].text == "lægger" and is_place and after.text in _WHERE:
            message = "det hedder ”ligger”, når noget er et sted"
            yield Hit(place.passage, place[0].start, place[0].end, message, "ligger")


_WHERE = ("ved", "på", "i", "langs", "mellem", "nær", "tæt", "bag")


_OWNERS = ("kommunen", "udvalget", "forvaltningen", "rådet", "kredsen", "bestyrelsen", "regionen", "skolen", "leverandøren", "ministeriet",
           "repræsentationen", "administrationen", "foreningen", "styrelsen", "nævnet", "staten", "borgmesteren", "direktionen")  # fmt: skip
_OWNED = frozenset(
    ["møde", "møder", "vurdering", "indstilling", "beslutning", "forslag", "anbefaling", "plan", "politik", "område", "budget", "ansvar",
     "opgave", "opgaver", "svar", "udgifter", "formand", "medlemmer", "hjemmeside", "arbejde", "økonomi", "indkøb", "strategi", "opfattelse", "afgørelse", "udtalelse"]
)  # fmt: skip
_BEFORE_OWNER = frozenset(
    ["på", "i", "efter", "til", "af", "ved", "for", "fra", "om", "med", "ifølge", "under", "over"]
)


def without_s(reading: Reading) -> Iterator[Hit]:
    """`på gruppeformandskredsen møde den 22. juni`: what somebody has is told with a genitive."""
    for place in places_of(reading, *_OWNED):
        owner, noun, before = place[-1], place[0], place[-2]
        is_said = noun.word in ("opfattelse", "vurdering") and before.word in ("er", "var")
        is_held = noun.word == "møde" and owner.word.endswith("udvalget") and place[1].text in ("den", "d")
        is_owner = owner.word.endswith(_OWNERS) and noun.text == noun.word and noun.start == owner.end + 1
        if is_owner and (
            is_said
            or is_held
            or before.word in _BEFORE_OWNER
            or (before.text[:1].isupper() and {place[-3].word, place[-4].word} & _BEFORE_OWNER)
        ):
            yield Hit(place.passage, owner.start, owner.end, "her står et ejefald", f"{owner.text}s")
