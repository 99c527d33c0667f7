"""About how wide words are, from their letters alone: what decides before anything is laid out.

The widths are those of Source Sans 3, a little too large rather than too small, so that what is promised room has it in
Calibri too. What was really drawn is proved afterwards.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache


class _Widths(dict[str, float]):
    """The width in em of each sign; one that is not listed is given the width of its kind when it is met."""

    def __missing__(self, sign: str) -> float:
        self[sign] = width = _LETTER if sign in _LETTERS else _CAPITAL if sign.isupper() else _OTHER
        return width


_WIDTHS = _Widths(dict.fromkeys("fijlrtI.,:;'’|!()[]/\\- \xa0", 0.36))
_WIDTHS |= dict.fromkeys("mwMWÆæ%@–…—", 0.87)
_WIDTHS |= dict.fromkeys("0123456789", 0.5)
_WIDTHS |= dict.fromkeys(".,", 0.26)
_CAPITAL, _LETTER, _OTHER = 0.65, 0.56, 1.0
_LETTERS = "abcdeghknopqsuvxyzøåéüöä"


FIXED = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for a sign in fixed type, which is as wide as any other."""
_WIDTHS[FIXED] = 0.52  # set smaller than the text around it


SPACES = re.compile(r"\n|(?<![(\[{ \t])[ \t]+(?![)\]}!?,.;:/ \t])")
"""Where a line may end: not at a space before a closing sign or after an opening one (UAX 14, LB13 and LB14), nor at a
no-break space."""


_LETTERS_ALONE = re.compile(r"[^\W\d_]+(?:[-–][^\W\d_]+)*[-.,:;!?)”]*")
_VOWELS = "aeiouyæøåäöüéAEIOUYÆØÅÄÖÜÉ"
_NO_SYLLABLES = re.compile(rf"[{_VOWELS}]{{7}}|[^\W\d_{_VOWELS}]{{10}}")


def has_syllables(text: str) -> bool:
    """Whether a text without a space is a word that the patterns of the language divide, and no address or code."""
    return _LETTERS_ALONE.fullmatch(text) is not None and _NO_SYLLABLES.search(text) is None


@lru_cache(maxsize=16384)
def width_of(text: str) -> float:
    """About the width of a text in one line, in em."""
    return sum(map(_WIDTHS.__getitem__, text))


def lines_of(text: str, width: float) -> int:
    """About how many lines a text takes in a width in em; never fewer than one."""
    room = max(width, 1.0)
    # What is left open at the end of a line is about half of the next word.
    return sum(max(1, math.ceil(width_of(line) * 1.12 / room)) for line in text.split("\n"))
