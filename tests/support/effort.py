"""How much the tests try: enough to find what breaks often, or with `--thorough`, as in CI, as much as is wanted."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TypeVar

_T = TypeVar("_T")

_FEWER = 6
_thorough = False


def be_thorough(thorough: bool) -> None:
    """To be said before the tests are collected."""
    global _thorough
    _thorough = thorough


def tries(count: int, least: int = 3) -> int:
    """How often to try what is to be tried `count` times when it matters."""
    return count if _thorough else max(least, count // _FEWER)


def some_of(all: Sequence[_T]) -> Sequence[_T]:
    """All of them when it matters, else the first and every sixth after it."""
    return all if _thorough else all[::_FEWER]


def slowed() -> float:
    """How much longer than alone a piece of work takes now, because others have the machine too."""
    wall, own = time.perf_counter(), time.process_time()
    while time.process_time() - own < 0.2:
        pass
    return max(1.0, (time.perf_counter() - wall) / 0.2)
