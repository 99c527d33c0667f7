"""Text of a line as the layout program reads it: where it may be divided, and where it must not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.writers.pdf import layout_contract as layout
from docgen.writers.pdf.layout_contract import InlineData
from docgen.writers.text_widths import FIXED, SPACES, width_of

_WIDEST = 1.0  # em; no letter is wider
# A part after an abbreviation (SKI-aftale) stays on its line. Found here: a show rule in Typst costs ten times as much.
_ABBREVIATED = re.compile(r"(\b[A-ZÆØÅ]{2,5}-[^\W\d_]{1,14})")


def text_data(text: str, line: float) -> InlineData:
    """A text on lines of a width in em: what must stay on one line marked, and where a word that is wider may end."""
    if len(text) * _WIDEST > line and any(width_of(word) > line for word in SPACES.split(text)):
        return layout.SpanData(list(_divided(text, line)))
    pieces = _ABBREVIATED.split(text)
    if len(pieces) == 1:
        return text
    return layout.TextData([layout.PieceData(piece, 1 if number % 2 else 0) for number, piece in enumerate(pieces)])


def code_data(text: str, line: float) -> InlineData:
    """Text of fixed width, which may be divided where it is wider than a line."""
    if all(width_of(FIXED * len(word)) <= line for word in text.split()):
        return layout.CodeData(text)
    pieces = re.findall(r"\w{1,8}\s*|\W\s*", text)
    parts = [part for piece in pieces for part in (layout.OpeningData(), layout.CodeData(piece))]
    return layout.SpanData(list(parts[1:]))


def _divided(text: str, line: float) -> Iterator[InlineData]:
    """A text whose words that are wider than a line may be divided: by the language's patterns, or at any sign where
    they are no words, as addresses are not."""
    for part in re.split(f"({SPACES.pattern})", text):
        if width_of(part) <= line:
            yield part
        elif re.fullmatch(r"[^\W\d_]+(?:[-–][^\W\d_]+)*[-.,:;!?)”]*", part):
            yield layout.DividedData(part)
        else:
            for number, piece in enumerate(re.findall(r"\w{1,6}|\W", part)):
                if number:
                    yield layout.OpeningData()
                yield piece
