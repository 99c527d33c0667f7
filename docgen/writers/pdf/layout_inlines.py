"""The inlines of `document.json`, which `layout_contract` is the whole of: text in lines, and what is encoded of it."""

from __future__ import annotations

from typing import Literal

from docgen.structs import Struct


class PieceData(Struct, frozen=True):
    """A stretch of text; `whole` = 1 where it must stay on one line, else 0."""

    text: str
    whole: Literal[0, 1]


class TextData(Struct, frozen=True, tag_field="kind", tag="text"):
    """Text of which some stretches must stay on one line."""

    pieces: list[PieceData]


class DividedData(Struct, frozen=True, tag_field="kind", tag="divided"):
    """A word that is wider than its line, to be divided by the language's patterns."""

    text: str


class OpeningData(Struct, frozen=True, tag_field="kind", tag="opening"):
    """A place inside a word where a line may end without a hyphen."""


class CodeData(Struct, frozen=True, tag_field="kind", tag="code"):
    """Text of fixed width, in a line or as a block."""

    text: str


class EmphasisData(Struct, frozen=True, tag_field="kind", tag="emphasis"):
    """Stressed text (italic)."""

    children: list[InlineData]


class StrongData(Struct, frozen=True, tag_field="kind", tag="strong"):
    """Important text (bold)."""

    children: list[InlineData]


class BadgeData(Struct, frozen=True, tag_field="kind", tag="badge"):
    """A status in the colour of its tone: `good`, `warning`, `bad` or `neutral`."""

    children: list[InlineData]
    tone: str


class SpanData(Struct, frozen=True, tag_field="kind", tag="span"):
    """Inlines that are drawn as they are."""

    children: list[InlineData]


class ChangedData(Struct, frozen=True, tag_field="kind", tag="changed"):
    """What only one of two compared documents has: `inserted` or `deleted`."""

    children: list[InlineData]
    change: str


class LinkData(Struct, frozen=True, tag_field="kind", tag="link"):
    """A link to an address, or to `#anchor` in the same document. `printed` is the address for a reader on paper, where
    the words do not say it."""

    children: list[InlineData]
    target: str
    printed: list[InlineData]


class BreakData(Struct, frozen=True, tag_field="kind", tag="break"):
    """A new line inside a paragraph."""


class NoteMarkData(Struct, frozen=True, tag_field="kind", tag="note"):
    """A mark that points to note `number` (from 1); `first` where no mark before it does."""

    number: int
    first: bool


InlineData = (
    str
    | TextData
    | DividedData
    | OpeningData
    | CodeData
    | EmphasisData
    | StrongData
    | BadgeData
    | SpanData
    | ChangedData
    | LinkData
    | BreakData
    | NoteMarkData
)
