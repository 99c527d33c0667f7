"""Tree -> tree: no-break spaces, dashes and quotation marks as Danish has them; captions numbered; anchors given.

What an author wrote stays as it is: only spaces and signs change, and `anchor` and caption numbers are added.
Sources of the rules: Retskrivningsordbogen (RO) and DOMAIN's list; each is a line in `tests/specs/typography.md`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import TypeVar

from docgen.content.characters import refused_characters
from docgen.content.settings import HouseStyle
from docgen.problems import Problem
from docgen.structs import replace
from docgen.tree import document as tree
from docgen.tree.document import Block, Document, Inline

NBSP = "\N{NO-BREAK SPACE}"
_MONTHS = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
_UNITS = r"pct\.|%|mio\.|mia\.|kr\.|kroner|procent(?:point)?|km|kg|g|m²|m2|cm|mm|ton|liter|MB|kWh|MW|år\b"


def _after(*words: str) -> str:
    """The place after one of some words and a space; `re` looks back at words of one length only."""
    return "|".join(rf"(?<=\b{re.escape(word)} )" for word in words)


_MILLIONS = _after("mio.", "mia.")
_ABBREVIATED = _after("stk.", "nr.", "kl.", "ca.", "s.")
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
_HYPHEN_RANGE = re.compile(r"(?<![\d–-])(\d{1,4})-(\d{1,4})(?![\d–-])")
_DASH_RANGE = re.compile(r"(?<![\d–-])(\d{1,4})–(\d{1,4})(?![\d–-])")
_SPACES = re.compile(r"[ \t\r\n]+")

_Node = TypeVar("_Node", bound=tree.Node)


def typeset(document: Document, style: HouseStyle) -> Document:
    """The document with Danish typography in every text, numbered captions, and an anchor on what can be linked to."""

    def correct(text: str) -> str:
        return correct_text(text, style)

    blocks = tuple(_block(block, correct) for block in document.blocks)
    notes = tuple(
        replace(note, blocks=tuple(_block(block, correct) for block in note.blocks)) for note in document.notes
    )
    blocks = _Numbering().blocks(blocks)
    anchors = _Anchors((*blocks, *notes))
    return replace(
        document,
        title=correct(document.title),
        short_title=correct(document.short_title),
        blocks=tuple(map(anchors.give, blocks)),
        notes=tuple(map(anchors.give, notes)),
    )


def correct_text(text: str, style: HouseStyle) -> str:
    """A text with the house's signs: ”…”, ’, –, …, ranges, and no-break spaces where a line must not end.

    Sources: RO § 6 (apostrophe), § 55 and § 57 (dash and hyphen), § 58 (quotation marks).
    """
    text = _SPACES.sub(" ", text)
    text = text.replace('"', "”").replace("“", "”").replace("„", "”").replace("'", "’").replace("‘", "’")
    text = text.replace("...", "…").replace(" - ", " – ").replace(" — ", " – ")
    text = _HYPHEN_RANGE.sub(r"\1–\2", text) if style.range == "dash" else _DASH_RANGE.sub(r"\1-\2", text)
    return _NO_BREAK.sub(NBSP, text)


def check_links(document: Document) -> Iterator[Problem]:
    """A Problem for each link to an `#anchor` that the document does not have."""
    targets: list[tuple[str, tree.Node]] = []
    anchors: set[str] = set()
    for node in tree.walk(document):
        anchors.add(node.anchor)
        for field in ("children", "label", "value", "caption"):
            targets += [(target, node) for target in _targets(getattr(node, field, ()))]
    for target, node in targets:
        if target[1:] not in anchors:
            hint = f"brug et id fra dokumentet, fx #{min(anchors - {''}, default='id')}"
            yield Problem(node.origin, f"linket '{target}' fører ikke til noget i dokumentet", hint)


def check_characters(document: Document, told: Collection[str]) -> Iterator[Problem]:
    """A Problem for each sign that no font shows whole, at its block, unless its message is one of `told` already."""
    for node in tree.walk(document):
        for words in tree.own_texts(node):
            for sign in refused_characters(words):
                if sign.message not in told:
                    yield Problem(node.origin, sign.message, sign.hint)


def _targets(inlines: tuple[Inline, ...]) -> Iterator[str]:
    for inline in inlines:
        if isinstance(inline, tree.Link) and inline.target.startswith("#"):
            yield inline.target
        yield from _targets(getattr(inline, "children", ()))


# -- texts ------------------------------------------------------------------------------------------------------


def _inlines(inlines: tuple[Inline, ...], correct: Callable[[str], str]) -> tuple[Inline, ...]:
    return tuple(
        tree.Text(correct(inline.text))
        if isinstance(inline, tree.Text)
        else replace(inline, children=_inlines(inline.children, correct))
        if isinstance(inline, tree.Emphasis | tree.Strong | tree.Link | tree.Span | tree.Badge)
        else inline
        for inline in inlines
    )


def _block(node: _Node, correct: Callable[[str], str]) -> _Node:
    changes: dict[str, object] = {}
    for name in ("children", "caption", "label", "value"):
        if inlines := getattr(node, name, None):
            changes[name] = _inlines(inlines, correct)
    if isinstance(node, tree.Figure):
        changes["alt"] = correct(node.alt)
    return replace(tree.map_children(node, lambda child: _block(child, correct)), **changes)


# -- numbers and anchors ----------------------------------------------------------------------------------------


class _Numbering:
    """Captions get `Tabel 1. ` and `Figur 1. ` in reading order."""

    def __init__(self) -> None:
        self.tables = self.figures = 0

    def blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(map(self.number, blocks))

    def number(self, node: _Node) -> _Node:
        if isinstance(node, tree.Table) and node.caption:
            self.tables += 1
            words = tree.Text(f"Tabel{NBSP}{self.tables}. ")
            return replace(node, caption=(words, *node.caption), anchor=f"tabel-{self.tables}")
        if isinstance(node, tree.Figure) and node.caption:
            self.figures += 1
            words = tree.Text(f"Figur{NBSP}{self.figures}. ")
            return replace(node, caption=(words, *node.caption), anchor=f"figur-{self.figures}")
        return tree.map_children(node, self.number)


class _Anchors:
    """Unique anchors: the author's ids first, then words of headings."""

    def __init__(self, nodes: tuple[tree.Node, ...]) -> None:
        self.taken: set[str] = set()
        self.authored: set[str] = set()
        for node in _all(nodes):
            self.taken.add(node.anchor)
            if node.id:
                self.authored.add(node.id)
        self.taken |= self.authored
        self.given: set[str] = set()

    def give(self, node: _Node) -> _Node:
        node = tree.map_children(node, self.give)
        if node.id and node.id not in self.given:
            self.given.add(node.id)
            return replace(node, anchor=node.id)
        if isinstance(node, tree.Heading | tree.Title):
            return replace(node, anchor=self._free(_slug(tree.plain_text(node.children))))
        return node

    def _free(self, slug: str) -> str:
        name, count = slug, 1
        while name in self.taken:
            count += 1
            name = f"{slug}-{count}"
        self.taken.add(name)
        return name


def _all(nodes: tuple[tree.Node, ...]) -> Iterator[tree.Node]:
    for node in nodes:
        yield node
        yield from _all(tree.child_blocks(node))


def _slug(text: str) -> str:
    plain = text.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "afsnit"
