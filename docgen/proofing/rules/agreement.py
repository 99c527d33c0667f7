"""Words that agree: article and noun, adjective and noun, adverbs in -t, and nouns of one word written as two."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.lexicon.compounds import parts
from docgen.lexicon.forms import Form, form_of
from docgen.proofing.rule import Hit, Reading, Rule, Severity
from docgen.proofing.rules import counted, everyday, noun_phrases, predicates, split_words
from docgen.proofing.rules.tokens import Place, Token, is_genitive, places, places_ending, places_of

_IS = frozenset(["er", "var", "bliver", "blev"])
_UNCHANGED = frozenset(["klar", "parat", "værd", "fri", "nok", "enig", "god", "ny", "stor"]) - {
    "god",
    "ny",
    "stor",
    "enig",
}
_GO = frozenset(
    ["fungerer", "fungere", "fungeret", "fungerede", "behandles", "behandlet", "forløber", "forløbet", "forløb", "gennemføres", "gennemført",
     "udføres", "udført", "håndteres", "håndteret", "samarbejder", "foregår", "foregået", "løses", "løst", "reagerer", "reageret",
     "vurderet", "vurderes", "bedømt", "omtalt", "modtaget", "udvikler", "stiger", "steget", "falder", "faldet", "kommunikerer"]
)  # fmt: skip
_COUNTS = frozenset(
    ["antal", "par", "række", "del", "masse", "slags", "form", "type", "art", "gang", "side", "dag", "uge", "måned", "år", "time", "kvart", "million",
     "procent", "meter", "liter", "kilo", "ton", "stykke", "flertal", "mindretal", "gruppe", "mængde", "halvdel", "tredjedel", "overskud", "fod"]
)  # fmt: skip
_BEFORE_NOUN = frozenset(
    [
        "en",
        "et",
        "den",
        "det",
        "ny",
        "nyt",
        "nye",
        "de",
        "denne",
        "dette",
        "disse",
        "ingen",
        "hver",
        "hvert",
        "egen",
        "eget",
        "egne",
    ]
)


def _hit(place: Place, first: int, last: int, message: str, right: str | None) -> Hit:
    start = place[first]
    capital = right is not None and start.text[0].isupper()
    words = right[0].upper() + right[1:] if right and capital else right
    return Hit(place.passage, start.start, place[last].end, message, words)


_NEUTER = frozenset(["svar"])  # adjectives, too, that nobody uses


def _is_neuter(token: Token) -> bool:
    return (
        token.text == token.word
        and token.only(Form.NEUTER_SINGULAR | Form.NEUTER_PLURAL | (Form.ADJECTIVE if token.word in _NEUTER else 0))
        and bool(token.form & Form.NEUTER_SINGULAR)
    )


def _is_common(token: Token) -> bool:
    return (
        token.text == token.word
        and token.only(Form.COMMON_SINGULAR | Form.COMMON_PLURAL)
        and bool(token.form & Form.COMMON_SINGULAR)
    )


def _t(word: str) -> str | None:
    """`ny` -> `nyt`, where the adjective has such a form."""
    return f"{word}t" if form_of(f"{word}t") & Form.ADJECTIVE_T else None


_SEVERAL = ("flere", "mange", "alle", "nogle", "disse")


def _is_adjective(token: Token, form: int) -> bool:
    """Whether a word is an adjective; that `ny`, `høj` and `positiv` are rare nouns, too, does not count."""
    return token.text == token.word and token.only(form | Form.SINGULAR_NOUN) and bool(token.form & form)


def _articles(reading: Reading) -> Iterator[Hit]:
    """`et oversigt`, `et ny udbud`, `en nyt forslag`."""
    for place in places_of(reading, "en", "et"):
        article, second, third = place[0], place[1], place[2]
        if place[-1].word in ("-", "/", "til", "på") or place[1].start != article.end + 1:
            continue
        wrong, right = ("en", "et") if article.word == "en" else ("et", "en")
        fits = _is_neuter if wrong == "en" else _is_common
        if fits(second) and second.word not in _COUNTS and third.word not in ("-", "/"):
            yield _hit(place, 0, 0, f"det hedder ”{right} {second.word}”", right)
        elif wrong == "et" and _is_adjective(second, Form.ADJECTIVE) and _is_neuter(third) and (t := _t(second.word)):
            yield _hit(place, 1, 1, "tillægsordet følger navneordets køn", t)
        elif wrong == "en" and _is_adjective(second, Form.ADJECTIVE_T) and _is_neuter(third):
            yield _hit(place, 0, 0, f"det hedder ”et {second.word} {third.word}”", "et")


def _plurals(reading: Reading) -> Iterator[Hit]:
    """`Kommunens samlet udgifter`, `Resultaterne er god i`, `Flere borger har`."""
    for place in places(reading, Form.PARTICIPLE):
        one, two, three = place[-1], place[0], place[1]
        if (
            two.word.endswith("et")
            and three.text == three.word
            and three.only(Form.PLURAL_NOUN)
            and bool(three.form & Form.PLURAL_NOUN)
            and (is_genitive(one) or (one.first and one.word in ("de", "disse", "alle")))
            and form_of(f"{two.word[:-1]}de")
        ):
            yield _hit(place, 0, 0, "tillægsordet står i flertal", f"{two.word[:-1]}de")
    for place in places_of(reading, *sorted(_IS)):
        one, three = place[-1], place[1]
        if (
            one.only(Form.PLURAL_DEFINITE_NOUN)
            and (subject := place.moved(-1)) is not None
            and predicates.is_head(subject)
            and _is_adjective(three, Form.ADJECTIVE)
            and three.word not in _UNCHANGED
            and form_of(f"{three.word}e") & Form.ADJECTIVE_E
            and place[2].word in (".", ",", "i", "for", "på", "og", "ved", "til", "men")
        ):
            yield _hit(place, 1, 1, "tillægsordet står i flertal", f"{three.word}e")
    for place in places_of(reading, *_SEVERAL):
        two = place[1]
        if (
            two.only(Form.COMMON_SINGULAR | Form.PRESENT | Form.IMPERATIVE)
            and two.form & Form.COMMON_SINGULAR
            and place[2].word in ("har", "er", "skal", "kan", "vil", "havde", "blev", "bliver")
            and form_of(f"{two.word}e") & Form.COMMON_PLURAL
        ):
            yield _hit(place, 1, 1, "navneordet står i flertal", f"{two.word}e")


def _adverbs(reading: Reading) -> Iterator[Hit]:
    """`fungerer god i`, `Det er hurtig at`."""
    for place in places(reading, Form.ADJECTIVE):
        adjective = place[0]
        if not _is_adjective(adjective, Form.ADJECTIVE) or not (
            right := "godt" if adjective.word == "god" else _t(adjective.word)
        ):
            continue
        ends = place[1].word in (".", ",", "i", "af", "på", "og", "ved", "for", "med")
        is_easy = place[-2].word in ("det", "der") and place[-1].word in _IS and place[1].word == "at"
        if is_easy or (place[-1].word in _GO and ends):
            yield _hit(place, 0, 0, "her ender ordet på t", right)


def _participles(reading: Reading) -> Iterator[Hit]:
    """`de deltagene virksomheder`, `skolelederende`."""
    for place in places_ending(reading, "ene", "rende"):
        word = place[0].word
        if (
            word.endswith("ene")
            and len(word) > 6
            and form_of(right := f"{word[:-3]}ende") & (Form.PRESENT_PARTICIPLE | Form.ADJECTIVE)
        ):
            after_article = place[-1].word in ("de", "et", "en", "den", "det") and place[1].text.isalpha()
            if not form_of(word) or (after_article and place[-1].end + 1 == place[0].start):
                yield _hit(place, 0, 0, "lang tillægsform ender på -ende", right)
        elif word.endswith("rende") and (plural := _plural(word)):
            yield _hit(place, 0, 0, "flertal ender på -ne", plural)


def _plural(word: str) -> str | None:
    """`skolelederende` -> `skolelederne`; None for what may be a participle, or is no noun."""
    noun, end = f"{word[:-4]}ne", (parts(word) or ("", ""))[-1]
    may_be = form_of(word) or form_of(word[:-3]) & Form.INFINITIVE or (end != "ende" and end)
    last = noun if form_of(noun) else (parts(noun) or ("",))[-1]
    return noun if not may_be and form_of(last) & Form.COMMON_PLURAL_DEFINITE else None


_OF_KIND = ("mæssig", "mæssige", "mæssigt")


def _split(reading: Reading) -> Iterator[Hit]:
    """`klima mål`, `personale mæssige`: a compound is one word."""
    before_kind = (before for place in places_of(reading, *_OF_KIND) if (before := place.moved(-1)) is not None)
    others = (place for place in before_kind if not place.form & Form.BEGINS)
    for place in (*places(reading, Form.BEGINS), *others):
        two = place[1]
        if len(two.word) < 4 and two.word != "mål":
            continue
        one, is_end = place[0], two.word in _OF_KIND
        are_words = one.text == one.word and two.text == two.word and two.start == one.end + 1
        if not are_words or len(one.word) < 3:
            continue
        whole = one.word + two.word
        if is_end or (_is_compound(place, whole) and place[2].word not in ("-", "/") and place[3].word != two.word):
            yield _hit(place, 0, 1, "et sammensat ord skrives i ét", whole)


def _is_compound(place: Place, whole: str) -> bool:
    """Whether two words where a noun begins are one: an indefinite singular stands before a noun nowhere else."""
    before, one, two = place[-1], place[0], place[1]
    listed = form_of(whole) & Form.KNOWN == Form.KNOWN
    is_article = before.word in _BEFORE_NOUN
    if not (is_article or is_genitive(before) or before.only(Form.ANY_ADJECTIVE)):
        return False
    first = Form.SINGULAR_NOUN | Form.PLURAL_NOUN | (Form.INFINITIVE if is_article and listed else 0)
    are_nouns = one.only(first) and one.form & Form.SINGULAR_NOUN and two.only(Form.NOUN)
    begins = bool(one.form & Form.BEGINS) and one.word not in _COUNTS
    return bool(are_nouns) and begins and (listed or len(parts(whole)) == 2)


RULES: tuple[Rule, ...] = (
    Rule(
        "DG381", "En eller et", Severity.WARNING, "Retskrivningsordbogen: køn",
        ("en oversigt over et udbud", "et nyt udbud", "et dansk initiativ", "en af de to", "et andet sted", "For dem har det stor betydning.", "Den ny plan og det særlig gode"),
        ("Der er et oversigt over dem.", "Der er et ny udbud.", "De har en nyt forslag.", "Der er indgået et rammeaftale.", "De har en særlig ansvar.", "Denne forslag er nyt.", "Tilbuddet er frivillig.", "Ordningen er frivilligt.", "Husets økonomien er sund.", "Det forudsættes, at grunden er rensede inden salget.", "Det ansvarlig udvalg er hørt.", "Det forventede resultatet er godt.", "Den nye rute er blevet populært.", "Det blev sagt på udvalget møde i maj.", "De har fået deres egen værksted."),
        lambda reading: [*_articles(reading), *counted.gender(reading), *predicates.gender(reading), *predicates.owned(reading), *noun_phrases.after_article(reading), *noun_phrases.twice_definite(reading), *noun_phrases.become(reading), *noun_phrases.without_s(reading), *noun_phrases.own(reading)],
    ),
    Rule(
        "DG382", "Flertal følger flertal", Severity.WARNING, "Retskrivningsordbogen: tillægsord",
        ("Kommunens samlede udgifter", "Puljerne er udmøntet.", "Har de modtaget klager?", "Tilbuddene er klar.", "Fordelingen mellem årene er foreløbig.", "Antallet af besøg er højt."),
        ("Kommunens samlet udgifter er store.", "Resultaterne er god i år.", "Flere borger har skrevet.", "Der er modtaget 14 klage i år.", "De har mange ny boliger.", "Der opstilles midlertidig stativer.", "Antallet af borger i ordningen er højt.", "Kommunen har gode erfaring med det.", "De vigtigste indsats er i gang.", "Legepladserne er tom.", "Ventetiderne er meget lang."),
        lambda reading: [*_plurals(reading), *counted.counted(reading), *predicates.plurals(reading), *predicates.bare(reading), *noun_phrases.after_best(reading), *noun_phrases.said_of_several(reading)],
    ),
    Rule(
        "DG383", "t på biord", Severity.WARNING, "Retskrivningsordbogen 2024: biord på -t",
        ("Ordningen fungerer godt.", "Den er god i år.", "Det er hurtigt at gøre."), ("Ordningen fungerer god i år.", "Det er hurtig at gøre.", "Sagerne behandles hurtig og effektivt.", "Tallet er faldet betydelig siden 2020.", "Det koster 2 mio. kr. årlig.", "De bliver taget alvorlig.", "Det er svær at rekruttere.", "Det går rigtig dårlig.", "Arbejdet er udført grundigt og hurtig."),
        lambda reading: [*_adverbs(reading), *counted.adverbs(reading), *predicates.adverbs(reading), *noun_phrases.adverb_at_end(reading)],
    ),
    Rule(
        "DG384", "-ende og -ene", Severity.WARNING, "Dansk Sprognævn: -ende eller -ene",
        ("de deltagende virksomheder", "Skolelederne og tallene", "Besøgene er talt."), ("De deltagene virksomheder", "De besøgene har rost den.", "Skolelederende er spurgt."), _participles,
    ),
    Rule(
        "DG385", "Sammensatte ord i ét", Severity.WARNING, "Retskrivningsordbogen § 18",
        ("kommunens klimamål", "et antal elever", "en offentlig myndighed", "det grønne hus på hjørnet"), ("Kommunens klima mål er nået.", "Der er ingen personale mæssige følger.", "Der er nedsat en styre gruppe.", "Alle børne haver er med.", "De har en handlings plan.",
         "Der kom 63 hørings svar.", "De får social pædagogisk støtte.", "Eventuelle mer udgifter afholdes af ejeren.", "Det giver et større ejer skab.", "Kurset omfatter konflikt håndtering.", "Lokal planen er i høring.", "De har fået en ny skole leder.", "børn på 0 – 18 årsområdet", "tilbud til 6-16 årige", "Det er i mod reglerne.", "De ved ikke, hvor vidt det sker."),
        lambda reading: [*_split(reading), *counted.split(reading), *split_words.split(reading), *noun_phrases.joined(reading), *everyday.aged(reading), *everyday.in_one(reading)],
    ),
)  # fmt: skip
"""The rules of agreement."""
