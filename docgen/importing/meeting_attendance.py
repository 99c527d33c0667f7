"""Who was not at a meeting, or not for all of it, as minutes tell it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from docgen.content.content import Content
from docgen.importing.markdown import clean
from docgen.importing.meeting_head import Head
from docgen.kinds.meeting.attendance import is_member
from docgen.readers.blocks import Block

_LIST = re.compile(
    r"(?P<what>fraværende|afbud|fraværende med afbud|meldt afbud)(?: (?:var|fra))?\s*:\s*(?P<who>.+?)\.?$",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"(?P<who>[A-ZÆØÅ][^:,]{2,60}?(?: ?\([^)]{1,20}\))?)\s*[:,]?\s+(?:var |har )?"
    r"(?P<what>fraværende|afbud|meldt afbud|kom senere|kom|gik før|gik|stedfortræder)\b(?P<rest>.*?)\.?$"
)
_WHAT = {
    "fraværende": "absent", "afbud": "excused", "meldt afbud": "excused", "fraværende med afbud": "excused",
    "kom senere": "late", "kom": "late", "gik før": "left-early", "gik": "left-early", "stedfortræder": "substitute",
}  # fmt: skip


def attendance_of(blocks: Sequence[Block], content: Content, head: Head) -> tuple[list[dict[str, Any]], list[str]]:
    """Those who were away, came or left, and the lines that do not say it so that it can be told."""
    body = next((one for one in content.organisation.bodies if str(one.id) == head.committee), None)
    members = body.members_on(head.date) if body is not None and head.date is not None else ()
    found: list[dict[str, Any]] = []
    rest: list[str] = []
    for block in blocks:
        words = clean(block.text)
        if words.lower().strip(" .") in ("ingen", "ingen fraværende", "alle var til stede", ""):
            continue
        entries = _entries(words)
        known = all(one["what"] == "substitute" or not members or is_member(one["who"], members) for one in entries)
        if entries and known:
            found += entries
        else:
            rest.append(words)
    return found, rest


def _entries(words: str) -> list[dict[str, Any]]:
    if listed := _LIST.fullmatch(words):
        names = re.split(r"\s*[,;]\s*(?![^()]*\))|\s+og\s+(?![^()]*\))", listed["who"])
        return [{"who": name.strip(), "what": _WHAT[listed["what"].lower()]} for name in names if name.strip()]
    one = _ONE.fullmatch(words)
    if one is None:
        return []
    fields: dict[str, Any] = {"who": one["who"].strip(), "what": _WHAT[one["what"]]}
    rest = one["rest"].strip(" ,")
    if found := re.match(r"for (.+)$", rest):
        return [fields | {"replaces": found[1].strip()}]
    if rest:
        fields["note"] = rest
    return [fields]
