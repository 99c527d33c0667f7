"""Repair of broken Danish: lines of pages, as a program took them out of a PDF, to the words that stood there.

The words and the noise are learned of the text itself, in rounds: what surely stood whole is known in the next.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from docgen.importing.channel import Channel, Fragment, Noise, Word, core
from docgen.importing.language import Language
from docgen.importing.lost_letters import Restorer, has_lost_letters
from docgen.structs import Struct

_ROUNDS = 4
_LEAST = 0.00001
_DOUBTFUL = 4.0
"""Nats: what is less sure than that is told."""
_RUN_ON = re.compile(r"(?<=[^\W\d_])([,;])(?=[^\W\d_])|(?<=[a-zæøå]{2})([.:])(?=[A-ZÆØÅ][a-zæøå ])")


class Doubt(Struct, frozen=True):
    """A word that may be read otherwise: where it stands in the lines of its page, what stood there, and why."""

    page: int
    line: int
    source: str
    reading: str
    why: str


class RepairedLine(Struct, frozen=True):
    """A line as it is read; a word that goes on in the next one stands whole where it begins. `number` is its place
    among the lines of the page, `page` the page's, and `width` how many signs stand in the line itself."""

    text: str
    page: int
    number: int
    was_changed: bool = False
    width: int = 0


class Repaired(Struct, frozen=True):
    """What became of a text: its lines, the doubtful places, how many words it has, and how many were changed."""

    lines: tuple[RepairedLine, ...]
    doubts: tuple[Doubt, ...]
    words: int
    changed: int


def repair(pages: Sequence[Sequence[str]]) -> Repaired:
    """The words of some pages, each a sequence of lines. A text that is whole comes back as it was."""
    split = [_fragments(lines) for lines in pages]
    lost = [has_lost_letters(" ".join(lines)) for lines in pages]
    noises = [Noise() for _ in pages]
    language = Language()
    read: list[list[Word]] = [[] for _ in pages]
    for _ in range(_ROUNDS):
        read = [
            Channel(fragments, language, noise).read() if not is_lost else _alone(fragments)
            for fragments, noise, is_lost in zip(split, noises, lost, strict=True)
        ]
        noises = [_noise(fragments, words) for fragments, words in zip(split, read, strict=True)]
        language = language.learned(_sure(split, read, lost, language))
    if any(lost):
        restorer = Restorer(language)
        read = [
            restorer.read(fragments) if is_lost else words
            for fragments, words, is_lost in zip(split, read, lost, strict=True)
        ]
    return _result(split, read, language)


def _alone(fragments: Sequence[Fragment]) -> list[Word]:
    return [Word(one.text, at, at) for at, one in enumerate(fragments)]


def _fragments(lines: Sequence[str]) -> list[Fragment]:
    """The strings of a page; where a blank is lost after a comma there are two."""
    found = []
    for number, line in enumerate(lines):
        opened = _RUN_ON.sub(lambda sign: f"{sign[0]} ", line)
        found += [Fragment(text, number) for text in opened.split()]
    return found


def _noise(fragments: Sequence[Fragment], words: Sequence[Word]) -> Noise:
    """What a page's noise is, by what was joined on it."""
    inside = broken = breaks = 0
    gaps = 1
    for word in words:
        gaps += max(len(word.text) - 1, 0)
        for at in range(word.first, word.last):
            if fragments[at].line == fragments[at + 1].line:
                inside += 1
            elif not word.was_hyphen:
                broken += 1
    breaks = len({one.line for one in fragments}) or 1
    return Noise(_within(inside / gaps), _within(broken / breaks))


def _within(share: float) -> float:
    return min(max(share, _LEAST), 0.3)


def _sure(
    split: Sequence[Sequence[Fragment]], read: Sequence[Sequence[Word]], lost: Sequence[bool], language: Language
) -> Counter[str]:
    """The words that stood whole, each as often as it did: of those pages that kept their letters."""
    found: Counter[str] = Counter()
    for words, is_lost in zip(read, lost, strict=True):
        if not is_lost:
            for word in words:
                inside = core(word.text).lower()
                if len(inside) > 2 and (not word.is_joined or word.was_hyphen) and language.knows(core(word.text)):
                    found[inside] += 1
    return found


def _result(split: Sequence[Sequence[Fragment]], read: Sequence[Sequence[Word]], language: Language) -> Repaired:
    lines: list[RepairedLine] = []
    doubts: list[Doubt] = []
    count = changed = 0
    for page, (fragments, words) in enumerate(zip(split, read, strict=True)):
        by_line: dict[int, list[Word]] = {}
        for word in words:
            by_line.setdefault(fragments[word.first].line, []).append(word)
        widths = _widths(fragments, words)
        for number, inside in sorted(by_line.items()):
            changed_here = any(_is_new(word, fragments) for word in inside)
            text = " ".join(word.text for word in inside)
            last = fragments[inside[-1].last].line
            ended_in = number if last in by_line else last  # all that the next line has went up to this one
            lines.append(RepairedLine(text, page, number, changed_here, widths.get(ended_in, 0)))
        count += len(words)
        changed += sum(_is_new(word, fragments) for word in words)
        doubts += _doubts(page, fragments, words, language)
    return Repaired(tuple(lines), tuple(doubts), count, changed)


def _widths(fragments: Sequence[Fragment], words: Sequence[Word]) -> dict[int, int]:
    """By line, how many signs it had before it was broken: its fragments, and a blank before each word."""
    found: Counter[int] = Counter()
    for word in words:
        for at in range(word.first, word.last + 1):
            found[fragments[at].line] += len(fragments[at].text) + (at == word.first)
    return {line: width - 1 for line, width in found.items()}


def _is_new(word: Word, fragments: Sequence[Fragment]) -> bool:
    return word.is_joined or word.text != fragments[word.first].text


def _doubts(page: int, fragments: Sequence[Fragment], words: Sequence[Word], language: Language) -> Iterator[Doubt]:
    for word in words:
        pieces = fragments[word.first : word.last + 1]
        source, line = " ".join(one.text for one in pieces), pieces[0].line
        inside = core(word.text).rstrip("-")
        if word.is_joined and word.margin < _DOUBTFUL:
            yield Doubt(page, line, source, word.text, "kan også læses som flere ord")
        elif not word.is_joined and word.text != source:
            yield Doubt(page, line, source, word.text, "bogstaver, der ikke står i kilden, er sat ind")
        elif inside and not language.knows(inside) and inside[0].islower():
            yield Doubt(page, line, source, word.text, "ordet kendes ikke")
