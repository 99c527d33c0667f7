"""Document tree -> plain data, which the layout program `theme/layout.typ` reads as JSON."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, assert_never

from docgen.structs import to_builtins
from docgen.tree import document as tree
from docgen.tree.document import Block, Document, Inline
from docgen.writers.theme import Theme

SOURCE_DESCRIPTION = "Dokumentets kilde: indhold og skabeloner, som det er bygget af"
SHORT_ITEM = 700  # characters; a list item of fewer is not cut at a page's end
SHORT_LIST = 2000  # characters; an overview of fewer stands on one page
SHORT_CELL = 600  # characters; a table row of shorter cells is not cut
TABLE_LINE = 84  # characters that a table's width has room for
# A part after an abbreviation (SKI-aftale) stays on its line. Found here: a show rule in Typst costs ten times as much.
_ABBREVIATED = re.compile(r"(\b[A-ZÆØÅ]{2,5}-[^\W\d_]{1,14})")


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
        marks = [inline for cell in block.header.cells for inline in tree.walk_inlines(cell.children)]
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
            "data": file_as_json(block.data),
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


def file_as_json(data: bytes) -> str | list[int]:
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
