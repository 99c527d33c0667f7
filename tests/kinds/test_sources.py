"""What a document's source holds of the documents that it refers to: what is shown of them, and no more."""

from __future__ import annotations

import json

import pytest

from docgen.kinds.edition import Edition
from docgen.pipeline import Job
from docgen.project import Project
from docgen.structs import replace
from docgen.tree.document import texts
from tests.support.contents import ids_of, repository
from tests.support.examples_project import examples

REFERRING = [
    (name, str(id))
    for name, project in (("repository", repository()), ("examples", examples()))
    for id in ids_of(project)
    if project.kinds[str(id).split("/")[0]].leaves_out
]


def _project(name: str) -> Project:
    return repository() if name == "repository" else examples()


def _said(job: Job) -> list[str]:
    return [text for text in texts(job.tree) if text != job.tree.fingerprint]


@pytest.mark.parametrize(("name", "id"), REFERRING)
def test_what_is_left_out_is_shown_nowhere(name: str, id: str) -> None:
    project = _project(name)
    kinds = {kind: replace(value, leaves_out={}) for kind, value in project.kinds.items()}
    for edition in Edition:
        assert _said(Job(project, id, edition)) == _said(Job(replace(project, kinds=kinds), id, edition))


@pytest.mark.parametrize(("name", "id"), REFERRING)
def test_no_section_of_a_case_goes_along_with_what_only_names_it(name: str, id: str) -> None:
    files = json.loads(Job(_project(name), id).source)["files"]
    cases = {path: data["yaml"] for path, data in files.items() if path.startswith("content/cases/")}
    assert not any("sections" in case or "summary" in case for case in cases.values())
