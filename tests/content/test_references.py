"""What a document is made of, told twice: by the document (`Kind.references`), and by its files' bytes (`Graph`), which
is quick. The second finds at least what the first does, however YAML is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from random import Random
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.content.documents import Kinds
from docgen.content.fields import Model
from docgen.content.graph import Graph
from docgen.content.load import load_source
from docgen.content.yaml_reader import read_yaml
from docgen.document_id import DocumentId
from docgen.kinds.case.model import Case
from docgen.kinds.registry import KINDS
from tests.support import any_yaml
from tests.support.any_yaml import Value
from tests.support.effort import tries
from tests.support.house import CASE, LAST, MEETING, NOW, content
from tests.support.own_kind import PRESS_RELEASE

RELEASE = "press_releases/nyt.yaml"
ALL = Kinds([*KINDS.values(), PRESS_RELEASE])
PDFS = {f"annexes/{name}": b"%PDF-1.7" for name in ("notat.pdf", "it's et notat (2).pdf", "å.pdf")}
FILES: Mapping[str, bytes] = {
    **content(),
    **PDFS,
    RELEASE: b'title: Nyt\nversion: "1.0"\nstatus: vedtaget\ndate: 2026-02-04\ntext: Nyt.\nabout: policy/eksempel\n',
    "policies/anden-politik/policy.yaml": content()["policies/eksempel/policy.yaml"],
    "policies/anden-politik/responsibilities.yaml": content()["policies/eksempel/responsibilities.yaml"],
    "policies/anden-politik/values/1-vaerdi.yaml": content()["policies/eksempel/values/1-vaerdi.yaml"],
    "cases/en-sag-til.yaml": content()[CASE],
}


def plain(data: bytes) -> dict[str, Value]:
    """What a file says, without where it says it."""

    def value(found: object) -> Value:
        if isinstance(found, dict):
            return {str(key): value(item) for key, item in found.items()}
        return [value(item) for item in found] if isinstance(found, list) else str(found)

    return cast("dict[str, Value]", value(read_yaml("fil.yaml", data)))


@st.composite
def folders(draw: st.DrawFn) -> dict[str, bytes]:
    """A folder whose documents refer to each other in every way that there is, each written in some way."""
    policies, cases = ("eksempel", "anden-politik"), ("sag", "en-sag-til")
    annex = st.one_of(
        st.sampled_from(sorted(PDFS)).map(lambda path: {"file": path.removeprefix("annexes/")}),
        st.sampled_from([*(f"policy/{name}" for name in policies), "follow-up/2023", "follow-up/2024"]).map(
            lambda id: {"document": id, "version": "1.0"}
        ),
    )
    quote = st.sampled_from(["", " Som {opfoelgning:2024:konklusion} siger.", "\n\n{opfoelgning:2023:konklusion}"])
    case = plain(FILES[CASE])
    case["annexes"] = [
        {"id": f"b{number}", "title": "Bilag", **one} for number, one in enumerate(draw(st.lists(annex, max_size=4)))
    ]
    case["summary"] = f"{case['summary']}{draw(quote)}"
    meeting = plain(FILES[MEETING])
    meeting["items"] = [{"id": f"p{number}", "case": name} for number, name in enumerate(draw(st.permutations(cases)))]
    meeting["tabled"] = [{"id": "t", "case": draw(st.sampled_from(cases))}]
    now = plain(FILES[NOW])
    now["policy"] = draw(st.sampled_from(policies))
    for area in cast("list[dict[str, Value]]", now["areas"]):
        area["cases"] = list(draw(st.lists(st.sampled_from(cases), unique=True)))
    release = {**plain(FILES[RELEASE]), "about": f"policy/{draw(st.sampled_from(policies))}"}
    choose = Random(draw(st.integers(0, 2**32)))
    written: dict[str, Value] = {CASE: case, MEETING: meeting, NOW: now, RELEASE: cast("Value", release)}
    return {**FILES, **{path: any_yaml.write(choose, value).encode() for path, value in written.items()}}


@pytest.mark.slow
@given(folders())
@settings(max_examples=tries(120, 20))
def test_the_bytes_tell_at_least_what_the_document_says(files: dict[str, bytes]) -> None:
    read = load_source(files, ALL)
    graph, quotes_or_attaches = Graph(files, ALL), 0
    for id, model in read.documents.items():
        needed = set(graph.needed(id))
        for reference in ALL.by_name[id.kind].references(model):
            if (other := reference.document) in graph.documents:
                quotes_or_attaches += 1
                assert set(graph.written_in(other)) <= needed, (str(id), str(other))
        assert {path for path in attached(model) if path in files} <= set(graph.own_files(id)), str(id)
    assert quotes_or_attaches >= 6  # of the meeting, the two follow-ups, the second case and the press release


def attached(model: Model) -> set[str]:
    return {f"annexes/{annex.file}" for annex in model.annexes if annex.file} if isinstance(model, Case) else set()


@given(folders())
@settings(max_examples=tries(60, 10))
def test_what_is_written_in_another_way_says_the_same(files: dict[str, bytes]) -> None:
    """The tests' own writer is no weaker than it looks: what it writes is read back."""
    before = load_source(FILES, ALL)
    after = load_source(files, ALL)
    assert after.documents.keys() == before.documents.keys()
    for id in (DocumentId("guide", "vejledning"), DocumentId("follow-up", re.sub(r"\D", "", LAST))):
        assert after.documents[id] == before.documents[id]
