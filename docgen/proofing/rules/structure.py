"""Structure: numbers of annexes, tables and points, what is referred to, and what a template left."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from docgen.content.unfilled import UNFILLED, UNWRITTEN
from docgen.proofing.rule import Hit, Passage, Reading, Rule, Severity, lazy
from docgen.proofing.rules.quantities import lines
from docgen.proofing.rules.tables import tables


def _typed_annex(reading: Reading) -> Iterator[Hit]:
    if reading.foreign or "ilag " not in reading.joined:
        return
    for passage in reading.passages:
        if not passage.file.rpartition("/")[0].endswith("cases"):
            continue
        annexes = sum(other.key == "title" and other.file == passage.file for other in reading.passages) > 1
        words = "nummeret er skrevet i hånden; skriv {bilag:id}" if annexes else "sagen har ingen bilag under annexes"
        for match in re.finditer(r"\b[Bb]ilag \d+\b", passage.text):
            yield Hit(passage, match.start(), match.end(), words)


# -- numbers in a row -------------------------------------------------------------------------------------------

_NUMBERED = lazy(
    r"[ \t]*(?:#{1,6}[ \t]+)?(?P<what>Bilag|Tabel|Figur|Afsnit|Kapitel|Trin|Mål|Model|Fase|Scenarie|Del)[ \u00a0](?P<number>\d{1,3})\b(?P<after>\s*[-–.:(]|[ \u00a0][a-zæøå])?"
)
_MENTIONED = lazy(
    r"\b(bilag|tabel|figur)(?:lerne|erne|ene)?[ \u00a0](\d{1,3}(?:(?:, | og |-|–| til )\d{1,3})*)", re.IGNORECASE
)


def _holes(reading: Reading) -> Iterator[Hit]:
    """In a document from elsewhere: `Bilag 1, 2, 4` has a hole, if nothing else is said of 3."""
    if not reading.foreign:
        return
    listed: dict[str, list[tuple[Passage, int, int, int]]] = {}
    for passage, start, line in lines(reading):
        if (match := _NUMBERED.match(line)) and match["after"]:
            listed.setdefault(match["what"], []).append(
                (passage, start + match.start("what"), start + match.end("number"), int(match["number"]))
            )
    for what, found in listed.items():
        said = {number for number, _, _ in _mentions(reading, what)}
        for (_, _, _, before), (passage, start, end, number) in pairwise(found):
            if number > before + 1 and not set(range(before + 1, number)) <= said:
                words = f"der er hul i numrene: efter {what.lower()} {before} kommer {number}"
                yield Hit(passage, start, end, words)


def _mentions(reading: Reading, what: str) -> Iterator[tuple[int, Passage, re.Match[str]]]:
    """Every number that is mentioned with a word (`tabel 2 og 3`), in or out of a list."""
    for passage in reading.passages:
        for match in _MENTIONED.finditer(passage.text):
            if match[1].capitalize() != what:
                continue
            numbers = [int(number) for number in re.findall(r"\d+", match[2])]
            if re.search(r"-|–| til ", match[2]) and len(numbers) == 2 and numbers[0] < numbers[1] <= numbers[0] + 50:
                numbers = list(range(numbers[0], numbers[1] + 1))
            for number in numbers:
                yield number, passage, match


_MONTH = lazy(
    r"(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)\b", re.IGNORECASE
)
_POINT = lazy(r"[ \t]*(\d{1,2})[.)][ \t]+(?P<text>\S.*)")


def _points(reading: Reading) -> Iterator[Hit]:
    """`1.` and then `3.` in a list."""
    before: int | None = None
    for passage, start, line in lines(reading):
        match = _POINT.fullmatch(line)
        if match is None or _MONTH.match(match["text"]):  # a date is no point
            if not line.startswith((" ", "\t", "-", "*")) and line.strip():
                before = None
            continue
        number = int(match[1])
        if before is not None and number > before + 1:
            words = f"der er hul i punkternes numre: efter {before} kommer {number}"
            yield Hit(passage, start + match.start(1), start + match.end(1), words)
        before = number


# -- references -------------------------------------------------------------------------------------------------

_ELSEWHERE = lazy(r"[ \u00a0](?:i|til|fra|på|af)[ \u00a0](?!denne|dette|sagen|rapporten her|indstillingen)")
_CAPTION_SIGNS = ("-", "–", ".", ":", "(")
_ANNEX_HEADING = lazy(r"#{0,6}[ \t]*\**(?:Bilag|Bilagsliste|Oversigt over bilag|Bilagsoversigt):?\**[ \t]*")


def _references(reading: Reading) -> Iterator[Hit]:
    """`jf. bilag 3` where the document lists two, `tabel 4` where it has three."""
    if not reading.foreign:
        yield from _own_tables(reading)
        return
    found = lines(reading)
    known: dict[str, set[int]] = {"Bilag": set(_listed_annexes(found)), "Tabel": set(), "Figur": set()}
    for _, _, line in found:
        match = _NUMBERED.match(line)
        if match is not None and match["what"] in known and (match["after"] or " ").strip() in _CAPTION_SIGNS:
            known[match["what"]].add(int(match["number"]))
    unnumbered = 0 if known["Tabel"] or "abel " not in reading.joined else len(tables(reading))
    for what, numbers in known.items():
        may_be_all = numbers or (unnumbered and what == "Tabel")
        for number, passage, match in _mentions(reading, what) if may_be_all else ():
            if number in numbers or _is_of_another(passage, match):
                continue
            missing = f"{what.lower()} {number} er ikke i dokumentet"
            if what == "Tabel" and not numbers:
                if number <= unnumbered:
                    continue
                missing = f"dokumentet har {'én tabel' if unnumbered == 1 else f'{unnumbered} tabeller'}"
            yield Hit(passage, match.start(), match.end(), missing)


_ANOTHERS = lazy(r"(?:\b[Bb]ilag[ \u00a0]\d+[^.;]{0,20}|\b[\w-]{4,40}s[ \u00a0])$")


def _is_of_another(passage: Passage, match: re.Match[str]) -> bool:
    """Whether what is mentioned is said to be another's: `tabel 3 i årbogen`, `rapportens tabel 3`, `bilag 2, tabel 3`."""
    before = passage.text[max(0, match.start() - 60) : match.start()]
    return _ELSEWHERE.match(passage.text, match.end()) is not None or _ANOTHERS.search(before) is not None


def _own_tables(reading: Reading) -> Iterator[Hit]:
    """`tabel 3` in a case whose tables docgen numbers: those with a line `Tabel: …` before them."""
    if "abel " not in reading.joined or not any(
        one.file.rpartition("/")[0].endswith("cases") for one in reading.passages
    ):
        return
    every = len(tables(reading))
    numbered = len(re.findall(r"^Tabel: ", reading.joined, re.MULTILINE))
    for number, passage, match in _mentions(reading, "Tabel") if every else ():
        if number > numbered and not _is_of_another(passage, match):
            have = "sagens tabeller har intet nummer"
            if numbered:
                have = f"sagen har {'én tabel' if numbered == 1 else f'{numbered} tabeller'} med nummer"
            told = f"{have}; en tabel får et med linjen ”Tabel: …” over sig"
            yield Hit(passage, match.start(), match.end(), told)


def _listed_annexes(found: list[tuple[Passage, int, str]]) -> Iterator[int]:
    """The numbers of a list under the heading `Bilag`."""
    inside = False
    for _, _, line in found:
        if _ANNEX_HEADING.fullmatch(line):
            inside = True
        elif inside and (match := _POINT.fullmatch(line)):
            yield int(match[1])
        elif line.strip():
            inside = False


# -- at-points --------------------------------------------------------------------------------------------------

_LEADS_IN = ("indstiller", "anbefaler", "indstilles", "anbefales", "foreslås")
_LEAD_IN = lazy(
    r".*\b(?:indstiller|anbefaler|indstilles|anbefales|foreslås)(?: over for [\wæøåÆØÅ, -]{3,80}?)?,?:?[ \t]*"
)
_LIST_POINT = lazy(r"[ \t]*(?:\d{1,2}[.)]|[-*•])[ \t]+(?P<word>[^\s,.;]+)(?P<rest>.*)")
_WORD_POINT = lazy(r"[ \t]*(?P<word>[^\s,.;]+)(?P<rest>.*)")
"""An item of a list in Word, where the number is no part of the text."""


def _at_points(reading: Reading) -> Iterator[Hit]:
    """After `indstiller,` each point begins with a small `at`, and all but the last end with a comma."""
    if reading.words.isdisjoint(_LEADS_IN):
        return
    found: list[tuple[Passage, int, re.Match[str]]] = []
    inside = False
    for passage, start, line in [*lines(reading), (Passage("", ""), 0, "")]:
        match = _LIST_POINT.fullmatch(line) or (_WORD_POINT.fullmatch(line) if passage.item == 1 else None)
        if inside and match is not None:
            found.append((passage, start, match))
            continue
        yield from _points_of(found)
        found = []
        is_lead_in = _LEAD_IN.fullmatch(line) is not None and not line.lstrip().startswith("#")
        inside = is_lead_in or (inside and not line.strip())


def _points_of(found: list[tuple[Passage, int, re.Match[str]]]) -> Iterator[Hit]:
    for index, (passage, start, match) in enumerate(found):
        if match["word"] != "at":
            place = (start + match.start("word"), start + match.end("word"))
            right = "at" if match["word"] == "At" else None
            yield Hit(passage, *place, "et punkt i en indstilling begynder med et lille ”at”", right)
            continue
        end = match["rest"].rstrip()
        sign = (start + match.end("word") + max(0, len(end) - 1), start + match.end("word") + len(end))
        if end.endswith(",,"):
            yield Hit(passage, *sign, "der er to kommaer")
        elif index < len(found) - 1 and not end.endswith((",", ", og", ":", ", samt")):
            yield Hit(passage, *sign, "et at-punkt, som et andet følger efter, ender med komma")


# -- what is left -----------------------------------------------------------------------------------------------

_LEFT = lazy(
    r"\[(?!ikke udfyldt\])(?:[^\[\]\n]*\b(?:udfyld\w*|indsæt\w*|skriv(?:es)?|angiv\w*|slet\w*|fællesindstilling med)\b[^\[\]\n]*|(?:navn|dato|beløb|antal|titel|emne|forvaltning|udvalg|x+)\s*)\](?!\()"
    r"|\bTBD\b|(?<![/\w-])<(?:titel|navn|dato|beløb|antal|emne)[^<>\n]*>(?![\w-])|\bNB! Husk\b|\bXX\. |\b20XX\b|(?-i:\bX{3,}\b)|(?-i:\b[Ll]orem ipsum\b)"
    r"|^(?:Skriv|Indsæt|Beskriv|Angiv) (?:her|kort her|resuméet her)\b.*|^Her (?:skrives|indsættes|beskrives)\b.*",
    re.IGNORECASE | re.MULTILINE,
)


def _left_over(reading: Reading) -> Iterator[Hit]:
    for passage in reading.passages if _LEFT.search(reading.joined) else ():
        for match in _LEFT.finditer(passage.text):
            yield Hit(passage, match.start(), match.end(), "hjælpetekst fra skabelonen; skriv teksten, eller slet den")


_UNFILLED = lazy(rf"\b{UNWRITTEN}\b[^\n]*|{re.escape(UNFILLED)}|^{re.escape(UNFILLED[1:-1])}$")


def _unfilled(reading: Reading) -> Iterator[Hit]:
    for passage in reading.passages:
        for match in _UNFILLED.finditer(passage.text):
            yield Hit(passage, match.start(), match.end(), "her er ikke udfyldt; i et udkast står der [ikke udfyldt]")


_REPEATED_WORDS = 9


def _repeated(reading: Reading) -> Iterator[Hit]:
    """A whole paragraph told twice in a document from elsewhere."""
    if not reading.foreign:
        return
    paragraphs = [
        (" ".join(line.split()).lower(), passage, start, line)
        for passage, start, line in lines(reading)
        if len(line.split()) > _REPEATED_WORDS
        and not line.lstrip().startswith("|")
        and not passage.key.startswith(("property", "header", "footer", "page"))
    ]
    counts = Counter(text for text, *_ in paragraphs)
    seen: set[str] = set()
    for text, passage, start, line in paragraphs:
        if counts[text] > 1 and text in seen:
            yield Hit(passage, start, start + len(line), "afsnittet står også tidligere i dokumentet")
        seen.add(text)


RULES: tuple[Rule, ...] = (
    Rule(
        "DG101", "Bilag nævnes ved id", Severity.WARNING, "docgens egen regel: numrene skriver docgen selv",
        ("jf. {bilag:rapport}", "et bilag"), ("jf. bilag 3", "Bilag 2 viser"), _typed_annex, needs="case",
    ),
    Rule(
        "DG102", "Ingen huller i bilags, tabellers og figurers numre", Severity.WARNING, "docgens egen regel",
        ("Bilag 1 - A\nBilag 2 - B", "Tabel 1: Køb\nSe tabel 2 nedenfor.\nTabel 3: Salg"), ("Bilag 1 - A\nBilag 3 - B", "Tabel 1: Køb\nTabel 3: Salg"),
        _holes, needs="foreign",
    ),
    Rule(
        "DG103", "Ingen huller i punkters numre", Severity.HINT, "docgens egen regel",
        ("1. at det sker,\n2. at det siges.", "1. Først\n1. Så", "2. Så\n3. Sidst"), ("1. at det sker,\n3. at det siges.",), _points,
    ),
    Rule(
        "DG104", "Det, der henvises til, findes", Severity.WARNING, "docgens egen regel",
        ("jf. bilag 2\n## Bilag\n1. Politik\n2. Tal", "Tabel 1: Køb\nSe tabel 14 i årbogen.", "## Problemstilling\nSe bilag 1.\n## Løsning\nNu.", "Se rapportens tabel 3.\n| A | B |\n|---|---|\n| 1 | 2 |"), ("jf. bilag 3\n## Bilag\n1. Politik\n2. Tal", "Tabel 1: Køb\nAf tabel 2 ses det.", "Det ses af tabel 3.\n| A | B |\n|---|---|\n| 1 | 2 |"),
        _references, needs="foreign",
    ),
    Rule(
        "DG105", "Hjælpetekst er slettet", Severity.HINT, "Region Hovedstadens skabelon til dagsordener: hjælpetekst slettes",
        ("Størrelserne XL og XXL", "Paradigmet [sic] står der."), ("[udfyldes af forvaltningen]", "XX. måned 20XX", "Skriv her et resumé."), _left_over,
    ),
    Rule(
        "DG106", "Samme afsnit to gange", Severity.HINT, "docgens egen regel",
        ("Kort tekst.\nKort tekst.",), ("Kommunen køber ind for mange penge hvert eneste år nu.\nKommunen køber ind for mange penge hvert eneste år nu.",),
        _repeated, needs="foreign",
    ),
    Rule(
        "DG107", "At-punkter", Severity.WARNING, "Københavns Kommunes dagsordener på kk.dk: indstillingens form",
        ("Forvaltningen indstiller,\n1. at planen godkendes.", "Udvalget har:\n1. drøftet planen"),
        ("Forvaltningen indstiller,\n1. planen godkendes.", "Forvaltningen indstiller,\n1. At planen godkendes.",
         "Forvaltningen indstiller over for Borgerrepræsentationen,\n1. At planen vedtages.",
         "Forvaltningen indstiller,\n1. at det sker.\n2. at det siges."), _at_points,
    ),
    Rule(
        "DG108", "Steder, der ikke er udfyldt", Severity.WARNING, "docgens egen regel",
        ("Skemaet er ikke udfyldt endnu.", "Feltet kan udfyldes."), ("UDFYLD sagens titel", "Udvalget godkender [ikke udfyldt]"), _unfilled,
    ),
)  # fmt: skip
"""The rules of structure."""
