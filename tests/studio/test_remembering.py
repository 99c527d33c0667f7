"""What a session remembers: the same results, no more of them than it should, and nothing when it has ended."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from docgen import remembering
from docgen.pipeline import Job
from docgen.remembering import Same, letters, remembered
from docgen.structs import replace
from docgen.writers.formats import PDF
from tests.support.contents import repository
from tests.support.studio import CASE, POLICY


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
