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
import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import SequenceMatcher
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

from tests.mutation.rooms import Mutant, copied
from tests.support.contents import ROOT

COPY = ROOT / "mutants"
_NOTED = COPY / "noted.json"
_NEW = COPY / "new.json"
_SHARED = ("tests/conftest.py", "tests/examples/", "tests/specs/", "tests/support/", "content/", "templates/")
_TEST = re.compile(r"/test_\w+\.py$")
_ALL = 3600
"""So many seconds all quick tests may take while it is noted what they run."""
_QUICK = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-m", "not judge")
_LONGEST = 900
"""So many seconds the tests of one mutant may take together."""
_REST = 10
"""So many seconds the other tests of the same files may take, where those that run the line have found nothing."""
_BATCHES = (1.5, 15.0)
"""So many seconds the first tests of a mutant take together, and those after them; then come all others."""
_MOST = 90
"""So many seconds all the tests of a mutant take together, at least one file of them; what is dearer is not asked."""
_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)


Notes = Mapping[str, Any]
"""`seconds`: of each test; `lines`: by module and line, the tests that run it."""


@dataclass(frozen=True)
class Noted:
    """The tests with their seconds, and by module and line the tests that run it."""

    seconds: Mapping[str, float]
    lines: Mapping[str, Mapping[int, frozenset[str]]]

    def tests_of(self, mutant: Mutant) -> list[str]:
        """The tests that run a mutant's lines, file by file: those of its own folder first, and the quickest files."""
        known = self.lines.get(mutant.path, {})
        found = {test for line in mutant.lines for test in known.get(line, ())}
        by_file: dict[str, list[str]] = defaultdict(list)
        for test in sorted(found, key=lambda test: (self.seconds[test], test)):
            by_file[file_of(test)].append(test)
        own = f"tests/{mutant.path.split('/')[1]}/"
        cost = {file: sum(self.seconds[test] for test in tests) for file, tests in by_file.items()}
        in_order = sorted(by_file, key=lambda file: (not file.startswith(own), cost[file], file))
        taken = 0.0
        kept: list[str] = []
        for file in in_order:
            if not kept or taken + cost[file] <= _MOST:
                taken += cost[file]
                kept += by_file[file]
        return kept

    def batches(self, tests: Sequence[str]) -> Iterator[list[str]]:
        """Tests in their order, first a few: most mutants are found by these, and more take time to collect."""
        batch: list[str] = []
        limits, taken = iter(_BATCHES), 0.0
        limit = next(limits)
        for test in tests:
            batch.append(test)
            taken += self.seconds[test]
            if taken >= limit:
                yield batch
                batch, taken, limit = [], 0.0, next(limits, float("inf"))
        if batch:
            yield batch

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
    """What every quick test runs: noted anew for the files of tests that have changed, and for all where what tests
    share has. In a module of docgen that has changed since, its lines are followed to where they stand now."""
    names = _files()
    before = {path.relative_to(COPY).as_posix(): path.read_text("utf-8") for path in COPY.glob("docgen/**/*.py")}
    copied(COPY, names)
    shared = _hash(name for name in names if name.startswith(_SHARED) and not _TEST.search(name))
    state = {name: _hash([name]) for name in names if _TEST.search(name)}
    known = named(json.loads(_NOTED.read_text(encoding="utf-8"))) if _NOTED.is_file() else {}
    then = known.get("files", {}) if known.get("shared") == shared else {}
    changed = [name for name, hash in state.items() if then.get(name) != hash]
    kept = without(known, {*changed, *(set(then) - set(state))}) if then else {"seconds": {}, "lines": {}}
    kept = {**kept, "lines": {path: _followed(path, lines, before) for path, lines in kept["lines"].items()}}
    if changed:
        _NEW.unlink(missing_ok=True)
        _, said = _pytest((*_QUICK, "-p", "tests.mutation.plugin", *changed), _ALL)
        if not _NEW.is_file():
            raise RuntimeError(said)
        kept = together(kept, json.loads(_NEW.read_text(encoding="utf-8")))
    _NOTED.write_text(json.dumps({**numbered(kept), "shared": shared, "files": state}), encoding="utf-8")
    return read(kept)


def numbered(known: Notes) -> Notes:
    """Notes in which each line has the numbers of its tests, which are many and long."""
    number = {test: place for place, test in enumerate(known["seconds"])}
    lines = {
        path: {line: [number[test] for test in tests if test in number] for line, tests in by_line.items()}
        for path, by_line in known["lines"].items()
    }
    return {"seconds": known["seconds"], "lines": lines}


def named(known: Notes) -> Notes:
    """Notes as they were before `numbered`."""
    names = list(known["seconds"])
    lines = {
        path: {line: [names[number] for number in numbers] for line, numbers in by_line.items()}
        for path, by_line in known["lines"].items()
    }
    return {**known, "lines": lines}


def _followed(path: str, lines: Mapping[str, list[str]], before: Mapping[str, str]) -> dict[str, list[str]]:
    after = (ROOT / path).read_text(encoding="utf-8") if (ROOT / path).is_file() else ""
    if before.get(path, after) == after:
        return dict(lines)
    found: dict[str, list[str]] = {}
    for new, old in followed(before[path], after).items():
        if tests := lines.get(str(old)):
            found[str(new)] = tests
    return found


def followed(before: str, after: str) -> dict[int, int]:
    """For each line of a text the line of an earlier one that it was; for one that is new, that which it came after."""
    matcher = SequenceMatcher(None, before.split("\n"), after.split("\n"), autojunk=False)
    found: dict[int, int] = {}
    for kind, i1, _, j1, j2 in matcher.get_opcodes():
        for line in range(j1, j2):
            found[line + 1] = (i1 + line - j1 if kind == "equal" else max(i1 - 1, 0)) + 1
    return found


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
        by = next(filter(None, map(_first_to_fail, known.batches(asked))), "")
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
    with tempfile.TemporaryFile("w+", encoding="utf-8") as told:  # a pipe is held open by what a test leaves behind
        running = subprocess.Popen(
            command, cwd=COPY, env=environment, stdout=told, stderr=subprocess.STDOUT, start_new_session=True
        )
        with suppress(subprocess.TimeoutExpired):
            running.wait(timeout=seconds)
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        code = running.wait()
        told.seek(0)
        return code, told.read()


def _files() -> list[str]:
    """The files that git knows, or would take in."""
    command = ("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return sorted(name for name in set(done.stdout.split("\0")) if name and (ROOT / name).is_file())


def _hash(names: Iterable[str]) -> str:
    return hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in names)).hexdigest()
