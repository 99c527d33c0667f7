"""Which nodes of two trees are the same one: equal ones first, then those between them by how alike they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from docgen.compare.words import look_of, words_of
from docgen.structs import replace
from docgen.tree.document import (
    CHILD_FIELDS,
    LINE_FIELDS,
    CodeBlock,
    Contents,
    Division,
    Figure,
    Node,
    Role,
    Table,
    TableRow,
    Title,
    child_blocks,
    lines,
    own_texts,
)

Key = tuple[object, ...]
_PLACE = {"origin", "id", "anchor", "ordinal", "change"}
_LOOK_ONLY = {"tight", "icon", "weight", "number"}
"""What of a node is its look alone; the number that a list begins with is not, for it is read."""
_ALIKE = 0.5
_SAME_PLACE = 0.15
"""What the same id, or the same value in the content, adds to how alike two nodes are."""
_FEW_WORDS = 16  # of two nodes in all
_WHOLE = 10**6  # pairs; more are not weighed against each other, but taken in order
_ONCE = (Role.COVER, Role.MASTHEAD, Role.COLOPHON, Role.STATEMENT)


class Aligner:
    """Aligns nodes, and remembers what it has seen of each."""

    def __init__(self) -> None:
        # each node with what is known of it, so that its id stays its own
        self._keys: dict[int, tuple[Node, Key]] = {}
        self._words: dict[int, tuple[Node, Counter[str]]] = {}

    def key(self, node: Node) -> Key:
        """What two nodes must have in common to be equal: everything but where they stand and what they are called."""
        found = self._keys.get(id(node))
        if found is None:
            inner = tuple(map(self.key, child_blocks(node)))
            found = self._keys[id(node)] = (node, (form(node), tuple(map(look_of, lines(node))), inner))
        return found[1]

    def align(self, old: Sequence[Node], new: Sequence[Node]) -> Iterator[tuple[Node | None, Node | None]]:
        """Each node of both, in an order that keeps that of either; those that are the same one in a pair."""
        matcher = SequenceMatcher(None, [*map(self.key, old)], [*map(self.key, new)], autojunk=False)
        for tag, i, j, k, m in matcher.get_opcodes():
            if tag == "equal":
                yield from zip(old[i:j], new[k:m], strict=True)
            else:
                yield from self._between(old[i:j], new[k:m])

    def _between(self, old: Sequence[Node], new: Sequence[Node]) -> Iterator[tuple[Node | None, Node | None]]:
        """Pairs of nodes none of which are equal, as alike as they can be in all without changing the order."""
        if not old or not new or len(old) * len(new) > _WHOLE:
            yield from ((node, None) for node in old)
            yield from ((None, node) for node in new)
            return
        best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
        alike = [[self._likeness(one, other) for other in new] for one in old]
        for i in range(len(old) - 1, -1, -1):
            for k in range(len(new) - 1, -1, -1):
                paired = alike[i][k] + best[i + 1][k + 1] if alike[i][k] >= _ALIKE else 0.0
                best[i][k] = max(paired, best[i + 1][k], best[i][k + 1])
        i = k = 0
        while i < len(old) and k < len(new):
            if alike[i][k] >= _ALIKE and best[i][k] == alike[i][k] + best[i + 1][k + 1]:
                yield old[i], new[k]
                i, k = i + 1, k + 1
            elif best[i][k] == best[i + 1][k]:
                yield old[i], None
                i += 1
            else:
                yield None, new[k]
                k += 1
        yield from ((node, None) for node in old[i:])
        yield from ((None, node) for node in new[k:])

    def _likeness(self, old: Node, new: Node) -> float:
        """From 0 (never the same node) over `_ALIKE` to above 1."""
        if not comparable(old, new):
            return 0.0
        if isinstance(old, Title | Contents) or (isinstance(old, Division) and old.role in _ONCE):
            return 1.0
        same_place = bool(old.id and old.id == new.id) or _same_value(old, new)
        one, other = self._counted(old), self._counted(new)
        size = one.total() + other.total()
        if not size:
            return 1.0
        alike = 2 * (one & other).total() / size
        if size <= _FEW_WORDS and alike < _ALIKE:  # of few words none may be the same, and yet the letters are
            alike = SequenceMatcher(None, " ".join(one), " ".join(other), autojunk=False).ratio()
        return alike + (_SAME_PLACE if same_place else 0.0)

    def _counted(self, node: Node) -> Counter[str]:
        """The words of a node and all inside it, and how often each is there."""
        found = self._words.get(id(node))
        if found is None:
            words = [word.text for line in lines(node) for word in words_of(line) if not word.blank and word.text]
            counted = Counter(words if lines(node) else " ".join(own_texts(node)).split())
            for child in child_blocks(node):
                counted.update(self._counted(child))
            found = self._words[id(node)] = (node, counted)
        return found[1]


def form(node: Node) -> Key:
    """What a node is besides its words, its place and what is inside it."""
    left_out = {*_PLACE, *CHILD_FIELDS.get(type(node), ()), *LINE_FIELDS.get(type(node), ())}
    names = (name for name in node.__struct_fields__ if name not in left_out and name not in _LOOK_ONLY)
    return (type(node), *(getattr(node, name) for name in names))


def comparable(old: Node, new: Node) -> bool:
    """Whether what two nodes hold can be compared; else one is shown as gone and the other as new."""
    if isinstance(old, CodeBlock) or type(old) is not type(new):
        return False
    if isinstance(old, Figure):
        return form(old) == form(new)
    if isinstance(old, TableRow) and isinstance(new, TableRow):
        return _shape(old) == _shape(new)
    if isinstance(old, Table) and isinstance(new, Table) and not _same_grid(old, new):
        return False
    return form(replace(old, **_labels(old))) == form(replace(new, **_labels(new)))


def _shape(row: TableRow) -> tuple[object, ...]:
    return (row.level, *((cell.columns, cell.rows, bool(cell.blocks)) for cell in row.cells))


def _same_grid(old: Table, new: Table) -> bool:
    """Whether rows of two tables can be taken away and put in: where cells take several rows, they cannot."""
    heads = [tuple(map(_shape, (table.header, *table.subheaders))) for table in (old, new)]
    tall = any(cell.rows > 1 for table in (old, new) for row in table.lines for cell in row.cells)
    return heads[0] == heads[1] and (not tall or [*map(_shape, old.lines)] == [*map(_shape, new.lines)])


def _labels(node: Node) -> dict[str, str]:
    """What docgen gives a node as its name, as a number that comes from its place."""
    return {name: "" for name in ("label", "title") if name in node.__struct_fields__}


def _same_value(old: Node, new: Node) -> bool:
    path = old.origin.path
    return bool(path) and (path, old.ordinal) == (new.origin.path, new.ordinal)
