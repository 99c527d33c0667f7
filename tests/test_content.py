"""Reading content: the schema decides the type, places are remembered, order comes from file names."""

from __future__ import annotations

import datetime
import unicodedata
from decimal import Decimal

import pytest

from docgen.content.load import load_content
from docgen.content.model import Body, Organisation
from docgen.content.yaml_reader import Map, Scalar, read_yaml
from docgen.problems import ContentError, Origin
from tests.contents import small_content

FILE = "policies/eksempel/policy.yaml"


def loaded_title(written: str) -> str:
    files = small_content()
    files[FILE] = files[FILE].replace(b"title: Eksempelpolitik", f"title: {written}".encode(), 1)
    return load_content(files).policies["eksempel"].title


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
    policy = load_content(files).policies["eksempel"]
    assert policy.purchases is not None
    assert policy.purchases.total == Decimal("0.3")
    assert policy.date == datetime.date(2022, 12, 1)


def test_every_text_remembers_its_place() -> None:
    policy = load_content(small_content()).policies["eksempel"]
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


def test_aliases_are_the_same_text() -> None:
    value = read_yaml("a.yaml", b"a: &x hej\nb: *x\n")
    assert value["a"] == value["b"] == "hej"


def test_values_come_in_the_order_of_their_numbers() -> None:
    files = small_content()
    first = files["policies/eksempel/values/1-vaerdi.yaml"].decode()
    for number in (2, 10):
        changed = first.replace("id: vaerdi", f"id: vaerdi-{number}").replace("id: indsats", f"id: indsats-{number}")
        files[f"policies/eksempel/values/{number}-vaerdi.yaml"] = changed.encode()
    values = load_content(files).policies["eksempel"].values
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
