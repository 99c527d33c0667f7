"""The address of a link on paper: typed from there, it leads where the link does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.tree.document import Text
from docgen.writers.pdf.layout_text import printed_address


def printed(target: str, words: str = "rapporten") -> str:
    return "".join(piece for piece in printed_address((Text(words),), target) if isinstance(piece, str))


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("https://www.eksempel.dk/m%C3%B8de", "www.eksempel.dk/møde"),
        ("https://eksempel.dk/", "eksempel.dk"),
        ("https://eksempel.dk/mappe/", "eksempel.dk/mappe/"),
        ("https://eksempel.dk/a%2Fb?c=d%26e%20f", "eksempel.dk/a%2Fb?c=d%26e%20f"),
        ("https://eksempel.dk/%D8%B9", "eksempel.dk/%D8%B9"),
        ("https://eksempel.dk/%F8", "eksempel.dk/%F8"),
        ("#bilag-1", ""),
        ("mailto:post@eksempel.dk", ""),
    ],
)
def test_only_letters_are_shown_as_they_are(target: str, shown: str) -> None:
    assert printed(target) == shown


def test_words_that_are_the_address_say_it_alone() -> None:
    assert printed("https://www.eksempel.dk/", "eksempel.dk") == ""


@given(st.text("abæø%/?&=. 09CFE2", max_size=30))
def test_what_is_no_letter_is_never_decoded(path: str) -> None:
    shown = printed(f"https://eksempel.dk/x{path}")
    assert [shown.count(sign) for sign in "/?&= "] == [f"eksempel.dk/x{path}".count(sign) for sign in "/?&= "]
