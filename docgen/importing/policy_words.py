"""What every sort of policy has: the years that it is for, and focus areas with a lead-in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from docgen.importing.identifiers import Identifiers
from docgen.importing.markdown import clean, inline
from docgen.importing.sentences import first_sentence
from docgen.readers.blocks import Block, Run

_PERIOD = re.compile(r"\b(20\d\d)\s?[-–]\s?(20)?(\d\d)\b")


def period_of(texts: Iterable[str], year: int) -> tuple[dict[str, int], bool]:
    """The first period that some texts name, and whether they do; else four years from `year`."""
    for text in texts:
        for found in _PERIOD.finditer(text):
            first, last = int(found[1]), int(f"20{found[3]}")
            if first <= last:
                return {"from": first, "to": last}, True
    return {"from": year, "to": year + 3}, False


def area_of(block: Block, ids: Identifiers) -> dict[str, Any]:
    """A focus area of an item."""
    lead, rest = _lead_of(block)
    fields: dict[str, Any] = {"id": ids.give(lead, otherwise="indsats"), "lead": lead}
    if rest:
        fields["text"] = rest
    return fields


def _lead_of(block: Block) -> tuple[str, str]:
    """A focus area's lead-in, and the rest as Markdown: what is bold at its beginning, or else its first sentence."""
    runs = [run for run in block.runs if run.text]
    bold: list[Run] = []
    while runs and (runs[0].bold or (bold and not runs[0].text.strip())):
        bold.append(runs.pop(0))
    if bold and runs:
        return inline([Run(run.text) for run in bold]), inline(runs)
    lead, _ = first_sentence(clean(block.text))
    if lead == clean(block.text) or any(run.italic or run.link or run.code for run in block.runs):
        return inline([Run(run.text, False, run.italic, run.code, run.link) for run in block.runs]), ""
    return inline([Run(lead)]), inline([Run(clean(block.text)[len(lead) :])])
