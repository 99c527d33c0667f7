"""Rows of tables put in and taken out in Word, as lines of a Markdown table, and paragraphs that are new items of a
list in YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, islice

from docgen.content.yaml_style import Value
from docgen.pull.owners import Owned
from docgen.pull.splicing import SourceMap, escaped
from docgen.pull.words import Hunk
from docgen.readers.docx.document import Paragraph
from docgen.structs import Struct
from docgen.writers.docx.carriers import Line

_RULE = re.compile(r"\n[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*(?=\n|\Z)")


class ItemAddition(Struct, frozen=True):
    """An item that is new in a list in YAML: the path of the one that it comes after, what it says, the key of the line
    that its own lines come after, and what these say."""

    file: str
    after: tuple[str, ...]
    value: Value
    key: str
    texts: tuple[str, ...]


class NewRow(Struct, frozen=True):
    """A row that is new in a Word file: the texts of its cells, the numbers of its paragraphs, the cells of the row
    before it that were sent, and by column all cells of the table that were."""

    texts: tuple[str, ...]
    numbers: tuple[int, ...]
    neighbours: tuple[Owned, ...]
    columns: tuple[tuple[Owned, ...], ...]


def new_rows(inserted: Sequence[int], paragraphs: Sequence[Paragraph], owned: Mapping[int, Owned]) -> Iterator[NewRow]:
    """The rows of which nothing was sent, each after one that was, or after another new one."""
    cells: dict[tuple[int, int], dict[int, list[int]]] = {}
    for number, paragraph in enumerate(paragraphs):
        if paragraph.cell is not None and paragraph.story == "body":
            table, row, column = paragraph.cell
            cells.setdefault((table, row), {}).setdefault(column, []).append(number)
    rows = {paragraphs[number].cell[:2] for number in inserted if paragraphs[number].cell is not None}  # type: ignore[index]
    for table, row in sorted(rows):
        own = cells[table, row]
        numbers = [number for some in own.values() for number in some]
        if any(number in owned for number in numbers):
            continue
        before = row - 1
        while (table, before) in rows:
            before -= 1
        neighbours = [owned[some[0]] for some in cells.get((table, before), {}).values() if some[0] in owned]
        texts = [" ".join(paragraphs[n].text.strip() for n in own[column]).strip() for column in sorted(own)]
        if len(neighbours) == len(texts):
            columns = [_column(cells, owned, table, column) for column in sorted(own)]
            yield NewRow(tuple(texts), tuple(numbers), tuple(neighbours), tuple(columns))


def _column(
    cells: Mapping[tuple[int, int], Mapping[int, list[int]]], owned: Mapping[int, Owned], table: int, column: int
) -> tuple[Owned, ...]:
    rows = [own.get(column, []) for (one, _), own in sorted(cells.items()) if one == table]
    return tuple(owned[number] for numbers in rows for number in numbers if number in owned)


def row_added(value: str, shown: SourceMap, numbers: Sequence[int], texts: Sequence[str]) -> Hunk | None:
    """A row of a Markdown table after the one whose cells have some numbers; None where that is not found."""
    extents = [extent for number in numbers if (extent := shown.extent(number)) is not None]
    ends = {_line_end(value, end) for _, end in extents}
    if len(ends) != 1:
        return None
    (end,) = ends
    if not value[value.rfind("\n", 0, end) + 1 : end].lstrip().startswith("|"):
        return None
    if rule := _RULE.match(value, end):
        end = rule.end()
    row = " | ".join(escaped(text, begins=False) for text in texts)
    return Hunk(end, end, f"\n| {row} |")


def rows_removed(
    value: str, shown: SourceMap, lines: Sequence[Line], gone: set[str]
) -> Iterator[tuple[Hunk, set[str]]]:
    """The rows of Markdown tables in a text of which every cell with words is gone, each with the keys of its cells."""
    rows: dict[int, list[int]] = {}
    for number, line in enumerate(lines):
        if line.entry.kind == "cell" and (extent := shown.extent(number)) is not None:
            rows.setdefault(value.rfind("\n", 0, extent[0]) + 1, []).append(number)
    for start, numbers in rows.items():
        keys = {lines[number].key for number in numbers}
        if keys <= gone and value[start:].lstrip().startswith("|"):
            own = range(numbers[0], numbers[-1] + 1)
            end = _line_end(value, start)
            yield Hunk(max(start - 1, 0), end, ""), {lines[number].key for number in own}


def new_item(owned: Owned, paragraph: Paragraph, lines: Sequence[Line], id: str) -> ItemAddition | None:
    """A paragraph as an item of the list in YAML that the one before it is an item of: with the same fields, where
    these are shown in that one line; None where there is no such list."""
    shown = [part for part in owned.line.entry.spans if part.file.startswith("content/") and not part.computed]
    paths = {(part.file, part.path) for part in shown if part.path}
    found = {(file, _item(path)) for file, path in paths}
    if len(found) != 1:
        return None
    ((file, item),) = found
    own = [line for line in lines if any(p.file == file and p.path[: len(item)] == item for p in line.entry.spans)]
    if not item or own != [owned.line]:
        return None
    fields = [path[len(item) :] for _, path in sorted(paths, key=lambda one: _begin(owned.line, one))]
    text = paragraph.text.strip()
    value: Value
    if fields == [()]:
        value = escaped(text, begins=True)
    elif len(fields) == 1 and len(fields[0]) == 1:
        value = {"id": id, fields[0][0]: escaped(text, begins=True)}
    elif len(fields) == 2 and all(len(one) == 1 for one in fields):
        bold = "".join(one.text for one in paragraph.stretches if one.bold)
        if not bold.strip() or not text.startswith(bold.strip()):
            return None
        rest = text[len(bold.strip()) :].strip()
        value = {"id": id, fields[0][0]: escaped(bold.strip(), begins=True)}
        value |= {fields[1][0]: escaped(rest, begins=True)} if rest else {}
    else:
        return None
    return ItemAddition(file, item, value, owned.line.key, (text,))


def list_row(row: NewRow, lines: Sequence[Line], id: str) -> ItemAddition | None:
    """A new row as an item of the list in YAML that the row before it shows an item of; None where it shows none, and
    with an empty value where its cells are more than the fields of one."""
    found = {place for one in row.neighbours for place in items_in(one.line)}
    if len(found) != 1:
        return None
    ((file, item),) = found
    own = [line for line in lines if any(p.file == file and p.path[: len(item)] == item for p in line.entry.spans)]
    fields = [_field_of(column, file, item[:-1]) for column in row.columns]
    cells = [one.line for one in row.neighbours]
    value: dict[str, Value] = {}
    if all(line in cells for line in own) and None not in fields and len(set(fields)) == len(fields):
        value = {"id": id} if item[-1].startswith("@") else {}
        for field, text, above in zip(fields, row.texts, cells, strict=True):
            is_empty = not text or (text == above.text and not items_in(above))  # what stands where a field is not
            value |= {} if is_empty else {field or "": escaped(text, begins=True)}
    return ItemAddition(file, item, value, row.neighbours[-1].line.key, tuple(row.texts))


def items_in(line: Line) -> set[tuple[str, tuple[str, ...]]]:
    """The items of lists that a line shows something of."""
    parts = [part for part in line.entry.spans if part.file.startswith("content/")]
    return {(part.file, _item(part.path)) for part in parts if _item(part.path)}


def _field_of(column: Sequence[Owned], file: str, path: tuple[str, ...]) -> str | None:
    """The field of the items of a list that a column shows, each as it is; None where it shows no one field so."""
    names = set()
    for one in column:
        for part in one.line.entry.spans:
            if part.file == file and part.path[: len(path)] == path and len(part.path) > len(path):
                is_plain = part.whole and not part.computed and len(part.path) == len(path) + 2
                names.add(part.path[-1] if is_plain else None)
    return names.pop() if len(names) == 1 else None


def new_id(lines: Sequence[Line], given: int) -> str:
    """An id that no item of the document has, when so many have been given out already: `ny-1`."""
    known = {step for line in lines for part in line.entry.spans for step in part.path}
    free = (name for name in map("ny-{}".format, count(1)) if f"@{name}" not in known)
    return next(islice(free, given, None))


def _item(path: tuple[str, ...]) -> tuple[str, ...]:
    """The item of a list that a path is in, the innermost."""
    steps = [at for at, step in enumerate(path, 1) if step.startswith("@") or step.isdigit()]
    return path[: steps[-1]] if steps else ()


def _begin(line: Line, place: tuple[str, tuple[str, ...]]) -> int:
    return min(part.start for part in line.entry.spans if (part.file, part.path) == place)


def _line_end(value: str, at: int) -> int:
    end = value.find("\n", at)
    return end if end >= 0 else len(value)
