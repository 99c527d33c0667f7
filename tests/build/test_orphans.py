"""Processes that build: they end when the one that started them does, and one that the system ends is called that."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.batch import write_cases
from tests.support.contents import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="andre systemer siger på andre måder, hvad der kører")
SECONDS = 5.0


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_cases(tmp_path_factory.mktemp("sager") / "content", 200)


def _hangs_up() -> None:
    """What is started with nohup does not end with its terminal, as all that it starts."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.fixture
def running(many: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A build with two workers, which have begun."""
    folders = ["--content", str(many), "--templates", str(ROOT / "templates"), "--output", str(tmp_path / "ud")]
    command = [sys.executable, "-m", "docgen", "build", "case", *folders, "--jobs", "2"]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, preexec_fn=_hangs_up
    )
    while process.poll() is None and not list(tmp_path.rglob("*.html")):
        time.sleep(0.01)
    assert process.poll() is None
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate(timeout=60)


def descendants(pid: int) -> list[int]:
    children = [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return children + [found for child in children for found in descendants(child)]


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def workers_of(pid: int) -> list[int]:
    return [each for each in descendants(pid) if b"spawn_main" in Path(f"/proc/{each}/cmdline").read_bytes()]


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_no_worker_outlives_the_one_that_started_it(running: subprocess.Popen[str], how: signal.Signals) -> None:
    started = descendants(running.pid)
    assert len(workers_of(running.pid)) == 2
    running.send_signal(how)
    ended = time.monotonic()
    while time.monotonic() - ended < SECONDS and any(map(is_running, started)):
        time.sleep(0.05)
    assert [pid for pid in started if is_running(pid)] == []
    assert running.wait() == -how


@pytest.mark.slow
def test_a_worker_that_the_system_ends_is_said_to_be(running: subprocess.Popen[str], tmp_path: Path) -> None:
    """As it does with the largest process where memory is short."""
    os.kill(workers_of(running.pid)[0], signal.SIGKILL)
    _, told = running.communicate(timeout=60)
    assert running.returncode == 1
    assert "systemet standsede en af de processer, der bygger" in told
    assert "--jobs 1" in told
    assert "fejl i docgen" not in told
    assert "Traceback" not in told
    built = list((tmp_path / "ud").rglob("*.html"))
    assert built
    assert all(page.read_bytes().rstrip().endswith(b"</html>") for page in built)
    assert (tmp_path / "ud/.docgen.json").exists(), "what is built is noted, so that it is not built again"
