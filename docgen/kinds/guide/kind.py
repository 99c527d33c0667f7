"""The kind `guide`: a file a guide."""

from __future__ import annotations

import datetime

from docgen.content.content import Content
from docgen.content.documents import ContentFile
from docgen.kinds.guide.checks import check_guide
from docgen.kinds.guide.model import Guide, GuideFile
from docgen.kinds.guide.prepare import prepare_guide
from docgen.kinds.guide.views import GuideContext
from docgen.kinds.kind import Kind, Skeleton


def _new(content: Content, name: str, variant: str, day: datetime.date) -> str:
    from docgen.kinds.guide.skeleton import new_guide

    return new_guide(day)


GUIDE = Kind(
    name="guide",
    folder="guides",
    files=(ContentFile("guide", r"([^/]+)\.yaml", GuideFile, "Vejledning (guides/navn.yaml)"),),
    model=Guide,
    prepare=prepare_guide,
    templates={"guide.md.j2": GuideContext},
    check_with=check_guide,
    skeleton=Skeleton(
        help="Laver content/guides/ID.yaml, en vejledning med ét kapitel.",
        metavar="ID",
        example="indkoeb-for-begyndere",
        write=_new,
    ),
)
