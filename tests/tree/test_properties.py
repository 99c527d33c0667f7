"""Whatever stands in a content field: the tree around it keeps its shape, and every block knows where it came from."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen import pipeline
from docgen.content.scalar import Scalar
from docgen.content.yaml_reader import MAX_BYTES, read_yaml
from docgen.content.yaml_values import Map
from docgen.problems import ContentError, DocgenError, Origin, Problem
from docgen.project import Project
from docgen.tree import document
from docgen.tree.document import Document, Node
from docgen.writers import formats
from tests.support.contents import POLICY, repository, small_content
from tests.support.effort import tries

PIECES = [
    *[
        "# ",
        "## ",
        "- ",
        "1. ",
        "> ",
        "    ",
        "\n",
        "\n\n",
        "|",
        "| a | b |\n|--|--|\n| 1 | 2 |\n",
        "---",
        "***",
        "**",
        "*",
    ],
    *[
        "_",
        "`",
        "```\n",
        "[",
        "](",
        ")",
        "](#indledning)",
        "![x](images/kort.svg)",
        "<b>",
        "</div>",
        "<script>",
        "&amp;",
    ],
    *["{{ policy }}", "{% for %}", "{#", "#}", ":::{note}\n", ":::\n", "{id=indledning}", "[^1]", "[^1]: note\n", "\\"],
    *[
        "\ue0000\ue001",
        "\ue000",
        "\ue001",
        "Term\n: værdi\n",
        "#set page()",
        "$x$",
        "@ref",
        "ord",
        "æøå",
        "Kilde: x",
        "Tabel: y",
    ],
]
HOSTILE = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), min_size=1, max_size=12).map("".join)
FIELDS = {
    "introduction": ("policies/eksempel/policy.yaml", "introduction", "text"),
    "title": ("policies/eksempel/policy.yaml", "title"),
    "area": ("policies/eksempel/values/1-vaerdi.yaml", "focus_areas", "@indsats", "text"),
}


def project_with(field: str, text: str) -> Project:
    """The small project with `text` in one field, whatever the text holds."""
    file, *path = FIELDS[field]
    files = small_content()
    loaded = yaml.safe_load(files[file])
    inner = loaded
    for step in path[:-1]:
        inner = inner[0] if step.startswith("@") else inner[step]
    inner[path[-1]] = "\0"
    # Everything is quoted again, for a plain dump would lose what is a number and what is text.
    dumped = yaml.safe_dump(loaded, allow_unicode=True, sort_keys=False, width=10**9)
    quoted = yaml.safe_dump(text, default_style='"', width=10**9).strip()
    files[file] = dumped.replace('"\\0"', quoted).encode()
    return Project(files, repository().template_files)


def build_or_refuse(project: Project) -> tuple[Document | None, tuple[Problem, ...]]:
    """The policy's tree, or what is wrong."""
    try:
        return pipeline.build_tree(project, POLICY), ()
    except ContentError as error:
        return None, error.problems


def read_or_refuse(data: bytes) -> tuple[Map | None, tuple[Problem, ...]]:
    """What a YAML file holds, or what is wrong."""
    try:
        return read_yaml("fil.yaml", data), ()
    except ContentError as error:
        return None, error.problems


def spans(node: Node) -> Iterator[Origin]:
    """The places of the content strings inside a node's own text."""

    def inside(inlines: tuple[document.Inline, ...]) -> Iterator[Origin]:
        for inline in inlines:
            if isinstance(inline, document.Span):
                yield inline.origin
            yield from inside(getattr(inline, "children", ()))

    for line in document.lines(node):
        yield from inside(line)


def outside(tree: Document, file: str, path: tuple[str, ...]) -> list[str]:
    """Every node that did not come from the field: its kind and depth; anchors and numbers may follow the field."""

    def lines(nodes: tuple[Node, ...], depth: int) -> Iterator[str]:
        for node in nodes:
            inside = node.origin.path == path and node.origin.file == f"content/{file}"
            if not inside:
                yield f"{depth} {type(node).__name__}"
            yield from lines(document.child_blocks(node), depth + 1)

    return list(lines(tree.blocks, 0))


@pytest.mark.slow
@settings(max_examples=tries(400))
@given(field=st.sampled_from(sorted(FIELDS)), text=HOSTILE)
def test_no_content_changes_the_shape_around_it(field: str, text: str) -> None:
    file, *path = FIELDS[field]
    plain = pipeline.build_tree(project_with(field, "Almindelig tekst"), POLICY)
    tree, problems = build_or_refuse(project_with(field, text))
    if tree is None:
        assert all(problem.origin.file.startswith("content/") for problem in problems), problems
        return
    assert outside(tree, file, tuple(path)) == outside(plain, file, tuple(path))


@pytest.mark.slow
@settings(max_examples=tries(200))
@given(field=st.sampled_from(sorted(FIELDS)), text=HOSTILE)
def test_every_block_of_a_field_says_so(field: str, text: str) -> None:
    file, *path = FIELDS[field]
    project = project_with(field, text)
    try:
        tree = pipeline.build_tree(project, POLICY)
    except ContentError:
        return
    lines = project.content_files[file].count(b"\n") + 1
    places = [place for node in document.walk(tree) for place in (node.origin, *spans(node))]
    found = [place for place in places if place.file == f"content/{file}" and place.path == tuple(path)]
    assert found
    assert all(1 <= place.line <= lines and place.column >= 1 for place in found)
    assert all(node.origin.file for node in document.walk(tree)), "every node has a place"


WORDS = st.lists(st.sampled_from(["by", "plan", "ærø", "indkøb", "mål", "år"]), min_size=1, max_size=8).map(" ".join)


@pytest.mark.slow
@given(paragraphs=st.lists(WORDS, min_size=1, max_size=6), blanks=st.integers(1, 3))
def test_a_paragraph_is_found_at_its_own_line(paragraphs: list[str], blanks: int) -> None:
    marked = [f"Afsnit{number} {words}" for number, words in enumerate(paragraphs)]
    files = small_content(introduction=("\n" * (blanks + 1)).join(marked))
    tree = pipeline.build_tree(Project(files, repository().template_files), POLICY)
    source = files["policies/eksempel/policy.yaml"].decode().split("\n")
    path = ("introduction", "text")
    for number, block in enumerate(node for node in document.walk(tree) if node.origin.path == path):
        line = source[block.origin.line - 1]
        assert line[block.origin.column - 1 :].startswith(f"Afsnit{number} ")
        assert block.ordinal == number


@settings(max_examples=tries(300))
@given(
    st.one_of(
        st.binary(max_size=200),
        st.lists(st.sampled_from(list(": -\n\t'\"[]{}&*!|>#%@`a1é?,")), max_size=60).map("".join).map(str.encode),
    )
)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert len(data) < MAX_BYTES
    value, problems = read_or_refuse(data)
    assert (value is None) == bool(problems)
    assert all(problem.origin.file == "fil.yaml" and problem.message and problem.hint for problem in problems)


@given(st.text())
def test_a_string_comes_back_as_it_was_written(text: str) -> None:
    written = "a: " + yaml.safe_dump(text, default_style='"', width=10**9)
    found, problems = read_or_refuse(written.encode())
    if found is None:
        assert all("styretegn" in problem.message for problem in problems)
        return
    value = found["a"]
    assert isinstance(value, Scalar)
    assert value == unicodedata.normalize("NFC", text).strip("\n")
    assert value.origin.line == 1
    assert value.origin.column == 4


@settings(max_examples=tries(60))
@given(text=HOSTILE)
def test_html_is_written_for_any_content(text: str) -> None:
    """Whatever passes the checks can be written, and holds the same text."""
    from tests.support.html_reading import html_texts

    try:
        project = project_with("introduction", text)
        tree = pipeline.build_tree(project, POLICY)
    except DocgenError:
        return
    words = "".join("".join(document.texts(tree)).split())
    assert "".join("".join(html_texts(pipeline.write(project, tree, formats.HTML))).split()) == words
