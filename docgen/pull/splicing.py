"""Words that were changed as they are shown, changed in the Markdown that they are shown from.

The words of a text and those of its Markdown are laid beside each other. Markup and what docgen makes words of, such as
`{bilag:priser}`, has no partner there, so nothing that is typed in Word can be written over it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from docgen.pull.words import Hunk, Token, tokens
from docgen.structs import Struct
from docgen.tree.line_starts import FIRST_ITEM, LABEL_WORDS, MADE_BLOCK, MARKER

_NO_WORDS = re.compile(r"\{[^{}\n]*\}|\[\^[^\]\s]+\]:?|\]\([^)\s]*(?:\s\"[^\"]*\")?\)|!\[")
_LINE_BEGINS = re.compile(rf"\s*(?:(?:{MARKER}|>)\s+)*")
_CLOSING = re.compile(r"(?:[*_`]+|\]\([^)\s]*\))*")
_OPENING = re.compile(r"[*_`\[]*\Z")
_MARKUP = re.compile(r"[\\`*_\[\]<{}|~^]|&(?=#?\w+;)")
_ROOM = re.compile(r"\s+")
_BLOCK = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_CODE = re.compile(r"(?<![`\\])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_KEPT = re.compile(r"[*_`]+")


class Shown(Struct, frozen=True):
    """A block of a text as it is shown, with the ranges of it that docgen made of citations."""

    text: str
    made: tuple[tuple[int, int], ...] = ()


_Pair = tuple[Token, tuple[int, int] | None]


class SourceMap:
    """Where the words of some shown blocks stand in the Markdown that they are made of; `is_markdown` = what is written
    there is read as such, else letter by letter."""

    def __init__(self, value: str, blocks: Sequence[Shown], *, is_markdown: bool = True) -> None:
        self._value, self._is_markdown = value, is_markdown
        written = _written_words(value) if is_markdown else [one for one in tokens(value) if not one.is_blank]
        shown = [[one for one in tokens(block.text) if not one.is_blank] for block in blocks]
        flat = [(number, one) for number, some in enumerate(shown) for one in some if _is_said(one, blocks[number])]
        places: dict[tuple[int, int], tuple[int, int]] = {}
        for one, (number, token) in _aligned(written, flat):
            places[number, token.start] = (one.start, one.end)
        self._codes = _codes(value) if is_markdown else []
        self._pairs: list[list[_Pair]] = [
            [(one, places.get((number, one.start))) for one in some] for number, some in enumerate(shown)
        ]

    def splice(self, number: int, change: Hunk) -> Hunk | None:
        """What a change of the block with a number is in the Markdown; None where its place is not known, or a mark
        would be lost with it."""
        pairs = self._pairs[number]
        inside = [place for token, place in pairs if change.start <= token.start and token.end <= change.end]
        if any(token.start < change.end and token.end > change.start for token, _ in pairs) and not inside:
            return None
        if None in inside or ("\n" in change.text and not self._is_markdown):
            return None
        if "`" in change.text and any(place is not None and self._in_code(place[0]) for _, place in pairs):
            return None  # code cannot say that
        before = next((pair for pair in reversed(pairs) if pair[0].end <= change.start), None)
        after = next((pair for pair in pairs if pair[0].start >= change.end), None)
        if inside:
            shown = [token for token, _ in pairs if change.start <= token.start and token.end <= change.end]
            start, end = (inside[0] or (0, 0))[0], (inside[-1] or (0, 0))[1]
            room_before, room_after = change.start < shown[0].start, change.end > shown[-1].end
            if room_before and before is not None and before[1] is not None:
                start = before[1][1] if not self._value[before[1][1] : start].strip() else start
            if room_after and after is not None and after[1] is not None:
                end = after[1][0] if not self._value[end : after[1][0]].strip() else end
            return self._replaced(start, end, change.text)
        return self._inserted(change, before, after)

    def _in_code(self, at: int) -> bool:
        """Whether a place is in code, where every sign is itself."""
        return any(start <= at <= end for start, end in self._codes)

    def extent(self, number: int) -> tuple[int, int] | None:
        """From where to where the words of a block stand; None where that is not known of its first and last."""
        pairs = self._pairs[number]
        if not pairs or pairs[0][1] is None or pairs[-1][1] is None:
            return None
        return pairs[0][1][0], pairs[-1][1][1]

    def gap(self, number: int, words: int) -> tuple[int, int] | None:
        """From where to where it stands that is between two words of a block, after as many words and signs."""
        pairs = self._pairs[number]
        if not 0 < words < len(pairs):
            return None
        before, after = pairs[words - 1][1], pairs[words][1]
        return None if before is None or after is None else (before[1], after[0])

    def _replaced(self, start: int, end: int, text: str) -> Hunk | None:
        value = self._value
        if self._is_markdown:
            if _is_escaped(value, start):
                start -= 1
            if _NO_WORDS.search(value, start, end):
                return None
        has_marks = self._is_markdown and not _is_word_sign(value, start, end)
        kept = "".join(_KEPT.findall(value[start:end])) if has_marks else ""
        half = len(kept) // 2
        kept = "" if kept[:half] == kept[half:] else kept
        return Hunk(start, end, self._escaped(text, start) + kept)

    def _inserted(self, change: Hunk, before: _Pair | None, after: _Pair | None) -> Hunk | None:
        value = self._value
        if change.end > change.start:  # room between two words
            if before is None or after is None or before[1] is None or after[1] is None:
                return None
            start, end = before[1][1], after[1][0]
            gap = re.sub(r"\s+", "", value[start:end])
            return Hunk(start, end, gap + self._escaped(change.text, start)) if not _NO_WORDS.search(gap) else None
        if before is not None and before[0].end == change.start:
            if before[1] is None:
                return None
            at = before[1][1]
            if self._is_markdown and change.text[:1].isspace() and (closing := _CLOSING.match(value, at)):
                at = closing.end()
            return Hunk(at, at, self._escaped(change.text, at))
        if after is not None:
            if after[1] is None:
                return self._after_room(before, change)
            at = after[1][0]
            if self._is_markdown:
                at -= 1 if _is_escaped(value, at) else 0
                if change.text[-1:].isspace() and (opening := _OPENING.search(value, 0, at)):
                    at = opening.start()
            return Hunk(at, at, self._escaped(change.text, at))
        return Hunk(len(value), len(value), self._escaped(change.text, len(value))) if not value.strip() else None

    def _after_room(self, before: _Pair | None, change: Hunk) -> Hunk | None:
        """What is typed before words that docgen makes, and after room: the room of the text itself."""
        if before is None or before[1] is None:
            return None
        room = _ROOM.match(self._value, before[1][1])
        at = room.end() if room else before[1][1]
        return Hunk(at, at, self._escaped(change.text, at)) if self._value[at : at + 1] == "{" else None

    def _escaped(self, text: str, at: int) -> str:
        if not self._is_markdown or self._in_code(at):
            return text
        begins = _LINE_BEGINS.fullmatch(self._value[:at].rpartition("\n")[2]) is not None
        return escaped(text, begins=begins)


def spliced(value: str, splices: Sequence[Hunk]) -> str | None:
    """A text with some changes; None where two of them are at the same words."""
    last = len(value)
    for splice in sorted(splices, key=lambda one: (-one.start, -one.end)):
        if splice.end > last:
            return None
        value, last = value[: splice.start] + splice.text + value[splice.end :], splice.start
    return value


def escaped(text: str, *, begins: bool) -> str:
    """Words as Markdown that says just them; `begins` = they stand first in a line."""
    written = _MARKUP.sub(r"\\\g<0>", text.replace("\N{SOFT HYPHEN}", ""))
    written = written.replace("\n", "\\\n")
    if begins and (found := MADE_BLOCK.match(written)):
        if found[2]:
            at = found.start(2)
        elif found[3]:
            at = found.start(4)
        else:
            at = found.end(5) - 1
        written = f"{written[:at]}\\{written[at:]}"
    return written


def _written_words(value: str) -> list[Token]:
    """The words of a Markdown text, without those in what is no words."""
    codes = _codes(value)
    hidden = [
        (one.start(), one.end())
        for one in _NO_WORDS.finditer(value)
        if not _is_escaped(value, one.start()) and not any(start <= one.start() < end for start, end in codes)
    ]
    return [
        one for one in tokens(value) if not one.is_blank and not any(start <= one.start < end for start, end in hidden)
    ]


def _codes(value: str) -> list[tuple[int, int]]:
    """From where to where a Markdown text has code: between backticks, or as indented lines after a paragraph."""
    found = [(one.start(2), one.end(2)) for one in _CODE.finditer(value)]
    is_list = False
    for block in _BLOCK.finditer(value):
        if not block[0].startswith("    "):
            is_list = FIRST_ITEM.match(block[0]) is not None or (is_list and block[0].startswith(" "))
        elif not is_list:
            found.append(block.span())
    return found


def _aligned(written: Sequence[Token], shown: Sequence[tuple[int, Token]]) -> Iterator[tuple[Token, tuple[int, Token]]]:
    """Which written word is which of those that are shown: one after the other with only signs between them, or where
    that is not so, those that are most alike."""
    found, at = [], 0
    for pair in shown:
        while at < len(written) and written[at].same != pair[1].same and not _is_spoken(written, at):
            at += 1
        if at == len(written) or written[at].same != pair[1].same:
            matcher = SequenceMatcher(
                None, [one.same for one in written], [one.same for _, one in shown], autojunk=False
            )
            for a, b, size in matcher.get_matching_blocks():
                yield from zip(written[a : a + size], shown[b : b + size], strict=True)
            return
        found.append((written[at], pair))
        at += 1
    yield from found


def _is_spoken(written: Sequence[Token], at: int) -> bool:
    """Whether a token of Markdown is to be read: a word, but not the one that makes a line a caption, or its number."""
    following = written[at + 1].text if at + 1 < len(written) else ""
    return (
        written[at].is_word
        and not (written[at].text in LABEL_WORDS and following == ":")
        and not (written[at].text.isdigit() and following in (".", ")"))
    )


def _is_said(token: Token, block: Shown) -> bool:
    return not any(start <= token.start and token.end <= end for start, end in block.made)


def _is_escaped(value: str, at: int) -> bool:
    """Whether a backslash before a place takes its meaning from what stands there."""
    start = at
    while start and value[start - 1] == "\\":
        start -= 1
    return (at - start) % 2 == 1


def _is_word_sign(value: str, start: int, end: int) -> bool:
    """Whether what is replaced is one sign alone, as it is shown."""
    return end - start <= 2 and not value[start:end].strip("\\").isalnum()
