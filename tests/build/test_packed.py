"""Long lists that take little memory: they hold what a list or a dict would, in the same order."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.packed import Packed, PackedRows, PackedTable, newest


@pytest.fixture(autouse=True, scope="module")
def _few_at_a_time() -> Iterator[None]:
    """So that short lists have several parts."""
    patch = pytest.MonkeyPatch()
    patch.setattr("docgen.packed._AT_A_TIME", 3)
    yield
    patch.undo()


@given(st.lists(st.text()), st.integers(-12, 12), st.slices(12))
def test_it_is_the_list_that_was_put_in(items: list[str], at: int, some: slice) -> None:
    packed = Packed(items)
    assert (list(packed), len(packed)) == (items, len(items))
    assert packed == items
    assert packed == Packed(items)
    assert packed != [*items, "mere"]
    assert [*packed[some]] == items[some]
    if -len(items) <= at < len(items):
        assert packed[at] == items[at]
    else:
        with pytest.raises(IndexError):
            packed[at]


def test_it_takes_paths_and_compares_each(tmp_path: Path) -> None:
    paths = [tmp_path / str(number) for number in range(7)]
    assert Packed(paths) == paths
    assert Packed(paths) != [*paths[:6], tmp_path]
    assert repr(Packed([1])) == "Packed([1])"


@given(st.lists(st.tuples(st.text("abæ", max_size=3), st.integers())))
def test_rows_come_in_order_and_the_last_of_a_key_counts(rows: list[tuple[str, int]]) -> None:
    packed = PackedRows[int]()
    for key, value in rows:
        packed.add(key, value)
    assert list(packed) == sorted(dict(rows).items())
    assert list(packed) == sorted(dict(rows).items()), "they can be looked at again"


NAMES = st.text("abæ", max_size=3)


@given(st.dictionaries(NAMES, st.integers()), st.dictionaries(NAMES, st.integers()))
def test_of_two_the_newer_rows_count(newer: dict[str, int], older: dict[str, int]) -> None:
    assert list(newest(sorted(newer.items()), sorted(older.items()))) == sorted({**older, **newer}.items())


@given(st.dictionaries(NAMES, st.integers()), NAMES)
def test_a_table_is_the_dict_that_was_put_in(rows: dict[str, int], name: str) -> None:
    table = PackedTable(sorted(rows.items()))
    assert list(table) == sorted(rows.items())
    assert table.get(name) == rows.get(name)
    assert list(table.names(name)) == sorted(key for key in rows if key.startswith(name))


@given(st.lists(NAMES))
def test_a_table_takes_no_rows_that_are_out_of_order(names: list[str]) -> None:
    if names == sorted(set(names)):
        assert list(PackedTable((name, 0) for name in names).names()) == names
        return
    with pytest.raises(ValueError, match="in order"):
        PackedTable((name, 0) for name in names)


def test_lines_that_are_alike_take_some_bytes_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docgen.packed._AT_A_TIME", 512)
    tracemalloc.start()
    try:
        packed = Packed(f"content/cases/sag-{number}.yaml:4:8: der mangler et komma" for number in range(5_120))
        used, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(packed) == 5_120
    assert used < 20 * 5_120
