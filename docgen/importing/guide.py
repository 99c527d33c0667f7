"""Blocks of a file to a guide: headings are chapters and sections, whatever they say."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import Any

from docgen.importing.case_text import case_blocks
from docgen.importing.draft import Draft, unwritten
from docgen.importing.identifiers import Identifiers
from docgen.importing.markdown import body, clean, line
from docgen.importing.read import Line
from docgen.readers.blocks import Block, Sort

_COLOPHON = re.compile(r"om dette dokument|indhold|indholdsfortegnelse", re.IGNORECASE)


def guide_blocks(lines: Sequence[Line]) -> list[Block]:
    """The blocks of a bare text."""
    return case_blocks(lines, ())


def guide_draft(name: str, blocks: Sequence[Block], today: datetime.date, title: str = "") -> Draft:
    """A guide of the blocks of a file."""
    ids = Identifiers()
    missing = ["vejledningen i en eller to sætninger (summary)"]
    levels = sorted({block.level for block in blocks if block.sort is Sort.HEADING})
    top = levels[0] if levels else 1
    if levels and sum(block.sort is Sort.HEADING and block.level == top for block in blocks) == 1 and len(levels) > 1:
        first = next(block for block in blocks if block.sort is Sort.HEADING)
        if first.level == top:  # the guide's own title
            title, top = title or clean(first.text), levels[1]
            blocks = [block for block in blocks if block is not first]
    chapters = _under(blocks, top)
    if not title:
        missing.append("vejledningens titel")
    fields: dict[str, Any] = {
        "title": line(title) or unwritten("vejledningens titel"),
        "summary": unwritten("vejledningen i en eller to sætninger."),
        "version": "0.1",
        "status": "udkast",
        "date": today,
        "chapters": [_chapter(heading, inside, top, ids) for heading, inside in chapters]
        or [{"id": "indhold", "title": unwritten("kapitlets titel"), "text": body(blocks) or unwritten("teksten")}],
    }
    return Draft(files={f"guides/{name}.yaml": fields}, missing=tuple(missing))


def _under(blocks: Sequence[Block], level: int) -> list[tuple[Block | None, list[Block]]]:
    """What stands before the first heading of a level, where there is anything, and what stands under each."""
    found: list[tuple[Block | None, list[Block]]] = [(None, [])]
    for block in blocks:
        if block.sort is Sort.HEADING and block.level <= level:
            found.append((block, []))
        else:
            found[-1][1].append(block)
    return [
        (heading, inside)
        for heading, inside in found
        if (heading or inside) and not (heading and _COLOPHON.fullmatch(clean(heading.text)))
    ]


def _chapter(heading: Block | None, blocks: Sequence[Block], level: int, ids: Identifiers) -> dict[str, Any]:
    title = clean(heading.text) if heading is not None else "Indledning"
    fields: dict[str, Any] = {"id": ids.give(title, otherwise="kapitel"), "title": line(title)}
    inner = sorted({block.level for block in blocks if block.sort is Sort.HEADING})
    if not inner:
        fields["text"] = body(blocks) or unwritten(title)
        return fields
    parts = _under(blocks, inner[0])
    if parts and parts[0][0] is None:
        fields["text"] = body(parts.pop(0)[1])
    fields["sections"] = [
        {
            "id": ids.give(clean(part.text), otherwise="afsnit"),
            "title": line(part.text),
            "text": body(inside) or unwritten(clean(part.text)),
        }
        for part, inside in parts
        if part is not None
    ]
    return fields
