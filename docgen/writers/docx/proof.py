"""What a reader of a Word file finds in it, to be compared with the tree."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from docgen.problems import Problem
from docgen.tree.document import Document
from docgen.writers.docx.xml import W
from docgen.writers.words import lacking

_STORIES = ("word/document.xml", "word/footnotes.xml")
_TEXT, _PARAGRAPH, _RUN, _PROPERTIES = (f"{{{W}}}{name}" for name in ("t", "p", "r", "rPr"))
_SMALLEST = 8  # half-points; smaller type is not read by anybody


def find_faults(data: bytes, document: Document) -> list[Problem]:
    """What of a document's words cannot be read in a Word file made of it."""
    return lacking(document, _paragraphs(data), "Word-filen")


def _paragraphs(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        styles = etree.fromstring(archive.read("word/styles.xml"))
        marks = {
            style.get(f"{{{W}}}styleId")
            for style in styles.iter(f"{{{W}}}style")
            for name in style.iter(f"{{{W}}}name")
            if name.get(f"{{{W}}}val") == "footnote reference"
        }
        for story in _STORIES:
            if story not in archive.namelist():
                continue
            for paragraph in etree.fromstring(archive.read(story)).iter(_PARAGRAPH):
                yield "".join(_words(run) for run in paragraph.iter(_RUN) if _is_read(run, marks))


def _words(run: etree._Element) -> str:
    return "".join("-" if part.tag.endswith("}noBreakHyphen") else part.text or "" for part in run if part.tag == _TEXT)


def _is_read(run: etree._Element, marks: set[str | None]) -> bool:
    """Whether the words of a run are seen, and are not the mark of a note."""
    properties = run.find(_PROPERTIES)
    if properties is None:
        return True
    for one in properties:
        name, value = etree.QName(one).localname, one.get(f"{{{W}}}val", "")
        hidden = name in ("vanish", "webHidden") and value not in ("0", "false")
        if hidden or (name == "rStyle" and value in marks) or (name == "color" and value.upper() == "FFFFFF"):
            return False
        if name == "sz" and value.isdecimal() and int(value) < _SMALLEST:
            return False
    return True
