"""What stands against making a case final, and what in it is closed."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.content.content import Content
from docgen.document_id import DocumentId
from docgen.kinds.case.model import Case


def closed_texts(content: Content, id: DocumentId) -> Iterator[str]:
    """The words of everything closed in a case: all of a closed one, else its closed passages and annexes."""
    case = content.all(Case)[id.name]
    if case.closed is not None:
        yield from (case.title, case.summary, *(item.text for item in case.sections))
    else:
        yield from (section.text for section in case.sections if section.closed)
    for annex in case.annexes:
        if annex.closed is not None:
            yield from (annex.title, *([annex.file] if annex.file else []))
