"""The mutation run's own parts: the sample is the same each time, and nothing is counted as found that was not."""

from __future__ import annotations

import tomllib

from tests.mutation.__main__ import BEGIN, END, PAGE, PARTS, drawn, table
from tests.support.contents import ROOT

NAMES = [f"docgen.ledger.verdicts.x_navn__mutmut_{number}" for number in range(400)]


def test_the_sample_is_the_same_each_time_and_whole_where_there_are_few() -> None:
    assert drawn(NAMES, 160) == drawn(reversed(NAMES), 160)
    assert len(set(drawn(NAMES, 160)) & set(NAMES)) == 160
    assert drawn(NAMES, 0) == drawn(NAMES, 1000) == sorted(NAMES)


def test_only_what_a_test_found_is_found() -> None:
    statuses = ["killed", "killed", "timeout", "survived", "no tests", "suspicious", "not checked"]
    results = {f"docgen.kinds.case.checks.x_a__mutmut_{number}": status for number, status in enumerate(statuses)}
    lines = table(results | {"docgen.content.load.x_a__mutmut_1": "killed"}).splitlines()
    assert lines[2:] == [
        "| **content** | 8 | 4 | 4 | 50,0 % |",
        "| content.load | 1 | 1 | 0 | 100,0 % |",
        "| kinds.case.checks | 7 | 3 | 4 | 42,9 % |",
    ]


def test_every_part_has_its_tests_and_its_line() -> None:
    selected = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"][
        "pytest_add_cli_args_test_selection"
    ]
    named = {name for part in PARTS.values() for group in part.groups for name in group}
    assert {path.removesuffix(".py").rpartition("/test_")[2] for path in selected} == named
    assert [path for path in selected if not (ROOT / path).is_file()] == []
    shown = PAGE.read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0]
    assert [name for name in PARTS if f"| **{name}** |" in shown] == list(PARTS)
