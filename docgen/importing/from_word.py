"""A Word file to blocks: by its styles, or where it has none by how its paragraphs look.

In a messy file a bold paragraph that stands alone is a heading, a typed sign makes an item, and a table that holds
columns of running text is no table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from docgen.importing.draft import Remark
from docgen.importing.markdown import clean
from docgen.importing.read import Read
from docgen.importing.sentences import ends
from docgen.problems import ContentError, Origin, Problem
from docgen.readers.blocks import Block, Cell, Run, Sort
from docgen.readers.docx.document import Paragraph, WordFile, read_word

_HEADING = re.compile(r"(?:heading|overskrift|kapitel) ?(\d)", re.IGNORECASE)
_TITLES = re.compile(r"title|titel|forside – titel", re.IGNORECASE)
_LEFT_OUT = re.compile(r"toc|indholdsfortegnelse|fremhævet citat|caption|billedtekst", re.IGNORECASE)
_LIST = re.compile(r"list|opstilling|punkt", re.IGNORECASE)
_SIGN = re.compile(r"\s*(?:([•·▪‣◦–\-*§\uf0b7o])[\t ]+|(\d{1,2}[.)]|[a-z]\))[\t ]+)(?=\S)")
_LONGEST_HEADING = 110
_MOST_OF_TABLE = 160
"""Signs of a cell that holds running text."""
_SAME = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\N{NON-BREAKING HYPHEN}": "-", "\N{SOFT HYPHEN}": None})


def read_word_blocks(name: str, data: bytes) -> Read:
    """What a Word file holds, with all tracked changes taken. Raises ContentError where it cannot be read."""
    word = read_word(name, data)
    paragraphs = [one for one in word.paragraphs if one.story in ("body", "box")]
    if not any(one.text.strip() for one in paragraphs):
        hint = "er den skannet ind, så kør tekstgenkendelse (OCR) på den først, fx med OCRmyPDF"
        raise ContentError([Problem(Origin(name), "der er ingen tekst at læse i filen", hint)])
    blocks = list(_blocks(paragraphs))
    titles = [clean(_text(one)) for one in paragraphs if _TITLES.fullmatch(one.style)]
    notes = [
        Block(sort=Sort.NOTE, runs=_runs(one), marker=one.story.partition(" ")[2])
        for one in word.paragraphs
        if one.story.startswith(("note", "endnote"))
    ]
    said = " ".join(_text(one) for one in word.paragraphs)
    return Read(
        blocks=(*blocks, *notes),
        title=titles[0] if titles else "",
        remarks=tuple(_remarks(word)),
        left_out=word.left_out + tuple(dict.fromkeys(left for one in word.paragraphs for left in one.left_out)),
        words=len(said.split()),
        letters=said,
    )


def _remarks(word: WordFile) -> Iterator[Remark]:
    if word.changes:
        count = len(word.changes)
        yield Remark(
            why=f"{count} {'sporet ændring' if count == 1 else 'sporede ændringer'} er taget med, som de er godkendt"
        )
    for comment in word.comments:
        said = f"kommentar: {clean(comment.text)}"
        yield Remark(why=said, source=comment.about)


def _text(paragraph: Paragraph) -> str:
    return paragraph.text.translate(_SAME)


def _runs(paragraph: Paragraph, skip: int = 0) -> tuple[Run, ...]:
    """The runs of a paragraph without its first signs."""
    found = []
    bold, italic = "bold" in paragraph.looks, "italic" in paragraph.looks
    for one in paragraph.stretches:
        text = one.text.translate(_SAME)
        cut, skip = text[skip:], max(skip - len(text), 0)
        if cut:
            link = one.link if one.link.startswith(("http://", "https://", "mailto:")) else ""
            found.append(Run(cut, one.bold or bold, one.italic or italic, one.code, link))
    return tuple(found)


def _blocks(paragraphs: Sequence[Paragraph]) -> Iterator[Block]:
    usual = _usual_size(paragraphs)
    styled = any(_heading_level(one) for one in paragraphs)
    sizes = sorted({one.size or usual for one in paragraphs if not styled and _looks_like_heading(one)}, reverse=True)
    for table, group in groupby(paragraphs, key=lambda one: -1 if one.cell is None else one.cell[0]):
        inside = list(group)
        if table >= 0 and not _is_layout(inside):
            yield from _rows(table, inside)
            continue
        for one in inside:
            block = _block(one, styled, sizes, usual)
            if block is not None:
                yield block


def _usual_size(paragraphs: Iterable[Paragraph]) -> int:
    sizes: dict[int, int] = {}
    for one in paragraphs:
        sizes[one.size] = sizes.get(one.size, 0) + len(one.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 0


def _heading_level(paragraph: Paragraph) -> int:
    """The level of a heading by its style; 0: it has no such style."""
    named = _HEADING.match(paragraph.style)
    if paragraph.style.lower().startswith("kapitel"):
        return 1 if paragraph.outline == 0 else 0
    if named:
        return int(named[1])
    if 0 <= paragraph.outline < 9:
        return paragraph.outline + 1
    return 0


def _looks_like_heading(paragraph: Paragraph) -> bool:
    text = _text(paragraph).strip()
    runs = [run for run in _runs(paragraph) if run.text.strip()]
    return (
        bool(runs)
        and all(run.bold for run in runs)
        and len(text) <= _LONGEST_HEADING
        and not (ends(text) and not text.endswith((":", "?")))
        and paragraph.level < 0
        and _SIGN.match(paragraph.text) is None
    )


def _block(paragraph: Paragraph, styled: bool, sizes: Sequence[int], usual: int) -> Block | None:
    text = _text(paragraph)
    if not text.strip() or _LEFT_OUT.match(paragraph.style) or _TITLES.fullmatch(paragraph.style):
        return None
    if level := _heading_level(paragraph):
        return Block(sort=Sort.HEADING, runs=_runs(paragraph), level=level)
    if not styled and _looks_like_heading(paragraph):
        size = paragraph.size or usual
        level = sizes.index(size) + 1 if size in sizes else 1
        return Block(sort=Sort.HEADING, runs=tuple(Run(run.text) for run in _runs(paragraph)), level=level)
    sign = _SIGN.match(paragraph.text)
    if paragraph.level >= 0 or (
        _LIST.match(paragraph.style) and not paragraph.style.lower().startswith("list paragraph")
    ):
        marker = "1." if "num" in paragraph.style.lower() or "tal" in paragraph.style.lower() else "•"
        skip = len(sign[0]) if sign and sign[1] else 0
        return Block(sort=Sort.ITEM, runs=_runs(paragraph, skip), level=max(paragraph.level, 0), marker=marker)
    if sign:
        return Block(sort=Sort.ITEM, runs=_runs(paragraph, len(sign[0])), marker=sign[2] or "•")
    return Block(sort=Sort.PARAGRAPH, runs=_runs(paragraph))


def _is_layout(inside: Sequence[Paragraph]) -> bool:
    """Whether a table holds columns of running text: a cell has several paragraphs, of which one is long or an item."""
    cells: dict[tuple[int, int, int], list[Paragraph]] = {}
    for one in inside:
        if one.cell is not None and one.text.strip():
            cells.setdefault(one.cell, []).append(one)
    rows = {cell[1] for cell in cells}
    full = [
        group
        for group in cells.values()
        if len(group) > 2
        and any(len(one.text) > _MOST_OF_TABLE or _SIGN.match(one.text) or one.level >= 0 for one in group)
    ]
    return bool(full) or (len(rows) == 1 and any(len(one.text) > _MOST_OF_TABLE for one in inside))


def _rows(table: int, inside: Sequence[Paragraph]) -> Iterator[Block]:
    """The rows of a table; a cell that goes on with the one above is a part of that."""
    rows: dict[int, dict[int, list[Paragraph]]] = {}
    for one in inside:
        assert one.cell is not None  # those of a table have one
        rows.setdefault(one.cell[1], {}).setdefault(one.cell[2], []).append(one)
    grid: list[list[Cell]] = []
    above: dict[int, tuple[int, int]] = {}  # by column, the row and place of the cell that it is in
    for number in sorted(rows):
        line: list[Cell] = []
        column = 0
        for place in sorted(rows[number]):
            group = rows[number][place]
            columns, goes_on = group[0].spans
            if goes_on and column in above:
                row, at = above[column]
                upper = grid[row][at]
                grid[row][at] = Cell(upper.text, upper.columns, upper.rows + 1, upper.is_head)
            else:
                above[column] = (number - min(rows), len(line))
                line.append(Cell(" ".join(clean(_text(one)) for one in group).strip(), columns))
            column += columns
        grid.append(line)
    for line in grid:
        yield Block(sort=Sort.ROW, cells=tuple(line), table=table)
