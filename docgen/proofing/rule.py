"""What the proof-reader knows: rules with their examples and sources, texts with their places, and findings."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import cast

from docgen.content.glossary import Glossary
from docgen.content.organisation import Organisation
from docgen.content.scalar import Scalar
from docgen.content.settings import HouseStyle
from docgen.problems import printable
from docgen.proofing.needles import needles_of
from docgen.proofing.quoted import is_quoted
from docgen.structs import Struct, replace

_FIGURE = re.compile(r"\d")


class Severity(StrEnum):
    """How sure and how grave: an error stops an issue, a hint is shown only when asked for."""

    ERROR = "fejl"
    WARNING = "advarsel"
    HINT = "tip"


class Passage(Struct, frozen=True):
    """A text that is read: where it stands, in words or as the YAML string itself, and the field it is in.

    Of a Word file also `cell`: which table, row and column it is in, counted from 0; and `item`: how deep in a list it
    is an item, 0 = in none.
    """

    text: str
    file: str
    place: str = ""
    key: str = ""
    scalar: Scalar | None = None
    cell: tuple[int, int, int] | None = None
    item: int = 0


class Reading(Struct, frozen=True, dict=True):
    """All passages of one document or file, and what the rules may ask of the municipality."""

    passages: tuple[Passage, ...]
    style: HouseStyle
    organisation: Organisation | None = None
    glossary: Glossary | None = None
    day: datetime.date | None = None
    foreign: bool = False

    @cached_property
    def joined(self) -> str:
        """All texts as one, for a rule to see at a glance that it has nothing to find."""
        return "\n".join(passage.text for passage in self.passages)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of all texts, with small letters."""
        return frozenset(re.findall(r"\w+", self.joined.lower()))

    @cached_property
    def with_figures(self) -> Reading:
        """The passages that hold a figure, for rules that find nothing without: in most texts these are few."""
        return replace(self, passages=tuple(passage for passage in self.passages if _FIGURE.search(passage.text)))


class Hit(Struct, frozen=True):
    """What a rule found in a passage: from where to where, what is wrong, and the right words where they are sure.

    `alternatives` are the words that it may have been meant for, the likeliest first, where there is more than one.
    """

    passage: Passage
    start: int
    end: int
    message: str
    right: str | None = None
    alternatives: tuple[str, ...] = ()


class Rule(Struct, frozen=True):
    """A rule: `find` gives its hits in a reading. `right` and `wrong` are sentences, and each is a test.

    `fixable` says that what it finds may be replaced by its `right` words without a person looking, and `slow` that it
    is not asked where only errors count.
    """

    code: str
    title: str
    severity: Severity
    source: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    find: Callable[[Reading], Iterable[Hit]]
    fixable: bool = False
    needs: str = ""
    slow: bool = False


class Finding(Struct, frozen=True):
    """A hit of a rule at its place: `line` and `column` count from 1 (0 = not known), `place` is words instead."""

    rule: Rule
    hit: Hit
    file: str
    line: int = 0
    column: int = 0
    source_line: str = ""

    @property
    def span(self) -> tuple[int, int] | None:
        """Where the words stand in the YAML file's text; None where that is not exact, or it is no YAML."""
        scalar = self.hit.passage.scalar
        return None if scalar is None else scalar.span(self.hit.start, self.hit.end)

    @property
    def is_safe(self) -> bool:
        """Whether it may be fixed without a person looking: the rule is sure, and the words are no quotation."""
        hit = self.hit
        return self.rule.fixable and hit.right is not None and not is_quoted(hit.passage.text, hit.start, hit.end)

    @property
    def where(self) -> str:
        """`file:line:column`, or the file and words that can be found in it."""
        place = f": {self.hit.passage.place}" if self.hit.passage.place else ""
        return printable(self.file + (f":{self.line}:{self.column}" if self.line else place))


@lru_cache(maxsize=64)
def folded(text: str) -> str:
    """A text as needles are looked for in it: alike for all letters that a pattern without regard for capitals takes
    for the same, the two of Turkish with them."""
    return text.casefold().replace("i\u0307", "i").replace("ı", "i")


class LazyPattern:
    """Stands for a pattern until a text could hold what it finds, and looks only in such texts."""

    def __init__(self, text: str, flags: int, glance: str) -> None:
        self.text, self.flags, self.glance = text, flags, glance

    def search(self, text: str, *where: int) -> re.Match[str] | None:
        """As a pattern's."""
        return self._compiled.search(text, *where) if self._may_be_in(text) else None

    def finditer(self, text: str, *where: int) -> Iterator[re.Match[str]]:
        """As a pattern's."""
        return self._compiled.finditer(text, *where) if self._may_be_in(text) else iter(())

    def _may_be_in(self, text: str) -> bool:
        if self._needed and not any(map(folded(text).__contains__, self._needed)):
            return False
        return self._glances is None or self._glances.search(text) is not None

    @cached_property
    def _needed(self) -> tuple[str, ...]:
        return needles_of(self.text)

    @cached_property
    def _glances(self) -> re.Pattern[str] | None:
        return re.compile(self.glance) if self.glance else None

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.text, self.flags)

    def __getattr__(self, name: str) -> object:
        return getattr(self._compiled, name)


def lazy(pattern: str, flags: int = 0, glance: str = "") -> re.Pattern[str]:
    """A regular expression that is compiled at its first use: in most texts most rules see at a glance that they have
    nothing to find, and compiling all of them takes longer than reading a policy.

    `glance` is a short one that is found wherever this one is; where it is not, this one is not compiled.
    """
    return cast("re.Pattern[str]", LazyPattern(pattern, flags, glance))


Right = str | Callable[[re.Match[str]], str | None]


def pattern_rule(
    code: str,
    title: str,
    pattern: str,
    right_words: Right,
    message: str,
    source: str,
    right: Iterable[str],
    wrong: Iterable[str],
    *,
    severity: Severity = Severity.WARNING,
    fixable: bool = True,
    flags: int = 0,
    figures: bool = False,
    words: Iterable[str] = (),
    glance: str = "",
) -> Rule:
    """A rule that is a regular expression; `right_words` is a template (`\\1 …`) or a function, None = no right form.

    `figures` says that it finds nothing without a figure in the passage, `words` (in small letters) that it finds nothing
    without one of them: then it need not look; `glance` is as in `lazy`.
    """
    compiled, needed = lazy(pattern, flags, glance), frozenset(words)

    def find(reading: Reading) -> Iterator[Hit]:
        reading = reading.with_figures if figures else reading
        if needed and needed.isdisjoint(reading.words):
            return
        if not compiled.search(reading.joined):
            return
        for passage in reading.passages:
            for match in compiled.finditer(passage.text):
                words = match.expand(right_words) if isinstance(right_words, str) else right_words(match)
                if words is not None and words != match[0]:
                    yield Hit(passage, match.start(), match.end(), message, words)

    return Rule(code, title, severity, source, tuple(right), tuple(wrong), find, fixable)


def by_word(words: Mapping[str, str]) -> Callable[[re.Match[str]], str | None]:
    """The right word for a match by its first group, with a capital where the wrong one has it."""

    def choose(match: re.Match[str]) -> str | None:
        found = words.get(match[1].lower())
        if found is None:
            return None
        return match[0].replace(match[1], found[:1].upper() + found[1:] if match[1][:1].isupper() else found)

    return choose
