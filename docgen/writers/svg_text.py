"""The letters of a drawing in the documents' own type, so that they have the same weight in every format.

A drawing names the fonts of the machine that it was made on. A PDF has none of them, and a page and Word only those of
the reader's machine: each would choose another, often in another weight.
"""

from __future__ import annotations

import re

from docgen.tree.document import Figure

_ATTRIBUTE = re.compile(rb"""\sfont-family\s*=\s*("[^"]*"|'[^']*')""")
_DECLARED = re.compile(rb"""(?<![\w-])font-family\s*:(?:\s*(?:"[^";{}]*"|'[^';{}]*'|[^;"'{}<>]))+?(?=[;"'}<])""")
_SHORTHAND = re.compile(rb"""((?<![\w-])font\s*:[^;"'{}<>]*?\d[\w.%]*(?:/[\d.]+[\w%]*)?)\s+[^;{}<>"]+(?=[;"}<])""")
_SINGLE = re.compile(rb"""style='([^'"]*)'""")
_HEAVY_ATTRIBUTE = re.compile(rb"""\sfont-weight\s*=\s*(["'])\s*(\w+)\s*\1""")
_HEAVY = re.compile(rb"(?<![\w-])font-weight\s*:\s*(\w+)")
_ROOT = re.compile(rb"<(?:[\w.-]+:)?svg(?=[\s>/])")
_OTHERS = b"Calibri, Arial, sans-serif"
"""What a reader's machine has that looks most like it."""


def shown(figure: Figure, family: str) -> bytes:
    """A picture as it is put into a file whose type is that family."""
    return in_type(figure.data, family) if figure.media_type == "image/svg+xml" else figure.data


def in_type(data: bytes, family: str) -> bytes:
    """An SVG with its letters in a family of fonts; the same bytes where it has none."""
    if b"<text" not in data and b":text" not in data:
        return data
    named = b"'%s', %s" % (re.sub(r"['\"<>&;]", "", family).encode(), _OTHERS)
    data = _SINGLE.sub(rb'style="\1"', data)
    data = _DECLARED.sub(b"", _ATTRIBUTE.sub(b"", data))
    data = _SHORTHAND.sub(lambda found: _whole(found, named), data)
    data = _HEAVY_ATTRIBUTE.sub(lambda found: b'%s font-variation-settings="%s"' % (found[0], _axis(found[2])), data)
    data = _HEAVY.sub(lambda found: b"%s;font-variation-settings:%s" % (found[0], _axis(found[1])), data)
    own = b' font-family="%s" font-variation-settings="%s"' % (named, _axis(b"normal"))
    return _ROOT.sub(lambda found: found[0] + own, data, count=1)


def _whole(found: re.Match[bytes], named: bytes) -> bytes:
    """A shorthand in another family; its weight is told once more."""
    weight = re.search(rb"\b(bold|lighter|[1-9]00)\b", found[1])
    return found[1] + b" " + named + (b";font-weight:" + weight[1] if weight else b"")


def _axis(weight: bytes) -> bytes:
    """A weight as the axis of a font that has them all: Typst gives such a font's lightest where none is named."""
    number = {b"bold": 700, b"bolder": 700, b"lighter": 300}.get(weight.strip())
    return b"'wght' %d" % (number or (int(weight) if weight.strip().isdigit() else 400))
