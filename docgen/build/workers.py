"""Processes that make documents, on the machine's own cores."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from docgen.problems import Origin, OutputError, Problem
from docgen.process_files import leave_no_file

if TYPE_CHECKING:
    from concurrent.futures import Executor

_LARGEST_SHARE = 32  # documents at a time; so many and what they are made of are in memory at once
_SHARES = 8  # that a process is given at least; with fewer, some would wait for the last one
_MANY = 40  # documents; for fewer it takes longer to start processes than they save
_SAFE_PATH = "PYTHONSAFEPATH"


def count(jobs: int, documents: int) -> int:
    """How many processes to make some documents with, where `jobs` are asked for; 0 is as many as there are cores, and
    one for few documents."""
    return min(jobs or (_cores() if documents >= _MANY else 1), max(documents, 1))


def share(documents: int, processes: int) -> int:
    """How many of some documents to make at a time, in so many processes; 0 is this one alone."""
    if not processes:
        return documents if documents <= _MANY else _LARGEST_SHARE
    return max(1, min(_LARGEST_SHARE, -(-documents // (_SHARES * processes))))


def _cores() -> int:
    return os.cpu_count() or 1


def start(number: int, font_directories: tuple[str, ...]) -> Executor:
    """Processes, which load what they need while this one goes on.

    They start anew: a copy of this process could hold a lock of one of its threads for ever.
    """
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # What the workers take over: Ctrl-C is for this process, and it ends them; and no module is read from the folder
    # that this one happens to run in. The pool itself begins with a process that looks after its semaphores.
    with _ignoring_interrupts(), _safe_path():
        spawn = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(number, mp_context=spawn, initializer=_begin)
        for _ in range(number):
            pool.submit(_load_and_keep, font_directories)
    return pool


@contextmanager
def stopped_by_system(folder: str) -> Iterator[None]:
    """Says of processes that were ended from outside what it was: no fault of docgen's. `folder` is what is built.
    Raises OutputError."""
    from concurrent.futures import BrokenExecutor

    try:
        yield
    except BrokenExecutor:
        message = "systemet standsede en af de processer, der bygger; det, der er bygget, står der"
        hint = "er der for lidt hukommelse, så luk andre programmer, eller brug --jobs 1; prøv igen, så bygges resten"
        raise OutputError([Problem(Origin(folder), message, hint)]) from None


def _begin() -> None:
    """In a process of the pool, before all else."""
    # As `docgen.__main__` has it: hardly any garbage is made, and looking for it all the time costs a tenth.
    gc.set_threshold(100_000, 10, 10)
    _end_with_parent()


def _load_and_keep(font_directories: tuple[str, ...]) -> None:
    """In a process of the pool: loads what makes documents, and leaves it out of what is looked through for garbage."""
    load(font_directories)
    gc.collect()
    gc.freeze()


def _end_with_parent() -> None:
    """Ends this process when the one that started it has ended, however that was: a worker that waits for work would
    wait for ever, for it holds the other end of its own queue."""
    import multiprocessing
    import threading
    from multiprocessing.connection import wait

    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch(sentinel: int) -> None:
        wait([sentinel])
        leave_no_file()
        os._exit(1)

    threading.Thread(target=watch, args=(parent.sentinel,), daemon=True).start()


def load(font_directories: tuple[str, ...]) -> None:
    """In a worker, before its first documents: what makes them."""
    import docgen.build.batch
    import docgen.writers.docx.writer
    import docgen.writers.html.writer
    import docgen.writers.pdf.writer  # noqa: F401
    from docgen.writers import typst_fonts

    typst_fonts.load_fonts(font_directories)


@contextmanager
def _safe_path() -> Iterator[None]:
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SAFE_PATH]
        else:
            os.environ[_SAFE_PATH] = before


@contextmanager
def _ignoring_interrupts() -> Iterator[None]:
    import signal
    import threading

    if threading.current_thread() is not threading.main_thread():  # others may not say so
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL if before is None else before)
