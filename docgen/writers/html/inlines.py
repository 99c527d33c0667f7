"""Text inside a block of the page, and what the writing of one body has to remember."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from html import escape
from typing import assert_never

from docgen.problems import Origin
from docgen.tree.document import (
    Badge,
    Change,
    Changed,
    Code,
    Document,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    Node,
    NoteReference,
    Span,
    Strong,
    Text,
    walk,
)
from docgen.writers.artwork import Artwork
from docgen.writers.marks import Marks
from docgen.writers.sibling_tables import sibling_tables
from docgen.writers.theme import Theme

NO_ARTWORK = Artwork()


class BodyState:
    """What the writing of one body has to remember: how often each note was pointed to, and the names in use."""

    def __init__(
        self, document: Document, theme: Theme, artwork: Artwork = NO_ARTWORK, marks: Marks | None = None
    ) -> None:
        self.document, self.theme, self.artwork, self.marks = document, theme, artwork, marks
        self.words = theme.words
        self.font = theme.fonts.text
        self.references: defaultdict[int, int] = defaultdict(int)
        self.regions: set[str] = set()
        self.siblings = sibling_tables(document.blocks)
        self.contents = 0
        self.numbered = 0  # how many numbered lists are around what is written
        self.prefix = "docgen"
        while any(node.anchor.startswith(self.prefix) for node in walk(document)):
            self.prefix += "-"

    def note_id(self, number: int) -> str:
        """The id of a note's item."""
        return self.document.notes[number - 1].anchor or f"{self.prefix}-note-{number}"

    def reference_id(self, number: int, count: int) -> str:
        """The id of the `count`th mark that points to a note."""
        return f"{self.prefix}-ref-{number}-{count}"

    def region(self, name: str) -> str:
        """A name for a region that no other region has (WCAG technique ARIA13)."""
        unique, count = name, 1
        while unique in self.regions:
            count += 1
            unique = f"{name} ({count})"
        self.regions.add(unique)
        return unique


def id_of(node: Node, state: BodyState) -> str:
    """The attributes that every block can have: its anchor, whether only one of two compared documents has it, and the
    number of its place."""
    anchor = f' id="{escape(node.anchor)}"' if node.anchor else ""
    return anchor + (f' data-change="{node.change}"' if node.change else "") + mark_of(node.origin, state)


def mark_of(origin: Origin, state: BodyState) -> str:
    """The number of a place as an attribute; nothing where places are not marked."""
    number = state.marks.number(origin) if state.marks is not None else 0
    return f' data-o="{number}"' if number else ""


def write_inline(inline: Inline, state: BodyState) -> str:
    """One inline as HTML."""
    match inline:
        case Text(text):
            return escape(text)
        case Code(text):
            return f"<code>{escape(text)}</code>"
        case Emphasis(children):
            return f"<em>{write_inlines(children, state)}</em>"
        case Strong(children):
            return f"<strong>{write_inlines(children, state)}</strong>"
        case Link(children, target):
            return f'<a href="{escape(target)}">{write_inlines(children, state) or escape(target)}</a>'
        case LineBreak():
            return "<br>"
        case NoteReference(number):
            return _note_reference(number, state)
        case Badge(children, tone):
            return f'<span class="badge {tone}">{write_inlines(children, state)}</span>'
        case Span(children, origin):
            content = write_inlines(children, state)
            mark = mark_of(origin, state)
            return f"<span{mark}>{content}</span>" if mark else content
        case Changed(children, change):
            return write_changed(write_inlines(children, state), change)
        case _:
            assert_never(inline)


_CHANGES = {Change.INSERTED: ("ins", "nyt"), Change.DELETED: ("del", "slettet")}


def write_changed(content: str, change: Change) -> str:
    """What only one of two compared documents has. Few screen readers tell `ins` and `del`, so words do, which are not
    seen (WCAG 1.3.1, technique G117)."""
    if change is Change.NONE or not content:
        return content
    tag, word = _CHANGES[change]
    before, after = (f'<span class="spoken">{text}</span>' for text in (f"[{word}: ", f" {word} slut]"))
    return f"<{tag}>{before}{content}{after}</{tag}>"


def write_inlines(inlines: Iterable[Inline], state: BodyState) -> str:
    """Inlines after each other as HTML."""
    return "".join(write_inline(inline, state) for inline in inlines)


def _note_reference(number: int, state: BodyState) -> str:
    state.references[number] += 1
    id = escape(state.reference_id(number, state.references[number]))
    label = escape(f"{state.words.footnote} {number}")
    href = escape(f"#{state.note_id(number)}")
    return f'<sup><a role="doc-noteref" id="{id}" href="{href}" aria-label="{label}">{number}</a></sup>'
