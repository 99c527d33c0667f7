"""What a sentence tells of its own figures and things: counts and what is counted, shares, and tables beside the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from docgen.proofing.rule import Hit, Passage, Reading, Rule, Severity, lazy
from docgen.proofing.rules.quantities import NUMBER, lines, quantities, sentences, value_of
from docgen.proofing.rules.tables import Table, column_sums, row_sums, tables

_COUNTS = {"to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "syv": 7, "otte": 8, "ni": 9, "ti": 10}
_COUNT = "|".join(_COUNTS)
_OF_ALL = lazy(rf"\s*(?:Ud af|Af) (?:de |i alt |samtlige )?({NUMBER}) ")
_NOT_PARTS = lazy(
    r"\b(?:heraf|hvoraf|deraf|mod|fra|steg\w*|stig\w*|fald\w*|mere|flere|færre|mindst|højst|ca\.|over|under|begge|også|dog|år|pct\.|procent|minutter|timer|dage)\b|[;:]"
)
_TAKE_ONE = lazy(r"\b(?:fik|svarede|stemte|gik|går|valgte|bor|boede)\b")
"""What each does once, so that two parts are no more than all."""
_SHARES = lazy(
    r"\b(?:mod|fra \d|til \d|steg\w*|stig\w*|fald\w*|rabat|mere end|heraf|hvoraf|også|mindst|højst|flere svar|både|mål\w*|i (?:19|20)\d\d)\b"
)


def _more_than_all(reading: Reading) -> Iterator[Hit]:
    """`Af de 25 svarede 14 ja og 10 nej, mens 2 ikke svarede`: the parts are a few more than all."""
    for passage, start, text in sentences(reading.with_figures):
        if (match := _OF_ALL.match(text)) is None or _NOT_PARTS.search(text):
            continue
        parts = [one for one in quantities(text) if one.start >= match.end() - 1]
        least = 2 if _TAKE_ONE.search(text) else 3
        if len(parts) < least or any(one.kind or one.step != 1 for one in parts):
            continue
        whole, stated = value_of(match[1]), sum((one.value for one in parts), Decimal(0))
        if whole < stated <= whole * Decimal("1.2"):
            yield Hit(passage, start + match.start(1), start + match.end(1), f"delene giver {stated}, ikke {match[1]}")


def _shares_of_all(reading: Reading) -> Iterator[Hit]:
    """`60 pct. er danske, 30 pct. er fra EU, og 15 pct. er fra andre lande`"""
    for passage, start, text in sentences(reading.with_figures):
        shares = [one for one in quantities(text) if one.kind == "pct"]
        if len(shares) < 3 or len(shares) != len(quantities(text)) or _SHARES.search(text):
            continue
        stated = sum((one.value for one in shares), Decimal(0))
        joined = re.search(r",? og $|,? og [^,]*$", text[shares[-2].end : shares[-1].start])
        first = re.match(r"[ \u00a0]af ", text[shares[0].end :])
        if joined and first and 101 < stated <= 115:
            yield Hit(passage, start + shares[-1].start, start + shares[-1].end, f"andelene giver {stated} pct.")


_LIST_FOLLOWS = lazy(
    rf"(?:^|[ \u00a0])({_COUNT})[ \u00a0](?:[a-zæøå]+[ \u00a0])?[a-zæøå]+(?:er|e|r|mål|krav|spor|trin|punkter)?:[ \t]*$",
    re.IGNORECASE,
    glance=r":[ \t]*$",
)
_COLON_ENDS = lazy(r":[ \t]*$", re.MULTILINE)
_ITEM = lazy(r"(?:[-*•]|\d{1,2}[.)])[ \t]+\S")


def _listed(reading: Reading) -> Iterator[Hit]:
    """`Der er fire mål:` over a list of three."""
    found = lines(reading) if _COLON_ENDS.search(reading.joined) else []
    for at, (passage, start, line) in enumerate(found):
        if not line.rstrip().endswith(":") or (match := _LIST_FOLLOWS.search(line)) is None:
            continue
        items = 0
        for other, _, following in found[at + 1 : at + 40]:
            is_beside = other is passage or (reading.foreign and other.file == passage.file and other.cell is None)
            if not is_beside or not _may_be_listed(other, following):
                break
            items += other.item == 1 or _ITEM.match(following) is not None
        if items > 1 and items != _COUNTS[match[1].lower()]:
            yield Hit(passage, start + match.start(1), start + match.end(1), f"listen har {items} punkter")


def _may_be_listed(passage: Passage, line: str) -> bool:
    """Whether a line may stand in a list: an item, what belongs to one, or nothing."""
    is_item = passage.item > 0 or _ITEM.match(line) is not None
    return is_item or not line.strip() or line.startswith((" ", "\t"))


_NAMED_AFTER = lazy(
    rf"\b({_COUNT})[ \u00a0](?:[a-zæøå]+[ \u00a0])?([a-zæøå]*(?:er|e|r|mål|krav|spor|trin|punkter|forslag|emner)): ([a-zæøå][^.:;()\d\n]*?) og ([^.,:;()\d\n]+)\.",
    re.IGNORECASE,
)
_LONGEST_ITEM = 3  # words


def _named(reading: Reading) -> Iterator[Hit]:
    """`tre områder: skoler, plejehjem, idræt og kultur`; not where `og` joins within one of them."""
    for passage in reading.passages:
        for match in _NAMED_AFTER.finditer(passage.text) if ": " in passage.text else ():
            items = [*match[3].split(", "), match[4]]
            is_list = all(0 < len(item.split()) <= _LONGEST_ITEM for item in items)
            is_plain = not re.search(r"\b(?:og|samt|eller|at|som|der|er)\b", f"{match[3]} {match[4]}")
            if is_list and is_plain and len(items) > 2 and len(items) != _COUNTS[match[1].lower()]:
                yield Hit(passage, match.start(1), match.end(1), f"der er nævnt {len(items)}")


_PLACES = lazy(
    rf"\b[Dd]e ({_COUNT}) ([a-zæøå]+e?r) i ([A-ZÆØÅ][a-zæøå]+(?:, [A-ZÆØÅ][a-zæøå]+){{1,8}}+ og [A-ZÆØÅ][a-zæøå]+)"
)


def _too_few(reading: Reading) -> Iterator[Hit]:
    """`De to projekter i Nordhavn, Sydhavnen og Valby`"""
    for passage in reading.passages:
        for match in _PLACES.finditer(passage.text):
            places = match[3].count(",") + 2
            if _COUNTS[match[1]] < places:
                yield Hit(passage, match.start(1), match.end(1), f"der står {places} steder")


_IN_YEAR = lazy(r"\b[Ii] ((?:19|20)\d\d)\b")


def _beside_tables(reading: Reading) -> Iterator[Hit]:
    """`I 2025 købte kommunen for 14,2 mia. kr.` beside a table that has 14,1 for 2025."""
    narrow = [table for table in tables(reading) if len(table[0]) == 2]
    if not narrow:
        return
    order = {id(passage): number for number, passage in enumerate(reading.passages)}
    for table in narrow:
        first, last = (order[id(row[0].passage)] for row in (table[0], table[-1]))
        for passage, start, text in sentences(reading.with_figures):
            at = order[id(passage)]
            is_beside = reading.foreign and first - _NEAR_TABLE <= at <= last + _NEAR_TABLE and passage.cell is None
            if table[0][0].passage is passage or is_beside:
                yield from _differs(table, passage, start, text)


_NEAR_TABLE = 5
"""Lines or paragraphs between a text and the table that it tells of, in a file from elsewhere."""


def _differs(table: Table, passage: Passage, start: int, text: str) -> Iterator[Hit]:
    if len(years := _IN_YEAR.findall(text)) != 1:
        return
    head = table[0][1].text.lower()
    figures = quantities(text)
    row = next((row for row in table[1:] if row[0].text.strip("* ") == years[0]), None)
    if row is None or row[1].figure is None or len(figures) != 1 or not re.findall(r"[a-zæøå]{4,}", head):
        return
    told = figures[0]
    number = re.match(rf"[-−]?{NUMBER}", text[told.start : told.end])
    unit = " ".join(text[told.start : told.end].split()[1:])
    same = unit.lower() in head if unit else any(word[:4] in text.lower() for word in re.findall(r"[a-zæøå]{4,}", head))
    if (
        number
        and same
        and value_of(number[0]) != row[1].figure
        and abs(value_of(number[0]) - row[1].figure) * 10 < row[1].figure
    ):
        yield Hit(
            passage,
            start + told.start,
            start + told.start + len(number[0]),
            f"tabellen har {row[1].text} for {years[0]}",
        )


RULES: tuple[Rule, ...] = (
    Rule(
        "DG214", "Delene er ikke flere end alle", Severity.WARNING, "docgens egen regel",
        ("Af de 25 enheder svarede 14 ja og 9 nej, mens 2 ikke svarede.", "Af de 25 enheder har 20 el, 15 gas og 14 begge dele."), ("Af de 25 enheder svarede 14 ja og 10 nej, mens 2 ikke svarede.",), _more_than_all,
    ),
    Rule(
        "DG215", "Andelene giver hundrede", Severity.WARNING, "docgens egen regel",
        ("60 pct. af dem er danske, 30 pct. er fra EU, og 10 pct. er fra andre lande.",), ("60 pct. af dem er danske, 30 pct. er fra EU, og 15 pct. er fra andre lande.",), _shares_of_all,
    ),
    Rule(
        "DG216", "Listen har så mange punkter, som der står", Severity.WARNING, "docgens egen regel",
        ("Der er to mål:\n\n- Færre kørsler.\n- Bedre data.", "Der er tre mål: spild, kørsel og data."), ("Der er fire mål:\n\n- Mindre spild.\n- Færre kørsler.\n- Bedre data.", "Der er tre mål: spild, kørsel, støj og data."), lambda reading: [*_listed(reading), *_named(reading)],
    ),
    Rule(
        "DG217", "Så mange steder, som der står", Severity.WARNING, "docgens egen regel",
        ("De tre projekter i Nordhavn, Sydhavnen og Valby er forsinket.", "De fire skoler i Valby, Vanløse og Brønshøj udvides."), ("De to projekter i Nordhavn, Sydhavnen og Valby er forsinket.",), _too_few,
    ),
    Rule(
        "DG218", "Teksten siger det, tabellen har", Severity.WARNING, "docgens egen regel",
        ("I 2025 var der 401 besøg.\n\n| År | Besøg |\n|---|---:|\n| 2024 | 380 |\n| 2025 | 401 |",), ("I 2025 var der 410 besøg.\n\n| År | Besøg |\n|---|---:|\n| 2024 | 380 |\n| 2025 | 401 |",), _beside_tables,
    ),
    Rule(
        "DG219", "Summen, når det andet passer", Severity.WARNING, "docgens egen regel",
        ("| Post | 2024 | 2025 | I alt |\n|---|---:|---:|---:|\n| A | 1 | 2 | 3 |\n| B | 2 | 2 | 4 |",), ("| Post | 2024 | 2025 | I alt |\n|---|---:|---:|---:|\n| A | 1 | 2 | 3 |\n| B | 2 | 2 | 5 |", "| Område | Svar |\n|---|---:|\n| A | 235 |\n| B | 13 |\n| C | 4 |\n| I alt | 251 |"),
        lambda reading: [*row_sums(reading), *column_sums(reading)],
    ),
)  # fmt: skip
"""The rules of what a text tells of its own figures."""
