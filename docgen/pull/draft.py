"""From what a Word file says to what it would change in the YAML: which value, and to what."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from docgen.pull.found import Change, Outcome
from docgen.pull.owners import Owned, Owners
from docgen.pull.splicing import Shown, SourceMap, spliced
from docgen.pull.words import Hunk, applied, hunks, merged, normal
from docgen.readers.docx.document import Paragraph
from docgen.structs import Struct, field, replace
from docgen.tree.shown import Part
from docgen.writers.docx.base_text import Base
from docgen.writers.docx.carriers import Line

Place = tuple[str, tuple[str, ...]]
"""A file (`content/…`) and the path to a text in it."""


class Touch(Struct, frozen=True):
    """Words of a line that became others: of which line, where in it, from where they are, and who made them when."""

    owned: Owned
    hunk: Hunk
    part: Part
    by: str = ""
    date: str = ""


class ValueEdit(Struct, kw_only=True):
    """A text in YAML that is to become another: what it was and what the Word file makes of it, and the touches that
    this is made of. `structural` = a paragraph more or less."""

    place: Place
    base: str
    theirs: str
    touches: list[Touch] = field(default_factory=list)
    structural: bool = False
    splices: list[Hunk] = field(default_factory=list)
    """What of the base becomes what, where it is all from one place where it is shown."""
    expected: dict[str, str] = field(default_factory=dict)
    """By key of a line what it says afterwards, where that is more than its touches."""
    added: dict[str, list[str]] = field(default_factory=dict)
    """By key of a line the paragraphs that come after it, or before it where the key begins with `<`."""
    gone: set[str] = field(default_factory=set)
    """The keys of lines that are no more."""
    orders: list[tuple[str, ...]] = field(default_factory=list)
    """The keys of lines that stand in another order among themselves."""
    swallowed: list[tuple[str, ...]] = field(default_factory=list)
    """The items of lists in the same file that go, since their words are in this text now."""
    paragraphs: list[Change] = field(default_factory=list)
    """What of it is a paragraph more or less, or moved."""


class Draft(Struct, kw_only=True):
    """What a Word file would change, and what in it cannot be."""

    edits: list[ValueEdit] = field(default_factory=list)
    reports: list[Change] = field(default_factory=list)


class Drafting:
    """Makes the draft of one file; `shared` = texts of all documents may be written, too, and `own` are those of which
    the document can have its own."""

    def __init__(
        self, base: Base, paragraphs: Sequence[Paragraph], *, shared: bool = False, own: Container[Place] = ()
    ) -> None:
        self.lines = [line for line in base.lines if line.key]
        self.paragraphs, self._shared, self._own = paragraphs, shared, own
        self.values: Mapping[Place, str] = {(one.file, one.path): one.text for one in base.values}
        self.result = Draft()

    def draft(self, owners: Owners) -> Draft:
        """The changes of words; `docgen.pull.structure` adds those of paragraphs."""
        touches: dict[Place, list[Touch]] = {}
        for owned in sorted(owners.owned, key=lambda one: one.paragraph):
            if owned.paragraph in owners.split.values():
                continue
            for touch in self._touches(owned):
                touches.setdefault((touch.part.file, touch.part.path), []).append(touch)
        for place, found in touches.items():
            self._edit(place, found)
        return self.result

    def report(self, outcome: Outcome, before: str, after: str, owned: Owned | None, **more: object) -> None:
        """Notes what cannot be written."""
        by, date = who(self.paragraphs[owned.paragraph]) if owned is not None else ("", "")
        change = Change(outcome=outcome, before=before, after=after, by=by, date=date)
        self.result.reports.append(replace(change, **more))

    def _touches(self, owned: Owned) -> Iterator[Touch]:
        line = owned.line
        if normal(line.text) == normal(owned.text):
            return
        for hunk in hunks(line.text, owned.text):
            hunk, part = _with_part(line, hunk)
            before, after = shown_changes(line.text, [hunk])
            if part is None:
                note = "ordene står i skabelonen, ikke i YAML"
                if any(hunk.start < one.end and one.start < hunk.end for one in line.entry.spans):
                    note = "rettelsen går ind over både et felt og det, der står om det"
                self.report(Outcome.TEMPLATE, before, after, owned, note=note)
            elif made := [one for one in line.entry.spans if one is not part and one.written and _overlaps(hunk, one)]:
                note = f"rettelsen går ind over {made[0].written}, som docgen laver ordene af"
                self.report(Outcome.COMPUTED, before, after, owned, file=part.file, path=part.path, note=note)
            elif (problem := self._problem(line, part)) is not None:
                outcome, note = problem
                self.report(outcome, before, after, owned, file=part.file, path=part.path, note=note)
            else:
                yield Touch(owned, hunk, part, *who(self.paragraphs[owned.paragraph]))

    def _problem(self, line: Line, part: Part) -> tuple[Outcome, str] | None:
        """Why a part of a line cannot be written, if so."""
        if not part.file.startswith("content/"):
            return Outcome.TEMPLATE, "ordene står i skabelonen, ikke i YAML"
        value = self.values.get((part.file, part.path))
        if part.written:
            return Outcome.COMPUTED, f"docgen laver ordene af {part.written}"
        if part.computed and (value is None or not _says(line.text[part.start : part.end], value)):
            return Outcome.COMPUTED, "docgen laver ordene af feltet her; ret det, de er lavet af"
        if value is None:
            return Outcome.HOMELESS, "teksten, som den var, er ikke gemt"
        if not self._shared and part.file in ("content/settings.yaml", "content/organisation.yaml"):
            if (part.file, part.path) in self._own:
                return None
            return Outcome.SHARED, "teksten er fælles for alle dokumenter; skriv --shared for at rette den for dem alle"
        return None

    def _edit(self, place: Place, touches: list[Touch]) -> None:
        value = self.values[place]
        results: list[tuple[str, list[Touch]]] = []
        splices: list[Hunk] = []
        for display in displays(self.lines, place):
            own = [touch for touch in touches if any(touch.owned.line.key == line.key for line, _ in display)]
            found = list(zip(own, _splices(value, display, own), strict=True))
            for touch, splice in found:
                if splice is None:
                    self._unplaced(touch, "stedet i teksten kan ikke findes sikkert; ret det i filen")
            placed = [(touch, splice) for touch, splice in found if splice is not None]
            splices = [splice for _, splice in placed]
            theirs = spliced(value, splices) if splices else None
            if theirs is not None:
                results.append((theirs, [touch for touch, _ in placed]))
            else:
                for touch, _ in placed:
                    self._unplaced(touch, "flere rettelser mødes her; ret det selv i filen")
        if not results:
            return
        theirs, used = results[0]
        for other, own in results[1:]:
            together = merged(value, theirs, other)
            if together is None:
                for _, touches in results:
                    for touch in touches:
                        self._unplaced(touch, "teksten vises flere steder og er rettet forskelligt", Outcome.CONFLICT)
                return
            theirs, used = together, [*used, *own]
        own_splices = splices if len(results) == 1 else []
        edit = ValueEdit(place=place, base=value, theirs=theirs, touches=used, splices=own_splices)
        self.result.edits.append(edit)

    def _unplaced(self, touch: Touch, note: str, outcome: Outcome = Outcome.UNPROVED) -> None:
        line = touch.owned.line
        before, after = shown_changes(line.text, [touch.hunk])
        self.report(outcome, before, after, touch.owned, file=touch.part.file, path=touch.part.path, note=note)


def changes_of(edit: ValueEdit, place: Place, author: str = "") -> list[Change]:
    """What is told of an edit that is written at a place: for each line its changes as one; `author` is who made what
    is not tracked."""
    found: list[Change] = []
    for key in dict.fromkeys(touch.owned.line.key for touch in edit.touches):
        own = [touch for touch in edit.touches if touch.owned.line.key == key]
        before, after = shown_changes(own[0].owned.line.text, [touch.hunk for touch in own])
        found.append(Change(outcome=Outcome.WRITTEN, before=before, after=after, by=own[0].by, date=own[0].date))
    found += edit.paragraphs
    file, path = place
    return [replace(one, outcome=Outcome.WRITTEN, file=file, path=path, by=one.by or author) for one in found]


def who(paragraph: Paragraph) -> tuple[str, str]:
    """Who changed a paragraph, and when the last of them did."""
    names = ", ".join(dict.fromkeys(name for name, _ in paragraph.by if name))
    return names, max((date for _, date in paragraph.by), default="")


def _with_part(line: Line, hunk: Hunk) -> tuple[Hunk, Part | None]:
    """A change and the part of its line that it lies in: what is put in beside room may as well stand beyond it."""
    part = part_of(line, hunk)
    text, at = hunk.text, hunk.start
    if part is not None or hunk.end > at or not text:
        return hunk, part
    moved = hunk
    if text[0].isspace() and line.text[at : at + 1].isspace():
        moved = Hunk(at + 1, at + 1, text[1:] + text[0])
    elif text[-1].isspace() and at and line.text[at - 1].isspace():
        moved = Hunk(at - 1, at - 1, text[-1] + text[:-1])
    return moved, part_of(line, moved)


def part_of(line: Line, hunk: Hunk) -> Part | None:
    """The innermost part of a line that a change lies in; at the edge of one, the text of an author is preferred."""
    inside = [part for part in line.entry.spans if part.start <= hunk.start and hunk.end <= part.end]
    if not inside:
        return None
    at_edge = hunk.start == hunk.end
    strict = [part for part in inside if not at_edge or part.start < hunk.start < part.end]
    if strict:
        return min(strict, key=lambda part: (part.end - part.start, part.computed))
    return min(inside, key=lambda part: (part.computed, part.end - part.start))


def _says(shown: str, value: str) -> bool:
    """Whether what docgen made of a value says it as it is, alone or among words of docgen's own."""
    whole, own = normal(shown), normal(value)
    return whole == own or (len(own) >= _SURE and whole.count(own) == 1)


def _overlaps(hunk: Hunk, part: Part) -> bool:
    return hunk.start < part.end and part.start < hunk.end


def displays(lines: Sequence[Line], place: Place) -> list[list[tuple[Line, Part]]]:
    """Where a text is shown: each time with the lines that show it, in order."""
    found: list[list[tuple[Line, Part]]] = []
    seen: set[tuple[str, int]] = set()
    for line in lines:
        for part in line.entry.spans:
            if (part.file, part.path) != place or part.written:
                continue
            is_block = part.whole and (line.entry.file, line.entry.path) == place and not part.computed
            sort = (line.entry.kind, line.entry.ordinal)
            if not is_block or sort in seen or not found or _begins_again(line, found[-1], place):
                found.append([])
                seen = set()
            seen.add(sort)
            found[-1].append((line, part))
    return found


def _begins_again(line: Line, display: list[tuple[Line, Part]], place: Place) -> bool:
    """Whether a line cannot go on in a place where a text is shown: this is no text of its own, or begins so."""
    first, _ = display[0]
    is_same = first.entry.ordinal == line.entry.ordinal and normal(first.text) == normal(line.text)
    return is_same or not _is_block(display[-1], place)


def _is_block(shown: tuple[Line, Part], place: Place) -> bool:
    line, part = shown
    return part.whole and (line.entry.file, line.entry.path) == place


def _splices(value: str, display: Sequence[tuple[Line, Part]], touches: Sequence[Touch]) -> Iterator[Hunk | None]:
    """What each touch of one place where a text is shown is in the text itself; None where that is not known."""
    if not touches:
        return
    numbers = {line.key: number for number, (line, _) in enumerate(display)}
    shown = source_map(value, display)
    for touch in touches:
        number = numbers[touch.owned.line.key]
        start = display[number][1].start
        yield shown.splice(number, Hunk(touch.hunk.start - start, touch.hunk.end - start, touch.hunk.text))


def source_map(value: str, display: Sequence[tuple[Line, Part]]) -> SourceMap:
    """The words of the lines that show a text, laid beside its Markdown."""
    blocks = []
    for line, part in display:
        inner = [one for one in line.entry.spans if one is not part and (one.written or one.computed)]
        made = tuple(
            (one.start - part.start, one.end - part.start)
            for one in inner
            if part.start <= one.start and one.end <= part.end and (one.start, one.end) != (part.start, part.end)
        )
        blocks.append(Shown(line.text[part.start : part.end], made))
    return SourceMap(value, blocks, is_markdown=not all(part.computed for _, part in display))


_SURE = 8  # characters of a value that are no chance where they stand in what docgen made of it
_ROOM = 30  # characters shown on either side of a change


def shown_changes(text: str, changes: Sequence[Hunk]) -> tuple[str, str]:
    """What changes of a text were before and after, from the first to the last of them, with some words around."""
    start, end = min(one.start for one in changes), max(one.end for one in changes)
    after = applied(text, changes)
    return _around(text, start, end), _around(after, start, end + len(after) - len(text))


def _around(text: str, start: int, end: int) -> str:
    """A stretch of a text with some words on either side."""
    first, last = max(start - _ROOM, 0), min(end + _ROOM, len(text))
    while first and first < start and not text[first - 1].isspace():
        first += 1
    while last < len(text) and last > end and not text[last].isspace():
        last -= 1
    lead, tail = "… " if first else "", " …" if last < len(text) else ""
    return f"{lead}{' '.join(text[first:last].split())}{tail}"
