"""The one writer of YAML: values set, added, taken out, moved and renamed in a file where they stand.

What is written is spliced into the file's text, so that every comment and the style of every value stay. The result is
read again, and given out only where exactly what was asked for has changed. What belongs to a field or an item, and
goes with it when it is moved or taken out, `yaml_layout` says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from docgen.content import yaml_layout
from docgen.content.yaml_nodes import Kind, Node
from docgen.content.yaml_rewording import Splice, in_one_line, old_text, reworded
from docgen.content.yaml_snapshot import Snapshot, holder_of, is_same, snapshot, wanted
from docgen.content.yaml_style import (
    Plain,
    UnwritableError,
    Value,
    Word,
    convention,
    entry_lines,
    flow_text,
    name_text,
    plain_value,
)
from docgen.content.yaml_tree import Path, Place, Tree, find, read_tree
from docgen.problems import ContentError
from docgen.structs import Struct

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class SetValue(Struct, frozen=True):
    """Another value at a place that there is. `in_place` = only if the words that differ can be written where they
    stand, in the same lines and the same style."""

    path: Path
    value: Value
    in_place: bool = False


class AddField(Struct, frozen=True):
    """A field in the map at a path, in front of the one at a position (from 0); None = last. An empty value becomes a
    map."""

    path: Path
    name: str
    value: Value
    position: int | None = None


class AddItem(Struct, frozen=True):
    """An item in the list at a path, in front of the one at a position (from 0); None = last. An empty value becomes a
    list."""

    path: Path
    value: Value
    position: int | None = None


class Remove(Struct, frozen=True):
    """A field or an item is taken out, with the comments that belong to it."""

    path: Path


class Move(Struct, frozen=True):
    """A field or an item gets another position (from 0) in its map or list, with the comments that belong to it."""

    path: Path
    position: int


class Rename(Struct, frozen=True):
    """A field gets another name."""

    path: Path
    name: str


Edit = SetValue | AddField | AddItem | Remove | Move | Rename


class _Attempt(Struct, frozen=True):
    """A way to write an edit, and from where to where the comments stand that go with it."""

    splices: Sequence[Splice]
    gone: tuple[int, int] = (0, 0)


def edit(name: str, data: bytes, edits: Iterable[Edit]) -> bytes:
    """A YAML file's bytes with some edits, one after the other: each path is one of the file as it then is.

    `name` is the file's name in messages. An edit that changes nothing leaves every byte. Raises ContentError with the
    first edit that leads nowhere or cannot be written, and why; and with what the reader refuses in the file.
    """
    mark = _BYTE_ORDER_MARK if data.startswith(_BYTE_ORDER_MARK) else b""
    tree = read_tree(name, data.removeprefix(mark))
    for one in edits:
        tree = edited(tree, one)
    return mark + tree.source.encode()


def edited(tree: Tree, one: Edit) -> Tree:
    """A file with one edit, read again. Raises ContentError where that leads nowhere or cannot be written, and why."""
    place = find(tree, one.path)
    if not (place.parents or isinstance(one, AddField | AddItem)):
        raise tree.problem(0, one.path, "stien er tom", "skriv, hvilket felt det gælder")
    _check_single(tree, place, one)
    meant = snapshot(tree.root)
    try:
        attempts = _attempts(tree, place, one, meant)
        for attempt in attempts:
            if (after := _proved(tree, attempt, meant, isinstance(one, Move))) is not None:
                return after
    except UnwritableError as error:
        raise tree.problem(place.node.content, one.path, error.message, error.hint) from None
    message = "ændringen kan ikke skrives her, uden at andet i filen bliver et andet"
    if _has_shared(place.node):
        message = "noget heri har et & og bruges med * et andet sted"
    raise tree.problem(place.node.content, one.path, message, "ret stedet i filen selv")


def _has_shared(node: Node) -> bool:
    return node.shared or any(map(_has_shared, node.children))


def _check_single(tree: Tree, place: Place, one: Edit) -> None:
    """Refuses to change what is another value's, too."""
    node = place.node
    goes_in = isinstance(one, AddField | AddItem) and node.kind is Kind.ALIAS
    changes = isinstance(one, SetValue | AddField | AddItem | Remove) and node.shared
    if place.repeated or goes_in or changes:
        message = "værdien står flere steder, med & og *, så den bliver også en anden der"
        raise tree.problem(node.content, one.path, message, "skriv den ud hvert sted, og ret så den ene")


def _attempts(tree: Tree, place: Place, one: Edit, meant: Snapshot) -> Iterable[_Attempt]:
    """The ways to write an edit, the best first. What is to be read is changed to what the edit means."""
    match one:
        case SetValue():
            return _set(tree, place, one, meant)
        case AddField():
            return _add_field(tree, place, one, meant)
        case AddItem():
            return _add_item(tree, place, one, meant)
        case Remove():
            return _remove(tree, place, one, meant)
        case Move():
            return _move(tree, place, one, meant)
        case Rename():
            return _rename(tree, place, one, meant)


def _proved(tree: Tree, attempt: _Attempt, meant: Snapshot, moves: bool) -> Tree | None:
    """The file with an edit, where it is read as it is meant and no other comment is lost; None otherwise."""
    parts, at = [], 0
    for splice in sorted(attempt.splices, key=lambda splice: (splice.start, splice.end)):
        if splice.start < at:
            return None
        parts += [tree.source[at : splice.start], splice.text]
        at = splice.end
    try:
        after = read_tree(tree.file, "".join((*parts, tree.source[at:])).encode())
    except ContentError:
        return None
    start, end = attempt.gone
    kept = [tree.source[begin:stop] for begin, stop in tree.comments if not start <= begin < end]
    found = [after.source[begin:stop] for begin, stop in after.comments]
    has_comments = sorted(kept) == sorted(found) if moves else kept == found
    return after if has_comments and is_same(meant, snapshot(after.root)) else None


# -- setting ----------------------------------------------------------------------------------------------------


def _set(tree: Tree, place: Place, one: SetValue, meant: Snapshot) -> Iterable[_Attempt]:
    node, value = place.node, plain_value(one.value)
    if node.kind is not Kind.ALIAS and is_same(wanted(value), snapshot(node)):
        return [_Attempt(())]
    last = tree.line_end(tree.text_end(node)) if node.is_block else node.end
    if node.is_collection and tree.comments_in(node.content, last):
        message = "der står kommentarer mellem felterne, og de ville gå tabt"
        raise tree.problem(node.content, one.path, message, "ret felterne hver for sig")
    entries, index = holder_of(meant, place.steps[:-1]).entries, place.steps[-1]
    entries[index] = (entries[index][0], wanted(value))
    return map(_Attempt, _ways_to_set(tree, place, value, one.in_place))


def _ways_to_set(tree: Tree, place: Place, value: Plain, in_place: bool = False) -> Iterator[Sequence[Splice]]:
    node, parent, index, layout = place.node, place.parents[-1], place.steps[-1], convention(tree)
    column = tree.column(parent.content)
    if node.kind is Kind.SCALAR and not node.is_null and isinstance(value, str):
        old = old_text(tree, node, place.flow, column, layout)
        yield from [in_one_line(old, value)] if isinstance(value, Word) else reworded(tree, old, value, in_place)
    if in_place:
        return
    like = _like_value(place)
    if place.flow:
        has_colon = parent.kind is Kind.LIST or node.start > parent.keys[index].end
        lead = "" if node.content < node.end else " " if has_colon else ": "
        yield [Splice(node.content, node.end, lead + flow_text(value, layout, like))]
        return
    lead = ":" if parent.kind is Kind.MAP else "-"
    first, *below = entry_lines(lead, value, column, layout, like)
    yield yaml_layout.replaced(tree, parent, index, first[column + len(lead) :].lstrip(" "), below)
    if not isinstance(value, dict | list):  # lines that cannot stand there
        yield yaml_layout.replaced(tree, parent, index, flow_text(value, layout), ())


def _like_value(place: Place) -> Node | None:
    """Another value of the same sort, for its style: another item, or the same field of another item."""
    parent = place.parents[-1]
    if parent.kind is Kind.LIST:
        return next((child for child in parent.children if child is not place.node), None)
    return _like_field(place.parents[-2:-1], parent.names[place.steps[-1]], parent)


def _like_field(parents: Sequence[Node], name: str, own: Node) -> Node | None:
    """The field of a name in another item of a list than one's own, where the one that one is in is a list."""
    for item in parents[-1].children if parents and parents[-1].kind is Kind.LIST else ():
        if item is not own and (found := item.like(name)) is not None:
            return found
    return None


# -- adding -----------------------------------------------------------------------------------------------------


def _add_field(tree: Tree, place: Place, one: AddField, meant: Snapshot) -> Iterable[_Attempt]:
    node = place.node
    fields = plain_value({one.name: one.value})
    assert isinstance(fields, dict)
    if node.is_null and place.parents:
        return _set(tree, place, SetValue(one.path, fields), meant)
    if node.kind is not Kind.MAP:
        raise tree.problem(node.content, one.path, "her står ingen felter", "ret stien")
    ((name, value),) = fields.items()
    if name in (names := node.names):
        message = f"feltet '{name}' findes allerede"
        raise tree.problem(node.keys[names.index(name)].start, (*one.path, name), message, "sæt dets værdi i stedet")
    position = _position(tree, place, one.position, len(node.children))
    holder_of(meant, place.steps).entries.insert(position, (name, wanted(value)))
    like = _like_field(place.parents[-1:], name, node)
    if node.style or place.flow:
        text = f"{name_text(name, flow=True)}: {flow_text(value, convention(tree), like)}"
        return _added_in_flow(tree, place, position, text, fields, one.path)
    lines = entry_lines(name_text(name, flow=False) + ":", value, tree.column(node.content), convention(tree), like)
    return [_Attempt(yaml_layout.added(tree, node, position, lines, one.path))]


def _add_item(tree: Tree, place: Place, one: AddItem, meant: Snapshot) -> Iterable[_Attempt]:
    node, value = place.node, plain_value(one.value)
    if node.is_null and place.parents:
        return _set(tree, place, SetValue(one.path, [one.value]), meant)
    if node.kind is not Kind.LIST:
        raise tree.problem(node.content, one.path, "her står ingen liste", "ret stien")
    position = _position(tree, place, one.position, len(node.children))
    holder_of(meant, place.steps).entries.insert(position, ("", wanted(value)))
    like = node.like(max(position - 1, 0))
    if node.style or place.flow:
        return _added_in_flow(tree, place, position, flow_text(value, convention(tree), like), [value], one.path)
    lines = entry_lines("-", value, tree.column(node.content), convention(tree), like)
    return [_Attempt(yaml_layout.added(tree, node, position, lines, one.path))]


def _added_in_flow(tree: Tree, place: Place, position: int, text: str, alone: Plain, path: Path) -> Iterable[_Attempt]:
    """What is added between brackets; where these hold nothing yet and stand in a block, they become a block."""
    node = place.node
    in_brackets = yaml_layout.added_in_flow(tree, node, position, text, path)
    is_begun = place.parents and not (node.children or place.flow or tree.comments_in(node.content, node.end))
    return map(_Attempt, chain(_ways_to_set(tree, place, alone) if is_begun else (), [in_brackets]))


def _position(tree: Tree, place: Place, position: int | None, last: int) -> int:
    if position is None:
        return last
    if not 0 <= position <= last:
        path = tuple(map(str, place.steps))
        raise tree.problem(place.node.content, path, f"der er ingen plads nr. {position}", f"brug 0 til {last}")
    return position


# -- taking out, moving, renaming -------------------------------------------------------------------------------


def _remove(tree: Tree, place: Place, one: Remove, meant: Snapshot) -> Iterable[_Attempt]:
    parent, index = place.parents[-1], place.steps[-1]
    del holder_of(meant, place.steps[:-1]).entries[index]
    if parent.style:
        return [_Attempt(yaml_layout.removed_in_flow(tree, parent, index, one.path))]
    if len(parent.children) > 1:
        return [_Attempt(*yaml_layout.removed(tree, parent, index, one.path))]
    if len(place.parents) < 2:
        raise tree.problem(place.node.content, one.path, "det er filens eneste felt", "slet filen i stedet")
    return [_Attempt(*yaml_layout.emptied(tree, place.parents[-2], place.steps[-2], one.path))]


def _move(tree: Tree, place: Place, one: Move, meant: Snapshot) -> Iterable[_Attempt]:
    parent, index = place.parents[-1], place.steps[-1]
    position = _position(tree, place, one.position, len(parent.children) - 1)
    entries = holder_of(meant, place.steps[:-1]).entries
    entries.insert(position, entries.pop(index))
    moved = yaml_layout.moved_in_flow if parent.style else yaml_layout.moved
    return [_Attempt(moved(tree, parent, index, position, one.path) if position != index else ())]


def _rename(tree: Tree, place: Place, one: Rename, meant: Snapshot) -> Iterable[_Attempt]:
    parent, index = place.parents[-1], place.steps[-1]
    if parent.kind is not Kind.MAP:
        raise tree.problem(place.node.content, one.path, "et punkt i en liste har intet navn", "ret stien")
    key, name = parent.keys[index], plain_value(one.name)
    assert isinstance(name, str)
    if name in (names := parent.names) and names.index(name) != index:
        message = f"feltet '{name}' findes allerede"
        raise tree.problem(parent.keys[names.index(name)].start, one.path, message, "vælg et andet navn")
    if key.kind is Kind.ALIAS or key.shared:
        raise tree.problem(key.start, one.path, "feltets navn står flere steder, med & og *", "skriv navnet ud")
    entries, is_flow = holder_of(meant, place.steps[:-1]).entries, place.flow
    entries[index] = (name, entries[index][1])
    texts = [] if name == names[index] else [name_text(name, is_flow, key.style), name_text(name, is_flow)]
    return [_Attempt([Splice(key.content, key.end, text)]) for text in texts] or [_Attempt(())]
