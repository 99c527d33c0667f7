"""Accessibility of what is written: links, pictures, headings, tables, colours and capitals (WCAG 2.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.proofing.quoted import is_quoted
from docgen.proofing.rule import Hit, Passage, Reading, Rule, Severity, lazy
from docgen.proofing.rules.quantities import lines
from docgen.proofing.rules.tables import tables

# A link of these words alone says nothing of what is there.
_EMPTY_WORDS = frozenset(
    [
        "at",
        "den",
        "denne",
        "det",
        "dette",
        "download",
        "fil",
        "filen",
        "find",
        "findes",
        "finder",
        "for",
        "gå",
        "hent",
        "hente",
        "her",
        "i",
        "information",
        "klik",
        "klikke",
        "kan",
        "link",
        "linket",
        "læs",
        "læse",
        "med",
        "mere",
        "mer",
        "om",
        "pdf",
        "på",
        "se",
        "side",
        "siden",
        "som",
        "til",
        "tryk",
        "trykke",
        "ved",
        "vi",
        "videre",
        "vis",
        "vise",
        "yderligere",
        "åbn",
        "åbne",
        "du",
        "følg",
    ]
)
_LINK = lazy(r"(?<!!)\[([^\[\]\n]*+)\]\(([^)\[\n]*+)\)")
_ADDRESS = lazy(r"https?://\S+|(?:www\.)?[\w.-]+\.\w{2,}/\S+")


def _link_texts(reading: Reading) -> Iterator[Hit]:
    for passage in reading.passages if "](" in reading.joined else ():
        for match in _LINK.finditer(passage.text):
            words = match[1].strip(' .,:;!→>»«”"').lower()
            if words == "hent" or set(re.findall(r"\w+", words)) <= _EMPTY_WORDS:
                yield Hit(passage, match.start(), match.end(), "linkets ord siger ikke, hvor det fører hen")
            elif _ADDRESS.fullmatch(words):
                yield Hit(passage, match.start(), match.end(), "linkets ord er en adresse; skriv, hvad der er der")


_PICTURE = lazy(r"!\[((?:[^\]\n!]|!(?!\[))*+)\]\(")
_FILE = lazy(
    r"\S+\.(?:png|jpe?g|svg|gif|webp|tiff?|bmp)|(?:DSC|IMG|PICT?)[ _-]?\d+|\w+_[\w-]+|[-–—.*]+|image\d*|picture\d*|photo\d*"
    r"|(?:indsæt|skriv|tilføj) (?:en )?(?:alternativ )?(?:beskrivelse|tekst|alt-tekst)|ingen (?:alternativ )?(?:beskrivelse|tekst)\b.*",
    re.IGNORECASE,
)
_ONLY_KIND = lazy(
    r"(?:(?:billede|foto) af )?(?:et |en )?(?:billede|foto|fotografi|figur|graf|diagram|illustration|tegning|kort|logo|ikon|skærmbillede|søjlediagram|tabel)"
    r"(?: ?\d+|en|et)?(?: (?:her|nedenfor|ovenfor))?[.:]?",
    re.IGNORECASE,
)
_PICTURE_OF = lazy(r"(?:billede|foto|fotografi|figur|graf|illustration|tegning) af\b", re.IGNORECASE)


def _alt_texts(reading: Reading) -> Iterator[Hit]:
    for passage in reading.passages if "![" in reading.joined else ():
        for match in _PICTURE.finditer(passage.text):
            words = match[1].strip()
            if not words or _FILE.fullmatch(words) or _ONLY_KIND.fullmatch(words):
                yield Hit(passage, match.start(), match.end(), "skriv, hvad billedet viser")


def _picture_of(reading: Reading) -> Iterator[Hit]:
    for passage in reading.passages if "![" in reading.joined else ():
        for match in _PICTURE.finditer(passage.text):
            if _PICTURE_OF.match(match[1].strip()):
                yield Hit(
                    passage, match.start(1), match.end(1), "skriv, hvad billedet viser, ikke at det er et billede"
                )


_NOT_MARKDOWN = ("document", "page")  # Word and PDF: a # is a sign like others
_HEADING = lazy(r"(#{1,6})(?:[ \t]+(.*?))?[ \t]*#*[ \t]*")


def _headings(reading: Reading) -> Iterator[Hit]:
    """Levels follow each other, none is empty, and a text has one title."""
    level, titles = 0, 0
    for passage, start, line in lines(reading) if "#" in reading.joined else ():
        match = _HEADING.fullmatch(line)
        if match is None or passage.key in _NOT_MARKDOWN:
            continue
        found = len(match[1])
        titles += found == 1
        where = (passage, start, start + max(1, len(line)))
        if not (match[2] or "").strip("# "):
            yield Hit(*where, "overskriften er tom")
        elif level and found > level + 1:
            yield Hit(*where, f"overskriften er på niveau {found} lige efter niveau {level}")
        elif found == 1 and titles == 2 and reading.foreign:
            yield Hit(*where, "dokumentet har to titler; den øverste overskrift bruges én gang")
        level = found


def _empty_chapters(reading: Reading) -> Iterator[Hit]:
    """A heading with nothing under it before the next one of its level, or the end."""
    if not reading.foreign:
        return
    last: tuple[int, Passage, int, str] | None = None
    headings = 0
    for passage, start, line in [*lines(reading), (Passage("", ""), 0, "# ")] if "#" in reading.joined else ():
        if not line.strip():
            continue
        match = _HEADING.fullmatch(line)
        if match is None or passage.key in _NOT_MARKDOWN:
            last = None
            continue
        if last is not None and len(match[1]) <= last[0] and (headings > 1 or last[0] > 1):
            yield Hit(last[1], last[2], last[2] + len(last[3]), "der står intet under overskriften")
        last, headings = (len(match[1]), passage, start, line), headings + 1


_DRAWN = lazy(
    r"\+[-=]{3,}\+|([#*=█■▓░|•])\1{4,}|(?:[🔴🟢🟡🟠]|\u26aa)",
    glance=r"[+#*=█■▓░|•🔴🟢🟡🟠\u26aa](?:(?<=[🔴🟢🟡🟠\u26aa])|[-=#*█■▓░|•]{3})",
)


def _drawn(reading: Reading) -> Iterator[Hit]:
    """Bars and tables of signs, and coloured dots that say nothing else."""
    for passage, start, line in lines(reading) if _DRAWN.search(reading.joined) else ():
        match = _DRAWN.search(line)
        if match is None or re.fullmatch(r"[ \t]*([*=#_-])\1*[ \t]*", line) or line.startswith(("```", "    ")):
            continue
        if match[0][0] in "🔴🟢🟡🟠⚪" and re.search(r"[🔴🟢🟡🟠⚪][ \u00a0]*[A-Za-zÆØÅæøå]", line):
            continue
        yield Hit(
            passage,
            start + match.start(),
            start + match.end(),
            "en skærmlæser læser tegnene; skriv det med ord eller tal",
        )


_BOLD_LINE = lazy(r"\s*(\*\*|__)(?!\s)[^*_\n]{2,70}(?<![.:,;\s])\1\s*")


def _bold_headings(reading: Reading) -> Iterator[Hit]:
    for passage, start, line in lines(reading) if re.search(r"\*\*|__", reading.joined) else ():
        if _BOLD_LINE.fullmatch(line):
            yield Hit(passage, start, start + len(line), "en linje i fed er ikke en overskrift for en skærmlæser")


def _table_headers(reading: Reading) -> Iterator[Hit]:
    for table in tables(reading) if "|" in reading.joined else ():
        header = table[0]
        if header[0].passage.cell is not None:  # Word says which row is a header, and in its own way
            continue
        empty = [cell for cell in header if not cell.text.strip("* ")]
        if len(empty) == len(header) or (len(empty) > 1 and len(header) > 2) or (empty and empty[0] is not header[0]):
            where = empty[-1]
            yield Hit(where.passage, max(0, where.start - 1), where.start + 1, "en kolonne har ingen overskrift")


_COLOUR = r"(?:rød|grøn|gul|blå|orange|lilla|lyserød|grå|sort)(?:e|t|de)?"
_MARKED = r"(?:tal|felter|felt|rækker|række|celler|celle|søjler|søjle|kolonner|linjer|linje|kurver|kurve|prikker|områder|område|markeringer|markering|punkter|bokse|boks|tekst|navne|poster|post)"
_BY_COLOUR = lazy(
    rf"\b[Dd](?:e|en|et) {_COLOUR} {_MARKED}\b|\b(?:markeret|vist|angivet|skrevet|fremhævet|markerede) (?:med|i|som) {_COLOUR}\b(?! (?:og|felt med))",
)


def _colour_alone(reading: Reading) -> Iterator[Hit]:
    for passage in reading.passages if _BY_COLOUR.search(reading.joined) else ():
        for match in _BY_COLOUR.finditer(passage.text):
            yield Hit(passage, match.start(), match.end(), "farven alene kan ikke ses af alle; sig det også med ord")


_CAPITALS = lazy(
    r"(?<!\w)[A-ZÆØÅÉ]++(?!\w)(?:[,:!?.]?[ \u00a0]+[A-ZÆØÅÉ]++(?!\w))*+[,:!?.]?"
)  # all that stand together, so that none is read twice
_IN_A_ROW = re.compile(r"[A-ZÆØÅÉ](?!\w)[,:!?.]?[ \u00a0]+[A-ZÆØÅÉ]")
_FEWEST = 4


def _capitals(reading: Reading) -> Iterator[Hit]:
    for passage in reading.passages if _IN_A_ROW.search(reading.joined) else ():
        for match in _CAPITALS.finditer(passage.text):
            words = re.findall(r"[A-ZÆØÅÉ]+", match[0])
            if len(words) < _FEWEST or len(words[-1]) == 1:
                continue
            # Few long words: a row of abbreviations. In quotation marks: what stands on a sign.
            if sum(len(word) > 4 for word in words) >= 2 and not is_quoted(passage.text, *match.span()):
                yield Hit(passage, match.start(), match.end(), "store bogstaver er svære at læse; skriv med små")


RULES: tuple[Rule, ...] = (
    Rule(
        "DG701", "Linkets ord siger, hvor det fører hen", Severity.WARNING, "WCAG 2.4.4",
        ("[kommunens netsted](https://www.kk.dk)", "[kk.dk](https://www.kk.dk)"),
        ("[her](https://www.kk.dk)", "[Læs mere](https://kk.dk)", "[](https://kk.dk)", "[https://kk.dk/a](https://kk.dk/a)"),
        _link_texts,
    ),
    Rule(
        "DG702", "Billedet har en tekst", Severity.WARNING, "WCAG 1.1.1",
        ("![Købet steg fra 10 til 12](graf.svg)", "![Figur 1: købet år for år](graf.svg)"),
        ("![](graf.svg)", "![graf.png](graf.png)", "![Billede](graf.png)", "![Figur 1](graf.png)"), _alt_texts,
    ),
    Rule(
        "DG703", "Billedets tekst siger, hvad det viser", Severity.HINT, "WCAG 1.1.1",
        ("![Købet steg fra 10 til 12](graf.svg)",), ("![Billede af en graf](graf.svg)",), _picture_of,
    ),
    Rule(
        "DG704", "Overskrifter i rækkefølge", Severity.WARNING, "WCAG 1.3.1 og 2.4.6",
        ("# Titel\n## Afsnit\n### Under\n## Afsnit",), ("# Titel\n### Under", "## Afsnit\n##\nTekst"), _headings,
    ),
    Rule(
        "DG705", "Fed er ikke en overskrift", Severity.HINT, "WCAG 1.3.1",
        ("**Grønne indkøb:** vi køber grønt", "**Vigtigt.**"), ("**Grønne indkøb**",), _bold_headings,
    ),
    Rule(
        "DG706", "Tabellens kolonner har overskrifter", Severity.WARNING, "WCAG 1.3.1",
        ("| | 2023 |\n| --- | --- |\n| Køb | 3 |",), ("| | |\n| --- | --- |\n| Køb | 3 |", "| År | |\n| --- | --- |\n| 2023 | 3 |"),
        _table_headers,
    ),
    Rule(
        "DG707", "Ikke farve alene", Severity.HINT, "WCAG 1.4.1",
        ("Tallene med pil op er steget.",), ("De røde tal er overskredet.", "Afvigelser er markeret med gult."), _colour_alone,
    ),
    Rule(
        "DG709", "Ikke tegnet med tegn", Severity.WARNING, "WCAG 1.1.1",
        ("| Støj | 🔴 overskredet |", "Valby 44", "*****"), ("+------+------+", "Skoler: ##########", "| Støj | 🔴 |"), _drawn,
    ),
    Rule(
        "DG710", "Der står noget under hver overskrift", Severity.WARNING, "WCAG 2.4.6",
        ("# Titel\n## Afsnit\nTekst.",), ("## Økonomi\n## Proces\nTekst.", "## Økonomi"), _empty_chapters, needs="foreign",
    ),
    Rule(
        "DG708", "Ikke store bogstaver alene", Severity.WARNING, "docgens egen regel om tilgængelighed",
        ("EU, FN, KL og DI", "KØBENHAVNS KOMMUNE"), ("VIGTIGT AT LÆSE INDEN MØDET",), _capitals,
    ),
)  # fmt: skip
"""The rules of accessibility."""
