"""The words of a text as they are compared: what typography sets is the same word, whoever set it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from docgen.structs import Struct

_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:\N{COMBINING ACUTE ACCENT}|[^\W\d_])*|\.\.\.|\n|[^\S\n]+|_|.", re.DOTALL
)
_SAME = str.maketrans(
    {
        **dict.fromkeys("“”„«»‟", '"'),
        **dict.fromkeys("‘’‚‛´`", "'"),
        **dict.fromkeys("‐‑‒–—−", "-"),
        "\N{SOFT HYPHEN}": "",
        "\N{ZERO WIDTH SPACE}": "",
        "\N{WORD JOINER}": "",
    }
)


class Token(Struct, frozen=True):
    """A word, a number, a sign or blanks: where it stands, how it is written, and what it is compared as."""

    start: int
    end: int
    text: str
    same: str

    @property
    def is_blank(self) -> bool:
        """Whether it is room between words."""
        return not self.text.strip()

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number."""
        return any(map(str.isalnum, self.text))


class Hunk(Struct, frozen=True):
    """Words of a text from `start` to `end` that have become others."""

    start: int
    end: int
    text: str


def tokens(text: str) -> list[Token]:
    """The tokens of a text, which are all of it."""
    return [Token(one.start(), one.end(), one[0], _compared(one[0])) for one in _TOKEN.finditer(text)]


def _compared(text: str) -> str:
    if not text.strip():
        return "\n" if text == "\n" else " "
    return "…" if text == "..." else text.translate(_SAME)


def normal(text: str) -> str:
    """A text as it is compared: typography and room at its ends left out."""
    return "".join(one.same for one in tokens(text)).strip()


def hunks(before: str, after: str) -> list[Hunk]:
    """Where the words of two texts differ, as changes of the first."""
    old, new = _trimmed(tokens(before)), _trimmed(tokens(after))
    found: list[Hunk] = []
    for i1, i2, j1, j2 in _differences(old, new):
        while i1 < i2 and j1 < j2 and old[i1].is_blank and old[i1].same == new[j1].same:
            i1, j1 = i1 + 1, j1 + 1
        while i1 < i2 and j1 < j2 and old[i2 - 1].is_blank and old[i2 - 1].same == new[j2 - 1].same:
            i2, j2 = i2 - 1, j2 - 1
        start = old[i1].start if i1 < len(old) else old[-1].end if old else 0
        end = old[i2 - 1].end if i2 > i1 else start
        found.append(Hunk(start, end, "".join(one.text for one in new[j1:j2])))
    return found


def _trimmed(found: list[Token]) -> list[Token]:
    """Without room at the ends."""
    start, end = 0, len(found)
    while start < end and found[start].is_blank:
        start += 1
    while end > start and found[end - 1].is_blank:
        end -= 1
    return found[start:end]


def _differences(old: Sequence[Token], new: Sequence[Token]) -> list[tuple[int, int, int, int]]:
    """The runs of tokens that differ; those with only room and signs between them are one."""
    matcher = SequenceMatcher(
        lambda token: not token.strip(), [one.same for one in old], [one.same for one in new], autojunk=False
    )
    found: list[tuple[int, int, int, int]] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            continue
        if found and not any(one.is_word for one in old[found[-1][1] : i1]):
            first = found.pop()
            i1, j1 = first[0], first[2]
        found.append((i1, i2, j1, j2))
    return found


def applied(text: str, changes: Sequence[Hunk]) -> str:
    """A text with some changes."""
    parts, at = [], 0
    for change in sorted(changes, key=lambda one: (one.start, one.end)):
        parts += [text[at : change.start], change.text]
        at = max(at, change.end)
    return "".join((*parts, text[at:]))


def merged(base: str, ours: str, theirs: str) -> str | None:
    """What two have made of one text, word by word, in the spelling of `ours`; None where both changed the same words,
    each in their own way."""
    if ours == base or normal(ours) == normal(theirs):
        return theirs if ours == base else ours
    own, other = hunks(base, ours), hunks(base, theirs)
    left = [two for two in other if two not in own]
    if any(_meets(one, two) for one in own for two in left):
        return None
    moved = [_in(base, ours, change) for change in left]
    known = [change for change in moved if change is not None]
    return applied(ours, known) if len(known) == len(moved) else None


def preferring(base: str, ours: str, theirs: str) -> str:
    """As `merged`, with the words of `theirs` where both changed the same; what only `ours` changed stays."""
    other = hunks(base, theirs)
    own = [one for one in hunks(base, ours) if not any(_meets(one, two) for two in other)]
    together = merged(base, applied(base, own), theirs)
    return theirs if together is None else together


def _in(base: str, ours: str, change: Hunk) -> Hunk | None:
    """A change of a text as one of what the text has become elsewhere; None where its place is not there any more."""
    old, new = tokens(base), tokens(ours)
    matcher = SequenceMatcher(None, [one.same for one in old], [one.same for one in new], autojunk=False)
    places = {a + step: b + step for a, b, size in matcher.get_matching_blocks() for step in range(size)}
    inside = [places.get(n) for n, one in enumerate(old) if change.start <= one.start and one.end <= change.end]
    if change.end > change.start:
        first, last = (inside[0], inside[-1]) if inside else (None, None)
        return None if first is None or last is None else Hunk(new[first].start, new[last].end, change.text)
    before = next((places.get(n) for n, one in enumerate(old) if one.end == change.start), None)
    after = next((places.get(n) for n, one in enumerate(old) if one.start == change.start), None)
    if before is not None:
        return Hunk(new[before].end, new[before].end, change.text)
    if after is not None:
        return Hunk(new[after].start, new[after].start, change.text)
    return Hunk(0, len(ours), change.text) if not base.strip() and not ours.strip() else None


def _meets(one: Hunk, two: Hunk) -> bool:
    """Whether two changes touch: what one put where the other took away, too, is no answer to give alone."""
    return one.start <= two.end and two.start <= one.end
