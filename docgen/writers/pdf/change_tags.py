"""What is new and what is gone in a compared document gets the tags Ins and Del, which Typst cannot be asked for.

Typst 0.15 tags what is struck out or underlined as a Span with its line. The names are those of PDF 2.0 (ISO 32000-2,
14.8.4.7.3); in PDF 1.7, on which PDF/UA-1 and PDF/A-3 are built, the file's role map says that each is a Span
(ISO 32000-1, 14.8.4). Names are changed in the room that they have; only the role map grows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from docgen.tree.document import Changed, Document, lines, walk, walk_inlines

_ROLES = b"/RoleMap<<"
_ADDED = b"/Del/Span/Ins/Span"
_SPAN = re.compile(rb"\n\d+ 0 obj\n<</Type/StructElem(/S/Span)/P[^\n]*/TextDecoration[^\n]*\nendobj")
_GONE = b"/TextDecorationType/LineThrough"
_NEW = re.compile(rb"/TextDecorationThickness 0?\.8(?:0*)/TextDecorationType/Underline")
"""The line under what is new; that of a link is thinner (see `layout.typ`)."""
_ENTRY = re.compile(rb"(\d{10})( \d{5} n)")
_START = re.compile(rb"startxref\n(\d+)\n%%EOF\s*$")


def mark_changes(data: bytes, documents: Sequence[Document]) -> bytes:
    """A PDF that Typst made of documents, with what changed in them tagged as that; as it was where nothing did."""
    if not any(map(_has_changes, documents)) or data.count(_ROLES) != 1:
        return data
    marked, found = bytearray(data), 0
    for span in _SPAN.finditer(data):
        tag = b"/S/Del " if _GONE in span[0] else b"/S/Ins " if _NEW.search(span[0]) else b""
        if tag:
            marked[span.start(1) : span.end(1)] = tag.ljust(span.end(1) - span.start(1))
            found += 1
    return _with_roles(bytes(marked)) if found else data


def _has_changes(document: Document) -> bool:
    inlines = (inline for node in walk(document) for line in lines(node) for inline in walk_inlines(line))
    return any(isinstance(inline, Changed) for inline in inlines)


def _with_roles(data: bytes) -> bytes:
    """A PDF whose role map has the two names, and whose table of objects says where these are now (7.5.4)."""
    at = data.index(_ROLES) + len(_ROLES)
    start = _START.search(data)
    assert start is not None  # Typst writes one table of objects, at the end
    table = int(start[1])
    grown = len(_ADDED)

    def moved(entry: re.Match[bytes]) -> bytes:
        place = int(entry[1])
        return b"%010d%b" % (place + grown if place > at else place, entry[2])

    objects = _ENTRY.sub(moved, data[table : start.start()])
    end = b"startxref\n%d\n%%%%EOF" % (table + grown)
    return b"".join((data[:at], _ADDED, data[at:table], objects, end))
