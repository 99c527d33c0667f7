"""An agenda or minutes in a bare text: labels, items by their numbers, and the words that part them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docgen.importing.case_text import case_blocks
from docgen.importing.meeting_items import is_part_of_item, is_section
from docgen.importing.read import Line
from docgen.importing.sentences import ends
from docgen.readers.blocks import Block, Sort, plain_block

_LABEL = re.compile(r"[A-ZÆØÅ][\wæøå ]{2,22}:\s*\S")
_ITEM = re.compile(r"(?:(?:punkt|pkt\.?)\s*)?(\d{1,4})\s*[.):]?\s+(?!at\b)(?=[A-ZÆØÅ§(»”\"])", re.IGNORECASE)


def meeting_blocks(lines: Sequence[Line]) -> list[Block]:
    """The blocks of a meeting's paper."""
    return list(_blocks(lines))


def _blocks(lines: Sequence[Line]) -> Iterator[Block]:
    running: list[Line] = []
    number = 0
    at = 0
    while at < len(lines):
        line = lines[at]
        found = _ITEM.match(line.text)
        title = line.text
        at += 1
        if found and (int(found[1]) == number + 1 or not number):
            number = int(found[1])
            while at < len(lines) and lines[at].text[:1].islower() and not lines[at].empty_before and not ends(title):
                title, at = f"{title} {lines[at].text}", at + 1
            level = 2
        elif is_section(line.text):
            level = 1
        elif is_part_of_item(line.text) and number:
            level = 3
        elif not number and _LABEL.match(line.text):
            level = 0
        else:
            running.append(line)
            continue
        yield from case_blocks(running, ())
        running = []
        sort = Sort.HEADING if level else Sort.PARAGRAPH
        yield plain_block(sort, title, level=level, page=line.page, line=line.number)
    yield from case_blocks(running, ())
