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
