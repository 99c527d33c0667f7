"""A process that tries inputs has limits of memory and, for each input, of time. Not on Windows, which has neither."""

from __future__ import annotations

import faulthandler
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.fuzz.readers import MEGABYTES, SECONDS


class LateError(Exception):
    """An input took too long."""


def limit_memory() -> None:
    """Holds this process to `MEGABYTES`, and lets it tell where it was if it is ended by a signal."""
    faulthandler.enable()
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 1_000_000,) * 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextmanager
def limit_time() -> Iterator[None]:
    """Raises LateError where the block takes longer than `SECONDS`, also where what it calls swallows all errors."""
    if sys.platform == "win32":
        yield
        return
    import signal

    late = False

    def ring(number: int, frame: object) -> None:
        nonlocal late
        late = True
        raise LateError(f"mere end {SECONDS} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    if late:
        raise LateError(f"mere end {SECONDS} s")
