"""What a string of letters costs as a Danish word: the less likely, the more, in nats (natural logarithm, sign turned).

What is certain in the document itself counts most, then how common a word is, then that it is listed, and last that it
is put together of listed words. What is none of these costs so much a letter that it never swallows its neighbours.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from docgen.lexicon.compounds import parts
from docgen.lexicon.forms import Form, form_of
from docgen.lexicon.frequencies import shares

_UNKNOWN, _UNKNOWN_LETTER = 8.0, 2.6
_LISTED = 13.5
"""A listed word that is not among the commonest: about one in 700,000 words."""
_RARE_SHORT = 3.0
"""More for a listed word of one or two letters that is not common: most of these are pieces of other words."""
_COMPOUND = 3.0
_NUMBER, _YEAR, _SIGN = 8.0, 6.0, 4.0
_HYPHEN = 1.0
_OWN_SHARE = 0.3
_DIGITS = re.compile(r"[\d.,:/%-]*\d[\d.,:/%-]*")
_PARTED = re.compile("[-/]")
_ABBREVIATED = re.compile(r"[A-ZÆØÅ]{2,6}(?:['’](?:s|er|en|erne|ers))?")
_SHORT = frozenset(
    (
        "dvs",
        "ift",
        "mv",
        "vedr",
        "jf",
        "fx",
        "bl",
        "kl",
        "kr",
        "mio",
        "mia",
        "nr",
        "pct",
        "stk",
        "osv",
        "hhv",
        "evt",
        "inkl",
        "ekskl",
        "pga",
        "mfl",
        "tlf",
        "ca",
    )
)
"""Abbreviations without their dots."""
_YEARS = re.compile(r"(?:19|20)\d\d")


class Language:
    """The words of Danish, and those that a document has; the latter are learned as it is read."""

    def __init__(self, own: Mapping[str, int] | None = None) -> None:
        self._own: Mapping[str, int] = own or {}
        self._total = max(sum(self._own.values()), 300)
        self._costs: dict[str, float] = {}

    def learned(self, own: Counter[str]) -> Language:
        """The same with other words of the document's own, each as often as it surely stands there."""
        return Language(own)

    def own_words(self) -> Iterable[str]:
        """The words that the document has, in small letters."""
        return self._own

    def knows(self, word: str) -> bool:
        """Whether a string is a word: of Danish, of the document, or a number."""
        return self.cost(word) < _UNKNOWN + _UNKNOWN_LETTER * len(word)

    def cost(self, word: str) -> float:
        """What a word costs, without the signs round it."""
        found = self._costs.get(word)
        if found is None:
            found = self._costs[word] = self._cost(word)
        return found

    def _cost(self, word: str) -> float:
        if not word:
            return _SIGN
        own = self._own.get(word.lower(), 0) / self._total
        if _PARTED.search(word.strip("-/")):
            cost = sum(self.cost(part) if part else 0.0 for part in _PARTED.split(word)) + _HYPHEN
        else:
            cost = general_cost(word.strip("-") or word)
        if not own:
            return cost
        return -math.log(_OWN_SHARE * own + (1 - _OWN_SHARE) * math.exp(-cost))


@lru_cache(maxsize=200_000)
def general_cost(word: str) -> float:
    """What a word costs in any Danish text."""
    lowered = word.lower()
    share = shares().get(lowered)
    unknown = _UNKNOWN + _UNKNOWN_LETTER * len(word)
    if share is not None:
        return -math.log(share)
    if _YEARS.fullmatch(word):
        return _YEAR
    if _DIGITS.fullmatch(word):
        return _NUMBER
    if not re.search(r"\w", word):
        return _SIGN
    if _ABBREVIATED.fullmatch(word) or lowered.replace(".", "") in _SHORT:
        return _LISTED - 2
    if is_listed(word):
        return _LISTED + (_RARE_SHORT * (3 - len(word)) if len(word) < 3 else 0.0)
    if len(word) > 5 and lowered.isalpha() and (of := parts(lowered)):
        pieces = sum(min(general_cost(one), _LISTED) for one in of)
        return min(pieces + _COMPOUND, unknown - 1)
    return unknown


def is_listed(word: str) -> bool:
    """Whether a word, or what it is the genitive of, is listed as it is written or in small letters."""
    found = {word, word.lower(), word[:1].upper() + word[1:].lower()}
    found |= {one[:-1] for one in found if one.endswith("s") and len(one) > 2}
    return any(form_of(one) & Form.KNOWN for one in found)
