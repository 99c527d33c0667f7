"""What a word that is none was meant for: one letter off, or two that have changed places."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from docgen.lexicon.compounds import begins, ends, is_beginning, is_listed
from docgen.lexicon.forms import Form, form_of

_LETTERS = "abcdefghijklmnopqrstuvwxyzæøåé"
_SHORTEST = 3  # letters before and after the joint of a compound that is looked into


@lru_cache(maxsize=4096)
def nearest(word: str) -> tuple[str, ...]:
    """The words in the list that a word of small letters is one slip from, else the compounds that are.

    First come those that both sources of the list have, that begin alike, and that are longer; for so most slips are.
    """
    found = {other for other in _one_off(word) if is_listed(other)} or set(_compounds(word))
    return tuple(sorted(found, key=lambda other: (not is_sure(other), other[0] != word[0], -len(other), other)))


def is_sure(word: str) -> bool:
    """Whether both sources of the list have a word, or that which it is the genitive of."""
    return any(form_of(form) & Form.KNOWN == Form.KNOWN for form in (word, word.removesuffix("s")))


def _compounds(word: str) -> Iterator[str]:
    """The compounds of which one part has the slip."""
    for cut in range(_SHORTEST, len(word) - _SHORTEST + 1):
        first, last = word[:cut], word[cut:]
        if is_beginning(first):
            yield from (first + other for other in _one_off(last) if ends(other))
        if ends(last):
            yield from (other + last for other in _one_off(first) if begins(other))


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
