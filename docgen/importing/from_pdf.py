"""A PDF to blocks, by how its pages look: large and bold lines are headings, signs begin items, white parts others."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from docgen.importing.confined_pdf import pages_confined
from docgen.importing.draft import Remark
from docgen.importing.pdf_blocks import TaggedLines, tagged_blocks, tagged_lines
from docgen.importing.pdf_layout import in_paragraphs, is_title, lines_of, usual_size
from docgen.importing.pdf_lines import PdfLine
from docgen.importing.read import Read
from docgen.importing.repair import Repaired, repair
from docgen.importing.sentences import ends, joined
from docgen.problems import ContentError, Origin, Problem
from docgen.readers.blocks import Block, Cell, Run, Sort
from docgen.readers.pdf import PdfPage
from docgen.structs import replace

_SIGN = re.compile(r"^(?:([•·▪‣◦\uf0b7\N{REPLACEMENT CHARACTER}■●○]|[-–*](?= ))|(\d{1,2}[.)](?= )))\s*")
_NOTE = re.compile(r"(\d{1,2}|\*)(?=[A-ZÆØÅ][a-zæøå])")  # the mark of a note is raised, and touches its first word
_SMALL_NOTE = re.compile(r"(\d{1,2}|\*)\s+(?=[A-ZÆØÅ])")
_SMALL = 0.96
_CAPTION = re.compile(r"(?:Tabel|Figur)\s\d{1,3}\s?[.:]\s?\S")
_LEADERS = "...."
_MOST_OF_TITLE = 4
_NEXT_LEVEL = 1.2


def read_pdf_blocks(name: str, data: bytes) -> Read:
    """What a PDF holds. Raises DocgenError where it cannot be read, with what would be right."""
    pages = pages_confined(name, data)
    if not any(page.letters for page in pages):
        hint = "kør tekstgenkendelse (OCR) på den først; det gratis OCRmyPDF gør det: ocrmypdf -l dan ind.pdf ud.pdf"
        raise ContentError([Problem(Origin(name), "PDF-filen har ingen tekst, kun billeder", hint)])
    if any(page.blocks for page in pages):
        return _from_tags(pages)
    lines = lines_of(pages)
    repaired = repair([[line.text for line in page] for page in lines])
    texts = {(line.page, line.number): line.text for line in repaired.lines}
    flat = [line for page in lines for line in page]
    places = [(page, number) for page, inside in enumerate(lines) for number, _ in enumerate(inside)]
    usual = usual_size(flat)
    groups = list(in_paragraphs(flat, usual))
    levels = _levels(groups, usual)
    blocks: list[Block] = []
    at = 0
    for group in groups:
        said = joined([texts.get(place, "") for place in places[at : at + len(group)]])
        at += len(group)
        if group[0].cell is not None:
            _add_cell(blocks, group[0], said, _runs_of(said, group))
        elif said and not said.strip(" .").isdigit():
            blocks.append(_block(group, said, usual, levels))
    title = _title(blocks)
    blocks = _gone_on(blocks)
    return Read(
        blocks=tuple(_without_contents(blocks)),
        title=title,
        remarks=tuple(_remarks(repaired, lines)),
        words=repaired.words,
        pages=len(pages),
        letters=" ".join(line.text for line in flat),
    )


def _add_cell(blocks: list[Block], line: PdfLine, said: str, runs: tuple[Run, ...]) -> None:
    """Adds a cell to the row that the last block is, or begins a row with it; what is left out before it is empty."""
    assert line.cell is not None  # asked by the caller
    table, row, column, columns = line.cell
    last = blocks[-1] if blocks else None
    if last is not None and last.sort is Sort.ROW and (last.table, last.line) == (table, row):
        before = last.cells
        blocks.pop()
    else:
        before = ()
    width = sum(max(cell.columns, 1) for cell in before)
    cells = (*before, *[Cell("")] * (column - width), Cell(said, columns, runs=runs))
    blocks.append(Block(sort=Sort.ROW, cells=cells, table=table, line=row, page=line.page))


def _gone_on(blocks: Sequence[Block]) -> list[Block]:
    """Blocks, with one that a note at the end of a column parts in one piece, and an item whose lead-in alone stood in
    its column with its text."""
    found: list[Block] = []
    has_leads = any(b.sort is Sort.ITEM and b.runs and b.runs[0].bold and not b.is_bold for b in blocks)
    for block in blocks:
        at = len(found) - 1
        while at >= 0 and found[at].sort is Sort.NOTE:
            at -= 1
        before = found[at] if at >= 0 else None
        if (
            before is not None
            and block.sort is Sort.PARAGRAPH
            and _is_rest(before, block, at < len(found) - 1, has_leads)
        ):
            found[at] = replace(before, runs=(*before.runs, Run(" "), *block.runs))
        else:
            found.append(block)
    return found


def _is_rest(before: Block, block: Block, over_note: bool, has_leads: bool) -> bool:
    """Whether a paragraph goes on with a block before it."""
    if before.sort not in (Sort.ITEM, Sort.PARAGRAPH):
        return False
    if over_note and not ends(before.text) and block.text[:1].islower():
        return True
    return before.sort is Sort.ITEM and before.is_bold and has_leads and not block.runs[0].bold


def _from_tags(pages: Sequence[PdfPage]) -> Read:
    """What a tagged PDF holds."""
    found = tagged_lines(pages)
    flat = [line for one in found for line in one.lines]
    by_page: list[list[PdfLine]] = [[] for _ in pages]
    places: list[list[tuple[int, int]]] = []
    for one in found:
        start = len(by_page[one.page])
        by_page[one.page] += one.lines
        places.append([(one.page, start + at) for at in range(len(one.lines))])
    repaired = repair([[line.text for line in page] for page in by_page])
    texts = {(line.page, line.number): line.text for line in repaired.lines}
    said = [[texts.get(place, "") for place in own] for own in places]
    blocks = _without_contents(tagged_blocks(found, said, _runs_of))
    return Read(
        blocks=tuple(blocks),
        title=_title(blocks) or _largest(found, said),
        remarks=tuple(_remarks(repaired, by_page)),
        words=repaired.words,
        pages=len(pages),
        letters=" ".join(line.text for line in flat),
    )


_MUCH_LARGER = 1.3


def _largest(found: Sequence[TaggedLines], said: Sequence[Sequence[str]]) -> str:
    """The words of the first page that are far larger than the usual ones, and are no heading of a chapter."""
    usual = usual_size([line for one in found for line in one.lines])
    first = [(one, joined(words)) for one, words in zip(found, said, strict=True) if one.page == 0 and one.lines]
    largest = max(first, key=lambda item: item[0].lines[0].size, default=None)
    if largest is None or largest[0].lines[0].size < _MUCH_LARGER * usual:
        return ""
    heads = [one for one in found if one.block.tag.sort == "heading" and one.block.tag.level == 1]
    return "" if largest[0] in heads and len(heads) > 1 else largest[1]


def _runs_of(said: str, lines: Sequence[PdfLine]) -> tuple[Run, ...]:
    letters = "".join(line.text for line in lines).replace(" ", "")
    return _runs(said, letters, "".join(line.bold for line in lines))


def _levels(groups: Sequence[Sequence[PdfLine]], usual: float) -> dict[float, int]:
    """By the size of its letters the level of a heading: sizes that are nearly the same are one level."""
    found: dict[float, int] = {}
    level, largest = 0, math.inf
    for size in sorted({round(group[0].size) for group in groups if is_title(group, usual)}, reverse=True):
        if size < largest / _NEXT_LEVEL:
            level, largest = level + 1, size
        found[size] = level
    return found


def _block(group: Sequence[PdfLine], said: str, usual: float, levels: dict[float, int]) -> Block:
    first = group[0]
    if _CAPTION.match(said) and len(group) < 3:
        return Block(sort=Sort.CAPTION, runs=(Run(said),), page=first.page)
    if is_title(group, usual):
        level = levels.get(round(first.size), 1)
        return Block(sort=Sort.HEADING, runs=(Run(said),), level=level, page=first.page)
    note = _NOTE.match(said) or (_SMALL_NOTE.match(said) if first.size < _SMALL * usual else None)
    if note:
        return Block(sort=Sort.NOTE, runs=(Run(said[note.end() :]),), marker=note[1], page=first.page)
    sign = _SIGN.match(said)
    runs = _runs_of(said, group)
    if sign:
        return Block(sort=Sort.ITEM, runs=_without(runs, len(sign[0])), marker=sign[2] or "•", page=first.page)
    return Block(sort=Sort.PARAGRAPH, runs=runs, page=first.page)


def _runs(said: str, letters: str, bold: str) -> tuple[Run, ...]:
    """A text in runs, by which of its letters on the page are bold; a hyphen of a line's end may be gone."""
    found: list[Run] = []
    at = 0
    last = False
    for sign in said:
        if not sign.isspace():
            if letters[at : at + 1] != sign and letters[at + 1 : at + 2] == sign:
                at += 1
            last = bold[at : at + 1] == "1"
            at += 1
        if found and found[-1].bold == last:
            found[-1] = Run(found[-1].text + sign, last)
        else:
            found.append(Run(sign, last))
    return tuple(found)


def _without(runs: Sequence[Run], count: int) -> tuple[Run, ...]:
    found = []
    for run in runs:
        cut = run.text[count:]
        count = max(count - len(run.text), 0)
        if cut:
            found.append(Run(cut, run.bold))
    return tuple(found)


def _title(blocks: Sequence[Block]) -> str:
    """What the file is called: the largest of the headings that its first page begins with."""
    first = [block for block in blocks[:_MOST_OF_TITLE] if block.sort is Sort.HEADING and block.page == 0]
    found = min(first, key=lambda block: block.level, default=None)
    like = [block for block in blocks if found and block.sort is Sort.HEADING and block.level == found.level]
    return "" if found is None or len(like) > 1 else " ".join(found.text.split())  # others like it: it is a chapter


_CONTENTS = re.compile(r"indhold(?:sfortegnelse)?\W*", re.IGNORECASE)


def _without_contents(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without a table of contents, which ends with its page."""
    found = []
    page = -1
    for block in blocks:
        if block.sort is Sort.HEADING and _CONTENTS.fullmatch(block.text):
            page = block.page
        elif block.page != page:
            found.append(block)
    return found


def _remarks(repaired: Repaired, lines: Sequence[Sequence[PdfLine]]) -> list[Remark]:
    found = []
    for doubt in repaired.doubts:
        if _LEADERS in doubt.source:
            continue  # a line of a table of contents
        line = lines[doubt.page][doubt.line]
        found.append(
            Remark(
                why=doubt.why,
                source=doubt.source,
                reading=doubt.reading if doubt.reading != doubt.source else "",
                page=doubt.page,
                box=(line.left - 8, line.bottom - 4, line.right + 8, line.top + 4),
            )
        )
    return found
