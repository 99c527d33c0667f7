"""How common the commonest Danish words are: 3,000 of them, all in the list of words, by their order in wordfreq 3.1.1.

A number is what wordfreq calls centibels: 100 times the logarithm, to base 10, of how often the word comes, its sign
turned. docs/ordliste.md says where it is from, and under which licence.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FREQUENCIES = Path(__file__).with_name("frequencies.txt")


@cache
def shares() -> Mapping[str, float]:
    """By word, in small letters, its share of all words in running Danish (0 to 1)."""
    found: dict[str, float] = {}
    for line in FREQUENCIES.read_text(encoding="utf-8").splitlines():
        centibels, *words = line.split()
        found |= dict.fromkeys(words, math.pow(10, -int(centibels) / 100))
    return found
