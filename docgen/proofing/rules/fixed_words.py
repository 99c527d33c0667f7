"""Words that go together in one way: the preposition of a word, `§ 13, stk. 2`, `på engelsk`, and other small forms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.lexicon.forms import Form
from docgen.proofing.rule import Hit, Reading, Rule, Severity, pattern_rule
from docgen.proofing.rules.noun_phrases import lies
from docgen.proofing.rules.tokens import places_of

_RIGHT = {
    "i overensstemmelse": ("med", "til for ved efter af"),
    "i forbindelse": ("med", "til af på om"),
    "i henhold": ("til", "med efter af for"),
    "i forhold": ("til", "med af på"),
    "på baggrund": ("af", "for til fra om"),
    "på grund": ("af", "for til fra"),
    "som følge": ("af", "for til fra"),
    "med henblik": ("på", "til om for"),
    "til fordel": ("for", "til af"),
    "til gavn": ("for", "til af"),
    "tager udgangspunkt": ("i", "fra på til med"),
    "tage udgangspunkt": ("i", "fra på til med"),
    "taget udgangspunkt": ("i", "fra på til med"),
    "tager hensyn": ("til", "for på af om"),
    "tage hensyn": ("til", "for på af om"),
    "har fokus": ("på", "for til om"),
    "lægger vægt": ("på", "for til om i"),
    "lægge vægt": ("på", "for til om i"),
    "lagt vægt": ("på", "for til om i"),
    "lagde vægt": ("på", "for til om i"),
    "interesseret": ("i", "på for om"),
    "interesserede": ("i", "på for om"),
    "have fokus": ("på", "for til om"),
    "bidrager": ("til", "for på mod"),
    "bidrage": ("til", "for på mod"),
    "bidraget": ("til", "for på mod"),
    "afhængig": ("af", "fra på om"),
    "afhængigt": ("af", "fra på om"),
    "afhængige": ("af", "fra på om"),
    "opmærksom": ("på", "om over til"),
    "opmærksomme": ("på", "om over til"),
    "ansvarlig": ("for", "på om"),
    "ansvarlige": ("for", "på om"),
    "bekendt": ("med", "om over"),
    "uafhængig": ("af", "fra"),
    "uafhængigt": ("af", "fra"),
    "berettiget": ("til", "for"),
    "egnet": ("til", "på"),
    "tilfreds": ("med", "over om af"),
    "tilfredse": ("med", "over om af"),
    "kendskab": ("til", "om på over"),
    "indflydelse": ("på", "over til"),
    "ansvaret": ("for", "om over"),
    "medansvar": ("for", "om over"),
    "enig": ("i", "på for til"),
    "enige": ("om", "på for til"),
}
_LAST = tuple(dict.fromkeys(words.split()[-1] for words in _RIGHT))
_MISSING = {
    "mulighed": "for", "muligheden": "for", "behov": "for", "behovet": "for", "pligt": "til", "risiko": "for", "risikoen": "for",
    "anledning": "til", "tilladelse": "til", "grundlag": "for",
}  # fmt: skip


def _other_preposition(reading: Reading) -> Iterator[Hit]:
    """`i overensstemmelse til lokalplanen`, `har behov på flere`, `har ret på en plads`, `forpligtet på at`"""
    for place in places_of(reading, *_LAST):
        word, before, after = place[0].word, place[-1].word, place[1]
        found = _RIGHT.get(f"{before} {word}") or _RIGHT.get(word)
        if (
            found is not None
            and after.text in found[1].split()
            and (place[2].text[:1].isalpha() or (place[2].text == "," and place[3].text == "at"))
            and place[2].word not in ("at", "for")
        ):
            yield Hit(place.passage, after.start, after.end, f"det hedder ”{word} {found[0]}”", found[0])
    for place in places_of(reading, "behov", "ret", "forpligtet", "forpligtede"):
        word, before, after, follows = place[0].word, place[-1].word, place[1], place[2].word
        needs = word == "behov" and after.text in ("på", "til", "om") and follows in ("mere", "nye", "en", "et", "at")
        may = (
            word == "ret"
            and before in ("har", "have", "havde")
            and after.text in ("på", "om")
            and follows in ("en", "et", "at")
        )
        must = word.startswith("forpligtet") and after.text in ("på", "for") and follows == "at"
        if needs or may or must:
            right = "for" if needs else "til"
            yield Hit(place.passage, after.start, after.end, f"det hedder ”{word} {right}”", right)


def _no_preposition(reading: Reading) -> Iterator[Hit]:
    """`behov at styrke`, `mulighed at klage`"""
    for place in places_of(reading, *_MISSING):
        at, verb = place[1], place[2]
        if at.text == "at" and at.start == place[0].end + 1 and (verb.form & Form.INFINITIVE or verb.text == "få"):
            right = f"{place[0].text} {_MISSING[place[0].word]} at"
            yield Hit(place.passage, place[0].start, at.end, "der mangler et forholdsord", right)


_YOU = frozenset(
    [
        "har",
        "skal",
        "kan",
        "vil",
        "må",
        "bør",
        "er",
        "ønsker",
        "får",
        "mener",
        "ser",
        "sender",
        "modtager",
        "deltager",
        "gør",
        "bliver",
    ]
)


def _you(reading: Reading) -> Iterator[Hit]:
    """`når i har godkendt`, `om i ønsker`"""
    for place in places_of(reading, "i"):
        is_clause = place[-1].word in ("når", "om", "hvis", "at", "fordi", "da", "hvor", "hvad", "mens")
        if place[0].text == "i" and is_clause and place[1].text in _YOU and place[1].start == place[0].end + 1:
            yield Hit(place.passage, place[0].start, place[0].end, "”I” til flere skrives med stort", "I")


def _for_that(reading: Reading) -> Iterator[Hit]:
    """`Det kræver, af alle bidrager`, `er vært mange`"""
    for place in places_of(reading, "af"):
        subject, verb = place[1], place[2]
        is_subject = subject.text in ("der", "det", "vi", "man", "alle", "de") or subject.only(Form.DEFINITE_NOUN)
        is_verb = verb.only(Form.PRESENT) or verb.text in ("kan", "skal", "får", "må", "bør")
        if place[0].text == "af" and place[-1].text == "," and is_subject and is_verb and place[-2].form & Form.PRESENT:
            yield Hit(place.passage, place[0].start, place[0].end, "her begynder ”at” en bisætning", "at")


_TAKEN_FOR = (
    (r"\b((?:[Dd]er|[Dd]et) )(er|har) vært\b(?! (?:for|til|ved))", r"\1har været"),
    (r"\b([Hh]ar|[Hh]avde) vært\b", r"\1 været"),
    (r"\b([Tt])rykhed(en|ens|s|sskabende)?\b", r"\1ryghed\2"),
    (r"\b((?:[Hh]ar|[Hh]avde) [^.,;:\n]{1,40} )vært (?=[a-zæøå]{3,}[eu]t\b)", r"\1været "),
    (
        r"\b(skal|vil|kan|må|at) ligge (?=(?:et |en )?(?:budget|vagtplan|strategi|handleplan|plan(?:er)?\b|pres på|snit))",
        r"\1 lægge ",
    ),
    (r"\bligger (sig) (?=op ad|tæt op)", r"lægger \1 "),
)


def _taken_for(reading: Reading) -> Iterator[Hit]:
    """`er vært mange`, `trykhed`, `ligger sig`"""
    if reading.words.isdisjoint(("vært", "trykhed", "trykheden", "trykhedens", "trykheds", "ligger", "ligge")):
        return
    for pattern, right in _TAKEN_FOR:
        for passage in reading.passages:
            for match in re.finditer(pattern, passage.text):
                yield Hit(passage, *match.span(), "et andet ord er ment", match.expand(right))


_PEOPLES = "Danske|Svenske|Norske|Tyske|Engelske|Franske|Polske|Europæiske|Amerikanske|Finske|Københavnske"
_TONGUES = "Dansk|Engelsk|Tysk|Fransk|Polsk|Arabisk|Tyrkisk|Somali|Svensk|Norsk|Spansk|Ukrainsk"
_SOURCE = "Den Danske Ordbog"
RULES: tuple[Rule, ...] = (
    Rule(
        "DG319", "I til flere med stort", Severity.WARNING, "Retskrivningsordbogen § 12", ("når I har godkendt det", "at i år skal det ske", "om i dag"), ("Svaret kommer, når i har godkendt det.", "Sig til, om i ønsker at deltage."), _you,
    ),
    pattern_rule(
        "DG320", "Folk og sprog med lille", rf"(?<=[a-zæøå,] )({_PEOPLES})(?= [a-zæøå]{{3}})|\b([Dd]e[nt]?) ({_PEOPLES})(?= [a-zæøå]{{3}})|(?<=[a-zæøå] på )({_TONGUES})\b(?! [A-ZÆØÅ]|-)|(?<=[a-zæøå.] )Maj(?= (?:19|20)\d\d\b)",
        lambda m: f"{m[2]} {m[3].lower()}" if m[2] else m[0].lower(), "ordet skrives med lille", "Retskrivningsordbogen § 12",
        ["den danske stat", "Den Danske Ordbog", "findes på engelsk", "på Dansk Sygeplejeråds møde"], ["Den Danske stat yder tilskud.", "De Danske kommuner svarer.", "Den findes på Engelsk."], fixable=False,
    ),
    Rule(
        "DG340", "Forholdsord i faste udtryk", Severity.WARNING, _SOURCE,
        ("i overensstemmelse med planen", "Der er behov for at styrke den.", "De har ret til en plads.", "ansvaret for driften", "behov på området", "kendskab til loven"),
        ("Det er i overensstemmelse til planen.", "Planen tager udgangspunkt fra borgernes ønsker.", "Der er behov på nye boliger.", "Der er mulighed at klage."),
        lambda reading: [*_other_preposition(reading), *_no_preposition(reading)],
    ),
    Rule(
        "DG360", "Et ord er taget for et andet", Severity.WARNING, _SOURCE,
        ("Det kræver, at alle bidrager.", "Der har været mange.", "Kommunen er vært for mødet.", "plejehjem, af de nye"),
        ("Det kræver, af alle bidrager.", "Der er vært mange henvendelser.", "De vil skabe trykhed.", "Det ligger sig op ad planen."),
        lambda reading: [*_for_that(reading), *_taken_for(reading), *lies(reading)],
    ),
    pattern_rule(
        "DG370", "Komma foran stk.", r"(§ ?\d+(?: [a-z])?) (stk)\.? ?(?=\d)", r"\1, \2. ", "der er komma mellem paragraf og stykke", "Retskrivningsordbogen § 46",
        ["§ 13, stk. 2", "stk. 2 i § 5"], ["planlovens § 13 stk. 2", "§ 85 stk 1"], figures=True,
    ),
)  # fmt: skip
"""The rules of words that go together in one way."""
