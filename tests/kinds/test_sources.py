"""What a document's source holds of the documents that it refers to: what is shown of them, and no more."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.kinds.document_fields import ELIDED
from docgen.kinds.edition import Edition
from docgen.kinds.policy.kind import POLICY
from docgen.pipeline import Job
from docgen.project import Project, project_of_source
from docgen.structs import lines_of_json, replace
from docgen.tree.document import texts
from docgen.writers.formats import DOCX
from tests.support.contents import ids_of, repository
from tests.support.examples_project import examples

BODIES = ("boerne-og-ungdomsudvalget", "borgerrepraesentationen", "oekonomiudvalget")
REFERRING = [
    (name, str(id))
    for name, project in (("repository", repository()), ("examples", examples()))
    for id in ids_of(project)
    if project.kinds[str(id).split("/")[0]].shown_with is not POLICY.shown_with
]


def _project(name: str) -> Project:
    return repository() if name == "repository" else examples()


def _said(job: Job) -> list[str]:
    return [text for text in texts(job.tree) if text != job.tree.fingerprint]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "id"), REFERRING)
def test_what_is_left_out_is_shown_nowhere(name: str, id: str) -> None:
    project = _project(name)
    kinds = {kind: replace(value, shown_with=POLICY.shown_with) for kind, value in project.kinds.items()}
    for edition in Edition:
        assert _said(Job(project, id, edition)) == _said(Job(replace(project, kinds=kinds), id, edition))


def _without_salt(project: Project) -> Project:
    """A project whose Word files have the keys that their source alone gives: a salt is in no source."""
    content = project.content
    return project.with_content(replace(content, settings=replace(content.settings, salt=None)))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "id"), REFERRING)
def test_a_source_makes_itself_again(name: str, id: str) -> None:
    for edition in Edition:
        source = Job(_project(name), id, edition).source
        again, document, its_edition = project_of_source(source, _project(name).font_directories)
        made = Job(again, document, its_edition)
        assert made.source == source
        own = Job(_without_salt(_project(name)), id, edition)
        assert made.write(DOCX) == own.write(DOCX), "also the places that Word carries"


@pytest.mark.slow
@pytest.mark.parametrize(("name", "id"), REFERRING)
def test_no_more_goes_along_than_is_shown(name: str, id: str) -> None:
    """Of a case that is only named no section; of a case on an agenda nothing that was recommended or decided; of a
    follow-up or a policy that a case refers to no text but the words and figures that it quotes."""
    kind, _, rendering = id.partition("/")
    files = json.loads(Job(_project(name), id).source)["files"]
    of = {
        folder: [data["yaml"] for path, data in files.items() if path.startswith(f"content/{folder}/")]
        for folder in ("cases", "follow_ups", "policies", "meetings")
    }
    if kind in ("meeting", "follow-up"):
        assert not any({"sections", "summary"} & set(case) for case in of["cases"])
        if not rendering.endswith("beslutningsprotokol"):
            assert not any("recommendation" in case or "minutes" in case for case in (*of["cases"], *of["meetings"]))
            assert not any("decision" in item for case in of["cases"] for item in case["treatments"])
    if kind in ("meeting", "case"):
        assert {report["summary"] for report in of["follow_ups"]} <= {ELIDED}
        assert {len(report["areas"]) for report in of["follow_ups"]} <= {1}
        assert not any("parts" in policy or "introduction" in policy for policy in of["policies"])
        assert not [path for path in files if "/values/" in path]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("project", "path", "words", "changed"),
    [
        (
            *("examples", "cases/beslutning.yaml", "Vi ville hellere have en kortere periode."),
            {"case/beslutning/borgerrepraesentationen", "meeting/2024-06-20-br/beslutningsprotokol"},
        ),
        (
            *("examples", "cases/beslutning.yaml", "Ordningen udløber, jf."),
            {f"case/beslutning/{body}" for body in BODIES},
        ),
        ("repository", "follow_ups/2024.yaml", "Opfølgningen samler det, der er offentligt", {"follow-up/2024"}),
    ],
    ids=["en senere beslutning", "et afsnit", "en opfølgning, der citeres af"],
)
def test_words_change_only_the_documents_that_show_them(project: str, path: str, words: str, changed: set[str]) -> None:
    before = _project(project)
    assert before.content_files[path].count(words.encode()) == 1
    other = before.content_files[path].replace(words.encode(), f"Andre ord. {words}".encode())
    after = replace(before, content_files={**before.content_files, path: other})
    ids = [str(id) for id in ids_of(before)]
    assert {id for id in ids if Job(before, id).source != Job(after, id).source} == changed


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), inner, max_size=4)
    ),
    max_leaves=20,
)


@pytest.mark.slow
@given(_JSON)
def test_a_source_is_written_as_json_has_it(value: object) -> None:
    assert lines_of_json(value) == json.dumps(value, ensure_ascii=False, indent=1).encode()
