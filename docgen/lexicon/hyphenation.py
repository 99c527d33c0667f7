"""Where a compound may be divided: between its parts (Retskrivningsordbogen § 15).

The patterns of a language know syllables, but not where one part ends: `kli-maaf-tryk`. With a soft hyphen at each joint
they see every part for itself.
"""

from __future__ import annotations

import re

from docgen.lexicon.compounds import joints, parts
from docgen.lexicon.forms import Form, form_of

_WORD = re.compile(r"[^\W\d_]{6,}")
_SOFT_HYPHEN = "\N{SOFT HYPHEN}"
_SHORTEST = 3  # letters of a part that is set off
_SHORTEST_LAST = 2  # a last part may be a word of two letters: `overslags-år`
_BEFORE = (
    "af",
    "an",
    "for",
    "fore",
    "fra",
    "gen",
    "gennem",
    "ind",
    "med",
    "mis",
    "mod",
    "om",
    "op",
    "over",
    "på",
    "sam",
    "til",
    "ud",
    "und",
    "under",
    "ved",
)
_KNOWN = {"forurening": 3, "istandsæt": 6, "formand": 3, "formænd": 3, "fortrol": 3}
"""Where the rest after the prefix is no word of its own, or another way to put the word together is nearer."""
_NO_ENDS = ("ende", "endes")  # of a present participle: `sva-rende`
_CLASSES = Form.NOUN | Form.ANY_ADJECTIVE | Form.VERB


def divided(text: str) -> str:
    """A text with a soft hyphen where the parts of each of its compounds meet, and after a prefix."""
    return _WORD.sub(lambda match: _divided(match[0]), text)


def _divided(word: str) -> str:
    lowered = word.lower()
    cuts = _of_parts(lowered) or sorted(
        cut
        for cut in joints(lowered)
        if _SHORTEST <= cut <= len(word) - _room(lowered, cut) and lowered[cut:] not in _NO_ENDS
    )
    cuts = _apart(cuts)
    known = next((part for part in _KNOWN if part in lowered), "")
    if known:
        start = lowered.index(known)
        cuts = sorted({start + _KNOWN[known], *(cut for cut in cuts if not start < cut < start + len(known))})
    cuts = cuts or _of_prefix(lowered)
    for cut in reversed(cuts):
        word = f"{word[:cut]}{_SOFT_HYPHEN}{word[cut:]}"
    return word


def _room(word: str, cut: int) -> int:
    """How many letters must follow a joint: of a word as short as `år` after a joint with its own letter fewer."""
    return _SHORTEST_LAST if word[cut:] in ("år", "by", "sø") and word[cut - 1] == "s" else _SHORTEST


def _of_parts(word: str) -> list[int]:
    """The joints of the way to put a word together that has the fewest parts; each part may be a compound itself."""
    found, place = [], 0
    for part in parts(word):
        meet = _of_prefix(part.removesuffix("s")) or sorted(joints(part))
        inner = [
            place + cut for cut in meet if _SHORTEST <= cut <= len(part) - _SHORTEST and part[cut:] not in _NO_ENDS
        ]
        found += [*_apart(inner), place + len(part)]
        place += len(part)
    return [cut for cut in found[:-1] if _SHORTEST <= cut <= len(word) - _SHORTEST_LAST]


def _apart(cuts: list[int]) -> list[int]:
    """The joints that no other is nearer to than a part is long: where two are, it is not known which is right."""
    return [cut for cut in cuts if all(cut == other or abs(cut - other) >= _SHORTEST for other in cuts)]


def _of_prefix(word: str) -> list[int]:
    """After the prefix of a word whose rest is a word itself: `op-lysning`."""
    for prefix in sorted(_BEFORE, key=len, reverse=True):
        rest = word[len(prefix) :]
        if (
            word.startswith(prefix)
            and len(rest) > _SHORTEST
            and form_of(rest) & Form.SPELLER
            and form_of(rest) & _CLASSES
        ):
            return [len(prefix)]
    return []
