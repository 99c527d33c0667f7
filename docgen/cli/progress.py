"""How far a build has come, in one line that is written over itself; only where a person is watching."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import click

_CLEAR = "\r\x1b[K"


class Progress:
    """The line on standard error: `12 af 200 dokumenter, ca. 3 min. tilbage`. Silent where that is no terminal."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._started = clock, clock()
        self._watched = sys.stderr.isatty()
        self._line = ""

    def count(self, done: int, total: int) -> None:
        """`done` of `total` documents are in place."""
        self.close()
        if self._watched and 0 < done < total:
            self._line = f"{done} af {total} dokumenter, {time_left(self._clock() - self._started, done, total)}"
        self._show()

    def tell(self, line: str) -> None:
        """A line of its own on standard output, above the one that says how far it is."""
        if self._line:
            click.echo(_CLEAR, nl=False, err=True)
        click.echo(line)
        self._show()

    def close(self) -> None:
        """Takes the line away, also where the build was interrupted."""
        if self._line:
            click.echo(_CLEAR, nl=False, err=True)
        self._line = ""

    def _show(self) -> None:
        if self._line:
            click.echo(f"{_CLEAR}{self._line}", nl=False, err=True)


def time_left(seconds: float, done: int, total: int) -> str:
    """`ca. 3 min. tilbage`, when `done` of `total` took so many seconds and the rest takes as long each."""
    left = seconds / done * (total - done)
    if left < 1:
        return "straks færdig"
    if left < 90:
        return f"ca. {round(left)} sek. tilbage"
    return f"ca. {round(left / 60)} min. tilbage"
