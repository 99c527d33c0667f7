"""A Word file to blocks: by its styles, or where it has none by how its paragraphs look.

In a messy file a bold paragraph that stands alone is a heading, a typed sign makes an item, and a table that holds
columns of running text is no table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from docgen.importing.draft import Remark
from docgen.importing.markdown import clean
from docgen.importing.read import Read
from docgen.importing.sentences import ends
from docgen.problems import ContentError, Origin, Problem
from docgen.readers.blocks import Block, Cell, Run, Sort
from docgen.readers.docx.document import Paragraph, WordFile, read_word
from docgen.readers.docx.package import open_package
from docgen.structs import replace

_HEADING = re.compile(r"(?:heading|overskrift|kapitel) ?(\d)", re.IGNORECASE)
_TITLES = re.compile(r"title|titel|forside – titel", re.IGNORECASE)
_LEFT_OUT = re.compile(r"toc|indholdsfortegnelse", re.IGNORECASE)
_CAPTION = re.compile(r"caption|billedtekst|tabeltitel|tabeltekst", re.IGNORECASE)
_LIST = re.compile(r"list|opstilling|punkt", re.IGNORECASE)
_SIGN = re.compile(r"\s*(?:([•·▪‣◦–\-*§\uf0b7o])[\t ]+|(\d{1,2}[.)]|[a-z]\))[\t ]+)(?=\S)")
_LONGEST_HEADING = 110
_MOST_OF_TABLE = 160
"""Signs of a cell that holds running text."""
_CODE = re.compile(r"kodeblok|html preformatted|source code", re.IGNORECASE)
_NO_NOTES: Mapping[str, str] = {}
_SAME = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\N{NON-BREAKING HYPHEN}": "-", "\N{SOFT HYPHEN}": None})


def read_word_blocks(name: str, data: bytes) -> Read:
    """What a Word file holds, with all tracked changes taken. Raises ContentError where it cannot be read."""
    word = read_word(name, data)
    paragraphs = [one for one in word.paragraphs if one.story in ("body", "box")]
    if not any(one.text.strip() for one in paragraphs):
        hint = "er den skannet ind, så kør tekstgenkendelse (OCR) på den først, fx med OCRmyPDF"
        raise ContentError([Problem(Origin(name), "der er ingen tekst at læse i filen", hint)])
    said_in_notes = {
        one.story.partition(" ")[2]: clean(_text(one)) for one in word.paragraphs if one.story.startswith("note")
    }
    media = _media(name, data, [path for one in paragraphs for _, path in one.pictures])
    blocks = list(_blocks(paragraphs, said_in_notes, media))
    titles = [clean(_text(one)) for one in paragraphs if _TITLES.fullmatch(one.style)]
    said = " ".join(_text(one) for one in word.paragraphs)
    return Read(
        blocks=tuple(blocks),
        title=titles[0] if titles else "",
        remarks=tuple(_remarks(word)),
        left_out=word.left_out + tuple(_left_out(word.paragraphs)),
        words=len(said.split()),
        letters=said,
    )


_MOST_PICTURES = 200
_PICTURE = "et billede eller en tegning"


def _media(name: str, data: bytes, paths: Sequence[str]) -> dict[str, bytes]:
    """The bytes of the pictures that paragraphs show."""
    if not paths:
        return {}
    with open_package(name, data) as package:
        wanted = [path for path in dict.fromkeys(paths) if path in package.names][:_MOST_PICTURES]
        return {path: package.data(path) for path in wanted}


def _left_out(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """What is not read of the paragraphs, once each; a picture that is read is not among it."""
    found = [left for one in paragraphs for left in one.left_out if not (left == _PICTURE and one.pictures)]
    yield from dict.fromkeys(found)


def _pictures(paragraph: Paragraph, media: Mapping[str, bytes]) -> Iterator[Block]:
    for said, path in paragraph.pictures:
        yield Block(sort=Sort.PICTURE, runs=(Run(said),), picture=media.get(path, b""))


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


def _runs(paragraph: Paragraph, skip: int = 0, notes: Mapping[str, str] = _NO_NOTES) -> tuple[Run, ...]:
    """The runs of a paragraph without its first signs, with the marks of its notes."""
    found: list[Run] = []
    marks = [(at, id) for at, id in paragraph.notes if id in notes]
    place = 0
    bold, italic = "bold" in paragraph.looks, "italic" in paragraph.looks
    for one in paragraph.stretches:
        link = one.link if one.link.startswith(("http://", "https://", "mailto:")) else ""
        start = 0
        for end in [*(at - place for at, _ in marks if place < at <= place + len(one.text)), len(one.text)]:
            text = one.text[start:end].translate(_SAME)
            cut, skip = text[skip:], max(skip - len(text), 0)
            if cut:
                found.append(Run(cut, one.bold or bold, one.italic or italic, one.code, link))
            found += [Run("", note=id) for at, id in marks if at == place + end and end > start]
            start = end
        place += len(one.text)
    return tuple(found)


def _blocks(paragraphs: Sequence[Paragraph], notes: Mapping[str, str], media: Mapping[str, bytes]) -> Iterator[Block]:
    usual = _usual_size(paragraphs)
    styled = any(_heading_level(one) for one in paragraphs)
    sizes = sorted({one.size or usual for one in paragraphs if not styled and _looks_like_heading(one)}, reverse=True)
    for table, group in groupby(paragraphs, key=lambda one: -1 if one.cell is None else one.cell[0]):
        inside = list(group)
        if table >= 0 and not _is_layout(inside):
            yield from _rows(table, inside)
            for one in inside:
                yield from _pictures(one, media)
            continue
        for one in inside:
            block = _block(one, styled, sizes, usual, notes)
            if block is not None:
                yield block
            yield from _pictures(one, media)


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


def _block(
    paragraph: Paragraph, styled: bool, sizes: Sequence[int], usual: int, notes: Mapping[str, str]
) -> Block | None:
    text = _text(paragraph)
    if not text.strip() or _LEFT_OUT.match(paragraph.style) or _TITLES.fullmatch(paragraph.style):
        return None
    if _CAPTION.match(paragraph.style):
        return Block(sort=Sort.CAPTION, runs=_runs(paragraph))
    if level := _heading_level(paragraph):
        return Block(sort=Sort.HEADING, runs=_runs(paragraph), level=level)
    if not styled and _looks_like_heading(paragraph):
        size = paragraph.size or usual
        level = sizes.index(size) + 1 if size in sizes else 1
        return Block(sort=Sort.HEADING, runs=tuple(Run(run.text) for run in _runs(paragraph)), level=level)
    if _CODE.match(paragraph.style):
        return Block(sort=Sort.CODE, runs=(Run(text),))
    own = tuple((id, notes[id]) for _, id in paragraph.notes if id in notes)
    sign = _SIGN.match(paragraph.text)
    if paragraph.level >= 0 or (
        _LIST.match(paragraph.style) and not paragraph.style.lower().startswith("list paragraph")
    ):
        marker = "1." if "num" in paragraph.style.lower() or "tal" in paragraph.style.lower() else "•"
        skip = len(sign[0]) if sign and sign[1] else 0
        runs = _runs(paragraph, skip, notes)
        return Block(sort=Sort.ITEM, runs=runs, level=max(paragraph.level, 0), marker=marker, notes=own)
    if sign:
        runs = _runs(paragraph, len(sign[0]), notes)
        return Block(sort=Sort.ITEM, runs=runs, marker=sign[2] or "•", notes=own)
    return Block(sort=Sort.PARAGRAPH, runs=_runs(paragraph, 0, notes), notes=own)


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
                grid[row][at] = replace(upper, rows=upper.rows + 1)
            else:
                above[column] = (number - min(rows), len(line))
                runs = tuple(run for at, one in enumerate(group) for run in (*([Run("\n")] if at else []), *_runs(one)))
                line.append(Cell(" ".join(clean(_text(one)) for one in group).strip(), columns, runs=runs))
            column += columns
        grid.append(line)
    for line in grid:
        yield Block(sort=Sort.ROW, cells=tuple(line), table=table)
