"""Document tree -> PDF/A-3a and PDF/UA-1 in one file, by Typst, with the document's source embedded.

The tree goes to the program `theme/layout.typ` as a JSON file: no text is ever Typst code. Typst itself checks the
claims (ISO 19005-3, ISO 14289-1) while it writes, and refuses what breaks them.
"""

from __future__ import annotations

import difflib
import json
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, assert_never

from docgen import document as tree
from docgen.content.scalar import place_of
from docgen.document import Block, Document, Inline
from docgen.problems import Origin, Problem, WriterError
from docgen.structs import to_builtins
from docgen.writers.theme import THEME_FILE, Theme
from docgen.writers.typst_fonts import load_fonts

if TYPE_CHECKING:
    from typst import Fonts, TypstError

LAYOUT_FILE = "theme/layout.typ"
STANDARDS: list[Any] = ["a-3a", "ua-1"]
SOURCE_DESCRIPTION = "Dokumentets kilde: indhold og skabeloner, som det er bygget af"
# A part after an abbreviation (SKI-aftale) stays on its line. Found here: a show rule in Typst costs ten times as much.
_ABBREVIATED = re.compile(r"(\b[A-ZÆØÅ]{2,5}-[^\W\d_]{1,14})")
# Typst's ways to other programs: the two keywords, the two functions, and the module by which these can be named.
_TAKES_IN = re.compile(rb"\b(?:import|include|eval|plugin|std)\b")
_LENGTH = re.compile(
    rb"/Desc\(" + re.escape(SOURCE_DESCRIPTION.encode("ascii")) + rb"\. Fylder ([0-9]+(?:,[0-9]+)?) sider"
)
SHORT_ITEM = 700  # characters; a list item of fewer is not cut at a page's end
SHORT_LIST = 2000  # characters; an overview of fewer stands on one page
SHORT_CELL = 600  # characters; a table row of shorter cells is not cut
TABLE_LINE = 84  # characters that a table's width has room for
MOST_ROUNDS = 25  # how often a document is tried again to find the next character that cannot be shown


def write_document(
    document: Document, theme: Theme, files: Mapping[str, bytes], source: bytes, font_directories: Sequence[str]
) -> bytes:
    """The document as a PDF.

    `files` is the templates folder, `source` is embedded as `kilde.json`, fonts are found in `font_directories` alone.
    Raises WriterError for a missing font or layout program, for text that the fonts cannot show, and for what
    ISO 14289-1 does not allow (a picture without a text alternative, a link to nothing, a skipped heading level).
    """
    from typst import TypstError

    fonts = open_fonts(theme, files, font_directories)
    data = layout_data(document, theme)
    write = partial(_compile, files[LAYOUT_FILE], fonts, source, document.date)
    try:
        return write(data)
    except TypstError as error:
        raise WriterError(_problems(error, document, data, write)) from None


def length_of(data: bytes) -> float:
    """How many pages a PDF of `write_document` fills, the last one in part: 2.4 is two pages and four tenths of the
    text area. It stands in the description of the source, for to lay the document out again takes a tenth longer.

    Raises WriterError where the layout program has not written it.
    """
    if found := _LENGTH.search(data):
        return float(found[1].replace(b",", b"."))
    problem = "layoutprogrammet fortæller ikke, hvor meget dokumentet fylder"
    hint = "giv kilden den beskrivelse, som den har i docgens egen layout.typ"
    raise WriterError([Problem(Origin(f"templates/{LAYOUT_FILE}"), problem, hint)])


def open_fonts(theme: Theme, files: Mapping[str, bytes], font_directories: Sequence[str]) -> Fonts:
    """The fonts to write with. Raises WriterError where the theme's own or the layout program is missing."""
    fonts = load_fonts(tuple(font_directories))
    _check_font(theme, fonts)
    if LAYOUT_FILE not in files:
        problem = Problem(Origin(f"templates/{LAYOUT_FILE}"), "filen mangler", "hent den fra docgens egne skabeloner")
        raise WriterError([problem])
    _check_program(files[LAYOUT_FILE])
    return fonts


@lru_cache(maxsize=4)
def _check_program(layout: bytes) -> None:
    """A layout program is one file. What it takes in else Typst would fetch from the network or run unseen."""
    if found := _TAKES_IN.search(layout):
        line = layout.count(b"\n", 0, found.start()) + 1
        column = found.start() - layout.rfind(b"\n", 0, found.start())
        message = f"layoutprogrammet må ikke bruge ordet '{found[0].decode()}': docgen henter intet ude fra"
        place = Origin(f"templates/{LAYOUT_FILE}", line, column)
        raise WriterError([Problem(place, message, "skriv det hele i filen selv, også i bemærkninger")])


def _compile(layout: bytes, fonts: Fonts, source: bytes, day: date, data: dict[str, Any]) -> bytes:
    from typst import Compiler

    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    given: Any = {"main": layout, "document.json": json.dumps(data, ensure_ascii=False).encode(), "kilde.json": source}
    compiler = Compiler(given, font_paths=fonts, ignore_system_fonts=True)
    output = compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=moment)
    assert isinstance(output, bytes)
    return output


def _check_font(theme: Theme, fonts: Fonts) -> None:
    families = fonts.families()
    if theme.fonts.text not in families:
        near = difflib.get_close_matches(theme.fonts.text, families, n=1)
        hint = f"mente du '{near[0]}'?" if near else f"vælg {', '.join(sorted(families))}"
        message = f"skrifttypen '{theme.fonts.text}' findes ikke"
        raise WriterError([Problem(place_of(theme.fonts.text, Origin(f"templates/{THEME_FILE}")), message, hint)])


def layout_data(document: Document, theme: Theme) -> dict[str, Any]:
    """What the layout program reads as `document.json`: the tree and the theme as plain data."""
    return {"document": _Writer().write_tree(document), "theme": _theme(theme, document)}


def _theme(theme: Theme, document: Document) -> dict[str, Any]:
    words = theme.words
    return {
        **{part: to_builtins(getattr(theme, part)) for part in ("colours", "fonts", "page", "sizes")},
        "page_number": [part for part in re.split(r"(\{pages?\})", words.page_number) if part],
        "fingerprint": words.draft_fingerprint.replace("{fingerprint}", document.fingerprint),
        "divide": theme.hyphenation.divide,
        "keep_whole": _keep_whole(theme.hyphenation.keep_whole) if theme.hyphenation.divide else "",
        "source_description": SOURCE_DESCRIPTION,
    }


def _keep_whole(patterns: Sequence[str]) -> str:
    """One regular expression for whole words that must not be divided; `*` in a pattern is any letters."""
    words = [re.escape(pattern).replace(r"\*", r"[\p{L}-]*") for pattern in patterns]
    return rf"(?i)\b(?:{'|'.join(words)})\b" if words else ""


class _Writer:
    """The tree as plain data for the layout program."""

    def __init__(self) -> None:
        self.seen: set[int] = set()

    def write_tree(self, document: Document) -> dict[str, Any]:
        date = document.date
        return {
            "title": document.title,
            "running_title": document.running_title,
            "author": document.author,
            "subject": document.subject,
            "keywords": list(document.keywords),
            "date": [date.year, date.month, date.day],
            "language": [*document.language.split("-"), "DK"][:2],
            "header": document.header,
            "footer": document.footer,
            "mark": document.mark,
            "blocks": self.blocks(document.blocks),
            "notes": [self.blocks(note.blocks) for note in document.notes],
        }

    def blocks(self, blocks: Sequence[Block], nested: bool = False) -> list[dict[str, Any]]:
        written = [self.write_block(block, nested) for block in blocks]
        for block, following in pairwise(written):
            lead_in = block["kind"] == "paragraph" and following["kind"] == "list"
            source = block["kind"] == "table" and following.get("role") == "caption"
            block["sticky"] = lead_in or source
        title = next((number for number, block in enumerate(written) if block["kind"] == "title"), 0)
        for number, block in enumerate(written):
            block.setdefault("sticky", False)
            block["before_title"] = number < title
        return written

    def write_block(self, block: Block, nested: bool = False) -> dict[str, Any]:
        match block:
            case tree.Title(children=children):
                return {"kind": "title", "children": self.inlines(children), "anchor": block.anchor}
            case tree.Heading(level=level, children=children):
                return {"kind": "heading", "level": level, "children": self.inlines(children), "anchor": block.anchor}
            case tree.Paragraph(children=children):
                return {"kind": "paragraph", "children": self.inlines(children)}
            case tree.List():
                return self._list(block, nested)
            case tree.Table():
                return self._table(block)
            case tree.Figure():
                return self._figure(block)
            case tree.Quote(blocks=blocks):
                return {"kind": "quote", "blocks": self.blocks(blocks)}
            case tree.CodeBlock(text=text):
                return {"kind": "code", "text": text}
            case tree.Division(role=role, blocks=blocks):
                return {"kind": "division", "role": str(role), "blocks": self.blocks(blocks)}
            case tree.FieldTable(fields=fields):
                pairs = [{"label": self.inlines(f.label), "value": self.inlines(f.value)} for f in fields]
                return {"kind": "fields", "fields": pairs}
            case tree.Contents(title=title, depth=depth):
                return {"kind": "contents", "title": title, "depth": depth}
            case tree.PageBreak():
                return {"kind": "pagebreak"}
            case _:
                assert_never(block)

    def _list(self, block: tree.List, nested: bool) -> dict[str, Any]:
        items = [
            {
                "blocks": self.blocks(item.blocks, nested=True),
                "anchor": item.anchor,
                "short": _length(item) <= SHORT_ITEM and len(item.blocks) == 1,
            }
            for item in block.items
        ]
        return {
            "kind": "list",
            "whole": sum(_length(item) for item in block.items) <= SHORT_LIST,
            "items": items,
            "ordered": block.ordered,
            "start": block.start,
            "tight": block.tight,
            "nested": nested,
        }

    def _table(self, block: tree.Table) -> dict[str, Any]:
        rows = (block.header, *block.rows)
        marks = [inline for cell in block.header.cells for inline in _flat(cell.children)]
        return {
            "kind": "table",
            "alignments": [str(alignment) for alignment in block.alignments],
            "widths": _widths(rows, block.alignments),
            # A repeated header is an artifact, and no artifact may hold a link (ISO 14289-1, 7.18.5).
            "repeat": not any(isinstance(mark, tree.Link | tree.NoteReference) for mark in marks),
            "header": [self.inlines(cell.children) for cell in block.header.cells],
            "rows": [self._row(row) for row in block.rows],
            "caption": self.inlines(block.caption),
            "anchor": block.anchor,
        }

    def _row(self, row: tree.TableRow) -> list[dict[str, Any]]:
        long = any(len(tree.plain_text(cell.children)) > SHORT_CELL for cell in row.cells)
        return [{"cell": self.inlines(cell.children), "breakable": long} for cell in row.cells]

    def _figure(self, block: tree.Figure) -> dict[str, Any]:
        return {
            "kind": "figure",
            "format": {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg"}.get(block.media_type),
            "data": _content(block.data),
            "alt": block.alt,
            "caption": self.inlines(block.caption),
            "anchor": block.anchor,
        }

    def inlines(self, inlines: Sequence[Inline]) -> list[Any]:
        return [self.write_inline(inline) for inline in inlines]

    def write_inline(self, inline: Inline) -> Any:
        match inline:
            case tree.Text(text):
                if len(pieces := _ABBREVIATED.split(text)) == 1:
                    return text
                return {"kind": "text", "pieces": [{"text": piece, "whole": n % 2} for n, piece in enumerate(pieces)]}
            case tree.Code(text):
                return {"kind": "code", "text": text}
            case tree.Emphasis(children):
                return {"kind": "emphasis", "children": self.inlines(children)}
            case tree.Strong(children):
                return {"kind": "strong", "children": self.inlines(children)}
            case tree.Badge(children, tone):
                return {"kind": "badge", "children": self.inlines(children), "tone": tone.value}
            case tree.Span(children):
                return {"kind": "span", "children": self.inlines(children)}
            case tree.Link(children, target):
                return {"kind": "link", "children": self.inlines(children), "target": target}
            case tree.LineBreak():
                return {"kind": "break"}
            case tree.NoteReference(number):
                first = number not in self.seen
                self.seen.add(number)
                return {"kind": "note", "number": number, "first": first}
            case _:
                assert_never(inline)


def _content(data: bytes) -> str | list[int]:
    """A file as JSON can hold it; the layout program makes bytes of either."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return list(data)


def _length(item: tree.ListItem) -> int:
    return sum(len(tree.plain_text(block.children)) for block in item.blocks if isinstance(block, tree.Paragraph))


def _widths(rows: Sequence[tree.TableRow], alignments: Sequence[tree.Alignment]) -> list[int]:
    """How the columns share a table's width, in characters: each has room for its longest word, and long texts get
    most of what is left. Numbers take what they need; the layout program sets them first."""
    words, texts = [0] * len(alignments), [0] * len(alignments)
    for row in rows:
        for column, cell in enumerate(row.cells):
            text = tree.plain_text(cell.children)
            texts[column] = max(texts[column], len(text))
            words[column] = max([words[column], *map(len, re.split(r"\s+|(?<=-)", text))])
    running = [alignment is tree.Alignment.LEFT for alignment in alignments]
    needed = [min(word if left else text, 30) + 3 for word, text, left in zip(words, texts, running, strict=True)]
    shares = [math.isqrt(text - word) if left else 0 for word, text, left in zip(words, texts, running, strict=True)]
    spare = max(TABLE_LINE - sum(needed), 0)
    return [need + spare * share // max(sum(shares), 1) for need, share in zip(needed, shares, strict=True)]


def _flat(inlines: Sequence[Inline]) -> Iterator[Inline]:
    """Inlines and all inlines inside them."""
    for inline in inlines:
        yield inline
        yield from _flat(getattr(inline, "children", ()))


# -- what Typst refuses -----------------------------------------------------------------------------------------


def _problems(
    error: TypstError, document: Document, data: dict[str, Any], write: Callable[[dict[str, Any]], bytes]
) -> list[Problem]:
    """What Typst refused, at the place in the content where it stands, as far as that can be told.

    Typst names one character at a time: the document is tried again without it until nothing more is refused.
    """
    from typst import TypstError

    problems: list[Problem] = []
    for _ in range(MOST_ROUNDS):
        characters = _refused_characters(error.message)
        if not characters:
            return problems or _other_problems(error, document)
        problems += _character_problems(characters, document)
        replaceable = {ord(character): "?" for character in characters if not " " <= character <= "~"}
        data = _replaced(data, replaceable)
        try:
            write(data)
        except TypstError as following:
            error = following
        else:
            break
        if not replaceable:
            break
    return problems


def _refused_characters(message: str) -> str:
    """The characters of a text that the fonts do not have, or that ISO 19005-3 6.2.11 forbids."""
    found = re.search(r"the text `\"(.+?)\"` could not be displayed|codepoint `\"(.+?)\"`", message, re.S)
    if not found:
        return ""
    text = re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), found[1] or found[2])
    return "".join(dict.fromkeys(re.sub(r"\\([\"'\\])", r"\1", text).replace("\\0", "\0")))


def _character_problems(characters: str, document: Document) -> list[Problem]:
    shown = ", ".join(f"{c} (U+{ord(c):04X})" if c.isprintable() else f"U+{ord(c):04X}" for c in characters)
    hint = (
        "skriv det på en anden måde; temaets skrifttype har ikke tegnet"
        if characters.isprintable()
        else "slet det usynlige tegn; det hører ikke til i tekst"
    )
    places = [node.origin for node in tree.walk(document) if any(c in _own_text(node) for c in characters)]
    return [Problem(place, f"PDF'en kan ikke vise {shown}", hint) for place in places or [Origin(document.id)]]


def _own_text(node: tree.Node) -> str:
    """What a node itself shows, without the blocks inside it."""
    if isinstance(node, tree.Figure):
        svg = node.data.decode(errors="ignore") if node.media_type == "image/svg+xml" else ""
        return svg + tree.plain_text(node.caption)
    shown = [tree.plain_text(getattr(node, name, ())) for name in ("children", "caption", "label", "value")]
    return "".join(shown) + getattr(node, "text", "") + (node.title if isinstance(node, tree.Contents) else "")


def _replaced(value: Any, table: Mapping[int, str]) -> Any:
    """Plain data with some characters of its strings replaced."""
    match value:
        case str():
            return value.translate(table)
        case list():
            return [_replaced(part, table) for part in value]
        case dict():
            return {name: _replaced(part, table) for name, part in value.items()}
        case _:
            return value


def _other_problems(error: TypstError, document: Document) -> list[Problem]:
    nodes = list(tree.walk(document))
    message = error.message
    blamed: list[tuple[tree.Node, str, str]] = []
    if "missing alt text" in message:
        empty = [node for node in nodes if isinstance(node, tree.Figure) and not node.alt]
        blamed = [
            (node, "billedet har ingen tekst til dem, der ikke kan se det", "skriv hvad det viser") for node in empty
        ]
    elif found := re.search(r"label `<(.+)>` does not exist", message):
        blamed = [
            (node, f"linket til '#{found[1]}' fører ingen steder hen", "ret det, eller giv overskriften det id")
            for node in _linking(nodes, f"#{found[1]}")
        ]
    elif found := re.search(r"label `<(.+)>` occurs multiple times", message):
        named = [node for node in nodes if node.anchor == found[1]]
        blamed = [(node, f"id '{found[1]}' er brugt flere gange", "giv hver sit") for node in named]
    elif "URL must not be empty" in message:
        blamed = [
            (node, "linket har ingen adresse", "skriv adressen, eller fjern linket") for node in _linking(nodes, "")
        ]
    elif "heading" in message:
        blamed = list(_heading_faults(document))
    elif "document title" in message:
        return [Problem(Origin(document.id), "dokumentet har ingen titel", "skriv den i feltet title")]
    elif re.search(_PICTURE_FAULT, message):
        broken = [node for node in nodes if isinstance(node, tree.Figure) and not _is_drawable(node)]
        blamed = [
            (node, f"billedet kan ikke læses ({message})", "gem det på ny som PNG, JPEG (RGB) eller SVG (UTF-8)")
            for node in broken
        ]
    if blamed:
        return [Problem(node.origin, *words) for node, *words in blamed]
    said = f"Typst siger: {' '.join((message, *error.hints)).strip()}"
    return [Problem(Origin(f"templates/{LAYOUT_FILE}"), said, "ret skabelonen layout.typ")]


def _linking(nodes: Sequence[tree.Node], target: str) -> Iterator[tree.Node]:
    """The nodes that hold a link to exactly `target`."""
    for node in nodes:
        own = (inline for name in ("children", "caption", "label", "value") for inline in getattr(node, name, ()))
        if any(isinstance(inline, tree.Link) and inline.target == target for inline in _flat(tuple(own))):
            yield node


def _heading_faults(document: Document) -> Iterator[tuple[tree.Node, str, str]]:
    """Headings that are empty, or that skip a level (ISO 14289-1, 7.4.2)."""
    before = 0
    for heading in tree.headings(document):
        if not tree.plain_text(heading.children).strip():
            yield heading, "overskriften er tom", "skriv en, eller fjern den"
        if heading.level > before + 1:
            wanted = "#" * (before + 1)
            yield heading, f"overskriften på niveau {heading.level} springer et niveau over", f"brug {wanted}"
        before = heading.level


_PICTURE_FAULT = r"SVG|decode|image|CMYK"


def _is_drawable(figure: tree.Figure) -> bool:
    from typst import Compiler, TypstError

    program = b'#set document(title: "x")\n#image(bytes(json("data.json")), alt: "x")'
    files: Any = {"main": program, "data.json": json.dumps(_content(figure.data)).encode()}
    try:
        Compiler(files, ignore_system_fonts=True).compile(format="pdf", pdf_standards=STANDARDS)
    except TypstError as error:
        return not re.search(_PICTURE_FAULT, error.message)
    return True
