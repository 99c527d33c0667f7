"""Guides: a document each, the same in every edition."""

from __future__ import annotations

from docgen.content.computed import computed
from docgen.content.content import Content
from docgen.document_id import DocumentId
from docgen.kinds.edition import Edition
from docgen.kinds.guide.model import Guide
from docgen.kinds.guide.views import GuideContext
from docgen.kinds.prepared import Prepared, sentence


def prepare_guide(content: Content, id: DocumentId, edition: Edition) -> Prepared:
    """A guide, ready for its template. Raises KeyError for an unknown id."""
    guide = content.all(Guide)[id.name]
    return Prepared(
        template="guide.md.j2",
        context=GuideContext(
            guide=guide,
            municipality=content.settings.municipality,
            status=computed(sentence(guide.status), guide.origin_of("status")),
        ),
        written=guide,
        title=str(guide.title),
        short_title=str(guide.short_title or ""),
        subject=" ".join(guide.summary.split()),
        version=str(guide.version),
        status=guide.status,
        date=guide.date,
        keywords=tuple(str(chapter.title) for chapter in guide.chapters),
        made_of=(id.document,),
    )
