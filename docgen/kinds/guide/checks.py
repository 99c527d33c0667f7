"""Rules of a guide: each id is used once, each chapter says something, and the history ends with the version."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.content.content import Content
from docgen.content.references import check_unique
from docgen.content.scalar import place_of
from docgen.kinds.document_fields import check_history
from docgen.kinds.guide.model import Guide
from docgen.problems import Problem


def check_guide(guide: Guide, content: Content) -> Iterator[Problem]:
    """Every problem in one guide."""
    yield from check_history(guide.history, guide.version, place_of(guide.version))
    yield from check_unique(id for chapter in guide.chapters for id in (chapter.id, *(s.id for s in chapter.sections)))
    for chapter in guide.chapters:
        if chapter.text is None and not chapter.sections:
            yield Problem(place_of(chapter.id), f"kapitlet '{chapter.id}' er tomt", "skriv text eller sections")
