"""Whatever is given to docgen's readers, it is read or refused with a word; `make fuzz` tries far more."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from tests.fuzz.readers import LONGEST, READERS, SEEDS, seeds
from tests.fuzz.table import FILE, read_table
from tests.support.contents import ROOT
from tests.support.effort import tries

EXAMPLES = tries(25)


@pytest.fixture(scope="module")
def results() -> dict[str, dict[str, object]]:
    """What came of each reader, in a process with limits, so that one that ends it is told too."""
    command = (sys.executable, "-m", "tests.fuzz.sample", str(EXAMPLES))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    found: dict[str, dict[str, object]] = {}
    for line in done.stdout.splitlines():
        result = json.loads(line)
        found[result["reader"]] = {"tried": 0, "fault": f"processen endte: {done.stderr[-2000:]}"} | result
    return found


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
def test_seeds_and_what_is_made_of_them_are_read_or_refused(reader: str, results: dict[str, dict[str, object]]) -> None:
    result = results[reader]
    assert result["fault"] == "", result["fault"]
    assert result["tried"] == len(seeds(reader)) + EXAMPLES


def test_seeds_are_small_and_belong_to_a_reader() -> None:
    assert sorted(path.name for path in SEEDS.iterdir()) == sorted(READERS)
    assert max(len(data) for reader in READERS for data in seeds(reader).values()) <= LONGEST
    assert sum(len(seeds(reader)) for reader in READERS) < 150


def test_the_table_has_every_reader_and_no_fault() -> None:
    table = FILE.read_text("utf-8").split("<!-- fuzz:begin -->")[1].split("<!-- fuzz:end -->")[0]
    _, rows = read_table(table)
    assert list(rows) == [f"`{reader}`" for reader in READERS]
    for reader, (what, _, tried, seconds, faults) in zip(READERS, rows.values(), strict=True):
        assert what == READERS[reader].what
        assert int(tried.replace(".", "")) > 100
        assert int(seconds.removesuffix(" s")) >= 60
        assert faults == "0"


def test_every_mended_fault_names_a_test_that_exists() -> None:
    tests = re.findall(r"`(tests/\w+/test_\w+\.py)::(test_\w+)`", FILE.read_text("utf-8"))
    assert tests
    for file, test in tests:
        assert f"def {test}(" in (ROOT / file).read_text("utf-8"), test
