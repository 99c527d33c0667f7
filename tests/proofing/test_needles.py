"""What a text must hold for a pattern to find anything: it never hides what the pattern finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.proofing.needles import NEEDLES
from docgen.proofing.rule import LazyPattern, folded
from tests.needles import file_of_needles, needles, patterns
from tests.support.effort import tries

WITH_NEEDLES = [one for one in patterns() if needles(one.text, one.flags)]


@pytest.mark.slow
def test_they_are_made_of_the_patterns_as_they_are() -> None:
    assert NEEDLES.read_text(encoding="utf-8") == file_of_needles(), "skriv dem på ny med `make needles`"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"\bikke (?:noget|nogen)\b", {"ikke noget", "ikke nogen"}),
        (r"\d+(?: mio\.| mia\.)? kr\.", {" kr."}),
        (r"[Kk]l(?:okken)? \d", {"kl ", "klokken "}),
        (r"\b(og|at) \1\b", {"og og", "at at"}),
        (r"ja|\d", set()),
        (r"(?:a|b)*", set()),
        (r"(?!nej)ja(?=, tak)", {", tak"}),
        (r"(?i:UDFYLD)", {"udfyld"}),
    ],
)
def test_they_are_the_most_telling_texts(pattern: str, expected: set[str]) -> None:
    assert needles(pattern) == expected


def test_there_are_patterns_with_them_and_patterns_without() -> None:
    assert len(patterns()) > len(WITH_NEEDLES) > 100


@pytest.mark.slow
@pytest.mark.parametrize("pattern", WITH_NEEDLES, ids=lambda one: str(one.text[:40]))
@settings(max_examples=tries(18), suppress_health_check=list(HealthCheck))
@given(data=st.data(), around=st.text(max_size=5))
def test_what_a_pattern_finds_is_found(pattern: LazyPattern, data: st.DataObject, around: str) -> None:
    compiled = re.compile(pattern.text, pattern.flags)
    text = around + data.draw(st.from_regex(compiled)) + around
    lazy = LazyPattern(pattern.text, pattern.flags, "")
    expected = [match.span() for match in compiled.finditer(text)]
    assert [match.span() for match in lazy.finditer(text)] == expected
    assert (lazy.search(text) is None) == (not expected)


WITH_GLANCE = [one for one in patterns() if one.glance]


def test_there_are_patterns_with_a_glance_and_patterns_without() -> None:
    assert len(patterns()) > len(WITH_GLANCE) > 20


@pytest.mark.slow
@pytest.mark.parametrize("pattern", WITH_GLANCE, ids=lambda one: str(one.text[:40]))
@settings(max_examples=tries(40), suppress_health_check=list(HealthCheck))
@given(data=st.data(), around=st.text(alphabet="aZ1 .,-–\n\u00a0(|", max_size=5))
def test_a_glance_finds_whatever_its_pattern_finds(pattern: LazyPattern, data: st.DataObject, around: str) -> None:
    compiled = re.compile(pattern.text, pattern.flags)
    text = around + data.draw(st.from_regex(compiled)) + around
    if compiled.search(text) is not None:
        assert re.search(pattern.glance, text) is not None


def test_letters_that_a_pattern_takes_for_the_same_are_the_same_here() -> None:
    every = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x30000))))
    used = {letter for pattern in WITH_NEEDLES for text in needles(pattern.text, pattern.flags) for letter in text}
    for letter in sorted(used):
        for alike in re.findall(re.escape(letter), every, re.IGNORECASE):
            assert folded(alike) == letter, f"{letter!r} {alike!r}"
