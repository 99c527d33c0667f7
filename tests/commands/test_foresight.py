"""`docgen check` foresees `docgen build`: every layer of a document is told in one round, each fault at its place."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.build.options import BuildOptions
from docgen.commands.build import build
from docgen.commands.check import CheckOptions, check, check_content
from docgen.commands.init import start_project
from docgen.problems import DocgenError, Problem
from tests.support.effort import tries

CASE = "cases/eksempelsag.yaml"
_COLUMNS = 30
TABLE = "\n".join(
    f"      |{'|'.join(cells)}|"
    for cells in ([f" Områdenavn {n} " for n in range(_COLUMNS)], ["---"] * _COLUMNS, [" 1.234.567.890 "] * _COLUMNS)
)
HEAD = f"      | {'Områdenavn ' * 400}| 2027 |\n      |---|--:|\n      | Skoler | 1 |"
FAULTS = {
    "a date in the wrong form": ("date: 2026-01-15", "date: 15/1-2026"),
    "an unknown field": ("kind: decision", "kind: decision\nfarve: blå"),
    "a missing field": ("title: Høring om et udkast til indkøbspolitik\n", ""),
    "an unknown body": ("body: oekonomiudvalget", "body: okonomiudvalget"),
    "an unknown annex": ("{bilag:udkast}", "{bilag:ukendt}"),
    "an unknown version": ('version: "0.1"}', 'version: "7.0"}'),
    "a dot after an at-point": ("sendes i høring}", "sendes i høring.}"),
    "a picture that is not there": ("for sagen.\n", "for sagen.\n\n      ![Kort](images/mangler.png)\n"),
    "a sign that no font has": ("er et eksempel. Skriv", "er et eksempel 🚲. Skriv"),
    "a head that is too tall": ("sagen går ud på.", f"sagen går ud på.\n\n{HEAD}\n\n      Mere."),
    "a table that is too wide": ("sagen går ud på.", f"sagen går ud på.\n\n{TABLE}\n\n      Mere."),
}
UNREADABLE = "title: [ikke lukket\n"


@cache
def folder() -> Path:
    made = Path(mkdtemp()) / "projekt"
    start_project(made)
    return made


def with_case(text: str | None, faults: Iterable[str] = ()) -> None:
    """Writes the example's case with some faults, or another text."""
    path = folder() / "content" / CASE
    original = folder() / "eksempel.yaml"
    if not original.exists():
        original.write_bytes(path.read_bytes())
    given = original.read_text("utf-8") if text is None else text
    for fault in faults:
        before, after = FAULTS[fault]
        assert given.count(before) == 1, fault
        given = given.replace(before, after)
    path.write_text(given, "utf-8")


def checked() -> tuple[Problem, ...]:
    return check_content(folder() / "content", folder() / "templates")


def refused() -> tuple[Problem, ...]:
    options = BuildOptions(content=folder() / "content", templates=folder() / "templates", output=folder() / "build")
    try:
        return tuple(build(options).problems)
    except DocgenError as error:
        return error.problems


def told(problems: Iterable[Problem]) -> set[tuple[str, str]]:
    """The line of each problem as it stands in the file, without the case's own changes of lines, and what is wrong."""
    lines = (folder() / "content" / CASE).read_text("utf-8").split("\n")
    return {(lines[found.origin.line - 1][found.origin.column - 1 :], found.message) for found in problems}


@cache
def alone(fault: str) -> set[tuple[str, str]]:
    with_case(None, [fault])
    return told(checked())


@pytest.mark.slow
def test_the_example_is_in_order() -> None:
    with_case(None)
    assert checked() == ()


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_one_fault_is_told_once_and_nothing_that_follows_from_it(fault: str) -> None:
    places = {origin for origin, _ in alone(fault)}
    assert len(places) == 1


@pytest.mark.slow
@settings(max_examples=tries(25), deadline=None)
@given(st.sets(st.sampled_from(sorted(FAULTS)), min_size=2, max_size=6))
def test_all_faults_are_told_in_one_round(faults: set[str]) -> None:
    each = [alone(fault) for fault in sorted(faults)]
    with_case(None, sorted(faults))
    together = {message for _, message in told(checked())}
    assert {message for found in each for _, message in found} <= together


@pytest.mark.slow
@settings(max_examples=tries(15), deadline=None)
@given(st.sets(st.sampled_from(sorted(FAULTS)), min_size=1, max_size=4))
def test_what_build_refuses_check_tells_at_the_same_places(faults: set[str]) -> None:
    with_case(None, sorted(faults))
    foreseen = {(found.origin, found.message) for found in checked()}
    own = [found for found in refused() if "ret dem først" not in found.hint]
    assert own
    assert {(found.origin, found.message) for found in own} <= foreseen


@pytest.mark.slow
def test_one_document_is_checked_with_all_its_layers_and_no_other() -> None:
    with_case(None, ["a date in the wrong form", "a picture that is not there"])
    made = CheckOptions(("case/eksempelsag",), folder() / "content", folder() / "templates")
    assert len(check(made).problems) == 2
    with_case(None)


def test_a_file_that_cannot_be_read_hides_no_other_documents_faults() -> None:
    with_case(UNREADABLE)
    policy = folder() / "content/policies/indkoebspolitik/policy.yaml"
    before = policy.read_text("utf-8")
    policy.write_text(before.replace("date: ", "date: den "), "utf-8")
    try:
        files = {found.origin.file for found in checked()}
        assert {Path(file).name for file in files} >= {"eksempelsag.yaml", "policy.yaml"}
    finally:
        policy.write_text(before, "utf-8")
        with_case(None)
