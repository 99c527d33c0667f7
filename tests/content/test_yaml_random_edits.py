"""Edits at random of all YAML there is and of files made at random: another reader judges what came of them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.content.yaml_editor import AddField, AddItem, Edit, Move, Remove, Rename, SetValue, edit
from docgen.content.yaml_reader import read_yaml
from docgen.content.yaml_tree import find, read_tree
from docgen.content.yaml_values import Map, Value
from docgen.problems import ContentError, DocgenError
from tests.support.contents import ROOT
from tests.support.effort import tries
from tests.support.yaml_edits import (
    Plain,
    Tried,
    comments,
    is_as_expected,
    lines_changed,
    load,
    loader_of,
    random_change,
    random_set,
)
from tests.support.yaml_files import make_file

MARK = b"\xef\xbb\xbf"
OWN = ("content", "tests/examples", "templates/theme", "docgen/starter")
NO_REASON = "uden at andet i filen bliver et andet"


class File(NamedTuple):
    """A YAML file, and what PyYAML reads in it."""

    name: str
    data: bytes
    loader: type
    plain: Plain
    comments: list[str]


def _file(name: str, data: bytes) -> File:
    loader = loader_of(data)
    return File(name, data, loader, load(data, loader), comments(data, loader))


@pytest.fixture(scope="module")
def files() -> list[File]:
    """All YAML of the repository that is not issued, and as many files made at random."""
    paths = [path for folder in OWN for path in sorted((ROOT / folder).rglob("*.yaml")) if "issued" not in path.parts]
    own = [_file(path.relative_to(ROOT).as_posix(), path.read_bytes()) for path in paths]
    made = [(f"tilfældig {number}", make_file(number)) for number in range(tries(600, 60))]
    found = [_file(name, data) for name, data in made if _is_readable(data)]
    assert len(own) > 30
    assert len(found) > 0.75 * len(made), "most files made at random are YAML that docgen reads"
    return own + found


def _is_readable(data: bytes) -> bool:
    try:
        read_yaml("x.yaml", data.removeprefix(MARK))
    except ContentError:
        return False
    return True


class Figures:
    """What came of many edits."""

    def __init__(self) -> None:
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.lines: Counter[tuple[int, int]] = Counter()

    def __str__(self) -> str:
        total = self.done.total() + self.refused.total()
        lines = ", ".join(f"{gone} → {come}: {count}" for (gone, come), count in self.lines.most_common(6))
        reasons = "; ".join(f"{reason}: {count}" for reason, count in self.refused.most_common())
        return f"{total} ændringer, {self.refused.total()} afvist ({reasons}); linjer {lines}"


def try_edits(
    files: list[File], make: Callable[[random.Random, Plain], Tried | None], count: int, seed: int
) -> Iterator[tuple[File, Tried, bytes | str]]:
    """Edits of files drawn at random, each with the file's new bytes or why it was refused."""
    chance = random.Random(seed)
    while count:
        file = chance.choice(files)
        tried = make(chance, file.plain)
        if tried is None:
            continue
        count -= 1
        try:
            yield file, tried, edit(file.name, file.data, [tried.edit])
        except ContentError as error:
            yield file, tried, error.problems[0].message


def judge(file: File, tried: Tried, after: bytes, figures: Figures) -> tuple[int, int]:
    """Another reader finds exactly this edit, and every comment but those that went with what was taken out."""
    kept = comments(after, file.loader)
    said = f"{file.name}: {tried.edit}"
    if isinstance(tried.edit, Remove):
        assert not Counter(kept) - Counter(file.comments), said
    elif isinstance(tried.edit, Move):
        assert sorted(kept) == sorted(file.comments), said
    else:
        assert kept == file.comments, said
    assert is_as_expected(tried, load(after, file.loader)), said
    assert after.startswith(MARK) == file.data.startswith(MARK)
    if b"\r\n" in file.data:
        assert after.count(b"\r\n") == after.count(b"\n"), said
    lines = lines_changed(file.data, after)
    figures.done[type(tried.edit).__name__] += 1
    figures.lines[lines] += 1
    return lines


def own_lines(file: File, one: Edit) -> int:
    """How many lines the value at an edit's place has."""
    tree = read_tree(file.name, file.data.removeprefix(MARK))
    node = find(tree, one.path).node
    return tree.source[node.content : tree.text_end(node)].count("\n") + 1


@pytest.mark.parametrize("count", [100, pytest.param(5_000, marks=pytest.mark.slow)])
def test_a_value_set_at_random_changes_alone_and_mostly_in_one_line(
    files: list[File], count: int, record_property: Callable[[str, str], None]
) -> None:
    figures, one_line = Figures(), 0
    for file, tried, after in try_edits(files, partial(random_set, hard=0.04), count, 1):
        if isinstance(after, str):
            assert after.startswith("værdien står flere steder"), (file.name, tried.edit)
            figures.refused[after] += 1
            continue
        gone, come = judge(file, tried, after, figures)
        one_line += max(gone, come) <= 1
        assert gone <= 1 or gone <= own_lines(file, tried.edit), (file.name, tried.edit)
        one = read_yaml("x.yaml", file.data.removeprefix(MARK)), read_yaml("x.yaml", after.removeprefix(MARK))
        assert sum(a != b for a, b in zip(*map(list, map(_values, one)), strict=True)) <= 1, "as docgen reads it"
    share = one_line / figures.done.total()
    record_property("YAML, værdier sat", f"{share:.1%} i én linje; {figures}")
    assert share >= 0.95
    assert figures.refused.total() <= 0.03 * figures.done.total()


def _values(value: Value) -> Iterator[str | None]:
    if isinstance(value, Map):
        for inner in value.values():
            yield from _values(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _values(inner)
    else:
        yield value


@pytest.mark.parametrize("count", [80, pytest.param(1_500, marks=pytest.mark.slow)])
def test_what_is_hard_to_write_is_read_as_it_was_meant(
    files: list[File], count: int, record_property: Callable[[str, str], None]
) -> None:
    figures = Figures()
    for file, tried, after in try_edits(files, partial(random_set, hard=0.67), count, 2):
        if isinstance(after, str):
            assert after.startswith("værdien står flere steder"), (file.name, tried.edit)
            figures.refused[after] += 1
        else:
            gone, _ = judge(file, tried, after, figures)
            assert gone <= 1 or gone <= own_lines(file, tried.edit), (file.name, tried.edit)
    record_property("YAML, svære værdier sat", str(figures))


@pytest.mark.parametrize("count", [60, pytest.param(3_000, marks=pytest.mark.slow)])
def test_what_is_added_taken_out_and_moved_at_random_changes_alone(
    files: list[File], count: int, record_property: Callable[[str, str], None]
) -> None:
    figures = Figures()
    for file, tried, after in try_edits(files, random_change, count, 3):
        if isinstance(after, str):
            figures.refused[after] += 1
            continue
        gone, come = judge(file, tried, after, figures)
        said = f"{file.name}: {tried.edit}"
        if isinstance(tried.edit, AddField | AddItem):  # an empty value in brackets over lines becomes a block
            assert gone <= 1 or gone <= own_lines(file, tried.edit), said
        elif isinstance(tried.edit, Rename):
            assert gone == come <= 1, said
        elif isinstance(tried.edit, Move | Remove):
            assert come <= gone, said
    record_property("YAML, felter og punkter", str(figures))
    assert figures.refused[f"ændringen kan ikke skrives her, {NO_REASON}"] <= 0.005 * figures.done.total()
    assert figures.refused.total() <= 0.15 * figures.done.total()


# -- whatever is given to it ------------------------------------------------------------------------------------

TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=12) | st.sampled_from(
    ["a", "@x", "0", "-1", "id"]
)
PATH = st.lists(TEXT | st.integers(-3, 10**6), max_size=4).map(tuple) | st.sampled_from([("a",), ("a", 0), ("b", "@x")])
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.decimals() | st.dates() | st.times() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
PLACE = st.none() | st.integers(-2, 4)
EDIT = st.one_of(
    st.builds(SetValue, PATH, VALUE, st.booleans()),
    st.builds(AddField, PATH, TEXT, VALUE, PLACE),
    st.builds(AddItem, PATH, VALUE, PLACE),
    st.builds(Remove, PATH),
    st.builds(Move, PATH, st.integers(-2, 4)),
    st.builds(Rename, PATH, TEXT),
)
DAMAGES = [b"", b"#", b" ", b"\n", b"- ", b":", b"\t", b"\xff", b"'", b"|\n"]
SIGNS = st.lists(
    st.sampled_from([*"ab:-?#&*!|>'\"[]{},%@`~ \n\t\\", "\r\n", "- ", "a: ", "  ", "&x ", "*x", "id: x\n"])
)


def is_outcome(data: bytes, edits: list[Edit]) -> bool:
    """Whether the edits are written so that docgen reads the file, or refused with a word for each problem."""
    try:
        after = edit("x.yaml", data, edits)
    except DocgenError as error:
        return all(problem.origin.file == "x.yaml" and problem.message for problem in error.problems)
    return isinstance(read_yaml("x.yaml", after.removeprefix(MARK)), Map)


@pytest.mark.slow
@settings(max_examples=tries(1_200))
@given(
    st.binary(max_size=60) | SIGNS.map(lambda signs: "".join(signs).encode()), st.lists(EDIT, min_size=1, max_size=3)
)
def test_whatever_is_given_it_is_written_or_refused_with_a_word(data: bytes, edits: list[Edit]) -> None:
    assert is_outcome(data, edits)


@pytest.mark.slow
@settings(max_examples=tries(600))
@given(st.integers(0, 10**6), st.lists(EDIT, min_size=1, max_size=2), st.randoms(use_true_random=False))
def test_damaged_files_are_written_or_refused_with_a_word(seed: int, edits: list[Edit], chance: random.Random) -> None:
    data = bytearray(make_file(seed))
    for _ in range(chance.randint(0, 3)):
        at = chance.randrange(len(data) + 1)
        data[at : at + chance.randint(0, 3)] = chance.choice(DAMAGES)
    assert is_outcome(bytes(data), edits)
