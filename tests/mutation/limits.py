"""For `python -m tests.mutation`: a test of a mutant that takes much longer than it should ends the process, and one
that asks for far too much memory fails."""

from __future__ import annotations

import json
import os
import resource
import signal
from collections.abc import Generator
from pathlib import Path

import pytest

_SECONDS: dict[str, float] = json.loads(Path(os.environ["DOCGEN_NOTED"]).read_text(encoding="utf-8"))["seconds"]
_MEMORY = 8_000_000_000
resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
for end in (signal.SIGALRM, signal.SIGPROF):
    signal.signal(end, signal.SIG_DFL)  # the system ends the process, whatever library it is in


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    took = _SECONDS.get(item.nodeid, 1.0)
    signal.setitimer(signal.ITIMER_PROF, 10 + 5 * took)  # its own work: others may have the machine meanwhile
    signal.alarm(180 + int(20 * took))  # what it waits for
    try:
        return (yield)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.alarm(0)
