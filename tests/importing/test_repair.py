"""Broken Danish is put together again, and a text that is whole is left alone."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.importing.repair import Repaired, repair
from docgen.kinds.policy.model import Policy
from tests.support.broken_text import INTRODUCTION, VALUES, noisy, share_of_words, wrapped
from tests.support.contents import REAL_POLICY, repository
from tests.support.effort import tries


def said(repaired: Repaired) -> str:
    return " ".join(line.text for line in repaired.lines)


def repository_paragraphs() -> list[str]:
    """Danish that no list of words was made from: the repository's own policy."""
    policy = repository().content.all(Policy)[REAL_POLICY.partition("/")[2]]
    texts = [value.text for value in policy.values]
    texts += [area.text for value in policy.values for area in value.focus_areas if area.text is not None]
    return [" ".join(paragraph.split()) for text in texts for paragraph in str(text).split("\n\n")]


def test_words_broken_by_blanks_and_line_ends_are_whole_again() -> None:
    lines = [
        "Københavns Kom m unes ind købspolit ik sæt -",
        "ter ram m en for kom m u-",
        "nens mil jøkrav t i l borgerne.",
    ]
    whole = "Københavns Kommunes indkøbspolitik sætter rammen for kommunens miljøkrav til borgerne."
    assert said(repair([lines])) == whole


@pytest.mark.slow
@pytest.mark.parametrize(("noise", "least", "most_joins"), [(0.02, 0.985, 5.0), (0.06, 0.975, 6.0)])
def test_most_words_of_a_noisy_text_are_right(noise: float, least: float, most_joins: float) -> None:
    chance = random.Random(4)
    paragraphs = repository_paragraphs()
    pages = [
        [line for text in paragraphs[at : at + 8] for line in noisy(wrapped(text, 48, chance), noise, chance)]
        for at in range(0, len(paragraphs), 8)
    ]
    share, joins = share_of_words(" ".join(paragraphs), said(repair(pages)))
    assert share >= least
    assert joins <= most_joins


@pytest.mark.slow
def test_a_whole_text_is_left_alone() -> None:
    chance = random.Random(4)
    paragraphs = repository_paragraphs()
    share, _ = share_of_words(" ".join(paragraphs), said(repair([[text] for text in paragraphs])))
    assert share == 1.0
    lines = [line for text in paragraphs for line in wrapped(text, 70, chance)]
    hyphens, _ = share_of_words(" ".join(paragraphs), said(repair([lines])))
    assert hyphens >= 0.999


@pytest.mark.slow
def test_a_page_that_lost_its_letters_gets_them_back_and_says_so() -> None:
    clean = [text for value in VALUES for text in (*value[2], *value[3])] + list(INTRODUCTION)
    page = " ".join(value[1] for value in VALUES) + " " + " ".join(VALUES[0][2])
    lost = page.replace("å", "a").replace("æ", "").replace("ø", "0")
    found = repair([clean, [lost]])
    share, _ = share_of_words(page, " ".join(line.text for line in found.lines if line.page == 1))
    assert share >= 0.97
    assert {"bogstaver, der ikke står i kilden, er sat ind"} == {
        doubt.why for doubt in found.doubts if doubt.page == 1 and doubt.reading != doubt.source
    }


def test_hyphens_that_are_the_words_own_stay() -> None:
    lines = ["Vi skriver klima- og miljøkrav ind i CSR-", "bilaget og i menneske-", "og arbejdstagerrettigheder."]
    assert (
        said(repair([lines]))
        == "Vi skriver klima- og miljøkrav ind i CSR-bilaget og i menneske- og arbejdstagerrettigheder."
    )


def test_what_is_no_word_takes_no_time() -> None:
    """Data without a blank, as a page may have it."""
    assert said(repair([["a" * 200_000, "og b"]])) == "a" * 200_000 + " og b"


@given(st.lists(st.lists(st.text(max_size=40), max_size=6), min_size=1, max_size=3))
@settings(max_examples=tries(120), deadline=None)
def test_no_sign_is_lost_or_made_up(pages: list[list[str]]) -> None:
    """Whatever is read, only blanks and hyphens at the ends of lines go, and only blanks come."""
    given_signs = "".join("".join(line.split()) for page in pages for line in page)
    read = "".join(said(repair(pages)).split())
    left = iter(given_signs)
    assert all(sign in left for sign in read)
    assert set(given_signs) - set(read) <= {"-", "\N{SOFT HYPHEN}", "\N{HYPHEN}"}
