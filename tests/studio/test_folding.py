"""Soft line breaks are taken out of a text and put back."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from hypothesis import given
from hypothesis import strategies as st

from docgen.content.yaml_reader import read_yaml, scalars
from docgen.studio.folding import refold, shown_at, unfold
from docgen.tree.markdown import Token, parse_content
from tests.support.contents import ROOT

_LINES = st.sampled_from(
    (
        *("Et ord", "og flere ord til", "- et punkt", "  som går videre", "1. først", "| a | b |", "| --- | --- |", ""),
        *("  ", "# Overskrift", "> citat", "```", "    kode", "Tabel: en titel", "[^1]: en note", "slut\\", "blanke  "),
    )
)
_TEXTS = st.lists(_LINES, min_size=1, max_size=9).map("\n".join)


def _texts() -> list[str]:
    found = set()
    for path in sorted((ROOT / "content").rglob("*.yaml")):
        found |= {str(one).strip("\n") for one in scalars(read_yaml(path.name, path.read_bytes())) if "\n" in one}
    return sorted(found)


def test_every_text_of_the_repository_comes_back_byte_for_byte() -> None:
    texts = _texts()
    assert len(texts) > 60
    assert sum(unfold(text) != text for text in texts) > 40
    assert [text for text in texts if refold(text, unfold(text)) != text] == []


def test_a_word_changes_its_own_line_alone() -> None:
    dice = random.Random(30)
    for text in _texts():
        shown = unfold(text)
        words = list(re.finditer(r"(?<= )[a-zæøå]{4,}(?= )", shown))
        if not words or shown == text:
            continue
        word = dice.choice(words)
        edited = f"{shown[: word.start()]}hverdag{shown[word.end() :]}"
        after = refold(text, edited)
        assert unfold(after) == edited
        found = SequenceMatcher(None, text.split("\n"), after.split("\n"), autojunk=False).get_opcodes()
        changed = [(end - start, stop - begin) for name, start, end, begin, stop in found if name != "equal"]
        assert changed in ([(1, 1)], [(1, 2)])


@given(_TEXTS, _TEXTS)
def test_whatever_is_typed_is_what_is_shown_again(before: str, typed: str) -> None:
    assert refold(before, unfold(before)) == before
    after = refold(before, typed)
    assert after == typed or unfold(after) == typed


@given(_TEXTS)
def test_a_place_stays_at_its_letter(text: str) -> None:
    shown = unfold(text)
    for at, sign in enumerate(text):
        if not sign.isspace():
            assert shown[shown_at(text, at)] == sign


def test_unfolded_it_is_the_same_document() -> None:
    for text in _texts():
        assert _told(parse_content(text).blocks) == _told(parse_content(unfold(text)).blocks)


def _told(tokens: Iterable[Token]) -> list[object]:
    """What was read, where a soft line break is a space in the words around it."""
    found: list[object] = []
    for one in tokens:
        words = " " if one.type == "softbreak" else one.raw if one.type == "text" else None
        if words is None:
            found.append((one.type, one.raw, _told(one.children)))
        elif found and isinstance(found[-1], str):
            found[-1] += words
        else:
            found.append(words)
    return found
