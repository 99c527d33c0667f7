"""Makes a document of a source that a stranger gave, in a process of its own that cannot take all time and memory.

An embedded source holds templates and a layout program too: they reach nothing outside, but they can go on for ever.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Mapping, Sequence
from multiprocessing.connection import Connection

from docgen.kinds.kind import Kind
from docgen.kinds.registry import KINDS
from docgen.ledger.rebuild import written_again
from docgen.problems import ContentError, DocgenError, Origin, Problem
from docgen.writers.formats import Format

SECONDS = 60.0
"""How long it may take."""
MEGABYTES = 2000
"""How much memory it may have, where the system can hold a process to that (not Windows)."""

_Answer = tuple[Mapping[str, bytes], tuple[Problem, ...]]


def written_confined(
    source: bytes, fonts: tuple[str, ...], formats: Sequence[Format], kinds: Mapping[str, Kind] = KINDS
) -> Mapping[str, bytes]:
    """As `docgen.ledger.rebuild.written_again`. Raises DocgenError also where it takes too much time or memory."""
    start = multiprocessing.get_context("spawn")
    receiving, sending = start.Pipe(duplex=False)
    process = start.Process(
        target=_work, args=(sending, source, fonts, tuple(formats), dict(kinds), SECONDS), daemon=True
    )
    process.start()
    sending.close()
    try:
        answer: _Answer | None = receiving.recv() if receiving.poll(SECONDS) else None
    except EOFError:
        answer = None
    finally:
        process.kill()
        process.join()
        receiving.close()
    if answer is None:
        hint = "den kan være lavet for at skade; brug filen, som den ligger i protokollen"
        raise ContentError([Problem(Origin("kilde.json"), "kilden tager for megen tid eller plads", hint)])
    made, problems = answer
    if problems:
        raise DocgenError(problems)
    return made


def _work(
    sending: Connection,
    source: bytes,
    fonts: tuple[str, ...],
    formats: tuple[Format, ...],
    kinds: Mapping[str, Kind],
    seconds: float,
) -> None:
    _limit(seconds)
    answer: _Answer
    try:
        answer = written_again(source, fonts, formats, kinds), ()
    except DocgenError as error:
        answer = {}, error.problems
    except (MemoryError, RecursionError):
        return
    sending.send(answer)


def _limit(seconds: float) -> None:
    try:
        import resource
    except ImportError:  # Windows; there the time is the limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 1_000_000,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
