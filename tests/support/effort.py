"""How much the tests try: enough to find what breaks often, or with `--thorough`, as in CI, as much as is wanted."""

from __future__ import annotations

_FEWER = 6
_thorough = False


def be_thorough(thorough: bool) -> None:
    """To be said before the tests are collected."""
    global _thorough
    _thorough = thorough


def tries(count: int, least: int = 3) -> int:
    """How often to try what is to be tried `count` times when it matters."""
    return count if _thorough else max(least, count // _FEWER)
