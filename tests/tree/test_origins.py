"""Where the texts of a document stand: what equals a YAML value stands at that value, and most that is shown in YAML.

Measured on what `docgen build --format tree` shows: each text with `@file:line`, its own (a `Span(…)`, or any other
inline that says where it is from) or else its block's. A text is *shown* where it is a title, heading, paragraph, cell,
caption, label, value, code or text alternative; it *has a place in YAML* where that is a file of the content folder.

A text *equals a YAML value* where it is the whole of a scalar in the content folder, when spaces and the house's signs
are not told apart and a final full stop does not count. It must then stand at a line of such a scalar (`2023` stands in
a follow-up's series many times, and each place is right), or of one of several lines that has these words (a cell of a
table in a text). A name from the register or a label from the profile may also stand at what it was looked up by
(`committee: oekonomiudvalget`). Not counted are texts of one character, and words that a template says as well
(`Økonomi` is a heading in a template and one in settings.yaml): nobody can say which of the two is shown.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from docgen.content.scalar import Scalar
from docgen.content.yaml_reader import read_yaml, scalars
from tests.support.contents import ROOT, repository
from tests.support.examples_project import example_files, examples
from tests.support.house import GUIDE, content, docgen, project

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
        elif token["equals"] and levels[-1]:  # between a label and its value
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
class Folder:
    """A content folder: its values, those at each line (and what is in several lines), by what a name or a label is
    looked up, and the templates' words."""

    values: frozenset[str]
    at: Mapping[Place, list[str]]
    long: Mapping[Place, list[str]]
    registered: Mapping[str, set[str]]
    templates: str

    def judged(self, texts: Iterable[Shown]) -> list[Shown]:
        """Those of some texts that equal a value and no words of a template."""
        return [shown for shown in texts if len(word := normal(shown.text)) > 1 and self.is_value(word)]

    def is_value(self, word: str) -> bool:
        return word in self.values and not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", self.templates)

    def stands_right(self, shown: Shown) -> bool:
        word, place = normal(shown.text), shown.place or ("", 0)
        named = {word, *self.registered.get(word, ())}
        part = any(f" {word} " in f" {text.replace('`', ' ')} " for text in self.long.get(place, ()))
        return part or not named.isdisjoint(self.at.get(place, ()))


def normal(text: str) -> str:
    """A text without what typography changes, and without a final full stop."""
    for signs, plain in (("”“„\"’‘'", "'"), ("–—", "-"), ("…", "...")):
        text = re.sub(f"[{signs}]", plain, text)
    return " ".join(text.split()).removesuffix(".")


def folder_of(content: Mapping[str, bytes]) -> Folder:
    """A content folder with the repository's templates."""
    values: set[str] = set()
    at: dict[Place, list[str]] = {}
    long: dict[Place, list[str]] = {}
    for path in (path for path in content if path.endswith(".yaml")):
        data = content[path]
        for scalar in scalars(read_yaml(f"content/{path}", data)):
            values.add(normal(scalar))
            for line in _lines(scalar, data.decode()):
                for found in (at, long) if "\n" in scalar else (at,):
                    found.setdefault((f"content/{path}", line), []).append(normal(scalar))
    templates = " ".join(path.read_text("utf-8") for path in sorted((ROOT / "templates").glob("*.j2")))
    literal = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", templates, flags=re.DOTALL)
    return Folder(frozenset(values), at, long, _registered(content), normal(literal))


def _registered(content: Mapping[str, bytes]) -> dict[str, set[str]]:
    """The ids of organisations by their names, and the kinds of case by their labels."""
    found: dict[str, set[str]] = {}
    organisation: Any = read_yaml("organisation.yaml", content["organisation.yaml"])
    settings: Any = read_yaml("settings.yaml", content["settings.yaml"])
    for body in organisation["bodies"]:
        found.setdefault(normal(body["name"]), set()).add(normal(body["id"]))
    for kind, profile in settings["cases"]["kinds"].items():
        found.setdefault(normal(profile["label"]), set()).add(kind)
    return found


def _lines(scalar: Scalar, source: str) -> range:
    """The lines of a file that a value is written in."""
    start, end = (source.count("\n", 0, at) + 1 for at in scalar.extent)
    return range(start, end + 1)


Documents = dict[str, list[Shown]]
"""The texts of documents, by their ids."""


def built(folder: Path, files: Mapping[str, bytes], *names: str) -> Documents:
    result = docgen(project(folder, files), "build", *names, "--format", "tree", "--jobs", "1")
    assert result.exit_code == 0, result.stderr
    trees = sorted((folder / "build").rglob("*.tree"))
    return {
        tree.relative_to(folder / "build").with_suffix("").as_posix(): list(shown_texts(tree.read_text("utf-8")))
        for tree in trees
    }


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Documents:
    """Every document of the repository."""
    return built(tmp_path_factory.mktemp("repository"), repository().content_files)


def of_kind(documents: Documents, kind: str) -> Documents:
    """The documents of one kind, of which there are some."""
    found = {id: texts for id, texts in documents.items() if id.startswith(f"{kind}/")}
    assert found
    return found


def misplaced(documents: Documents, folder: Folder) -> dict[str, list[tuple[str, Place | None]]]:
    """The texts that stand elsewhere than at a value that they equal, with where they stand."""
    found = {
        id: [(shown.text, shown.place) for shown in folder.judged(texts) if not folder.stands_right(shown)]
        for id, texts in documents.items()
    }
    return {id: texts for id, texts in found.items() if texts}


def share(documents: Documents) -> float:
    """The share of shown characters that have a place in YAML, of some documents together."""
    texts = [shown for found in documents.values() for shown in found]
    return sum(len(shown.text) for shown in texts if shown.is_content) / sum(len(shown.text) for shown in texts)


@pytest.mark.slow
@pytest.mark.parametrize("kind", LEAST)
def test_a_text_that_equals_a_value_stands_at_it(kind: str, documents: Documents) -> None:
    own, folder = of_kind(documents, kind), folder_of(repository().content_files)
    assert sum(len(folder.judged(texts)) for texts in own.values()) >= 3 * len(own), "enough to judge by"
    assert misplaced(own, folder) == {}


def under_neutral_names() -> dict[str, bytes]:
    """The files of closed cases by what they are called where everybody can read it."""
    found = examples()
    files = found.content_files
    return {f"cases/{new.name}.yaml": files[f"cases/{old.name}.yaml"] for old, new in found.neutral.items()}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["case", "meeting"])
def test_so_it_does_in_every_kind_of_case_and_meeting(kind: str, tmp_path: Path) -> None:
    files = example_files()
    assert misplaced(built(tmp_path, files, kind), folder_of(files | under_neutral_names())) == {}


@pytest.mark.slow
@pytest.mark.parametrize("kind", LEAST)
def test_most_that_is_shown_has_a_place_in_yaml(
    kind: str, documents: Documents, capsys: pytest.CaptureFixture[str]
) -> None:
    own = of_kind(documents, kind)
    with capsys.disabled():
        each = ", ".join(f"{share({id: texts}):.1%}" for id, texts in own.items())
        sys.stdout.write(f"\n{kind}: {share(own):.1%} of what is shown has a place in YAML ({each})\n")
    assert share(own) >= LEAST[kind]


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
