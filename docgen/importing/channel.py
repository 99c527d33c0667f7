"""The noisy channel: which strings of a page are one word that was broken, read so that the page costs least.

A page is lines of fragments as they stand. Between two fragments the original had a space, or it had none and one came
in, in the middle of a line or at its end; at a line's end a hyphen may have come in, too. How likely that is, is asked
of each page (`Noise`), so that a clean page is left as it is.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from docgen.importing.language import Language
from docgen.structs import Struct

_MOST_PIECES, _MOST_LETTERS = 9, 42
_BOTH_WORDS = 2.0
"""More for joining what are words each: `i dag` stays."""
_NO_WORD = 12.0
"""More for joining what becomes no word that is known: two foreign words are not one."""
_LEFT_OFF = 6.0
"""More for a word that leaves off with a hyphen, and the next line does not go on with it."""
_HYPHENS = "-\N{SOFT HYPHEN}\N{HYPHEN}"
_OPENING, _CLOSING = "([{”“„«»\"'’‘*", ".,;:!?)]}”“»«\"'’‘*…"
_STOPS = (".", ",", ";", ":", "?", "!", ").", "),")
_KEPT_BEFORE = frozenset(("og", "eller", "samt", "som", "hhv."))
_INNER = re.compile(r"[^\W\d_]")


class Noise(Struct, frozen=True):
    """How likely it is, on a page, that a blank came into a word, by letter (`inside`), and that a line breaks a word
    without a hyphen (`broken`)."""

    inside: float = 0.02
    broken: float = 0.02


class Fragment(Struct, frozen=True):
    """A string without blanks, and the line that it stands in."""

    text: str
    line: int


class Word(Struct, frozen=True):
    """A word as it is read: of which fragments (from, to), and how many nats it is better than what else it could be
    (few: in doubt)."""

    text: str
    first: int
    last: int
    margin: float = math.inf
    was_hyphen: bool = False

    @property
    def is_joined(self) -> bool:
        """Whether it was put together of several fragments."""
        return self.last > self.first


def core(text: str) -> str:
    """A word without the signs before and after it."""
    return text.lstrip(_OPENING).rstrip(_CLOSING)


class Channel:
    """Reads the fragments of one page."""

    def __init__(self, fragments: Sequence[Fragment], language: Language, noise: Noise) -> None:
        self._fragments, self._language = fragments, language
        self._inside, self._broken = -math.log(noise.inside), -math.log(noise.broken)
        self._kept = -math.log(1 - noise.inside)

    def read(self) -> list[Word]:
        """The words that cost least, in order."""
        count = len(self._fragments)
        best: list[float] = [0.0] + [math.inf] * count
        chosen: list[Word | None] = [None] * (count + 1)
        for end in range(1, count + 1):
            for word, cost in self._ending(end - 1):
                total = best[word.first] + cost
                if total < best[end]:
                    best[end], chosen[end] = total, word
        found: list[Word] = []
        at = count
        while at > 0:
            best_there = chosen[at]
            assert best_there is not None  # a fragment alone is always a word
            found.append(best_there)
            at = best_there.first
        return [self._with_margin(word) for word in reversed(found)]

    def _ending(self, last: int) -> Iterator[tuple[Word, float]]:
        """Each word that could end with a fragment, with what it costs."""
        text = self._fragments[last].text
        left_off = _LEFT_OFF if self._leaves_off(last) else 0.0
        yield Word(text, last, last), self._word_cost(text) + left_off
        if self._is_lone_hyphen(last) and core(self._fragments[last + 1].text) not in _KEPT_BEFORE:
            return
        channel, hyphens = 0.0, False
        for first in range(last - 1, max(last - _MOST_PIECES, -1), -1):
            left = self._fragments[first]
            joint = self._joint(first)
            if joint is None:
                return
            cut, cost, hyphen = joint
            channel += cost
            hyphens = hyphens or hyphen
            text = left.text[: len(left.text) - cut] + text
            if len(text) > _MOST_LETTERS:
                return
            if not self._is_lone_hyphen(first):
                yield Word(text, first, last, was_hyphen=hyphens), self._joined_cost(text, channel) + left_off

    def _leaves_off(self, at: int) -> bool:
        """Whether a fragment ends a line with a hyphen that the next line must go on from."""
        if at + 1 >= len(self._fragments) or len(self._fragments[at].text) < 2:
            return False
        one, after = self._fragments[at], self._fragments[at + 1]
        goes_on = one.line != after.line and one.text[-1] in _HYPHENS and one.text[-2].isalpha()
        return goes_on and after.text[0].islower() and core(after.text) not in _KEPT_BEFORE

    def _is_lone_hyphen(self, at: int) -> bool:
        """Whether a fragment is a hyphen that a blank came in before, at the end of a line."""
        one = self._fragments[at]
        ends = at + 1 < len(self._fragments) and self._fragments[at + 1].line != one.line
        return ends and one.text in tuple(_HYPHENS) and at > 0 and self._fragments[at - 1].line == one.line

    def _joint(self, left: int) -> tuple[int, float, bool] | None:
        """How two fragments would be joined: letters to take from the end of the first, the cost, and whether a hyphen
        at a line's end is taken away; None where they cannot be one word."""
        before, after = self._fragments[left], self._fragments[left + 1]
        breaks = after.line != before.line
        a, b = before.text[-1], after.text[0]
        if after.text in _STOPS and not breaks:
            return (0, self._inside / 3, False) if a.isalnum() else None
        if self._is_lone_hyphen(left):
            fits = b.islower() and core(after.text) not in _KEPT_BEFORE
            return (1, 0.0, True) if fits else None
        if self._is_lone_hyphen(left + 1):
            return (0, 1.0, False) if a.isalpha() else None
        if breaks and a in _HYPHENS and len(before.text) > 1:
            if not (before.text[-2].isalpha() and b.isalpha()) or core(after.text) in _KEPT_BEFORE:
                return None
            if b.isupper():
                return 0, 0.5, False
            if before.text[-2].isupper():
                return 0, 0.2, False  # `CSR-` and `bilag`: the hyphen is the word's own
            kept = self._kept_hyphen(left)
            return (0, 0.0, False) if kept else (1, 0.0, True)
        if not _fits(a, b, before.text, after.text):
            return None
        cost = self._broken if breaks else self._inside
        if self._is_word(before.text) and self._is_word(after.text):
            cost += _BOTH_WORDS
        return 0, cost, False

    def _kept_hyphen(self, left: int) -> bool:
        """Whether a hyphen at a line's end is one of the word: its two sides are words, and it as a whole is none."""
        one, other = core(self._fragments[left].text[:-1]), core(self._fragments[left + 1].text)
        whole = self._language
        return (
            not whole.knows(one + other)
            and len(one) > 3
            and self._language.knows(one)
            and self._language.knows(other)
            and f"{one}-{other}" != f"{one}{other}"
        )

    def _is_word(self, text: str) -> bool:
        inside = core(text)
        return len(inside) > 1 and self._language.knows(inside)

    def _joined_cost(self, text: str, channel: float) -> float:
        known = not channel or self._language.knows(core(text).rstrip(_HYPHENS))
        return self._word_cost(text) + channel + (0.0 if known else _NO_WORD)

    def _word_cost(self, text: str) -> float:
        return self._language.cost(core(text)) + self._kept

    def _with_margin(self, word: Word) -> Word:
        """How much better a word is than its fragments alone, or than being joined with the next one."""
        if not word.is_joined:
            return word
        whole = next(cost for one, cost in self._ending(word.last) if one.first == word.first)
        alone = sum(self._word_cost(one.text) for one in self._fragments[word.first : word.last + 1])
        return Word(word.text, word.first, word.last, alone - whole, word.was_hyphen)


def _fits(a: str, b: str, before: str, after: str) -> bool:
    """Whether a word may go on from one sign to another."""
    if a.isalpha() and b.isalpha():
        if b.isupper():
            return before.isupper() and len(after) > 1 and core(after).isupper()
        return not (len(before) > 1 and before.isupper())
    if a.isdigit() and b.isdigit():
        return before in ("19", "20") and re.fullmatch(r"\d\d\W*", after) is not None
    if a == "-" and b.isalpha():
        return len(before) > 1 and core(after) not in _KEPT_BEFORE and not after.isupper()
    if a in "/" or b in "/":
        return a.isalpha() or b.isalpha()
    return b in "'’" and a.isupper() and after[1:2] == "s"
