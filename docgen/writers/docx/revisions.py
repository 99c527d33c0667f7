"""Tracked changes in a Word file (ECMA-376 Part 1, 17.13.5): what only one of two compared documents has."""

from __future__ import annotations

from datetime import date

from docgen.structs import Struct
from docgen.tree.document import Change
from docgen.writers.docx.xml import escape

_ELEMENTS = {Change.INSERTED: "ins", Change.DELETED: "del"}
_DELETED = (
    *(("<w:t>", "<w:delText>"), ("<w:t ", "<w:delText "), ("</w:t>", "</w:delText>")),
    *(("<w:instrText", "<w:delInstrText"), ("</w:instrText>", "</w:delInstrText>")),
)
_FIRST = 1_000_000
"""The number of the first change: bookmarks are counted from 1."""


class Revisions(Struct, kw_only=True):
    """Gives each change a number; all are by the same author on the same day, so that a file is always the same."""

    author: str = ""
    day: date = date(2000, 1, 1)
    _count: int = 0

    def mark(self, change: Change) -> str:
        """The element that says of a paragraph's or row's properties that it is new or gone; nothing for neither."""
        return f"<w:{_ELEMENTS[change]}{self._attributes()}/>" if change in _ELEMENTS else ""

    def track(self, runs: str, change: Change) -> str:
        """Runs as inserted or deleted ones; what is deleted holds its text in elements of its own."""
        if change not in _ELEMENTS or not runs:
            return runs
        if change is Change.DELETED:
            for plain, deleted in _DELETED:
                runs = runs.replace(plain, deleted)
        name = _ELEMENTS[change]
        return f"<w:{name}{self._attributes()}>{runs}</w:{name}>"

    def _attributes(self) -> str:
        self._count += 1
        number = _FIRST + self._count
        return f' w:id="{number}" w:author="{escape(self.author)}" w:date="{self.day.isoformat()}T00:00:00Z"'
