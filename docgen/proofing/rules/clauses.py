"""Sentences as clauses: where one ends, which words are finite, and what stands between a subject and its verb.

Only what its neighbours show is told: a verb that may be a noun, too, is no verb here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.lexicon.forms import Form
from docgen.proofing.rule import Hit, Reading, Rule, Severity
from docgen.proofing.rules.finite import (
    FINITE,
    MODALS,
    OPENS,
    PRONOUNS,
    begins_subject,
    comma_before,
    is_definite,
    is_finite,
    is_next,
    is_noun,
    may_be_finite,
)
from docgen.proofing.rules.openings import after_joint, after_opening, before_shared, in_clause
from docgen.proofing.rules.said_clauses import between_alike
from docgen.proofing.rules.subclauses import before_object, before_whereof
from docgen.proofing.rules.tokens import Place, Token, places, places_of, sentence_before, spoken

_IF = frozenset(["hvis", "når", "såfremt", "selvom", "fordi", "mens", "eftersom", "medmindre", "da"])
_JOINS = frozenset(
    ["og", "eller", "samt", "der", "som", "at", "hvor", "hvad", "ikke", "men", "end", ",", "-", "/", "(", "”"]
)
_FOLLOWS = frozenset(
    ["af", "for", "fra", "i", "med", "om", "på", "til", "ved", "efter", "en", "et", "den", "det", "de", "der", "ikke", "sig",
     "at", "deres", "sine", "sin", "sit", "over", "under", "mellem", "uden", "inden", "hvert", "hver", "alle", "også"]
)  # fmt: skip
_AFTERWARDS = frozenset(
    ["derfor", "dermed", "desuden", "derudover", "endvidere", "herefter", "derefter", "herudover", "ligeledes", "efterfølgende", "samtidig", "senere", "bagefter", "hidtil"]
)  # fmt: skip
_MONTHS = frozenset(
    ["januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december",
     "foråret", "sommeren", "efteråret", "vinteren", "dag"]
)  # fmt: skip
_ASKS = frozenset(["hvordan", "hvorfor", "hvornår", "hvorvidt"])
_ASKS_OF_THINGS = frozenset(["hvilke", "hvilken", "hvilket", "hvem", "hvad"])
_MUCH = frozenset(["mange", "meget", "stor", "stort", "store", "lang", "langt", "lange", "ofte", "højt"])
_NOUN = Form.NOUN


def _first(sentence: Sequence[Place], start: int) -> int | None:
    """The number of the first finite verb from a place on, before a comma or another sign."""
    for number in range(start, len(sentence)):
        token, before = sentence[number][0], sentence[number][-1]
        is_inside = token.text == "." and number + 1 < len(sentence)  # `den 1. maj`
        if not token.text[0].isalnum() and token.text not in ("-", "/", "’") and not is_inside:
            return None
        # That `ønsker` is a noun, too, does not count after a subject that begins the clause.
        is_second = number == start + 1 == 2 and (before.text in PRONOUNS or is_definite(before))
        if is_finite(token) or (is_second and token.form & Form.PRESENT and token.text == token.word):
            return number
    return None


def _second(sentence: Sequence[Place], first: int) -> int | None:
    """The verb after a clause that ends with no comma: finite, not joined to the first, with what may follow one."""
    start = first + 1
    while (number := _first(sentence, start)) is not None:
        place = sentence[number]
        before, after = place[-1], place[1]
        joint = place[-2] if before.word == "ikke" else before
        if joint.word in OPENS | _JOINS | PRONOUNS or (is_finite(before) and before.word in MODALS):
            return None
        if after.text and after.text[0].isalpha() and is_next(place):
            return number
        start = number + 1
    return None


# -- commas that are missing --------------------------------------------------------------------------------------


def _after_first_clause(reading: Reading) -> Iterator[Hit]:
    """`Når sagen er behandlet får ansøgeren besked`"""
    for sentence in spoken(reading, _IF | {"efter"}):
        if len(sentence) < 5:
            continue
        start = 2 if (sentence[0][0].word, sentence[1][0].word) == ("efter", "at") else 1
        if (start == 1 and sentence[0][0].word not in _IF) or is_finite(sentence[start][0]):
            continue
        first = _first(sentence, start)
        second = None if first is None else _second(sentence, first)
        if second is None:
            if (turned := _turned(sentence)) is not None:
                yield comma_before(turned, "der er komma, hvor bisætningen slutter")
            continue
        place = sentence[second]
        is_turned = begins_subject(place[1]) or (second == (first or 0) + 1 and not place[0].form & Form.PASSIVE)
        if (
            is_turned
            and place[1].word != "som"
            and not any(one[0].word in OPENS - {"end"} for one in sentence[start:second])
        ):
            yield comma_before(place, "der er komma, hvor bisætningen slutter")


def _turned(sentence: Sequence[Place]) -> Place | None:
    """The verb before its subject that begins the main clause with no comma: `Da vand, der løber i kloakken er det`"""
    for place in sentence[3:]:
        token, before, after = place[0], place[-1], place[1]
        if is_finite(token) and before.text == ",":
            return None
        if is_finite(token) and after.text in ("det", "der", "vi", "man") and is_next(place):
            is_thing = is_noun(before) and before.word not in OPENS | _JOINS
            return place if is_thing and any(one[0].text == "," for one in sentence[:8]) else None
    return None


def _after_relative(reading: Reading) -> Iterator[Hit]:
    """`De skoler, der ikke har svaret får en rykker`: the main clause has no verb before its first comma."""
    for sentence in spoken(reading, frozenset(), frozenset(("der", "som"))):
        comma = next((number for number, place in enumerate(sentence) if not place[0].text[0].isalnum()), 0)
        if not 1 <= comma < len(sentence) - 4 or sentence[comma][0].text != "," or sentence[0][0].word in _IF | OPENS:
            continue
        opens = sentence[comma + 1][0].word
        if opens not in ("der", "som") or any(_may_be_finite(place[0]) for place in sentence[:comma]):
            continue
        is_verb = comma + 2 < len(sentence) and sentence[comma + 2][0].form & Form.PRESENT
        first = comma + 2 if is_verb else _first(sentence, comma + 2)
        second = None if first is None else _second(sentence, first)
        if second is None or not (is_noun(sentence[comma - 1][0]) or sentence[comma - 1][0].form & Form.NOUN):
            second = _late_verb(sentence, first) if second is None and first is not None else None
        if second is not None:
            yield comma_before(sentence[second], "der er komma, hvor bisætningen slutter")


def _late_verb(sentence: Sequence[Place], first: int) -> int | None:
    """A verb that may be a noun, too, as the last that could be the main clause's: `gælder for alle udløber den 31.`"""
    for number in range(first + 1, len(sentence) - 1):
        place = sentence[number]
        token, before, after = place[0], place[-1], place[1]
        if token.text == "," or is_finite(token):
            return None
        if (
            token.form & Form.PRESENT
            and token.text == token.word
            and (before.only(_NOUN) or before.text.isdecimal())
            and after.word in _FOLLOWS
            and all(one[0].text != "," for one in sentence[number:])
        ):
            return number
    return None


def _may_be_finite(token: Token) -> bool:
    is_verb = token.form & (Form.PRESENT | Form.PAST | Form.PASSIVE) and not token.form & Form.NOUN
    return token.word in FINITE or bool(is_verb and not token.first)


_NEVER_OWNED = frozenset(["det", "vi", "man", "han", "hun", "jeg"])
"""Subjects that a noun does not follow: `det koster`, but `de koster`."""


def _between_sentences(reading: Reading) -> Iterator[Hit]:
    """`Anlægget blev taget i brug i 2019 og det er siden udvidet`"""
    for place in places_of(reading, "og"):
        before, pronoun, verb = place[-1], place[1], place[2]
        is_verb = is_finite(verb) or (pronoun.text in _NEVER_OWNED and verb.form & Form.PRESENT)
        is_subject = pronoun.text in PRONOUNS | {"alle"} or (is_definite(pronoun) and pronoun.text == pronoun.word)
        is_clause = is_subject and is_verb and place[3].text
        if not is_clause or not before.text[-1:].isalnum() or place[0].start != before.end + 1 or place[0].text != "og":
            continue
        if verb.only(Form.PAST) and verb.word not in FINITE:
            continue
        earlier = list(sentence_before(place))
        is_plain = not any(token.word in OPENS or token.text in (":", "(", ",") for token in earlier)
        formal = all(
            token.word != "der" or token.first or (number + 1 < len(earlier) and is_finite(earlier[number + 1]))
            for number, token in enumerate(earlier)
        )
        if is_plain and formal and any(is_finite(token) for token in earlier):
            yield comma_before(place, "der er komma mellem to hele sætninger")


_DETERMINERS = frozenset(["en", "et", "den", "det", "de", "alle", "nogle", "flere", "mange", "ny", "nyt", "nye"])


_WAS = frozenset(["blev", "var", "havde", "fik"])


def _before_relative(reading: Reading) -> Iterator[Hit]:
    """`Borgere der modtager hjælp`: after a noun `der` and a finite verb begin a clause."""
    for place in places_of(reading, "der", "som"):
        token, before, after = place[0], place[-1], place[1]
        if token.text != token.word or not is_next(place) or not before.form & (Form.NOUN | Form.ANY_ADJECTIVE):
            continue
        plural = before.only(Form.PLURAL_NOUN | Form.PRESENT) and before.form & Form.PLURAL_NOUN
        stands = is_finite(place[-2]) or place[-2].form & Form.ANY_ADJECTIVE or place[-2].word in _DETERMINERS
        is_people = place[-2].word == "de" and before.only(Form.ADJECTIVE_E | Form.COMPARATIVE) and may_be_finite(after)
        if is_people and place[-2].first and after.word not in ("på", "for"):
            yield comma_before(place, "der er komma foran den bisætning, som ”der” eller ”som” begynder")
            continue
        is_made_one = token.text == "der" and place[-2].word in ("en", "et") and before.form & Form.SINGULAR_NOUN
        if not (is_noun(before) or is_made_one or (plural and stands and before.text == before.word)):
            continue
        verb = place[2] if after.word in ("ikke", "også", "allerede", "endnu", "fortsat") else after
        was = verb.word in _WAS and token.text == "der" and before.first and is_definite(before)
        is_verb = was or (token.text in ("der", "som") and verb.only(Form.PASSIVE) and is_noun(before))
        is_verb = is_verb or (is_finite(verb) and not verb.only(Form.PASSIVE | Form.PAST))
        is_one = before.only(Form.PLURAL_NOUN) or place[-2].word in _DETERMINERS
        is_verb = is_verb or (token.text == "der" and bool(verb.form & Form.PRESENT) and is_one)
        asks = any(place[offset].word.startswith("hv") or place[offset].word == "jo" for offset in range(-7, 0))
        if is_verb and not asks and place[-2].word not in ("som", "end", "der"):
            yield comma_before(place, "der er komma foran den bisætning, som ”der” eller ”som” begynder")


def _before_question(reading: Reading) -> Iterator[Hit]:
    """`har undersøgt hvordan ordningen kan forenkles`"""
    for place in places_of(reading, "hvor", *_ASKS, *_ASKS_OF_THINGS):
        token, before, after = place[0], place[-1], place[1]
        if token.text != token.word or not is_next(place) or not place[2].text or not after.text[:1].isalpha():
            continue
        said = before.only(Form.PRESENT | Form.PAST | Form.PARTICIPLE | Form.INFINITIVE) and before.text == before.word
        joins = before.word in ("om", "over", "af", "på", "til", "for", "ved") and not before.first
        is_asking = token.word in _ASKS and (said or joins or is_definite(before))
        of_things = token.word in _ASKS_OF_THINGS or (token.word == "hvor" and after.word in _MUCH)
        asks_things = of_things and (said or (before.word in ("om", "ikke") and not before.first))
        if (is_asking or asks_things) and any(is_finite(place[offset]) for offset in range(1, 20)):
            yield comma_before(place, "der er komma foran et spørgsmål, der er en del af sætningen")


# -- commas too many, and the order of words ----------------------------------------------------------------------


def _between_subject_and_verb(reading: Reading) -> Iterator[Hit]:
    """`Kommunen, forventer at spare`, `har, besluttet`"""
    subjects = (place for place in places(reading, Form.DEFINITE_NOUN | Form.PLURAL_DEFINITE_NOUN) if place[0].first)
    for place in (*subjects, *places_of(reading, "har", "havde", "bliver", "blev")):
        token, comma, after, follows = place[0], place[1], place[2], place[3]
        if comma.text != "," or comma.start != token.end or not follows.text:
            continue
        is_subject = token.first and place[-1].text in ("", ".", "!", "?") and is_definite(token) and is_finite(after)
        says = follows.text != follows.word or follows.text in PRONOUNS or is_definite(follows)
        is_split = token.word in _HELPERS and after.only(Form.PARTICIPLE | Form.ADJECTIVE)
        if (is_subject and not says) or is_split:
            right = f"{token.text} {after.text}"
            yield Hit(place.passage, token.start, after.end, "der er intet komma mellem ord, der hører sammen", right)


_HELPERS = frozenset(["har", "havde", "bliver", "blev"])


def _not_turned(reading: Reading) -> Iterator[Hit]:
    """`Derfor forvaltningen anbefaler`, `I marts udvalget drøftede`: after what begins a sentence comes its verb."""
    for sentence in spoken(reading, _AFTERWARDS | {"i", "på", "ved", "efter"}):
        if len(sentence) < 5 or not sentence[0][0].text[0].isupper():
            continue
        one, two, three = (sentence[number][0] for number in (0, 1, 2))
        if one.word in _AFTERWARDS:
            start = 1
        elif one.word in ("i", "på", "ved", "efter") and (
            two.word in _MONTHS
            or (two.text.isdecimal() and len(two.text) == 4)
            or (is_definite(two) and two.text == two.word)
        ):
            start = 3 if three.text.isdecimal() else 2
        else:
            continue
        if start + 2 >= len(sentence):
            continue
        subject, verb = sentence[start][0], sentence[start + 1][0]
        if (
            (is_definite(subject) or subject.text in ("vi", "man"))
            and (is_finite(verb) or verb.form & (Form.PRESENT | Form.PAST))
            and subject.word not in _MONTHS
        ):
            hit = sentence[start]
            yield Hit(
                hit.passage,
                subject.start,
                verb.end,
                "her står udsagnsordet før grundleddet",
                f"{verb.text} {subject.text}",
            )


_SEVERAL = frozenset(["mange", "nogle", "flere", "få"])


def _not_after_that(reading: Reading) -> Iterator[Hit]:
    """`at der er ikke modtaget svar`"""
    for place in places_of(reading, "at"):
        subject, verb, adverb = place[1], place[2], place[3]
        is_clause = place[0].text == "at" and place[-1].text == ","
        if (
            is_clause
            and adverb.text == "ikke"
            and verb.word in FINITE
            and (begins_subject(subject) or subject.text in _SEVERAL)
        ):
            message, right = "i en bisætning står ”ikke” foran udsagnsordet", f"ikke {verb.text}"
            yield Hit(place.passage, verb.start, adverb.end, message, right)


def _order(reading: Reading) -> Iterator[Hit]:
    yield from _not_turned(reading)
    yield from _not_after_that(reading)


_COMMA = "Retskrivningsordbogen § 50: startkomma"
RULES: tuple[Rule, ...] = (
    Rule(
        "DG379", "Komma efter en bisætning midt i", Severity.WARNING, "Retskrivningsordbogen § 50",
        ("De skoler, der ikke har svaret, får en rykker.", "Der er en aftale, der gælder alle og udløber i maj.", "Når sagen er behandlet, får de svar.", "Hvis borgeren ønsker det, kan det ske."),
        ("De skoler, der ikke har svaret får en rykker.", "Når sagen er behandlet får ansøgeren besked.", "Hvis kravene ikke overholdes kan aftalen ophæves."),
        lambda reading: [*_after_first_clause(reading), *_after_relative(reading)],
    ),
    Rule(
        "DG380", "Komma mellem to hele sætninger", Severity.WARNING, "Retskrivningsordbogen § 46",
        ("Mødet er slut, og det er referatet også.", "Det er klart, at vejen er lang og den er smal.", "Udvalget og de andre er spurgt.", "Udvalget og forvaltningen er enige."),
        ("Anlægget blev åbnet i 2019 og det er siden udvidet.", "Tallet er faldet og borgerne er tilfredse.", "Det er frivilligt og det koster intet.", "De oplyser, at taget er utæt og at det skal skiftes."),
        lambda reading: [*_between_sentences(reading), *between_alike(reading)],
    ),
    Rule(
        "DG386", "Komma foran hvordan, hvor, hvoraf og hvilke", Severity.WARNING, _COMMA,
        ("Forvaltningen har undersøgt, hvordan det kan ske.", "Uanset hvordan det går.", "Hvordan går det?", "områder, for hvilke der gælder"), ("Forvaltningen har undersøgt hvordan det kan ske.", "Der er uenighed om hvem der skal betale.", "Kommunen ejer 900 bygninger hvoraf mange er gamle.", "De har en model hvor naboer går i par."),
        lambda reading: [*_before_question(reading), *before_whereof(reading)],
    ),
    Rule(
        "DG397", "Komma foran der og som", Severity.WARNING, _COMMA,
        ("Borgere, der modtager hjælp, får brev.", "Hvor mange borgere der er berørt, vides ikke.", "I byen er der mange.", "i rollen som leder", "de samme krav som kommunen har"),
        ("Borgere der modtager hjælp, får brev.", "Det er skoler som har søgt.", "Det er en aftale der løber i to år.", "De bruger de tilbud som kommunen har."),
        lambda reading: [*_before_relative(reading), *before_object(reading)],
    ),
    Rule(
        "DG398", "Intet komma mellem ord, der hører sammen", Severity.WARNING, "Retskrivningsordbogen § 46-51",
        ("Kommunen forventer at spare.", "Kommunen, siger borgmesteren, er klar.", "Skolen har, som nævnt, besluttet det.", "På Amager, siger borgmesteren, er der plads.", "Han sagde, at det var koldt, og gik.", "Det er mørkt, og er det glat, køres der salt.", "I de år, kommunen har data fra, er tallet faldet."),
        ("Kommunen, forventer at spare 2 mio. kr.", "Forvaltningen har, besluttet at vente.", "På mødet i maj, besluttede udvalget at vente.", "For at nå målet, skal der bruges flere penge.", "Til løn, mad og, kørsel.", "De oplyser, at der i det nye hus, bliver plads.", "Lederen viste rundt, og orienterede om driften."),
        lambda reading: [*_between_subject_and_verb(reading), *after_opening(reading), *after_joint(reading), *in_clause(reading), *before_shared(reading)],
    ),
    Rule(
        "DG399", "Ordstilling", Severity.WARNING, "Retskrivningsordbogen",
        ("I marts sendte forvaltningen sagen.", "Derfor anbefaler forvaltningen det.", "at der ikke er svaret", "På mødet i udvalget er det sagt."), ("I 2025 kommunen købte varer.", "Derfor forvaltningen anbefaler det.", "De oplyser, at der er ikke modtaget svar."), _order,
    ),
)  # fmt: skip
"""The rules of clauses."""
