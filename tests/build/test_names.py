"""What documents are called on the command line: ids, kinds in one or many, files, and ids alone; else the nearest."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from docgen.build.names import Names
from docgen.cli.main import main
from docgen.document_id import DocumentId, parse_id
from docgen.kinds.registry import KINDS
from docgen.problems import Problem
from tests.support.contents import ROOT

KNOWN = [
    parse_id(id)
    for id in (
        *("case/budget", "case/indkoeb", "case/x.yml", "guide/budget", "meeting/2024-06-20-br", "follow-up/2024"),
        *("policy/indkoebspolitik", "case/skoler-2026"),
    )
]
NAMES = Names(KNOWN, KINDS)


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("case/indkoeb", "case/indkoeb"),
        ("case/indkoeb/oekonomiudvalget", "case/indkoeb/oekonomiudvalget"),
        ("cases/indkoeb/oekonomiudvalget", "case/indkoeb/oekonomiudvalget"),
        ("case", "case"),
        ("cases", "case"),
        ("cases/", "case"),
        ("follow_ups", "follow-up"),
        ("cases/indkoeb.yaml", "case/indkoeb"),
        ("./cases/indkoeb.yaml", "case/indkoeb"),
        ("cases\\indkoeb.yaml", "case/indkoeb"),
        ("policies/indkoebspolitik/policy.yaml", "policy/indkoebspolitik"),
        ("policies/indkoebspolitik/values/1-klima.yaml", "policy/indkoebspolitik"),
        ("policies/indkoebspolitik/values", "policy/indkoebspolitik"),
        ("indkoeb", "case/indkoeb"),
        ("indkoeb.yaml", "case/indkoeb"),
        ("2024-06-20-br/dagsorden", "meeting/2024-06-20-br/dagsorden"),
        ("2024", "follow-up/2024"),
        ("case/x", "case/x.yml"),  # where its own problem is told: the ending
    ],
)
def test_a_document_has_many_names(name: str, full: str) -> None:
    assert NAMES.full(name) == full


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("case/indkob", "mente du case/indkoeb, "),
        ("Indkoebspolitik", "mente du policy/indkoebspolitik"),
        ("skoler", "mente du case/skoler-2026?"),
        ("caze", "mente du case"),
        ("xyzzy", "se dem alle med docgen list"),
        ("policy/indkoebspolitik-2023", "mente du policy/indkoebspolitik"),
        ("", "se dem alle med docgen list"),
        ("budget", "skriv case/budget eller guide/budget"),
        ("budget/oekonomiudvalget", "skriv case/budget/oekonomiudvalget eller guide/budget/oekonomiudvalget"),
    ],
)
def test_what_is_none_is_told_with_the_nearest(name: str, hint: str) -> None:
    found = NAMES.full(name)
    assert isinstance(found, Problem)
    assert found.hint.startswith(hint)
    assert found.hint.count("/") <= 4, "never a wall of all"


@given(st.text(max_size=30))
def test_no_name_is_taken_for_a_document_that_is_not_there(name: str) -> None:
    found = NAMES.full(name)
    if isinstance(found, str):
        assert found in KINDS or DocumentId(*found.split("/")[:2]) in KNOWN


@given(st.sampled_from(KNOWN))
def test_each_document_answers_to_its_id_and_its_file(id: DocumentId) -> None:
    assert NAMES.full(str(id)) == str(id)
    assert NAMES.full(f"{KINDS[id.kind].folder}/{id.name}.yaml") == str(id)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["policies/indkoebspolitik-2023-2026/policy.yaml", "content/policies/indkoebspolitik-2023-2026", "policies"]
)
def test_a_path_is_a_name_from_the_project_and_from_the_content(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(main, ["build", name, "--format", "tree", "--output", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert [path.stem for path in tmp_path.glob("policy/*")] == ["indkoebspolitik-2023-2026"]
