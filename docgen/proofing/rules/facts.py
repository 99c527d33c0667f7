"""Facts: what a text says of figures, dates, periods and votes, against what it says itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from docgen.proofing.rule import Hit, Passage, Reading, Rule, Severity, lazy
from docgen.proofing.rules.quantities import NUMBER, Quantity, quantities, sentences, total, value_of
from docgen.proofing.rules.tables import table_sums

_ABOUT = lazy(r"\b(?:ca\.|cirka|omkring|godt|knap|næsten|omtrent|afrund\w*|over|under|mere end|mindst|højst|op til)")
_NOT_ALL = lazy(
    r"\b(?:især|blandt andet|bl\.a\.|primært|hovedsagelig\w*|fx|f\.eks\.|for eksempel|hver|ligeligt|pr\.|årligt|om året|heriblandt|resten|rest(?:en|beløbet)|de øvrige|herudover|desuden)",
)
_SHARING = lazy(r"\b(?:fordeles|fordelte?|fordeler|kommer fra|består af|udgøres af|opdeles|deles)\b(?: sig)?")
_DIGITS = lazy(r"\d[\d.,]*")
_OF_IT = lazy(r"\b(?:heraf|deraf|hvoraf)\b")
_IN_ALL = lazy(r"\b(?:i alt|tilsammen|samlet)[ \u00a0](?:på[ \u00a0]|er[ \u00a0])?$")
_COMPARED = lazy(
    r"\b(?:mod|fra(?= \d| i | år)|steg\w*|stig\w*|fald\w*|mere|færre|heraf|deraf|hvoraf|forskel\w*|ud af|rykke\w*)\b"
)


def _sums(reading: Reading) -> Iterator[Hit]:
    """`611 = 177 + 281 + 119 + 34` is checked, whichever side the sum is on."""
    if "=" not in reading.joined or "+" not in reading.joined:  # the pattern would look long for nothing
        return
    chain = rf"(?:{NUMBER})(?:\s*\+\s*(?:{NUMBER}))+"
    pattern = re.compile(rf"(?<![\d.,])(?:({NUMBER})\s*=\s*({chain})|({chain})\s*=\s*({NUMBER}))(?![\d]|[.,]\d)")
    for passage in reading.passages if pattern.search(reading.joined) else ():
        for match in pattern.finditer(passage.text):
            whole, parts = (match[1], match[2]) if match[1] else (match[4], match[3])
            found = sum(map(value_of, re.findall(NUMBER, parts)), Decimal(0))
            if found != value_of(whole):
                shown = f"{found}".replace(".", ",")
                yield Hit(passage, match.start(), match.end(), f"delene giver {shown}, ikke {whole}")


# -- parts told in words ----------------------------------------------------------------------------------------


def _parts(reading: Reading) -> Iterator[Hit]:
    if not re.search(r"\d\D+\d", reading.joined):
        return
    for passage, start, text in sentences(reading):
        if (found := _whole_and_parts(text)) is None:
            continue
        whole, parts, at_most = found
        stated = total(parts)
        # With three parts or more each can be rounded by half of its last digit.
        rounding = max(part.step for part in parts) * (len(parts) // 2 if len(parts) > 2 else 0)
        if whole.kind == "" and whole.step == 1:
            rounding = Decimal(0)
        wrong = stated > whole.value + rounding if at_most else abs(stated - whole.value) > rounding
        if wrong:
            unit = text[whole.start : whole.end]
            yield Hit(
                passage,
                start + whole.start,
                start + whole.end,
                f"delene giver {whole.shown(stated)}, ikke {unit.strip()}",
            )


def _whole_and_parts(text: str) -> tuple[Quantity, Sequence[Quantity], bool] | None:
    """A whole, its parts, and whether they may be less than it; None where a sentence does not tell all of it."""
    if len(_DIGITS.findall(text)) < 2:  # the quickest way to see that most sentences tell no parts
        return None
    figures = quantities(text)
    if len(figures) < 3 or _ABOUT.search(text):
        return None
    if (of := _OF_IT.search(text)) is not None:
        return _after(figures, of.end(), text, at_most=True)
    if _NOT_ALL.search(text):
        return None
    if (sharing := _SHARING.search(text)) is not None:
        return _after(figures, sharing.end(), text)
    colon = re.search(r":[ \u00a0]", text)
    if colon is not None and re.search(r"\b(?:[Ii] alt|[Ss]aml\w+|[Tt]ilsammen|alt)\b", text[: colon.start()]):
        return _after(figures, colon.end(), text)
    if colon is not None and (listed := _after(figures, colon.end(), text)) is not None:
        # Nothing says that these are the parts, but that they nearly are.
        whole, parts, _ = listed
        near = abs(total(parts) - whole.value) * 4 < whole.value
        return (
            listed if near and len(parts) > 1 and re.search(r"\bog\b", text[parts[-2].end : parts[-1].start]) else None
        )
    last = figures[-1]
    if _IN_ALL.search(text, 0, last.start) and not _COMPARED.search(text):
        parts = [one for one in figures[:-1] if one.kind == last.kind]
        is_same = last.kind or len({one.noun for one in parts}) == 1
        return (last, parts, False) if len(parts) > 1 and is_same else None
    return None


def _after(
    figures: Sequence[Quantity], place: int, text: str, *, at_most: bool = False
) -> tuple[Quantity, Sequence[Quantity], bool] | None:
    before = [one for one in figures if one.end <= place]
    if not before:
        return None
    whole = before[-1]
    parts = [one for one in figures if one.start >= place and one.kind == whole.kind and one.noun not in _OF_TIME]
    if _COMPARED.search(text, place):
        return None
    return (whole, parts, at_most) if len(parts) > 1 else None


_OF_TIME = ("år", "årige", "dage", "uger", "måneder", "timer", "gange")


# -- shares and changes -----------------------------------------------------------------------------------------

_SHARE = (
    lazy(
        rf"\b(?:[Uu]d af|[Aa]f) (?:de )?({NUMBER}) [^.,\d]+? (?:har|er|blev|fik|svarede|deltog|kører|bruger)\s?(?:de )?({NUMBER})\b[^.\d]*?,"
        rf" (?:svarende til|hvilket (?:er|svarer til)|eller|altså|dvs\.|det er|det svarer til) ({NUMBER}) (?:pct\.|procent|%)"
    ),
    lazy(rf"\b({NUMBER}) [^.,\d]+?,? (?:hvoraf|heraf) ({NUMBER}) \(({NUMBER}) (?:pct\.|procent|%)\)"),
)
_SHARE_OF = lazy(
    rf"\b({NUMBER}) (?:ud )?af (?:de |i alt )?({NUMBER}) [^.\d(]+?(?:\(|, (?:svarende til|hvilket (?:er|svarer til)|altså|dvs\.|det er|det svarer til) )({NUMBER}) (?:pct\.|procent|%)"
)


def _shares(reading: Reading) -> Iterator[Hit]:
    if not re.search(r"pct\.|procent|%", reading.joined):
        return
    for passage in reading.passages:
        for pattern, order in (*((one, (1, 2)) for one in _SHARE), (_SHARE_OF, (2, 1))):
            for match in pattern.finditer(passage.text):
                whole, part, stated = value_of(match[order[0]]), value_of(match[order[1]]), value_of(match[3])
                if not whole or part > whole:
                    continue
                right = part / whole * 100
                if abs(right - stated) > Decimal("0.6") * _step(match[3]):
                    shown = f"{right:.{_places(match[3])}f}".replace(".", ",")
                    words = f"{match[order[1]]} af {match[order[0]]} er {shown} pct."
                    yield Hit(passage, match.start(3), match.end(3), words)


def _places(number: str) -> int:
    return len(number.partition(",")[2])


def _step(number: str) -> Decimal:
    return Decimal(10) ** -_places(number)


_AMOUNT = rf"(?:[-−])?{NUMBER}(?:[ \u00a0](?:mio\. kr\.|mia\. kr\.|kr\.|pct\.|procent|%))?"
_CHANGE = lazy(
    rf"\b(?P<verb>steg|stiger|stige|steget|øges|øget|voksede|faldt|falder|falde|faldet|reduceres|reduceret)\b(?: (?:med|på) (?P<by>{_AMOUNT}))? fra (?P<from>{_AMOUNT})"
    rf"(?: i \d{{4}})? til (?P<to>{_AMOUNT})(?: i \d{{4}})?"
    rf"(?P<tail>[^.\n]{{0,40}}?, (?:det er |svarende til |altså |dvs\. )?(?:en |et )(?:stigning|vækst|fald|reduktion|nedgang|forøgelse) på "
    rf"(?P<stated>{NUMBER})[ \u00a0](?P<unit>pct\.|procentpoint|procent|%|mio\. kr\.|mia\. kr\.|kr\.|\w+))?"
)
_UP = ("steg", "stig", "øge", "voks")


def _changes(reading: Reading) -> Iterator[Hit]:
    """`steg fra 40 til 50, en stigning på 25 pct.`: the direction, the difference, and the change in per cent."""
    for passage in reading.passages if re.search(r" fra [-−]?\d", reading.joined) else ():
        for match in _CHANGE.finditer(passage.text):
            first, last = quantities(match["from"]), quantities(match["to"])
            if len(first) != 1 or len(last) != 1:
                continue
            before, after = first[0], last[0]
            if not before.kind and after.kind:  # ”fra 40 til 45 pct.”: the unit stands once
                scale = after.step / _step(match["to"].split(" ")[0].split("\u00a0")[0])
                value, step = before.value * scale, before.step * scale
            else:
                value, step = before.value, before.step
            if value < 0 or after.value < 0 or (before.kind and before.kind != after.kind):
                continue
            up = match["verb"].startswith(_UP)
            if value == after.value or up != (after.value > value):
                words = (
                    f"fra {match['from']} til {match['to']} er {'et fald' if after.value < value else 'en stigning'}"
                )
                if value == after.value:
                    words = "de to tal er ens"
                yield Hit(passage, match.start("from"), match.end("to"), words)
                continue
            if match["by"] and (by := quantities(match["by"])):
                yield from _difference(passage, match, "by", by[0], abs(after.value - value), after, step)
            if match["stated"]:
                yield from _told_change(passage, match, value, after, step)


def _told_change(
    passage: Passage, match: re.Match[str], before: Decimal, after: Quantity, step: Decimal
) -> Iterator[Hit]:
    stated = quantities(f"{match['stated']} {match['unit']}")
    difference = abs(after.value - before)
    if not stated:
        return
    if stated[0].kind == "pct" and before:
        share = difference / before * 100
        # The two figures are rounded themselves, and so is what is told.
        slack = Decimal("0.6") * stated[0].step + (after.step + step) / 2 / before * 100
        in_points = after.kind == "pct" and abs(stated[0].value - difference) <= max(step, after.step)
        if abs(share - stated[0].value) > slack and not in_points:
            shown = f"{share:.{_places(match['stated'])}f}".replace(".", ",")
            yield Hit(passage, match.start("stated"), match.end("stated"), f"ændringen er {shown} pct.")
    elif (
        (stated[0].kind == "point" and after.kind == "pct")
        or stated[0].kind == after.kind == "kr"
        or (stated[0].kind == after.kind == "" and stated[0].noun == after.noun != "")
    ):
        yield from _difference(passage, match, "stated", stated[0], difference, after, step)


def _difference(
    passage: Passage, match: re.Match[str], group: str, stated: Quantity, right: Decimal, after: Quantity, step: Decimal
) -> Iterator[Hit]:
    if stated.kind != after.kind and not (stated.kind == "point" and after.kind == "pct"):
        return
    # Figures with decimals are rounded, and so is their difference; whole ones are not.
    rounding = step if _places(match["to"].split("\u00a0")[0].split(" ")[0]) else Decimal(0)
    if abs(stated.value - right) > rounding:
        yield Hit(passage, match.start(group), match.end(group), f"forskellen er {after.shown(right)}")


_OVER = lazy(
    rf"\b({NUMBER})[ \u00a0](?:pct\.|procent|%) af (?:alle |de |samtlige |kommunens )?(\w{{3,}}(?:erne|ene|rne|lerne))\b"
)


def _over_all(reading: Reading) -> Iterator[Hit]:
    for passage in reading.passages if _OVER.search(reading.joined) else ():
        for match in _OVER.finditer(passage.text):
            if value_of(match[1]) > 100 and not re.search(r"udgift|omkostning|indtægt|pris|ramme", match[2]):
                yield Hit(passage, match.start(), match.end(), "mere end alle kan det ikke være")


_SPLIT = lazy(
    rf"\b(?:[Uu]d af|[Aa]f) (?:de )?({NUMBER}) [^.,\d]+? (?:har|er) ({NUMBER}) ([a-zæøå]+)[^.\d]{{0,25}}? og ({NUMBER}) ikke\b"
)


def _answered_or_not(reading: Reading) -> Iterator[Hit]:
    """`Ud af 500 har 320 svaret og 190 ikke svaret`: some and the others are all."""
    for passage in reading.passages if " ikke" in reading.joined else ():
        for match in _SPLIT.finditer(passage.text):
            stated = value_of(match[2]) + value_of(match[4])
            if stated != value_of(match[1]):
                shown = f"{stated:,.0f}".replace(",", ".")
                yield Hit(passage, match.start(1), match.end(1), f"delene giver {shown}, ikke {match[1]}")


def _both(*rules: Callable[[Reading], Iterator[Hit]]) -> Callable[[Reading], Iterator[Hit]]:
    def find(reading: Reading) -> Iterator[Hit]:
        for rule in rules:
            yield from rule(reading)

    return find


RULES: tuple[Rule, ...] = (
    Rule(
        "DG201", "Summer", Severity.ERROR, "docgens egen regel",
        ("611 = 177 + 281 + 119 + 34", "10,7 + 3,1 = 13,8"), ("611 = 177 + 281 + 119 + 35", "10,7 + 3,1 = 13,9"), _sums,
    ),
    Rule(
        "DG202", "Delene giver helheden", Severity.WARNING, "docgens egen regel",
        ("De 9 mio. kr. fordeles med 4 mio. kr. i 2024 og 5 mio. kr. i 2025.", "I alt 12: 7 nye og 5 gamle.",
         "8,2 mio. kr., heraf 4,1 mio. kr. til el", "Af de 90 er 50 forlænget og 30 ikke nævnt."),
        ("De 9 mio. kr. fordeles med 4 mio. kr. i 2024 og 6 mio. kr. i 2025.", "Der er 12 sager i alt: 7 nye og 6 gamle.",
         "13,8 mia. kr., heraf 10,7 mia. kr. til varer og 3,4 mia. kr. til anlæg",
         "Ud af 500 leverandører har 320 svaret og 190 ikke svaret."),
        _both(_parts, _answered_or_not),
    ),
    Rule(
        "DG203", "Tabellens sum", Severity.HINT, "docgens egen regel",
        ("| Post | Beløb |\n| --- | ---: |\n| Varer | 10,7 |\n| Anlæg | 3,1 |\n| I alt | 13,8 |",
         "| Post | Pct. |\n| --- | ---: |\n| A | 33 |\n| B | 33 |\n| C | 33 |\n| I alt | 100 |"),
        ("| Post | Beløb |\n| --- | ---: |\n| Varer | 10,7 |\n| Anlæg | 3,2 |\n| I alt | 13,8 |",
         "| Post | 2024 | 2025 | I alt |\n| --- | ---: | ---: | ---: |\n| Løn | 2,0 | 3,0 | 5,5 |"),
        table_sums,
    ),
    Rule(
        "DG204", "Andelen passer til tallene", Severity.WARNING, "docgens egen regel",
        ("Ud af 200 skoler har 50 svaret, svarende til 25 pct.", "30 af 120 aftaler (25 pct.) er udløbet.", "2 af 3 skoler (67 pct.)"),
        ("Ud af 200 skoler har 50 svaret, svarende til 30 pct.", "30 af 120 aftaler (35 pct.) er udløbet.", "80 aftaler, hvoraf 20 (20 pct.)"),
        _shares,
    ),
    Rule(
        "DG205", "Ændringen passer til tallene", Severity.WARNING, "docgens egen regel",
        ("Antallet steg fra 20 til 30, en stigning på 50 pct.", "Andelen faldt fra 45 pct. til 40 pct.",
         "Andelen steg fra 40 pct. til 45 pct., en stigning på 12,5 pct.", "Underskuddet faldt fra -12 til -8."),
        ("Antallet steg fra 20 til 30, en stigning på 40 pct.", "Andelen faldt fra 40 pct. til 45 pct.",
         "Købet steg med 3 mio. kr. fra 12 mio. kr. til 14 mio. kr.", "steg fra 40 pct. til 45 pct., en stigning på 10 procentpoint"),
        _changes,
    ),
    Rule(
        "DG206", "Ikke mere end alle", Severity.WARNING, "docgens egen regel",
        ("100 pct. af leverandørerne har svaret.", "Udgiften blev 140 pct. af overslaget."),
        ("110 pct. af leverandørerne har svaret.",), _over_all,
    ),
)  # fmt: skip
"""The rules of facts that are figures; those of dates are in `docgen.proofing.rules.dates`, of votes in `docgen.proofing.rules.votes`."""
