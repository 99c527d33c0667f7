"""More words that agree: what is counted, what follows `de`, `alle` and `denne`, and an adjective between two nouns."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.lexicon.compounds import parts
from docgen.lexicon.forms import Form, form_of
from docgen.proofing.rule import Hit, Reading
from docgen.proofing.rules.tokens import Place, Token, is_genitive, places, places_of

_COUNTS = frozenset(["to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv"])
_MANY = frozenset(["flere", "mange", "nogle", "alle", "samtlige", "fleste", "disse"])
_BEFORE = _COUNTS | _MANY | {"de", "er", "var", "bliver"}
_NEVER_PLURAL = frozenset(
    ["mand", "fod", "gang", "tomme", "procent", "million", "milliard", "meter", "liter", "kilo", "gram", "ton", "stk", "euro", "krone",
     "pund", "kvart", "halv", "par", "side", "del", "stjerne", "point", "sæt", "kilometer", "bind", "hold", "styk", "slags", "led", "ja", "nej"]
)  # fmt: skip
_FINITE = frozenset(["er", "har", "skal", "kan", "vil", "må", "bør", "var", "havde", "blev", "bliver", "får", "fik"])
_AFTER = frozenset(
    [".", ",", ";", "i", "på", "til", "om", "af", "fra", "med", "for", "ved", "over", "under", "og", "som", "der", "efter", "siden", "mod"]
)  # fmt: skip
_NO_VERBS = Form.KNOWN | Form.BEGINS | Form.INFINITIVE | Form.IMPERATIVE


def _hit(place: Place, first: int, last: int, message: str, right: str) -> Hit:
    return Hit(place.passage, place[first].start, place[last].end, message, right)


def _is_singular(token: Token, form: int) -> bool:
    """Whether a word is an indefinite singular and no plural; that it may be an infinitive, too, does not count."""
    allowed = form | _NO_VERBS | (Form.PRESENT if token.word in ("borger", "elev", "kunde") else 0)
    return token.text == token.word and bool(token.form & form) and not token.form & ~allowed


def plural_of(word: str) -> str | None:
    """`klage` -> `klager`, `projekt` -> `projekter`; None for what has no such plural, and for what is a measure."""
    if word in _NEVER_PLURAL or form_of(word) & Form.PLURAL_NOUN:
        return None
    for ending in ("r", "er", "e"):
        if form_of(word + ending) & Form.PLURAL_NOUN and not (ending == "r" and not word.endswith("e")):
            return word + ending
    return None


def counted(reading: Reading) -> Iterator[Hit]:
    """`14 klage i perioden`, `tre fase`, `De fleste borger`, `Alle skole skal`, `mange ny boliger`."""
    for place in places(reading, Form.SINGULAR_NOUN | Form.ADJECTIVE | Form.PARTICIPLE):
        one = place[-1]
        if not (one.word in _BEFORE or one.word[-1:] == "s" or one.text[:1].isdecimal()):
            continue  # as most are
        two, three = place[0], place[1]
        if two.text != two.word or two.start != one.end + 1:
            continue
        is_number = one.word in _COUNTS or (one.text.isdecimal() and int(one.text[:6]) > 1 and len(one.text) < 4)
        is_number = is_number and not one.first and not _is_named(place[-2])
        if (is_number or one.word in _MANY) and _is_singular(two, Form.SINGULAR_NOUN):
            follows = _AFTER if is_number else _AFTER | _FINITE if one.word == "fleste" else _FINITE
            if three.word in follows and (right := plural_of(two.word)):
                yield _hit(place, 0, 0, "navneordet står i flertal", right)
        elif _is_bare(place, is_number):
            yield _hit(place, 0, 0, "tillægsordet står i flertal", f"{two.word}e")
        elif one.word in ("er", "var", "bliver") and place[-3].word in ("disse", "alle") and _is_plain_adjective(two):
            ends = three.word in (".", ",", "for", "i", "på", "og", "til", "ved")
            if place[-2].form & Form.PLURAL_NOUN and ends:
                yield _hit(place, 0, 0, "tillægsordet står i flertal", f"{two.word}e")


def _is_bare(place: Place, is_number: bool) -> bool:
    """Whether an adjective before a plural has no ending, after a word that only a plural follows."""
    one, two = place[-1], place[0]
    if not _is_plural(place[1]):
        return False
    if one.word == "de" and two.word.endswith("t") and two.form & Form.PARTICIPLE:
        return True
    owns = is_genitive(one) or one.word == "de"
    several = is_number or one.word in _MANY - {"alle", "fleste"} or (owns and two.word not in ("ny", "en"))
    return several and _is_plain_adjective(two)


def _is_named(token: Token) -> bool:
    """Whether what stands before a number has it as its name: `bilag 2`, `§ 5`, `kapitel 3`."""
    if token.text in ("§", ".", ",", "-", "–", "/", ":", "(") or token.text.isdecimal():
        return True
    is_name = token.form & (Form.NOUN | Form.NAME) and not token.form & (Form.VERB | Form.OTHER)
    return bool(is_name) and len(token.text) > 2


def _is_plain_adjective(token: Token) -> bool:
    return (
        token.text == token.word
        and bool(token.form & Form.ADJECTIVE)
        and not token.form & ~(Form.ADJECTIVE | Form.SINGULAR_NOUN | Form.KNOWN | Form.BEGINS | Form.IMPERATIVE)
        and bool(form_of(f"{token.word}e") & Form.ADJECTIVE_E)
    )


def _is_plural(token: Token) -> bool:
    return (
        token.text == token.word and token.only(Form.PLURAL_NOUN | Form.PRESENT) and bool(token.form & Form.PLURAL_NOUN)
    )


def gender(reading: Reading) -> Iterator[Hit]:
    """`en særlig ansvar`, `en nyt samarbejde`, `en midlertidigt løsning`, `Denne forslag`."""
    for place in places_of(reading, "en", "et", "denne", "dette"):
        article, two, three = place[0], place[1], place[2]
        if two.text != two.word or two.start != article.end + 1:
            continue
        if article.word in ("denne", "dette"):
            fits = Form.NEUTER_SINGULAR | Form.NEUTER_PLURAL if article.word == "denne" else Form.COMMON_SINGULAR
            if _is_singular(two, fits) and not two.form & Form.VERB and three.word in _AFTER | _FINITE:
                right = "dette" if article.word == "denne" else "denne"
                yield _hit(
                    place,
                    0,
                    0,
                    f"det hedder ”{right} {two.word}”",
                    right.capitalize() if article.text[0].isupper() else right,
                )
        elif three.text == three.word and three.start == two.end + 1 and three.text.isalpha():
            yield from _beside_adjective(place)


def _beside_adjective(place: Place) -> Iterator[Hit]:
    article, two, three = place[0], place[1], place[2]
    right = "et" if article.word == "en" else "en"
    neuter = _is_singular(three, Form.NEUTER_SINGULAR) and not three.form & Form.PRESENT
    common = _is_singular(three, Form.COMMON_SINGULAR) and not three.form & Form.PRESENT
    follows = place[3].word in _AFTER | _FINITE
    if place[-1].word in ("-", "/") or not follows:
        return
    if article.word == "en" and neuter and two.only(Form.ADJECTIVE_T) and three.form & Form.INFINITIVE:
        yield _hit(place, 0, 0, f"det hedder ”et {two.word} {three.word}”", right)
    elif article.word == "en" and neuter and not three.form & Form.INFINITIVE and two.only(Form.ADJECTIVE):
        if form_of(f"{two.word}t") & Form.ADJECTIVE_T:
            yield _hit(place, 0, 1, f"det hedder ”et {two.word}t {three.word}”", f"et {two.word}t")
    elif article.word == "et" and common and not three.form & Form.INFINITIVE and two.only(Form.ADJECTIVE_T):
        if form_of(two.word[:-1]) & Form.ADJECTIVE:
            yield _hit(place, 0, 1, f"det hedder ”en {two.word[:-1]} {three.word}”", f"en {two.word[:-1]}")
    elif article.word == "en" and common and two.only(Form.ADJECTIVE_T) and form_of(two.word[:-1]) & Form.ADJECTIVE:
        yield _hit(place, 1, 1, "tillægsordet følger navneordets køn", two.word[:-1])


_GOES = frozenset(
    ["blevet", "været", "gjort", "fundet", "holdt", "anset", "født", "set", "kaldt", "regnet", "erklæret", "skønnet"]
)
_WITHOUT_T = frozenset(
    ["særlig", "endelig", "foreløbig", "samtidig", "daglig", "temmelig", "nemlig", "navnlig", "egentlig", "forhåbentlig", "virkelig",
     "rigtig", "nødig", "sandsynlig", "årlig", "ugentlig", "månedlig", "yderlig", "heldig", "lykkelig", "almindelig"]
)  # fmt: skip
_AT_END = frozenset(
    [".", ",", "af", "siden", "i", "på", "og", "eller", "med", "for", "fra", "efter", "ved", "over", "under"]
)


def adverbs(reading: Reading) -> Iterator[Hit]:
    """`er behandlet grundig af udvalget`, `er faldet betydelig siden 2020`"""
    for place in places(reading, Form.ADJECTIVE):
        word, before, after = place[0], place[-1], place[1]
        if not word.word.endswith(("ig", "som", "iv")) or word.text != word.word or word.word in _WITHOUT_T:
            continue
        is_manner = bool(word.form & Form.ADJECTIVE) and not word.form & (Form.NOUN | Form.VERB)
        after_verb = (
            before.form & Form.PARTICIPLE
            and (before.only(Form.PARTICIPLE | Form.ADJECTIVE) or place[-2].word in ("er", "har", "var", "havde"))
            and before.word not in _GOES
        )
        t = f"{word.word}t"
        if is_manner and after_verb and after.word in _AT_END and form_of(t) & Form.ADJECTIVE_T:
            yield _hit(place, 0, 0, "her ender ordet på t", t)


_ARTICLES = frozenset(
    ["en", "et", "den", "det", "ny", "nyt", "nye", "de", "denne", "dette", "disse", "ingen", "hver", "hvert", "egen", "eget", "egne",
     "flere", "mange", "alle", "nogle", "til", "om", "samtlige"]
)  # fmt: skip
_NO_FIRST = frozenset(
    ["års", "dags", "uges", "måneds", "times", "døgns", "lands", "års", "kommunes", "barns", "bys", "mands", "en", "et", "par", "del", "del",
     "antal", "række", "slags", "type", "form", "art", "gang", "side", "dag", "uge", "år", "time", "million", "procent", "halv", "alle", "ene"]
)  # fmt: skip


_NO_OWNERS = ("heds", "ings", "ions", "skabs", "elses")
"""Ends of genitives that own nothing where an article stands before them: `en sundheds strategi`."""


def split(reading: Reading) -> Iterator[Hit]:
    """`en sundheds strategi`, `børne haver`, `Skole bestyrelsen`, `flere pædagog timer`: the whole is a word, and the
    first alone is none, or an indefinite noun that stands before another nowhere but in a list."""
    for place in places(reading, Form.BEGINS):
        one, two = place[0], place[1]
        may_be = one.text[0].isalpha() and two.start == one.end + 1 and two.text == two.word and len(two.word) > 3
        if not may_be or one.word in _NO_FIRST or len(one.word) < 4 or not (one.text == one.word or one.first):
            continue
        if (
            form_of(one.word) & Form.BEGINS
            and two.only(Form.NOUN | Form.ADJECTIVE | (Form.PRESENT if place[-1].word in ("flere", "mange") else 0))
            and two.form & Form.NOUN
            and place[2].text not in ("-", "/")
            and place[3].word != two.word  # `plan for plan`
            and _is_one(place)
        ):
            whole = one.word + two.word
            yield _hit(place, 0, 1, "et sammensat ord skrives i ét", whole.capitalize() if one.first else whole)


_ENGLISH = frozenset(["the", "of", "may", "are", "this", "using", "used", "its"])


def _is_one(place: Place) -> bool:
    if any(place[offset].word in _ENGLISH for offset in range(-8, 9)):
        return False
    one, two, before = place[0].word, place[1], place[-1]
    form, whole = form_of(one), form_of(one + two.word)
    listed = bool(whole & Form.NOUN and whole & Form.KNOWN)
    begins = place[0].first and two.only(Form.DEFINITE_NOUN | Form.PLURAL_DEFINITE_NOUN)
    after_adjective = before.only(Form.ANY_ADJECTIVE)
    if form & ~(Form.BEGINS | Form.KNOWN | Form.OTHER):  # a word by itself, too
        others = form & ~(Form.BEGINS | Form.KNOWN | Form.SINGULAR_NOUN | Form.INFINITIVE)
        made = listed or (len(parts(one + two.word)) == 2 and not (form & Form.INFINITIVE and place[0].first))
        if others or not form & Form.SINGULAR_NOUN or not made:
            return False
        if not listed:
            is_plural = before.only(Form.ADJECTIVE_E) and not (
                is_genitive(place[-2]) or place[-2].word in ("den", "det")
            )
            return (
                bool(begins) or before.word in ("flere", "mange") or (is_plural and bool(two.form & Form.PLURAL_NOUN))
            )
        return bool(begins) or after_adjective or before.word in _ARTICLES - {"til", "om"}
    if form & Form.SPELLER:
        return False
    if one.endswith("s"):  # may be a genitive
        fits = Form.COMMON_SINGULAR if before.word == "en" else Form.NEUTER_SINGULAR if before.word == "et" else 0
        is_abstract = one.endswith(_NO_OWNERS)
        article = place[-2].word if after_adjective else before.word
        if article in ("en", "et") and is_abstract:
            known = listed or (one.endswith("heds") and len(parts(one + two.word)) == 2)
            return known and (not fits or bool(two.form & fits))
        return listed and is_abstract and before.word in ("flere", "mange", "nye", "alle", "til")
    return (listed or len(parts(one + two.word)) == 2) and (after_adjective or bool(begins) or before.word in _ARTICLES)
