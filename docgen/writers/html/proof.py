"""What a reader of a web page finds in it, to be compared with the tree."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from docgen.problems import Problem
from docgen.tree.document import Document
from docgen.writers.words import lacking

_IN_A_LINE = frozenset(("a", "b", "br", "code", "del", "em", "i", "ins", "span", "strong", "sup", "wbr"))
_EMPTY = frozenset(("br", "col", "hr", "img", "input", "link", "meta", "wbr"))
_UNSEEN = frozenset(("script", "style", "sup", "template"))
_STEP = re.compile(r"<(?P<end>/?)(?P<tag>[a-z][a-z0-9]*)(?P<attributes>[^>]*)>|(?P<words>[^<]+)")
_HIDING = re.compile(
    r"\shidden(?:[\s=]|$)|\sclass=[\"']?(?:back|spoken)[\"'\s]|display:\s*none|visibility:\s*hidden|opacity:\s*0|font-size:\s*0|(?<![-\w])color:\s*(?:#fff|white|transparent)",
    re.IGNORECASE,
)


def find_faults(data: bytes, document: Document) -> list[Problem]:
    """What of a document's words cannot be read on a web page made of it."""
    return lacking(document, _texts(data.decode()), "websiden")


def _texts(page: str) -> Iterator[str]:
    """The texts of a page's body, one a block, without what is not seen and the marks of notes."""
    parts: list[str] = []
    open_tags: list[str] = []
    hidden_at = 0  # how many tags are open where something hidden began; 0 = nothing is hidden
    for step in _STEP.finditer(page, page.find("<body")):
        if words := step["words"]:
            if not hidden_at:
                parts.append(words)
            continue
        tag = step["tag"]
        if tag not in _IN_A_LINE and parts:
            yield html.unescape("".join(parts))
            parts = []
        if step["end"]:
            while open_tags and open_tags.pop() != tag:
                pass
            if len(open_tags) < hidden_at:
                hidden_at = 0
        elif tag not in _EMPTY and not step["attributes"].endswith("/"):
            open_tags.append(tag)
            attributes = step["attributes"]
            if not hidden_at and (tag in _UNSEEN or (attributes and _HIDING.search(attributes))):
                hidden_at = len(open_tags)
    yield html.unescape("".join(parts))
