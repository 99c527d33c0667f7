"""The municipality's own words: preferred ones, and abbreviations that are explained once (glossary.yaml)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from docgen.proofing.rule import Hit, Reading, Rule, Severity


def _avoided(reading: Reading) -> Iterator[Hit]:
    preferred = (
        {str(avoid).lower(): str(t.preferred) for t in reading.glossary.terms for avoid in t.avoid}
        if reading.glossary
        else {}
    )
    pattern = _any_of(tuple(sorted(preferred, key=lambda word: (-len(word), word))))
    if not preferred or not pattern.search(reading.joined.lower()):
        return
    for passage in reading.passages:
        lowered = passage.text.lower()
        if len(lowered) == len(passage.text):  # a few letters have no small form of one character
            for match in pattern.finditer(lowered):
                yield Hit(passage, match.start(), match.end(), "husets ord er et andet", preferred[match[0]])


@lru_cache(maxsize=4)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})(?!\w)")


def _unexplained(reading: Reading) -> Iterator[Hit]:
    """The first use of an abbreviation without its long form before it or in brackets with it."""
    for entry in reading.glossary.abbreviations if reading.glossary else ():
        long = str(entry.long).split()[0][:6].lower()
        explained = False
        for passage in reading.passages:
            match = re.search(rf"\b{re.escape(entry.short)}\b", passage.text)
            missing = match and not explained and long not in passage.text[: match.start()].lower()
            if match and missing and passage.key not in ("title", "short_title"):
                yield Hit(passage, match.start(), match.end(), f"forkortelsen er ikke forklaret: {entry.long}")
                break
            explained = explained or bool(match)


def _twice(reading: Reading) -> Iterator[Hit]:
    for entry in reading.glossary.abbreviations if reading.glossary else ():
        seen = 0
        for passage in reading.passages:
            for match in re.finditer(rf"\({re.escape(entry.short)}\)", passage.text):
                seen += 1
                if seen > 1:
                    yield Hit(passage, match.start(), match.end(), "forkortelsen er forklaret før")


RULES: tuple[Rule, ...] = (
    Rule(
        "DG501", "Husets ord", Severity.WARNING, "glossary.yaml", ("Vi siger husets ord.",), ("Vi siger undgåord.",),
        _avoided, needs="glossary",
    ),
    Rule(
        "DG502", "Forkortelser forklares ved første brug", Severity.HINT, "DOMAIN 3.9",
        ("et prøveselskab for offentlige ting (PFO) og PFO igen",), ("PFO er med",), _unexplained, needs="glossary",
    ),
    Rule(
        "DG503", "Forkortelser forklares én gang", Severity.HINT, "DOMAIN 3.9",
        ("prøveselskab (PFO), og så PFO",), ("prøveselskab (PFO) og prøveselskab (PFO)",), _twice, needs="glossary",
    ),
)  # fmt: skip
"""The rules of terms."""
