"""Whether a document must be written to know that it can be: most hold nothing that a writer could refuse."""

from __future__ import annotations

import re

from docgen.tree.document import Document, Figure, texts, walk

# ASCII, Latin letters with their accents, and the signs of Danish typography: every font of documents has these.
_UNCERTAIN = re.compile("[^\\t\\n\\x20-\\x7e\\xa0-\\u017f‐-–—‘’“”„•…€−≤≥]")


def may_be_refused(document: Document) -> bool:
    """Whether a document has a picture, or a sign that a font may lack."""
    return any(isinstance(node, Figure) for node in walk(document)) or any(map(_UNCERTAIN.search, texts(document)))
