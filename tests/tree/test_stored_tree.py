"""The tree as it is kept for ever: every document comes back node for node, and the first form is read for ever."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docgen.build.selection import rendering_ids
from docgen.kinds.edition import Edition
from docgen.ledger.rebuild import issued_tree
from docgen.ledger.record import ISSUE
from docgen.ledger.records import records
from docgen.pipeline import Job
from docgen.project import Project
from docgen.tree.document import texts
from docgen.tree.stored import decode_tree, encode_tree
from tests.support.contents import repository, small_project
from tests.support.examples_project import examples

FROZEN = Path(__file__).parents[1] / "frozen"


@pytest.mark.slow
@pytest.mark.parametrize("project", [repository, examples], ids=["repository", "examples"])
@pytest.mark.parametrize("edition", Edition)
def test_every_document_comes_back(project: object, edition: Edition) -> None:
    found: Project = project()  # type: ignore[operator]
    for id in rendering_ids(found):
        tree = Job(found, id, edition).tree
        kept = encode_tree(tree)
        assert decode_tree(kept) == tree
        assert encode_tree(decode_tree(kept)) == kept


def test_the_first_form_is_as_it_was_kept() -> None:
    """A document that was kept once is read by every docgen from then on; the file is never made anew."""
    tree = decode_tree((FROZEN / "tree-1.json").read_bytes())
    assert (tree.id, tree.version) == ("policy/eksempel", "1.0")
    assert encode_tree(tree) == (FROZEN / "tree-1.json").read_bytes()


def test_every_tree_that_this_repository_has_issued_is_read() -> None:
    """Also of the ledger's first form, which had other names for some fields."""
    project = repository()
    issued = [record for record in records(project.content_files) if record.type == ISSUE]
    assert issued
    for record in issued:
        name = f"{record.document}@{record.version}"
        tree = issued_tree(project, name, Edition(record.edition))
        assert (tree.id, tree.version) == (record.document, record.version)
        assert tree.fingerprint == record.fingerprint


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"[]",
        b'{"format": 3, "tree": {"kind": "Document"}}',
        b'{"format": 2, "tree": {"kind": "Document"}}',
        b'{"format": 1, "tree": {"kind": "Findesikke"}}',
        b'{"format": 1, "tree": {"kind": "Text", "text": "x"}}',
        b'{"format": 1, "tree": {"kind": "Document", "date": "i dag"}}',
        b'{"format": 1, "tree": {"kind": "Document", "id": "x", "title": "x", "date": "2024-01-01", "mere": 1}}',
    ],
)
def test_what_is_no_tree_is_told(broken: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (json has messages of its own)
        decode_tree(broken)


def test_it_is_json_that_says_its_form() -> None:
    """The first form that can say it: a docgen of that time can read what is kept today."""
    policy = json.loads(encode_tree(Job(small_project(), "policy/eksempel").tree))
    case = json.loads(encode_tree(Job(repository(), "case/opfoelgning-paa-indkoebspolitikken-2024").tree))
    assert [(kept["format"], kept["tree"]["kind"]) for kept in (policy, case)] == [(2, "Document"), (1, "Document")]


def test_without_lines_it_says_the_same_at_the_same_paths() -> None:
    tree = Job(small_project(), "policy/eksempel").tree
    kept = encode_tree(tree, lines=False)
    assert b'"path"' in kept
    assert not {b'"line"', b'"column"'} & {word.split(b":")[0].strip() for word in kept.splitlines()}
    assert list(texts(decode_tree(kept))) == list(texts(tree))
