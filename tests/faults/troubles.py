"""What else can go wrong around docgen: a full disk, a closed folder, changes meanwhile, company, the clock."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
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

_FULL = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2); "
_FULL += "from docgen.cli.main import main; main()"


def fill_disk(folder: Path, times: int, seed: int) -> int:
    """The kernel refuses to write on, at many sizes: both commands end with a word about it and nothing half."""
    project, expected = small_projects(folder / "lille")
    run(BUILD, project)
    issuing = issuing_project(folder / "stor")
    random = Random(seed)
    refused = 0
    for number in range(times):
        size = str(random.choice((0, 1, 100, random.randrange(5_000), random.randrange(100_000))))
        if number % 2:
            done = run((sys.executable, "-c", _FULL, size, "build", "--content", "ab"[number // 2 % 2]), project)
            check_outputs(project / "build", expected, least=expected)
        else:
            done = run((sys.executable, "-c", _FULL, size, *ISSUE[3:]), issuing)
            if check_ledger(issuing) and done.returncode:
                raise BrokenPromiseError("udstedt, skønt disken var fuld")
        refused += _told(done)
        if left := temporary(project, issuing):
            raise BrokenPromiseError(f"{left[0].name} lå tilbage")
    return refused


def forbid_writing(folder: Path, times: int, seed: int) -> int:
    """A folder that is not to be written in: the one for outputs, for a kind of document, for records."""
    project, expected = small_projects(folder / "lille")
    run(BUILD, project)
    issuing = issuing_project(folder / "stor")
    closed = [project / "build/policy", issuing / "content/issued", issuing / "build/issued/2024-06-20-br/policy"]
    for place in closed[1:]:
        place.mkdir(parents=True)
    refused = 0
    for number in range(times):
        place = closed[(number + seed) % 3]
        place.chmod(0o555)
        try:
            if place.is_relative_to(project):
                done = run((*BUILD, "--content", "b"), project, *_no_privileges())
                check_outputs(project / "build", expected, least=expected)
            else:
                done = run(ISSUE, issuing, *_no_privileges())
                if check_ledger(issuing) or outputs(issuing / "build"):
                    raise BrokenPromiseError("noget blev udstedt")
        finally:
            place.chmod(0o755)
        refused += _told(done)
    return refused


def change_content(folder: Path, times: int, seed: int) -> int:
    """One file is changed, emptied and removed all the while: a build is of one of its states, or a fault is told."""
    project, expected = small_projects(folder)
    versions = [(project / name / "settings.yaml").read_bytes() for name in "ab"]
    place = project / "content/settings.yaml"
    random = Random(seed)
    over = threading.Event()

    def disturb() -> None:
        while not over.is_set():
            data = random.choice(versions)
            match random.randrange(3):
                case 0:
                    place.write_bytes(data)
                case 1:
                    place.unlink(missing_ok=True)
                    place.write_bytes(data)
                case _:
                    (project / "ny").write_bytes(data)
                    (project / "ny").replace(place)
            over.wait(random.uniform(0, 0.003))

    thread = threading.Thread(target=disturb)
    thread.start()
    try:
        for _ in range(times):
            _told(run(BUILD, project))
            check_outputs(project / "build", expected)
    finally:
        over.set()
        thread.join()
    return times


def build_together(folder: Path, times: int, seed: int) -> int:
    """Four builds of two contents into one folder at once, from different moments on."""
    project, expected = small_projects(folder)
    random = Random(seed)
    for _ in range(times):
        commands = [(*BUILD, "--content", name) for name in "abab"]
        random.shuffle(commands)
        running = []
        for command in commands:
            running.append(_start(command, project))
            over = threading.Event()
            over.wait(random.uniform(0, 0.1))
        for process in running:
            _, told = process.communicate(timeout=120)
            if process.returncode:
                raise BrokenPromiseError(told)
        check_outputs(project / "build", expected, least=expected)
        if left := temporary(project):
            raise BrokenPromiseError(f"{left[0].name} lå tilbage")
    return times


def set_clock_back(folder: Path, times: int, seed: int) -> int:
    """Days long gone and still to come, by turns: the same bytes, and a whole ledger."""
    project, expected = small_projects(folder / "lille")
    issuing = issuing_project(folder / "stor")
    whole = issuing_project(folder / "hel")
    run(ISSUE, whole)
    random = Random(seed)
    for number in range(times):
        day = f"{random.choice((1971, 1999, 2021, 2037))}-02-28 23:59:59"
        name = "ab"[number % 2]
        done = run((*BUILD, "--content", name), project, "faketime", day)
        if done.returncode or outputs(project / "build") != {p: d["ab".index(name)] for p, d in expected.items()}:
            raise BrokenPromiseError(f"{day}: {done.stderr or 'andre bytes'}")
        done = run(ISSUE, issuing, "faketime", day)
        if done.returncode or check_ledger(issuing) != 1:
            raise BrokenPromiseError(f"{day}: {done.stderr}")
        if outputs(issuing / "content/issued/arkiv") != outputs(whole / "content/issued/arkiv"):
            raise BrokenPromiseError(f"{day}: andet i arkivet")
        if number % 3 == 2:
            shutil.rmtree(issuing / "content/issued")
            shutil.rmtree(issuing / "build")
    return times


def _start(command: Sequence[str], project: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=project, env=environment, stdout=quiet, stderr=subprocess.PIPE, text=True)


def _no_privileges() -> tuple[str, ...]:
    """Root may write everywhere; so it gives up that right."""
    if sys.platform == "win32" or os.geteuid():
        return ()
    return ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search")


def _told(done: subprocess.CompletedProcess[str]) -> bool:
    """Whether a command told of a fault as such; raises BrokenPromiseError where it told of it in another way."""
    if done.returncode not in (0, 1) or "Traceback" in done.stderr or "fejl i docgen" in done.stderr:
        raise BrokenPromiseError(done.stderr)
    return done.returncode == 1
