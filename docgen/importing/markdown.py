"""Words of a file as Markdown in the lines of a YAML file, so that they say just what they said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from docgen.pull.splicing import escaped
from docgen.readers.blocks import Block, Cell, Run, Sort

_WIDTH = 110
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
        if last and (last.bold, last.italic, last.code, last.link) == (run.bold, run.italic, run.code, run.link):
            merged[-1] = Run(last.text + run.text, run.bold, run.italic, run.code, run.link)
        elif run.text:
            merged.append(run)
    written = ""
    for run in merged:
        written += _run(run, begins=begins and not written.strip())
    return _BLANKS.sub(" ", written).strip()


def _run(run: Run, *, begins: bool) -> str:
    inside = run.text.strip()
    if not inside:
        return run.text
    before, after = run.text[: len(run.text) - len(run.text.lstrip())], run.text[len(run.text.rstrip()) :]
    if run.code and "`" not in inside:
        shown = f"`{inside}`"
    else:
        plain = not (run.bold or run.italic or run.link)
        shown = escaped(clean(inside), begins=begins and plain)
        if run.link and not re.search(r"[\s<>()]", run.link):
            shown = f"[{shown}]({run.link})"
        if run.italic:
            shown = f"*{shown}*"
        if run.bold:
            shown = f"**{shown}**"
    return f"{before}{shown}{after}"


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
    highest = min((block.level for block in blocks if block.sort is Sort.HEADING), default=1)
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
        written = _block(block, top - highest)
        if written:
            tight = before is not None and before.sort is Sort.ITEM and block.sort is Sort.ITEM
            if tight and parts:
                parts[-1] += f"\n{written}"
            else:
                parts.append(written)
            before = block
        at += 1
    return "\n\n".join(parts)


def _block(block: Block, shift: int) -> str:
    if block.sort is Sort.HEADING:
        return f"{'#' * min(max(block.level + shift, 1), 4)} {inline(block.runs, begins=False)}"
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
    return escaped(clean(cell.text), begins=False).replace("|", "\\|").replace("\\\\|", "\\|")
