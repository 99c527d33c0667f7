"""A plain text as pages of lines: as a program wrote it that took it out of a PDF, or as somebody typed it."""

from __future__ import annotations

from docgen.problems import ContentError, Origin, Problem
from docgen.structs import Struct

_MOST_CHARACTERS = 5_000_000
_MOST_STARTS = 0.2
"""The share of lines that begin with one blank, where these are the first lines of pages; more are set in."""
_BULLETS = ("-", "–", "•", "*", "·", "\N{REPLACEMENT CHARACTER}")


class TextLine(Struct, frozen=True):
    """A line with words on it: its number in the file (from 1), its words, and how many empty lines stand before it."""

    number: int
    text: str
    empty_before: int = 0


def read_lines(name: str, data: bytes) -> list[list[TextLine]]:
    """The lines of each page of a text; one that knows no pages is one page.

    Raises ContentError for what is no text, is empty, or is far longer than a document.
    """
    text = _decoded(name, data)
    if len(text) > _MOST_CHARACTERS:
        raise _refused(name, "teksten er længere end noget dokument", "del filen")
    lines: list[TextLine] = []
    breaks: set[int] = set()
    empty = 0
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if "\f" in line:
            breaks.add(len(lines))
        words = line.replace("\f", "").rstrip()
        if words.strip():
            lines.append(TextLine(number, words, empty))
            empty = 0
        else:
            empty += 1
    if not lines:
        raise _refused(name, "filen er tom", "tjek, at det er den rigtige fil")
    starts = breaks or _starts(lines)
    pages: list[list[TextLine]] = [[]]
    for at, found in enumerate(lines):
        if at in starts and pages[-1]:
            pages.append([])
        pages[-1].append(TextLine(found.number, found.text.strip(), found.empty_before))
    return pages


def _starts(lines: list[TextLine]) -> set[int]:
    """The lines that pages begin with, as some programs mark them: by a blank in front, where few lines have one."""
    found = {at for at, line in enumerate(lines) if line.text.startswith(" ") and not line.text.startswith("  ")}
    begins = sum(not lines[at].text[1:2].islower() for at in found)
    return found if len(found) <= max(_MOST_STARTS * len(lines), 1) and begins >= 0.8 * len(found) else set()


def is_bullet(text: str) -> bool:
    """Whether a word is the sign of an item."""
    return text in _BULLETS


def _decoded(name: str, data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data[:4096]:
        raise _refused(name, "filen er ikke en tekst", "giv en .pdf, .docx, .html, .txt eller .md")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _refused(name: str, what: str, hint: str) -> ContentError:
    return ContentError([Problem(Origin(name), what, hint)])
