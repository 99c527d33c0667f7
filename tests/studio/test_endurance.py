"""A studio is used all day: it takes no more memory, it does not slow down, and a crash leaves whole files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.studio.endurance import interleave, long_day
from tests.support.contents import ROOT
from tests.support.effort import tries
from tests.support.studio import copy_of_repository

_KILLING = """
import sys
from pathlib import Path
from tests.studio.endurance import kill_saves
killed = kill_saves(Path(sys.argv[1]), int(sys.argv[2]))
print(killed.hit, *killed.broken, sep="\\n")
"""


@pytest.mark.slow
def test_many_edits_take_no_more_memory_and_no_more_time(tmp_path: Path) -> None:
    """A fewer of what `python -m tests.studio` does; the limit of the pace is wider, for the machine may be busy."""
    day = long_day(copy_of_repository(tmp_path), tries(120, 20), warm=20)
    assert day.more < 50
    assert day.pace < 2


@pytest.mark.slow
def test_two_studios_lose_nothing(tmp_path: Path) -> None:
    assert interleave(copy_of_repository(tmp_path), tries(60, 10)) == []


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="uden fork kan ingen proces dræbes midt i at gemme her")
def test_a_killed_save_leaves_whole_files(tmp_path: Path) -> None:
    copy_of_repository(tmp_path)
    command = [sys.executable, "-c", _KILLING, str(tmp_path), str(tries(100))]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, timeout=300)
    hit, *broken = result.stdout.split("\n")[:-1]
    assert broken == []
    assert int(hit) > 0
