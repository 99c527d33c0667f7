"""Compounds are divided where their parts meet, as Typst then divides them: `tests/lexicon/deling.md`."""

from __future__ import annotations

import io
import json

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from docgen.lexicon.hyphenation import divided
from tests.support.contents import ROOT


def words_of(name: str) -> list[str]:
    lines = (ROOT / "tests/lexicon" / name).read_text("utf-8").splitlines()
    return [word for line in lines if line.startswith("    ") for word in line.split()]


SPEC = words_of("deling.md")
_PAGE = '#set page(width: 3pt, height: auto, margin: 0pt)\n#set text(lang: "da", hyphenate: true, size: 10pt)\n'


def breaks(words: list[str]) -> list[set[int]]:
    """Where Typst divides each word when there is no room at all, counted in letters from its beginning."""
    pages = "#pagebreak()\n".join(f"#{json.dumps(word, ensure_ascii=False)}\n" for word in words)
    pdf = typst.compile((_PAGE + pages).encode())
    found = []
    for page in PdfReader(io.BytesIO(pdf)).pages:
        lines = page.extract_text().replace("\N{SOFT HYPHEN}", "").split("\n")
        found.append({sum(map(len, lines[:number])) for number in range(1, len(lines))})
    return found


def right(word: str) -> set[int]:
    parts = word.split("-")
    return {sum(map(len, parts[:number])) for number in range(1, len(parts))}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "least"), [("deling.md", 200), ("deling_nye_ord.md", 110), ("deling_flere_ord.md", 130)]
)
def test_words_are_divided_where_danish_divides_them(name: str, least: int) -> None:
    spec = words_of(name)
    assert len(spec) >= least
    plain = [word.replace("-", "") for word in spec]
    found = breaks([divided(word) for word in plain])
    wrong = [word for word, cuts in zip(spec, found, strict=True) if not cuts <= right(word)]
    assert len(wrong) <= 0.02 * len(spec), wrong


@pytest.mark.slow
def test_the_patterns_alone_divide_many_compounds_wrongly() -> None:
    found = breaks([word.replace("-", "") for word in SPEC])
    wrong = [word for word, cuts in zip(SPEC, found, strict=True) if not cuts <= right(word)]
    assert len(wrong) > 0.1 * len(SPEC)


@pytest.mark.parametrize(
    "word", ["klima-aftryk", "total-økonomi", "Data-adgang", "indkøbs-politikken", "op-lysning", "jord-for-urening"]
)
def test_a_compound_has_soft_hyphens_at_its_joints(word: str) -> None:
    assert divided(word.replace("-", "")) == word.replace("-", "\N{SOFT HYPHEN}")


@given(st.text(max_size=60))
def test_nothing_but_soft_hyphens_is_put_in(text: str) -> None:
    assert divided(text).replace("\N{SOFT HYPHEN}", "") == text.replace("\N{SOFT HYPHEN}", "")
