"""No text takes time by the square of its length, whatever it is made of: rules and parsers on what is repeated.

Measured is how the processor time grows, never how much it is. Under `_FLOOR` seconds nothing is asked: a text of
64,000 characters that takes no longer is no danger, and so little is not measured well.
"""

from __future__ import annotations

import contextlib
import gc
import time
from collections.abc import Callable

import pytest

from docgen.content.characters import refused_characters
from docgen.content.cut_text import cut
from docgen.content.settings import HouseStyle
from docgen.content.yaml_reader import read_yaml, scalars
from docgen.problems import ContentError
from docgen.proofing import proofread, readers
from docgen.proofing.registry import RULES
from docgen.proofing.rule import Passage, Reading, Rule
from docgen.tree import markdown, typed, typography
from tests.support.effort import tries

_SHORT, _LONG = 16_000, 64_000  # characters: two doublings
_MOST = 2.5
_FLOOR = 0.05
_STEP = 0.2  # seconds
_STYLE = HouseStyle()

PIECES = (
    *("1 ", "[", "_", "1,", "A ", "a ", "( ", "„", "kr. ", ". ", "- ", "1.", "www.", "@", "A", "1", "a-", "§ "),
    *("%", "…", '"', "*", "`", "{", "{a:", "|", "| ", "a|", "a\n", "- a\n", "# ", "1. a\n", "a.b", "a@"),
    *("a@b.", "10 kr. ", "+45 ", "1 pct. ", "2023 ", "2023-", "1. januar ", "mio. ", "Fra 1 ", "jf. "),
    *("bilag 1 ", "1-", "1/", "12:", "![", "](", "<", "&", "\\", "«a", "”", "http://a(", "a'", "-- "),
    *("1 stemme mod ", "3 af 4 ", "\t", "\xa0", "  ", "a, ", "A. ", "Aa ", "é", "FN ", "EU’", "11", "1.000 "),
    *("0,0 ", "<titel", "[a](", "»", "a\t", "^", "a^", "~", "::", "=", "A, "),
)


def _reading(text: str) -> Reading:
    return Reading((Passage(text, "tekst.yaml"),), _STYLE)


def _yaml(text: str) -> None:
    for written in (text, "|\n  " + text.replace("\n", "\n  ")):
        try:
            found = read_yaml("tekst.yaml", f"a: {written}\n".encode())
        except ContentError:
            continue
        for scalar in scalars(found):
            cut(scalar)


def _plain_file(text: str) -> None:
    with contextlib.suppress(ContentError):
        readers.file_passages("tekst.txt", text.encode())


PARSERS: dict[str, Callable[[str], object]] = {
    "proofread.find": lambda text: proofread.find(_reading(text), [rule for rule in RULES if not rule.slow]),
    "typed.keep_numbers": typed.keep_numbers,
    "typed.changes": lambda text: list(typed.changes(text)),
    "typed.leftovers": lambda text: list(typed.leftovers(text)),
    "typed.unknown_braces": lambda text: list(typed.unknown_braces(text)),
    "characters": lambda text: list(refused_characters(text)),
    "typography": lambda text: typography.correct_text(text, _STYLE),
    "markdown.parse_content": markdown.parse_content,
    "markdown.parse_template": markdown.parse_template,
    "yaml": _yaml,
    "plain file": _plain_file,
}


def grows_fast(read: Callable[[str], object], piece: str) -> list[float]:
    """The times at which reading is too slow over two doublings; empty where it grows as the text does."""
    for repeats in (1, 3, 5):  # what else the machine does is no fault of the text
        times = [min(_time(read, piece, length) for _ in range(repeats)) for length in (_SHORT, _LONG)]
        if times[1] <= _FLOOR or times[1] <= _MOST**2 * times[0]:
            return []
    if times[1] < _STEP:  # memory that is asked for at once is a step, and no growth: it is not there a second time
        longer = min(_time(read, piece, 4 * _LONG) for _ in range(3))
        return [*times, longer] if longer > _MOST**2 * times[1] else []
    return times


def _time(read: Callable[[str], object], piece: str, length: int) -> float:
    text = (piece * (length // len(piece) + 1))[:length]
    gc.disable()  # how often it runs says nothing of what is read
    try:
        before = time.process_time()
        read(text)
        return time.process_time() - before
    finally:
        gc.enable()


def _pieces() -> tuple[str, ...]:
    """Every piece, or in a quick run each of a few in turn."""
    return PIECES[:: max(1, len(PIECES) // tries(len(PIECES)))]


@pytest.mark.slow
@pytest.mark.parametrize("parser", PARSERS)
def test_no_parser_grows_by_the_square(parser: str) -> None:
    PARSERS[parser]("kort")
    assert {piece: found for piece in _pieces() if (found := grows_fast(PARSERS[parser], piece))} == {}


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_no_rule_grows_by_the_square(rule: Rule) -> None:
    def read(text: str) -> object:
        return list(rule.find(_reading(text)))

    read("kort")
    assert {piece: found for piece in _pieces() if (found := grows_fast(read, piece))} == {}


@pytest.mark.slow
def test_what_grows_by_the_square_is_seen() -> None:
    assert grows_fast(lambda text: [text[at:].count("x") for at in range(0, len(text), 4)], "a") != []
