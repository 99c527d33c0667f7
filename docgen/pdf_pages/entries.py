"""Reading the dictionaries of a PDF."""

from __future__ import annotations

from typing import Any


def entry(dictionary: Any, key: str) -> Any:
    """A dictionary's entry, also where it lies elsewhere in the file; None where there is none."""
    found = dictionary.get(key)
    return None if found is None else found.get_object()
