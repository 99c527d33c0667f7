"""The parts of a policy in a bare text, which has no headings: by its words, its pages and where its lines end.

A chapter is known by `Indsatsområder`; under `… vil:` a sentence that begins with an infinitive is a focus area, and a
sentence that names somebody goes on with the chapter's own text, which stood in another column. What the overview
calls a value is what its chapter is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docgen.importing.read import Line
from docgen.importing.sentences import begins_with_infinitive, ends, ends_paragraph, joined, paragraphs, usual_width
from docgen.readers.blocks import Block, Sort, plain_block

FOCUS = re.compile(
    r"(?:vores )?(?:indsatsområder|indsatser|fokusområder|sådan gør vi|det vil vi|vi vil)\W*", re.IGNORECASE
)
LEAD_IN = re.compile(r"\b(?:vil|skal)\s*:\s*$", re.IGNORECASE)
APPENDIX = re.compile(r"(?:appendiks|bilag)\b", re.IGNORECASE)
_INTRODUCTION = re.compile(r"(?:indledning|forord|introduktion)\W*", re.IGNORECASE)
_BULLET = re.compile(r"^(?:[•·▪‣◦\N{REPLACEMENT CHARACTER}\uf0b7]|[-–*](?=\s))\s*")
_NOTE = re.compile(r"^\*(?=\S)")
_NO_LINE = re.compile(r"\W*(?:\d{1,3}|side \d+(?: af \d+)?|[A-ZÆØÅa-zæøå])?\W*", re.IGNORECASE)
_LONGEST_TITLE = 90


def looks_like_policy(lines: Sequence[Line]) -> bool:
    """Whether a text has chapters as a policy built of values has them."""
    return sum(FOCUS.fullmatch(line.text) is not None for line in lines) >= 2


def policy_blocks(lines: Sequence[Line]) -> list[Block]:
    """The blocks of a policy, with headings: its parts at level 1, what is in them at level 2."""
    lines = _own_part([line for line in lines if not _NO_LINE.fullmatch(line.text)])
    starts = _chapters(lines)
    if not starts:
        return list(_plain(lines))
    found: list[Block] = []
    first = starts[0]
    found += _before(lines[:first])
    for at, start in enumerate(starts):
        end = starts[at + 1] if at + 1 < len(starts) else _end_of_last(lines, start)
        found += _chapter(lines[start:end])
    found += _after(lines[_end_of_last(lines, starts[-1]) :])
    return found


def _own_part(lines: Sequence[Line]) -> Sequence[Line]:
    """The policy, where something else stands before it in the same file: from its introduction on."""
    focus = next((at for at, line in enumerate(lines) if FOCUS.fullmatch(line.text)), 0)
    begun = [at for at in range(focus) if _INTRODUCTION.fullmatch(lines[at].text)]
    return lines[begun[-1] :] if begun else lines


def _skeleton(text: str) -> str:
    return re.sub(r"[^a-zæøå0-9]", "", text.lower())


def _chapters(lines: Sequence[Line]) -> list[int]:
    """Where each chapter begins, by the place of its title."""
    marks = [at for at, line in enumerate(lines) if FOCUS.fullmatch(line.text)]
    if not marks:
        return []
    found = []
    before = -1
    for mark in marks:
        found.append(_title_before(lines, before, mark))
        before = mark
    return found


def _title_before(lines: Sequence[Line], after: int, mark: int) -> int:
    """The title of the chapter that focus areas are in: what was named before it, in an overview, or else the first of
    its page."""
    begun = [line.text for line in lines[: after + 1 if after >= 0 else mark]]
    overview = _skeleton("".join(begun))
    between = [at for at in range(after + 1, mark) if _may_be_title(lines, at)]
    begins = [at for at in between if at == 0 or lines[at].page != lines[at - 1].page]
    named = [at for at in between if _is_named(lines[at].text, overview, twice=after < 0)]
    if begins and (begins[-1] in named or not named):
        return begins[-1]
    named = [at for at in named if at == 0 or ends(lines[at - 1].text) or lines[at].page != lines[at - 1].page]
    if named:
        return named[-1]
    return begins[-1] if begins else (between[0] if between else mark)


def _is_named(text: str, overview: str, *, twice: bool) -> bool:
    """Whether an overview has a title; where the title is a part of the same lines it must be there twice."""
    own = _skeleton(text)
    return len(own) > 8 and overview.count(own) > twice


def _may_be_title(lines: Sequence[Line], at: int) -> bool:
    text = lines[at].text
    return len(text) <= _LONGEST_TITLE and not ends(text) and text[:1].isupper()


def _end_of_last(lines: Sequence[Line], start: int) -> int:
    """Where the last chapter ends: at the next page, or at the appendix."""
    for at in range(start + 1, len(lines)):
        if APPENDIX.match(lines[at].text) or (lines[at].page != lines[start].page and _may_be_title(lines, at)):
            return at
    return len(lines)


def _heading(text: str, level: int, line: Line) -> Block:
    return plain_block(
        Sort.HEADING, text.rstrip(" :") if level > 1 else text, level=level, page=line.page, line=line.number
    )


def _paragraphs(lines: Sequence[Line]) -> Iterator[Block]:
    texts = [line.text for line in lines]
    for group in paragraphs(texts, [line.width or len(line.text) for line in lines]):
        first = lines[group[0]]
        yield plain_block(Sort.PARAGRAPH, joined([texts[at] for at in group]), page=first.page, line=first.number)


def _with_lead(lines: Sequence[Line]) -> Iterator[Block]:
    """A leading sentence that has no stop, and the paragraphs after it."""
    for at in range(1, min(len(lines), 5)):
        if ends(lines[at - 1].text):
            break
        if lines[at].text[:1].isupper() and at + 1 < len(lines):
            yield plain_block(
                Sort.PARAGRAPH, joined([one.text for one in lines[:at]]), page=lines[0].page, line=lines[0].number
            )
            yield from _paragraphs(lines[at:])
            return
    yield from _paragraphs(lines)


def _before(lines: Sequence[Line]) -> Iterator[Block]:
    """The introduction, and the overview of the values."""
    if not lines:
        return
    pages = list(dict.fromkeys(line.page for line in lines))
    for number, page in enumerate(pages):
        inside = [line for line in lines if line.page == page]
        titles = 1
        while (
            titles < min(len(inside), 3) and number and len(inside[titles].text) < 40 and not ends(inside[titles].text)
        ):
            titles += 1
        yield _heading(joined([line.text for line in inside[:titles]]), 1, inside[0])
        rest = inside[titles:]
        yield from _with_lead(rest) if number == 0 else _long_lines(rest)


def _long_lines(lines: Sequence[Line]) -> Iterator[Block]:
    """The running text of an overview, and its cards in paragraphs after it: those have short lines."""
    width = max((len(line.text) for line in lines), default=0)
    short = next((at for at, line in enumerate(lines) if len(line.text) < width * 0.45), len(lines))
    running = lines[:short]
    yield from _paragraphs(running)


def _chapter(lines: Sequence[Line]) -> Iterator[Block]:
    """A chapter: its title, its statement, its own text, and its focus areas, whatever their order in the lines."""
    mark = next(at for at, line in enumerate(lines) if FOCUS.fullmatch(line.text))
    yield _heading(lines[0].text, 1, lines[0])
    own, areas, lead_in = _parted(lines[mark + 1 :])
    yield from _with_lead([*lines[1:mark], *own])
    yield _heading(lines[mark].text, 2, lines[mark])
    if lead_in is not None:
        yield plain_block(Sort.PARAGRAPH, lead_in.text, page=lead_in.page, line=lead_in.number)
    for area in areas:
        yield plain_block(
            Sort.ITEM, joined([line.text for line in area]), page=area[0].page, line=area[0].number, marker="•"
        )


def _parted(lines: Sequence[Line]) -> tuple[list[Line], list[list[Line]], Line | None]:
    """The lines after the heading of the focus areas: those of the chapter's own text, and those of each area."""
    lead_in = lines[0] if lines and LEAD_IN.search(lines[0].text) else None
    rest = lines[1:] if lead_in is not None else lines
    width = usual_width([line.width or len(line.text) for line in rest])
    own: list[Line] = []
    areas: list[list[Line]] = []
    in_area = True
    for at, line in enumerate(rest):
        before = rest[at - 1].text if at else ""
        length = (rest[at - 1].width or len(before)) if at else 0
        bullet = _BULLET.match(line.text)
        following = rest[at + 1].text if at + 1 < len(rest) else ""
        if bullet or ((not before or ends(before)) and begins_with_infinitive(f"{line.text} {following}")):
            areas.append([Line(_BULLET.sub("", line.text), line.page, line.number)])
            in_area = True
            continue
        if in_area and before and _leaves_area(before, length, line.text, width):
            in_area = False
        if in_area and areas:
            areas[-1].append(line)
        else:
            in_area = False
            own.append(line)
    return own, areas, lead_in


def _leaves_area(before: str, length: int, text: str, width: int) -> bool:
    """Whether a line after a focus area belongs to the column beside it: it goes on where that one stopped, or begins
    a paragraph that is not about what `we` do."""
    if not ends(before):
        return False
    if text[:1].islower():
        return True
    first = text.split(" ", 1)[0]
    named = re.match(r"[A-ZÆØÅ][\wæøå]+s? (?:Kommune|Region)\b", text) is not None
    return named or (
        first not in ("Vi", "Desuden", "Derfor", "Det", "Her") and ends_paragraph(before, text, width, length)
    )


def _after(lines: Sequence[Line]) -> Iterator[Block]:
    """What comes after the chapters: running text, and the appendix."""
    at = next((at for at, line in enumerate(lines) if APPENDIX.match(line.text)), len(lines))
    if at:
        yield _heading(lines[0].text, 1, lines[0])
        yield from _paragraphs(lines[1:at])
    if at < len(lines):
        yield from _appendix(lines[at:])


def _appendix(lines: Sequence[Line]) -> Iterator[Block]:
    """The roles and what each answers for. Roles that stand together before all of it come first here, too."""
    first = next((at for at, line in enumerate(lines) if _BULLET.match(line.text)), len(lines))
    titles = 1
    if lines[0].text.endswith(":") and first > 1:
        titles = 2
    yield _heading(joined([line.text for line in lines[:titles]]), 1, lines[0])
    for line in lines[titles:first]:
        yield _heading(line.text, 2, line)
    item: list[Line] = []
    for line in lines[first:]:
        if _BULLET.match(line.text) or _NOTE.match(line.text) or _is_role(item, line):
            yield from _item(item)
            item = []
            if _is_role([Line(".", 0, 0)], line) and not _BULLET.match(line.text) and not _NOTE.match(line.text):
                yield _heading(line.text, 2, line)
                continue
        item.append(line)
    yield from _item(item)


def _is_role(item: Sequence[Line], line: Line) -> bool:
    """Whether a line is a heading between items: short, with a capital, after the end of a sentence."""
    return (
        bool(item)
        and ends(item[-1].text)
        and len(line.text) < 60
        and line.text[:1].isupper()
        and not ends(line.text)
        and not begins_with_infinitive(line.text)
    )


def _item(lines: Sequence[Line]) -> Iterator[Block]:
    if not lines:
        return
    text = joined([line.text for line in lines])
    sort = Sort.NOTE if _NOTE.match(text) else Sort.ITEM
    shown = _NOTE.sub("", text) if sort is Sort.NOTE else _BULLET.sub("", text)
    yield plain_block(sort, shown, page=lines[0].page, line=lines[0].number, marker="*" if sort is Sort.NOTE else "•")


def _plain(lines: Sequence[Line]) -> Iterator[Block]:
    """A text without any of it: headings that stand alone, items and paragraphs."""
    item: list[Line] = []
    running: list[Line] = []
    for line in lines:
        alone = line.empty_before and len(line.text) < 70 and not ends(line.text) and line.text[:1].isupper()
        if _BULLET.match(line.text) or (alone and (not running or ends(running[-1].text))):
            yield from _paragraphs(running)
            yield from _item(item)
            running, item = [], []
            if not _BULLET.match(line.text):
                yield _heading(line.text, 1, line)
                continue
            item = [line]
        elif item and not line.empty_before:
            item.append(line)
        else:
            yield from _item(item)
            item = []
            running.append(line)
    yield from _paragraphs(running)
    yield from _item(item)
