"""How long annexes are: counted, or as an embedded source says, which has their number alone."""

from __future__ import annotations

from docgen.content.content import Content
from docgen.pdf_pages.open import count_pages


def pages_of(content: Content, file: str) -> int | None:
    """How many pages a PDF in `annexes/` has; None where that is not known."""
    path = f"annexes/{file}"
    return content.pages[path] if path in content.pages else count_pages(content.files[path])
