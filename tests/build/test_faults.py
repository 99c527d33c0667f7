"""docgen killed, refused and disturbed: nothing half-written, the ledger whole; `make faults` does far more."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.faults.__main__ import SCENARIOS
from tests.fuzz.table import FILE, read_table

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signaler og grænser er Unix'")
TIMES = {"dræbt": 10, "disken": 4, "skrives": 3, "ændret": 4, "fire": 1, "uret": 2}


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENARIOS)
def test_nothing_half_is_left(name: str, tmp_path: Path) -> None:
    if "uret" in name and shutil.which("faketime") is None:
        pytest.skip("faketime er ikke installeret")
    times = next(times for word, times in TIMES.items() if word in name)
    _, try_it, _ = SCENARIOS[name]
    assert try_it(tmp_path, times, 7) > 0, "nothing was met that was to be tried"


def test_the_table_has_every_fault_and_all_held() -> None:
    table = FILE.read_text("utf-8").split("<!-- faults:begin -->")[1].split("<!-- faults:end -->")[0]
    _, rows = read_table(table)
    assert {name: row[0] for name, row in rows.items()} == {name: promise for name, (promise, *_) in SCENARIOS.items()}
    assert [row[-1] for row in rows.values()] == ["holdt hver gang"] * len(SCENARIOS)
    assert [int(row[1]) for name, row in rows.items() if "SIGKILL" in name] == [200, 200]
