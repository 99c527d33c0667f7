"""Text in braces that its own comma cut in two: it is told that it wants quotation marks."""

from __future__ import annotations

import pytest

from docgen.content.fields import OPEN, Field, Model
from docgen.content.types import Line
from docgen.content.validation import validate
from docgen.content.yaml_reader import read_yaml


class Part(Model):
    heading: Line = Field(OPEN)
    note: Line | None = Field(OPEN, default=None)


class Whole(Model):
    part: Part = Field(OPEN)


def hint(written: str) -> str:
    _, (problem,) = validate(Whole, read_yaml("x.yaml", written.encode()))
    return problem.hint


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("part: {heading: Effekt, ydelser}", 'heading: "Effekt, ydelser"'),
        ("part: {heading: Effekt, note: Løn, pension}", 'note: "Løn, pension"'),
    ],
)
def test_a_comma_in_braces_wants_quotation_marks(written: str, right: str) -> None:
    assert hint(written) == f"hører det til teksten foran, så sæt den i anførselstegn: {right}"


@pytest.mark.parametrize("written", ["part:\n  heading: Effekt\n  ydelser:", "part: {heading: Effekt, ydelser: x}"])
def test_a_field_that_is_not_known_is_told_as_such(written: str) -> None:
    assert hint(written) == "her kan stå: heading, note"


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("{heading: Effekt, ydelser}", 'skriv "{heading: Effekt, ydelser}"'),
        ("{tal:x}", 'skriv "{tal:x}"'),
        ("[Effekt, ydelser]", 'skriv "[Effekt, ydelser]"'),
        ("{a: {b: c}}", "skriv teksten i anførselstegn"),
        ("\n    a: b\n    c: d", "skriv teksten i anførselstegn"),
        ("\n    a: b", "skriv teksten i anførselstegn"),
        ("\n    - a", "skriv teksten i anførselstegn"),
        ("\n    - a\n    - b", "skriv teksten i anførselstegn"),
    ],
)
def test_a_text_that_begins_with_a_bracket_is_told_with_quotation_marks(written: str, right: str) -> None:
    assert hint(f"part:\n  heading: {written}") == right
