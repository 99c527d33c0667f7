"""Verbs in the form that their neighbours ask for: infinitive, present, participle, and `at` before an infinitive."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.lexicon.compounds import lemma
from docgen.lexicon.forms import Form, form_of, forms_beginning
from docgen.proofing.rule import Hit, Reading, Rule, Severity
from docgen.proofing.rules.finite import is_definite
from docgen.proofing.rules.helped import of_for_to
from docgen.proofing.rules.lone_verbs import after_early_modal, without_finite
from docgen.proofing.rules.tokens import Place, places, places_of

_MODALS = frozenset(["skal", "kan", "vil", "må", "bør", "kunne", "skulle", "ville", "måtte", "burde"])
_BETWEEN = frozenset(
    [
        "ikke",
        "også",
        "fortsat",
        "kun",
        "altid",
        "derfor",
        "desuden",
        "løbende",
        "snarest",
        "dog",
        "selv",
        "straks",
        "gerne",
        "fremover",
        "samtidig",
        "endvidere",
        "ligeledes",
        "igen",
        "bedre",
        "hurtigt",
    ]
)
_HAVE = frozenset(["har", "havde", "haft", "have"])
_BE = frozenset(["er", "var", "bliver", "blev", "blevet", "været"])
_SUBJECTS = frozenset(["han", "hun", "vi", "man", "jeg"])
_PRONOUNS = frozenset(
    [
        "jeg",
        "du",
        "han",
        "hun",
        "vi",
        "i",
        "de",
        "man",
        "den",
        "det",
        "dem",
        "os",
        "jer",
        "mig",
        "dig",
        "ham",
        "hende",
        "sig",
    ]
)
"""No verbs after `har`, though the list of words has some of them as such."""
_PREPOSITIONS = frozenset(["til", "for", "ved", "om", "med", "på", "uden", "efter", "i", "fra"])
_TRIES = frozenset(
    ["forsøge", "forsøger", "forsøgt", "forsøgte", "prøve", "prøver", "prøvet", "besluttet", "beslutter", "besluttede", "valgt", "lærer", "lære", "lært",
     "vælger", "valgte", "ønsker", "ønsket", "planlægger", "planlagt", "lovet", "begyndt", "begynder", "undlade", "undlader",
     "undladt", "foreslået", "foreslår", "agter", "formår", "evner", "påbegyndt", "overvejer", "overvejet", "indvilget"]
)  # fmt: skip
_EASY = frozenset(
    ["vigtigt", "muligt", "nødvendigt", "svært", "let", "nemt", "hurtigt", "dyrt", "billigt", "umuligt", "relevant",
     "hensigtsmæssigt", "afgørende", "oplagt", "tilladt", "væsentligt", "vanskeligt"]
)  # fmt: skip
_DETERMINERS = frozenset(
    ["den", "det", "de", "en", "et", "deres", "sin", "sit", "sine", "vores", "alle", "nye", "disse", "denne", "dette"]
)


def _hit(place: Place, message: str, right: str | None, first: int = 0) -> Hit:
    words = place.passage.text[place[first].start : place[0].start] + (right or "") if right else None
    return Hit(place.passage, place[first].start, place[0].end, message, words)


def _infinitive(word: str) -> str | None:
    """`vurderer` -> `vurdere`"""
    found = [form for form in (lemma(word), word.removesuffix("r")) if form_of(form) & Form.INFINITIVE]
    return found[0] if found else None


def _present(word: str) -> str | None:
    """`vurdere` -> `vurderer`"""
    return f"{word}r" if form_of(f"{word}r") & Form.PRESENT else None


def _participle(word: str) -> str | None:
    """`undersøge` -> `undersøgt`; None where the list has none, or several."""
    stem = word.removesuffix("e")
    ways = (f"{word}t", f"{stem}t", f"{stem}et")
    regular = [form for form in ways if form_of(form) & Form.PARTICIPLE and lemma(form) == word]
    found = regular or [
        form for form in forms_beginning(word[:3]) if form_of(form) & Form.PARTICIPLE and lemma(form) == word
    ]
    return found[0] if len(found) == 1 else None


def _is_infinitive(place: Place, offset: int = 0) -> bool:
    token = place[offset]
    return token.only(Form.INFINITIVE) and token.text == token.word and token.word not in _PRONOUNS


def _after_modal(reading: Reading) -> Iterator[Hit]:
    for place in places(reading, Form.PRESENT):
        verb = place[0]
        if verb.text != verb.word:
            continue
        before = -2 if place[-1].word in _BETWEEN else -1
        is_sure = verb.only(Form.PRESENT) or (
            verb.only(Form.PRESENT | Form.COMMON_SINGULAR) and place[1].word == "at" and len(verb.word) > 5
        )
        has_object = place[1].only(Form.DEFINITE_NOUN | Form.PLURAL_DEFINITE_NOUN) or place[1].word in (
            "den",
            "det",
            "de",
        )
        is_sure = is_sure or (before == -1 and has_object and verb.only(Form.PRESENT | Form.COMMON_SINGULAR))
        if place[before].word in _MODALS and is_sure and (right := _infinitive(verb.word)):
            yield _hit(place, f"efter ”{place[before].word}” står navnemåde", right)
        elif (
            place[-1].word == "at"
            and place[-2].word != ","
            and (right := _infinitive(verb.word))
            and verb.word not in ("er", "har")
        ):
            is_noun = bool(verb.form & Form.NOUN)
            is_object = (
                (place[-2].word in _TRIES or place[-3].word in _TRIES)
                or place[1].word in _DETERMINERS
                or (
                    place[1].only(Form.DEFINITE_NOUN | Form.PLURAL_DEFINITE_NOUN | Form.PARTICIPLE)
                    and place[1].form & (Form.DEFINITE_NOUN | Form.PLURAL_DEFINITE_NOUN)
                )
            )
            if verb.only(Form.PRESENT) or (
                is_noun and verb.only(Form.PRESENT | Form.COMMON_SINGULAR | Form.COMMON_PLURAL) and is_object
            ):
                yield _hit(place, "efter ”at” står navnemåde", right)


def _after_subject(reading: Reading) -> Iterator[Hit]:
    """`Forvaltningen vurdere`, `Borgere, der modtage`."""
    for place in places(reading, Form.INFINITIVE):
        verb, before = place[0], place[-1]
        if verb.text != verb.word or not (right := _present(verb.word)):
            continue
        is_subject = before.first and (
            is_definite(before) or before.word in _SUBJECTS or before.word.endswith("udvalget")
        )
        is_relative = before.word in ("der", "som") and place[-2].word == "," and not place[-3].only(Form.INFINITIVE)
        follows = place[1].word in _PREPOSITIONS | _DETERMINERS
        if (is_subject and _is_infinitive(place)) or (
            is_relative and (_is_infinitive(place) or (follows and verb.only(Form.INFINITIVE | Form.NEUTER_SINGULAR)))
        ):
            yield _hit(place, "her står nutid, som ender på r", right)


def _after_have(reading: Reading) -> Iterator[Hit]:
    """`har undersøge`, `blev afholde`."""
    for place in places(reading, Form.INFINITIVE):
        if not _is_infinitive(place):
            continue
        before = -2 if place[-1].word in _BETWEEN else -1
        if (
            place[before].word in _HAVE | _BE
            and place[1].word not in ("og", "eller", "-")
            and place[0].word != "fremme"
        ):
            yield _hit(place, f"efter ”{place[before].word}” står kort tillægsform", _participle(place[0].word))
    for place in places_of(reading, "har", "havde"):
        verb = place[1]
        if verb.text == verb.word and verb.only(Form.IMPERATIVE) and len(verb.word) > 4:
            yield Hit(place.passage, verb.start, verb.end, f"efter ”{place[0].word}” står kort tillægsform", None)


def _present_after_have(reading: Reading) -> Iterator[Hit]:
    """`Fonden har svarer, at`"""
    for place in places_of(reading, "har", "havde"):
        verb, after = place[1], place[2].text
        says = after == "at" or (after == "," and place[3].text == "at")
        is_verb = verb.only(Form.PRESENT) or (says and verb.only(Form.PRESENT | Form.COMMON_SINGULAR))
        if verb.text == verb.word and len(verb.word) > 4 and is_verb and (says or after in _OBJECTS):
            right = _participle(_infinitive(verb.word) or verb.word)
            yield Hit(place.passage, verb.start, verb.end, f"efter ”{place[0].word}” står kort tillægsform", right)


_OBJECTS = frozenset(["på", "en", "et", "den", "sagen"])


def _and_for_to(reading: Reading) -> Iterator[Hit]:
    """`forsøge og reducere`, `på og nedbringe`, `til af ansætte`: the words between are `at`."""
    for place in places_of(reading, "og", "af"):
        joint, before = place[0], place[-1]
        if not place[1].form & Form.INFINITIVE or place[1].text != place[1].word:
            continue
        is_sure = _is_infinitive(place, 1)
        thinks = before.word == "sig" and place[-2].word in ("tænkt", "tænker", "forpligtet")
        after = before.word in _PREPOSITIONS or (joint.word == "og" and (before.word in _TRIES or thinks))
        is_easy = before.word in _EASY and place[-2].word in ("er", "var", "bliver", "blev") and place[-3].word == "det"
        is_adjective = place[1].only(Form.INFINITIVE | Form.ADJECTIVE_E | Form.COMPARATIVE)
        if (after and is_sure) or (is_easy and joint.word == "og" and (is_sure or is_adjective)):
            yield _hit(place, "foran navnemåde står ”at”", "at")


def _no_to(reading: Reading) -> Iterator[Hit]:
    """`midler til ansætte to`: there is no `at`."""
    for place in places(reading, Form.INFINITIVE):
        before = place[-1]
        is_preposition = before.word in ("til", "for", "om", "ved", "uden", "på") and before.text == before.word
        noun = Form.COMMON_SINGULAR | Form.NEUTER_SINGULAR
        may_be = before.word == "til" and place[0].only(Form.INFINITIVE | noun) and place[0].form & noun
        is_object = place[1].only(Form.DEFINITE_NOUN | Form.PLURAL_DEFINITE_NOUN) and place[1].text == place[1].word
        is_sure = is_preposition and _is_infinitive(place) and place[1].text and place[0].word != "kende"  # `til kende`
        if is_sure or (may_be and is_object and place[0].text == place[0].word):
            yield _hit(place, "der mangler ”at” foran navnemåden", f"at {place[0].word}")


_SOURCE = "Retskrivningsordbogen; Dansk Sprognævn om nutids-r"
RULES: tuple[Rule, ...] = (
    Rule(
        "DG371", "Navnemåde efter skal, kan og at", Severity.WARNING, _SOURCE,
        ("Kommunen skal kunne dokumentere det.", "Hvad kan udvalget vurdere?", "Forvaltningen oplyser, at gruppen vurderer det.", "Det er rart at bruger og kommune mødes."),
        ("Kommunen skal kunne dokumenterer det.", "De skal lære at bruger det nye system.", "Det forventes at medfører besparelser.", "Fremover skal alle nye aftaler indeholder krav om det.", "De ønsker ikke at fortsætter."),
        lambda reading: [*_after_modal(reading), *after_early_modal(reading)],
    ),
    Rule(
        "DG372", "Nutid med r", Severity.WARNING, _SOURCE,
        ("Forvaltningen vurderer sagen.", "Leverandøren lader varerne køre ud.", "Borgere, der modtager hjælp, får brev.", "Forvaltningen kan ikke vurdere det."),
        ("Forvaltningen vurdere, at det går.", "Borgere, der modtage hjælp, får brev.", "Udvalget behandle sagen i næste uge.", "Programmet er stort, og hver etape strække sig over to år.", "Den ene bestyrelse mene, at det går."),
        lambda reading: [*_after_subject(reading), *without_finite(reading)],
    ),
    Rule(
        "DG373", "Kort tillægsform efter har og blev", Severity.WARNING, "Retskrivningsordbogen § 28-29",
        ("Forvaltningen har undersøgt sagen.", "De afholdte udgifter er dækket.", "Målet er at vurdere den.", "De har få midler.", "Har du selv rettet den?"),
        ("Forvaltningen har undersøge sagen.", "Der blev afholde et møde.", "Sagen er blevet drøfte med parterne.", "Fonden har svarer, at den er villig."),
        lambda reading: [*_after_have(reading), *_present_after_have(reading)],
    ),
    Rule(
        "DG374", "at foran navnemåde, ikke og eller af", Severity.WARNING, "Dansk Sprognævn: at eller og",
        ("De går og venter.", "Han har besluttet og gennemført det.", "Vi vil forsøge at reducere den.", "Det er vigtigt og rigtigt."),
        ("Vi vil forsøge og reducere den.", "De arbejder på og nedbringe den.", "Der er råd til af ansætte flere.", "Det er vigtigt og sikre dialog.", "Det forventes af blive dyrt."),
        lambda reading: [*_and_for_to(reading), *of_for_to(reading)],
    ),
    Rule(
        "DG375", "at mangler", Severity.WARNING, "Retskrivningsordbogen",
        ("Der er midler til at ansætte to.", "Det er til gavn for alle.", "De er for få."), ("Der er midler til ansætte to.", "Det sker uden inddrage borgerne."), _no_to,
    ),
)  # fmt: skip
"""The rules of verbs."""
