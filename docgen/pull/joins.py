"""Paragraphs that are one in Word: those of a text are one of it, and two items of a list in YAML are one item."""

from __future__ import annotations

from itertools import pairwise

from docgen.pull.draft import Place
from docgen.pull.found import Outcome
from docgen.pull.rows import items_in
from docgen.pull.table_rows import TableRows
from docgen.pull.words import Hunk, normal
from docgen.writers.docx.carriers import Line


class Joins(TableRows):
    """Takes paragraphs that were joined."""

    def join(self, number: int, lines: list[Line]) -> None:
        """Takes lines that are one paragraph by now, whose number is given."""
        text = self._paragraphs[number].text
        before = "\n".join(line.text for line in lines)
        blocks = [self._blocks.get(line.key) for line in lines]
        places = {block.place for block in blocks if block is not None}
        is_whole = bare(text) == bare("".join(line.text for line in lines))
        if is_whole and len(places) > 1 and self._join_items(number, lines):
            return
        if None in blocks or len(places) != 1 or not is_whole:
            note = "afsnit fra flere felter er lagt sammen i Word, eller ordene er også rettet; ret det selv"
            self.tell(Outcome.HOMELESS, before, text, note, number, home_of(lines[0]))
            return
        block = blocks[0]
        assert block is not None
        shown, splices = self.map(block), []
        for one, two in pairwise(blocks):
            assert one is not None
            assert two is not None
            first, second = shown.extent(one.number), shown.extent(two.number)
            if first is not None and second is not None and two.number == one.number + 1:
                room = " " if normal(text) != _without_room(lines) else ""
                splices.append(Hunk(first[1], second[0], room))
        if len(splices) == len(lines) - 1:
            gone = {line.key for line in lines[1:]}
            self.take(block.place, splices, before, text, number, expected={lines[0].key: text}, gone=gone)
        else:
            note = "stedet i teksten kan ikke findes sikkert; læg afsnittene sammen selv"
            self.tell(Outcome.UNPROVED, before, text, note, number, home_of(lines[0]))

    def _join_items(self, number: int, lines: list[Line]) -> bool:
        """Takes two items of a list in YAML, each of one text, as the first with the words of both; whether it can."""
        items = [item for line in lines for item in items_in(line)]
        if len(items) != len(lines) or len(lines) != 2 or items[0][0] != items[1][0]:
            return False
        (file, first), (_, second) = items
        paths = [self._fields(file, first), self._fields(file, second)]
        if first[:-1] != second[:-1] or [len(one) for one in paths] != [1, 1]:
            return False
        (one,), (two,) = paths
        values = self._drafting.values
        if one[len(first) :] != two[len(second) :] or not {(file, one), (file, two)} <= values.keys():
            return False
        value, text = values[file, one], self._paragraphs[number].text
        room = " " if normal(text) != _without_room(lines) else ""
        splice = Hunk(len(value.rstrip()), len(value), room + values[file, two].strip())
        self.take(
            (file, one),
            [splice],
            "\n".join(line.text for line in lines),
            text,
            number,
            expected={lines[0].key: text},
            gone={lines[1].key},
            swallowed=second,
        )
        return True

    def _fields(self, file: str, item: tuple[str, ...]) -> set[tuple[str, ...]]:
        """The paths to what is shown of an item of a list."""
        parts = [part for line in self._drafting.lines for part in line.entry.spans if part.file == file]
        return {part.path for part in parts if part.path[: len(item)] == item}


def home_of(line: Line) -> Place:
    """Where a line is from."""
    return line.entry.file, line.entry.path


def bare(text: str) -> str:
    """A text as it is compared, without any room."""
    return "".join(normal(text).split())


def _without_room(lines: list[Line]) -> str:
    return "".join(normal(line.text) for line in lines)
