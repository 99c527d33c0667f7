"""The list of Danish words: for each form what it may be, and what it is an inflection of.

Two files lie beside this one and are mapped into memory, so that nothing is loaded before it is asked for: the forms as
a trie (marisa), which gives each a number, and for each number which of some thousand descriptions it has. `make words`
makes them; docs/ordliste.md says of what, and under which licences. A genitive in -s is not listed: any form has one.
"""

from __future__ import annotations

import hashlib
import mmap
import struct
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import marisa_trie

FORMS = Path(__file__).with_name("forms.marisa")
DESCRIPTIONS = Path(__file__).with_name("forms.bin")


class Form:
    """What a form may be, as bits of a number. A form that is more than one thing, such as `svar`, has them all. Plain
    numbers, for they are asked for by the thousand."""

    COMMON_SINGULAR = 1 << 0
    COMMON_DEFINITE = 1 << 1
    COMMON_PLURAL = 1 << 2
    COMMON_PLURAL_DEFINITE = 1 << 3
    NEUTER_SINGULAR = 1 << 4
    NEUTER_DEFINITE = 1 << 5
    NEUTER_PLURAL = 1 << 6
    NEUTER_PLURAL_DEFINITE = 1 << 7
    ADJECTIVE = 1 << 8
    ADJECTIVE_T = 1 << 9
    ADJECTIVE_E = 1 << 10
    COMPARATIVE = 1 << 11
    SUPERLATIVE = 1 << 12
    INFINITIVE = 1 << 13
    PRESENT = 1 << 14
    PAST = 1 << 15
    PARTICIPLE = 1 << 16
    PRESENT_PARTICIPLE = 1 << 17
    IMPERATIVE = 1 << 18
    PASSIVE = 1 << 19
    NAME = 1 << 20
    OTHER = 1 << 21
    BEGINS = 1 << 22  # a compound, with the joint that it has there: `arbejds`, `klima`
    SPELLER = 1 << 23  # Stavekontrolden has it
    LEMMATISER = 1 << 24  # simplemma has it

    SINGULAR_NOUN = COMMON_SINGULAR | NEUTER_SINGULAR
    DEFINITE_NOUN = COMMON_DEFINITE | NEUTER_DEFINITE
    PLURAL_NOUN = COMMON_PLURAL | NEUTER_PLURAL
    PLURAL_DEFINITE_NOUN = COMMON_PLURAL_DEFINITE | NEUTER_PLURAL_DEFINITE
    NOUN = SINGULAR_NOUN | DEFINITE_NOUN | PLURAL_NOUN | PLURAL_DEFINITE_NOUN
    ANY_ADJECTIVE = ADJECTIVE | ADJECTIVE_T | ADJECTIVE_E | COMPARATIVE | SUPERLATIVE
    VERB = INFINITIVE | PRESENT | PAST | PARTICIPLE | PRESENT_PARTICIPLE | IMPERATIVE | PASSIVE
    KNOWN = SPELLER | LEMMATISER


class Described(NamedTuple):
    """What the list says of a form: what it may be, and how its lemma is made of it: so many letters off, these on."""

    form: int
    taken: int = 0
    given: str = ""


@lru_cache(maxsize=65536)
def form_of(word: str) -> int:
    """What a word, in the letters that it is listed with, may be: bits of `Form`; 0 where it is not in the list."""
    number = _trie().get(word)
    return 0 if number is None else _described(number).form


@lru_cache(maxsize=4096)
def lemma_of(word: str) -> str:
    """What a word is an inflection of: `aftalernes` -> `aftale`; the word itself where the list does not say."""
    for form in (word, word.removesuffix("s")):
        number = _trie().get(form)
        if number is not None:
            described = _described(number)
            return form[: len(form) - described.taken] + described.given
    return word


def forms_beginning(letters: str) -> Iterator[str]:
    """Every form in the list that begins with some letters."""
    yield from _trie().iterkeys(letters)


@cache
def list_hash() -> str:
    """The SHA-256 of the list, as the two files are."""
    total = hashlib.sha256(FORMS.read_bytes())
    total.update(DESCRIPTIONS.read_bytes())
    return total.hexdigest()


@cache
def _trie() -> marisa_trie.Trie:
    import marisa_trie

    trie = marisa_trie.Trie()
    trie.mmap(str(FORMS))
    return trie


@cache
def _descriptions() -> tuple[mmap.mmap, int, int]:
    """The file, how many descriptions it has, and where the numbers of each form's begin."""
    with DESCRIPTIONS.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    count, start = struct.unpack_from("<II", mapped)
    return mapped, count, start


def _described(number: int) -> Described:
    mapped, _, start = _descriptions()
    (kind,) = struct.unpack_from("<H", mapped, start + 2 * number)
    return _description(kind)


@cache
def _description(kind: int) -> Described:
    mapped, _, _ = _descriptions()
    form, taken, given = struct.unpack_from("<IB11s", mapped, 8 + 16 * kind)
    return Described(form, taken, given.rstrip(b"\0").decode())


def pack(kinds: list[Described], numbers: list[int]) -> bytes:
    """The file of descriptions: how many kinds there are and where the numbers begin, the kinds, and for each form the
    number of its kind. Raises ValueError for a kind that has no room."""
    table = b""
    for kind in kinds:
        given = kind.given.encode()
        if len(given) > 11 or kind.taken > 255:
            raise ValueError(kind)
        table += struct.pack("<IB11s", kind.form, kind.taken, given)
    return struct.pack("<II", len(kinds), 8 + len(table)) + table + struct.pack(f"<{len(numbers)}H", *numbers)
