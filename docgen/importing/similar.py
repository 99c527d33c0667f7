"""Whether two files say the same: by a sample of their words in a row, the same for the same words, in any format."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable

_IN_A_ROW = 4
_SAMPLE = 200


def sample_of(words: str) -> tuple[int, ...]:
    """A sample of a text: the smallest numbers that any words of it in a row give, whatever signs stand between."""
    found = re.findall(r"[^\W_]+", words.lower())
    rows = {
        zlib.crc32(" ".join(found[at : at + _IN_A_ROW]).encode()) for at in range(max(len(found) - _IN_A_ROW + 1, 1))
    }
    return tuple(sorted(rows)[:_SAMPLE])


def likeness(one: Iterable[int], other: Iterable[int]) -> float:
    """How much of two texts is the same, from 0 to 1, as their samples tell it."""
    first, second = set(one), set(other)
    smallest = set(sorted(first | second)[:_SAMPLE])
    return len(smallest & first & second) / len(smallest) if smallest else 0.0
