"""What a reader of a Word file finds in it, to be compared with the tree."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator

from docgen.problems import Problem
from docgen.tree.document import Document
from docgen.writers.words import lacking

_STORIES = ("word/document.xml", "word/footnotes.xml")
_MARKS = re.compile(r'<w:style [^>]*w:styleId="([^"]*)"[^>]*>\s*<w:name w:val="footnote reference"/>')
_STEP = re.compile(r"<w:p[ >]|<w:r(?:>| [^>]*>)(?:<w:rPr>(?P<look>.*?)</w:rPr>)?(?P<inside>.*?)</w:r>", re.DOTALL)
_WORDS = re.compile(r"<w:(?:t|delText)(?:>| [^>]*>)([^<]*)</w:(?:t|delText)>|<(w:noBreakHyphen)/>")
_HIDDEN = re.compile(
    r'<w:(?:vanish|webHidden)(?:/>| w:val="(?!0|false)[^"]*")|<w:color w:val="FFFFFF"|<w:sz w:val="[0-7]"',
    re.IGNORECASE,
)
"""Hidden, white, or smaller than four points (`sz` is in half ones)."""


def find_faults(data: bytes, document: Document) -> list[Problem]:
    """What of a document's words cannot be read in a Word file made of it."""
    return lacking(document, _paragraphs(data), "Word-filen")


def _paragraphs(data: bytes) -> Iterator[str]:
    """The words of each paragraph that are seen, without the marks of notes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        marks = [f'<w:rStyle w:val="{style}"' for style in _MARKS.findall(archive.read("word/styles.xml").decode())]
        names = archive.namelist()
        stories = [archive.read(story).decode() for story in _STORIES if story in names]
    seen: dict[str, bool] = {"": True}
    for story in stories:
        parts: list[str] = []
        for step in _STEP.finditer(story):
            if step["inside"] is None:
                yield html.unescape("".join(parts))
                parts = []
                continue
            look = step["look"] or ""
            if look not in seen:
                seen[look] = not _HIDDEN.search(look) and not any(mark in look for mark in marks)
            if seen[look]:
                parts += ["-" if hyphen else text for text, hyphen in _WORDS.findall(step["inside"])]
        yield html.unescape("".join(parts))
