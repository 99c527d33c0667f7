"""Figures in Danish prose: how many of what, told in digits or in small words, and sentences to look for them in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

from docgen.proofing.rule import Passage, Reading
from docgen.structs import Struct

NUMBER = r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?"
MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
)
_WORDS = {
    word: number
    for number, word in enumerate(
        ("to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv"),
        2,
    )
}
_SCALES = {"mia": Decimal(10**9), "mio": Decimal(10**6), "t": Decimal(1000)}
_QUANTITY = re.compile(
    rf"(?<![\w.,/§:-])(?:(?P<number>[-−]?{NUMBER})|(?P<word>{'|'.join(_WORDS)}))(?![\w/:-]|[.,]\d)"
    r"(?:[ \u00a0]?(?P<unit>(?:mia|mio)\.(?:[ \u00a0]kr\b\.?)?|t?kr\b\.?|kroner|pct\b\.?|procentpoint|procent|%))?"
    rf"(?!\.[ \u00a0](?:{'|'.join(MONTHS)}|[a-zæøå]))"
)
# A number that names something and does not count it: § 5, nr. 3, kl. 12, bilag 2, den 1.
_NAMING = re.compile(
    r"(?:§|\b(?:nr|stk|kl|artikel|bilag|tabel|figur|kapitel|afsnit|punkt|side|s|uge|kvartal|den|version|nummer|kategori|trin|fase))\.?[ \u00a0]+$",
    re.IGNORECASE,
)
_LONGEST_NAMING = 24  # signs
_NOUN = re.compile(r"[ \u00a0]+([\w-]+)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_END = re.compile(r"[.!?](?=[ \u00a0]+[A-ZÆØÅ”\"(\d]|\s*$)|\n")
_NO_END = re.compile(r"\b(?:ca|jf|nr|stk|kl|fx|dvs|inkl|ekskl|vedr|bl\.a|f\.eks|maks|min|pr|[A-ZÆØÅ]|\d{1,2})\.$")


class Quantity(Struct, frozen=True):
    """A figure in a text: its value in whole units, the size of its last digit, and what it counts.

    `kind` is `kr`, `pct`, `point` or empty for things; `noun` is the word that follows then.
    """

    value: Decimal
    step: Decimal
    kind: str
    noun: str
    start: int
    end: int

    def shown(self, value: Decimal) -> str:
        """A value as it would stand here, without its unit: `13,9`, `250.000`."""
        places = max(0, -int((value / self._scale).normalize().as_tuple().exponent))
        text = f"{value / self._scale:,.{places}f}"
        return text.translate(str.maketrans(",.", ".,"))

    @property
    def _scale(self) -> Decimal:
        # Values of 0,1 mio. kr. and of 100.000 kr. are the same, but not how they are told.
        return max(
            (scale for scale in _SCALES.values() if self.kind == "kr" and self.step * 100 >= scale), default=_ONE
        )


_ONE = Decimal(1)


def value_of(text: str) -> Decimal:
    """`13.800,5` -> 13800.5"""
    return Decimal(text.replace("−", "-").replace(".", "").replace(",", "."))


@lru_cache(maxsize=256)  # several rules ask for those of the same sentence
def quantities(text: str) -> tuple[Quantity, ...]:
    """The figures of a text in their order; years, dates, and numbers that name something are none."""
    found = []
    for match in _QUANTITY.finditer(text):
        told, unit = match["number"], match["unit"] or ""
        if not unit and (
            (told and _YEAR.fullmatch(told))
            or _NAMING.search(text, max(0, match.start() - _LONGEST_NAMING), match.start())
        ):
            continue
        value = value_of(told) if told else Decimal(_WORDS[match["word"]])
        scale = _SCALES.get(unit.split(".")[0].removesuffix("kr"), _ONE) if unit else _ONE
        decimals = len(told.partition(",")[2]) if told else 0
        kind = _kind(unit)
        noun = "" if kind else (_NOUN.match(text, match.end()) or ("", ""))[1]
        found.append(Quantity(value * scale, Decimal(10) ** -decimals * scale, kind, noun, match.start(), match.end()))
    return tuple(found)


def _kind(unit: str) -> str:
    if not unit:
        return ""
    if unit == "procentpoint":
        return "point"
    return "pct" if unit.startswith(("pct", "procent", "%")) else "kr"


def sentences(reading: Reading) -> list[tuple[Passage, int, str]]:
    """Each sentence with the passage that it is in, and where in it it begins; lines of tables are none."""
    kept: list[tuple[Passage, int, str]] | None = reading.__dict__.get("sentences")
    if kept is None:  # several rules ask for those of the same reading
        kept = reading.__dict__["sentences"] = list(_sentences(reading))
    return kept


def _sentences(reading: Reading) -> Iterator[tuple[Passage, int, str]]:
    for passage in reading.passages:
        start = 0
        for end in _ends(passage.text):
            text = passage.text[start:end]
            if text.strip() and not text.lstrip().startswith("|"):
                yield passage, start, text
            start = end


def _ends(text: str) -> Iterator[int]:
    for match in _END.finditer(text):
        if match[0] == "\n" or not _NO_END.search(text[max(0, match.start() - 12) : match.end()]):
            yield match.end()
    yield len(text)


def lines(reading: Reading) -> list[tuple[Passage, int, str]]:
    """Each line with the passage that it is in, and where in it it begins; empty lines too, also those between the
    lines of a text file."""
    found = []
    last = 0
    for passage in reading.passages:
        number = int(passage.key) if passage.scalar is None and passage.key.isdecimal() else 0
        if last and number > last + 1:
            found.append((passage, 0, ""))
        last = number
        start = 0
        for line in passage.text.split("\n"):
            found.append((passage, start, line))
            start += len(line) + 1
    return found


def total(parts: Iterable[Quantity]) -> Decimal:
    """The sum of their values."""
    return sum((part.value for part in parts), Decimal(0))
