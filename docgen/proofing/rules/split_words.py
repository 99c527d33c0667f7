"""Compounds that are written as two words: those that the neighbours show, and some that no neighbour is needed for."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.lexicon.compounds import parts
from docgen.lexicon.forms import Form, form_of
from docgen.proofing.rule import Hit, Reading
from docgen.proofing.rules.finite import is_finite
from docgen.proofing.rules.tokens import Place, Token, is_genitive, places, places_of

_ABSTRACT = (
    "heds",
    "ings",
    "ions",
    "skabs",
    "elses",
    "stands",
    "lægs",
    "falds",
    "buds",
    "tets",
    "doms",
    "ments",
    "lems",
)
"""Ends of first parts that are hardly ever a genitive by themselves."""
_BEFORE = frozenset(
    ["og", "eller", "samt", "af", "med", "for", "om", "til", "ved", "på", "i", "flere", "mange", "nye", "alle", "nogle", "ny", "nyt",
     "ingen", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti"]
)  # fmt: skip
_COUNTED = frozenset(["flere", "mange", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti"])
_AFTER = frozenset(
    [".", ",", ";", ":", "i", "på", "til", "om", "af", "fra", "med", "for", "ved", "og", "som", "der", "hos", "er", "har", "skal", "kan", "vil",
     "blev", "bliver", "var", "efter", "under", "over", "mellem", "samt", "eller", "langs", "mod", "uden", "inden", "gennem"]
)  # fmt: skip
_SAID = frozenset(
    ["og", "eller", "samt", "af", "med", "om", "for", "til", "ved", "gennem", "uden", "omfatter", "tilbyder"]
)
_MEASURES = frozenset(
    ["kop", "glas", "flaske", "pose", "kasse", "skive", "stykke", "dosis", "bunke", "flok", "masse", "gruppe", "klasse", "kæde", "periode", "læs",
     "form", "type", "slags", "art", "del", "par", "antal", "række", "mængde", "sum", "pakke", "portion", "minimum", "maksimum", "dag",
     "nat", "aften", "morgen", "gang", "tid", "time", "uge", "måned", "år", "side", "halv", "hold", "sæt", "rest", "smule", "overskud",
     "udtryk", "sted", "hensyn", "grund", "vej", "brug", "mangel", "lejlighed", "stand", "hånd", "højde", "kraft", "spil", "land", "bord"]
)  # fmt: skip
_ARTICLES = frozenset(["en", "et", "den", "det", "denne", "dette", "hver", "enhver"])
"""Words that a noun in the genitive may follow: `en undersøgelses resultater`."""
_AT_NOUNS = frozenset(["på", "med", "om", "af", "i", "mere", "flere"])
"""Words after which an infinitive does not stand, so that one is a noun."""
_SOCIAL = frozenset(["social", "special", "sundhed", "total", "tvær"])
_OWN = Form.NOUN | Form.ANY_ADJECTIVE | Form.VERB | Form.OTHER | Form.NAME
_GIVEN = frozenset(["give", "giver", "gav", "givet", "gives"])


def split(reading: Reading) -> Iterator[Hit]:
    """`63 hørings svar`, `førstehjælp og konflikt håndtering`, `et signal anlæg`, `social pædagogisk`, `mer udgifter`"""
    for place in places(reading, Form.BEGINS):
        one, two = place[0], place[1]
        is_small = one.text == one.word or (one.first and one.word.endswith(_ABSTRACT))
        if not is_small or two.text != two.word or two.start != one.end + 1 or len(two.word) < 4:
            continue
        is_noun = two.form & Form.NOUN and two.only(Form.NOUN | (0 if one.form & _OWN else Form.ADJECTIVE | Form.VERB))
        if is_noun and one.word not in _MEASURES and _is_one(place):
            yield _joined(place, one, two)
    for place in places_of(reading, *_SOCIAL, "mer", "tilkende"):
        one, two = place[0], place[1]
        if one.text != one.word or two.text != two.word or two.start != one.end + 1:
            continue
        whole = form_of(one.word + two.word)
        is_given = one.word == "tilkende" and two.word in _GIVEN
        is_other = one.word != "tilkende" and bool(whole & (Form.ADJECTIVE | Form.ADJECTIVE_T | Form.ADJECTIVE_E))
        if is_given or is_other or (one.word == "mer" and whole & Form.NOUN):
            yield _joined(place, one, two)
    for place in places_of(reading, "skab", "skabet"):
        one, two = place[-1], place[0]
        are_beside = one.text == one.word and two.text == two.word and two.start == one.end + 1
        if (
            are_beside
            and form_of(one.word + two.word) & Form.NEUTER_SINGULAR
            | form_of(one.word + two.word) & Form.NEUTER_DEFINITE
        ):
            yield _joined(place, one, two)


def _joined(place: Place, one: Token, two: Token) -> Hit:
    return Hit(place.passage, one.start, two.end, "et sammensat ord skrives i ét", one.text + two.word)


def _is_one(place: Place) -> bool:
    one, two, before, after = place[0], place[1], place[-1], place[2]
    if after.text and after.text not in _AFTER and not is_finite(after):
        return False
    whole = form_of(one.word + two.word)
    listed = bool(whole & Form.KNOWN and whole & (Form.NOUN | Form.OTHER))
    own = one.form & _OWN
    if not own:  # no word by itself
        is_before = before.word in _BEFORE or before.text.isdecimal() or is_genitive(before)
        is_before = is_before or bool(before.form & (Form.VERB | Form.ANY_ADJECTIVE)) or one.first
        is_whole = listed or (
            bool(two.form & (Form.PLURAL_NOUN | Form.PLURAL_DEFINITE_NOUN)) and bool(parts(one.word + two.word))
        )
        return is_whole and one.word.endswith(_ABSTRACT) and is_before and before.word not in _ARTICLES
    if own == Form.INFINITIVE:
        return listed and before.word in _COUNTED | {"et", "en", "ny", "nyt", "nye"}
    if own & Form.INFINITIVE and own & Form.SINGULAR_NOUN and before.word in _AT_NOUNS and listed:
        return bool(whole & Form.SPELLER)
    if own & ~(Form.SINGULAR_NOUN | Form.IMPERATIVE) or not own & Form.SINGULAR_NOUN:
        return False
    is_made = len(one.word) > 4 and len(two.word) > 4 and len(parts(one.word + two.word)) == 2
    said = before.only(Form.PASSIVE) or before.word in _SAID
    # A bare noun before a definite one is nothing else: `mindsker klima aftrykket`.
    if two.only(Form.DEFINITE_NOUN | Form.PLURAL_DEFINITE_NOUN) and len(one.word) > 3:
        stands = before.only(Form.PASSIVE | Form.PRESENT | Form.PAST) or before.word in _SAID
        return (stands and (listed or is_made)) or (listed and before.word in ("i", "på", "fra", "efter", "under"))
    if listed and whole & Form.SPELLER and said and not before.first:
        return True
    of_several = (
        before.word in ("til", "for", "af", "med", "fra") and two.only(Form.PLURAL_NOUN) and before.end + 1 == one.start
    )
    if of_several and len(one.word) > 6 and is_made:
        return True
    agrees = Form.COMMON_SINGULAR if before.word == "en" else Form.NEUTER_SINGULAR if before.word == "et" else 0
    return bool(agrees and two.form & agrees and is_made)
