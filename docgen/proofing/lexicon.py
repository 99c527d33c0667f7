"""Danish words: whether there is one, which ones are near, and what it is an inflection of.

The words are simplemma's, some 790,000 forms. They take half a second and 100 MB to load, so they are loaded when the
first word is asked for. Compounds are without end, so a word that is put together of words counts as one.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

WordCache = dict[str, "bool | list[str]"]
"""What was found of words: True for one that is a word, False for one that is not, and for that then those near it."""

_LETTERS = "abcdefghijklmnopqrstuvwxyzæøåé"
_SHORTEST_PART = 4  # letters of a compound's part: with shorter ones nearly every slip is a compound
_SHORT_PARTS = frozenset(
    ["bil", "bio", "bus", "by", "bør", "dag", "el", "fag", "fri", "gas", "hav", "hus", "høj", "is", "job", "kro",
     "køb", "køn", "kød", "lav", "leg", "lov", "lyn", "lys", "løn", "mad", "mål", "nat", "ny", "rum", "råd",
     "sag", "sol", "tal", "tid", "tog", "ud", "ur", "vej", "øko", "år"]
)  # fmt: skip
_MOST_PARTS = 4
_SHORTEST_NEAR = 6  # of shorter words nearly every one has another beside it


def is_word(word: str, word_cache: WordCache) -> bool:
    """Whether a word of small letters is Danish: in the list, its genitive, or put together of such. The list is asked
    only for what is not in `word_cache`, where the answer is put."""
    if word not in word_cache:
        word_cache[word] = _is_word(word, 1)
    return word_cache[word] is True


def near(word: str, word_cache: WordCache) -> list[str]:
    """The words that one that is not a word may have been meant for, by `word_cache` or else by the list."""
    found = word_cache.get(word)
    if not isinstance(found, list):
        word_cache[word] = found = list(nearest(word))
        word_cache.update(dict.fromkeys(found, True))  # one of them is likely to be written next
    return found


@lru_cache(maxsize=4096)
def nearest(word: str) -> tuple[str, ...]:
    """The words in the list that differ from a word in one letter, or in two that have changed places; where there are
    none, those that differ so in one part of a compound. Those that begin alike come first, for so most slips are."""
    found = {other for other in _one_off(word) if _is_listed(other)}
    for cut in () if found else range(_SHORTEST_PART, len(word) - _SHORTEST_NEAR + 1):
        first, rest = word[:cut], word[cut:]
        if _is_listed(first):
            found |= {first + other for other in _one_off(rest) if _is_listed(other)}
    return tuple(sorted(found, key=lambda other: (other[0] != word[0], other)))


@lru_cache(maxsize=4096)
def lemma(word: str) -> str:
    """What a word is an inflection of: `aftalernes` -> `aftale`; the word itself where it is not in the list."""
    from simplemma import lemmatize

    return str(lemmatize(word, lang="da")).lower()


@lru_cache(maxsize=65536)
def _is_listed(word: str) -> bool:
    from simplemma import is_known

    return is_known(word, lang="da")


@lru_cache(maxsize=65536)
def _is_word(word: str, parts: int) -> bool:
    if _is_listed(word) or (word.endswith("s") and _is_listed(word[:-1])):
        return True
    if parts == _MOST_PARTS:
        return False
    for cut in range(2, len(word) - 1):
        first, last = word[:cut], word[cut:]
        # Between the parts there may be an s or an e (Retskrivningsordbogen § 18).
        if _ends(last) and (_begins(first, parts + 1) or (first[-1] in "se" and _begins(first[:-1], parts + 1))):
            return True
    return False


def _begins(word: str, parts: int) -> bool:
    """Whether a compound may begin so."""
    return word in _SHORT_PARTS or (len(word) >= _SHORTEST_PART and _is_word(word, parts))


def _ends(word: str) -> bool:
    """Whether a compound may end so."""
    listed = _is_listed(word) or (word.endswith("s") and _is_listed(word[:-1]))
    return word in _SHORT_PARTS or (len(word) >= _SHORTEST_PART and listed)


def _one_off(word: str) -> Iterator[str]:
    """Every string of letters that a slip of the finger would make this word of."""
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in _LETTERS:
            yield before + letter + after
            if after and letter != after[0]:
                yield before + letter + after[1:]
