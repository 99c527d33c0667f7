"""Rows of tables more or less: in a text they are lines of it, and where the template makes a table of a list they are
items of that list in YAML."""

from __future__ import annotations

from docgen.pull.draft import Drafting
from docgen.pull.found import Outcome
from docgen.pull.moves import Reordering
from docgen.pull.owners import Owners
from docgen.pull.rows import ItemAddition, NewRow, list_row, new_id, new_rows, row_added, rows_removed
from docgen.pull.takings import ASKED
from docgen.writers.docx.carriers import Line


class TableRows(Reordering):
    """Takes rows that are new or gone."""

    def __init__(self, drafting: Drafting, owners: Owners, *, wanted: bool) -> None:
        super().__init__(drafting, owners, wanted=wanted)
        self.additions: list[ItemAddition] = []

    def insert_rows(self) -> set[int]:
        """Takes the rows that are new in tables; the numbers of their paragraphs."""
        taken: set[int] = set()
        for row in new_rows(self._owners.inserted, self._paragraphs, self._owned):
            blocks = [self._blocks.get(one.line.key) for one in row.neighbours]
            known = [block for block in blocks if block is not None]
            if len(known) != len(blocks) or len({block.place for block in known}) != 1:
                taken |= set(row.numbers) if self._insert_item_row(row) else set()
                continue
            place, value = known[0].place, self._drafting.values[known[0].place]
            splice = row_added(value, self.map(known[0]), [block.number for block in known], row.texts)
            if splice is not None:
                taken |= set(row.numbers)
                key = row.neighbours[-1].line.key
                self.take(place, [splice], "", " | ".join(row.texts), row.numbers[0], added={key: list(row.texts)})
        return taken

    def _insert_item_row(self, row: NewRow) -> bool:
        """Takes a new row as an item of the list in YAML that the row before it is an item of; whether it is one."""
        lines = self._drafting.lines
        found = list_row(row, lines, new_id(lines, len(self.additions)))
        if found is None:
            return False
        text = " | ".join(row.texts)
        place = (found.file, found.after)
        if not found.value:
            note = (
                "en ny række er her et nyt punkt, og docgen laver selv noget af det, der står i den; skriv punktet selv"
            )
            self.tell(Outcome.HOMELESS, "", text, note, row.numbers[0], place)
        elif self._wanted:
            self.additions.append(found)
        else:
            self.tell(Outcome.STRUCTURE, "", text, ASKED, row.numbers[0], place)
        return True

    def delete_rows(self, deleted: list[Line]) -> list[Line]:
        """Takes out the rows of Markdown tables of which nothing is left; the lines that are in none."""
        keys = {line.key for line in deleted}
        cells = [block for line in deleted if line.entry.kind == "cell" and (block := self._blocks.get(line.key))]
        for block in {block.place: block for block in cells}.values():
            lines = [line for line, _ in block.display]
            for splice, gone in rows_removed(self._drafting.values[block.place], self.map(block), lines, keys):
                before = " | ".join(line.text for line in lines if line.key in gone)
                self.take(block.place, [splice], before, "", -1, gone=gone)
                keys -= gone
        return [line for line in deleted if line.key in keys]
