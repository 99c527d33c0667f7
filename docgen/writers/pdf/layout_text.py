"""Words of a tree -> what the layout program reads: what must stay on one line, and where a long word may end one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from docgen.lexicon.hyphenation import divided
from docgen.structs import replace
from docgen.tree import document as tree
from docgen.tree.document import Inline
from docgen.tree.labels import NBSP
from docgen.writers.pdf import layout_inlines as layout
from docgen.writers.pdf.layout_inlines import InlineData
from docgen.writers.text_widths import FIXED, SPACES, has_syllables, width_of

WIDEST = 1.0  # em; no letter is wider
# A part after an abbreviation (SKI-aftale) stays on its line. Found here: a show rule in Typst costs ten times as much.
_ABBREVIATED = re.compile(r"(\b[A-ZÆØÅ]{2,5}-[^\W\d_]{1,14})")
_LAST_WORDS = re.compile(r"(?<=\S) (?=\S+\s*$)")
_LONGEST_END = 22  # letters of two words that a line can well do without
_SURELY_WIDER = 1.12  # widths are reckoned a little too large
_ESCAPED_LETTERS = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
_LAST_LATIN = "ž"  # in Unicode's order; every font for Danish has the letters up to it
_SEVERAL_LINES = 30  # letters; a shorter paragraph has one line


def without_runt(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    """The inlines of a paragraph whose last two words stand on the same line, where they are short: a short word alone
    on the last line is a hole in the page."""
    if not inlines or len(tree.plain_text(tuple(inlines))) < _SEVERAL_LINES:
        return tuple(inlines)
    *first, last = inlines
    return (*first, _bound(last))


def _bound(inline: Inline) -> Inline:
    if isinstance(inline, tree.Span | tree.Strong | tree.Emphasis) and inline.children:
        *first, last = inline.children
        return replace(inline, children=(*first, _bound(last)))
    if not isinstance(inline, tree.Text) or (found := _LAST_WORDS.search(inline.text)) is None:
        return inline
    before = inline.text[: found.start()].rpartition(" ")[2]
    if len(before) + len(inline.text) - found.end() > _LONGEST_END:
        return inline
    return tree.Text(f"{inline.text[: found.start()]}{NBSP}{inline.text[found.end() :]}")


def text_data(text: str, line: float) -> InlineData:
    """A text on lines of a width in em."""
    if len(text) * WIDEST > line and any(
        len(word) * WIDEST > line and width_of(word) > line for word in SPACES.split(text)
    ):
        return layout.SpanData(list(_divided(text, line)))
    pieces = _ABBREVIATED.split(text)
    if len(pieces) == 1:
        return text
    return layout.TextData([layout.PieceData(piece, 1 if number % 2 else 0) for number, piece in enumerate(pieces)])


def code_data(text: str, line: float) -> InlineData:
    """Text of fixed width on lines of a width in em of the text around it."""
    if all(width_of(FIXED * len(word)) <= line for word in SPACES.split(text)):
        return layout.CodeData(text)
    pieces = re.findall(r"\w{1,8}\s*|\W\s*", text)
    parts = [part for piece in pieces for part in (layout.OpeningData(), layout.CodeData(piece))]
    return layout.SpanData(list(parts[1:]))


def printed_address(words: Sequence[Inline], target: str) -> Iterator[InlineData]:
    """The address that a link leads to as it is printed, which may be divided at any sign: nothing for a place in the
    document itself, or where the words are the address. Typed from paper it leads to the same place: of what is
    escaped in it (RFC 3986, 2.1) only letters such as `ø` are shown as such."""
    scheme, _, address = target.partition("://")
    shown = _ESCAPED_LETTERS.sub(lambda found: unquote(found[0]), address)
    if not shown.isprintable() or max(shown, default="") > _LAST_LATIN:
        shown = address
    if shown.count("/") == 1:  # the host alone
        shown = shown.removesuffix("/")
    if scheme in ("http", "https") and shown.removeprefix("www.") not in tree.plain_text(tuple(words)):
        yield from _openings(shown)


def _divided(text: str, line: float) -> Iterator[InlineData]:
    """A text whose words that are wider than a line may be divided: by the language's patterns, or at any sign where
    they are no words, as addresses are not. Compounds are told by soft hyphens where their parts meet."""
    for part in re.split(f"({SPACES.pattern})", text):
        if width_of(part) <= line:
            yield part
        elif has_syllables(part):
            # A soft hyphen that ends no line stays in the text of the PDF, where no search finds the word.
            is_surely_divided = width_of(part) > _SURELY_WIDER * line
            yield layout.DividedData(divided(part) if is_surely_divided else part)
        else:
            yield from _openings(part)


def _openings(text: str) -> Iterator[InlineData]:
    """A text that may be divided at any sign, and in long stretches of letters."""
    for number, piece in enumerate(re.findall(r"\w{1,6}|\W", text)):
        if number:
            yield layout.OpeningData()
        yield piece
