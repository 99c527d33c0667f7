"""A stranger's source is made again in a process of its own: the same bytes, its problems told, and no more time."""

from __future__ import annotations

import json
import time

import pytest

from docgen import pipeline
from docgen.commands.issue import written_again
from docgen.ledger import confined
from docgen.pipeline import Format
from docgen.problems import ContentError, DocgenError
from tests.contents import POLICY, small_project

FORMATS = (Format.HTML, Format.DOCX)


def source(**changed: str) -> bytes:
    found = json.loads(pipeline.source_of(small_project(), POLICY))
    found["files"] |= {f"templates/{name}.md.j2": text for name, text in changed.items()}
    return json.dumps(found).encode()


def test_the_same_bytes_as_in_this_process() -> None:
    given = (source(), small_project().font_directories, FORMATS)
    made = confined.written_confined(*given)
    assert tuple(made) == FORMATS
    assert made == written_again(*given)


def test_its_problems_are_told() -> None:
    with pytest.raises(DocgenError) as caught:
        confined.written_confined(source(policy="{{ findes_ikke }}"), (), (Format.HTML,))
    (problem,) = caught.value.problems
    assert str(problem).startswith("templates/policy.md.j2:1: 'findes_ikke' findes ikke")


def test_it_is_given_up_when_its_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "SECONDS", 0.3)
    started = time.monotonic()
    with pytest.raises(ContentError) as caught:
        confined.written_confined(source(policy="{% for a in 'xxxxxxxxxx' %}" * 12 + "{% endfor %}" * 12), (), FORMATS)
    assert time.monotonic() - started < 10
    hint = "den kan være lavet for at skade; brug filen, som den ligger i protokollen"
    assert [str(problem) for problem in caught.value.problems] == [
        f"kilde.json: kilden tager for megen tid eller plads; {hint}"
    ]
