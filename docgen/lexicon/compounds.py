"""Compounds, which are without end: whether a word that is not listed is put together of words as Danish does it.

A part may begin a compound with the joint that Stavekontrolden gives it there (`arbejds`, `børne`, `klima`), never with
another: so `indkøbpolitik` is none. Words and parts are of small letters.
"""

from __future__ import annotations

from functools import lru_cache

from docgen.lexicon.forms import Form, form_of, lemma_of

_LONG_ENOUGH = 4
"""Letters of a part: of shorter ones a slip of the finger is easily made."""
_SHORT = frozenset(
    ["el", "by", "is", "it", "ny", "ud", "øl", "bil", "bio", "bus", "bør", "dag", "fag", "fri", "gas", "hav", "hus", "høj",
     "job", "kro", "køb", "køn", "kød", "lav", "leg", "lov", "lyn", "lys", "løn", "mad", "mål", "nat", "rum", "råd", "sag",
     "sol", "tal", "tid", "tog", "træ", "vej", "øko", "spa", "arv", "arm", "ben", "sø", "å", "ø", "år", "års", "tids", "dags", "sags"]
)  # fmt: skip
_NO_PARTS = frozenset(
    ["ion", "ioner", "ionen", "ionerne", "ører", "ørerne", "rand", "rande", "else", "elsen", "elser", "inger", "terne"]
)
"""Words that are ends of other words far more often than parts of compounds."""
_ENDS = Form.NOUN | Form.ANY_ADJECTIVE | Form.PARTICIPLE | Form.PRESENT_PARTICIPLE | Form.INFINITIVE | Form.PRESENT
_VERB_ONLY = Form.INFINITIVE | Form.PRESENT | Form.KNOWN | Form.BEGINS
_MOST_PARTS = 4
_LONG_LAST = 6  # letters of the last of three parts and more: `rest`, `uran`, `terne` is no compound


def is_listed(word: str) -> bool:
    """Whether a word is in the list, or is the genitive of one."""
    return bool(form_of(word) & Form.KNOWN) or (word.endswith("s") and bool(form_of(word[:-1]) & Form.KNOWN))


def is_word(word: str) -> bool:
    """Whether a word of small letters is Danish: in the list, its genitive, or put together of such."""
    return is_listed(word) or bool(parts(word))


def lemma(word: str) -> str:
    """What a word is an inflection of; one that is not listed by its longest end that is: `delaftalernes` -> `delaftale`."""
    if is_listed(word):
        return lemma_of(word)
    last = next((word[cut:] for cut in range(1, len(word) - 2) if is_listed(word[cut:])), "")
    return word[: len(word) - len(last)] + lemma_of(last)


def is_joined(word: str) -> bool:
    """Whether a word is two words that are listed, with no joint or another than the attested: `skrivekursus`."""
    return any(
        ends(word[cut:])
        and form_of(word[:cut]) & Form.SPELLER
        and (cut >= _LONG_ENOUGH or form_of(word[:cut]) & Form.NOUN)
        for cut in range(_LONG_ENOUGH - 1, len(word) - _LONG_ENOUGH + 2)
    )


@lru_cache(maxsize=16384)
def parts(word: str) -> tuple[str, ...]:
    """The parts of a compound, each with its joint: `indkøbs`, `politikken`. Empty for what is no compound.

    The fewest parts, and of those the ones with the longest last, a verb after the others: `borger-nære`, not `borg-ernære`.
    """
    for count in range(2, _MOST_PARTS + 1):
        verb: tuple[str, ...] = ()
        for cut in range(2, len(word) - (2 if count == 2 else _LONG_LAST - 1)):
            last = word[cut:]
            if ends(last) and (before := _before(word[:cut], count - 1)):
                if form_of(last) & ~_VERB_ONLY:
                    return (*before, last)
                verb = verb or (*before, last)
        if verb:
            return verb
    return ()


def _before(letters: str, count: int) -> tuple[str, ...]:
    """Just so many parts that a compound may begin with; of three parts and more only the first may be short."""
    if count == 1:
        return (letters,) if begins(letters) else ()
    for cut in range(2, len(letters) - _LONG_ENOUGH + 1):
        inner = letters[cut:]
        if begins(inner) and (before := _before(letters[:cut], count - 1)):
            return (*before, inner)
    return ()


def is_beginning(letters: str) -> bool:
    """Whether a compound may begin so, with one part or two."""
    return begins(letters) or bool(_before(letters, 2))


def joints(word: str) -> frozenset[int]:
    """Where the parts of a compound meet, counted in letters from its beginning; of a listed compound, too. None where
    the word is no compound, or may be put together in more than one way of as many parts."""
    found = {cut for cut in range(2, len(word) - 1) if _is_joint(word, cut)}
    return frozenset(found)


def _is_joint(word: str, cut: int) -> bool:
    return is_beginning(word[:cut]) and (ends(word[cut:]) or bool(parts(word[cut:])))


@lru_cache(maxsize=65536)
def begins(letters: str) -> bool:
    """Whether a compound may begin so, with one part."""
    return (len(letters) >= _LONG_ENOUGH or letters in _SHORT) and form_of(letters) & Form.BEGINS != 0


@lru_cache(maxsize=65536)
def ends(letters: str) -> bool:
    """Whether a compound may end so, with one part."""
    if letters in _NO_PARTS or (len(letters) < _LONG_ENOUGH and letters not in _SHORT):
        return False
    form = form_of(letters)
    if form & Form.SPELLER and form & _ENDS:
        return True
    form = form_of(letters[:-1]) if letters.endswith("s") else 0
    return bool(form & Form.SPELLER and form & Form.NOUN)
