"""Lengths: the resumé, sentences, and how hard a text is to read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.proofing.rule import Hit, Reading, Rule, Severity

MAX_SUMMARY_WORDS = 60
MAX_TITLE = 120
_MAX_SENTENCE_WORDS = 40
_MAX_LIX = 55


def _summary(reading: Reading) -> Iterator[Hit]:
    for passage in reading.passages:
        words = len(passage.text.split())
        if passage.key == "summary" and "/cases/" in f"/{passage.file}" and words > MAX_SUMMARY_WORDS:
            yield Hit(passage, 0, len(passage.text), f"resuméet er på {words} ord; højst {MAX_SUMMARY_WORDS}")


def _title(reading: Reading) -> Iterator[Hit]:
    """A long title has a short one, for the top of the pages."""
    short = {passage.file for passage in reading.passages if passage.key == "short_title"}
    seen: set[str] = set()
    for passage in reading.passages:
        if passage.key != "title" or passage.file in seen or "/cases/" not in f"/{passage.file}":
            continue
        seen.add(passage.file)  # the first is the case's own, those after it are its annexes'
        if len(passage.text) > MAX_TITLE and passage.file not in short:
            words = (
                f"titlen er på {len(passage.text)} tegn; skriv også en kort titel (short_title) til toppen af siderne"
            )
            yield Hit(passage, 0, len(passage.text), words)


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
_SENTENCE = r"(?<![^.!?:\n|])(?:(?<![.:])|(?=\s))[^.!?:\n|]++(?:[.:]\S[^.!?:\n|]*+)*[.!?]"
_LONG = "Kommunen " + "køber ind " * 25 + "nu."
RULES: tuple[Rule, ...] = (
    Rule(
        "DG801", "Resumé på højst 60 ord", Severity.WARNING, "docgens egen regel: resuméet skal kunne læses for sig",
        ("Kort.",), ("ord " * 61,), _summary, needs="case summary",
    ),
    Rule(
        "DG804", "Kort titel, når titlen er på over 120 tegn", Severity.WARNING, "docgens egen regel: titlen står øverst på siderne",
        ("Kort.",), ("ord " * 31,), _title, needs="case title",
    ),
    Rule("DG802", "Lange sætninger", Severity.HINT, "docgens egen regel", ("Kort sætning.",), (_LONG,), _sentences),
    Rule(
        "DG803", "Lixtal", Severity.HINT, "Lix (Björnsson)", ("Vi køber ind. " * 60,),
        ("Kommunens forvaltninger gennemfører leverandørsamarbejder " * 30,), _lix,
    ),
)  # fmt: skip
"""The rules of length."""
