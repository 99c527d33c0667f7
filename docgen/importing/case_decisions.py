"""What a body decided, as a case says it: its own words stay, and what they say of votes stands beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from docgen.content.profile import CaseProfile
from docgen.importing.case_votes import outcomes_of
from docgen.importing.markdown import body, clean, in_lines
from docgen.readers.blocks import Block, Sort

_STATEMENT = re.compile(
    r"^(?P<by>.{1,80}?) (?:afgav|afgiver|ønsker?|bad om|fik) .{0,60}?protokolbemærkning\w*\s*:?\s*(?P<said>.*)$",
    re.DOTALL,
)


def decision_of(blocks: Sequence[Block], points: Sequence[str], profile: CaseProfile) -> dict[str, Any]:
    """A decision with the words that a body gave it, what became of the at-points (`points` are their ids by number),
    and the statements that were made for the minutes."""
    statements = []
    rest: list[Block] = []
    waiting = ""
    for block in [line for whole in blocks for line in in_lines(whole)]:
        text = clean(block.text)
        found = _STATEMENT.match(text)
        if found and found["said"].strip():
            statements.append({"by": found["by"].strip(), "text": _unquoted(found["said"])})
        elif found:
            waiting = found["by"].strip()
        elif waiting and block.sort is not Sort.HEADING:
            statements.append({"by": waiting, "text": _unquoted(text)})
            waiting = ""
        else:
            rest.append(block)
    fields: dict[str, Any] = {"text": body(rest) or "UDFYLD beslutningen"}
    if outcomes := outcomes_of([clean(block.text) for block in rest], points, profile):
        fields["outcomes"] = outcomes
    if statements:
        fields["statements"] = statements
    return fields


def _unquoted(text: str) -> str:
    said = text.strip()
    if said[:1] in '”“„"»' and said[-1:] in '”“"«':
        return said[1:-1].strip()
    return said
