"""Which kinds of document an import makes of a file from elsewhere, and by whom."""

from __future__ import annotations

import datetime

from docgen.content.content import Content
from docgen.document_id import DocumentId
from docgen.importing.case import case_draft, masthead_words, profile_headings
from docgen.importing.case_text import case_blocks
from docgen.importing.draft import Draft
from docgen.importing.guide import guide_blocks, guide_draft
from docgen.importing.policy import policy_draft
from docgen.importing.policy_text import policy_blocks
from docgen.importing.read import Read
from docgen.problems import ContentError, Origin, Problem

KINDS_READ = ("policy", "case", "guide")
"""The kinds, by name."""


def draft_of(id: DocumentId, read: Read, content: Content, today: datetime.date) -> Draft:
    """The document that somebody says a file is. Raises ContentError for a kind that none is made of."""
    if id.kind == "policy":
        return policy_draft(id.name, read.blocks_by(policy_blocks), today, read.title, read.letters)
    if id.kind == "case":
        headings, masthead = list(profile_headings(content)), list(masthead_words(content))
        return case_draft(
            id.name, read.blocks_by(lambda lines: case_blocks(lines, headings, masthead)), content, today, read.title
        )
    if id.kind == "guide":
        return guide_draft(id.name, read.blocks_by(guide_blocks), today, read.title)
    hint = f"giv den som en af {', '.join(KINDS_READ)}"
    raise ContentError([Problem(Origin(str(id)), "den slags dokumenter kan kun hentes fra docgens egne PDF'er", hint)])
