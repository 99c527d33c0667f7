"""Numbers for the places that the parts of a document are made from, so that a word that is shown leads to its field.

A writer that is given `Marks` writes the number of each part's place beside it; nothing else of what it writes is
another. Built files have none.
"""

from __future__ import annotations

from collections.abc import Iterable

from docgen.problems import Origin


class Marks:
    """Places by number (from 1), in the order in which they were met; `known` are those that have one already."""

    def __init__(self, known: Iterable[Origin] = ()) -> None:
        self._numbers: dict[Origin, int] = {origin: number for number, origin in enumerate(known, 1)}

    def number(self, origin: Origin) -> int:
        """The number of a place; 0 for what comes from no file."""
        return self._numbers.setdefault(origin, len(self._numbers) + 1) if origin.file else 0

    @property
    def places(self) -> tuple[Origin, ...]:
        """The place of each number, the first of which is 1."""
        return tuple(self._numbers)
