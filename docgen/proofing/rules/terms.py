"""The municipality's own words: preferred ones, and abbreviations that are explained once (glossary.yaml)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from docgen.content.glossary import Glossary
from docgen.proofing.rule import Hit, Passage, Reading, Rule, Severity, lazy
from docgen.structs import Struct


@lru_cache(maxsize=4)
def _preferred(glossary: Glossary) -> Mapping[str, str]:
    """The house's word for each that it avoids, in small letters."""
    return {str(avoid).lower(): str(term.preferred) for term in glossary.terms for avoid in term.avoid}


def _avoided(reading: Reading) -> Iterator[Hit]:
    preferred = _preferred(reading.glossary) if reading.glossary else {}
    joined = reading.joined.lower()
    if not any(word in joined for word in preferred):
        return
    pattern = _any_of(tuple(sorted(preferred, key=lambda word: (-len(word), word))))
    if not pattern.search(joined):
        return
    for passage in reading.passages:
        lowered = passage.text.lower()
        if len(lowered) == len(passage.text):  # a few letters have no small form of one character
            for match in pattern.finditer(lowered):
                if not _is_name(passage.text, match):
                    yield Hit(passage, match.start(), match.end(), "husets ord er et andet", preferred[match[0]])


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Whether a word has a capital inside a sentence and a name after it: `for Forsat Film`."""
    return (
        text[match.start()].isupper()
        and _INSIDE.search(text[max(0, match.start() - 2) : match.start()]) is not None
        and re.match(r" [A-ZÆØÅ]", text[match.end() : match.end() + 2]) is not None
    )


_INSIDE = lazy(r"[a-zæøå,] $")


@lru_cache(maxsize=4)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})(?!-?\w)")


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


_EXPLAINED = lazy(r"(?<=[\w,] )\((?P<short>[A-ZÆØÅ]{2,6}(?:-\w+)?)\)")


class _Explained(Struct, frozen=True):
    """Where an abbreviation is explained, and the last of the words that explain it."""

    last_word: str
    passage: Passage
    start: int
    end: int


def _explanations(reading: Reading) -> Mapping[str, list[_Explained]]:
    return _explained_in(reading.passages) if "(" in reading.joined else {}


def _explained_in(passages: tuple[Passage, ...]) -> Mapping[str, list[_Explained]]:
    """Every `long form (ABC)` whose long form has the letters of the short one in their order, by the short one."""
    found: dict[str, list[_Explained]] = {}
    for passage in passages:
        if passage.key.startswith(("property", "header", "footer")):  # the title and the summary once more
            continue
        for match in _EXPLAINED.finditer(passage.text):
            before = passage.text[: match.start()]
            sentence = before[max(before.rfind(". "), before.rfind("\n")) + 1 :]
            words = re.findall(r"[\wæøåÆØÅ-]+", sentence)[-8:]
            if words and _has_letters(match["short"], "".join(words)):
                place = (match.start(), match.end())
                found.setdefault(match["short"], []).append(_Explained(words[-1].lower(), passage, *place))
    return found


def _has_letters(short: str, long: str) -> bool:
    letters = iter(long.lower())
    return all(letter in letters for letter in short.lower() if letter.isalpha())


def _twice(reading: Reading) -> Iterator[Hit]:
    for explained in _explanations(reading).values():
        for one in explained[1:]:
            if one.last_word == explained[0].last_word:
                yield Hit(one.passage, one.start, one.end, "forkortelsen er forklaret før")


def _in_two_ways(reading: Reading) -> Iterator[Hit]:
    for explained in _explanations(reading).values():
        for one in explained[1:]:
            if one.last_word[:5] != explained[0].last_word[:5]:
                yield Hit(one.passage, one.start, one.end, "forkortelsen er forklaret på en anden måde tidligere")


_CAPITALS = lazy(r"(?<![\w/-])[A-ZÆØÅ]{3,4}(?![\w/-])")


def _turned_round(reading: Reading) -> Iterator[Hit]:
    """`Økonomiforvaltningen (ØKF) … ØFK`: the letters of an explained abbreviation in another order."""
    explained = _explanations(reading)
    known = set(explained) | ({str(one.short) for one in reading.glossary.abbreviations} if reading.glossary else set())
    for passage in reading.passages if explained else ():
        for match in _CAPITALS.finditer(passage.text):
            meant = [short for short in explained if sorted(short) == sorted(match[0])]
            if meant and match[0] not in known:
                yield Hit(passage, *match.span(), f"forkortelsen er forklaret som {meant[0]}", meant[0])


def _too_late(reading: Reading) -> Iterator[Hit]:
    """An abbreviation that is used in the text before it is explained in it."""
    for short, explained in _explanations(reading).items():
        first = explained[0]
        for passage in reading.passages:
            last = first.start if passage is first.passage else len(passage.text)
            match = re.search(rf"(?<![\w(])(?:{re.escape(short)})(?![\w)])", passage.text[:last])
            if match and passage.key not in ("title", "short_title", "property"):
                yield Hit(passage, match.start(), match.end(), "forkortelsen bliver først forklaret længere nede")
                break
            if passage is first.passage:
                break


RULES: tuple[Rule, ...] = (
    Rule(
        "DG501", "Husets ord", Severity.WARNING, "glossary.yaml", ("Vi siger husets ord.",), ("Vi siger undgåord.",),
        _avoided, needs="glossary",
    ),
    Rule(
        "DG502", "Forkortelser forklares ved første brug", Severity.HINT, "Københavns Kommunes dagsordener på kk.dk",
        ("et prøveselskab for offentlige ting (PFO) og PFO igen",), ("PFO er med",), _unexplained, needs="glossary",
    ),
    Rule(
        "DG503", "Forkortelser forklares én gang", Severity.WARNING, "docgens egen regel",
        ("totaløkonomi (TØK), og så TØK", "Økonomiudvalget (B)"), ("totaløkonomi (TØK) og totaløkonomi (TØK)",), _twice,
    ),
    Rule(
        "DG504", "Forkortelser har én betydning", Severity.WARNING, "docgens egen regel",
        ("Ungeudvalget (UU) og udvalget",), ("ungdommens uddannelsesvejledning (UU)\nUngeudvalget (UU)",), _in_two_ways,
    ),
    Rule(
        "DG505", "Forkortelser forklares, før de bruges", Severity.WARNING, "docgens egen regel",
        ("totaløkonomi (TØK)\nTØK er god", "Livscyklus (KL)"), ("TØK er god.\nI totaløkonomi (TØK) regnes drift med.", "I totaløkonomi (TØK) regnes drift med, og TKØ er god."),
        lambda reading: [*_too_late(reading), *_turned_round(reading)],
    ),
)  # fmt: skip
"""The rules of terms."""
