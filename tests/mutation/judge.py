"""Whether a test finds a mutant: the tests that run its lines are asked in a copy of the repository, the quick first.

What each test runs is noted once for the tests and the code as they are (`tests/mutation/plugin.py`).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

from tests.mutation.rooms import Mutant, copied
from tests.support.contents import ROOT

COPY = ROOT / "mutants"
_NOTED = COPY / "noted.json"
_NEW = COPY / "new.json"
_CODE = ("docgen/", "tests/", "content/", "templates/")
_TEST = re.compile(r"/test_\w+\.py$")
_ALL = 3600
"""So many seconds all quick tests may take while it is noted what they run."""
_QUICK = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-m", "not judge")
_LONGEST = 900
"""So many seconds the tests of one mutant may take together."""
_REST = 40
"""So many seconds the other tests of the same files may take, where those that run the line have found nothing."""
_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)


Notes = Mapping[str, Any]
"""`seconds`: of each test; `lines`: by module and line, the tests that run it."""


@dataclass(frozen=True)
class Noted:
    """The tests with their seconds, and by module and line the tests that run it."""

    seconds: Mapping[str, float]
    lines: Mapping[str, Mapping[int, frozenset[str]]]

    def tests_of(self, mutant: Mutant) -> list[str]:
        """The tests that run a mutant's lines, file by file, the quickest files first."""
        known = self.lines.get(mutant.path, {})
        found = {test for line in mutant.lines for test in known.get(line, ())}
        by_file: dict[str, list[str]] = defaultdict(list)
        for test in sorted(found, key=lambda test: self.seconds[test]):
            by_file[file_of(test)].append(test)
        cost = {file: sum(self.seconds[test] for test in tests) for file, tests in by_file.items()}
        return [test for file in sorted(by_file, key=lambda file: (cost[file], file)) for test in by_file[file]]

    def rest(self, tests: Collection[str]) -> list[str]:
        """The other tests of the same files, the quickest first, as many as there is time for."""
        files, left, found = {file_of(test) for test in tests}, float(_REST), []
        for test in sorted(set(self.seconds) - set(tests), key=lambda test: self.seconds[test]):
            if file_of(test) in files and (left := left - self.seconds[test] - 0.01) > 0:
                found.append(test)
        return found


@dataclass(frozen=True)
class Verdict:
    """Whether a mutant was found, and by what (empty: by nothing)."""

    found: bool
    by: str = ""
    asked: int = 0


def file_of(test: str) -> str:
    """The file that a test stands in."""
    return test.partition("::")[0]


def noted() -> Noted:
    """What every quick test runs: noted anew for the files of tests that have changed, and for all where code has."""
    names = _files()
    copied(COPY, names)
    code = _hash(name for name in names if name.startswith(_CODE) and not _TEST.search(name))
    state = {name: _hash([name]) for name in names if _TEST.search(name)}
    known = json.loads(_NOTED.read_text(encoding="utf-8")) if _NOTED.is_file() else {}
    before = known.get("files", {}) if known.get("code") == code else {}
    changed = [name for name, hash in state.items() if before.get(name) != hash]
    kept = without(known, {*changed, *(set(before) - set(state))}) if before else {"seconds": {}, "lines": {}}
    if changed:
        _NEW.unlink(missing_ok=True)
        _, said = _pytest((*_QUICK, "-p", "tests.mutation.plugin", *changed), _ALL)
        if not _NEW.is_file():
            raise RuntimeError(said)
        kept = together(kept, json.loads(_NEW.read_text(encoding="utf-8")))
    _NOTED.write_text(json.dumps({**kept, "code": code, "files": state}), encoding="utf-8")
    return read(kept)


def without(known: Notes, files: Collection[str]) -> Notes:
    """Notes without the tests of some files."""
    lines = {
        path: {line: [test for test in tests if file_of(test) not in files] for line, tests in by_line.items()}
        for path, by_line in known["lines"].items()
    }
    return {"seconds": {test: s for test, s in known["seconds"].items() if file_of(test) not in files}, "lines": lines}


def together(some: Notes, others: Notes) -> Notes:
    """Notes of some tests and those of others."""
    lines: dict[str, dict[str, list[str]]] = {path: dict(by_line) for path, by_line in some["lines"].items()}
    for path, by_line in others["lines"].items():
        known = lines.setdefault(path, {})
        for line, tests in by_line.items():
            known[line] = [*known.get(line, ()), *tests]
    return {"seconds": {**some["seconds"], **others["seconds"]}, "lines": lines}


def read(found: Notes) -> Noted:
    """What is noted, as it is asked for."""
    lines: dict[str, dict[int, frozenset[str]]] = {}
    for path, by_line in found["lines"].items():
        lines[path] = {int(line): frozenset(tests) for line, tests in by_line.items()}
    return Noted(found["seconds"], lines)


def judged(mutant: Mutant, known: Noted, instead: Iterable[str]) -> Verdict:
    """Asks the tests that run a mutant's lines; those in the folders `instead`, where no test does in this process."""
    tests = known.tests_of(mutant)
    asked = tests or [test for test in known.seconds if test.startswith(tuple(instead))]
    _put(COPY / mutant.path, mutant.after)
    try:
        by = _first_to_fail(asked)
        if not by and tests and (rest := known.rest(tests)):
            by, asked = _first_to_fail(rest), asked + rest
    finally:
        _put(COPY / mutant.path, mutant.before)
    return Verdict(bool(by), by, len(asked))


def _put(place: Path, code: str) -> None:
    """Writes a module; what was compiled of it goes, for of two texts of one second the later would not be seen."""
    place.write_text(code, encoding="utf-8")
    Path(cache_from_source(str(place))).unlink(missing_ok=True)


def _first_to_fail(tests: list[str]) -> str:
    """The first of some tests that fails, in words that name it; empty if none does."""
    listed = COPY / "asked.txt"
    listed.write_text("\n".join(tests), encoding="utf-8")
    code, said = _pytest((*_QUICK, "-x", "-rfE", "--tb=no", "-p", "tests.mutation.limits", f"@{listed}"), _LONGEST)
    if code == 4:  # the tests of a file have other names with the mutant, or the file cannot be read at all
        listed.write_text("\n".join(dict.fromkeys(map(file_of, tests))), encoding="utf-8")
        code, said = _pytest((*_QUICK, "-x", "-rfE", "--tb=no", "-p", "tests.mutation.limits", f"@{listed}"), _LONGEST)
    if code == 0:
        return ""
    named = _FAILED.search(said)
    return named[1] if named else f"pytest {code}"


def _pytest(arguments: tuple[str, ...], seconds: int) -> tuple[int, str]:
    """Runs pytest in the copy; gives its code and what it said. What takes too long is ended with its children."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPATH": str(COPY), "DOCGEN_NOTED": str(_NOTED), "DOCGEN_NEW_NOTES": str(_NEW)}
    command = (sys.executable, "-m", "pytest", *arguments)
    pipe = subprocess.PIPE
    running = subprocess.Popen(
        command, cwd=COPY, env=environment, text=True, stdout=pipe, stderr=subprocess.STDOUT, start_new_session=True
    )
    try:
        said, _ = running.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        said, _ = running.communicate()
    return running.returncode, said


def _files() -> list[str]:
    """The files that git knows, or would take in."""
    command = ("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return sorted(name for name in set(done.stdout.split("\0")) if name and (ROOT / name).is_file())


def _hash(names: Iterable[str]) -> str:
    return hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in names)).hexdigest()
