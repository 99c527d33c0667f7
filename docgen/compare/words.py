"""A line of text as the words that are compared, and back again.

A number, a date, a paragraph of a law, a case number and an amount are one word each: 10,7 that becomes 11,7 must not
be shown as 1011,7 with a 10 struck out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from docgen.structs import Struct, replace
from docgen.tree.inline_nodes import (
    Badge,
    Change,
    Changed,
    Code,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    NoteReference,
    Span,
    Strong,
    Text,
    as_shown,
)

Around = Emphasis | Strong | Link | Span | Badge
"""What words can stand inside."""
_BLANK = "[ \\N{NO-BREAK SPACE}\\N{THIN SPACE}\\N{NARROW NO-BREAK SPACE}]"
_MONTHS = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
_NUMBER = r"\d+(?:[.,:/-]\d+)*"
_WORD = re.compile(
    rf"\d{{1,2}}\.{_BLANK}?(?:{_MONTHS})\b(?:{_BLANK}\d{{4}}\b)?"  # 1. december 2022
    rf"|(?:§+|nr\.|stk\.){_BLANK}?\d+(?:{_BLANK}?(?!i)[a-z]\b)?"  # § 16 d
    rf"|{_NUMBER}{_BLANK}(?:mio\.|mia\.|pct\.|kr\.|t\.)(?:{_BLANK}?kr\.)?"  # 10,7 mia. kr.
    rf"|{_NUMBER}%?"
    r"|[^\W\d_]+(?:[-’'\N{SOFT HYPHEN}][^\W\d_]+)*"
    r"|\s+|.",
    re.DOTALL | re.IGNORECASE,
)


class Word(Struct, frozen=True):
    """One word, mark or blank: the inline that holds it alone, and what it stands inside, outermost first."""

    inline: Text | Code | LineBreak | NoteReference
    around: tuple[Around, ...] = ()
    change: Change = Change.NONE

    @property
    def key(self) -> tuple[object, ...]:
        """What two words must have in common to be the same: how they look, not where their value stands."""
        return (self.inline, *(_look(one) for one in self.around if not isinstance(one, Span)))

    @property
    def text(self) -> str:
        """Its letters; a note's mark and a new line have none."""
        return self.inline.text if isinstance(self.inline, Text | Code) else ""

    @property
    def blank(self) -> bool:
        """Whether it separates words."""
        return isinstance(self.inline, Text) and self.inline.text.isspace()


def look_of(inlines: Iterable[Inline]) -> tuple[object, ...]:
    """What two lines must have in common to be the same, without what their values stand at."""
    return tuple(_looks(as_shown(inlines)))


def _looks(inlines: Iterable[Inline]) -> Iterator[object]:
    for inline in inlines:
        match inline:
            case Text() | Code() | LineBreak() | NoteReference():
                yield inline
            case Changed(children=children, change=change):
                yield (change, *_looks(children))
            case _:
                yield (_look(inline), *_looks(as_shown(inline.children)))


def _look(around: Around) -> tuple[object, ...]:
    match around:
        case Link(target=target):  # an anchor in the document is made by docgen and says nothing
            return (Link, "#" if target.startswith("#") else target)
        case Badge(tone=tone):
            return (Badge, tone)
        case _:
            return (type(around),)


def words_of(inlines: Iterable[Inline], around: tuple[Around, ...] = ()) -> Iterator[Word]:
    """The words of some inlines in reading order."""
    for inline in inlines:
        match inline:
            case Text(text):
                yield from (Word(Text(found[0]), around) for found in _WORD.finditer(text))
            case Code() | LineBreak() | NoteReference():
                yield Word(inline, around)
            case Changed(children=children, change=change):
                yield from (replace(word, change=change) for word in words_of(children, around))
            case _:
                yield from words_of(inline.children, (*around, inline))


def inlines_of(words: Sequence[Word], depth: int = 0) -> tuple[Inline, ...]:
    """The inlines that words came from, with what changed marked inside everything else."""
    written: list[Inline] = []
    for _, group in groupby(words, lambda word: _identity(word, depth)):
        found = tuple(group)
        if len(found[0].around) > depth:
            written.append(replace(found[0].around[depth], children=inlines_of(found, depth + 1)))
        elif found[0].change is Change.NONE:
            written += _joined(found)
        else:
            written.append(Changed(tuple(_joined(found)), found[0].change))
    return tuple(written)


def _identity(word: Word, depth: int) -> object:
    """What words beside each other must share to stand inside the same inline."""
    return id(word.around[depth]) if len(word.around) > depth else word.change


def _joined(words: Iterable[Word]) -> Iterator[Inline]:
    for plain, group in groupby(words, lambda word: isinstance(word.inline, Text)):
        if plain:
            yield Text("".join(word.text for word in group))
        else:
            yield from (word.inline for word in group)
