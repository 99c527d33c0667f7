"""A stranger's source is made again in a process of its own: the same bytes, its problems told, and no more time."""

from __future__ import annotations

import json
import time

import pytest

from docgen import pipeline
from docgen.ledger import confined
from docgen.ledger.rebuild import written_again
from docgen.problems import ContentError, DocgenError
from docgen.writers import formats
from tests.support.contents import POLICY, small_project

FORMATS = (formats.HTML, formats.DOCX)


def source(**changed: str) -> bytes:
    found = json.loads(pipeline.source_of(small_project(), POLICY))
    found["files"] |= {f"templates/{name}.md.j2": text for name, text in changed.items()}
    return json.dumps(found).encode()


def test_the_same_bytes_as_in_this_process() -> None:
    fonts = small_project().font_directories
    made = confined.written_confined(source(), fonts, FORMATS)
    assert tuple(made) == ("html", "docx")
    assert made == written_again(source(), fonts, FORMATS)


def test_its_problems_are_told() -> None:
    with pytest.raises(DocgenError) as caught:
        confined.written_confined(source(policy="{{ findes_ikke }}"), (), (formats.HTML,))
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
