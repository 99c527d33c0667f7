"""For whom a document is written out."""

from __future__ import annotations

from enum import StrEnum


class Edition(StrEnum):
    """For whom: the public edition leaves out what is closed, and who handled the case."""

    PUBLIC = "public"
    INTERNAL = "internal"

    @property
    def suffix(self) -> str:
        """What the names of its files end with."""
        return "" if self is Edition.PUBLIC else "-intern"
