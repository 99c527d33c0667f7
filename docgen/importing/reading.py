"""A file from elsewhere to the blocks it holds, by what it is; and what was in doubt on the way."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docgen.importing.draft import Remark
from docgen.importing.read import Line, Read
from docgen.importing.repair import Repaired, repair
from docgen.problems import ContentError, Origin, Problem
from docgen.readers.text import read_lines

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "åbn den, og gem den som Word-dokument (.docx)"


def read_any(name: str, data: bytes) -> Read:
    """What a file holds. Raises ContentError for one that cannot be read, with what would be right."""
    lowered = name.lower()
    if not data:
        raise _refused(name, "filen er tom", "tjek, at det er den rigtige fil")
    if data.startswith(_OLE):
        raise _refused(name, "filen er i et gammelt Word-format, eller den har en adgangskode", _SAVE_AS)
    if data.startswith(b"{\\rtf"):
        raise _refused(name, "filen er i formatet RTF", _SAVE_AS)
    if data.startswith(b"PK") or lowered.endswith(".docx"):
        from docgen.importing.from_word import read_word_blocks

        return read_word_blocks(name, data)
    if b"%PDF-" in data[:1024] or lowered.endswith(".pdf"):
        from docgen.importing.from_pdf import read_pdf_blocks

        return read_pdf_blocks(name, data)
    if lowered.endswith((".html", ".htm")) or re.match(rb"\s*(?:<!doctype html|<html)", data[:400], re.IGNORECASE):
        from docgen.importing.from_html import read_html_blocks

        return read_html_blocks(name, data)
    if lowered.endswith((".txt", ".md")):
        return _from_text(name, data)
    raise _refused(name, "docgen kan ikke læse den slags filer", "giv en .pdf, .docx, .html, .txt eller .md")


def _from_text(name: str, data: bytes) -> Read:
    pages = read_lines(name, data)
    return from_lines([[(line.text, line.number, line.empty_before) for line in page] for page in pages])


def from_lines(pages: Sequence[Sequence[tuple[str, int, int]]]) -> Read:
    """What lines of pages say, repaired: each with its words, its number and how many empty ones are before it."""
    repaired = repair([[text for text, _, _ in page] for page in pages])
    lines = tuple(
        Line(one.text, one.page, pages[one.page][one.number][1], pages[one.page][one.number][2], one.width)
        for one in repaired.lines
    )
    return Read(
        lines=lines,
        remarks=tuple(_remarks(repaired, pages)),
        words=repaired.words,
        pages=len(pages) if len(pages) > 1 else 0,
        letters=" ".join(text for page in pages for text, _, _ in page),
    )


def _remarks(repaired: Repaired, pages: Sequence[Sequence[tuple[str, int, int]]]) -> list[Remark]:
    return [
        Remark(
            why=doubt.why,
            source=doubt.source,
            reading=doubt.reading if doubt.reading != doubt.source else "",
            page=doubt.page if len(pages) > 1 else -1,
            line=pages[doubt.page][doubt.line][1],
        )
        for doubt in repaired.doubts
    ]


def _refused(name: str, what: str, hint: str) -> ContentError:
    return ContentError([Problem(Origin(name), what, hint)])
