"""What a text must hold for a pattern to find anything: made of the patterns themselves by `make needles`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

NEEDLES: Final = Path(__file__).with_name("needles.json")


def needles_of(pattern: str) -> tuple[str, ...]:
    """The texts, as `str.casefold` makes them, of which one stands in all that a pattern finds; none where that is not
    known, and the pattern itself must look."""
    return _needles().get(pattern, ())


@cache
def _needles() -> Mapping[str, tuple[str, ...]]:
    return {pattern: tuple(found) for pattern, found in json.loads(NEEDLES.read_bytes()).items()}
