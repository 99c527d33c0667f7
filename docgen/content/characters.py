"""Signs that no font of the documents can show whole: found by name, each once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from docgen.remembering import letters, remembered
from docgen.structs import Struct

_PICTURE = r"[\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff]"
_JOINED = rf"(?:{_PICTURE}|[\U0001f1e6-\U0001f1ff])[\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"
_EMOJI = (
    r"[0-9#*]\ufe0f?\u20e3"  # a keycap
    rf"|{_JOINED}(?:\u200d{_JOINED})+"  # some joined to one
    r"|[\U0001f1e6-\U0001f1ff]{1,2}"  # a flag
    rf"|{_PICTURE}[\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]+"  # in colours, with a tone of skin, or with tags
    r"|[\U0001f000-\U0001faff]"
    r"|[\ufe0f\u20e3\U000e0020-\U000e007f]"  # what is left of one
)

_LETTER_LEFTWARD = r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
_LEFTWARD = rf"{_LETTER_LEFTWARD}(?:[^\S\n]?{_LETTER_LEFTWARD})*"
"""Words that are written from right to left, by Unicode's ranges: no font has them, and no layout turns them."""

_TURNING = "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
"""Signs that are not seen and turn the words after them (UAX 9, 2.1 to 2.6)."""

# The patterns above are made when a text has such a sign, which hardly any has: it takes as long as a page of text.
_PERHAPS = re.compile("[^\0-\u00a8\u00aa-\u00ad\u00af-\u058f\u2010-\u2027]")
"""Without one of these a text has nothing of the above, and most texts have none; dashes and quotation marks are not
among them. Said by what they are not: Python makes that pattern in a tenth of the time."""

ZWJ = "\u200d"


class Refused(Struct, frozen=True):
    """Where a sign stands in a text, what is wrong with it, and what would be right."""

    start: int
    end: int
    message: str
    hint: str


def refused_characters(text: str) -> Iterator[Refused]:
    """The emoji of a text, each as a whole with all that it is joined of, and its words from right to left, and
    what turns words."""
    if not text.isascii() and _PERHAPS.search(text) is not None:
        yield from _refused(text)


@remembered(1_000_000, lambda text: str(text), weight=letters)
def _refused(text: str) -> tuple[Refused, ...]:
    return tuple(_find_refused(text))


def _find_refused(text: str) -> Iterator[Refused]:
    for found in re.finditer(_EMOJI, text):
        codes = " ".join(f"U+{ord(sign):04X}" for sign in found[0])
        yield Refused(
            *found.span(), f"tegnet {found[0].replace(ZWJ, '')} ({codes}) kan ikke vises i et dokument", _hint(found[0])
        )

    for found in re.finditer(_TURNING, text):
        message = f"usynligt tegn U+{ord(found[0]):04X}, som vender skriftens retning"
        yield Refused(*found.span(), message, "slet det")
    for found in re.finditer(_LEFTWARD, text):
        message = f"ordene {found[0]} skrives fra højre mod venstre og kan ikke vises i et dokument"
        yield Refused(*found.span(), message, "skriv dem med latinske bogstaver")


def _hint(sign: str) -> str:
    """How it can be said in letters: the figure of a keycap, and otherwise words."""
    if "\u20e3" in sign and sign[0] != "\u20e3":
        return f"skriv {sign[0]}"
    return "skriv det med ord" if any(unicodedata.category(part) == "So" for part in sign) else "slet det"
