"""Which kinds of document an import makes of a file from elsewhere, and by whom."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence

from docgen.content.content import Content
from docgen.document_id import DocumentId
from docgen.importing.case import case_draft, masthead_words, profile_headings
from docgen.importing.case_text import case_blocks, letters
from docgen.importing.draft import Draft
from docgen.importing.figures import period_in
from docgen.importing.follow_up import follow_up_draft
from docgen.importing.guide import guide_blocks, guide_draft
from docgen.importing.markdown import clean
from docgen.importing.meeting import meeting_draft, meeting_id
from docgen.importing.meeting_head import MINUTES_OR_AGENDA
from docgen.importing.meeting_text import meeting_blocks
from docgen.importing.policy import is_policy, policy_draft
from docgen.importing.policy_text import looks_like_policy, policy_blocks
from docgen.importing.read import Read
from docgen.kinds.policy.model import Policy
from docgen.problems import ContentError, Origin, Problem
from docgen.readers.blocks import Sort

KINDS_READ = ("policy", "case", "follow-up", "meeting", "guide")
"""The kinds, by name."""


def kind_of(read: Read, content: Content) -> str:
    """The kind of document that a file looks most like: by its first lines a meeting or a follow-up, a policy by its
    focus areas or its name, a case by the headings of the profile, or else a guide."""
    first = _said(read)[:_HEAD]
    titles = [clean(read.title), *(text for text in first if len(text) < 120)]
    numbered = sum(_ITEM.match(text) is not None for text in _lines(read))
    if any(MINUTES_OR_AGENDA.match(text) for text in titles[:8]) and (numbered > 1 or _has_head(first)):
        return "meeting"
    if any(_FOLLOW_UP.search(text) for text in titles[:4]) and content.all(Policy) and not _is_paper(read):
        return "follow-up"
    if is_policy(read.blocks) or looks_like_policy(read.lines):
        return "policy"
    if _is_case(read, content):
        return "case"
    if any(_POLICY.search(text) for text in titles[:4]) and content.settings.policies:
        return "policy"
    return "guide"


_HEAD = 12
_ITEM = re.compile(r"(?:(?:punkt|pkt\.?)\s*)?\d{1,3}[.):]\s+(?!at\b)[A-ZÆØÅ]", re.IGNORECASE)
_FOLLOW_UP = re.compile(
    r"\b(?:opfølgning|årsrapport|årsstatus|status)\b.{0,40}\b(?:politik|strategi|\w*politikken|20\d\d)", re.I
)
_POLICY = re.compile(r"(?:politik|strategi)(?:en)?\b(?! handlerum)", re.IGNORECASE)


def _said(read: Read) -> list[str]:
    """The words of each block, or of each line where there are no blocks."""
    return [clean(block.text) for block in read.blocks] or [clean(line.text) for line in read.lines]


def _lines(read: Read) -> Iterator[str]:
    for block in read.blocks:
        listed = block.sort is Sort.ITEM and block.marker[:1].isdigit()
        yield f"1. {clean(block.text)}" if listed else clean(block.text)
    yield from (line.text for line in read.lines)


def _has_head(first: Sequence[str]) -> bool:
    """Whether lines tell when and where a meeting is."""
    return (
        sum(
            re.match(r"(?:mødedato|dato|mødested|sted|tidspunkt|starttidspunkt)\s*:", text, re.I) is not None
            for text in first
        )
        > 1
    )


_OF_CASES = frozenset(
    ("indstilling", "problemstilling", "løsning", "sagsfremstilling", "beslutning", "beslutningstema")
)


def _is_paper(read: Read) -> bool:
    """Whether a file has the headings that only cases have."""
    return any(letters(text) in _OF_CASES for text in _said(read))


def _is_case(read: Read, content: Content) -> bool:
    if content.settings.cases is not None:
        known = profile_headings(content)
        said = [letters(text) for text in _said(read)]
        return len({known[one] for one in said if one in known}) > 1
    return False


def plain_id(kind: str, read: Read, content: Content, otherwise: str) -> str:
    """The id that a document of a file has where nobody gives it one: a meeting's is its day and committee, a
    follow-up's its period; else it is named as the file."""
    if kind == "meeting":
        return meeting_id(read.blocks_by(meeting_blocks), content, read.title, otherwise)
    if kind == "follow-up":
        first = [read.title, *_said(read)[:_HEAD], otherwise]
        period = next((found for text in first if (found := period_in(text)) is not None), None)
        return str(period).lower() if period is not None else otherwise
    return otherwise


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
