"""The parts of a case in a bare text: the headings of the municipality's profile stand alone on a line, each as it is.

A heading inside a part is a short line without a stop, after the end of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from docgen.importing.policy_text import FOCUS
from docgen.importing.read import Line
from docgen.importing.sentences import ends, joined, paragraphs
from docgen.readers.blocks import Block, Sort, plain_block

_BULLET = re.compile(r"^(?:[•·▪‣◦\N{REPLACEMENT CHARACTER}\uf0b7]\s*|[-–*]\s+)(?=\S)")
_NUMBERED = re.compile(r"^\d{1,2}[.):]\s+(?=\S)")
_INTRODUCTION = re.compile(r"(?:indledning|forord|introduktion)\W*", re.IGNORECASE)
_LONGEST = 100


def letters(text: str) -> str:
    """What words are compared by: their letters and digits, small."""
    return re.sub(r"[\W_]", "", text.lower())


def case_blocks(lines: Sequence[Line], headings: Collection[str], masthead: Collection[str] = ()) -> list[Block]:
    """The blocks of a case, given the headings of the profile, and what stands in the head of a page: the labels of
    kinds, and who a case is to. The latter come first, wherever a page began with them."""
    known, above = {letters(heading) for heading in headings}, {letters(words) for words in masthead}
    own = _own_part(lines)
    head = [line for line in own if letters(line.text) in above and letters(line.text) not in known]
    rest = [line for line in own if line not in head]
    return [*(_block(Sort.PARAGRAPH, line.text, line) for line in head), *_blocks(rest, known)]


def _own_part(lines: Sequence[Line]) -> Sequence[Line]:
    """The case, where a policy that it attaches stands after it in the same file."""
    focus = next((at for at, line in enumerate(lines) if FOCUS.fullmatch(line.text)), len(lines))
    begun = [at for at in range(focus) if _INTRODUCTION.fullmatch(lines[at].text)]
    return lines[: begun[-1]] if begun and focus < len(lines) else lines


def _blocks(lines: Sequence[Line], known: set[str]) -> Iterator[Block]:
    running: list[Line] = []
    for at, line in enumerate(lines):
        before = lines[at - 1].text if at else ""
        if letters(line.text) in known:
            yield from _running(running)
            running = []
            yield _block(Sort.HEADING, line.text, line, 1)
        elif _is_heading(lines, at, before) and at:
            yield from _running(running)
            running = []
            yield _block(Sort.HEADING, line.text, line, 2)
        else:
            running.append(line)
    yield from _running(running)


def _is_heading(lines: Sequence[Line], at: int, before: str) -> bool:
    line, after = lines[at], lines[at + 1].text if at + 1 < len(lines) else ""
    return (
        len(line.text) <= _LONGEST
        and (not before or ends(before))
        and not ends(line.text)
        and line.text[:1].isupper()
        and after[:1].isupper()
        and len(line.text.split()) < 14
        and (line.width or len(line.text)) < 0.95 * max((one.width or len(one.text)) for one in lines)
    )


def _running(lines: Sequence[Line]) -> Iterator[Block]:
    width = max((line.width or len(line.text) for line in lines), default=0)
    item: list[Line] = []
    text: list[Line] = []
    for line in lines:
        if _BULLET.match(line.text) or _NUMBERED.match(line.text):
            yield from _paragraphs(text)
            yield from _item(item)
            text, item = [], [line]
        elif item and not (ends(item[-1].text) and line.text[:1].isupper() and _ends_item(item[-1], line, width)):
            item.append(line)
        else:
            yield from _item(item)
            item = []
            text.append(line)
    yield from _paragraphs(text)
    yield from _item(item)


def _ends_item(last: Line, line: Line, width: int) -> bool:
    """Whether an item ends before a line, whose first word would well have fitted in the last one."""
    first = line.text.split(" ", 1)[0]
    return (last.width or len(last.text)) + 1 + len(first) <= 0.85 * width


def _paragraphs(lines: Sequence[Line]) -> Iterator[Block]:
    texts = [line.text for line in lines]
    for group in paragraphs(texts, [line.width or len(line.text) for line in lines]):
        yield _block(Sort.PARAGRAPH, joined([texts[at] for at in group]), lines[group[0]])


def _item(lines: Sequence[Line]) -> Iterator[Block]:
    if lines:
        text = joined([line.text for line in lines])
        number = _NUMBERED.match(text)
        shown = _NUMBERED.sub("", text) if number else _BULLET.sub("", text)
        yield plain_block(
            Sort.ITEM, shown, page=lines[0].page, line=lines[0].number, marker=number[0].strip() if number else "•"
        )


def _block(sort: Sort, text: str, line: Line, level: int = 0) -> Block:
    return plain_block(sort, text, level=level, page=line.page, line=line.number)
