"""Which kinds of document an import makes of a file from elsewhere, and by whom."""

from __future__ import annotations

import datetime

from docgen.content.content import Content
from docgen.document_id import DocumentId
from docgen.importing.draft import Draft
from docgen.importing.policy import policy_draft
from docgen.importing.policy_text import policy_blocks
from docgen.importing.read import Read
from docgen.problems import ContentError, Origin, Problem

KINDS_READ = ("policy",)
"""The kinds, by name."""


def draft_of(id: DocumentId, read: Read, content: Content, today: datetime.date) -> Draft:
    """The document that somebody says a file is. Raises ContentError for a kind that none is made of."""
    if id.kind == "policy":
        return policy_draft(id.name, read.blocks_by(policy_blocks), today, read.title, read.letters)
    hint = f"giv den som en af {', '.join(KINDS_READ)}"
    raise ContentError([Problem(Origin(str(id)), "den slags dokumenter kan kun hentes fra docgens egne PDF'er", hint)])
