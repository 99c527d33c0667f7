"""Texts as words, for rules that look at a word and its neighbours by what the list of words says of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from docgen.lexicon.compounds import is_word, parts
from docgen.lexicon.forms import Form, form_of
from docgen.proofing.rule import Passage, Reading, lazy
from docgen.structs import Struct

_TOKEN = lazy(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d[\d.,]*\d|\d|[^\s\w]")
_ENDS = frozenset(".!?:;|•")
_NO_ENDING = Form.NOUN | Form.ANY_ADJECTIVE | Form.VERB


class Token(Struct, frozen=True):
    """A word, a figure or a sign of a text: as it is written, with small letters, from where to where, and what the list
    of words says of it. `first` says that it begins a sentence."""

    text: str
    word: str
    start: int
    end: int
    form: int
    first: bool

    def only(self, form: int) -> bool:
        """Whether it is one of these forms, and can be nothing else."""
        return bool(self.form & form) and not self.form & ~form & ~(Form.KNOWN | Form.BEGINS)


_NOTHING = Token("", "", 0, 0, 0, False)


class Place(Struct, frozen=True):
    """A word in its text, and its neighbours by number: `place[1]` is the next; where there is none an empty one."""

    passage: Passage
    tokens: tuple[Token, ...]
    at: int
    form: int

    def moved(self, offset: int) -> Place | None:
        """A neighbour as a place; None where there is none."""
        at = self.at + offset
        return Place(self.passage, self.tokens, at, self.tokens[at].form) if 0 <= at < len(self.tokens) else None

    def __getitem__(self, offset: int) -> Token:
        place = self.at + offset
        if place < 0:
            return _NOTHING
        try:  # that it is not there is seldom, and this is asked for by the thousand
            return self.tokens[place]
        except IndexError:
            return _NOTHING


class _Places(Struct):
    """The words of a reading as rules ask for them, so that no rule looks at all of them."""

    all: list[Place]
    by_word: dict[str, list[Place]]
    by_form: dict[int, list[Place]]


def places(reading: Reading, form: int) -> Iterator[Place]:
    """The words of a reading that may have one of some forms; of texts with a space, for an id has none."""
    found = _found(reading)
    kept = found.by_form.get(form)
    if kept is None:  # several rules ask for the same
        kept = found.by_form[form] = [place for place in found.all if place.form & form]
    return iter(kept)


def places_of(reading: Reading, *words: str) -> Iterator[Place]:
    """Where these words stand in a reading, however they are written; each word by itself."""
    by_word = _found(reading).by_word
    return (place for word in words for place in by_word.get(word, ()))


def places_ending(reading: Reading, *ends: str) -> Iterator[Place]:
    """The words of a reading that end so, in small letters."""
    by_word = _found(reading).by_word
    return (place for word in by_word if word.endswith(ends) for place in by_word[word])


def all_places(reading: Reading) -> list[Place]:
    """Every word of a reading."""
    return _found(reading).all


def spoken(reading: Reading, begins: frozenset[str], holds: frozenset[str] = frozenset()) -> Iterator[list[Place]]:
    """The words and signs of each sentence that begins with one of some words, or has one of others after a comma."""
    for passage, tokens, start, end in _sentences(reading):
        if tokens[start].word in begins or any(
            tokens[at].word in holds and tokens[at - 1].text == "," for at in (range(start + 1, end) if holds else ())
        ):
            yield [Place(passage, tokens, at, tokens[at].form) for at in range(start, end)]


def all_sentences(reading: Reading) -> Iterator[list[Place]]:
    """The words and signs of each sentence that begins with a capital."""
    for passage, tokens, start, end in _sentences(reading):
        if tokens[start].text != tokens[start].word:
            yield [Place(passage, tokens, at, tokens[at].form) for at in range(start, end)]


def sentence_before(place: Place) -> Iterator[Token]:
    """The words and signs before a word in its sentence, the nearest first."""
    for at in range(place.at - 1, -1, -1):
        if place.tokens[at + 1].first:
            return
        yield place.tokens[at]


def _sentences(reading: Reading) -> list[tuple[Passage, tuple[Token, ...], int, int]]:
    kept: list[tuple[Passage, tuple[Token, ...], int, int]] | None = reading.__dict__.get("spoken")
    if kept is None:
        kept = reading.__dict__["spoken"] = []
        last: tuple[Token, ...] | None = None
        for place in _found(reading).all:
            tokens = place.tokens
            if tokens is last:
                continue
            last = tokens
            starts = [at for at, token in enumerate(tokens) if token.first]
            kept += [(place.passage, tokens, a, b) for a, b in zip(starts, [*starts[1:], len(tokens)], strict=True)]
    return kept


def _found(reading: Reading) -> _Places:
    kept: _Places | None = reading.__dict__.get("places")
    if kept is None:
        found = [
            Place(passage, tokens, at, tokens[at].form)
            for passage in reading.passages
            if " " in passage.text
            for tokens, words in [_tokens(passage.text)]
            for at in words
        ]
        by_word: dict[str, list[Place]] = {}
        for place in found:
            by_word.setdefault(place.tokens[place.at].word, []).append(place)
        kept = reading.__dict__["places"] = _Places(found, by_word, {})
    return kept


def _tokens(text: str) -> tuple[tuple[Token, ...], list[int]]:
    """The words, figures and signs of a text, and which of them are words."""
    found: list[Token] = []
    words: list[int] = []
    first, begun = True, False
    before, last = "", 0
    for match in _TOKEN.finditer(text):
        sign, (start, end) = match[0], match.span()
        if sign[0].isalpha():
            if "\n" in text[last:start]:
                first = True
            elif before == "." and begun and sign[0].islower():
                first = False  # `den 17. maj`, `2 mio. kr. til`
            word, form, form_inside = _word(sign)
            words.append(len(found))
            found.append(Token(sign, word, start, end, form if first else form_inside, first))
            first, begun = False, True
        else:
            found.append(Token(sign, sign, start, end, 0, False))
            first = first or sign in _ENDS
        before, last = sign, end
    return tuple(found), words


@lru_cache(maxsize=16384)
def _word(sign: str) -> tuple[str, int, int]:
    """A word in small letters, and what it may be where it begins a sentence, and inside one; a compound what its last
    part may be, a genitive nothing. Inside a sentence one with a capital is a name, and one that ends as a definite
    noun is also that."""
    word = sign.lower()
    form = form_of(word)
    if form == Form.LEMMATISER | Form.OTHER and (found := parts(word)):  # listed, and nothing is told of it
        told = form_of(found[-1]) & (Form.NOUN | Form.ANY_ADJECTIVE)
        form = Form.LEMMATISER | told if told else form
    if not form & Form.KNOWN and "-" in word:
        form = form_of(word.rpartition("-")[2]) & (Form.NOUN | Form.ANY_ADJECTIVE)
    elif not form & Form.KNOWN and (found := parts(word)):
        form = form_of(found[-1]) & (Form.NOUN | Form.ANY_ADJECTIVE | Form.PARTICIPLE)
    if form & (Form.NOUN | Form.ANY_ADJECTIVE | Form.INFINITIVE):
        form &= ~Form.IMPERATIVE  # nobody is told to do anything here
    if sign == word:
        return word, form, form
    return word, form, form & (Form.DEFINITE_NOUN | Form.PLURAL_DEFINITE_NOUN) | Form.NAME


def is_genitive(token: Token) -> bool:
    """Whether a word is the genitive of a noun or a name: `kommunens`, `Københavns`."""
    if not token.word.endswith("s") or len(token.word) < 4 or token.form & _NO_ENDING:
        return False
    if token.text != token.word:
        return True
    form = form_of(token.word[:-1])
    return bool(form & Form.NOUN) or (not form and is_word(token.word[:-1]))
