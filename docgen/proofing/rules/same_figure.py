"""The same thing told with two figures in one text: `Puljen er på 2,5 mio. kr.` and `en pulje på 2,7 mio. kr.`"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.proofing.rule import Hit, Passage, Reading, Rule, Severity, lazy
from docgen.proofing.rules.quantities import MONTHS, NUMBER, sentences
from docgen.structs import Struct

_AMOUNT = rf"(?:{NUMBER}[ \u00a0](?:mio\.(?:[ \u00a0]kr\.)?|mia\.(?:[ \u00a0]kr\.)?|kr\.|pct\.|procent|%)|(?:den )?\d{{1,2}}\.[ \u00a0](?:{'|'.join(MONTHS)})(?:[ \u00a0]\d{{4}})?)"
_IS = r"(?:er|var|blev|udgør|udgjorde|lyder|lød)(?: på)?"
_FORMS = (
    lazy(rf"\s*(?P<noun>[A-ZÆØÅ][a-zæøå]+(?:en|et|erne|ene)) {_IS} (?P<figure>{_AMOUNT})(?: i (?:19|20)\d\d)?[.;]?\s*"),
    lazy(rf"\s*I (?:19|20)\d\d {_IS} (?P<noun>[a-zæøå]+(?:en|et|erne|ene)) (?P<figure>{_AMOUNT})[.;]?\s*"),
)
_INSIDE = (
    lazy(rf"\b(?:en|et|den|det) (?P<noun>[a-zæøå]{{5,}}) på (?P<figure>{_AMOUNT})"),
    lazy(rf"\bafsat (?P<figure>{_AMOUNT}) til (?P<noun>[a-zæøå]{{3,}}(?:en|et))\b"),
    lazy(
        rf"\b(?P<noun>[a-zæøåA-ZÆØÅ]*frist(?:en)?) (?:er )?(?P<figure>den \d{{1,2}}\.[ \u00a0](?:{'|'.join(MONTHS)})(?:[ \u00a0]\d{{4}})?)"
    ),
)
_YEAR = lazy(r"\b(?:19|20)\d\d\b")
_NAME = lazy(r"(?<![.!?] )(?<!^)\b[A-ZÆØÅ][\wæøå-]+")


class _Said(Struct, frozen=True):
    """What a sentence says of a thing, and of which years and names it says it."""

    noun: str
    figure: str
    about: frozenset[str]
    passage: Passage
    start: int
    end: int


def _statements(reading: Reading) -> Iterator[_Said]:
    for passage, start, text in sentences(reading):
        found = [match for form in _FORMS if (match := form.fullmatch(text))]
        found = found or [match for form in _INSIDE for match in form.finditer(text)]
        for match in found:
            figure = " ".join(match["figure"].removeprefix("den ").split())
            rest = text[: match.start("figure")] + text[match.end("figure") :]
            about = frozenset(_YEAR.findall(rest)) | frozenset(_NAME.findall(rest.strip()))
            place = (start + match.start("figure"), start + match.end("figure"))
            yield _Said(match["noun"].lower(), figure, about, passage, *place)


def _differing(reading: Reading) -> Iterator[Hit]:
    if not re.search(r"\d", reading.joined):
        return
    seen: list[_Said] = []
    for said in _statements(reading):
        other = next((one for one in seen if _is_same(one, said) and one.figure != said.figure), None)
        if other is not None:
            yield Hit(said.passage, said.start, said.end, f"ovenfor står der {other.figure}")
        seen.append(said)


def _is_same(first: _Said, second: _Said) -> bool:
    short, long = sorted((first.noun, second.noun), key=len)
    same_kind = first.figure.split()[1:2] == second.figure.split()[1:2] or "." in first.figure.split()[0][-1:]
    return long.startswith(short) and len(long) - len(short) <= 2 and same_kind and first.about == second.about


RULES: tuple[Rule, ...] = (
    Rule(
        "DG208", "Samme tal to steder", Severity.HINT, "docgens egen regel",
        ("Indkøbet var 13,8 mia. kr. i 2023.\nI 2022 var indkøbet 13,6 mia. kr.", "Puljen er på 2 mio. kr.\nPuljen er på 2 mio. kr."),
        ("Indkøbet var 13,8 mia. kr. i 2023.\nI 2023 var indkøbet 13,6 mia. kr.",
         "Svarprocenten er 62 pct.\nUndersøgelsen har en svarprocent på 64 pct."), _differing, needs="foreign",
    ),
)  # fmt: skip
"""The rule of figures that are told twice."""
