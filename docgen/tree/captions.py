"""Paragraphs that belong to a table or a picture: `Tabel: …` before it is its caption, `Kilde: …` or `Foto: …` after it
its source.

The word before the colon is the author's mark; the number that a reader sees is docgen's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from docgen.structs import replace
from docgen.tree.document import (
    Block,
    Caption,
    Division,
    Figure,
    Inline,
    Paragraph,
    Role,
    Span,
    Table,
    Text,
    plain_text,
)
from docgen.tree.line_starts import CAPTIONS, SOURCES

_CAPTION = re.compile(rf"^({CAPTIONS}): ")
_SOURCE = re.compile(rf"^({SOURCES}): ")


def is_source(words: str) -> bool:
    """Whether some words say where a table or picture is from, or who made it."""
    return _SOURCE.match(words) is not None


def join_captions(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Blocks with each caption inside its table or picture, and the source lines under one as small print."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if isinstance(block, Table | Figure) and isinstance(before, Paragraph):
            if caption := _CAPTION.match(plain_text(before.children)):
                words = _without_start(before.children, caption.end())
                block = replace(block, caption=Caption(words, origin=before.origin))
                joined.pop()
        elif isinstance(block, Paragraph) and _SOURCE.match(plain_text(block.children)):
            if isinstance(before, Table | Figure):
                block = Division(Role.CAPTION, (block,), origin=block.origin)
            elif isinstance(before, Division) and before.role is Role.CAPTION:
                block = replace(before, blocks=(*before.blocks, block))
                joined.pop()
        joined.append(block)
    return tuple(joined)


def _without_start(inlines: tuple[Inline, ...], length: int) -> tuple[Inline, ...]:
    """Inlines without the first `length` characters, which stand in the first of them."""
    first, *rest = inlines
    if isinstance(first, Text):
        return (Text(first.text[length:]), *rest) if len(first.text) > length else tuple(rest)
    if isinstance(first, Span):
        return (replace(first, children=_without_start(first.children, length)), *rest)
    return inlines
