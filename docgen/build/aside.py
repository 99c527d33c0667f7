"""Work that is done beside what this process does, in a copy of it, where there is a core to do it.

A document is made in steps that wait for each other, and proof-reading waits for none of them: it takes a third of the
first build of a policy, and the second core has nothing to do at that time. What comes of it is the same either way.
"""

from __future__ import annotations

import os
import pickle
import sys
import threading
import warnings
from collections.abc import Callable
from typing import TypeVar

from docgen import remembering

_Result = TypeVar("_Result")

_LOOK = 1.0  # seconds between two looks whether the process that wants the result is still there


def begin(work: Callable[[], _Result]) -> Callable[[], _Result]:
    """Begins some work, whose result can be pickled, and returns what waits for it, or does it then: where the system
    copies no processes, or a thread runs, whose locks a copy would hold for ever; where there is one core; in a
    session, which remembers what it has done; and where the copy ended without a result."""
    if not _can_copy():
        return work
    reading, writing = os.pipe()
    try:
        with warnings.catch_warnings():  # of threads that Typst has left, which have no part in what the copy does
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        return work
    if child == 0:
        os.close(reading)
        _work(work, writing)
    os.close(writing)

    def result() -> _Result:
        with os.fdopen(reading, "rb") as stream:
            data = stream.read()
        _, status = os.waitpid(child, 0)
        if status:  # what it has written may be a part of it
            return work()
        found: _Result = pickle.loads(data)
        return found

    return result


def _can_copy() -> bool:
    return (
        sys.platform == "linux"
        and threading.active_count() == 1
        and len(os.sched_getaffinity(0)) > 1
        and not remembering.is_on()
    )


def _work(work: Callable[[], object], writing: int) -> None:
    """In the copy, which ends here: nothing that it has from the other process is cleaned up or written by it."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            threading.Event().wait(_LOOK)
        os._exit(1)

    status = 1
    try:
        threading.Thread(target=watch, daemon=True).start()
        data = pickle.dumps(work())
        with os.fdopen(writing, "wb") as stream:
            stream.write(data)
        status = 0
    finally:
        os._exit(status)
