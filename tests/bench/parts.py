"""Parts of the bench: one that cannot be measured here is told of in its place, and the others are measured."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import TypeVar

_Made = TypeVar("_Made")
_WORDS = 160  # letters of what a program said at last


def attempt(what: str, make: Callable[[], str]) -> str:
    """What `make` tells; where it fails, that `what` is not measured, and why, which is also shown at once."""
    found, why = tried(what, make)
    return found if found is not None else why


def tried(what: str, make: Callable[[], _Made]) -> tuple[_Made | None, str]:
    """What is made, or None and a line that says why not."""
    try:
        return make(), ""
    except Exception as error:
        line = f"Ikke målt: {what} ({_reason(error)})."
        print(line, file=sys.stderr)
        return None, line


def _reason(error: Exception) -> str:
    match error:
        case FileNotFoundError():
            return f"{error.filename or error} findes ikke"
        case ImportError():
            return f"Python-pakken {error.name} mangler"
        case subprocess.TimeoutExpired():
            return f"det tog mere end {error.timeout:.0f} s"
        case subprocess.CalledProcessError():
            said = error.stderr or error.stdout or b""
            text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
            told = [line for line in text.split("\n") if "Error" in line] or text.strip().split("\n")
            return f"programmet endte med {error.returncode}: {_short(told[0])}"
        case _:
            return _short(f"{type(error).__name__}: {error}")


def _short(text: str) -> str:
    line = " ".join(text.split()).replace("|", "\\|")
    return line if len(line) <= _WORDS else f"{line[:_WORDS]} …"
