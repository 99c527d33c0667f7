"""What a policy says of itself in a table: its version, its status, who adopted it, the years that it is for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from docgen.content.content import Content
from docgen.importing.case_text import letters
from docgen.importing.dates import date_in
from docgen.importing.markdown import clean
from docgen.kinds.document_fields import Status
from docgen.readers.blocks import Block, Sort

_VERSION = re.compile(r"\b(\d{1,3}\.\d{1,3}(?:\.\d{1,3})?)\b")
_ABOUT = re.compile(r"om dette dokument|kolofon|om politikken", re.IGNORECASE)
_WORDING = ("ordlyd", "ordlyden")


def facts_of(blocks: Iterable[Block]) -> dict[str, str]:
    """The rows of two cells, by the letters of the first; the first of each counts."""
    found: dict[str, str] = {}
    for block in blocks:
        if block.sort is Sort.ROW and len(block.cells) == 2:
            found.setdefault(letters(block.cells[0].text), clean(block.cells[1].text))
    return found


def is_about(title: Block) -> bool:
    """Whether a heading begins what a document says of itself at its end."""
    return _ABOUT.fullmatch(clean(title.text)) is not None


def fields_of_facts(facts: Mapping[str, str], content: Content) -> dict[str, Any]:
    """The fields of a policy that its table gives: what it does not say is not there."""
    found: dict[str, Any] = {}
    if version := _VERSION.search(facts.get("version", "")):
        found["version"] = version[1]
    said = facts.get("status", "").lower()
    adopted = facts.get("vedtaget", "")
    body = next((str(one.id) for one in content.organisation.bodies if str(one.name) in adopted), "")
    day = date_in(adopted)
    if body and day is not None:
        found |= {"adopted": {"body": body, "date": day}, "date": day}
    if said in set(Status) and (said != Status.ADOPTED or "adopted" in found):
        found["status"] = said
    if wording := next((facts[name] for name in _WORDING if name in facts), ""):
        found["origin_of_wording"] = wording
    return found


def subtitle_of(before: Sequence[Block], title: str, municipality: str) -> str:
    """The line after the title, before the table: neither the title nor whose policy it is."""
    known = {letters(title), letters(municipality)}
    for block in before:
        if block.sort is Sort.ROW:
            break
        if block.sort is not Sort.ITEM and letters(block.text) not in known and len(block.text) < 160:
            return clean(block.text)
    return ""
