"""One line of text against another: what of it is new, and what is gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from docgen.compare.words import Around, Word, inlines_of, words_of
from docgen.structs import Struct, replace
from docgen.tree.inline_nodes import Change, Inline, Span

_ALIKE = 0.35
"""The share of a line's letters that stand in both, below which the line is shown as replaced: scattered words that
happen to be the same would only be hard to read."""
_TINY = 3  # letters; a word of no more that stands between two changes belongs to them


class _Part(Struct, frozen=True):
    """A run of words: the same in both, or what stood there and what stands there now."""

    old: tuple[Word, ...]
    new: tuple[Word, ...]
    same: bool


class ComparedLine(Struct, frozen=True):
    """A line as it was and as it is, in one: what only one of them has is `Changed`; places are those of the new.

    `of_template` says whether none of the changed words came from a value.
    """

    line: tuple[Inline, ...]
    of_template: bool


def compare_lines(old: Sequence[Inline], new: Sequence[Inline]) -> ComparedLine:
    """Compares two lines of text."""
    words = list(merge_words(tuple(words_of(old)), tuple(words_of(new))))
    changed = [word for word in words if word.change is not Change.NONE]
    inserted = any(isinstance(around, Span) for word in changed for around in word.around)
    return ComparedLine(inlines_of(_settled(words)), bool(changed) and not inserted)


def kept_line(line: Iterable[Inline], kept: tuple[Change, ...]) -> tuple[Inline, ...]:
    """A compared line with only the words whose change is among those kept, and none marked."""
    return inlines_of([replace(word, change=Change.NONE) for word in words_of(line) if word.change in kept])


def mark_line(line: Iterable[Inline], change: Change) -> tuple[Inline, ...]:
    """A line that only one of two trees has; what is deleted has no places."""
    words = [replace(word, change=change) for word in words_of(line)]
    if change is Change.DELETED:
        words = [replace(word, around=_without_spans(word.around)) for word in words]
    return inlines_of(words)


def merge_words(old: tuple[Word, ...], new: tuple[Word, ...]) -> Iterator[Word]:
    """The words of both, each once; what is deleted stands before what came in its place."""
    for part in _parts(old, new):
        if part.same:
            yield from part.new
        else:
            yield from (replace(word, change=Change.DELETED) for word in part.old)
            yield from (replace(word, change=Change.INSERTED) for word in part.new)


def _parts(old: tuple[Word, ...], new: tuple[Word, ...]) -> list[_Part]:
    matcher = SequenceMatcher(None, [word.key for word in old], [word.key for word in new], autojunk=False)
    parts = [_Part(old[i:j], new[k:m], tag == "equal") for tag, i, j, k, m in matcher.get_opcodes()]
    tidied = _tidied(parts)
    if sum(not part.same for part in tidied) > 1 and _likeness(parts) < _ALIKE:
        return [_Part(old, new, same=False)]
    return tidied


def _likeness(parts: Iterable[_Part]) -> float:
    same = sum(_letters(part.new) for part in parts if part.same)
    longest = max(sum(_letters(part.old) for part in parts), sum(_letters(part.new) for part in parts))
    return same / longest if longest else 1.0


def _letters(words: Sequence[Word]) -> int:
    return sum(len(word.text) for word in words if not word.blank)


def _tidied(parts: Sequence[_Part]) -> list[_Part]:
    """Parts where a blank or a tiny word between two changes is one with them."""
    tidied: list[_Part] = []
    for number, part in enumerate(parts):
        after_change = bool(tidied) and not tidied[-1].same
        between = after_change and number + 1 < len(parts)
        if (after_change and not part.same) or (between and _is_tiny(part)):
            before = tidied.pop()
            tidied.append(_Part(before.old + part.old, before.new + part.new, same=False))
        else:
            tidied.append(part)
    return tidied


def _is_tiny(part: _Part) -> bool:
    words = [word for word in part.new if not word.blank]
    return len(words) <= 1 and all(0 < len(word.text) <= _TINY for word in words)


def _settled(words: Sequence[Word]) -> list[Word]:
    """Words where one that is deleted stands inside the insertions of the words beside it, so that none is cut."""
    settled: list[Word] = []
    following = _following(words)
    for word, after in zip(words, following, strict=True):
        if word.change is not Change.DELETED:
            settled.append(word)
            continue
        before = settled[-1].around if settled else ()
        settled.append(replace(word, around=_shared(before, after, word)))
    return settled


def _following(words: Sequence[Word]) -> list[tuple[Around, ...]]:
    """For each word, what the next word of the new tree stands inside."""
    found: list[tuple[Around, ...]] = []
    after: tuple[Around, ...] = ()
    for word in reversed(words):
        found.append(after)
        if word.change is not Change.DELETED:
            after = word.around
    return found[::-1]


def _shared(before: tuple[Around, ...], after: tuple[Around, ...], word: Word) -> tuple[Around, ...]:
    looks = word.key[1:]
    for around in (before, after):
        if looks and replace(word, around=around).key[1:] == looks:
            return around
    common: list[Around] = []
    for one, other in zip(before, after, strict=False):
        if one is not other or not isinstance(one, Span):
            break
        common.append(one)
    return (*common, *_without_spans(word.around))


def _without_spans(around: tuple[Around, ...]) -> tuple[Around, ...]:
    return tuple(one for one in around if not isinstance(one, Span))
