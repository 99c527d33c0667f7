"""One Word file brought home: drafted, merged with what was changed meanwhile, written into YAML, and proved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from docgen.content.yaml_editor import AddItem, Move, Remove, SetValue
from docgen.content.yaml_tree import find, read_tree
from docgen.kinds.edition import Edition
from docgen.pipeline import Job
from docgen.problems import ContentError
from docgen.project import Project
from docgen.pull.defaults import own_place, section_written
from docgen.pull.draft import Drafting, Place, ValueEdit, changes_of
from docgen.pull.found import Change, Outcome, Pulled, Remark
from docgen.pull.looks import changed_around, changed_contents, changed_looks, left_out, moved
from docgen.pull.moves import ItemOrder, longest_rising, places_in_file
from docgen.pull.owners import Owners, find_owners
from docgen.pull.rows import ItemAddition
from docgen.pull.settling import CONTENT, Pending, Settling
from docgen.pull.structure import ItemRemoval, Structure
from docgen.pull.takings import MOVED
from docgen.pull.words import merged, normal, preferring
from docgen.readers.docx.document import WordFile
from docgen.structs import Struct, replace
from docgen.writers.docx.base_text import Base
from docgen.writers.docx.carriers import Line


class Wishes(Struct, frozen=True):
    """What may be written beside words in a document's own fields: paragraphs more or less, and words that all
    documents share; `all_or_nothing` = nothing where one change is in conflict; `author` is who made what is not
    tracked."""

    structural: bool = False
    shared: bool = False
    all_or_nothing: bool = False
    author: str = ""


def bring_home(project: Project, document: str, word: WordFile, base: Base | None, wishes: Wishes) -> Pulled:
    """What a Word file changes in a project; nothing is written but in the answer.

    `document` is the id of the document that it is of, and `base` what stayed at home of it. Without, nothing is known
    of how it was: then what differs from today is shown, and no file is changed. Raises DocgenError where the document
    is not there or is invalid.
    """
    return _Homecoming(project, document, word, base, wishes).result()


class _Homecoming:
    def __init__(self, project: Project, document: str, word: WordFile, base: Base | None, wishes: Wishes) -> None:
        edition = Edition(word.edition) if word.edition in list(Edition) else Edition.PUBLIC
        job = Job(project, document, edition)
        self._project = project.part_of((job.id.document,))
        self._id, self._word, self._wishes = job.id, word, wishes
        self._ours = Job(self._project, self._id, edition, draws=False).base
        known = self._ours if base is None and self._ours.build == word.build else base
        self._knows = known is not None
        self._base = known or self._ours
        self._today: Mapping[Place, str] = {(one.file, one.path): one.text for one in self._ours.values}
        self._settling = Settling(self._project, (self._id, edition), self._base, self._ours, self._today)

    def result(self) -> Pulled:
        """Everything that is to be told, and the files that change."""
        owners = find_owners(self._base.lines, self._word.paragraphs)
        places = [(one.file, one.path) for one in self._base.values]
        found = [(place, own_place(self._project, self._id.document, place)) for place in places]
        self._own = {} if self._wishes.shared else {place: own for place, own in found if own is not None}
        drafting = Drafting(self._base, self._word.paragraphs, shared=self._wishes.shared, own=self._own)
        self._known = drafting.values
        drafting.draft(owners)
        structure = Structure(drafting, owners, wanted=self._wishes.structural and self._knows and not owners.lost)
        structure.add()
        changes = list(drafting.result.reports)
        pending = []
        for one in drafting.result.edits:
            told, to_write = self._merge(one)
            changes += told
            pending += to_write
        pending += [one for item in reversed(structure.additions) for one in self._addition(item)]
        pending += [self._removal(one) for one in structure.removals]
        pending += [one for order in structure.orders for one in self._order(order)]
        changes += self._settled(pending, changes, owners)
        changes += changed_looks(owners, self._word.paragraphs)
        at = places_in_file(owners, self._word.paragraphs)
        changes += moved(owners, self._base.lines, at, structure.ordered)
        changes += changed_contents(self._base.lines, self._word)
        changes += changed_around(self._base.lines, self._word) if self._knows else ()
        return Pulled(
            name=self._word.name,
            document=str(self._id),
            changes=tuple(self._placed(changes)),
            remarks=tuple(self._remarks(owners)),
            left_out=tuple(left_out(self._word)),
            files=self._settling.files,
        )

    def _settled(self, pending: Sequence[Pending], told: Sequence[Change], owners: Owners) -> Iterator[Change]:
        """What becomes of changes that could be written: where nothing may be, they are shown."""
        note = ""
        if not self._knows:
            note = "filens egne ord er ikke gemt her, så intet bliver skrevet"
        elif owners.lost:
            note = "for mange af filens mærker er væk, så intet bliver skrevet"
        elif self._wishes.all_or_nothing and any(one.outcome is Outcome.CONFLICT for one in told):
            note = "en anden rettelse er i konflikt, så intet bliver skrevet"
        if not note:
            yield from self._settling.settle(pending)
            return
        yield from (replace(one, outcome=Outcome.SHOWN, note=note) for each in pending for one in each.changes)

    # -- merging --

    def _merge(self, draft: ValueEdit) -> tuple[list[Change], list[Pending]]:
        """What a change is against what the YAML says by now: what is told at once, and what is to be written."""
        own = self._own.get(draft.place)
        place = own if own in self._today else self._relocated(draft.place, draft.base)
        changes = changes_of(draft, own or place or draft.place, self._wishes.author)
        if place is None:
            note = "feltet findes ikke mere i YAML"
            return [replace(one, outcome=Outcome.CONFLICT, note=note) for one in changes], []
        ours = self._today[place]
        together = merged(draft.base, ours, draft.theirs)
        if together is None:
            note = "de samme ord er rettet både i Word og i YAML"
            theirs = preferring(draft.base, ours, draft.theirs)
            return [replace(one, outcome=Outcome.CONFLICT, mine=ours, theirs=theirs, note=note) for one in changes], []
        if normal(together) == normal(ours):
            return [replace(one, outcome=Outcome.ALREADY) for one in changes], []
        if own is not None and own != place:
            note = "teksten er alle sagers faste; sagen får her sin egen"
            told = tuple(replace(one, note=note) for one in changes)
            added = section_written(self._project, own, together)
            return [], [Pending(place=own, edit=added, changes=told, draft=draft)]
        written = SetValue(place[1], together)
        gone = tuple(map(Remove, draft.swallowed))
        return [], [Pending(place=place, edit=written, changes=tuple(changes), more=gone, draft=draft)]

    def _relocated(self, place: Place, text: str) -> Place | None:
        """Where a text is by now: where it was, or where the only one that says the same is."""
        same = [one for one, said in self._today.items() if said == text]
        alike = [one for one in same if _pattern(one[1]) == _pattern(place[1])]
        by_position = any(step.isdigit() for step in place[1])
        if place in self._today and (not by_position or self._today[place] == text or len(alike) != 1):
            return place
        for found in (alike, [one for one in same if one[1][-1:] == place[1][-1:]], same):
            if len(found) == 1:
                return found[0]
        return None

    def _removal(self, removal: ItemRemoval) -> Pending:
        told = Change(outcome=Outcome.WRITTEN, before=removal.text, after="", file=removal.file, path=removal.path)
        place = (removal.file, removal.path)
        return Pending(place=place, edit=Remove(removal.path), changes=(told,), removal=removal)

    def _addition(self, item: ItemAddition) -> Iterator[Pending]:
        """A new item after one that is there; nothing where that one is no more."""
        name = item.file.removeprefix(CONTENT)
        try:
            tree = read_tree(item.file, self._project.content_files.get(name, b""))
            position = find(tree, item.after).steps[-1] + 1
        except ContentError:
            return
        told = Change(outcome=Outcome.WRITTEN, before="", after=item.texts[0], file=item.file, path=item.after)
        added = AddItem(item.after[:-1], item.value, position)
        yield Pending(place=(item.file, item.after), edit=added, changes=(told,), addition=item)

    def _order(self, order: ItemOrder) -> Iterator[Pending]:
        """The items of a list in another order, those that the document does not show at their places; nothing where
        the list is no more as it was sent."""
        name = order.file.removeprefix(CONTENT)
        was = {place: text for place, text in self._known.items() if _is_in(place, order)}
        if any(self._today.get(place) != text for place, text in was.items() if any(map(str.isdigit, place[1]))):
            return
        try:
            tree = read_tree(order.file, self._project.content_files.get(name, b""))
            positions = [find(tree, (*order.path, step)).steps[-1] for step in order.steps]
        except ContentError:
            return
        edits = list(_moves(order.path, positions))
        changes = []
        for step, text in order.moved.items():
            place = (order.file, (*order.path, step))
            told = Change(outcome=Outcome.WRITTEN, before=text, after=text, file=place[0], path=place[1], note=MOVED)
            changes.append(told)
        place = (order.file, order.path)
        yield Pending(place=place, edit=edits[0], more=tuple(edits[1:]), changes=tuple(changes), order=order)

    # -- telling --

    def _placed(self, changes: Sequence[Change]) -> Iterator[Change]:
        """Changes with the line where each stands in its file, as that is after they were written."""
        for one in changes:
            yield replace(one, line=self._line(one.file, one.path)) if one.path else one

    def _line(self, file: str, path: tuple[str, ...]) -> int:
        name = file.removeprefix(CONTENT)
        data = self._settling.files.get(name, self._project.content_files.get(name, b""))
        try:
            tree = read_tree(file, data)
            node = find(tree, path).node
        except ContentError:
            return 0
        return tree.source.count("\n", 0, node.content) + 1

    def _remarks(self, owners: Owners) -> Iterator[Remark]:
        lines: dict[int, Line] = {one.paragraph: one.line for one in owners.owned}
        for comment in self._word.comments:
            line = lines.get(comment.paragraph)
            file, path = _place_of(line) if line is not None else ("", ())
            number = self._line(file, path) if path else 0
            yield Remark(comment.author, comment.date, comment.text, comment.about, file, number, path)


def _place_of(line: Line) -> Place:
    """Where a line is from: its own place, or that of the first text in it."""
    own = next(((part.file, part.path) for part in line.entry.spans if part.path), None)
    return own or (line.entry.file, line.entry.path)


def _is_in(place: Place, order: ItemOrder) -> bool:
    return place[0] == order.file and place[1][: len(order.path)] == order.path


def _moves(path: tuple[str, ...], positions: Sequence[int]) -> Iterator[Move]:
    """The moves that bring the items at some positions of a list into this order; the others stay between the same."""
    now = list(range(max(positions) + 1))
    stays = {positions[number] for number in longest_rising(positions)}
    for number, item in enumerate(positions):
        if item in stays:
            continue
        start = now.index(item)
        now.remove(item)
        rest = [one for one in now if one in positions]
        end = now.index(positions[number - 1]) + 1 if number else now.index(rest[0])
        now.insert(end, item)
        yield Move((*path, str(start)), end)


def _pattern(path: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("#" if step.isdigit() else step for step in path)
