"""Words of a file as Markdown in the lines of a YAML file, so that they say just what they said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from docgen.importing.pictures import description
from docgen.pull.splicing import escaped
from docgen.readers.blocks import Block, Cell, Run, Sort
from docgen.structs import replace

_WIDTH = 110
_BAR = re.compile(r"(?<!\\)\|")
_BLANKS = re.compile(r"\s+")
_AS_MARKUP = re.compile(r"(?:[-+*#>|=~`]|\d+[.)]|:::|\[)")


def clean(text: str) -> str:
    """Words with one blank between them."""
    return _BLANKS.sub(" ", text.replace("\N{SOFT HYPHEN}", "")).strip()


def inline(runs: Iterable[Run], *, begins: bool = True) -> str:
    """Runs as Markdown in one line."""
    merged: list[Run] = []
    for run in runs:
        last = merged[-1] if merged else None
        same = last is not None and not last.note and not run.note
        if (
            last
            and same
            and (last.bold, last.italic, last.code, last.link) == (run.bold, run.italic, run.code, run.link)
        ):
            merged[-1] = Run(last.text + run.text, run.bold, run.italic, run.code, run.link)
        elif run.text or run.note:
            merged.append(run)
    written = ""
    for run in merged:
        written += _run(run, begins=begins and not written.strip())
    return _BLANKS.sub(" ", written).strip()


def _run(run: Run, *, begins: bool) -> str:
    if run.note:
        return f"[^{run.note}]"
    inside = run.text.strip()
    if not inside:
        return run.text
    before, after = run.text[: len(run.text) - len(run.text.lstrip())], run.text[len(run.text.rstrip()) :]
    if run.code and "`" not in inside:
        shown = f"`{inside}`"
    else:
        plain = not (run.bold or run.italic or run.link)
        shown = escaped(clean(inside), begins=begins and plain).replace("==", "\\=\\=")
        if run.link and not re.search(r"[\s<>()]", run.link):
            shown = f"[{shown}]({run.link})"
        if run.italic:
            shown = f"*{shown}*"
        if run.bold:
            shown = f"**{shown}**"
    return f"{before}{shown}{after}"


def without_start(runs: Iterable[Run], count: int) -> tuple[Run, ...]:
    """Runs without their first signs."""
    found = []
    for run in runs:
        if len(run.text) > count or run.note:
            found.append(replace(run, text=run.text[count:]))
        count = max(count - len(run.text), 0)
    return tuple(found)


def wrapped(text: str, indent: str = "") -> str:
    """A paragraph in lines, none of which begins as something else would."""
    lines: list[str] = []
    for word in text.split(" "):
        fits = lines and len(lines[-1]) + 1 + len(word) <= _WIDTH
        if lines and (fits or _AS_MARKUP.match(word)):
            lines[-1] += f" {word}"
        else:
            lines.append(indent + word)
    return "\n".join(lines).removeprefix(indent)


def body(blocks: Sequence[Block], *, top: int = 1) -> str:
    """Blocks as a Markdown text; the highest of its headings has level `top`."""
    blocks = _levelled(_captions_first(blocks), top)
    parts: list[str] = []
    before: Block | None = None
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if block.sort is Sort.ROW:
            rows = [one for one in blocks[at:] if one.sort is Sort.ROW and one.table == block.table]
            count = next((n for n, one in enumerate(blocks[at:]) if one not in rows), len(blocks) - at)
            parts.append(table(rows[:count]))
            before, at = block, at + max(count, 1)
            continue
        followed = at + 1 < len(blocks) and blocks[at + 1].sort in (Sort.ROW, Sort.PICTURE)
        written = _caption(block, blocks[at + 1].sort) if _is_caption(block, followed) else _block(block)
        if written:
            tight = before is not None and before.sort is Sort.ITEM and block.sort is Sort.ITEM
            if tight and parts:
                parts[-1] += f"\n{written}"
            else:
                parts.append(written)
            before = block
        at += 1
    return "\n\n".join([*parts, *_notes(blocks)])


def _levelled(blocks: Sequence[Block], top: int) -> list[Block]:
    """Blocks whose highest headings have level `top`, and none of which skips a level."""
    highest = min((block.level for block in blocks if block.sort is Sort.HEADING), default=1)
    found: list[Block] = []
    last = top - 1
    for block in blocks:
        if block.sort is Sort.HEADING:
            last = min(max(block.level - highest + top, top), last + 1, 4)
            found.append(replace(block, level=last))
        else:
            found.append(block)
    return found


def _plain(block: Block) -> tuple[Run, ...]:
    """The runs of a heading or a caption, which is bold by itself."""
    return tuple(replace(run, bold=False) for run in block.runs) if block.is_bold else block.runs


def _captions_first(blocks: Sequence[Block]) -> list[Block]:
    """Blocks with the caption of a picture before it, where an author of Markdown writes it."""
    found: list[Block] = []
    for at, block in enumerate(blocks):
        is_last = at + 1 == len(blocks) or blocks[at + 1].sort is not Sort.ROW
        if block.sort is Sort.CAPTION and is_last and found and found[-1].sort is Sort.PICTURE:
            found.insert(-1, block)
        else:
            found.append(block)
    return found


_NUMBERED = re.compile(r"^(?:tabel|figur)\W{0,2}\s*\d*[\s.:–-]*", re.IGNORECASE)


def _is_caption(block: Block, followed: bool) -> bool:
    return block.sort is Sort.CAPTION and followed and bool(_NUMBERED.sub("", clean(block.text)))


def _caption(block: Block, of: Sort) -> str:
    """A caption without its number, which docgen gives it."""
    return wrapped(f"{'Tabel' if of is Sort.ROW else 'Figur'}: {_NUMBERED.sub('', inline(_plain(block)))}")


def with_notes(block: Block) -> str:
    """A block's words, with the notes that it has marks of."""
    return "\n\n".join([inline(block.runs), *_notes([block])])


def _notes(blocks: Sequence[Block]) -> list[str]:
    """The notes that some blocks have marks of."""
    found = {mark: text for block in blocks for mark, text in block.notes}
    return [wrapped(f"[^{mark}]: {escaped(clean(text), begins=False)}", "    ") for mark, text in found.items()]


def _block(block: Block) -> str:
    if block.sort is Sort.PICTURE:
        return f"![{description(block)}]({block.marker})" if block.marker else ""
    if block.sort is Sort.CODE:
        return "\n".join(f"    {line}".rstrip() for line in block.text.strip("\n").split("\n"))
    if block.sort is Sort.HEADING:
        return f"{'#' * block.level} {inline(_plain(block), begins=False)}"
    written = inline(block.runs)
    if not written:
        return ""
    if block.sort is Sort.ITEM:
        number = re.match(r"(\d+)[.)]", block.marker)
        marker = f"{number[1]}. " if number else "- "
        indent = " " * (2 * block.level)
        return f"{indent}{marker}" + wrapped(written, indent + " " * len(marker))
    return wrapped(written)


def table(rows: Sequence[Block]) -> str:
    """Rows as a Markdown table. A cell that takes several columns or rows stands in the first, the others are empty."""
    grid: list[list[str]] = []
    taken: dict[tuple[int, int], str] = {}
    for number, row in enumerate(rows):
        line: list[str] = []
        for cell in row.cells:
            while (number, len(line)) in taken:
                line.append(taken[number, len(line)])
            taken |= {
                (number + down, len(line) + across): ""
                for down in range(1, max(cell.rows, 1))
                for across in range(max(cell.columns, 1))
            }
            line += [_cell(cell), *[""] * (max(cell.columns, 1) - 1)]
        while (number, len(line)) in taken:
            line.append("")
        grid.append(line)
    width = max((len(line) for line in grid), default=0)
    if not width:
        return ""
    lines = [f"| {' | '.join(line + [''] * (width - len(line)))} |" for line in grid]
    return "\n".join([lines[0], f"|{'---|' * width}", *lines[1:]])


def _cell(cell: Cell) -> str:
    lines = [inline(line, begins=False) for line in _lines(cell.runs or (Run(cell.text),))]
    return _BAR.sub(r"\\|", "<br>".join(line for line in lines if line))


def line(text: str) -> str:
    """Words as a field of one line has them: none of their signs is markup."""
    return escaped(clean(text), begins=True)


def in_lines(block: Block, goes_on: Callable[[str, str], bool] = lambda before, line: False) -> list[Block]:
    """A paragraph with broken lines as a paragraph for each, but for those that go on with the line before."""
    if block.sort is not Sort.PARAGRAPH or "\n" not in block.text.strip():
        return [block]
    lines = [line for line in _lines(block.runs) if any(run.text.strip() or run.note for run in line)]
    groups: list[list[Run]] = []
    for number, line in enumerate(lines):
        if number and goes_on(_said(lines[number - 1]), _said(line)):
            groups[-1] += [Run(" "), *line]
        else:
            groups.append(list(line))
    return [replace(block, runs=tuple(group)) for group in groups]


def _said(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)


def _lines(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs, parted where a line was broken."""
    found: list[list[Run]] = [[]]
    for run in runs:
        first, *others = run.text.split("\n")
        found[-1].append(replace(run, text=first))
        found += [[replace(run, text=text)] for text in others]
    return found
