"""How much the tests try: enough to find what breaks often, or with `--thorough`, as in CI, as much as is wanted."""

from __future__ import annotations

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
