"""Verbs beside their helpers: `Planen skal godkende af byrådet`, `har blevet`, `at blev`, `forventes af blive`."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.lexicon.forms import Form, form_of
from docgen.proofing.rule import Hit, Reading
from docgen.proofing.rules.finite import is_definite, is_finite
from docgen.proofing.rules.tokens import Place, places, places_of

_MODALS = frozenset(["skal", "kan", "vil", "må", "bør", "skulle", "kunne", "ville", "måtte", "burde"])
_OF_ITSELF = frozenset(
    ["bestå", "afhænge", "leve", "udgå", "lære", "høre", "dø", "nyde", "tage", "gøre", "fremgå", "følge", "se", "komme", "stamme",
     "udspringe", "få", "give", "lide", "have", "være", "blive", "gå", "drage", "drive", "bruge"]
)  # fmt: skip
"""Verbs that `af` follows without their being passive."""
_WHO = ("udvalget", "forvaltningen", "rådet", "repræsentationen", "kommunen", "bestyrelsen", "ministeriet", "styrelsen", "direktionen",
        "direktøren", "borgmesteren", "lederen", "chefen", "regionen", "staten", "skatteyderne", "ejeren", "ejerne", "udlejer", "begge", "parter", "parterne", "borgeren", "naboerne", "ejerforeningen")  # fmt: skip
_TAKES_OBJECT = frozenset(
    ["sende", "indsende", "fremsende", "oversende", "forelægge", "udarbejde", "afholde", "gennemføre", "etablere", "opføre", "godkende",
     "udbetale", "vedtage", "finansiere", "implementere", "igangsætte", "evaluere", "revidere", "aflevere", "indføre", "udføre",
     "renovere", "nedlægge", "udmønte", "anvende", "fordele", "placere", "indbetale", "behandle"]
)  # fmt: skip
_AFTER = frozenset(["inden", "senest", "af", "til", "i", "på", "ved", "efter", "hos", "via", "fra", "."])
_WAS = frozenset(["blev", "fik", "gik", "tog", "gav", "var", "stod", "fandt", "havde"])


def active_for_passive(reading: Reading) -> Iterator[Hit]:
    """`Planen skal godkende af byrådet`, `Ansøgningen skal sende til kommunen`"""
    for place in places_of(reading, *_MODALS):
        verb, after, who = place[1], place[2], place[3]
        passive = f"{verb.word}s"
        if verb.text == verb.word and verb.only(Form.IMPERATIVE) and len(verb.word) > 4:
            yield Hit(place.passage, verb.start, verb.end, f"efter ”{place[0].word}” står navnemåde", None)
        if verb.text != verb.word or not verb.form & Form.INFINITIVE or not form_of(passive) & Form.PASSIVE:
            continue
        by_some = after.text == "af" and verb.word not in _OF_ITSELF and who.word.endswith(_WHO)
        subject = place[-1]
        is_whole = is_definite(subject) and subject.first and after.text in _AFTER
        if by_some or (is_whole and verb.word in _TAKES_OBJECT and not subject.word.endswith(_WHO)):
            yield Hit(place.passage, verb.start, verb.end, "her står udsagnsordet i passiv", passive)


def wrong_helper(reading: Reading) -> Iterator[Hit]:
    """`Sagen har blevet udsat`, `ønsker at blev orienteret`"""
    for place in places_of(reading, "blevet"):
        helper = place[-2] if place[-1].word in ("ikke", "også", "nu", "desuden") else place[-1]
        if helper.text in ("har", "havde"):
            right = "er" if helper.text == "har" else "var"
            yield Hit(place.passage, helper.start, helper.end, f"det hedder ”{right} blevet”", right)
    for place in places_of(reading, *_WAS):
        before = place[-1]
        if before.text == "at" and place[-2].text != "," and place[0].text == place[0].word and not before.first:
            yield Hit(
                place.passage, place[0].start, place[0].end, "efter ”at” står navnemåde", _INFINITIVE[place[0].word]
            )


_INFINITIVE = {"blev": "blive", "fik": "få", "gik": "gå", "tog": "tage", "gav": "give", "var": "være", "stod": "stå", "fandt": "finde", "havde": "have"}  # fmt: skip


def of_for_to(reading: Reading) -> Iterator[Hit]:
    """`forventes af blive færdig`: no infinitive stands after `af`."""
    for place in places(reading, Form.INFINITIVE):
        verb, before = place[0], place[-1]
        if before.text == "af" and verb.text == verb.word and len(verb.word) > 3:
            is_sure = verb.only(Form.INFINITIVE)
            # `til af ansætte` is found already, but `til af snakke`, which is a noun, too, is not.
            if is_sure != (place[-2].word in _TAKEN):
                yield Hit(place.passage, before.start, before.end, "foran navnemåde står ”at”", "at")

    for place in places_of(reading, "og"):
        before, verb = place[-1], place[1]
        object_ = place[2].text in ("en", "et", "den", "det", "de") or is_definite(place[2])
        bids = before.word in ("husk", "prøv") and before.first
        asks = before.text in ("om", "på", "til", "for") and not verb.only(Form.INFINITIVE)
        if verb.form & Form.INFINITIVE and verb.text == verb.word and (bids or (asks and object_)):
            yield Hit(place.passage, place[0].start, place[0].end, "foran navnemåde står ”at”", "at")


_TAKEN = frozenset(["til", "for", "ved", "om", "med", "på", "uden", "efter", "i", "fra"])
_NEEDED = frozenset(
    ["flere", "mere", "mange", "en", "et", "ny", "nye", "yderligere", "større", "hjælp", "støtte", "bedre", "færre"]
)
_EASY = frozenset(
    ["nødvendigt", "muligt", "vigtigt", "svært", "umuligt", "vanskeligt", "hensigtsmæssigt", "relevant", "nemt"]
)


def missing_word(reading: Reading) -> Iterator[Hit]:
    """`Der er brug flere hænder`, `Det er nødvendigt finde penge`, `skal sørge, at`"""
    for place in places_of(reading, "brug", "behov"):
        has = {place[-1].word, place[-2].word} & {"er", "har", "får", "have", "var", "havde"}
        if has and place[1].text in _NEEDED and place[0].text == place[0].word and place[1].start == place[0].end + 1:
            yield _put(place, f"{place[0].text} for")
    for place in places_of(reading, "sørge", "sørger", "sørget", "sørgede"):
        if place[1].text == "," and place[2].text == "at":
            yield _put(place, f"{place[0].text} for")
    for place in places_of(reading, "svært", "let", "nemt"):
        if place[-1].text in ("har", "havde") and place[1].text == "at" and place[0].word == place[0].text:
            yield _put(place, f"{place[0].text} ved")
    for place in places_of(reading, "samtidig", "samtidigt"):
        subject, verb = place[2], place[3]
        if place[1].text == "med" and is_definite(subject) and is_finite(verb) and subject.start == place[1].end + 1:
            message, right = "der mangler ”at” foran bisætningen", "med, at"
            yield Hit(place.passage, place[1].start, place[1].end, message, right)
    for place in places_of(reading, *_EASY):
        verb = place[1]
        is_said = place[-1].word in ("er", "bliver", "var", "blev") or place[-1].word in (
            "ikke",
            "mere",
            "ofte",
            "også",
        )
        if is_said and verb.only(Form.INFINITIVE) and verb.text == verb.word and verb.start == place[0].end + 1:
            message = "der mangler ”at” foran navnemåden"
            yield Hit(place.passage, verb.start, verb.end, message, f"at {verb.text}")


def _put(place: Place, right: str) -> Hit:
    return Hit(place.passage, place[0].start, place[0].end, "der mangler et forholdsord", right)


def been(reading: Reading) -> Iterator[Hit]:
    """`har det desværre være nødvendigt`"""
    for place in places_of(reading, "være"):
        if place[0].text != "være" or place[1].text in ("med", "at"):
            continue
        for offset in range(-1, -5, -1):
            token = place[offset]
            if token.text in ("har", "havde"):
                yield Hit(place.passage, place[0].start, place[0].end, "efter ”har” står kort tillægsform", "været")
                break
            is_between = token.word in _BETWEEN or token.text in ("det", "der", "den", "de", "vi")
            if not is_between or token.text != token.word:
                break


_BETWEEN = frozenset(
    ["desværre", "ikke", "også", "altid", "hidtil", "dog", "nu", "længe", "tidligere", "desuden", "fortsat"]
)


def used(reading: Reading) -> Iterator[Hit]:
    """`Eleverne har brug tavlerne`"""
    for place in places_of(reading, "brug"):
        after = place[1]
        is_object = is_definite(after) or after.text in ("det", "den", "de", "denne", "dette", "disse")
        if place[-1].text in ("har", "havde") and is_object and after.start == place[0].end + 1:
            yield Hit(place.passage, place[0].start, place[0].end, "efter ”har” står kort tillægsform", "brugt")
