"""What a reader of a Word file finds in it, to be compared with the tree."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from functools import lru_cache

from docgen.problems import Problem
from docgen.tree.document import Document
from docgen.writers.words import lacking

_STORIES = ("word/document.xml", "word/footnotes.xml")
_MARKS = re.compile(r'<w:style [^>]*w:styleId="([^"]*)"[^>]*>\s*<w:name w:val="footnote reference"/>')
_STYLES = re.compile(r'<w:style [^>]*w:styleId="([^"]*)"[^>]*>(.*?)</w:style>', re.DOTALL)
_VANISHED = re.compile(r'<w:vanish(?:/>| w:val="(?!0|false))')
_PARAGRAPH_STYLE = re.compile(r'<w:pStyle w:val="([^"]*)"')
_STEP = re.compile(r"<w:p[ >]|<w:r(?:>| [^>]*>)(?:<w:rPr>(?P<look>.*?)</w:rPr>)?(?P<inside>.*?)</w:r>", re.DOTALL)
_WORDS = re.compile(r"<w:(?:t|delText)(?:>| [^>]*>)([^<]*)</w:(?:t|delText)>|<(w:noBreakHyphen)/>")
_HIDDEN = re.compile(
    r'<w:(?:vanish|webHidden)(?:/>| w:val="(?!0|false)[^"]*")|<w:color w:val="F[0-9A-F]F[0-9A-F]F[0-9A-F]"'
    r'|<w:color [^>]*w:themeColor="background1"|<w:sz w:val="[0-7]"',
    re.IGNORECASE,
)
"""Hidden, white, or smaller than four points (`sz` is in half ones)."""


def find_faults(data: bytes, document: Document) -> list[Problem]:
    """What of a document's words cannot be read in a Word file made of it."""
    return lacking(document, _paragraphs(data), "Word-filen")


@lru_cache(maxsize=4)
def _styles_of(styles: bytes) -> tuple[tuple[str, ...], frozenset[str]]:
    """What stands in a run of a note's mark or of a style that is not seen, and the styles that are not seen."""
    text = styles.decode()
    unseen = [style for style, look in _STYLES.findall(text) if _VANISHED.search(look)]
    return tuple(f'<w:rStyle w:val="{style}"' for style in (*_MARKS.findall(text), *unseen)), frozenset(unseen)


def _paragraphs(data: bytes) -> Iterator[str]:
    """The words of each paragraph that are seen, without the marks of notes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        marks, unseen = _styles_of(archive.read("word/styles.xml"))
        names = archive.namelist()
        stories = [archive.read(story).decode() for story in _STORIES if story in names]
    seen: dict[str, bool] = {"": True}
    for story in stories:
        parts: list[str] = []
        is_unseen = False
        for step in _STEP.finditer(story):
            if step["inside"] is None:
                yield html.unescape("".join(parts))
                parts = []
                style = _PARAGRAPH_STYLE.search(story, step.end(), step.end() + 200) if unseen else None
                is_unseen = style is not None and style[1] in unseen
                continue
            if is_unseen:
                continue
            look = step["look"] or ""
            if look not in seen:
                seen[look] = not _HIDDEN.search(look) and not any(mark in look for mark in marks)
            if seen[look]:
                parts += ["-" if hyphen else text for text, hyphen in _WORDS.findall(step["inside"])]
        yield html.unescape("".join(parts))
