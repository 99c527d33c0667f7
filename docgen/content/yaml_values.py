"""The values of a YAML file, each with its place: what `docgen.content.yaml_reader` gives."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.content.scalar import Scalar
from docgen.problems import Origin

NULLS = {"", "~", "null", "Null", "NULL"}
NAMING_FIELDS = ("id", "point", "amendment")
"""The fields that name an item of a list, the first of them that it has: its own id, or that of what it is about."""


_FORBIDDEN = {
    *(0xFEFF, 0xFFFE, 0xFFFF),  # no text in any of the formats
    *(0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)),  # turn the direction of other signs
    *(0x180E, *range(0x2061, 0x2065), *range(0x206A, 0x2070), *range(0xFFF9, 0xFFFC)),  # are not seen, and say nothing
}


class Map(dict[str, "Value"]):
    """A mapping from YAML: its `origin`, and those of its keys in `key_origins`."""

    __slots__ = ("key_origins", "null_origins", "origin")

    def __init__(self, origin: Origin) -> None:
        super().__init__()
        self.origin = origin
        self.key_origins: dict[str, Origin] = {}
        self.null_origins: dict[str, Origin] | None = None

    def origin_of(self, key: str) -> Origin:
        """The place of a value, also of a `null`; of the key where nothing stands after it; of the mapping where it
        has no such key."""
        value = self.get(key)
        if value is not None:
            return value.origin
        return (self.null_origins or {}).get(key, self.origin)


class Sequence(list["Value"]):
    """A list from YAML: its `origin`, and those of its items in `item_origins`."""

    __slots__ = ("item_origins", "origin")

    def __init__(self, origin: Origin) -> None:
        super().__init__()
        self.origin = origin
        self.item_origins: list[Origin] = []


Value = Scalar | Map | Sequence | None


def control_characters(text: str) -> Iterator[tuple[int, int, str]]:
    """Each character that no text may hold, with its line and column (from 1)."""
    if text.isprintable():
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.isprintable():
            continue
        for column, character in enumerate(line, 1):
            code = ord(character)
            if (
                (code < 32 and character not in "\t\r")
                or 127 <= code < 160
                or code in _FORBIDDEN
                or 0xD800 <= code < 0xE000
            ):
                yield number, column, character
