"""Compounds that no list has, and words that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.lexicon.compounds import is_word, parts
from docgen.lexicon.nearest import nearest


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("klimaaftryk", ("klima", "aftryk")),
        ("dataadgang", ("data", "adgang")),
        ("totaløkonomi", ("total", "økonomi")),
        ("leverandørhåndtering", ("leverandør", "håndtering")),
        ("bæredygtighedskravene", ("bæredygtigheds", "kravene")),
        ("whistleblowerordningens", ("whistleblower", "ordningens")),
    ],
)
def test_a_compound_has_its_parts(word: str, expected: tuple[str, ...]) -> None:
    assert parts(word) == expected
    assert is_word(word)


@pytest.mark.parametrize(
    "word", ["resturanterne", "indkøbpolitik", "forvaltnigen", "halvlsidesannonce", "hørringssvarene"]
)
def test_what_is_badly_joined_or_misspelt_is_no_word(word: str) -> None:
    assert not is_word(word)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("resturanterne", "restauranterne"),
        ("indkøbpolitik", "indkøbspolitik"),
        ("halvlsidesannonce", "halvsidesannonce"),
        ("ansøgnigen", "ansøgningen"),
        ("afhengig", "afhængig"),
        ("ligestilingsvurderingen", "ligestillingsvurderingen"),
    ],
)
def test_the_word_that_was_meant_is_near(wrong: str, right: str) -> None:
    assert right in nearest(wrong)


@given(st.text(alphabet="abdefgiklmnoprstuvyæøå", min_size=1, max_size=24))
def test_the_parts_of_a_compound_are_the_compound(word: str) -> None:
    assert "".join(parts(word)) in ("", word)
