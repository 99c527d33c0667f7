"""Pages that lost æ, ø and å, as a scanner without Danish leaves them: words with the same skeleton are put back.

A page of some length without any of the three has lost them, whatever it says: in Danish they are 2.6 to 4.4 letters of
100. The skeleton of a word is what such a scanner makes of it: æ and ø are gone, å is a, and look-alikes are one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from docgen.importing.channel import Fragment, Word, core
from docgen.importing.language import Language, is_listed
from docgen.lexicon.compounds import parts
from docgen.lexicon.frequencies import shares

_ENOUGH = 150
_SHARE = 0.002
_MOST_PIECES = 12
_JOIN, _CHANGE = 1.5, 2.5
_DANISH = re.compile("[æøå]", re.IGNORECASE)


def has_lost_letters(text: str) -> bool:
    """Whether a page has so few of the three letters that it must have lost them."""
    letters = sum(map(str.isalpha, text))
    return letters >= _ENOUGH and len(_DANISH.findall(text)) < _SHARE * letters


def skeleton(word: str) -> str:
    """What is left of a word."""
    lowered = word.replace("I", "l").lower().replace("ce", "").replace("0", "").replace("1", "l").replace("ii", "il")
    return re.sub("[æø]", "", lowered).replace("å", "a").replace("i", "l")


class Restorer:
    """Puts back the letters of pages, by the words that the rest of the document and the language have."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._by_skeleton: dict[str, list[str]] = {}
        self._add(language.own_words())
        self._add(shares())

    def _add(self, words: Iterable[str]) -> None:
        for word in words:
            of = self._by_skeleton.setdefault(skeleton(word), [])
            if word not in of:
                of.append(word)

    def read(self, fragments: Sequence[Fragment]) -> list[Word]:
        """The words that cost least, in order."""
        count = len(fragments)
        best: list[float] = [0.0] + [math.inf] * count
        chosen: list[Word | None] = [None] * (count + 1)
        for end in range(1, count + 1):
            for first in range(end - 1, max(end - 1 - _MOST_PIECES, -1), -1):
                word, cost = self._word(fragments, first, end - 1)
                if best[first] + cost < best[end]:
                    best[end], chosen[end] = best[first] + cost, word
        found: list[Word] = []
        at = count
        while at > 0:
            word_there = chosen[at]
            assert word_there is not None  # a fragment alone is always a word
            found.append(word_there)
            at = word_there.first
        return found[::-1]

    def _word(self, fragments: Sequence[Fragment], first: int, last: int) -> tuple[Word, float]:
        pieces = fragments[first : last + 1]
        text = ""
        cost = 0.0
        for number, piece in enumerate(pieces):
            if number:
                breaks = piece.line != pieces[number - 1].line
                hyphen = breaks and text.endswith("-") and len(text) > 1
                if piece.text == "-" and last > first + number and pieces[number + 1].line != piece.line:
                    text += "-"
                    continue
                if not hyphen and (not text[-1:].isalnum() or not piece.text[:1].isalnum()):
                    return Word(text, first, last), math.inf
                text = text[:-1] if hyphen else text
                cost += 0.0 if hyphen else _JOIN * (4 if breaks else 1)
            text += piece.text
        inside = core(text)
        restored, own = self._best(inside)
        margin = self._language.cost(inside) - own
        at = text.find(inside) if inside else 0
        whole = text[:at] + restored + text[at + len(inside) :]
        return Word(whole, first, last, margin), own + cost

    def _best(self, text: str) -> tuple[str, float]:
        """The word that a string most likely stands for, and what it costs."""
        best, least = text, self._language.cost(text)
        for word in (*self._by_skeleton.get(skeleton(text), ()), *_listed_with(text.lower())):
            cost = self._language.cost(word) + (0.0 if word == text.lower() else _CHANGE)
            if cost < least:
                best, least = word, cost
        return _as_written(text, best), least


_MOST_PUT_IN = 2
_LONGEST = 16


@lru_cache(maxsize=20_000)
def _listed_with(text: str) -> tuple[str, ...]:
    """The words, listed or put together of such, that a string is the skeleton of with one or two letters put back."""
    if not text.isalnum() or len(text) < 3:
        return ()
    found = []
    tried, seen = [text.replace("ce", "æ").replace("0", "ø")], set()
    if text[0] == "l":
        tried.append("i" + tried[0][1:])
    for _ in range(_MOST_PUT_IN + 1):
        further = []
        for one in tried:
            if one in seen:
                continue
            seen.add(one)
            if one != text and (is_listed(one) or (len(one) > 6 and parts(one))):
                found.append(one)
            elif len(one) <= _LONGEST:
                further += [f"{one[:at]}å{one[at + 1 :]}" for at, letter in enumerate(one) if letter == "a"]
                further += [f"{one[:at]}{new}{one[at:]}" for at in range(len(one) + 1) for new in "æø"]
        if found:
            break
        tried = further
    return tuple(dict.fromkeys(found))


def _as_written(text: str, word: str) -> str:
    """A word with a capital where the string has one, also where that is an I read as an l."""
    is_capital = text[:1].isupper() or (text[:1] == "l" and word[:1] == "i")
    return word[:1].upper() + word[1:] if is_capital and text != word else word
