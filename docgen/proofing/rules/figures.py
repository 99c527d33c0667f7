"""Figures that are written in two ways or in none, and small faults of signs."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from contextlib import suppress

from docgen.lexicon.forms import Form, form_of
from docgen.proofing.rule import Hit, Reading, Rule, Severity, lazy, pattern_rule
from docgen.proofing.rules.quantities import MONTHS

_COUNTED = frozenset(
    ["ansatte", "kvadratmeter", "m²", "kr.", "kroner", "ton", "euro", "ledige", "unge", "ældre", "studerende", "svar"]
)
_NAMES = lazy(
    r"(?:\b(?:nr|sag|sagsnr|jnr|matr|id|cvr|postnr|stk|år|lov|afsnit|kapitel|punkt|version|kl|bilag|tabel|figur|trin|mål|fase|i|og|den)|§)\.?[ \u00a0]$",
    re.IGNORECASE,
)
_NAMES_ALONE = lazy(
    r"\b(?:nr|sag|sagsnr|jnr|matr|id|cvr|postnr|lov|afsnit|kapitel|punkt|version|bilag|tabel|figur)\.?[ \u00a0]$",
    re.IGNORECASE,
)
_LONG = lazy(r"(?<![\w.,/:§-])([1-9]\d{3,8})[ \u00a0](?=(kr\.|[a-zæøåm²]+))")
_GROUPED = lazy(r"(?<![\w.,/:-])\d{1,3}(?:\.\d{3})+(?:,\d+)?[ \u00a0](?:kr\b|[a-zæøå]{3,})")
_FOUR_GROUPED = lazy(r"(?<![\w.,/:§-])(?<!nr\.[ \u00a0])\d\.\d{3}[ \u00a0](?=(kr\.|[a-zæøåm²]+))")
_FOUR_DIGITS = lazy(r"(?!(?:19|20)\d\d\b)(?<!\d)[1-9]\d{3}", glance=r"[1-9]\d{3}")
_BESIDE = lazy(
    r"(?<![\w.,/:§-])([1-9]\d{3,8})(?=(?:[ \u00a0](?:(?:ud )?af (?:de )?|til |og |mod |eller )|[-–])\d{1,3}(?:\.\d{3})+(?![\w.]|,\d))"
)
_POINT = lazy(r"(?<![\w.,/:§-])(\d{1,3})\.(\d{1,2})[ \u00a0](?=([a-zæøå]+))", glance=r"\d\.\d{1,2}[ \u00a0]")


def _is_counted(word: str) -> bool:
    """Whether a word is what a number counts: a plural, and nothing else that may follow a number that names."""
    form = form_of(word)
    return word in _COUNTED or bool(form & Form.PLURAL_NOUN and not form & (Form.OTHER | Form.ANY_ADJECTIVE))


_WORD_BEFORE = lazy(r"([^\W\d_]{3,30})[ \u00a0]$")


def _is_named(text: str, start: int) -> bool:
    """Whether a noun stands before a number, which is then its name: `Postnummer 2450`."""
    before = _WORD_BEFORE.search(text, max(0, start - 32), start)
    form = form_of(before[1].lower()) if before else 0
    return bool(form & Form.NOUN) and not form & (Form.VERB | Form.OTHER)


def _dotted(digits: str) -> str:
    return f"{int(digits):,}".replace(",", ".")


def _ungrouped(reading: Reading) -> Iterator[Hit]:
    """`45000 ansatte`; of four digits only beside one that has its point."""
    if _FOUR_DIGITS.search(reading.joined) is None:
        return
    anywhere = any(_is_counted(match[1]) for match in _FOUR_GROUPED.finditer(reading.joined))
    for passage in reading.with_figures.passages:
        if _FOUR_DIGITS.search(passage.text) is None:
            continue
        for match in _BESIDE.finditer(passage.text):
            if not 1900 <= int(match[1]) <= 2100 and not _NAMES_ALONE.search(
                passage.text, max(0, match.start() - 14), match.start()
            ):
                yield Hit(passage, match.start(1), match.end(1), "tusinder skilles med punktum", _dotted(match[1]))
        has_points = _GROUPED.search(passage.text) is not None
        for match in _LONG.finditer(passage.text):
            is_sure = len(match[1]) > 4 or has_points
            is_long = len(match[1]) > 4 or ((has_points or anywhere) and not 1900 <= int(match[1]) <= 2100)
            named = _NAMES.search(passage.text[max(0, match.start() - 12) : match.start()])
            if (
                is_long
                and _is_counted(match[2])
                and (is_sure or not _is_named(passage.text, match.start()))
                and not (named and len(match[1]) > 4 and named[0].strip(" \u00a0.").lower() not in ("i", "og"))
            ):
                # Another place of the text may have its reason to be as it is, so a person looks.
                right, told = _dotted(match[1]), "tusinder skilles med punktum"
                told += "" if is_sure else f", som andre steder i teksten; skriv ”{right}”"
                yield Hit(passage, *match.span(1), told, right if is_sure else None, () if is_sure else (right,))


def _decimal_points(reading: Reading) -> Iterator[Hit]:
    """`3.5 besøg`"""
    for passage in reading.with_figures.passages:
        for match in _POINT.finditer(passage.text):
            named = _NAMES.search(passage.text[max(0, match.start() - 12) : match.start()])
            if not named and _is_counted(match[3]) and match[3] not in MONTHS:
                yield Hit(
                    passage, match.start(1), match.end(2), "decimaler skrives med komma", f"{match[1]},{match[2]}"
                )


_PCT = lazy(r"\d[ \u00a0]pct\.")
_PERCENT = lazy(r"(?<![\w.,])\d[\d.,]*[ \u00a0](procent)\b(?!-)")


def _percent_word(reading: Reading) -> Iterator[Hit]:
    """`45 procent` in a text that writes `40 pct.`"""
    for passage in reading.with_figures.passages if reading.style.percent == "pct." else ():
        for match in _PERCENT.finditer(passage.text) if _PCT.search(passage.text) else ():
            yield Hit(passage, match.start(1), match.end(1), "samme tekst skriver pct.", "pct.")


_PHONE = lazy(
    r"\b(?:[Tt]lf\.?|[Tt]elefon(?:nummer|nr\.?)?|[Rr]ing (?:på|til))[ \u00a0:]{1,2}((?:\d{2}[ \u00a0]?){2,6}+\d?)(?!\d)"
)


def _short_phones(reading: Reading) -> Iterator[Hit]:
    for passage in reading.with_figures.passages:
        for match in _PHONE.finditer(passage.text):
            digits = sum(sign.isdecimal() for sign in match[1])
            number = match[1].rstrip()
            if digits not in (4, 5, 8, 10) and not number.startswith(("112", "114", "116", "18", "00")):
                yield Hit(
                    passage, match.start(1), match.start(1) + len(number), "et dansk telefonnummer har otte cifre"
                )


def _open_brackets(reading: Reading) -> Iterator[Hit]:
    """A bracket that no other closes, in a line that ends as a sentence."""
    for passage in reading.passages if "(" in reading.joined else ():
        start = 0
        for line in passage.text.split("\n"):
            opened: list[int] = []
            for at, sign in enumerate(line) if "(" in line and line.rstrip().endswith((".", "?", "!")) else ():
                if sign == "(":
                    opened.append(at)
                elif sign == ")" and opened:
                    opened.pop()
            for at in opened[:1]:
                yield Hit(passage, start + at, start + at + 1, "parentesen bliver ikke sluttet")
            start += len(line) + 1


def _short_date(match: re.Match[str]) -> str | None:
    with suppress(ValueError):
        day = datetime.date(2000 + int(match[3]), int(match[2]), int(match[1]))
        return f"{day.day}. {MONTHS[day.month - 1]} {day.year}" if day.year < 2060 else None
    return None


RULES: tuple[Rule, ...] = (
    Rule(
        "DG363", "Punktum i store tal", Severity.WARNING, "Folketingets retskrivningsvejledning",
        ("45.000 ansatte", "Sag 45000 handler om børn.", "I 2024 svarede 1.500 børn.", "1200 elever", "Fra 1200 til 1400 elever", "fra 1995 til 1.500 elever"), ("Kommunen har 45000 ansatte.", "Arealet er på 12500 kvadratmeter.", "Der er 1200 elever og 1.500 børn.", "Tallet gik fra 1200 til 1.500 elever.", "Det er 1200 elever.\n\nDe får 1.500 bøger."), _ungrouped, fixable=True,
    ),
    Rule(
        "DG364", "Decimalkomma foran navneord", Severity.WARNING, "EU’s stilguide", ("3,5 besøg", "afsnit 3.5 besøg", "kl. 8.30 timer"), ("Gennemsnittet er 3.5 besøg pr. borger.",), _decimal_points,
    ),
    pattern_rule(
        "DG365", "Tusinder i tre cifre", r"(?<![\w.,/:-])\d{1,3}(?:,\d{3}){2,}(?![\d,.]*\d)|(?<![\w.,/:-])\d{1,3}\.(?:\d{1,2}(?:\.\d{3})+|(?:\d{3}\.)+\d{1,2})(?=[ \u00a0](?:kr\.|kroner|borgere|ansatte|euro))",
        lambda m: m[0].replace(",", ".") if "," in m[0] else "", "tallets grupper er ikke tre cifre med punktum imellem", "Folketingets retskrivningsvejledning",
        ["1.250.000", "den 1.12.2024", "3,250 ton"], ["Folketallet var 1,250,000.", "Der er afsat 1.00.000 kr. til det."], fixable=False, figures=True, glance=r"[.,]\d{1,3}[.,]\d",
    ),
    Rule(
        "DG366", "procent og pct. i samme tekst", Severity.WARNING, "settings.yaml: house_style.percent", ("45 procent er nok.", "45 pct. mod 40 pct."), ("Andelen er 45 procent mod 40 pct. året før.",), _percent_word,
    ),
    Rule(
        "DG367", "Telefonnumre med otte cifre", Severity.WARNING, "Den danske nummerplan", ("tlf. 33 66 33 66", "Ring på 1812.", "tlf. 70 22 44 66"), ("Ring på tlf. 33 17 42.", "telefon 33 66 33 6"), _short_phones,
    ),
    Rule(
        "DG368", "Parentesen er sluttet", Severity.WARNING, "Retskrivningsordbogen § 58", ("Borgerne (også børn) høres.", "a) Det er klart.", "Smil :("), ("Borgerne (herunder børn og unge skal høres.",), _open_brackets,
    ),
    pattern_rule(
        "DG369", "Dato med kort årstal", r"(?<![\w.,/:-])(0[1-9]|[12]\d|3[01])\.(0[1-9]|1[0-2])\.(\d\d)(?![\d.]*\d|-)", _short_date, "skriv datoen ud", "Retskrivningsordbogen § 42.3",
        ["den 1. januar 2027", "1.1.2027", "version 10.15.27"], ["fra den 01.01.27", "Notatet er dateret 05.06.26."], fixable=False, figures=True, glance=r"\d\.[01]\d\.\d",
    ),
    pattern_rule(
        "DG376", "Ét paragraftegn ved én", r"§§([ \u00a0])(\d+(?: [a-z])?)(?=[.,;]? (?!og |eller |til |a |[a-z] og|samt |[a-z]-)[a-zæøå]|[.;]?$|, (?!\d))", lambda m: f"§{m[1]}{m[2]}", "én paragraf har ét tegn", "docgens egen regel efter sædvanlig typografi",
        ["§§ 5-7", "§§ 5 og 6", "§§ 5, 6 og 7", "§ 5 kræver"], ["Udbudslovens §§ 5 kræver det.", "i medfør af §§ 7."], figures=True,
    ),
    pattern_rule(
        "DG377", "fra … til …", r"\b([Ff]ra) ((?:19|20)\d\d)[-–]((?:19|20)\d\d)\b(?!-)", r"\1 \2 til \3", "fra følges af til", "docgens egen regel",
        ["i 2014-2016", "fra 2014 til 2016", "fra 2014-aftalen"], ["Den gælder fra 2014-2016."], fixable=False, figures=True,
    ),
    pattern_rule(
        "DG378", "www. med punktum", r"\bwww,(?=\w)", "www.", "adressen har et komma", "RFC 3986", ["www.kk.dk", "www, som er"], ["Læs mere på www,kk.dk."],
    ),
)  # fmt: skip
"""The rules of how figures are written, and of small signs."""
