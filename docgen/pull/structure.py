"""Paragraphs more or less: inserted, deleted, moved, split and joined in Word, as they are in the YAML.

Inside a text of several paragraphs each of these is a change of that text. An item whose every line is gone is taken
out. What else there may be has no place that docgen could be sure of, and is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.pull.draft import Drafting, Place
from docgen.pull.found import Outcome
from docgen.pull.joins import Joins, bare, home_of
from docgen.pull.markdown_blocks import inserted, parted, removed
from docgen.pull.owners import Owned, Owners
from docgen.pull.rows import new_id, new_item
from docgen.pull.takings import ASKED, Block
from docgen.pull.words import Hunk, tokens
from docgen.structs import Struct
from docgen.writers.docx.carriers import Line


class ItemRemoval(Struct, frozen=True):
    """An item of a list in YAML that is to go, with the lines that it had, and what these said."""

    file: str
    path: tuple[str, ...]
    keys: frozenset[str]
    text: str


class Structure(Joins):
    """Adds to a draft what became of whole paragraphs. `wanted` = it is to be written."""

    def __init__(self, drafting: Drafting, owners: Owners, *, wanted: bool) -> None:
        super().__init__(drafting, owners, wanted=wanted)
        self.removals: list[ItemRemoval] = []

    def add(self) -> None:
        """All of it, in the order of the file."""
        self.move()
        self._delete()
        for number, first in sorted(self._owners.split.items()):
            self._split(number, first)
        for number, lines in sorted(self._owners.joined.items()):
            self.join(number, lines)
        in_rows = self.insert_rows()
        for number in sorted(set(self._owners.inserted) - in_rows):
            self._insert(number)

    # -- what became of a paragraph --

    def _insert(self, number: int) -> None:
        paragraph = self._paragraphs[number]
        text = paragraph.text.strip()
        after = self.neighbour(number, -1)
        before = self.neighbour(number, 1)
        is_heading = paragraph.style.lower().startswith(("heading", "kapitel", "title"))
        if after is not None and self.is_yaml_item(after.line) and self._insert_item(number, after):
            return
        for owned, at_end in ((after, True), (before, False)):
            block = self._blocks.get(owned.line.key) if owned is not None else None
            fits = block is not None and owned is not None and self._paragraphs[owned.paragraph].cell == paragraph.cell
            if not fits or is_heading or owned is None or block is None:
                continue
            if owned.line.entry.kind not in ("paragraph", "item"):
                continue
            shown = self.map(block)
            if (extent := shown.extent(block.number)) is None:
                continue
            value = self._drafting.values[block.place]
            splice = inserted(value, extent, text, owned.line.entry.kind == "item", at_end=at_end)
            key = owned.line.key if at_end else f"<{owned.line.key}"
            self.take(block.place, [splice], "", text, number, added={key: [text]})
            return
        if after is not None and not is_heading and self._insert_item(number, after):
            return
        note = "et nyt afsnit her har ikke noget felt i YAML; skriv det selv, hvor det hører til"
        self.tell(Outcome.HOMELESS, "", text, note, number)

    def _insert_item(self, number: int, after: Owned) -> bool:
        """Takes a new paragraph as an item of a list in YAML; whether it is one."""
        lines = self._drafting.lines
        item = new_item(after, self._paragraphs[number], lines, new_id(lines, len(self.additions)))
        if item is None or self._paragraphs[after.paragraph].cell != self._paragraphs[number].cell:
            return False
        if self._wanted:
            self.additions.append(item)
        else:
            text = self._paragraphs[number].text.strip()
            self.tell(Outcome.STRUCTURE, "", text, ASKED, number, (item.file, item.after))
        return True

    def _delete(self) -> None:
        left = list(self._owners.deleted)
        for removal in _removable(self._drafting.lines, left):
            left = [line for line in left if line.key not in removal.keys]
            if self._wanted:
                self.removals.append(removal)
            else:
                self.tell(Outcome.STRUCTURE, removal.text, "", ASKED, place=(removal.file, removal.path))
        left = self.delete_rows(left)
        by_place: dict[Place, list[Block]] = {}
        for line in left:
            block = self._blocks.get(line.key)
            if block is None or line.entry.kind not in ("paragraph", "item"):
                note = "slettet i Word; feltet kan ikke undværes, eller ordene står i skabelonen"
                self.tell(Outcome.HOMELESS, line.text, "", note, place=home_of(line))
            else:
                by_place.setdefault(block.place, []).append(block)
        for place, blocks in by_place.items():
            if len(blocks) == len(blocks[0].display):
                text = "\n".join(block.display[block.number][0].text for block in blocks)
                note = "hele feltets tekst er slettet i Word; slet feltet selv, hvis det skal væk"
                self.tell(Outcome.HOMELESS, text, "", note, place=place)
                continue
            for block in blocks:
                self._delete_block(block)

    def _delete_block(self, block: Block) -> None:
        line = block.display[block.number][0]
        extent = self.map(block).extent(block.number)
        value = self._drafting.values[block.place]
        if extent is None:
            note = "stedet i teksten kan ikke findes sikkert; slet det selv"
            self.tell(Outcome.UNPROVED, line.text, "", note, place=block.place)
            return
        self.take(block.place, [removed(value, extent, line.entry.kind == "item")], line.text, "", -1, gone={line.key})

    def _split(self, number: int, first: int) -> None:
        owned = self._owned.get(first)
        rest = [other for other, before in sorted(self._owners.split.items()) if before == first]
        if owned is None or number != rest[0]:
            return
        texts = [self._paragraphs[one].text.strip() for one in (first, *rest)]
        block = self._blocks.get(owned.line.key)
        whole = bare("".join(texts)) == bare(owned.line.text)
        if block is None or not whole or owned.line.entry.kind not in ("paragraph", "item"):
            note = "afsnittet er delt i Word, og det kan feltet ikke, eller ordene er også rettet"
            self.tell(Outcome.HOMELESS, owned.line.text, "\n".join(texts), note, first, home_of(owned.line))
            return
        shown, value = self.map(block), self._drafting.values[block.place]
        if self.is_yaml_item(owned.line):
            self._split_item(owned, texts, rest, block)
            return
        splices, words = [], 0
        for text in texts[:-1]:
            words += sum(not one.is_blank for one in tokens(text))
            if (gap := shown.gap(block.number, words)) is not None:
                marks = "".join(value[gap[0] : gap[1]].split())
                splices.append(Hunk(gap[0], gap[1], marks + parted(value, gap[0], owned.line.entry.kind == "item")))
        key = owned.line.key
        expected, added = {key: texts[0]}, {key: texts[1:]}
        before, after = owned.line.text, "\n".join(texts)
        if len(splices) == len(texts) - 1:
            self.take(block.place, splices, before, after, first, expected=expected, added=added)
        else:
            note = "stedet i teksten kan ikke findes sikkert; del det selv"
            self.tell(Outcome.UNPROVED, before, after, note, first, home_of(owned.line))

    def _split_item(self, owned: Owned, texts: list[str], rest: list[int], block: Block) -> None:
        """An item of a list in YAML that is two by now: the second is a new item with the words that it took along."""
        shown = self.map(block)
        gap = shown.gap(block.number, sum(not one.is_blank for one in tokens(texts[0])))
        extent = shown.extent(block.number)
        lines = self._drafting.lines
        name = new_id(lines, len(self.additions))
        item = new_item(owned, self._paragraphs[rest[0]], lines, name) if len(rest) == 1 else None
        if gap is None or extent is None or item is None:
            note = "punktet er delt i Word, og stedet kan ikke findes sikkert; del det selv"
            self.tell(Outcome.HOMELESS, owned.line.text, "\n".join(texts), note, owned.paragraph, home_of(owned.line))
            return
        if self._wanted:
            self.additions.append(item)
        splices, expected = [Hunk(gap[0], extent[1], "")], {owned.line.key: texts[0]}
        self.take(block.place, splices, owned.line.text, "\n".join(texts), owned.paragraph, expected=expected)


def _removable(lines: Sequence[Line], deleted: Sequence[Line]) -> Iterator[ItemRemoval]:
    """The items of lists of which nothing is left, the outermost alone."""
    gone = {line.key for line in deleted}
    found: dict[Place, set[str]] = {}
    for line in deleted:
        for part in line.entry.spans:
            for length in range(1, len(part.path) + 1):
                if part.path[length - 1].startswith("@"):
                    found.setdefault((part.file, part.path[:length]), set()).add(line.key)
    taken: list[Place] = []
    for (file, path), keys in sorted(found.items(), key=lambda one: (one[0][0], len(one[0][1]), one[0][1])):
        own = {
            line.key
            for line in lines
            if any(part.file == file and part.path[: len(path)] == path for part in line.entry.spans)
        }
        inside = any(file == other and path[: len(outer)] == outer for other, outer in taken)
        if not inside and file != "content/organisation.yaml" and own <= gone:
            taken.append((file, path))
            own |= _signs_beside(lines, own, gone)
            text = "\n".join(line.text for line in deleted if line.key in keys)
            yield ItemRemoval(file, path, frozenset(own), text)


def _signs_beside(lines: Sequence[Line], own: set[str], gone: set[str]) -> set[str]:
    """The cells that are gone with the row of an item, and show nothing of it but that there is nothing."""
    found: set[str] = set()
    is_row = False
    for line in lines:
        if line.key in own:
            is_row = line.entry.kind == "cell"
        elif is_row and line.entry.kind == "cell" and not any(part.path for part in line.entry.spans):
            found |= {line.key} & gone
        else:
            is_row = False
    return found
