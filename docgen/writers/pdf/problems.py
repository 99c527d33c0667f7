"""What Typst refuses -> Problems at the place in the content where it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from docgen.problems import Origin, Problem
from docgen.tree import document as tree
from docgen.tree.document import Document
from docgen.writers.pdf.layout_theme import file_as_json
from docgen.writers.typst_fonts import EMPTY_ROOT

if TYPE_CHECKING:
    from typst import TypstError

LAYOUT_FILE = "theme/layout.typ"
STANDARDS: list[Any] = ["a-3a", "ua-1"]
"""What every PDF claims: PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1)."""
MOST_ROUNDS = 25  # how often a document is tried again to find the next character that cannot be shown


def refusals(error: TypstError, document: Document, data: bytes, write: Callable[[bytes], bytes]) -> list[Problem]:
    """What Typst refused, at the place in the content where it stands, as far as that can be told.

    `data` is the document as the layout program reads it (JSON), `write` makes a PDF of such data or raises TypstError.
    Typst names one character at a time: the document is tried again without it until nothing more is refused.
    """
    from typst import TypstError

    problems: list[Problem] = []
    given: object = json.loads(data)
    for _ in range(MOST_ROUNDS):
        characters = _refused_characters(error.message)
        if not characters:
            return problems or _other_problems(error, document)
        problems += _character_problems(characters, document)
        replaceable = {ord(character): "?" for character in characters if not " " <= character <= "~"}
        given = _replaced(given, replaceable)
        try:
            write(json.dumps(given, ensure_ascii=False).encode())
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
    match node:
        case tree.Figure(data=data, media_type=media_type):
            return data.decode(errors="ignore") if media_type == "image/svg+xml" else ""
        case tree.CodeBlock(text=text):
            return text
        case tree.Contents(title=title):
            return title
        case _:
            return "".join(map(tree.plain_text, tree.lines(node)))


def _replaced(value: object, table: Mapping[int, str]) -> object:
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
        empty = [node for node in nodes if isinstance(node, tree.Figure) and not (node.alt or node.decorative)]
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
            (node, "billedet kan ikke læses", "gem det på ny som PNG, JPEG (RGB) eller SVG (UTF-8)") for node in broken
        ]
    if blamed:
        return [Problem(node.origin, *words) for node, *words in blamed]
    return [layout_problem(message)]


_LAYOUT_FAULTS = (
    (r"unknown variable: (\S+)", "navnet '{}' findes ikke"),
    (r"does not contain field \"(.+?)\"|dictionary does not contain key \"(.+?)\"", "feltet '{}' findes ikke"),
    (r"unclosed|unexpected|expected", "noget mangler i en linje, eller er for meget"),
    (r"divi\w+ by zero", "der divideres med nul"),
    (r"did not converge|maximum", "det bliver ikke færdigt"),
)


def layout_problem(message: str) -> Problem:
    """That the layout program stops, and why in Danish, as far as Typst's own message is known."""
    why = "det kan ikke sætte dokumentet"
    for pattern, words in _LAYOUT_FAULTS:
        if found := re.search(pattern, message):
            why = words.format(next(filter(None, found.groups()), ""))
            break
    hint = "ret layout.typ, eller hent docgens egen igen"
    return Problem(Origin(f"templates/{LAYOUT_FILE}"), f"layoutprogrammet standser: {why}", hint)


def _linking(nodes: Sequence[tree.Node], target: str) -> Iterator[tree.Node]:
    """The nodes that hold a link to exactly `target`."""
    for node in nodes:
        own = tree.walk_inlines(inline for line in tree.lines(node) for inline in line)
        if any(isinstance(inline, tree.Link) and inline.target == target for inline in own):
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
    files: Any = {"main": program, "data.json": json.dumps(file_as_json(figure.data)).encode()}
    try:
        Compiler(files, root=EMPTY_ROOT, ignore_system_fonts=True).compile(format="pdf", pdf_standards=STANDARDS)
    except TypstError as error:
        return not re.search(_PICTURE_FAULT, error.message)
    return True
