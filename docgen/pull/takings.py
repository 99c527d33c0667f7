"""The texts of several paragraphs in a draft, and what a paragraph more or less makes of them."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.pull.draft import Drafting, Place, ValueEdit, displays, source_map, who
from docgen.pull.found import Change, Outcome
from docgen.pull.markdown_blocks import is_item
from docgen.pull.owners import Owned, Owners
from docgen.pull.splicing import SourceMap, spliced
from docgen.pull.words import Hunk
from docgen.structs import Struct, replace
from docgen.tree.shown import Part
from docgen.writers.docx.carriers import Line

ASKED = "skriv --structural for at hente afsnit, der er kommet til, slettet, flyttet, delt eller lagt sammen"
MOVED = "flyttet"


class Block(Struct, frozen=True):
    """A line that is a paragraph of a text of several: the text's place, its lines, and which of them it is."""

    place: Place
    display: list[tuple[Line, Part]]
    number: int


class Takings:
    """Puts into a draft what a paragraph more or less makes of a text. `wanted` = it is to be written."""

    def __init__(self, drafting: Drafting, owners: Owners, *, wanted: bool) -> None:
        self._drafting, self._owners, self._wanted = drafting, owners, wanted
        self._draft, self._paragraphs = drafting.result, drafting.paragraphs
        self._owned = {one.paragraph: one for one in owners.owned}
        self._blocks = dict(_find_blocks(drafting))

    def take(
        self,
        place: Place,
        splices: list[Hunk],
        before: str,
        after: str,
        number: int,
        *,
        expected: dict[str, str] | None = None,
        added: dict[str, list[str]] | None = None,
        gone: set[str] | None = None,
        orders: list[tuple[str, ...]] | None = None,
        swallowed: tuple[str, ...] = (),
        note: str = "",
    ) -> None:
        """Takes some splices of a text into the draft, told as one change by who wrote the paragraph with a number (-1:
        nobody knows); what is named beside is as in a `ValueEdit`. Not wanted, it is told alone."""
        by, date = who(self._paragraphs[number]) if number >= 0 else ("", "")
        file, path = place
        change = Change(
            outcome=Outcome.STRUCTURE, before=before, after=after, file=file, path=path, by=by, date=date, note=note
        )
        if not self._wanted:
            self._draft.reports.append(replace(change, note="; ".join(filter(None, (note, ASKED)))))
            return
        edit = next((one for one in self._draft.edits if one.place == place), None)
        value = self._drafting.values[place]
        if edit is None:
            edit = ValueEdit(place=place, base=value, theirs=value)
            self._draft.edits.append(edit)
        theirs = spliced(value, [*edit.splices, *splices]) if edit.splices or not edit.touches else None
        if theirs is None:
            note = "flere rettelser mødes her; ret det selv i filen"
            self._draft.reports.append(replace(change, outcome=Outcome.UNPROVED, note=note))
            return
        edit.splices += splices
        edit.theirs, edit.structural = theirs, True
        edit.paragraphs.append(change)
        edit.expected |= expected or {}
        for key, texts in (added or {}).items():
            edit.added.setdefault(key, []).extend(texts)
        edit.gone |= gone or set()
        edit.orders += orders or []
        edit.swallowed += [swallowed] if swallowed else []

    def tell(
        self, outcome: Outcome, before: str, after: str, note: str, number: int = -1, place: Place = ("", ())
    ) -> None:
        """Notes what is not written; `number` is that of the paragraph, if there is one."""
        by, date = who(self._paragraphs[number]) if number >= 0 else ("", "")
        file, path = place
        change = Change(outcome=outcome, before=before, after=after, file=file, path=path, by=by, date=date, note=note)
        self._draft.reports.append(change)

    def is_yaml_item(self, line: Line) -> bool:
        """Whether a line is the item of a list in YAML, and not of one in a text."""
        block = self._blocks.get(line.key)
        extent = self.map(block).extent(block.number) if block is not None else None
        if line.entry.kind != "item" or block is None or extent is None:
            return False
        return not is_item(self._drafting.values[block.place], extent[0])

    def map(self, block: Block) -> SourceMap:
        """Where the words of a text stand that a line is a paragraph of."""
        return source_map(self._drafting.values[block.place], block.display)

    def _texts(self) -> dict[Place, list[Block]]:
        """By place of a text of several paragraphs each time that it is shown."""
        found: dict[Place, list[Block]] = {}
        for block in self._blocks.values():
            if block.number == 0 and len(block.display) > 1:
                found.setdefault(block.place, []).append(block)
        return found

    def neighbour(self, number: int, step: int) -> Owned | None:
        """The nearest paragraph before or after one that was sent, with only new ones between."""
        number += step
        while number in self._owners.inserted:
            number += step
        return self._owned.get(number)


def _is_own(line: Line, part: Part, place: Place) -> bool:
    return part.whole and not part.computed and (line.entry.file, line.entry.path) == place


def _find_blocks(drafting: Drafting) -> Iterator[tuple[str, Block]]:
    """By key of a line that is a paragraph of a text of its own, which of them it is."""
    places = {(line.entry.file, line.entry.path) for line in drafting.lines if line.entry.path}
    for place in sorted(places):
        if place in drafting.values:
            for display in displays(drafting.lines, place):
                if all(_is_own(line, part, place) for line, part in display):
                    for number, (line, _) in enumerate(display):
                        yield line.key, Block(place, display, number)
