"""What stands in another order in Word: the items of a list in YAML, or the paragraphs of a text.

An order is taken only where it is one: what was together is still together, each item in one piece, and every time that
the same is shown. Anything else is told.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from docgen.pull.draft import Drafting, Place
from docgen.pull.found import Outcome
from docgen.pull.markdown_blocks import segment
from docgen.pull.owners import Owners
from docgen.pull.splicing import SourceMap
from docgen.pull.takings import ASKED, MOVED, Takings
from docgen.pull.words import Hunk
from docgen.readers.docx.document import Paragraph
from docgen.structs import Struct
from docgen.tree.shown import Part
from docgen.writers.docx.carriers import Line

_SHARED = ("content/settings.yaml", "content/organisation.yaml")


class ItemOrder(Struct, frozen=True):
    """A list in YAML that is in another order in Word: its file and path, the steps of its items in that order, the
    keys of the lines that show them each time, and what the items that were moved say by step."""

    file: str
    path: tuple[str, ...]
    steps: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]
    moved: Mapping[str, str]


def places_in_file(owners: Owners, paragraphs: Sequence[Paragraph]) -> dict[str, int]:
    """By key of a line the number of the paragraph that it is now, in the text itself."""
    return {one.line.key: one.paragraph for one in owners.owned if paragraphs[one.paragraph].story == "body"}


def item_orders(lines: Sequence[Line], at: Mapping[str, int]) -> Iterator[ItemOrder]:
    """The lists in YAML whose items stand in another order, the outermost first. `at` is where each line stands now."""
    members: dict[Place, dict[str, str]] = {}
    for line in lines:
        for place, step in _lists(line):
            known = members.setdefault(place, {})
            known[line.key] = step if known.get(line.key, step) == step else ""
    for (file, path), steps in sorted(members.items(), key=lambda one: (len(one[0][1]), one[0])):
        runs = [[line for line in run if line.key in at] for run in _runs(lines, steps)]
        orders = {order for run in runs if (order := _order(run, steps, at))}
        if len(orders) != 1 or file in _SHARED:
            continue
        (order,) = orders
        rank = {step: number for number, step in enumerate(order)}
        if any(steps[line.key] not in rank for run in runs for line in run):
            continue
        keys = [tuple(line.key for line in sorted(run, key=lambda one: rank[steps[one.key]])) for run in runs]
        main = next(run for run in runs if _order(run, steps, at))
        first = list(dict.fromkeys(steps[line.key] for line in main))
        stays = longest_rising([rank[step] for step in first])
        moved = {
            step: " ".join(line.text for line in main if steps[line.key] == step)
            for number, step in enumerate(first)
            if number not in stays
        }
        yield ItemOrder(file, path, order, tuple(keys), moved)


def _lists(line: Line) -> Iterator[tuple[Place, str]]:
    """The lists that a line shows something of, each with the item."""
    for part in line.entry.spans:
        if part.file.startswith("content/") and not part.computed:
            for at, step in enumerate(part.path):
                if step.startswith("@") or step.isdigit():
                    yield (part.file, part.path[:at]), step


def _runs(lines: Sequence[Line], steps: Mapping[str, str]) -> Iterator[list[Line]]:
    """The lines with words that show a list, as often as it is shown."""
    for is_shown, run in groupby((one for one in lines if one.text.strip()), key=lambda one: bool(steps.get(one.key))):
        if is_shown:
            yield list(run)


def _order(run: Sequence[Line], steps: Mapping[str, str], at: Mapping[str, int]) -> tuple[str, ...]:
    """The order that the items of a list stand in now; empty: the one they were in, or none."""
    before = [step for step, _ in groupby(run, key=lambda one: steps[one.key])]
    now = sorted(run, key=lambda one: at[one.key])
    after = [step for step, _ in groupby(now, key=lambda one: steps[one.key])]
    is_whole = len(set(before)) == len(before) == len(after) and all(
        [one.key for one in run if steps[one.key] == step] == [one.key for one in now if steps[one.key] == step]
        for step in after
    )
    return tuple(after) if is_whole and before != after and is_together(now, at) else ()


def is_together(run: Sequence[Line], at: Mapping[str, int]) -> bool:
    """Whether nothing else that was sent stands between some lines, which are in the order they have now."""
    first, last = at[run[0].key], at[run[-1].key]
    return sum(first <= number <= last for number in at.values()) == len(run)


def text_order(
    value: str, shown: SourceMap, display: Sequence[tuple[Line, Part]], at: Mapping[str, int]
) -> tuple[list[Hunk], list[int]] | None:
    """What becomes of a text whose paragraphs stand in another order, and their numbers in it; None where they do not,
    or not in one that the text could have."""
    lines = [line for line, _ in display]
    slots = [number for number, line in enumerate(lines) if not line.entry.kind.startswith("note")]
    if not all(lines[number].key in at for number in slots):
        return None
    moved = sorted(slots, key=lambda number: at[lines[number].key])
    if moved == slots or not is_together([lines[number] for number in moved], at):
        return None
    groups = [list(found) for _, found in groupby(slots, key=lambda number: _group(lines, number))]
    of = {number: group for group in groups for number in group}
    pieces = [of[number] for number in moved if number == of[number][0]]
    if [number for piece in pieces for number in piece] == moved:  # paragraphs, lists and tables, each whole
        places = [_piece(value, shown, lines, group) for group in groups]
        sources = [_piece(value, shown, lines, piece) for piece in pieces]
    else:
        places = [_item(value, shown, lines, number) for number in slots]
        sources = [_item(value, shown, lines, number) for number in moved]
    splices = []
    for here, there in zip(places, sources, strict=True):
        if here == there:
            continue
        if here is None or there is None or here[2] != there[2]:
            return None
        splices.append(Hunk(here[0], here[1], value[there[0] : there[1]]))
    now = list(range(len(lines)))
    for slot, number in zip(slots, moved, strict=True):
        now[slot] = number
    return splices, now


_Stretch = tuple[int, int, str]
"""From where to where a piece of a text stands, and what must be alike where it is put."""


def _group(lines: Sequence[Line], number: int) -> str:
    """What a line is one of many of, or else its own number."""
    kind = lines[number].entry.kind
    return kind if kind in ("item", "cell") else str(number)


def _piece(value: str, shown: SourceMap, lines: Sequence[Line], group: Sequence[int]) -> _Stretch | None:
    """Where a paragraph, a list or a table stands."""
    first, last = shown.extent(group[0]), shown.extent(group[-1])
    if first is None or last is None or lines[group[0]].entry.kind not in ("paragraph", "item", "cell"):
        return None
    start, end, _ = segment(value, (first[0], last[1]), is_item=False)
    return start, end, ""


def _item(value: str, shown: SourceMap, lines: Sequence[Line], number: int) -> _Stretch | None:
    """Where an item of a list stands; another line, which must stay where it is, at its number."""
    extent = shown.extent(number)
    if extent is None or lines[number].entry.kind != "item":
        return -1 - number, -1 - number, "stays"
    start, end, lead = segment(value, extent, is_item=True)
    return start, end, f"item {lead}"


def longest_rising(order: Sequence[int]) -> set[int]:
    """The positions of a longest rising sequence."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for position, value in enumerate(order):
        at = bisect_left(tails, value)
        tails[at : at + 1], ends[at : at + 1] = [value], [position]
        before.append(ends[at - 1] if at else -1)
    found, position = set(), ends[-1] if ends else -1
    while position >= 0:
        found.add(position)
        position = before[position]
    return found


class Reordering(Takings):
    """Takes other orders of the items of lists in YAML, and of the paragraphs of texts."""

    def __init__(self, drafting: Drafting, owners: Owners, *, wanted: bool) -> None:
        super().__init__(drafting, owners, wanted=wanted)
        self.orders: list[ItemOrder] = []
        self.ordered: set[str] = set()
        """The keys of lines whose order is told."""

    def move(self) -> None:
        """All of them, the outermost first."""
        at = places_in_file(self._owners, self._paragraphs)
        for order in item_orders(self._drafting.lines, at):
            keys = {key for run in order.keys for key in run}
            if keys & self.ordered:
                continue
            self.ordered |= keys
            if self._wanted:
                self.orders.append(order)
                continue
            for step, text in order.moved.items():
                place = (order.file, (*order.path, step))
                self.tell(Outcome.STRUCTURE, text, text, f"{MOVED}; {ASKED}", place=place)
        for place, blocks in self._texts().items():
            value = self._drafting.values[place]
            all = [(one.display, text_order(value, self.map(one), one.display, at)) for one in blocks]
            display, found = next(((shown, one) for shown, one in all if one is not None), (blocks[0].display, None))
            if found is None or len({len(shown) for shown, _ in all}) > 1:
                continue
            splices, now = found
            stays = longest_rising(now)
            text = "\n".join(display[number][0].text for slot, number in enumerate(now) if slot not in stays)
            orders = [tuple(shown[number][0].key for number in now) for shown, _ in all]
            self.ordered |= {key for keys in orders for key in keys}
            self.take(place, splices, text, text, -1, orders=orders, note=MOVED)
