"""Places that are still to be filled in: as they are written, as a draft shows them, and where they are found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen import pipeline
from docgen.content.unfilled import UNFILLED, UNWRITTEN, as_filled, is_unfilled, unfilled_places
from docgen.kinds.policy.model import Policy
from docgen.problems import Origin
from docgen.tree.document import texts
from tests.support.contents import POLICY, small_project


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("UDFYLD", "[ikke udfyldt]"),
        ("UDFYLD sagens titel, højst 120 tegn", "[ikke udfyldt]"),
        ("Udvalget godkender UDFYLD", "Udvalget godkender [ikke udfyldt]"),
        ("Udvalget godkender UDFYLD til 2026", "Udvalget godkender [ikke udfyldt] til 2026"),
        ("Først.\n\nUDFYLD resten.\n\nSidst.", "Først.\n\n[ikke udfyldt]\n\nSidst."),
        ("UDFYLDT er et andet ord", "UDFYLDT er et andet ord"),
        ("[ikke udfyldt]", "[ikke udfyldt]"),
    ],
)
def test_a_place_is_shown_as_not_filled_in(written: str, shown: str) -> None:
    assert as_filled(written) == shown
    words = list(texts(pipeline.build_tree(small_project(introduction=written), POLICY)))
    assert not any(UNWRITTEN in text.split() for text in words)
    for line in shown.split("\n\n"):
        assert line in words


@given(st.text(alphabet=st.sampled_from("ab \n[]UDFYL"), max_size=40))
def test_what_is_shown_is_found_and_nothing_else_is(text: str) -> None:
    filled = as_filled(text)
    assert isinstance(filled, str)
    assert is_unfilled(text) == (UNFILLED in filled)
    assert as_filled(filled) == filled
    assert len(list(unfilled_places((filled,), Origin("x")))) == is_unfilled(text)


def test_each_place_is_told_with_its_line() -> None:
    project = small_project(introduction="Tekst.\n\nUDFYLD mere.", title="UDFYLD")
    assert project.problems() == ()
    policy = project.content.all(Policy)["eksempel"]
    places = {(place.file, place.path) for place in unfilled_places(policy, policy.origin)}
    file = "content/policies/eksempel/policy.yaml"
    assert places == {(file, ("title",)), (file, ("introduction", "text"))}
