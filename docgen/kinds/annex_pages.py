"""How long annexes are: counted, or as an embedded source says, which has their number alone."""

from __future__ import annotations

from docgen.content.content import Content


def pages_of(content: Content, file: str) -> int | None:
    """How many pages a PDF in `annexes/` has; None where that is not known."""
    path = f"annexes/{file}"
    if path in content.pages:
        return content.pages[path]
    from docgen.pdf_pages.open import count_pages  # what reads PDFs is loaded where one is read

    return count_pages(content.files[path])
