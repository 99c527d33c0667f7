"""`docgen build` and `docgen issue` killed: at any moment, and just while they put their files in place."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

from tests.faults.projects import (
    BUILD,
    ISSUE,
    BrokenPromiseError,
    check_ledger,
    check_outputs,
    issuing_project,
    outputs,
    run,
    small_projects,
    temporary,
)
from tests.support.contents import ROOT

_QUIET = subprocess.DEVNULL
_LONGEST_WRITING = 0.004  # seconds from the first temporary file until all files are in place, about


def kill_builds(folder: Path, times: int, seed: int) -> int:
    """Builds the two contents by turns and kills each build; how many were killed before they were done."""
    project, expected = small_projects(folder)
    random = Random(seed)
    run(BUILD, project)
    seconds = _seconds(BUILD, project, "--force")
    killed = 0
    for number in range(times):
        content = "ab"[number % 2]
        killed += _kill((*BUILD, "--content", content), project, project / "build", random, seconds)
        check_outputs(project / "build", expected, least=expected)
        if number % 10 == 9 or number == times - 1:
            done = run((*BUILD, "--content", content), project)
            found = outputs(project / "build")
            if done.returncode or found != {path: data["ab".index(content)] for path, data in expected.items()}:
                raise BrokenPromiseError(f"næste bygning blev ikke hel: {done.stderr}")
            if left := temporary(project / "build"):
                raise BrokenPromiseError(f"{left[0].name} lå tilbage efter næste bygning")
    return killed


def kill_issues(folder: Path, times: int, seed: int) -> int:
    """Issues a policy, killing each run until one has come so far that it is issued; how many were killed."""
    whole = issuing_project(folder / "hel")
    seconds = _seconds(ISSUE, whole)
    project = issuing_project(folder / "projekt")
    random = Random(seed)
    killed = 0
    for number in range(times):
        killed += _kill(ISSUE, project, project, random, seconds)
        records = check_ledger(project)
        if records or number == times - 1:
            done = run(ISSUE, project)
            same = all(
                outputs(project / part) == outputs(whole / part) for part in ("content/issued/arkiv", "build/issued")
            )
            if done.returncode or check_ledger(project) != 1 or not same:
                raise BrokenPromiseError(f"næste udstedelse blev ikke, som den skulle: {done.stderr}")
            if left := temporary(project / "build/issued", project / "content/issued") if not records else []:
                raise BrokenPromiseError(f"{left[0].name} lå tilbage efter næste udstedelse")
            for part in ("content/issued", "build"):
                shutil.rmtree(project / part)
    return killed


def _seconds(command: Sequence[str], project: Path, *more: str) -> float:
    started = time.monotonic()
    done = run((*command, *more), project)
    if done.returncode:
        raise BrokenPromiseError(done.stderr)
    return time.monotonic() - started


def _kill(command: Sequence[str], project: Path, watched: Path, random: Random, seconds: float) -> bool:
    """Starts a command and kills it: every third time while it writes, else anywhere. Whether it was still running."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=project, env=environment, stdout=_QUIET, stderr=_QUIET)
    if random.random() < 1 / 3:
        before = set(temporary(watched))
        while process.poll() is None and set(temporary(watched)) <= before:
            time.sleep(0.0005)
        time.sleep(random.uniform(0, _LONGEST_WRITING))
    else:
        time.sleep(random.uniform(0, seconds))
    process.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
    return process.wait() != 0
