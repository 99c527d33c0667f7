"""Small and capital letters, spaces, ranges and signs: what is written in one form and not in another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.proofing.rule import Hit, Reading, Rule, Severity, lazy, pattern_rule
from docgen.proofing.rules.quantities import MONTHS

_BIG_DAYS = "Mandag|Tirsdag|Onsdag|Torsdag|Fredag|Lørdag|Søndag"
_BIG_MONTHS = "|".join(month.capitalize() for month in MONTHS if month != "maj")  # Maj is a name
_LANGUAGES = "Dansk|Engelsk|Fransk|Norsk|Spansk|Svensk|Tysk"
_SPLIT = {
    "f. eks.": "f.eks.", "bl. a.": "bl.a.", "o. lign.": "o.lign.", "m. v.": "m.v.", "m. m.": "m.m.", "m. fl.": "m.fl.",
    "d. v. s.": "dvs.", "p. g. a.": "pga.", "i. f. m.": "ifm.", "o. s. v.": "osv.",
}  # fmt: skip


def _unsplit(match: re.Match[str]) -> str:
    right = _SPLIT[match[0].lower()]
    return right[0].upper() + right[1:] if match[0][0].isupper() else right


def _spelt_date(match: re.Match[str]) -> str | None:
    day, month, year = int(match[2]), int(match[3]), match[4]
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return f"{'den ' if match[1] else ''}{day}. {MONTHS[month - 1]} {year}"


_LOOSE_RANGE = lazy(
    r"(?<![\d.,/-])((?:19|20)\d\d)(?: [-–] ?|[-–] )((?:19|20)\d\d)(?![\d.,/]\d|-)|(?:(?<=kl\. )|(?<=\buge ))(\d{1,2}(?:\.\d\d)?) [-–] (\d{1,2}(?:\.\d\d)?)\b",
    glance=r"[-–](?:(?<=\d .) ?\d|(?<=\d.) \d)",
)


def _loose_ranges(reading: Reading) -> Iterator[Hit]:
    """Years and times with spaces around the sign between them."""
    sign = "–" if reading.style.range == "dash" else "-"
    for passage in reading.with_figures.passages:
        for match in _LOOSE_RANGE.finditer(passage.text):
            first, last = (match[1], match[2]) if match[1] else (match[3], match[4])
            if match[3] or int(first) < int(last):
                right = f"{first}{sign}{last}"
                yield Hit(passage, match.start(), match.end(), "der er mellemrum om stregen i et spænd", right)


RULES: tuple[Rule, ...] = (
    pattern_rule(
        "DG341", "Måneder, ugedage og sprog med lille",
        rf"(?<=[a-zæøå,] )({_BIG_MONTHS}|(?:{_BIG_DAYS})(?:en|e)?)\b(?! [A-ZÆØÅ]|-)|(?<=\b(?:til|fra) )({_LANGUAGES})\b(?! [A-ZÆØÅ]|-)",
        lambda m: m[0].lower(),
        "ordet skrives med lille", "Retskrivningsordbogen § 12",
        ["i januar", "på mandag", "oversat til engelsk", "Januar var kold.", "tilskud til Dansk Sygeplejeråd", "lejet ud til Tysk-Dansk Forening"],
        ["købet steg i Januar", "mødet er på Mandag", "oversat til Engelsk"], glance=r"[A-Z](?<=[a-zæøå,] .)",
    ),
    Rule(
        "DG342", "Spænd uden mellemrum", Severity.WARNING, "Retskrivningsordbogen § 57; settings.yaml: house_style.range",
        ("2023-2026", "kl. 10-14", "lov 1564 - 2015", "2026 - 2023"), ("politikken for 2023 - 2026", "kl. 10 - 14", "kl. 9.30 – 11", "i uge 27 - 32", "i 2014 -2018"),
        _loose_ranges, fixable=True,
    ),
    pattern_rule(
        "DG343", "To paragraftegn ved flere", r"(?<!§)§[ \u00a0](\d+)(-| og | til )(\d+)(?![\d-])(?= (?:i|gælder|finder|om|er|kan|skal|har|og)\b|[,)]|\.?$|(?<=\d-\d)|(?<=\d-\d\d)|(?<=\d-\d\d\d))", lambda m: f"§§ {m[1]}{m[2]}{m[3]}" if int(m[1]) < int(m[3]) else None,
        "flere paragraffer har to tegn", "docgens egen regel efter sædvanlig typografi",
        ["§§ 5-7", "§ 12-erklæring", "§ 5, stk. 2-3"], ["efter § 5-7", "jf. § 12-14 i loven", "§ 3-4", "Reglerne i § 4 og 5 gælder ikke."], figures=True,
    ),
    pattern_rule(
        "DG344", "Apostrof, ikke accent", r"(?<=\w)´(?=(?:s|er|en|erne|ere)\b)", "’",
        "tegnet er en accent", "Retskrivningsordbogen § 6",
        ["EU’s", "OPP'er", "idé"], ["EU´s regler", "to OPP´er", "KL´s aftale"],
    ),
    pattern_rule(
        "DG345", "Apostrof, ikke bindestreg, foran en endelse", r"\b([A-ZÆØÅ]{2,})-(er|erne|ernes)\b(?!-)", r"\1’\2",
        "forkortelser får apostrof foran endelsen", "Retskrivningsordbogen § 6",
        ["OPP’er", "EU-erfaringer", "SMV’erne"], ["to OPP-er", "SMV-erne byder", "alle OPI-ernes mål"],
    ),
    pattern_rule(
        "DG346", "Forkortelser uden mellemrum indeni", rf"(?<![\w.])(?:{'|'.join(re.escape(key) for key in _SPLIT)})", _unsplit,
        "der er mellemrum inde i forkortelsen", "Retskrivningsordbogen § 42",
        ["f.eks. skoler", "bl.a. skoler", "bind 2. eks. 1"], ["f. eks. skoler", "Bl. a. skoler", "mad m. v."], flags=re.IGNORECASE,
    ),
    pattern_rule(
        "DG347", "Beløb uden streg", r"(?<![\d.,])(\d[\d.]*),-(?:[ \u00a0]?kr\.?)?(?=[\s;:)]|$)", r"\1 kr.",
        "beløb skrives med kr. og uden streg", "docgens egen regel efter kommunernes dagsordener",
        ["500 kr.", "99,50 kr."], ["500.000,- kr.", "prisen er 99,-", "i alt 1.250,-kr."], figures=True,
    ),
    pattern_rule(
        "DG348", "Tusinder med punktum, ikke komma", r"(?<![\d.,])(\d{1,3}),000(?![\d,.])(?![ \u00a0]?(?:pct|%|k?m\b|kg|mio|mia|ha\b|ton))", r"\1.000",
        "tusinder skilles med punktum", "Folketingets retskrivningsvejledning",
        ["45.000 ansatte", "1,000 kg", "3,0005"], ["45,000 ansatte", "ca. 2,000 borgere", "i alt 850,000 kr."], fixable=False, figures=True,
    ),
    pattern_rule(
        "DG349", "Mellemrum efter punktum", r"\.(?=[A-ZÆØÅ][a-zæøå]+ )(?:(?<=[a-zæøå]{2}\.)|(?<=[a-zæøå] \d\.)|(?<=[a-zæøå] \d\d\.))", ". ",
        "der mangler mellemrum efter punktum", "Retskrivningsordbogen § 40 ff.",
        ["Sagen er ny. Den drøftes.", "bl.a. København", "Eksempel.Navn.dk"], ["Sagen er ny.Den drøftes", "aftalen.Det er nok", "i uge 7.Trafikken ledes", "slut.Her er mere"], fixable=False,
    ),
    pattern_rule(
        "DG350", "Intet mellemrum foran punktum; komma står ved sit ord", r"(?<=[\wæøåÆØÅ)])[ \u00a0]+\.(?=\s|$)|(?<=[\wæøåÆØÅ)])[ \u00a0]+,(?=\w)",
        lambda m: "." if "." in m[0] else ", ",
        "mellemrummet står forkert", "Retskrivningsordbogen § 40 ff.",
        ["Sagen er ny.", "Sagen, som er ny, drøftes", "filer af typen .docx og .pdf"], ["Sagen er ny .", "Sagen ,som er ny", "aftalen (ny) ."], glance=r"[.,](?<=[ \u00a0].)",
    ),
    pattern_rule(
        "DG351", "Datoer skrives ud", r"(?<![\d/.-])(d\. |den )?(\d{1,2})/(\d{1,2})[- ]((?:19|20)\d\d)(?![\d/-])", _spelt_date,
        "skriv datoen ud", "Retskrivningsordbogen § 42.3",
        ["den 4. juni 2024", "skoleåret 2024/2025", "direktiv 2014/24", "sag 40/60-2024"], ["mødet d. 4/6-2024", "fristen er 31/12-2025", "den 1/3 2026"], fixable=False, figures=True,
    ),
)  # fmt: skip
"""The rules of forms."""
