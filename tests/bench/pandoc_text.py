"""A document tree as pandoc's Markdown: the same text, for the contenders to set."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import assert_never

from docgen.tree.document import (
    Alignment,
    Badge,
    Block,
    Changed,
    Code,
    CodeBlock,
    Contents,
    Division,
    Document,
    Emphasis,
    FieldTable,
    Figure,
    Heading,
    Inline,
    LineBreak,
    Link,
    List,
    ListItem,
    NoteReference,
    PageBreak,
    Paragraph,
    Quote,
    Span,
    Strong,
    Table,
    Text,
    Title,
)

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~^$@\"'=:])")
_RULES = {Alignment.LEFT: ":--", Alignment.RIGHT: "--:", Alignment.CENTER: ":-:"}


def pandoc_text(document: Document) -> str:
    """The document as pandoc Markdown: headings, paragraphs, lists, tables, quotes and footnotes."""
    head = f"---\ntitle: {json.dumps(document.title, ensure_ascii=False)}\nlang: {document.language}\n---"
    notes = [f"[^{number}]:" + _indented(_blocks(note.blocks)) for number, note in enumerate(document.notes, 1)]
    return "\n\n".join([head, _blocks(document.blocks), *notes]) + "\n"


def _blocks(blocks: Iterable[Block]) -> str:
    return "\n\n".join(text for text in map(_block, blocks) if text)


def _block(block: Block) -> str:
    match block:
        case Title() | Contents() | PageBreak():
            return ""
        case Heading(level=level, children=children):
            return f"{'#' * level} {_inlines(children)}" + (f" {{#{block.anchor}}}" if block.anchor else "")
        case Paragraph(children=children):
            return _inlines(children)
        case List(items=items, tight=tight):
            return ("\n" if tight else "\n\n").join(_item(block, number, item) for number, item in enumerate(items))
        case Table():
            return _table(block)
        case Figure(alt=alt, caption=caption):
            return f"*{_escape(alt)}*\n\n{_inlines(caption.shown if caption else ())}"
        case Quote(blocks=blocks):
            return "\n".join(f"> {line}" for line in _blocks(blocks).splitlines())
        case CodeBlock(text=text):
            return f"```\n{text}\n```"
        case Division(role=role, blocks=blocks):
            return f"::: {{.{role}}}\n{_blocks(blocks)}\n:::"
        case FieldTable(fields=fields):
            return "\n\n".join(f"**{_inlines(field.label)}** {_inlines(field.value)}" for field in fields)
        case _:
            assert_never(block)


def _item(block: List, number: int, item: ListItem) -> str:
    marker = f"{block.start + number}." if block.ordered else "-"
    text = ("\n" if block.tight else "\n\n").join(_block(inner) for inner in item.blocks)
    return marker + _indented(text)[len(marker) :]


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.splitlines())


def _table(table: Table) -> str:
    rows = [" | ".join(_inlines(cell.children) for cell in row.cells) for row in (table.header, *table.rows)]
    rows.insert(1, " | ".join(_RULES[alignment] for alignment in table.alignments))
    lines = [f"| {row} |" for row in rows]
    return "\n".join(lines) + (f"\n\n: {_inlines(table.caption.shown)}" if table.caption else "")


def _inlines(inlines: Iterable[Inline]) -> str:
    return "".join(map(_inline, inlines))


def _inline(inline: Inline) -> str:
    match inline:
        case Text(text):
            return _escape(text)
        case Emphasis(children):
            return f"*{_inlines(children)}*"
        case Strong(children):
            return f"**{_inlines(children)}**"
        case Code(text):
            return f"`` {text} ``"
        case Link(children, target):
            return f"[{_inlines(children)}]({target})"
        case LineBreak():
            return "\\\n"
        case NoteReference(number):
            return f"[^{number}]"
        case Span(children) | Badge(children) | Changed(children):
            return _inlines(children)
        case _:
            assert_never(inline)


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text.replace("\n", " "))
