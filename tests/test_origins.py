"""Where the texts of a document stand: what equals a YAML value stands at that value, and most that is shown in YAML.

Measured on what `docgen build --format tree` shows: each text with `@file:line`, its own (a `Span(…)`, or any other
inline that says where it is from) or else its block's. A text is *shown* where it is a title, heading, paragraph, cell,
caption, label, value, code or text alternative; it *has a place in YAML* where that is a file of the content folder.

A text *equals a YAML value* where it is the whole of a scalar in a file that the document is made of (by the source in
its PDF), when spaces and the house's signs are not told apart and a final full stop does not count. It must then stand
at a line of one such scalar: `2023` stands in a follow-up's series many times, and each place is right. Not counted are
texts of one character, and words that the document's own templates say as well (`Økonomi` is a heading in a template
and one in settings.yaml): for them nobody can say which of the two is shown.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfReader

from docgen.content.scalar import Scalar
from docgen.content.yaml_reader import read_yaml, scalars
from tests.contents import repository
from tests.examples_project import example_files
from tests.house import GUIDE, content, docgen, project

LEAST = {"policy": 0.98, "guide": 0.98, "case": 0.95, "follow-up": 0.85, "meeting": 0.85}
"""The share of shown characters that have a place in YAML, by kind of document (issue 16, point 4)."""

_TOKEN = re.compile(
    r"""(?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
    r"|(?P<link>Link\(\S+ )|(?P<open>[A-Z]\w*\()|(?P<close>\))"
    r"|@(?P<file>\S+?):(?P<line>\d+)(?=[\s)]|$)"
    r"|(?P<alt>alt=)|(?P<equals>=)|(?P<word>[^\s()'\"=]+)"
)
_NUMBER = re.compile(r"(?:Tabel|Figur)\s\d+\.\s")
Place = tuple[str, int]


@dataclass(slots=True)
class Shown:
    """A text as the tree has it, and the file and line that it stands at."""

    text: str
    place: Place | None = None
    is_whole: bool = False

    @property
    def is_content(self) -> bool:
        return self.place is not None and self.place[0].startswith("content/")


def shown_texts(tree: str) -> Iterator[Shown]:
    """Every text of a tree as `--format tree` writes it: of an inline with a place of its own, or else all that a block
    has before, between or after such inlines."""
    for line in tree.splitlines()[1:]:  # the first names the document
        yield from _texts_of(line)


def _texts_of(line: str) -> list[Shown]:
    levels: list[list[Shown]] = [[]]
    before = ""
    for token in _TOKEN.finditer(line):
        if token["text"]:
            _add(levels[-1], Shown(ast.literal_eval(token["text"]), is_whole=before == "alt="))
        elif token["link"] or token["open"]:
            levels.append([])
        elif token["close"] and len(levels) > 1:
            for shown in levels.pop():
                _add(levels[-1], shown)
        elif token["file"]:
            for shown in levels[-1]:
                shown.place = shown.place or (token["file"], int(token["line"]))
                shown.is_whole = True
        elif token["equals"]:  # between a label and its value
            levels[-1][-1].is_whole = True
        before = token[0]
    return levels[0]


def _add(before: list[Shown], shown: Shown) -> None:
    """Joins texts that stand together; the number of a table or a figure is none of the words of its caption."""
    last = before[-1] if before else None
    if last is None or last.is_whole or shown.is_whole or any(map(_NUMBER.fullmatch, (last.text, shown.text))):
        before.append(shown)
    else:
        last.text += shown.text


@dataclass(frozen=True, slots=True)
class Measured:
    """A document's texts, the words of its templates, and the lines that each value in its files stands at."""

    texts: tuple[Shown, ...]
    templates: str
    values: Mapping[str, set[Place]]

    def characters(self) -> tuple[int, int]:
        """How many characters are shown, and how many of them have a place in YAML."""
        lengths = [(len(shown.text), len(shown.text) * shown.is_content) for shown in self.texts]
        return sum(every for every, _ in lengths), sum(placed for _, placed in lengths)

    def equal(self) -> list[Shown]:
        """The texts that equal a YAML value."""
        return [
            shown
            for shown in self.texts
            if len(word := normal(shown.text)) > 1 and word in self.values and not self.is_literal(word)
        ]

    def is_literal(self, word: str) -> bool:
        return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", self.templates) is not None

    def misplaced(self) -> list[Shown]:
        """Those that do not stand at a value that they equal."""
        return [shown for shown in self.equal() if shown.place not in self.values[normal(shown.text)]]


def normal(text: str) -> str:
    """A text without what typography changes, and without a final full stop."""
    for signs, plain in (("”“„\"’‘'", "'"), ("–—", "-"), ("…", "...")):
        text = re.sub(f"[{signs}]", plain, text)
    return " ".join(text.split()).removesuffix(".")


def measured(tree: Path, content: Mapping[str, bytes]) -> Measured:
    """A document as it was built: its tree, and the files that the source in its PDF says it is made of."""
    ((source,), *_) = PdfReader(tree.with_suffix(".pdf")).attachments.values()
    files: dict[str, object] = json.loads(source)["files"]
    values: dict[str, set[Place]] = {}
    for path in files:
        if path.startswith("content/") and path.endswith(".yaml"):
            data = content[path.removeprefix("content/")]
            for scalar in scalars(read_yaml(path, data)):
                lines = _lines(scalar, data.decode())
                values.setdefault(normal(scalar), set()).update((path, line) for line in lines)
    templates = " ".join(str(text) for path, text in files.items() if path.endswith(".j2"))
    literal = normal(re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", templates, flags=re.DOTALL))
    return Measured(tuple(shown_texts(tree.read_text("utf-8"))), literal, values)


def _lines(scalar: Scalar, source: str) -> range:
    """The lines of a file that a value is written in."""
    start, end = (source.count("\n", 0, at) + 1 for at in scalar.extent)
    return range(start, end + 1)


@cache
def _content(name: str) -> Mapping[str, bytes]:
    return repository().content_files if name == "repository" else example_files()


@pytest.fixture(scope="module")
def measurements(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Measured]]:
    """Every document of the repository, and every case and meeting of the examples, by its id."""
    found: dict[str, dict[str, Measured]] = {}
    for name, asked in (("repository", ()), ("examples", ("case", "meeting"))):
        folder = project(tmp_path_factory.mktemp(name), _content(name))
        result = docgen(folder, "build", *asked, "--format", "tree", "--format", "pdf", "--jobs", "1")
        assert result.exit_code == 0, result.stderr
        trees = sorted((folder / "build").rglob("*.tree"))
        found[name] = {
            tree.relative_to(folder / "build").with_suffix("").as_posix(): measured(tree, _content(name))
            for tree in trees
        }
    return found


def of_kind(documents: Mapping[str, Measured], kind: str) -> dict[str, Measured]:
    """The documents of one kind, of which there are some."""
    found = {id: document for id, document in documents.items() if id.startswith(f"{kind}/")}
    assert found
    return found


def share(documents: Mapping[str, Measured]) -> float:
    """The share of shown characters that have a place in YAML, of some documents together."""
    counts = [document.characters() for document in documents.values()]
    return sum(placed for _, placed in counts) / sum(every for every, _ in counts)


def misplaced(documents: Mapping[str, Measured]) -> dict[str, list[tuple[str, Place | None]]]:
    """The texts of some documents that stand elsewhere than at a value that they equal, with where they stand."""
    found = {id: [(shown.text, shown.place) for shown in document.misplaced()] for id, document in documents.items()}
    return {id: texts for id, texts in found.items() if texts}


ELSEWHERE = pytest.mark.xfail(
    strict=True, raises=AssertionError, reason="HOUSE §4.4: what is made into a plain text stands in the template"
)
KINDS = ["policy", "guide", *(pytest.param(kind, marks=ELSEWHERE) for kind in ("case", "follow-up", "meeting"))]


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_that_equals_a_value_stands_at_it(kind: str, measurements: dict[str, dict[str, Measured]]) -> None:
    documents = of_kind(measurements["repository"], kind)
    assert sum(len(document.equal()) for document in documents.values()) >= 3 * len(documents), "enough to judge by"
    assert misplaced(documents) == {}


@ELSEWHERE
@pytest.mark.parametrize("kind", ["case", "meeting"])
def test_so_it_does_in_every_kind_of_case_and_meeting(kind: str, measurements: dict[str, dict[str, Measured]]) -> None:
    assert misplaced(of_kind(measurements["examples"], kind)) == {}


@pytest.mark.parametrize("kind", KINDS)
def test_most_that_is_shown_has_a_place_in_yaml(
    kind: str, measurements: dict[str, dict[str, Measured]], capsys: pytest.CaptureFixture[str]
) -> None:
    documents = of_kind(measurements["repository"], kind)
    with capsys.disabled():
        each = ", ".join(f"{share({id: one}):.1%}" for id, one in documents.items())
        sys.stdout.write(f"\n{kind}: {share(documents):.1%} of what is shown has a place in YAML ({each})\n")
    assert share(documents) >= LEAST[kind]


ALIKE = """\
title: En vejledning til prøver
summary: Sådan gør man.
version: "1.0"
status: vedtaget
date: 2026-01-12
chapters:
  - id: start
    title: Begynd her
    text: |
      Det samme.

      Det samme.

      - Ja
      - Ja

      | Navn | Tal |
      |:--|--:|
      | Ja | 10 |
      | Ja | 10 |
"""


@pytest.mark.xfail(
    strict=True, raises=AssertionError, reason="HOUSE §4.4: the place is the first in the text that has the same words"
)
def test_what_is_alike_in_a_text_stands_each_at_its_own_line(tmp_path: Path) -> None:
    folder = project(tmp_path, {**content(), GUIDE: ALIKE.encode()})
    assert docgen(folder, "build", "guide", "--format", "tree").exit_code == 0
    tree = (folder / "build/guide/vejledning.tree").read_text("utf-8")
    alike = re.compile(r"Det samme\.|Ja|10")
    shown = [(shown.text, shown.place) for shown in shown_texts(tree) if alike.fullmatch(shown.text)]
    head, _, text = ALIKE.partition("text: |\n")
    lines = enumerate(text.split("\n"), head.count("\n") + 2)
    assert shown == [(word, (f"content/{GUIDE}", number)) for number, line in lines for word in alike.findall(line)]


def test_the_measure_reads_what_a_tree_shows() -> None:
    tree = """Document x 'X' da-DK version='1.0'
  Paragraph 'at ' Span('A' Strong('b') Link(#x 'c d') @content/a.yaml:3) '.' @templates/a.md.j2:1
  Field 'Til' = "O'B" @content/a.yaml:7
  Figure image/svg+xml alt='Et \\'x\\'' 'Figur\\xa01. ' 'Navn' →figur-1 @templates/a.md.j2:2
  Paragraph 'a ' Code('b') ' c'
"""
    assert [(shown.text, shown.place) for shown in shown_texts(tree)] == [
        ("at ", ("templates/a.md.j2", 1)),
        ("Abc d", ("content/a.yaml", 3)),
        (".", ("templates/a.md.j2", 1)),
        ("Til", ("content/a.yaml", 7)),
        ("O'B", ("content/a.yaml", 7)),
        ("Et 'x'", ("templates/a.md.j2", 2)),
        ("Figur\xa01. ", ("templates/a.md.j2", 2)),
        ("Navn", ("templates/a.md.j2", 2)),
        ("a b c", None),
    ]
