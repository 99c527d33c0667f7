"""Document tree -> PDF/A-3a and PDF/UA-1 in one file, by Typst, with the document's source embedded.

The tree goes to the program `theme/layout.typ` as JSON: no text is ever Typst code. Typst itself checks the claims
(ISO 19005-3, ISO 14289-1) while it writes, and refuses what breaks them.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, assert_never

from docgen import document as tree
from docgen.document import Block, Document, Inline
from docgen.problems import Origin, Problem, WriterError
from docgen.writers.theme import THEME_FILE, Theme

if TYPE_CHECKING:
    from typst import Compiler, Fonts, TypstError

LAYOUT_FILE = "theme/layout.typ"
STANDARDS: list[Any] = ["a-3a", "ua-1"]
SOURCE_DESCRIPTION = "Dokumentets kilde: indhold og skabeloner, som det er bygget af"
SHORT_ITEM = 700  # characters; a list item of fewer is not cut at a page's end


def write_document(
    document: Document, theme: Theme, files: Mapping[str, bytes], source: bytes, font_directories: Sequence[str]
) -> bytes:
    """The document as a PDF.

    `files` is the templates folder, `source` is embedded as `kilde.json`, fonts are found in `font_directories` alone.
    Raises WriterError for a missing font or layout program, and for a text that the fonts cannot show.
    """
    from typst import TypstError

    fonts = _fonts(tuple(font_directories))
    _check_font(theme, fonts)
    if LAYOUT_FILE not in files:
        problem = Problem(Origin(f"templates/{LAYOUT_FILE}"), "filen mangler", "hent den fra docgens egne skabeloner")
        raise WriterError([problem])
    data = json.dumps(
        {"document": _Writer().write_tree(document), "theme": _theme(theme, document)}, ensure_ascii=False
    )
    moment = datetime(document.date.year, document.date.month, document.date.day, tzinfo=UTC)
    try:
        compiler = _compiler(files[LAYOUT_FILE], fonts, data, source.decode())
        output = compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=moment)
    except TypstError as error:
        raise WriterError(_problems(error, document)) from None
    assert isinstance(output, bytes)
    return output


def measure_pages(
    document: Document, theme: Theme, files: Mapping[str, bytes], font_directories: Sequence[str]
) -> float:
    """How many pages the document fills, the last one in part: 2.4 is two pages and four tenths of the text area.

    To be called after `write_document` on the same document: the layout is then remembered, not made again.
    """
    data = json.dumps(
        {"document": _Writer().write_tree(document), "theme": _theme(theme, document)}, ensure_ascii=False
    )
    compiler = _compiler(files[LAYOUT_FILE], _fonts(tuple(font_directories)), data)
    page, height = json.loads(compiler.query("<docgen-end>", field="value", one=True))
    area = theme.page.height_mm - theme.page.margin_top_mm - theme.page.margin_bottom_mm
    used = min(max((float(height) - theme.page.margin_top_mm) / area, 0.0), 1.0)
    return int(page) - 1 + used


@lru_cache(maxsize=4)
def _fonts(directories: tuple[str, ...]) -> Fonts:
    from typst import Fonts

    return Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=list(directories))


def _compiler(layout: bytes, fonts: Fonts, data: str, source: str = "") -> Compiler:
    from typst import Compiler

    inputs = {"document": data, "source": source}
    return Compiler(layout, font_paths=fonts, ignore_system_fonts=True, sys_inputs=inputs)


def _check_font(theme: Theme, fonts: Fonts) -> None:
    families = fonts.families()
    if theme.fonts.text not in families:
        near = difflib.get_close_matches(theme.fonts.text, families, n=1)
        hint = f"mente du '{near[0]}'?" if near else f"vælg {', '.join(sorted(families))}"
        message = f"skrifttypen '{theme.fonts.text}' findes ikke"
        raise WriterError([Problem(_place(theme.fonts.text, f"templates/{THEME_FILE}"), message, hint)])


def _place(text: str, file: str) -> Origin:
    """Where a text of the theme was written; the file alone where that is not known."""
    origin = getattr(text, "origin", None)
    return origin if isinstance(origin, Origin) else Origin(file)


def _theme(theme: Theme, document: Document) -> dict[str, Any]:
    words = theme.words
    return {
        **theme.model_dump(mode="json", include={"colours", "fonts", "page", "sizes"}),
        "page_number": [part for part in re.split(r"(\{pages?\})", words.page_number) if part],
        "fingerprint": words.draft_fingerprint.replace("{fingerprint}", document.fingerprint),
        "keep_whole": _keep_whole(theme.hyphenation.keep_whole),
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
                "short": sum(len(tree.plain_text(p.children)) for p in item.blocks if isinstance(p, tree.Paragraph))
                <= SHORT_ITEM
                and len(item.blocks) == 1,
            }
            for item in block.items
        ]
        return {
            "kind": "list",
            "items": items,
            "ordered": block.ordered,
            "start": block.start,
            "tight": block.tight,
            "nested": nested,
        }

    def _table(self, block: tree.Table) -> dict[str, Any]:
        return {
            "kind": "table",
            "alignments": [str(alignment) for alignment in block.alignments],
            "header": [self.inlines(cell.children) for cell in block.header.cells],
            "rows": [[{"cell": self.inlines(cell.children)} for cell in row.cells] for row in block.rows],
            "caption": self.inlines(block.caption),
            "anchor": block.anchor,
        }

    def _figure(self, block: tree.Figure) -> dict[str, Any]:
        svg = block.media_type == "image/svg+xml"
        return {
            "kind": "figure",
            "format": {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg"}[block.media_type],
            "data": block.data.decode() if svg else list(block.data),
            "alt": block.alt,
            "caption": self.inlines(block.caption),
            "anchor": block.anchor,
        }

    def inlines(self, inlines: Sequence[Inline]) -> list[Any]:
        return [self.write_inline(inline) for inline in inlines]

    def write_inline(self, inline: Inline) -> Any:
        match inline:
            case tree.Text(text):
                return text
            case tree.Code(text):
                return {"kind": "code", "text": text}
            case tree.Emphasis(children):
                return {"kind": "emphasis", "children": self.inlines(children)}
            case tree.Strong(children):
                return {"kind": "strong", "children": self.inlines(children)}
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


def _problems(error: TypstError, document: Document) -> list[Problem]:
    """What Typst refused, at the place in the content where it stands, as far as that can be told."""
    if missing := re.search(r"the text `\"(.+?)\"` could not be displayed", error.message, re.S):
        text = missing[1]
        shown = ", ".join(f"{character} (U+{ord(character):04X})" for character in dict.fromkeys(text))
        hint = "skriv det på en anden måde; temaets skrifttype har ikke tegnet"
        return [Problem(_find(text, document), f"PDF'en kan ikke vise {shown}", hint)]
    if re.search(r"SVG|decode|image", error.message):
        broken = [node for node in tree.walk(document) if isinstance(node, tree.Figure) and not _is_drawable(node)]
        hint = "gem billedet på ny"
        if broken:
            return [Problem(node.origin, f"billedet kan ikke læses ({error.message})", hint) for node in broken]
    message = f"Typst siger: {' '.join((error.message, *error.hints)).strip()}"
    return [Problem(Origin(f"templates/{LAYOUT_FILE}"), message, "ret skabelonen layout.typ")]


def _is_drawable(figure: tree.Figure) -> bool:
    from typst import TypstError, compile

    data = json.dumps(list(figure.data))
    try:
        compile(b"#image(bytes(json(bytes(sys.inputs.data))))", format="svg", sys_inputs={"data": data})
    except TypstError:
        return False
    return True


def _find(text: str, document: Document) -> Origin:
    for node in tree.walk(document):
        for name in ("children", "caption", "label", "value"):
            if text in tree.plain_text(getattr(node, name, ())):
                return node.origin
        if text in getattr(node, "text", ""):
            return node.origin
    return Origin(document.id)
