"""Reading content: the schema decides the type, places are remembered, order comes from file names."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

import pytest

from docgen.content.documents import Reference
from docgen.content.fields import Field, Model
from docgen.content.load import load_content, with_dependants
from docgen.content.organisation import Body, Organisation
from docgen.content.scalar import Scalar
from docgen.content.types import ClockTime, PointText, Text
from docgen.content.validation import validate
from docgen.content.yaml_reader import Comment, comments, read_yaml
from docgen.content.yaml_values import Map
from docgen.document_id import parse_id
from docgen.kinds.policy.model import Policy
from docgen.problems import ContentError, Origin, Problem
from tests.support.contents import ALL_KINDS, small_content

FILE = "policies/eksempel/policy.yaml"


def loaded_title(written: str) -> str:
    files = small_content()
    files[FILE] = files[FILE].replace(b"title: Eksempelpolitik", f"title: {written}".encode(), 1)
    content = load_content(files, ALL_KINDS)
    if content.problems:
        raise ContentError(content.problems)
    return content.all(Policy)["eksempel"].title


@pytest.mark.parametrize(
    "word", ["NO", "on", "Yes", "12:30", "1.1.2022", "2022-12-01 10:00", "0x", "1_000", "=", ".inf"]
)
def test_words_that_yaml_1_1_would_change_stay_as_written(word: str) -> None:
    assert loaded_title(word) == word


@pytest.mark.parametrize("word", ["1.10", "0123", "1e3", "-5", ".5", "0x1F", "true", "False"])
def test_what_looks_like_something_else_must_be_quoted(word: str) -> None:
    with pytest.raises(ContentError) as caught:
        loaded_title(word)
    assert f'skriv "{word}"' in str(caught.value)
    assert loaded_title(f'"{word}"') == word


def test_numbers_are_exact_and_dates_are_days() -> None:
    files = small_content()
    files[FILE] = files[FILE].replace(
        b"overview:",
        b"purchases: {id: k, title: K, year: 2021, unit: kr., total: 0.3, source: S,"
        b" parts: [{id: d, label: D, amount: 0.1}, {id: e, label: E, amount: 0.2}]}\noverview:",
    )
    policy = load_content(files, ALL_KINDS).all(Policy)["eksempel"]
    assert policy.purchases is not None
    assert policy.purchases.total == Decimal("0.3")
    assert policy.date == datetime.date(2022, 12, 1)


def test_every_text_remembers_its_place() -> None:
    policy = load_content(small_content(), ALL_KINDS).all(Policy)["eksempel"]
    area = policy.values[0].focus_areas[0]
    assert isinstance(area.lead, Scalar)
    assert area.lead.origin == Origin(
        "content/policies/eksempel/values/1-vaerdi.yaml", 7, 11, ("focus_areas", "@indsats", "lead")
    )


def test_texts_are_composed_and_block_text_has_no_last_newline() -> None:
    value = read_yaml("a.yaml", "a: |\n  a\u030a\n  to\n\nb: [{id: x, c: d}, e]\n".encode())
    assert value["a"] == "\u00e5\nto"
    assert unicodedata.is_normalized("NFC", str(value["a"]))
    items = value["b"]
    assert isinstance(items, list)
    assert isinstance(items[0], Map)
    inner = items[0]["c"]
    assert isinstance(inner, Scalar)
    assert inner.origin.path == ("b", "@x", "c")
    assert isinstance(items[1], Scalar)
    assert items[1].origin.path == ("b", "1")


def test_characters_of_a_text_are_found_in_the_file() -> None:
    source = "x: en\na: |\n  en to en\n  tre\nb: 'det''s en to'\nc: en\n"
    value = read_yaml("a.yaml", source.encode())
    text, quoted = value["a"], value["b"]
    assert isinstance(text, Scalar)
    assert isinstance(quoted, Scalar)
    assert text == "en to en\ntre"
    assert [text.span(0, 2), text.span(6, 8)] == [(13, 15), (19, 21)]
    for start, end in ((0, 2), (0, 5), (3, 5), (6, 8), (9, 12)):
        span = text.span(start, end)
        assert span is not None
        assert source[slice(*span)] == text[start:end]
    assert text.position(3, 5) == (3, 6, "  en to en")
    assert text.position(6, 8) == (3, 9, "  en to en")
    assert text.position(9, 12) == (4, 3, "  tre")
    assert quoted.position(6, 8) == (5, 12, "b: 'det''s en to'")


def test_words_that_are_written_otherwise_have_a_place_and_no_span() -> None:
    value = read_yaml("a.yaml", b"a: |\n  en to\n  tre\nb: 'det''s en'\n")
    text, quoted = value["a"], value["b"]
    assert isinstance(text, Scalar)
    assert isinstance(quoted, Scalar)
    assert text.span(3, 9) is text.span(0, 0) is None
    assert text.position(3, 9) == (2, 6, "  en to")
    assert quoted.span(0, 5) is None, "it is written otherwise"
    assert quoted.position(0, 5) == (4, 5, "b: 'det''s en'")
    assert Scalar("uden fil", Origin("a.yaml")).position(0, 4) == (0, 0, "")


def test_comments_are_found_and_what_looks_like_one_is_not() -> None:
    source = "# først\na: b  # bag ved\nc: |\n  # en overskrift\n  tekst # mere\n  # sidst\nd: x#y\n  # for sig\n"
    assert list(comments(source, read_yaml("a.yaml", source.encode()))) == [
        Comment(1, 1, "# først", True),
        Comment(2, 7, "# bag ved", False),
        Comment(8, 3, "# for sig", True),
    ]
    heading = "a: |\n  # en overskrift\n"
    assert list(comments(heading, read_yaml("a.yaml", heading.encode()))) == []


def test_aliases_are_the_same_text() -> None:
    value = read_yaml("a.yaml", b"a: &x hej\nb: *x\n")
    assert value["a"] == value["b"] == "hej"


def test_values_come_in_the_order_of_their_numbers() -> None:
    files = small_content()
    first = files["policies/eksempel/values/1-vaerdi.yaml"].decode()
    for number in (2, 10):
        changed = first.replace("id: vaerdi", f"id: vaerdi-{number}").replace("id: indsats", f"id: indsats-{number}")
        files[f"policies/eksempel/values/{number}-vaerdi.yaml"] = changed.encode()
    values = load_content(files, ALL_KINDS).all(Policy)["eksempel"].values
    assert [str(value.id) for value in values] == ["vaerdi", "vaerdi-2", "vaerdi-10"]


def _body(id: str, first: int | None, last: int | None, successor: str | None = None) -> Body:
    return Body(
        id=id,
        kind="committee",
        name=id.upper(),
        valid_from=None if first is None else datetime.date(first, 1, 1),
        valid_to=None if last is None else datetime.date(last, 12, 31),
        successor=successor,
    )


def test_a_name_is_found_by_its_day_through_the_chain() -> None:
    organisation = Organisation(
        bodies=(_body("a", None, 2017, "b"), _body("b", 2018, 2025, "c"), _body("c", 2026, None))
    )
    for year, name in ((2001, "A"), (2018, "B"), (2025, "B"), (2026, "C")):
        for id in ("a", "b", "c"):
            assert organisation.body(id, datetime.date(year, 6, 1)).name == name
    with pytest.raises(KeyError):
        Organisation(bodies=(_body("b", 2018, 2025),)).body("b", datetime.date(2026, 1, 1))


def test_what_leans_on_a_fault_is_told_near_and_far() -> None:
    """Whatever is made of a document with problems has one itself, where it refers to it."""
    fault = Problem(Origin("indhold/cases/a.yaml", 3), "noget er galt", "ret det")

    def references(document: str, *others: str) -> tuple[Reference, ...]:
        place = Origin(f"indhold/{document}.yaml", 7, 3)
        return tuple(Reference(parse_id(other), place) for other in others)

    made_of = {
        parse_id(document): references(document, *others)
        for document, *others in (
            ("case/a", "policy/p"),
            ("case/b",),
            ("meeting/m", "case/b", "case/a"),
            ("follow-up/2024", "policy/p", "follow-up/2023", "case/a"),
            ("follow-up/2025", "policy/p", "follow-up/2024"),
        )
    }
    found = with_dependants({parse_id("case/a"): [fault]}, made_of)
    assert {str(document): [str(problem) for problem in problems] for document, problems in found.items()} == {
        "case/a": [str(fault)],
        "meeting/m": ["indhold/meeting/m.yaml:7:3: dokumentet bygger på case/a, som har fejl; ret dem først"],
        "follow-up/2024": ["indhold/follow-up/2024.yaml:7:3: dokumentet bygger på case/a, som har fejl; ret dem først"],
        "follow-up/2025": [
            "indhold/follow-up/2025.yaml:7:3: dokumentet bygger på follow-up/2024, som har fejl; ret dem først"
        ],
    }


class _Sample(Model):
    """A field of each kind that the reader has an own message for."""

    at: ClockTime = Field(default=datetime.time(9), description="Klokkeslæt")
    point: PointText = Field(default="noget", description="At-punkt")
    text: Text = Field(default="noget", description="Tekst")
    share: float = Field(default=0.5, description="Andel")
    names: tuple[Text, ...] = Field(default=("a",), description="Navne")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("at: 24:00", "'24:00' er ikke et klokkeslæt; skriv fx 17:30"),
        ("at: 23:60", "'23:60' er ikke et klokkeslæt; skriv fx 17:30"),
        ("point: At der bygges", "at-punktet begynder med 'at'; slet nummer og at; programmet skriver dem"),
        ("point: 2) AT der bygges", "at-punktet begynder med 'at'; slet nummer og at; programmet skriver dem"),
        ("text: [a]", 'her skal stå tekst, ikke en liste; skriv "[a]"'),
        ("text: {a: b}", 'her skal stå tekst, ikke felter; skriv "{a: b}"'),
        ("share: meget", "'meget' er ikke et tal; skriv fx 13.5"),
        ("share: .inf", "'.inf' er ikke et tal; skriv fx 13.5"),
        ("names: [a, {b: c}]", 'her skal stå tekst, ikke felter; skriv "{b: c}"'),
        ("names: [a, null]", "feltet '1' er tomt; skriv '1: …'"),
    ],
)
def test_what_is_wrong_with_a_value_and_what_would_be_right(line: str, told: str) -> None:
    found, problems = validate(_Sample, read_yaml("x.yaml", line.encode()))
    assert found is None
    assert [str(problem).partition(": ")[2] for problem in problems] == [told]


@pytest.mark.parametrize(
    ("line", "value"), [("at: 23:59", datetime.time(23, 59)), ("at: 0.00", datetime.time(0)), ("share: .5", 0.5)]
)
def test_values_at_the_edge_are_taken(line: str, value: object) -> None:
    found, problems = validate(_Sample, read_yaml("x.yaml", line.encode()))
    assert problems == []
    assert value in (found.at, found.share) if found is not None else False


def test_a_place_is_looked_for_inside_the_text_alone() -> None:
    read = read_yaml("x.yaml", b"title: En sag\ntext: Noget andet om vand\nlast: vand igen\n")
    title = read["title"]
    assert isinstance(title, Scalar)
    assert title.locate("vand") == title.origin
    assert isinstance(text := read["text"], Scalar)
    assert (text.locate("vand").line, text.locate("vand").column) == (2, 22)


@pytest.mark.parametrize("path", ["settings.yaml", "organisation.yaml", "policies/eksempel/policy.yaml"])
def test_a_file_may_begin_with_the_mark_of_its_encoding(path: str) -> None:
    """Editors on Windows write it (U+FEFF); the places are as without."""
    files = small_content()
    marked = {**files, path: b"\xef\xbb\xbf" + files[path]}
    before, after = (load_content(each, ALL_KINDS) for each in (files, marked))
    assert after.documents == before.documents
    assert after.settings == before.settings
    assert _problems(_broken(files, path)) == _problems(_broken(marked, path)) != []


def _broken(files: Mapping[str, bytes], path: str) -> dict[str, bytes]:
    mark = b"\xef\xbb\xbf" if files[path].startswith(b"\xef\xbb\xbf") else b""
    return {**files, path: mark + b"ukendt: x\n" + files[path].removeprefix(mark)}


def _problems(files: Mapping[str, bytes]) -> list[str]:
    try:
        found = load_content(files, ALL_KINDS).problems
    except ContentError as error:  # of a file that all documents share
        found = error.problems
    return [str(problem) for problem in found]
