"""What a reader of a web page finds in it, to be compared with the tree."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from docgen.problems import Problem
from docgen.tree.document import Document
from docgen.writers.words import lacking

_IN_A_LINE = frozenset(("a", "b", "br", "code", "em", "i", "span", "strong", "sup", "wbr"))
_EMPTY = frozenset(("br", "col", "hr", "img", "input", "link", "meta", "wbr"))
_UNSEEN = frozenset(("head", "script", "style", "sup", "template", "title"))
_HIDING = re.compile(
    r"display:\s*none|visibility:\s*hidden|opacity:\s*0|font-size:\s*0|(?<![-\w])color:\s*(?:#fff|white|transparent)",
    re.IGNORECASE,
)


def find_faults(data: bytes, document: Document) -> list[Problem]:
    """What of a document's words cannot be read on a web page made of it."""
    reader = _Reader()
    reader.feed(data.decode())
    reader.close()
    reader.end_text()
    return lacking(document, reader.texts, "websiden")


class _Reader(HTMLParser):
    """The texts of a page, one a block, without what is not seen and the marks of notes."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def end_text(self) -> None:
        """Ends the text of a block."""
        self.texts.append("".join(self._parts))
        self._parts = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _IN_A_LINE:
            self.end_text()
        if tag in _EMPTY:
            return
        own = dict(attrs)
        hidden = tag in _UNSEEN or "hidden" in own or own.get("class") == "back"
        hidden = hidden or _HIDING.search(own.get("style") or "") is not None
        self._open.append((tag, hidden or (bool(self._open) and self._open[-1][1])))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _IN_A_LINE:
            self.end_text()
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not (self._open and self._open[-1][1]):
            self._parts.append(data)
