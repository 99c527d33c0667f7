"""The tree as it is kept for ever: every document comes back node for node, and the first form is read for ever."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docgen.build.selection import rendering_ids
from docgen.kinds.edition import Edition
from docgen.pipeline import Job
from docgen.project import Project
from docgen.tree.document import texts
from docgen.tree.stored import decode_tree, encode_tree
from tests.support.contents import repository, small_project
from tests.support.examples_project import examples

FROZEN = Path(__file__).parents[1] / "frozen"


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
    kept = json.loads(encode_tree(Job(small_project(), "policy/eksempel").tree))
    assert (kept["format"], kept["tree"]["kind"]) == (1, "Document")


def test_without_lines_it_says_the_same_at_the_same_paths() -> None:
    tree = Job(small_project(), "policy/eksempel").tree
    kept = encode_tree(tree, lines=False)
    assert b'"path"' in kept
    assert not {b'"line"', b'"column"'} & {word.split(b":")[0].strip() for word in kept.splitlines()}
    assert list(texts(decode_tree(kept))) == list(texts(tree))
