"""What a file says that no field of its document has: so that nothing is lost without a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from docgen.importing.case_text import letters
from docgen.importing.markdown import clean
from docgen.readers.blocks import Block, Sort

_NOT_SHOWN = re.compile(r"\]\([^)\s]*\)|\[\^[^\]]+\]|<br>")
_LEAST, _MOST, _SHOWN = 24, 40, 140


def unplaced(blocks: Iterable[Block], texts: Iterable[str]) -> Iterator[str]:
    """The blocks whose words are in none of some Markdown texts, each as it begins; small ones are left alone."""
    there = "".join(letters(_NOT_SHOWN.sub("", text)) for text in texts)
    count = 0
    for block in blocks:
        if block.sort in (Sort.ROW, Sort.PICTURE, Sort.NOTE):
            continue
        own = letters(block.text)
        if len(own) < _LEAST or own in there:
            continue
        count += 1
        if count <= _MOST:
            said = clean(block.text)
            yield f"»{said[:_SHOWN]}{'…' if len(said) > _SHOWN else ''}«"
    if count > _MOST:
        yield f"og {count - _MOST} steder mere"
