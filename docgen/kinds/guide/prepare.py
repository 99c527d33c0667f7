"""Guides: a document each, the same in every edition."""

from __future__ import annotations

from docgen.content.computed import computed
from docgen.content.content import Content
from docgen.kinds.guide.model import Guide
from docgen.kinds.prepared import Edition, Prepared, sentence

KIND = "guide"


def ids(content: Content) -> tuple[str, ...]:
    """The ids of all guides: `guide/<id>`."""
    return tuple(f"{KIND}/{id}" for id in content.guides)


def prepare(content: Content, id: str, edition: Edition) -> Prepared:
    """A guide, ready for its template. Raises KeyError for an unknown id."""
    guide: Guide = content.guides[id.split("/", 1)[1]]
    return Prepared(
        template="guide.md.j2",
        context={
            "guide": guide,
            "municipality": content.settings.municipality,
            "status": computed(sentence(guide.status), guide.origin_of("status")),
        },
        written=guide,
        title=str(guide.title),
        short_title=str(guide.short_title or ""),
        subject=" ".join(guide.summary.split()),
        version=str(guide.version),
        status=guide.status,
        date=guide.date,
        keywords=tuple(str(chapter.title) for chapter in guide.chapters),
        files={path: content.files[path] for path in content.files_of(f"guides/{guide.id}.yaml")},
    )
