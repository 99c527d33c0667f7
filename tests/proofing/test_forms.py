"""Sentences with one slip each, written before the rules of forms: most are found, and nothing in a right one."""

from __future__ import annotations

import pytest

from tests.proofing.test_spelling import found
from tests.support.contents import ROOT

FORMS = ROOT / "tests/proofing_corpus/forms"
WRONG = [line.split("\t") for line in (FORMS / "wrong.tsv").read_text("utf-8").splitlines()]
RIGHT = [*(FORMS / "right.txt").read_text("utf-8").splitlines(), *(right for _, _, right in WRONG)]


def shown(text: str) -> list[str]:
    """The codes of what is shown without options."""
    return [finding.rule.code for finding in found(text.replace("\\n", "\n")) if finding.rule.severity.value != "tip"]


def test_most_slips_are_found() -> None:
    assert sum(bool(shown(wrong)) for _, wrong, _ in WRONG) >= 0.75 * len(WRONG)


@pytest.mark.parametrize("text", RIGHT)
def test_nothing_is_found_in_a_right_sentence(text: str) -> None:
    assert shown(text) == []
