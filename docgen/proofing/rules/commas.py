"""Commas that the neighbours of a word ask for; where a clause ends is for a reader to see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docgen.lexicon.forms import Form
from docgen.proofing.rule import Hit, Reading, Rule, Severity
from docgen.proofing.rules.openings import before_infinitive
from docgen.proofing.rules.said_clauses import (
    before_since,
    before_so_that,
    before_that,
    before_that_after_for,
    before_whether,
)
from docgen.proofing.rules.subclauses import before_when, is_counted_clause
from docgen.proofing.rules.tokens import Place, all_places, places_of

_SUBJECTS = frozenset(
    ["der", "den", "det", "de", "vi", "man", "alle", "ingen", "hver", "begge", "dette", "disse", "denne"]
)
_IF = frozenset(["hvis", "når", "såfremt", "selvom", "fordi", "mens"])
_SAID = Form.PRESENT | Form.PAST | Form.INFINITIVE | Form.PARTICIPLE | Form.PASSIVE
_PREPOSITIONS = frozenset(["for", "til", "ved", "om", "på", "med", "af", "uden", "fra", "i"])
_NO_VERBS = frozenset(
    [
        "er",
        "var",
        "ved",
        "så",
        "end",
        "som",
        "for",
        "efter",
        "uden",
        "ud",
        "om",
        "af",
        "med",
        "på",
        "til",
        "fra",
        "trods",
        "blot",
        "bare",
    ]
)


def _put(place: Place, message: str) -> Hit:
    """A comma after the word before, where there is none."""
    before, word = place[-1], place[0]
    return Hit(place.passage, before.start, word.end, message, f"{before.text}, {word.text}")


def _is_next(place: Place) -> bool:
    return bool(place[-1].text) and place[-1].text[-1].isalpha() and place[0].start == place[-1].end + 1


def _before_but(reading: Reading) -> Iterator[Hit]:
    for place in places_of(reading, "men"):
        if place[0].text == "men" and _is_next(place) and place[1].text and place[1].text[0].isalpha():
            yield _put(place, "der er komma foran ”men”")


def _says(place: Place) -> bool:
    """Whether the word before is a verb; that `ønsker` is a noun, too, does not count after what may be its subject."""
    before = place[-1]
    is_after_subject = place[-2].form & (Form.DEFINITE_NOUN | Form.PLURAL_DEFINITE_NOUN | Form.NAME)
    return before.only(_SAID) or bool(before.form & Form.PRESENT and is_after_subject)


_COMPOUND = frozenset(
    ["for", "efter", "uden", "ved", "så", "mindre", "end", "trods", "blot", "bare", "selvom", "fordi", "inden", "frem", "således", "nu", "og",
     "eller", "samt", "både", "dels", "men", "som", "ikke", "endda", "siden", "hen", "ud", "uanset"]
)  # fmt: skip
"""Words before an `at` that belongs to them, or that joins two clauses that begin so: no comma is between."""
_NEARLY_FINITE = Form.PRESENT | Form.PAST | Form.PASSIVE


def _before_that(reading: Reading) -> Iterator[Hit]:
    """`fremgår af notatet at vejen lukkes`: before a subject `at` begins a clause."""
    for place in places_of(reading, "at"):
        before, subject = place[-1], place[1]
        if place[0].text != "at" or not _is_next(place) or before.word in _COMPOUND or before.first:
            continue
        is_noun = subject.text == subject.word and subject.only(Form.DEFINITE_NOUN | Form.PLURAL_DEFINITE_NOUN)
        is_some = subject.text in _SOME and place[2].only(Form.NOUN | Form.ANY_ADJECTIVE | Form.PARTICIPLE)
        verbs = [place[2], place[3]] if not is_some else [place[3], place[4]]
        is_clause = any((one.form & _NEARLY_FINITE and one.text == one.word) or one.text == "får" for one in verbs)
        sure = _says(place) and before.word not in _NO_VERBS and bool(place[2].form & (Form.VERB | Form.OTHER))
        is_told = ((is_noun or subject.text in _SUBJECTS) and (sure or is_clause)) or (is_some and is_clause)
        if is_told or (before.word not in _PREPOSITIONS - {"på", "om", "af"} and is_counted_clause(place)):
            yield _put(place, "huset sætter startkomma foran at-sætninger")


_SOME = frozenset(["flere", "mange", "nogle", "en", "et", "kun"])
_INFINITIVES = ("få", "gøre", "have", "være", "blive", "tage", "se", "gå", "give", "stå", "kunne", "skulle", "komme")
_ASKS_FOR_IT = frozenset(
    ["vigtigt", "nødvendigt", "muligt", "afgørende", "svært", "let", "nemt", "hensigtsmæssigt", "relevant", "væsentligt", "oplagt",
     "ønsker", "forsøger", "planlægger", "agter", "undlader", "prøver", "beslutter", "vælger", "forventer", "overvejer", "formår",
     "besluttet", "valgt", "planlagt", "forsøgt"]
)  # fmt: skip


def _before_infinitive(reading: Reading) -> Iterator[Hit]:
    """`mulighed for, at få hjælp`, `ønsker, at få hjælp`; what is put between two commas goes before the second."""
    for place in places_of(reading, "at"):
        comma, word, before = place[-1], place[0], place[-2]
        if word.text != "at" or comma.text != "," or before.end != comma.start:
            continue
        if not (before.text in _PREPOSITIONS or (before.word in _ASKS_FOR_IT and not _has_comma_before(place))):
            continue
        is_object = place[2].only(Form.DEFINITE_NOUN | Form.PLURAL_DEFINITE_NOUN) or place[2].text in (
            "en",
            "et",
            "den",
            "de",
        )
        is_verb = place[1].form & Form.INFINITIVE and not place[1].form & (Form.ANY_ADJECTIVE | Form.OTHER)
        may_be = bool(is_verb) and is_object and before.text in _PREPOSITIONS
        if place[1].only(Form.INFINITIVE) or place[1].text in _INFINITIVES or may_be:
            yield Hit(
                place.passage, before.start, word.end, "der er intet komma foran ”at” og navnemåde", f"{before.text} at"
            )


def _has_comma_before(place: Place) -> bool:
    """Whether the sentence has another comma before the one that stands beside a word."""
    for offset in range(-2, -place.at - 1, -1):
        token = place[offset]
        if token.text in (",", "–"):
            return True
        if token.first:
            return False
    return False


def _after_if(reading: Reading) -> Iterator[Hit]:
    """`Hvis fristen overskrides bortfalder det`: two verbs that are finite stand beside each other."""
    if not any(place[0].first for place in places_of(reading, *sorted(_IF))):
        return
    begins = False
    for place in all_places(reading):
        word, before = place[0], place[-1]
        if word.first:
            begins = word.word in _IF
        finite = (
            word.only(Form.PRESENT)
            and before.only(Form.PRESENT | Form.PASSIVE | Form.PAST)
            and before.text == before.word
        )
        if begins and finite and word.text == word.word and _is_next(place):
            yield _put(place, "der er komma, hvor bisætningen slutter")
            begins = False


def _once(hits: Iterable[Hit]) -> list[Hit]:
    """Each place one time, though two ways of looking see it."""
    return list({(id(hit.passage), hit.start): hit for hit in hits}.values())


RULES: tuple[Rule, ...] = (
    Rule(
        "DG387", "Komma foran men", Severity.WARNING, "Retskrivningsordbogen § 50",
        ("Sagen blev udsat, men den behandles i juni.", "Men den er ny.", "(men ikke her)"), ("Sagen blev udsat men den behandles i juni.", "Den er god men dyr."), _before_but, fixable=True,
    ),
    Rule(
        "DG388", "Komma foran at og et grundled, og foran hvis, når og fordi", Severity.WARNING, "Retskrivningsordbogen § 50: startkomma",
        ("Udvalget ønsker, at vejen lukkes.", "De ønsker at lukke vejen.", "For at vejen kan lukkes, skal der søges.", "Kommunen når målet i 2026.", "Det sker kun hvis alle er enige.", "Vi beder om at i højere grad inddrage dem.", "De drøftede om aftenen planen.", "Hvis det sker så kan vi.", "Hvordan er det da det går?"),
        ("Udvalget ønsker at vejen lukkes.", "Det betyder at udgifterne stiger.", "Det viser at 7 ud af 10 er trygge.", "Tilskuddet udbetales når regnskabet er godkendt.", "Det er et projekt hvis økonomi er usikker.", "Han orienterede om at Ærøhus har fået besøg.", "Vi ved ikke om staten vil betale.", "Træerne fældes da de er syge.", "Planen ændres så borgerne kan følge med."),
        lambda reading: _once(
            (*_before_that(reading), *before_that(reading), *before_that_after_for(reading), *before_when(reading), *before_whether(reading), *before_since(reading), *before_so_that(reading))
        ),
    ),
    Rule(
        "DG389", "Intet komma foran at og navnemåde", Severity.WARNING, "Retskrivningsordbogen § 49",
        ("De har mulighed for at få hjælp.", "Det er betinget af, at fristen holdes."), ("De har mulighed for, at få hjælp.", "Udvalget valgte, at udskyde sagen.", "Det blev besluttet i maj, at udskyde planen."),
        lambda reading: _once((*_before_infinitive(reading), *before_infinitive(reading))), fixable=True,
    ),
    Rule(
        "DG390", "Komma efter en bisætning først", Severity.WARNING, "Retskrivningsordbogen § 50",
        ("Hvis fristen overskrides, bortfalder det.", "Når de skal betale, får de brev."), ("Hvis fristen overskrides bortfalder det.",), _after_if,
    ),
)  # fmt: skip
"""The rules of commas."""
