"""A string from YAML knows where each of its characters stands, however it is written."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from docgen.content.scalar import Scalar
from docgen.content.yaml_reader import read_yaml

WORDS = st.text(st.sampled_from("abæ1.,:#\"'\\|>-\u00a0"), min_size=1, max_size=8)
TEXTS = st.lists(WORDS, min_size=1, max_size=12).flatmap(
    lambda words: st.lists(st.sampled_from([" ", " ", " ", "  ", "\n", "\n\n", "\n  "]), min_size=len(words)).map(
        lambda spaces: "".join(word + space for word, space in zip(words, spaces, strict=False))
    )
)


def value_of(source: str) -> Scalar:
    """The value of the key `tekst`."""
    found = read_yaml("x.yaml", source.encode()).get("tekst")
    assert isinstance(found, Scalar)
    return found


def characters_at(source: str) -> list[tuple[str, str]]:
    """Each character of the value, and what stands at its place."""
    value, lines = value_of(source), source.split("\n")
    found = []
    for number, character in enumerate(value):
        line, column, _ = value.position(number, number + 1)
        found.append((character, lines[line - 1][column - 1 : column] or "\n"))
    return found


@pytest.mark.slow
@given(TEXTS, st.sampled_from(["", "'", '"', "|", ">"]), st.integers(10, 60))
@example("a  b\nc", ">", 10)
def test_every_character_is_found_at_its_place(text: str, style: str, width: int) -> None:
    source = yaml.safe_dump({"id": "x", "tekst": text}, default_style=style or None, width=width, allow_unicode=True)
    value = value_of(source)
    for character, there in characters_at(source):
        folded = character in " \n" and there in " \n\r"
        escaped = there == "\\" and '"' in source
        assert there == character or folded or escaped, (source, str(value))


@pytest.mark.parametrize(
    ("source", "words", "place"),
    [
        ("tekst: >-\n  Den 1.\n  december er\n  en dag.\n", "1. december", (2, 7)),
        ("tekst: Den 1.\n  december er\n\n  en dag.\n", "1. december", (1, 12)),
        ('tekst: "Den \\"1.\n  december\\" er"\n', '1. december" er', (1, 15)),
        ("tekst: 'Det''s den 1.\n  december'\n", "1. december", (1, 20)),
        ("tekst: |\n  Den 1.\n\n    kode 1.\n  1. december\n", "1. december", (5, 3)),
        ("tekst: >\r\n  Den 1.\r\n  december er\r\n", "1. december", (2, 7)),
        ("tekst: >-\n  dag\n  og dag\n  og dag igen\n", "dag igen", (4, 6)),
        ('tekst: "a\\u00e6 og \\\n  b c"\n', "b c", (2, 3)),
    ],
)
def test_words_over_two_lines_are_found_where_they_begin(source: str, words: str, place: tuple[int, int]) -> None:
    value = value_of(source)
    start = value.index(words)
    assert value.position(start, start + len(words))[:2] == place


def test_a_span_is_in_one_line_as_it_is_written() -> None:
    source = "tekst: >-\n  Den 1. maj og\n  den 1. maj\n"
    value = value_of(source)
    assert value.span(4, 10) == (source.index("1. maj"), source.index("1. maj") + 6)
    assert value.span(18, 24) == (source.rindex("1. maj"), source.rindex("1. maj") + 6)
    assert value.span(11, 17) is None, "it goes over two lines"
    assert value_of('tekst: "a \\"b\\" c"\n').span(2, 5) is None, "it is written otherwise"


def test_a_block_that_says_how_far_its_lines_stand_in_may_begin_further_in() -> None:
    source = "tekst: |2\n    Den 1. maj\n  og 1. maj\n"
    value = value_of(source)
    assert value == "  Den 1. maj\nog 1. maj"
    start = value.rindex("1. maj")
    assert value.span(start, start + 6) == (source.rindex("1. maj"), source.rindex("1. maj") + 6)
