"""Tree -> tree: no-break spaces, dashes and quotation marks as Danish has them; then labels and anchors are given.

What an author wrote stays as it is: only spaces and signs change. Words that were inserted are set as they are read,
together with those around them.
Sources of the rules: Retskrivningsordbogen (RO) and DOMAIN's list; each is a line in `tests/specs/typography.md`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate
from typing import TypeVar

from docgen.content.characters import refused_characters
from docgen.content.settings import HouseStyle
from docgen.problems import Problem
from docgen.remembering import letters, remembered
from docgen.structs import replace
from docgen.tree import document as tree
from docgen.tree.document import Document, Inline
from docgen.tree.labels import NBSP, label

_MONTHS = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
_UNITS = r"pct\.|%|mio\.|mia\.|kr\.|kroner|procent(?:point)?|km|kg|g|m²|m2|cm|mm|ton|liter|ha|MB|kWh|MW|år\b"


def _after(*words: str) -> str:
    """The place after one of some words and a space; `re` looks back at words of one length only."""
    return "|".join(rf"(?<=\b{re.escape(word)} )" for word in words)


_MILLIONS = _after("mio.", "mia.")
_ABBREVIATED = _after("stk.", "nr.", "kl.", "ca.", "pkt.", "tlf.", "s.")
_NUMBERED = _after("bilag", "tabel", "figur", "punkt", "kapitel", "side", "uge")
# Each space that a line must not end at. The pattern begins with the space: that is what Python finds fast.
_NO_BREAK = re.compile(
    " (?:"
    rf"(?<=\d )(?=(?:{_UNITS})(?!\w))"
    rf"|(?:{_MILLIONS})(?=kr\.|kroner)"
    rf"|(?:(?<=§ )|{_ABBREVIATED}|(?i:{_NUMBERED}))(?=\d)"
    rf"|{_after('den')}(?=\d{{1,2}}\.)"
    rf"|(?<=\d\. )(?=(?:{_MONTHS})\b)"
    r"|(?=– )"
    ")"
)
_DASH = (re.compile(r"(?<![\d–-])(\d{1,4})-(\d{1,4})(?![\d–-])"), r"\1–\2")  # for a house that writes 2023–2026
_HYPHEN = (re.compile(r"(?<![\d–-])(\d{1,4})–(\d{1,4})(?![\d–-])"), r"\1-\2")  # for one that writes 2023-2026
_SPACES = re.compile(r"[ \t\r\n]+")
_SIGNS = ((_SPACES, " "), (re.compile('["“„]'), "”"), (re.compile("['‘]"), "’"))
"""What `correct_text` does with the signs of any words, step by step: for a text in pieces."""
_OWN_SIGNS = ((re.compile(r"\.\.\."), "…"), (re.compile(" - "), " – "), (re.compile(" — "), " – "))
"""What it does with the author's own words."""
_SAID = re.compile(r"(?<![\w”])”(?=\S)[^”]*(?<=\S)”(?!\w)")
"""Words in quotation marks, which are somebody's."""
_IN_MARKS = re.compile(r"""["“”„»«][^"“”„»«]+["“”„»«][.!?…]?""")

_Node = TypeVar("_Node", bound=tree.Node)


def typeset(document: Document, style: HouseStyle | None) -> Document:
    """The document with Danish typography in every text, labelled captions, and an anchor on what can be linked to.

    Without a style the wording is adopted: its signs stay as they are, and only line breaks are set.
    """
    words = replace(
        document,
        title=correct_text(document.title, style),
        short_title=correct_text(document.short_title, style),
        blocks=tuple(_node(block, style) for block in document.blocks),
        notes=tuple(_node(note, style) for note in document.notes),
    )
    return label(words)


@remembered(
    1_000_000,
    lambda text, style, *, quoted=False: (str(text), style and (style.percent, style.time, style.range), quoted),
    weight=lambda text, style, *, quoted=False: letters(text),
)
def correct_text(text: str, style: HouseStyle | None, *, quoted: bool = False) -> str:
    """A text with the house's signs: ”…”, ’, –, …, ranges, and no-break spaces where a line must not end; without a
    style with its own signs.

    `quoted` words are somebody else's: their dots, dashes and ranges stay as they are, and so do those of words in
    quotation marks.

    Sources: RO § 6 (apostrophe), § 55 and § 57 (dash and hyphen), § 58 (quotation marks).
    """
    text = _SPACES.sub(" ", text)
    if style is None:
        return _NO_BREAK.sub(NBSP, text)
    text = text.replace('"', "”").replace("“", "”").replace("„", "”").replace("'", "’").replace("‘", "’")
    if quoted:
        return _NO_BREAK.sub(NBSP, text)
    for pattern, sign in (*_OWN_SIGNS, _DASH if style.range == "dash" else _HYPHEN):
        text = _outside(pattern, sign, text)
    return _NO_BREAK.sub(NBSP, text)


def _outside(pattern: re.Pattern[str], sign: str, text: str) -> str:
    """A text with a sign in place of what a pattern finds outside quotation marks."""
    if "”" not in text:
        return pattern.sub(sign, text)
    quoted = [found.span() for found in _SAID.finditer(text)]
    return pattern.sub(lambda found: found[0] if _is_inside(found, quoted) else found.expand(sign), text)


def _is_inside(found: re.Match[str], spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < found.start() and found.end() < end for start, end in spans)


def check_links(document: Document) -> Iterator[Problem]:
    """A Problem for each link to an `#anchor` that the document does not have."""
    anchors = {node.anchor for node in tree.walk(document)}
    for node in tree.walk(document):
        for inline in tree.walk_inlines(inline for line in tree.lines(node) for inline in line):
            if isinstance(inline, tree.Link) and inline.target.startswith("#") and inline.target[1:] not in anchors:
                hint = f"brug et id fra dokumentet, fx #{min(anchors - {''}, default='id')}"
                message = f"linket '{inline.target}' fører ikke til noget i dokumentet"
                yield Problem(node.origin, message, hint)


def check_characters(document: Document, reported: Collection[str]) -> Iterator[Problem]:
    """A Problem for each sign that no font shows whole, at its block, unless its message is `reported` already."""
    for node in tree.walk(document):
        for words in tree.own_texts(node):
            for sign in refused_characters(words):
                if sign.message not in reported:
                    yield Problem(node.origin, sign.message, sign.hint)


# -- lines ------------------------------------------------------------------------------------------------------


def _node(node: _Node, style: HouseStyle | None, quoted: bool = False) -> _Node:
    return _table(node, style, quoted) if isinstance(node, tree.Table) else _set(node, style, quoted)


@remembered(512, lambda node, style, quoted: (node, style and (style.percent, style.time, style.range), quoted))
def _table(node: _Node, style: HouseStyle | None, quoted: bool) -> _Node:
    """A table, which is most of a document with many figures, and mostly the same as before."""
    return _set(node, style, quoted)


def _set(node: _Node, style: HouseStyle | None, quoted: bool) -> _Node:
    quoted = quoted or isinstance(node, tree.Quote)
    node = tree.map_children(node, lambda child: _node(child, style, quoted))
    match node:
        case tree.Title() | tree.Heading() | tree.Paragraph() | tree.TableCell() | tree.Caption():
            children = _line(node.children, style, quoted)
            return node if children is node.children else replace(node, children=children)
        case tree.FieldRow():
            return replace(node, label=_line(node.label, style), value=_line(node.value, style))
        case tree.Figure():
            return replace(node, alt=correct_text(node.alt, style))
        case _:
            return node


def _line(inlines: tuple[Inline, ...], style: HouseStyle | None, quoted: bool = False) -> tuple[Inline, ...]:
    """The inlines of a line, set; the same ones where nothing changes."""
    inlines = _with_one_pair(inlines)
    if len(inlines) == 1 and isinstance(only := inlines[0], tree.Text):  # as most are
        words = correct_text(only.text, style, quoted=quoted)
        return inlines if words == only.text else (tree.Text(words),)
    stretches: list[list[str]] = [[]]
    for piece in _pieces(inlines):
        if piece is None:
            stretches.append([])
        else:
            stretches[-1].append(piece)
    texts = iter([text for stretch in stretches for text in _correct_pieces(stretch, style, quoted)])
    correct = tuple([_with_texts(inline, texts, style, quoted) for inline in inlines])
    return inlines if correct == inlines else correct


def _with_one_pair(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The inlines without the quotation marks around what was inserted with its own."""
    for number, inner in enumerate(inlines[1:-1], 1):
        before, after = inlines[number - 1], inlines[number + 1]
        if not (isinstance(inner, tree.Span) and isinstance(before, tree.Text) and isinstance(after, tree.Text)):
            continue
        if before.text.endswith("”") and after.text.startswith("”") and _IN_MARKS.fullmatch(tree.plain_text((inner,))):
            bare = (tree.Text(before.text[:-1]), inner, tree.Text(after.text[1:]))
            return (*inlines[: number - 1], *bare, *inlines[number + 2 :])
    return inlines


def _pieces(inlines: tuple[Inline, ...]) -> Iterator[str | None]:
    """The texts of a line, those that were inserted too; None for what parts the texts before and after it."""
    for inline in inlines:
        if isinstance(inline, tree.Text):
            yield inline.text
        elif isinstance(inline, tree.Span):
            yield from _pieces(inline.children)
        else:
            yield None


def _with_texts(inline: Inline, texts: Iterator[str], style: HouseStyle | None, quoted: bool) -> Inline:
    match inline:
        case tree.Text():
            return tree.Text(next(texts))
        case tree.Span():
            children = tuple([_with_texts(inner, texts, style, quoted) for inner in inline.children])
            return replace(inline, children=children)
        case tree.Code() | tree.LineBreak() | tree.NoteReference():
            return inline
        case _:
            return replace(inline, children=_line(inline.children, style, quoted))


def _correct_pieces(pieces: list[str], style: HouseStyle | None, quoted: bool) -> list[str]:
    """Pieces of a text that is corrected as a whole; what is put in belongs to the piece where it begins."""
    whole = "".join(pieces)
    correct = correct_text(whole, style, quoted=quoted)
    if correct == whole:
        return pieces
    if len(pieces) == 1:
        return [correct]
    for pattern, sign in _SIGNS if style is not None else _SIGNS[:1]:
        pieces = _substitute(pattern, sign, pieces)
    for pattern, sign in () if quoted or style is None else (*_OWN_SIGNS, _DASH if style.range == "dash" else _HYPHEN):
        spans = [found.span() for found in _SAID.finditer("".join(pieces))]
        pieces = _substitute(pattern, sign, pieces, spans)
    return _substitute(_NO_BREAK, NBSP, pieces)


def _substitute(
    pattern: re.Pattern[str], sign: str, pieces: Sequence[str], left_alone: Sequence[tuple[int, int]] = ()
) -> list[str]:
    whole, ends = "".join(pieces), list(accumulate(map(len, pieces)))
    changed, at, piece = [""] * len(pieces), 0, 0
    for match in [*(found for found in pattern.finditer(whole) if not _is_inside(found, left_alone)), None]:
        stop = match.start() if match else len(whole)
        while at < stop:
            while ends[piece] <= at:
                piece += 1
            end = min(stop, ends[piece])
            changed[piece] += whole[at:end]
            at = end
        if match:
            while ends[piece] <= at:
                piece += 1
            changed[piece] += match.expand(sign)
            at = match.end()
    return changed
