"""Which kinds of document an import makes of a file from elsewhere, and by whom."""

from __future__ import annotations

import datetime

from docgen.content.content import Content
from docgen.document_id import DocumentId
from docgen.importing.case import case_draft, masthead_words, profile_headings
from docgen.importing.case_text import case_blocks, letters
from docgen.importing.draft import Draft
from docgen.importing.follow_up import follow_up_draft
from docgen.importing.guide import guide_blocks, guide_draft
from docgen.importing.meeting import meeting_draft
from docgen.importing.meeting_text import meeting_blocks
from docgen.importing.policy import is_policy, policy_draft
from docgen.importing.policy_text import looks_like_policy, policy_blocks
from docgen.importing.read import Read
from docgen.problems import ContentError, Origin, Problem

KINDS_READ = ("policy", "case", "follow-up", "meeting", "guide")
"""The kinds, by name."""


def kind_of(read: Read, content: Content) -> str:
    """The kind of document that a file looks most like: a policy with focus areas, a case by the headings of the
    profile, or else a guide."""
    if is_policy(read.blocks) or looks_like_policy(read.lines):
        return "policy"
    if content.settings.cases is not None:
        known = profile_headings(content)
        said = [letters(text) for text in (*(one.text for one in read.blocks), *(one.text for one in read.lines))]
        if len({known[one] for one in said if one in known}) > 1:
            return "case"
    return "guide"


def draft_of(id: DocumentId, read: Read, content: Content, today: datetime.date) -> Draft:
    """The document that somebody says a file is. Raises ContentError for a kind that none is made of."""
    if id.kind == "policy":
        return policy_draft(id.name, read.blocks_by(policy_blocks), content, today, read.title, read.letters)
    if id.kind == "case":
        headings, masthead = list(profile_headings(content)), list(masthead_words(content))
        return case_draft(
            id.name, read.blocks_by(lambda lines: case_blocks(lines, headings, masthead)), content, today, read.title
        )
    if id.kind == "follow-up":
        return follow_up_draft(id.name, read.blocks_by(guide_blocks), content, today, read.title)
    if id.kind == "meeting":
        return meeting_draft(id.name, read.blocks_by(meeting_blocks), content, read.title)
    if id.kind == "guide":
        return guide_draft(id.name, read.blocks_by(guide_blocks), today, read.title)
    hint = f"giv den som en af {', '.join(KINDS_READ)}"
    raise ContentError([Problem(Origin(str(id)), "den slags dokumenter kan kun hentes fra docgens egne PDF'er", hint)])
