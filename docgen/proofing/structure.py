"""Build and facts: typed numbers of annexes, sums, link texts, lengths (DOMAIN 2.5, 4.1, 7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from docgen.proofing.rule import Hit, Reading, Rule, Severity

MAX_SUMMARY_WORDS = 60
_MAX_SENTENCE_WORDS = 40
_MAX_LIX = 55
_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"


def _typed_annex(reading: Reading) -> Iterator[Hit]:
    if reading.foreign:
        return
    for passage in reading.passages:
        if not passage.file.rpartition("/")[0].endswith("cases"):
            continue
        for match in re.finditer(r"\b[Bb]ilag \d+\b", passage.text):
            yield Hit(passage, match.start(), match.end(), "nummeret er skrevet i hånden; skriv {bilag:id}")


def _holes(reading: Reading) -> Iterator[Hit]:
    """In a document from elsewhere: `Bilag 1, 2, 4` has a hole."""
    if not reading.foreign:
        return
    listed = [
        (passage, match, int(match[1]))
        for passage in reading.passages
        if (match := re.match(r"\s*Bilag (\d+)\s*[-–.:]", passage.text))
    ]
    for (_, _, before), (passage, match, number) in pairwise(listed):
        if number > before + 1:
            words = f"der er hul i bilagenes numre: efter {before} kommer {number}"
            yield Hit(passage, match.start(), match.end(), words)


def _sums(reading: Reading) -> Iterator[Hit]:
    """`611 = 177 + 281 + 119 + 34` is checked, whichever side the sum is on."""
    if "=" not in reading.joined or "+" not in reading.joined:  # the pattern would look long for nothing
        return
    chain = rf"(?:{_NUMBER})(?:\s*\+\s*(?:{_NUMBER}))+"
    pattern = re.compile(rf"(?<![\d.,])(?:({_NUMBER})\s*=\s*({chain})|({chain})\s*=\s*({_NUMBER}))(?![\d]|[.,]\d)")
    for passage in reading.passages if pattern.search(reading.joined) else ():
        for match in pattern.finditer(passage.text):
            total, parts = (match[1], match[2]) if match[1] else (match[4], match[3])
            found = sum(map(_value, re.findall(_NUMBER, parts)), Decimal(0))
            if found != _value(total):
                shown = f"{found}".replace(".", ",")
                yield Hit(passage, match.start(), match.end(), f"delene giver {shown}, ikke {total}")


def _value(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", "."))


def _link_texts(reading: Reading) -> Iterator[Hit]:
    pattern = re.compile(r"\[(her|klik her|læs mere|link|se her|mere)\]\(", re.IGNORECASE)
    for passage in reading.passages if pattern.search(reading.joined) else ():
        for match in pattern.finditer(passage.text):
            yield Hit(passage, match.start(1), match.end(1), "linkets ord siger ikke, hvor det fører hen")


def _alt_texts(reading: Reading) -> Iterator[Hit]:
    pattern = re.compile(r"!\[((?:billede|foto|figur|graf) af [^\]]*|[^\]\s]+\.(?:png|jpe?g|svg))\]\(", re.IGNORECASE)
    for passage in reading.passages if pattern.search(reading.joined) else ():
        for match in pattern.finditer(passage.text):
            yield Hit(passage, match.start(1), match.end(1), "skriv, hvad billedet viser, ikke at det er et billede")


def _summary(reading: Reading) -> Iterator[Hit]:
    for passage in reading.passages:
        words = len(passage.text.split())
        if passage.key == "summary" and "/cases/" in f"/{passage.file}" and words > MAX_SUMMARY_WORDS:
            yield Hit(passage, 0, len(passage.text), f"resuméet er på {words} ord; højst {MAX_SUMMARY_WORDS}")


def _sentences(reading: Reading) -> Iterator[Hit]:
    for passage in reading.passages:
        for match in re.finditer(_SENTENCE, passage.text.replace(". kr", "_ kr")):
            words = len(match[0].split())
            if words > _MAX_SENTENCE_WORDS:
                yield Hit(passage, match.start(), match.end(), f"sætningen er på {words} ord")


def _lix(reading: Reading) -> Iterator[Hit]:
    for passage in reading.passages:
        words = re.findall(r"\w+", passage.text)
        sentences = max(1, len(re.findall(r"[.!?:](?:\s|$)", passage.text)))
        if len(words) >= 100:
            value = len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)
            if value > _MAX_LIX:
                yield Hit(passage, 0, len(passage.text), f"lixtallet er {round(value)}; teksten er svær")


# Possessive (++, *+) and from its beginning only: what is no sentence is seen to be none in one go.
_SENTENCE = r"(?<![^.!?:\n|])[^.!?:\n|]++(?:[.:]\S[^.!?:\n|]*+)*[.!?]"
_LONG = "Kommunen " + "køber ind " * 25 + "nu."
RULES: tuple[Rule, ...] = (
    Rule(
        "DG101", "Bilag nævnes ved id", Severity.WARNING, "DOMAIN 1.6 og 7",
        ("jf. {bilag:rapport}", "et bilag"), ("jf. bilag 3", "Bilag 2 viser"), _typed_annex, needs="case",
    ),
    Rule(
        "DG102", "Ingen huller i bilagenes numre", Severity.WARNING, "DOMAIN 1.6",
        ("Bilag 1 - A\nBilag 2 - B",), ("Bilag 1 - A\nBilag 3 - B",), _holes, needs="foreign",
    ),
    Rule(
        "DG201", "Summer", Severity.ERROR, "DOMAIN 7",
        ("611 = 177 + 281 + 119 + 34", "10,7 + 3,1 = 13,8"), ("611 = 177 + 281 + 119 + 35", "10,7 + 3,1 = 13,9"), _sums,
    ),
    Rule(
        "DG701", "Linkets ord siger, hvor det fører hen", Severity.WARNING, "WCAG 2.4.4; DOMAIN 4.1",
        ("[kommunens netsted](https://www.kk.dk)",), ("[her](https://www.kk.dk)", "[Læs mere](https://kk.dk)"), _link_texts,
    ),
    Rule(
        "DG702", "Billedets tekst siger, hvad det viser", Severity.WARNING, "WCAG 1.1.1; DOMAIN 4.1",
        ("![Købet steg fra 10 til 12](graf.svg)",), ("![Billede af en graf](graf.svg)", "![graf.png](graf.png)"), _alt_texts,
    ),
    Rule(
        "DG801", "Resumé på højst 60 ord", Severity.WARNING, "DOMAIN 7",
        ("Kort.",), ("ord " * 61,), _summary, needs="case summary",
    ),
    Rule("DG802", "Lange sætninger", Severity.HINT, "DOMAIN 1.5", ("Kort sætning.",), (_LONG,), _sentences),
    Rule(
        "DG803", "Lixtal", Severity.HINT, "Lix (Björnsson)", ("Vi køber ind. " * 60,),
        ("Kommunens forvaltninger gennemfører leverandørsamarbejder " * 30,), _lix,
    ),
)  # fmt: skip
"""The rules of build, facts, accessibility and length."""
