"""What stands in a line of text: the inlines of the document tree, and how their words are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from docgen.problems import Origin
from docgen.structs import Struct

NOWHERE = Origin("")
"""The place of what comes from no file."""


class Tone(StrEnum):
    """What a badge tells beside its words; each writer gives it a colour, which never stands alone (WCAG 1.4.1)."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"
    NEUTRAL = "neutral"


class Change(StrEnum):
    """What a comparison of two trees found of a part: it stands in both, in the new one alone, or in the old alone."""

    NONE = ""
    INSERTED = "inserted"
    DELETED = "deleted"


class Text(Struct, frozen=True):
    """Plain text; no markup in any format is ever read from it."""

    text: str


class Emphasis(Struct, frozen=True):
    """Stressed text (italic)."""

    children: tuple[Inline, ...]


class Strong(Struct, frozen=True):
    """Important text (bold)."""

    children: tuple[Inline, ...]


class Code(Struct, frozen=True):
    """Text to be read letter by letter (fixed width)."""

    text: str


class Link(Struct, frozen=True):
    """A link to an `https:`, `http:` or `mailto:` address, or to `#anchor` in the same document."""

    children: tuple[Inline, ...]
    target: str


class LineBreak(Struct, frozen=True):
    """A forced new line inside a paragraph."""


class NoteReference(Struct, frozen=True):
    """A mark that points to `Document.notes[number - 1]`; the same note may be pointed to more than once."""

    number: int


class Span(Struct, frozen=True):
    """What was inserted into a text; drawn as its children.

    A content string inside template text, or, where `computed`, words that docgen made: a date, a number, a citation.
    `origin` is the place of the value they are made of. Words of a register, such as a committee's name, are a span in
    a computed one. `written` is what the author wrote at `origin` for a citation, such as `{bilag:priser}`, whose
    words are a computed span in it (`""` = nothing; a template asked for the words).
    """

    children: tuple[Inline, ...]
    origin: Origin = NOWHERE
    computed: bool = False
    written: str = ""


class Badge(Struct, frozen=True):
    """A status in a few words, with the tone it is coloured by."""

    children: tuple[Inline, ...]
    tone: Tone


class Changed(Struct, frozen=True):
    """Words that only one of two compared trees has. It holds no other inlines with children: it stands inside a link
    or a stress, never around one, for Word takes no link inside a revision (ECMA-376 Part 1, 17.13.5)."""

    children: tuple[Inline, ...]
    change: Change


Inline = Text | Emphasis | Strong | Code | Link | LineBreak | NoteReference | Span | Badge | Changed


# -- reading them -----------------------------------------------------------------------------------------------


def plain_text(inlines: tuple[Inline, ...], *, deleted: bool = False) -> str:
    """The words of some inlines, without markup; a line break is a newline, a note reference nothing, and what a
    comparison found to be deleted neither, unless it is asked for."""
    if len(inlines) == 1 and isinstance(first := inlines[0], Text):  # as most are
        return first.text
    parts: list[str] = []
    for inline in inlines:
        match inline:
            case Text(text) | Code(text):
                parts.append(text)
            case LineBreak():
                parts.append("\n")
            case NoteReference():
                pass
            case Changed(change=Change.DELETED) if not deleted:
                pass
            case _:
                parts.append(plain_text(inline.children, deleted=deleted))
    return "".join(parts)


def stretches(inlines: Iterable[Inline], change: Change = Change.NONE) -> Iterator[tuple[str, Change]]:
    """The words of some inlines in stretches of one change each; a line break is a newline."""
    for inline in inlines:
        match inline:
            case Text(text) | Code(text):
                yield text, change
            case LineBreak():
                yield "\n", change
            case NoteReference():
                pass
            case Changed(children=children, change=own):
                yield from stretches(children, own)
            case _:
                yield from stretches(inline.children, change)


def walk_inlines(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Inlines and all inlines inside them, each before what is inside it."""
    for inline in inlines:
        yield inline
        if not isinstance(inline, (Text, Code, LineBreak, NoteReference)):
            yield from walk_inlines(inline.children)


def as_shown(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """Inlines without the borders of what was inserted: no spans, and texts beside each other as one."""
    shown: list[Inline] = []
    for inline in inlines:
        for one in as_shown(inline.children) if isinstance(inline, Span) else (inline,):
            if isinstance(one, Text) and shown and isinstance(last := shown[-1], Text):
                shown[-1] = Text(last.text + one.text)
            else:
                shown.append(one)
    return tuple(shown)


def span_origin(children: Iterable[Inline]) -> Origin | None:
    """The place of the first content string among some inlines, or else of the first computed words, if any."""
    computed = None
    for inline in walk_inlines(children):
        if isinstance(inline, Span) and inline.origin.file:
            if not inline.computed:
                return inline.origin
            computed = computed or inline.origin
    return computed
