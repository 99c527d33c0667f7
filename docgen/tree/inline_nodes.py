"""What stands in a line of text: the inlines of the document tree, and how their words are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from docgen.problems import Origin
from docgen.structs import Struct


class Tone(StrEnum):
    """What a badge tells beside its words; each writer gives it a colour, which never stands alone (WCAG 1.4.1)."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"
    NEUTRAL = "neutral"


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
    """Inlines that came from one value inside other text; drawn as its children.

    They are the words of a content string, or `computed`: made of the value at `origin`, such as a date or a number.
    Words of a register, such as a committee's name, are a span in a computed one.
    """

    children: tuple[Inline, ...]
    origin: Origin
    computed: bool = False


class Badge(Struct, frozen=True):
    """A status in a few words, with the tone it is coloured by."""

    children: tuple[Inline, ...]
    tone: Tone


Inline = Text | Emphasis | Strong | Code | Link | LineBreak | NoteReference | Span | Badge


# -- reading them -----------------------------------------------------------------------------------------------


def plain_text(inlines: tuple[Inline, ...]) -> str:
    """The words of some inlines, without markup; a line break is a newline, a note reference nothing."""
    parts: list[str] = []
    for inline in inlines:
        match inline:
            case Text(text) | Code(text):
                parts.append(text)
            case LineBreak():
                parts.append("\n")
            case NoteReference():
                pass
            case _:
                parts.append(plain_text(inline.children))
    return "".join(parts)


def has_computed(inlines: tuple[Inline, ...]) -> bool:
    """Whether one of some inlines is computed, not counting what is inside them."""
    for inline in inlines:  # noqa: SIM110 (a loop, since it is asked of every text of every document)
        if isinstance(inline, Span) and inline.computed:
            return True
    return False


def drawn(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Inlines as they are drawn: computed text is part of the text around it."""
    if not has_computed(inlines):
        return inlines
    result: list[Inline] = []
    for inline in inlines:
        for part in drawn(inline.children) if isinstance(inline, Span) and inline.computed else (inline,):
            if isinstance(part, Text) and result and isinstance(result[-1], Text):
                result[-1] = Text(result[-1].text + part.text)
            else:
                result.append(part)
    return tuple(result)


def walk_inlines(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Inlines and all inlines inside them, each before what is inside it."""
    for inline in inlines:
        yield inline
        if not isinstance(inline, Text | Code | LineBreak | NoteReference):
            yield from walk_inlines(inline.children)
