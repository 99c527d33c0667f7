"""For `python -m tests.mutation`: notes for pytest which lines of docgen each test runs, and how long it takes.

What one test leaves in a cache is used by others: the lines that filled it count for each test that asks it.
"""

from __future__ import annotations

import functools
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Generator
from pathlib import Path
from types import ModuleType
from typing import Any

import coverage
import pytest

_NOTED = Path(os.environ["DOCGEN_NEW_NOTES"])
_SHARED = "shared:"
_MOST = 40
"""So many results of one cache are followed; what has more is asked for something else by each test."""


class _Notes:
    """Who runs now, who asked which cache or wider fixture, and which tests passed in what time."""

    def __init__(self) -> None:
        self.coverage = coverage.Coverage(source=["docgen"], data_file=None, config_file=False)
        self.now = [""]
        self.askers: dict[str, set[str]] = defaultdict(set)
        self.seconds: dict[str, float] = {}
        self.failed: set[str] = set()

    def enter(self, name: str) -> None:
        self.askers[name].add(self.now[-1])
        self.now.append(name)
        self.coverage.switch_context(name)

    def leave(self) -> None:
        self.now.pop()
        self.coverage.switch_context(self.now[-1])

    def tests_of(self, name: str, seen: set[str]) -> set[str]:
        """The tests behind a name: itself, or whoever asked it."""
        if not name.startswith(_SHARED):
            return {name} if name in self.seconds and name not in self.failed else set()
        if name in seen:
            return set()
        seen.add(name)
        return {test for asker in self.askers[name] for test in self.tests_of(asker, seen)}


_notes = _Notes()
_notes.coverage.start()


def pytest_collection_finish() -> None:
    """Has every cache of docgen and of the tests say who asks it."""
    replaced: dict[int, Callable[..., Any]] = {}
    modules = [module for name, module in sys.modules.items() if name.split(".")[0] in ("docgen", "tests")]
    for module in modules:
        if isinstance(module, ModuleType):
            for name, value in list(vars(module).items()):
                if isinstance(value, functools._lru_cache_wrapper):
                    setattr(module, name, replaced.setdefault(id(value), _asked(value)))


def _asked(cached: Any) -> Callable[..., Any]:
    name = f"{_SHARED}{cached.__module__}.{cached.__qualname__}"
    filled: set[int] = set()

    @functools.wraps(cached)
    def ask(*args: Any, **options: Any) -> Any:
        key = hash((args, *options.items()))
        if key not in filled and len(filled) < _MOST:
            filled.add(key)
            _notes.enter(f"{name}{key}")
            try:
                return cached(*args, **options)
            finally:
                _notes.leave()
        if key in filled:
            _notes.askers[f"{name}{key}"].add(_notes.now[-1])
        return cached(*args, **options)

    for name in ("cache_clear", "cache_info", "cache_parameters"):
        setattr(ask, name, getattr(cached, name))
    return ask


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: Any, request: Any) -> Generator[None, Any, Any]:
    """A fixture that several tests share is asked by all the tests of its file."""
    if fixturedef.scope == "function":
        return (yield)
    name = f"{_SHARED}{request.node.nodeid}"
    _notes.enter(name)
    try:
        return (yield)
    finally:
        _notes.leave()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    began = time.perf_counter()
    for node in item.listchain():
        _notes.askers[f"{_SHARED}{node.nodeid}"].add(item.nodeid)
    _notes.seconds[item.nodeid] = 0.0
    _notes.enter(item.nodeid)
    try:
        return (yield)
    finally:
        _notes.leave()
        _notes.seconds[item.nodeid] = time.perf_counter() - began


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if not report.passed:
        _notes.failed.add(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Writes what was noted: of each module its lines, and of each the tests that ran it."""
    _notes.coverage.stop()
    data, lines = _notes.coverage.get_data(), {}
    behind = functools.cache(lambda name: _notes.tests_of(name, set()))
    for file in data.measured_files():
        path = Path(file).relative_to(session.config.rootpath).as_posix()
        found = data.contexts_by_lineno(file).items()
        lines[path] = {line: sorted(set().union(*map(behind, names))) for line, names in found}
    seconds = {name: round(took, 3) for name, took in _notes.seconds.items() if name not in _notes.failed}
    _NOTED.write_text(json.dumps({"seconds": seconds, "lines": lines}), encoding="utf-8")
