"""Small forms of everyday papers: units, ages, laws, municipalities, and committees of two words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.proofing.rule import Hit, Reading, Rule, Severity, lazy
from docgen.proofing.rules.tokens import places_of

_UNIT = lazy(r"(?<=\d)([ \u00a0](?:km|cm|kg|ha|kWh|MWh|GWh))\.(?=[ \u00a0][a-zæøå(])")
_AGED = lazy(
    r"(?<![\w.,/-])(\d{1,2}) ?[-–] ?(\d{1,2})[- ]?(års?(?=[a-zæøå])|årig)|(?<![\w.,/-])(\d{1,3}) (årig(?:e|t|es)?\b|timers (?:regel|reglen)\b)",
    glance=r"\d[- ]?(?:år|timers )",
)
_LAW = lazy(r"(?<=[a-zæøå,;(] )([A-ZÆØÅ][a-zæøå]{3,30}loven)(s?)\b(?! (?:af|nr))")
_NO_LAWS = ("Grundloven", "Janteloven", "Jantelovens")
_MUNICIPAL = (
    "Albertslund|Allerød|Assens|Ballerup|Billund|Brøndby|Brønderslev|Dragør|Egedal|Esbjerg|Fanø|Favrskov|Faxe|Fredensborg|Fredericia|"
    "Frederiksberg|Frederikshavn|Frederikssund|Furesø|Gentofte|Gladsaxe|Glostrup|Greve|Gribskov|Guldborgsund|Haderslev|Halsnæs|"
    "Hedensted|Helsingør|Herlev|Herning|Hillerød|Hjørring|Holbæk|Holstebro|Horsens|Hvidovre|Hørsholm|Ikast-Brande|Ishøj|Jammerbugt|"
    "Kalundborg|Kerteminde|Kolding|Køge|Langeland|Lejre|Lemvig|Lolland|Lyngby-Taarbæk|Mariagerfjord|Middelfart|Morsø|Norddjurs|"
    "Nordfyns|Nyborg|Næstved|Odder|Odsherred|Rebild|Ringkøbing-Skjern|Ringsted|Rudersdal|Rødovre|Silkeborg|Skanderborg|Skive|Slagelse|"
    "Solrød|Sorø|Stevns|Struer|Svendborg|Syddjurs|Sønderborg|Thisted|Tønder|Tårnby|Vallensbæk|Varde|Vejen|Vejle|Vesthimmerlands|Viborg|"
    "Vordingborg|Ærø|Aabenraa"
)
_KOMMUNE = lazy(rf"\b((?:{_MUNICIPAL}) )kommune(s?)\b(?! plan)", glance=r"[\w-] kommunes?\b")
_KOBENHAVN = lazy(r"\bKøbenhavn (?=[Kk]ommunes?\b)")


def units(reading: Reading) -> Iterator[Hit]:
    """`85 km. fortov`: a unit has no full stop."""
    for passage in reading.with_figures.passages:
        for match in _UNIT.finditer(passage.text):
            yield Hit(passage, match.start(), match.end(), "en måleenhed har intet punktum", match[1])


def aged(reading: Reading) -> Iterator[Hit]:
    """`0 – 18 årsområdet`, `6-16 årige`, `225 timers regel`"""
    for passage in reading.with_figures.passages:
        for match in _AGED.finditer(passage.text):
            if match[4] is None:
                right = f"{match[1]}-{match[2]}-{match[3]}"
            else:
                right = f"{match[4]}-{match[5].replace(' ', '')}"
            if right != match[0]:
                yield Hit(passage, match.start(), match.end(), "tal og ord skrives sammen med bindestreg", right)


def laws(reading: Reading) -> Iterator[Hit]:
    """`efter Styrelsesloven`"""
    if "loven" not in reading.joined:
        return
    for passage in reading.passages:
        for match in _LAW.finditer(passage.text):
            if match[1] not in _NO_LAWS:
                yield Hit(
                    passage,
                    match.start(),
                    match.end(),
                    "en lovs korte navn skrives med lille",
                    match[0][0].lower() + match[0][1:],
                )


def municipalities(reading: Reading) -> Iterator[Hit]:
    """`Ishøj kommune`, `København Kommunes`"""
    if "ommune" not in reading.joined:
        return
    has_small = _KOMMUNE.search(reading.joined) is not None  # not in each passage: it looks for all their names
    for passage in reading.passages:
        for match in _KOMMUNE.finditer(passage.text) if has_small else ():
            yield Hit(passage, match.start(), match.end(), "kommunens navn har stort K", f"{match[1]}Kommune{match[2]}")
        for match in _KOBENHAVN.finditer(passage.text):
            yield Hit(passage, match.start(), match.end(), "det hedder ”Københavns Kommune”", "Københavns ")


_SPLIT_NAME = lazy(
    r"(?<![\w-])(Økonomi|Social|Voksen|Børne|Skole|Kultur|Teknik|Miljø|Sundheds|Fritids|Beskæftigelses|Plan|Klima|Byggesags|Ældre|Senior)"
    r" (Udvalg(?:et)?s?|Forvaltning(?:en)?s?|Råd(?:et)?s?)(?![\w-])",
    glance=r" (?:Udvalg|Forvaltning|Råd)",
)


def committees(reading: Reading) -> Iterator[Hit]:
    """`Børne og Undervisningsudvalget`: the first part of a name has a hyphen."""
    if not re.search(r"[Uu]dvalg|[Ff]orvaltning|Råd", reading.joined):
        return
    for passage in reading.passages:
        for match in _SPLIT_NAME.finditer(passage.text):
            yield Hit(passage, match.start(), match.end(), "navnet er ét ord", match[1] + match[2].lower())
        for match in _COMMITTEE.finditer(passage.text):
            if not match[1].endswith(("udvalget", "forvaltningen", "repræsentationen", "rådet", "bestyrelsen")):
                yield Hit(
                    passage, match.start(), match.end(), "første led i navnet har bindestreg", f"{match[1]}-{match[2]}"
                )


_COMMITTEE = lazy(
    r"(?<![\w-])(Børne|Børn|Teknik|Kultur|Social|Sundheds|Fritids|Skole|Plan|Miljø|Klima|Natur|Beskæftigelses|Erhvervs|Senior|Ældre|Undervisnings|Økonomi|Ungdoms|Idræts|Omsorgs|Integrations|Forebyggelses|Dagtilbuds|Uddannelses)"
    r"( og [A-ZÆØÅ][a-zæøå]{2,}(?:udvalget|forvaltningen)s?)(?![\w-])",
    glance=r" og [A-ZÆØÅ]",
)


_IN_ONE = {
    ("i", "mod"): "imod",
    ("i", "gennem"): "igennem",
    ("hvor", "vidt"): "hvorvidt",
    ("i", "midlertid"): "imidlertid",
}


def in_one(reading: Reading) -> Iterator[Hit]:
    """`i mod forventning`, `hvor vidt`"""
    for place in places_of(reading, "mod", "gennem", "vidt", "midlertid"):
        one, two = place[-1], place[0]
        right = _IN_ONE.get((one.word, two.word))
        if right and two.text == two.word and two.start == one.end + 1:
            words = right.capitalize() if one.text[0].isupper() else right
            yield Hit(place.passage, one.start, two.end, "ordet skrives i ét", words)


def said_twice(reading: Reading) -> Iterator[Hit]:
    """`Det det er ikke muligt`, `mødet den den 23. marts`; `Den den 3. juni vedtagne plan` is right."""
    for place in places_of(reading, "det", "den", "der", "vi"):
        one, two, after = place[-1], place[0], place[1]
        if one.word != two.word or two.text != two.word or two.start != one.end + 1 or after.text == ",":
            continue
        if one.first != after.text.isdecimal() and (one.first or two.word == "den"):
            yield Hit(place.passage, one.start, two.end, "ordet står to gange", one.text)


_CAPITALS = "Retskrivningsordbogen § 12"
RULES: tuple[Rule, ...] = (
    Rule(
        "DG416", "Samme lille ord to gange", Severity.WARNING, "docgens egen regel",
        ("Det, det handler om, er klart.", "Den den 3. juni vedtagne plan", "Alt det det kræver"), ("mødet den den 23. marts", "Det det er ikke muligt."), said_twice,
    ),
    Rule(
        "DG412", "Kommunens navn", Severity.WARNING, _CAPITALS,
        ("Ishøj Kommune", "kommunen", "Ishøj kommune plan", "Københavns Kommune"), ("De bor i Ishøj kommune.", "København Kommunes plan"), municipalities, fixable=True,
    ),
    Rule(
        "DG413", "Love med lille", Severity.WARNING, _CAPITALS,
        ("efter styrelsesloven", "Styrelsesloven gælder.", "i Grundloven"), ("efter Styrelsesloven", "ifølge Planlovens § 13"), laws, fixable=True,
    ),
    Rule(
        "DG414", "Bindestreg i udvalgets navn, og ét ord", Severity.WARNING, "Retskrivningsordbogen § 57",
        ("Børne- og Undervisningsudvalget", "Økonomiudvalget og Socialudvalget", "Udvalget for Børn og Unge"), ("Børne og Undervisningsudvalget", "Voksen Udvalgets område", "sendt til Kultur og Fritidsforvaltningen"), committees, fixable=True,
    ),
    Rule(
        "DG415", "Måleenheder uden punktum", Severity.WARNING, "Retskrivningsordbogen § 42",
        ("85 km fortov", "Det er 85 km. Vejen er ny.", "5 m. fra"), ("Der er 85 km. fortov.", "op til 8 kg. hver uge"), units, fixable=True,
    ),
)  # fmt: skip
"""The rules of everyday papers."""
