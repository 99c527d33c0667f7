"""Words that are missing, and verbs that cannot stand after their helper: `er støtte`, `skal udmøntet`, `er evalueres`."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.lexicon.forms import Form, form_of
from docgen.proofing.rule import Hit, Reading, Rule, Severity
from docgen.proofing.rules.finite import FINITE
from docgen.proofing.rules.helped import active_for_passive, been, missing_word, used, wrong_helper
from docgen.proofing.rules.tokens import Place, Token, places, places_of, sentence_before

_GOALS = frozenset(
    ["formålet", "målet", "hensigten", "opgaven", "ambitionen", "ideen", "idéen", "sigtet", "ønsket", "planen", "tanken", "intentionen"]
)  # fmt: skip
_DECIDES = frozenset(
    ["besluttet", "beslutter", "besluttede", "valgt", "vælger", "valgte", "forsøger", "forsøgt", "planlægger", "planlagt", "ønsker",
     "undlader", "agter", "formår", "overvejer", "indvilget", "foreslår", "anbefaler", "forventer"]
)  # fmt: skip
_MODALS = frozenset(["skal", "kan", "vil", "må", "bør"])
_AFTER_VERB = frozenset(
    [".", ",", "af", "af", "efter", "en", "et", "den", "det", "de", "i", "inden", "på", "til", "med", "for", "fra", "senest", "ved"]
)  # fmt: skip
_STATES = frozenset(
    ["fortsat", "uændret", "samlet", "begrænset", "målrettet", "særskilt", "ubetinget", "forventet", "planlagt"]
)
_IS = frozenset(["er", "var", "bliver", "blev", "har", "havde"])
_PLACES = {"høring": "i høring", "udbud": "i udbud", "gang": "i gang", "kraft": "i kraft", "drift": "i drift"}
_SENT = frozenset(
    [
        "sendt",
        "sendes",
        "sende",
        "sat",
        "sættes",
        "sætte",
        "træder",
        "træde",
        "trådt",
        "trådte",
        "været",
        "taget",
        "tages",
    ]
)
_TO_BE_IN = {"dialog": "i dialog", "høring": "i høring", "udbud": "i udbud", "kontakt": "i kontakt", "gang": "i gang"}


def _hit(place: Place, first: int, last: int, message: str, right: str | None) -> Hit:
    return Hit(place.passage, place[first].start, place[last].end, message, right)


def _is_infinitive(token: Token) -> bool:
    return token.only(Form.INFINITIVE) and token.text == token.word and len(token.word) > 3


def _no_to(reading: Reading) -> Iterator[Hit]:
    """`Formålet er støtte foreninger`, `har besluttet sende sagen`, `til hensigt og udvide`"""
    for place in places(reading, Form.INFINITIVE):
        verb, before = place[0], place[-1]
        follows = place[1].text[:1].isalnum()
        nearly = Form.INFINITIVE | Form.COMMON_SINGULAR | Form.NEUTER_SINGULAR | Form.ADJECTIVE_E
        may_be = _is_infinitive(verb) or (verb.only(nearly) and follows)
        if (before.word in _DECIDES and before.text == before.word and _is_infinitive(verb)) or (
            before.word == "er" and may_be and place[1].text and _is_object(place[1]) and _is_goal(place)
        ):
            yield _hit(place, 0, 0, "der mangler ”at” foran navnemåden", f"at {verb.word}")
        elif before.text == "og" and may_be:
            is_purpose = place[-2].word == "hensigt" and place[-3].word == "til"
            if is_purpose or (place[-2].word == "er" and _is_goal(place)):
                yield _hit(place, -1, -1, "foran navnemåde står ”at”", "at")


def _is_goal(place: Place) -> bool:
    """Whether the sentence begins with `formålet` or the like, and has no other verb before this one."""
    earlier = list(sentence_before(place))
    return bool(earlier) and earlier[-1].word in _GOALS and not any(token.text == "," for token in earlier)


def _is_object(token: Token) -> bool:
    return token.text in ("en", "et", "den", "det", "de", "flere", "at") or bool(
        token.form & (Form.NOUN | Form.ANY_ADJECTIVE)
    )


def _no_preposition(reading: Reading) -> Iterator[Hit]:
    """`Sagen har været høring`, `sendt høring`, `træder kraft`"""
    for place in places_of(reading, *_PLACES, *_TO_BE_IN):
        word, before = place[0].word, place[-1]
        if before.word not in _SENT or place[0].text != word:
            continue
        if before.word != "været" and word in _PLACES:
            yield _hit(place, 0, 0, "der mangler et forholdsord", _PLACES[word])
        elif (
            (
                before.word == "været"
                and word in _TO_BE_IN
                and place[-2].word in ("har", "havde")
                and place[-3].word != "der"
            )
            and place[1].word in ("i", "med", "hos", ".", "om")
            and not place[-2].first
        ):
            yield _hit(place, 0, 0, "der mangler et forholdsord", _TO_BE_IN[word])


def _helped(reading: Reading) -> Iterator[Hit]:
    """`skal udmøntet inden`, `er evalueres af`: a helper with a form that does not go with it."""
    for place in places(reading, Form.PARTICIPLE | Form.PASSIVE):
        verb, before, after = place[0], place[-1], place[1]
        if verb.text != verb.word or place[-2].word in ("og", "eller"):
            continue
        stem = verb.word.removesuffix("t")
        if (
            before.word in _MODALS
            and verb.word.endswith("et")
            and verb.only(Form.PARTICIPLE | Form.ADJECTIVE)
            and verb.word not in _STATES
        ):
            active = stem if form_of(stem) & Form.INFINITIVE else None
            if after.word in _AFTER_VERB and active and not before.first:
                passive = after.word not in ("en", "et", "den", "det", "de")
                right = f"{active}s" if passive else active
                yield _hit(place, 0, 0, f"efter ”{before.word}” står navnemåde", right)
        elif before.word in _IS and verb.word.endswith("eres") and verb.only(Form.PASSIVE) and not before.first:
            right = f"{verb.word[:-1]}t"
            if form_of(right) & Form.PARTICIPLE and after.word in _AFTER_VERB:
                yield _hit(place, 0, 0, f"efter ”{before.word}” står kort tillægsform", right)


def _present(reading: Reading) -> Iterator[Hit]:
    """`Kommunen arbejde for at`, `at indsatsen reducere ventetiden`: after its subject a verb is finite."""
    for place in places(reading, Form.INFINITIVE):
        verb, before, after = place[0], place[-1], place[1]
        right = f"{verb.word}r"
        is_subject = before.only(Form.DEFINITE_NOUN | Form.PLURAL_DEFINITE_NOUN)
        if (
            verb.text != verb.word
            or not is_subject
            or not form_of(right) & Form.PRESENT
            or verb.form & Form.ANY_ADJECTIVE
            or verb.word in FINITE
        ):
            continue
        only_verb = _is_infinitive(verb)
        begins = before.first and (after.word in _FOLLOWS or after.text.isdecimal())
        in_clause = (
            place[-2].text == "at" and place[-3].text == "," and only_verb and (after.form or after.text.isdecimal())
        )
        if (begins and not only_verb) or in_clause:
            yield _hit(place, 0, 0, "her står nutid, som ender på r", right)


_FOLLOWS = frozenset(
    ["mere", "flere", "at", "for", "på", "til", "en", "et", "den", "det", "de", "af", "med", "ikke", "også"]
)

RULES: tuple[Rule, ...] = (
    Rule(
        "DG338", "Et lille ord mangler", Severity.WARNING, "Retskrivningsordbogen; Den Danske Ordbog",
        ("Formålet er at støtte foreninger.", "De har besluttet at sende sagen.", "Der har været dialog med naboerne.", "Sagen er sendt i høring.", "Målet er støtte til alle."),
        ("Formålet er støtte lokale foreninger.", "De har besluttet sende sagen videre.", "Sagen har været høring i fire uger.", "Loven træder kraft i maj.", "Der er brug flere hænder.", "De skal sørge, at vejen ryddes.", "Det er nødvendigt finde penge."), lambda reading: [*_no_to(reading), *_no_preposition(reading), *missing_word(reading)],
    ),
    Rule(
        "DG339", "Udsagnsordets form", Severity.WARNING, "Retskrivningsordbogen; Dansk Sprognævn om nutids-r",
        ("Puljen skal udmøntes inden maj.", "Ordningen er evalueret af en ekstern.", "De vil fortsat i dialog.", "Det kan bestå af to dele.", "Planen skal gennemføres af udvalget.", "Eleverne har brug for hjælp.", "Kommunen arbejder for det."),
        ("Puljen skal udmøntet inden maj.", "Ordningen er evalueres af en ekstern.", "Kommunen arbejde for at nå det.", "Det forventes, at indsatsen reducere ventetiden.", "Planen skal godkende af byrådet.", "Ansøgningen skal sende til kommunen inden jul.", "Sagen har blevet udsat.", "De ønsker at blev orienteret.", "Eleverne har brug tavlerne.", "Det har desværre være nødvendigt."), lambda reading: [*_helped(reading), *_present(reading), *active_for_passive(reading), *wrong_helper(reading), *used(reading), *been(reading)],
    ),
)  # fmt: skip
"""The rules of what is missing, and of verbs beside their helpers."""
