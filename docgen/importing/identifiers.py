"""Ids for what an import makes, of the words that it has, none of them twice."""

from __future__ import annotations

import re

from docgen.content.types import MAX_IDENTIFIER

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ü": "u", "ö": "oe", "ä": "ae"})
_EMPTY = frozenset(
    [
        "og",
        "i",
        "på",
        "af",
        "til",
        "for",
        "med",
        "at",
        "en",
        "et",
        "den",
        "det",
        "de",
        "der",
        "som",
        "om",
        "vores",
        "kommunens",
        "ved",
        "fra",
        "vi",
        "vil",
        "vores",
        "skal",
        "kan",
        "er",
    ]
)
_FEW = 5


class Identifiers:
    """Gives out ids; each is given once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def keep(self, id: str) -> str:
        """An id that is given already, which nothing else may have."""
        self._taken.add(id)
        return id

    def give(self, words: str, *, few: bool = True, otherwise: str = "del") -> str:
        """An id of some words: of the first ones that say something where `few`."""
        found = re.findall(r"[a-z0-9]+", words.lower().translate(_LETTERS))
        if few:
            found = [word for word in found if word not in _EMPTY][:_FEW] or found[:_FEW]
        name = "-".join(found)[: MAX_IDENTIFIER - 4].strip("-") or otherwise
        unique, number = name, 1
        while unique in self._taken:
            number += 1
            unique = f"{name}-{number}"
        self._taken.add(unique)
        return unique
