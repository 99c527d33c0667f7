"""The mutation run's own parts: a draw is the same each time, and nothing is counted as found that was not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutation import judge
from tests.mutation.__main__ import BEGIN, END, INSTEAD, PAGE, Draw, with_lines
from tests.mutation.rooms import ROOMS, Mutant, in_order, modules, seen_alike
from tests.support.contents import ROOT

NAMES = [("docgen/ledger/verdicts.py", number) for number in range(400)]
MUTANT = Mutant("docgen.a.f.1", "docgen/a.py", frozenset({2, 3}), "x = 1\n", "x = 2\n")
SECONDS = {"t/a.py::slow": 9.0, "t/a.py::quick": 1.0, "t/b.py::one": 2.0, "t/b.py::other": 3.0, "t/c.py::far": 0.1}
LINES = {"2": ["t/a.py::slow", "t/a.py::quick"], "3": ["t/b.py::one"], "4": ["t/c.py::far"]}
NOTED = {"seconds": SECONDS, "lines": {"docgen/a.py": LINES}}


def test_a_draw_is_the_same_each_time_and_another_for_another_seed() -> None:
    assert in_order(NAMES, "tree:1") == in_order(reversed(NAMES), "tree:1")
    assert sorted(in_order(NAMES, "tree:1")) == NAMES
    assert in_order(NAMES, "tree:1")[:40] != in_order(NAMES, "tree:2")[:40]


def test_every_room_has_modules_and_tests() -> None:
    assert set(ROOMS) == set(INSTEAD)
    assert [room for room in ROOMS if not modules(room)] == []
    assert [path for room in ROOMS for path in INSTEAD[room] if not (ROOT / path).is_dir()] == []


def test_the_tests_that_run_a_line_are_asked_file_by_file_the_quick_first() -> None:
    known = judge.read(NOTED)
    assert known.tests_of(MUTANT) == ["t/b.py::one", "t/a.py::quick", "t/a.py::slow"]
    assert known.rest(known.tests_of(MUTANT)) == ["t/b.py::other"]
    assert list(known.batches(known.tests_of(MUTANT))) == [["t/b.py::one"], ["t/a.py::quick", "t/a.py::slow"]]


def test_a_line_is_followed_to_where_it_stands_now() -> None:
    assert judge.followed("a\nb\nc\nd", "a\nny\nogså\nb\nd") == {1: 1, 2: 1, 3: 1, 4: 2, 5: 4}


def test_the_tests_of_a_changed_file_are_noted_anew() -> None:
    new = {"seconds": {"t/b.py::one": 1.0}, "lines": {"docgen/a.py": {"4": ["t/b.py::one"]}, "docgen/b.py": {"1": []}}}
    known = judge.together(judge.without(NOTED, {"t/b.py"}), new)
    assert known["seconds"] == {**{name: SECONDS[name] for name in SECONDS if "/b." not in name}, "t/b.py::one": 1.0}
    assert known["lines"]["docgen/a.py"] == {"2": LINES["2"], "3": [], "4": ["t/c.py::far", "t/b.py::one"]}
    assert known["lines"]["docgen/b.py"] == {"1": []}
    assert judge.named(judge.numbered(known)) == known


@pytest.mark.parametrize(
    "other",
    [
        'def f(a):\n    b = cast("int", a)\n    if not b:\n        raise TypeError\n    return b.encode("UTF-8")\n',
        'def f(a):\n    b = a\n    if not b:\n        raise TypeError()\n    return b.encode("utf-8")\n',
    ],
)
def test_what_no_test_could_see_is_not_drawn(other: str) -> None:
    code = (
        'def f(a):\n    b = cast("str", a)\n    if not b:\n        raise TypeError(a)\n    return b.encode("utf-8")\n'
    )
    assert seen_alike(code, other)
    assert not seen_alike(code, other.replace("not b", "b"))
    assert not seen_alike(code, other.replace("TypeError", "ValueError"))


@pytest.mark.parametrize(
    ("code", "said", "by"),
    [
        (0, "2 passed", ""),
        (1, ".F\nFAILED tests/a.py::test_b - assert 1\n", "tests/a.py::test_b"),
        (2, "ERROR tests/a.py\n", "tests/a.py"),
        (-14, "", "pytest -14"),
    ],
)
def test_only_what_a_test_found_is_found(
    code: int, said: str, by: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def asked(arguments: tuple[str, ...], seconds: int) -> tuple[int, str]:
        seen.append((tmp_path / "docgen/a.py").read_text(encoding="utf-8"))
        return code, said

    (tmp_path / "docgen").mkdir()
    monkeypatch.setattr(judge, "COPY", tmp_path)
    monkeypatch.setattr(judge, "_pytest", asked)
    verdict = judge.judged(MUTANT, judge.read(NOTED), ())
    assert (verdict.found, verdict.by) == (bool(by), by)
    assert seen == ["x = 2\n"] * (1 if by else 3)  # where nothing is found, the next are asked, and then the rest
    assert (tmp_path / "docgen/a.py").read_text(encoding="utf-8") == "x = 1\n"


def test_a_draw_takes_the_place_of_the_rooms_last_one_in_the_table() -> None:
    draw = Draw("tree", 4321, 7, ((MUTANT, judge.Verdict(True, "t")), (MUTANT, judge.Verdict(False))))
    line = "| tree | 4.321 | 7 | 2 | 1 | 1 | 50 % |"
    page = with_lines(f"før\n{BEGIN}\n| ledger | 1 | 1 | 1 | 1 | 0 | 100 % |\n{END}\nefter", [draw])
    assert page.index(line) < page.index("| ledger |")
    assert with_lines(page, [draw]) == page
    assert (page[:4], page[-6:]) == ("før\n", "\nefter")


def test_the_page_has_a_line_for_each_room_that_was_drawn() -> None:
    shown = PAGE.read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0]
    assert {line.split("|")[1].strip() for line in shown.splitlines()[4:] if line.strip()} <= set(ROOMS)
