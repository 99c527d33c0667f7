"""On which page of a PDF each anchor of a document stands: what a table of contents in another format has to know."""

from __future__ import annotations

import re
from collections.abc import Mapping

from docgen.writers.pdf.objects import Objects

_NAMES = re.compile(rb"/Dests\s*<<\s*/Names\s*\[(.*?)\]", re.DOTALL)
_NAME = re.compile(rb"\(([^()\\]*)\)\s*(\d+) 0 R")
_PLACE = re.compile(rb"\[\s*(\d+) 0 R\s*/XYZ")


def pages_of_anchors(data: bytes) -> Mapping[str, int]:
    """The pages, from 1, by the anchors that a PDF of Typst's names (ISO 32000-1, 12.3.2.3); an anchor that is not of
    ASCII letters, or whose place cannot be read, is left out."""
    objects = Objects(data)
    numbers = {page: number for number, page in enumerate(objects.pages(), 1)}
    found: dict[str, int] = {}
    for name, place in _NAME.findall(names[1] if (names := _NAMES.search(objects.catalog())) else b""):
        page = _PLACE.search(objects.dictionary(int(place)))
        if page and int(page[1]) in numbers:
            found[name.decode("ascii", "replace")] = numbers[int(page[1])]
    return found
