"""Dates, times, numbers, amounts and per cent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.proofing.rule import Hit, Reading, Rule, Severity, lazy, pattern_rule
from docgen.proofing.rules.quantities import MONTHS

_MONTHS = "|".join(MONTHS)
_BIG_MONTHS = "|".join(month.capitalize() for month in MONTHS)
_UNIT = r"(?:mio\.|mia\.|kr\.|pct\.|procent|%)"


def _thousands(match: re.Match[str]) -> str:
    return match[0].replace(" ", ".").replace("\u00a0", ".")


def _range(match: re.Match[str]) -> str | None:
    first, last = int(match[1]), int(match[2].split(".")[0])
    zeros = match[2].split(".", 1)[1]
    return f"{match[1]}.{zeros}-{match[2]}" if first < last and set(zeros) <= set("0.") else None


def _time(match: re.Match[str]) -> str | None:
    hour, minute = int(match[1]), int(match[2] or 0)
    told = match[1] if match[2] is None else f"{match[1]}.{match[2]}"
    return f"kl. {told}" if hour < 24 and minute < 60 else None


def _colon_time(match: re.Match[str]) -> str | None:
    hour, minute = int(match[2]), int(match[3])
    return f"{match[1] or 'kl. '}{match[2]}.{match[3]}" if hour < 24 and minute < 60 else None


def _date(match: re.Match[str]) -> str | None:
    day, month = int(match[1]), int(match[2])
    return f"{day}.{month}.{match[3]}" if 1 <= day <= 31 and 1 <= month <= 12 else None


_COLON_TIME = lazy(r"\b(?:kl\.? ?|([Kk]lokken ))(\d{1,2}):(\d\d)\b", glance=r":(?<=\d:)\d\d")


def _time_with_colon(reading: Reading) -> Iterator[Hit]:
    if reading.style.time != "dot":
        return
    for passage in reading.with_figures.passages:
        for match in _COLON_TIME.finditer(passage.text):
            if words := _colon_time(match):
                yield Hit(passage, match.start(), match.end(), "klokkeslæt skrives med punktum", words)


def _percent_sign(reading: Reading) -> Iterator[Hit]:
    """The sign that the house does not use; in a table the other one may stand."""
    sign, other = ("pct.", "%") if reading.style.percent == "pct." else ("%", r"pct\.")
    for passage in reading.with_figures.passages if other[:1] in reading.joined else ():
        for match in re.finditer(rf"(?<![\w|])(?<!\d[.,])(\d[\d.,]*)[ \u00a0]?({other})(?![\w-])", passage.text):
            if passage.text.rfind("|", 0, match.end()) <= passage.text.rfind("\n", 0, match.start()):
                right = f"{match[1]} {sign}"
                after = passage.text[match.end() : match.end() + 1]
                if sign.endswith(".") and after == ".":
                    right = right[:-1]  # the sentence's own full stop is the abbreviation's
                yield Hit(passage, match.start(), match.end(), f"huset skriver {sign}", right)


RULES: tuple[Rule, ...] = (
    pattern_rule(
        "DG301", "Måneder med lille", rf"\b(\d{{1,2}}\. ?)({_BIG_MONTHS})\b", lambda m: m[1] + m[2].lower(),
        "måneder skrives med lille", "Retskrivningsordbogen § 12",
        ["den 1. december 2022", "Maj 2024 var tør.", "I 2. maj-uge"],
        ["den 1. December 2022", "2. Maj er en torsdag", "senest 31. Januar 2025"], figures=True,
    ),
    pattern_rule(
        "DG302", "Punktum efter dagen", rf"(?<![\d.,:§] )(?<![\d.,:])(?<!\b[Uu]ge )\b([12]?\d|3[01]) ({_MONTHS})\b(?! måned|-)", r"\1. \2",
        "der mangler punktum efter dagen", "Retskrivningsordbogen § 42.3",
        ["den 1. december", "15 marts-møder", "kl. 9 mandag", "uge 12 maj"],
        ["den 1 december 2022", "senest 31 januar", "Mødet 14 juni 2022 blev udsat."], figures=True,
    ),
    pattern_rule(
        "DG303", "Mellemrum i datoer", rf"\b(\d{{1,2}}\.)({_MONTHS})\b", r"\1 \2",
        "der mangler mellemrum i datoen", "Retskrivningsordbogen § 42.3",
        ["den 1. december", "1.12.2022"],
        ["den 1.december 2022", "fra 3.marts", "senest 15.juni 2024"], figures=True,
    ),
    pattern_rule(
        "DG304", "den, ikke d.", rf"\bd\. (\d{{1,2}}\. (?:{_MONTHS}))\b", r"den \1",
        "skriv den", "docgens egen regel",
        ["den 1. december", "bl.a. d. Juridiske"],
        ["mødet d. 1. december 2022", "indtil d. 31. marts", "d. 5. maj er fridag"], figures=True,
    ),
    pattern_rule(
        "DG305", "Ingen nuller i datoer", r"(?<![\d.-])(0\d|[12]\d|3[01])\.(0\d|1[0-2])\.(\d{4})(?!\d)", _date,
        "datoen har foranstillede nuller", "Retskrivningsordbogen § 42.3",
        ["1.12.2022", "11.9.2001", "version 10.12.2345.1x"],
        ["den 01.12.2022", "fra 21.05.2024", "pr. 05.06.2023"],
        severity=Severity.HINT, fixable=False, figures=True,  # in the name of a file or a form it may be meant
    ),
    pattern_rule(
        "DG306", "kl. med punktum og mellemrum", r"\bkl(?:\.(?=\d)| (?=\d)|(?=\d))[ ]?(\d{1,2})(?:\.(\d\d))?\b(?![.:]\d)", _time,
        "skriv kl. med punktum og mellemrum", "EU’s stilguide",
        ["kl. 14.30", "kl. 9"],
        ["kl 14.30", "kl.14.30 begynder mødet", "fra kl 9.00", "Mødet starter kl.17."], figures=True,
    ),
    Rule(
        "DG307", "Klokkeslæt med punktum", Severity.WARNING, "EU’s stilguide for dansk",
        ("kl. 14.30", "forholdet 1:20"), ("kl. 14:30", "kl 15:30", "fra kl. 9:05", "klokken 8:00"), _time_with_colon, fixable=True,
    ),
    pattern_rule(
        "DG308", "Punktum i tusinder", r"(?<![\d.,])\d{1,3}(?:[ \u00a0]\d{3})+(?=[ \u00a0](?:kr\.|kroner|mio\.|borgere|indbyggere|fakturaer|ansatte|elever|ton\b))",
        _thousands, "tusinder skilles med punktum", "Folketingets retskrivningsvejledning",
        ["10.000 kr.", "2 500 er to tal", "i 2022 100 borgere"],
        ["10 000 kr.", "2 325 750 kr.", "ca. 12 000 ton"], figures=True, glance=r"\d[ \u00a0]\d{3}",
    ),
    pattern_rule(
        "DG309", "Decimalkomma", rf"(?<![\d.,§])(\d{{1,3}})\.(\d{{1,2}})(?=[ \u00a0]?{_UNIT})", r"\1,\2",
        "decimaler skrives med komma", "EU’s stilguide",
        ["13,8 mia. kr.", "10.000 kr.", "afsnit 2.1"],
        ["13.8 mia. kr.", "12.5 pct.", "ca. 3.25 mio. kr."], figures=True, glance=r"\d\.\d",
    ),
    pattern_rule(
        "DG310", "kr. efter beløbet", r"(?<![\d.] )\bkr\. (?!(?:19|20)\d\d(?![\d.,]))(\d[\d.]*(?:,\d+)?)(?![\d.]*[ \u00a0](?:kr|mio|mia|stk))(?=[\s,;)]|\.?$|\.\s)",
        r"\1 kr.",
        "kr. står efter beløbet", "docgens egen regel efter kommunernes dagsordener",
        ["50.000 kr.", "2 mio. kr. 2024 var dyrt", "500 kr. 3 gange", "Beløb i kr. 2024"],
        ["kr. 50.000 til formålet", "i alt kr. 1.250", "prisen er kr. 99,50 inkl. moms"], figures=True, glance=r"kr\. \d",
    ),
    pattern_rule(
        "DG311", "Mellemrum i beløb", r"(?<![\d.,])(\d[\d.]*(?:,\d+)?)[ \u00a0]?(mio|mia)\.(?:(?=kr)|(?<=\dmio\.)|(?<=\dmia\.))[ \u00a0]?(kr\.?)?",
        lambda m: f"{m[1]} {m[2]}. {m[3]}" if m[3] else (f"{m[1]} {m[2]}." + (" " if m[0].endswith(" ") else "")),
        "der mangler mellemrum i beløbet", "docgens egen regel efter kommunernes dagsordener",
        ["3,9 mia. kr.", "10 mio. kr."],
        ["3,9 mia.kr.", "13,8mia. kr.", "2,5mio. kr. i alt"], figures=True, glance=r"[\d.][ \u00a0]?mi[oa]\.",
    ),
    pattern_rule(
        "DG312", "mio., ikke mill.", r"(\d )(mill\.|mill\b|millioner kr\.)", r"\1mio.",
        "skriv mio.", "Retskrivningsordbogen § 42",
        ["2,5 mio. kr.", "to millioner"],
        ["2,5 mill. kr.", "10 mill kr.", "4 mill. på et år"],
        fixable=False, figures=True,
    ),
    Rule(
        "DG313", "Husets procenttegn", Severity.WARNING, "settings.yaml: house_style.percent",
        ("12,5 pct. af rammen", "Tabel: | 55 % |", "procentpoint", "100%-ejet"), ("55% af køb", "12,5 % af rammen", "100% økologi"),
        _percent_sign, fixable=True,
    ),
    pattern_rule(
        "DG314", "Begge ender af et spænd", r"(?<![\d.,-])(\d{1,3})-(\d{1,3}(?:\.000)+)(?![\d/])", _range,
        "skriv begge tal helt ud", "Folketingets retskrivningsvejledning",
        ["20.000-30.000", "20-30 borgere"],
        ["20-30.000 kr.", "100-200.000 borgere", "mellem 5-10.000"],
        fixable=False, figures=True,
    ),
    pattern_rule(
        "DG315", "Årstal uden punktum", r"\b([Åå]r|[Ii]|[Ss]iden|[Ff]ra) ([12])\.(\d{3})(?=[.,;:)]|\s*$| (?:blev|var|er|til|og|har|kom|skal|vil|fik|mod|som)\b)",
        lambda m: f"{m[1]} {m[2]}{m[3]}" if 1500 < int(m[2] + m[3]) < 2100 else None,
        "årstal har intet punktum", "docgens egen regel efter sædvanlig typografi",
        ["i 2022", "i 1.250 tilfælde", "år 2024", "i 1.998 kommuner"],
        ["år 2.022 blev", "siden 1.998.", "i år 2.024"],
        fixable=False, figures=True,
    ),
    pattern_rule(
        "DG316", "Paragraf med mellemrum", r"(jf\.)?(§§?)[ \u00a0]?(\d)", lambda m: f"{m[1]} {m[2]} {m[3]}" if m[1] else f"{m[2]} {m[3]}" if len(m[0]) == len(m[2]) + 1 else None,
        "der mangler et mellemrum ved paragraftegnet", "docgens egen regel efter sædvanlig typografi",
        ["§ 5", "§§ 5-7"],
        ["§5", "efter §12", "jf. §§5-7", "jf.§ 10"], figures=True,
    ),
    pattern_rule(
        "DG318", "Punktum i nr., stk., pr. og kr.",
        r"\b([Nn]r|[Ss]tk|[Pp]r|[Tt]lf|[Pp]kt)(?= \d)|\b([Kk]l)(?= \d{1,2}\b(?![.:]\d))|(?:(?<=\d )|(?<=mio\. )|(?<=mia\. ))(kr)(?=[\s,;:)]|$)", lambda m: f"{m[0]}.",
        "forkortelsen har punktum", "Retskrivningsordbogen § 42",
        ["nr. 5", "stk. 3", "pr. 1. januar", "500 kr. i alt", "kl. 9", "2 kroner", "PR 2024"],
        ["tlf 33 66 33 66", "lov nr 1564", "§ 12, stk 5", "pr 1. januar", "500 kr i alt", "kl 9", "5 mio. kr til drift"], glance=r"[\dk](?:(?<=[NnPp]r \d)|(?<=[Ss]tk \d)|(?<=[Tt]lf \d)|(?<=[Pp]kt \d)|(?<=[Kk]l \d)|(?<=[\d.] k)r(?=[\s,;:)]|$))",
    ),
    pattern_rule(
        "DG317", "mellem … og …", r"\b([Mm]ellem) (\d[\d.,]*)-(\d[\d.,]*\d|\d)",
        lambda m: None if "." in m[3] and "." not in m[2] else f"{m[1]} {m[2]} og {m[3]}",
        "mellem følges af og", "docgens egen regel",
        ["mellem 5 og 10", "5-10 borgere", "mellem 2023-aftalen og"],
        ["mellem 5-10 borgere", "Mellem 20-30 pct.", "mellem 2.000-3.000 kr."], figures=True,
    ),
)  # fmt: skip
"""The rules of numbers."""
