"""Work that is done beside what a process does: the same comes of it, whatever becomes of the copy that does it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen import remembering
from docgen.build import aside
from tests.support.contents import ROOT

COPIES = sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1
only_where_copied = pytest.mark.skipif(not COPIES, reason="systemet kopierer ingen processer, eller har én kerne")


@settings(max_examples=20, deadline=None)
@given(st.recursive(st.text() | st.integers() | st.binary(), lambda inner: st.lists(inner) | st.tuples(inner)))
def test_what_was_worked_out_is_what_comes_back(value: object) -> None:
    assert aside.begin(lambda: value)() == value


def test_much_comes_back_whole() -> None:
    assert aside.begin(lambda: "ø" * 3_000_000)() == "ø" * 3_000_000, "more than a pipe holds"


@only_where_copied
def test_it_is_done_by_another_process_at_once(tmp_path: Path) -> None:
    """In a process of its own: where tests run, a thread may be left by others."""
    program = f"""
import os, pathlib, time
from docgen.build.aside import begin
ready = pathlib.Path({str(tmp_path / "klar")!r})
def work():
    ready.touch()
    return os.getpid()
result = begin(work)
end = time.monotonic() + 30
while not ready.exists() and time.monotonic() < end:
    time.sleep(0.01)
assert ready.exists(), "before it is asked for"
print(result() != os.getpid())
"""
    told = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.stdout == "True\n", told.stderr


@only_where_copied
@pytest.mark.parametrize("end", [lambda: os._exit(3), lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: 1 / 0])
def test_what_a_copy_does_not_finish_is_done_here(end: object) -> None:
    here = os.getpid()

    def work() -> int:
        if os.getpid() != here:
            end()  # type: ignore[operator]
        return 7

    assert aside.begin(work)() == 7


@only_where_copied
def test_a_copy_that_is_killed_while_it_writes_gives_no_part_of_a_result() -> None:
    """More than a pipe holds: it waits to be read when it is killed."""
    program = """
import os, pathlib, signal, time
from docgen.build.aside import begin
result = begin(lambda: "a" * 3_000_000)
pid = os.getpid()
(copy,) = map(int, pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
end = time.monotonic() + 30
while "pipe" not in pathlib.Path(f"/proc/{copy}/wchan").read_text() and time.monotonic() < end:
    time.sleep(0.05)
os.kill(copy, signal.SIGKILL)
print(result() == "a" * 3_000_000)
"""
    told = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.stdout == "True\n", told.stderr


def test_what_goes_wrong_is_told_as_if_it_was_done_here() -> None:
    def work() -> int:
        raise ValueError("galt")

    result = aside.begin(work)
    with pytest.raises(ValueError, match="galt"):
        result()


def test_nothing_is_copied_where_a_thread_runs_or_a_session_lasts() -> None:
    def work() -> int:
        return os.getpid()

    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    try:
        assert aside.begin(work) is work
    finally:
        ended.set()
        thread.join()
    remembering.begin()
    try:
        assert aside.begin(work) is work
    finally:
        remembering.end()


@only_where_copied
@pytest.mark.slow
def test_no_copy_outlives_the_process_that_wants_its_result() -> None:
    program = """
import os, sys, time
from docgen.build.aside import begin
def work():
    print(os.getpid(), flush=True)
    time.sleep(60)
begin(work)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        copy = int(process.stdout.readline())
        process.kill()
        deadline = time.monotonic() + 5
        while _runs(copy) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not _runs(copy)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
