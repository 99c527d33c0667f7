"""Every field of a model knows where its value stands: line and column of whatever is written there."""

from __future__ import annotations

import datetime
import pickle
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.content.fields import Field, Model, fields_of, to_plain, with_more, without_places
from docgen.content.load import load_content
from docgen.content.scalar import Scalar, place_of
from docgen.content.types import Date, Integer, Line, Number
from docgen.content.validation import validate
from docgen.content.yaml_reader import read_yaml
from docgen.problems import Origin
from docgen.structs import encode_json, replace
from tests.support.contents import ALL_KINDS, repository, small_content
from tests.support.effort import tries
from tests.support.examples_project import example_files


class Answer(Enum):
    YES = "ja"
    NO = "nej"


class Inner(Model):
    label: Line = Field()
    amount: Number | None = None


class Outer(Model):
    first: Integer = Field(alias="from", description="Første år")
    day: Date = Field()
    answer: Answer = Field()
    manner: Literal["a", "b"] = "a"
    is_open: bool = False
    share: float = 1.0
    words: tuple[Line, ...] = ()
    inner: Inner | None = None
    parts: tuple[Inner, ...] = ()
    missing: Line | None = None


class Whole(Outer):
    name: Line = Field()


VALUES = {
    "from": ["2023", "-1"],
    "day": ["2024-01-02", '"2024-01-02"'],
    "answer": ["ja", "'nej'"],
    "manner": ["a", '"b"'],
    "is_open": ["true", "false"],
    "share": ["0.5", "2"],
    "words": ["[et, to]", "[]", "\n- et\n- to"],
    "inner": ["{label: x, amount: 1.5}", "\n  label: x", "null", "~", ""],
    "parts": ["[{label: x, amount: null}]", "\n  - {amount: 2, label: y}\n  - label: z"],
    "missing": ["null", '"tekst"', ""],
}
REQUIRED = ("from", "day", "answer")


@st.composite
def written(draw: st.DrawFn) -> tuple[str, dict[str, tuple[int, int]]]:
    """A file, and the line and column of each value; of a value that is not there, those of its key."""
    keys = draw(st.permutations([*REQUIRED, *draw(st.sets(st.sampled_from(sorted(set(VALUES) - {*REQUIRED}))))]))
    lines: list[str] = []
    places = {}
    for key in keys:
        lines += draw(st.lists(st.sampled_from(["", "# en bemærkning: og mere"]), max_size=2))
        value = draw(st.sampled_from(VALUES[key]))
        begin = f"{key}:" + " " * draw(st.integers(1, 3))
        first, *more = value.split("\n")
        lines.append(begin + first if first else f"{key}:")
        if more:
            places[key] = (len(lines) + 1, len(more[0]) - len(more[0].lstrip()) + 1)
        else:
            places[key] = (len(lines), len(begin) + 1 if first else 1)
        lines += more
    return "\n".join(lines) + "\n", places


def outer(source: str) -> Outer:
    found, problems = validate(Outer, read_yaml("a.yaml", source.encode()))
    assert found is not None, problems
    return found


def place(origin: Origin) -> tuple[int, int]:
    return origin.line, origin.column


@given(written())
@settings(max_examples=tries(200))
def test_a_field_of_any_type_stands_where_its_value_does(made: tuple[str, dict[str, tuple[int, int]]]) -> None:
    source, places = made
    found = outer(source)
    for key, field in fields_of(Outer).items():
        origin = found.origin_of(field.name)
        assert origin.file == "a.yaml"
        assert place(origin) == places.get(key, place(found.origin)), key
        assert origin.path == ((key,) if key in places else ()), key


def models(value: object) -> Iterator[Model]:
    if isinstance(value, Model):
        yield value
        for field in fields_of(type(value)).values():
            yield from models(getattr(value, field.name))
    elif isinstance(value, tuple | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from models(inner)


def begins(value: object, text: str) -> bool:
    """Whether a file's text from a value's place on begins with that value."""
    match value:
        case Scalar() | bool():
            return True  # a Scalar is compared by place, and a bool is written in many ways
        case Enum():
            return text.strip("'\"").startswith(str(value.value))
        case Model() | dict():
            return text[0] == "{" or ":" in text.split("\n")[0]
        case tuple():
            return text[0] in "[-" or (len(value) == 1 and begins(value[0], text))  # one may stand without a list
        case datetime.time():
            return text.strip("'\"").replace(".", ":").startswith(f"{value:%H:%M}")
        case None:
            return text.startswith(("null", "~")) or ":" in text.split("\n")[0]
        case Decimal():
            return Decimal(text.replace(",", " ").replace("}", " ").split()[0]) == value
        case _:
            return text.strip("'\"").startswith(str(value))


@pytest.mark.parametrize("name", ["repository", "examples", "small"])
def test_every_value_of_real_content_stands_where_it_is_written(name: str) -> None:
    made = {"repository": repository().content_files, "examples": example_files(), "small": small_content()}[name]
    content = load_content(made, ALL_KINDS)
    roots: list[Model] = [content.settings, content.organisation, content.glossary, *content.documents.values()]
    checked = 0
    for model in (inner for root in roots for inner in models(root)):
        if not model.origin.file:
            continue  # a default that nobody wrote
        source = made[model.origin.file.removeprefix("content/")].decode().split("\n")
        for field in fields_of(type(model)).values():
            value, origin = getattr(model, field.name), model.origin_of(field.name)
            assert origin.file == model.origin.file
            if origin == model.origin and not isinstance(value, Model | dict):
                continue  # not written here
            assert begins(value, "\n".join(source[origin.line - 1 :])[origin.column - 1 :]), (origin, value)
            assert not isinstance(value, Scalar) or value.origin == origin
            checked += 1
    assert checked > 30


SOURCE = "from: 2023\nday: 2024-01-02\nanswer: ja\ninner: {label: x, amount: null}\n"


def test_what_is_made_of_a_model_keeps_its_places() -> None:
    found = outer(SOURCE)
    assert found.inner is not None
    assert place(found.inner.origin_of("amount")) == (4, 27), "a null stands where it is written"
    changed = replace(found, first=2024)
    assert place(changed.origin_of("first")) == (1, 7)
    whole = with_more(found, Whole, name="navn")
    assert place(whole.origin_of("day")) == (2, 6)
    assert whole.origin_of("name") == whole.origin == Origin("a.yaml", 1, 1)
    again = pickle.loads(pickle.dumps(whole))
    assert again == whole
    assert all(again.origin_of(field.name) == whole.origin_of(field.name) for field in fields_of(Whole).values())
    assert again.inner.origin_of("amount") == found.inner.origin_of("amount")


def test_places_are_no_part_of_what_a_model_says() -> None:
    found, moved = outer(SOURCE), outer("# en linje mere\n" + SOURCE)
    made = Outer(first=2023, day=found.day, answer=Answer.YES, inner=Inner(label="x"))
    assert found.origin_of("day") != moved.origin_of("day")
    assert found == moved == made
    assert len({found, moved, made}) == 1
    assert to_plain(found) == to_plain(moved) == to_plain(made)
    assert found.inner is not None
    assert encode_json(without_places(found.inner)) == b'{"label":"x","amount":null}'
    assert made.origin_of("day") == made.origin == place_of(made) == Origin("")


def test_a_name_that_is_no_field_has_no_place() -> None:
    with pytest.raises(AttributeError, match="'yaer'"):
        outer(SOURCE).origin_of("yaer")
