"""What a session remembers: the same results, no more of them than it should, and nothing when it has ended."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest

from docgen import remembering
from docgen.document_id import parse_id
from docgen.kinds.edition import Edition
from docgen.pipeline import Job, theme_of
from docgen.problems import DocgenError
from docgen.project import Project
from docgen.remembering import Same, letters, remembered
from docgen.structs import replace
from docgen.studio.session import FINGERPRINT
from docgen.writers.formats import PDF
from docgen.writers.html.writer import write_document
from docgen.writers.marks import Marks
from tests.support.contents import repository
from tests.support.effort import tries
from tests.support.studio import CASE, FOLLOW_UP, POLICY


@pytest.fixture
def session() -> Iterator[None]:
    remembering.begin()
    yield
    remembering.end()


def test_outside_a_session_everything_is_made_anew() -> None:
    made = []

    @remembered(8, lambda number: number)
    def double(number: int) -> int:
        made.append(number)
        return 2 * number

    assert [double(2), double(2)] == [4, 4]
    assert made == [2, 2]


@pytest.mark.usefixtures("session")
def test_in_a_session_what_was_asked_for_last_is_kept_and_no_more() -> None:
    made = []

    @remembered(2, lambda number: number)
    def double(number: int) -> int:
        made.append(number)
        return 2 * number

    assert [double(number) for number in (1, 2, 1, 3, 1, 2)] == [2, 4, 2, 6, 2, 4]
    assert made == [1, 2, 3, 2]


@pytest.mark.usefixtures("session")
def test_of_texts_no_more_letters_are_kept_than_it_may_be() -> None:
    made = []

    @remembered(1000, lambda text: text, weight=letters)
    def shout(text: str) -> str:
        made.append(text)
        return text.upper()

    short, long, longest = "a" * 100, "b" * 700, "c" * 5000
    assert [shout(text) for text in (short, long, short, long)] == ["A" * 100, "B" * 700] * 2
    assert made == [short, long]
    shout("d" * 300)  # the one that was asked for longest ago gives way, and no more than must
    shout(long)
    shout(short)
    assert made == [short, long, "d" * 300, long, short]
    assert shout(longest) == shout(longest) == "C" * 5000, "the last one is kept, however long it is"
    assert made[5:] == [longest]


@pytest.mark.usefixtures("session")
def test_of_one_file_the_last_version_alone_is_kept() -> None:
    made = []

    @remembered(100, lambda file, data: (file, data), slot=lambda file, data: file)
    def read(file: str, data: bytes) -> bytes:
        made.append((file, data))
        return data.upper()

    for version in (b"a", b"a", b"b", b"b", b"a"):
        assert read("x", version) == version.upper()
        assert read("y", b"c") == b"C"
    assert [data for file, data in made if file == "x"] == [b"a", b"b", b"a"]
    assert [data for file, data in made if file == "y"] == [b"c"]


@pytest.mark.usefixtures("session")
def test_of_one_file_so_many_versions_are_kept_as_are_made_in_turn() -> None:
    made = []

    @remembered(3, lambda file, data: (file, data), slot=lambda file, data: file, versions=2)
    def read(file: str, data: bytes) -> bytes:
        made.append((file, data))
        return data.upper()

    saved, typed = b"saved", [b"typed %d" % number for number in range(4)]
    for one in typed:  # as somebody types: what is saved is asked for each time, and what is typed is always new
        assert [read("x", saved), read("x", one), read("x", one)] == [b"SAVED", one.upper(), one.upper()]
    assert made == [("x", saved), *(("x", one) for one in typed)]
    read("y", saved)
    read("z", saved)  # too much altogether: the file that was asked for longest ago is let go
    read("x", saved)
    assert made[5:] == [("y", saved), ("z", saved), ("x", saved)]


@pytest.mark.usefixtures("session")
def test_what_fails_is_tried_again() -> None:
    tried = []

    @remembered(8, lambda number: number)
    def fail(number: int) -> int:
        tried.append(number)
        raise ValueError(number)

    for _ in range(2):
        with pytest.raises(ValueError, match="1"):
            fail(1)
    assert tried == [1, 1]


def test_what_is_remembered_ends_with_the_session() -> None:
    made = []

    @remembered(8, lambda number: number)
    def double(number: int) -> int:
        made.append(number)
        return 2 * number

    for _ in range(2):
        remembering.begin()
        double(2)
        double(2)
        remembering.end()
    assert made == [2, 2]


def test_the_same_is_the_same_object() -> None:
    one, other = [1], [1]
    assert Same(one) == Same(one)
    assert Same(one) != Same(other)


_NUMBER = re.compile(r"(?<=value: )\d+(?:\.\d+)?")


def _another(text: str, dice: random.Random) -> str:
    """A file's text with one thing changed: a word, a number, a line more or less, or two lines that change places."""
    lines = text.split("\n")
    at = dice.choice([number for number, line in enumerate(lines) if line.strip()])
    match dice.randrange(4):
        case 0:
            lines[at] = re.sub(r"(?<= )([a-zæøå]{4,})(?= )", r"\1x", lines[at], count=1)
        case 1:
            lines[at] = _NUMBER.sub(lambda found: str(int(float(found[0])) + 1), lines[at])
        case 2:
            lines.insert(at, f"{' ' * (len(lines[at]) - len(lines[at].lstrip()))}# en bemærkning")
        case _:
            lines[at : at + 2] = lines[at : at + 2][::-1]
    return "\n".join(lines)


@pytest.mark.slow
@pytest.mark.parametrize("id", [FOLLOW_UP, POLICY, CASE])
def test_a_page_is_the_same_bytes_as_one_made_anew_whatever_was_made_before(id: str) -> None:
    """Words, places, numbers of marks and all, after each of many changes of any of its files."""
    whole, document = repository(), parse_id(id).document
    part = whole.part_of([document])
    changeable = [path for path in part.content_files if path.endswith(".yaml") and not path.startswith("issued/")]
    own = [path for path in changeable if whole.content_kinds.document_of(path) == document]
    dice, made = random.Random(17), list[tuple[dict[str, bytes], Edition, bytes | str]]()
    files = dict(part.content_files)
    remembering.begin()
    try:
        for number in range(tries(60, 12)):
            path = dice.choice(own if number % 3 else changeable)
            changed = files | {path: _another(files[path].decode(), dice).encode()}
            edition = Edition.INTERNAL if number % 4 == 3 else Edition.PUBLIC
            found = _page(replace(part, content_files=changed), id, edition)
            made.append((changed, edition, found))
            files = changed if isinstance(found, bytes) else files
    finally:
        remembering.end()
    assert sum(isinstance(found, bytes) for _, _, found in made) > len(made) / 3
    for changed, edition, found in made:
        assert _page(replace(part, content_files=changed), id, edition) == found


def _page(project: Project, id: str, edition: Edition) -> bytes | str:
    """A page with its marks and their places; what is wrong where it cannot be made."""
    marks = Marks()
    try:
        tree = Job(project, id, edition, fingerprint=FINGERPRINT).tree
        page = write_document(tree, theme_of(project, tree), project.template_files, marks)
    except DocgenError as error:
        return str(error)
    return page + repr(marks.places).encode()


@pytest.mark.slow
@pytest.mark.parametrize("id", [POLICY, CASE])
def test_a_pdf_is_the_same_bytes_in_a_session_also_after_another_like_it(id: str) -> None:
    alone = Job(repository(), id).write(PDF)
    remembering.begin()
    try:
        project = repository()
        files = {path: data.replace("Københavns".encode(), b"Aalborgs") for path, data in project.content_files.items()}
        Job(replace(project, content_files=files), id).write(PDF)
        assert Job(project, id).write(PDF) == alone
    finally:
        remembering.end()
