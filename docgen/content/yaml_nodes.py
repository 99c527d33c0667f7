"""The nodes of a YAML file: every value and every name with its extent, also what has no text of its own.

The reader (`yaml_reader`) gives the values; this gives their places, as pairs of positions in the file's text, of an
empty value, a map, a list and an alias too.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import yaml

from docgen.content.yaml_values import NAMING_FIELDS, NULLS
from docgen.structs import Struct, field

BLANKS = " \t\r\n"
"""What is blank in YAML; a no-break space is not."""

_Loader: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_PROPERTIES = re.compile(r"(?:(?:!<[^>]*>|[&!][^\s,\[\]{}]*)(?:[ \t\r\n]++(?:#[^\r\n]*)?)*)*")
_COLON = re.compile(r"[ \t\r\n]*:")
_RARE_BREAK = re.compile("\r(?!\n)|[\u2028\u2029]")
_LONE = (
    yaml.StreamStartEvent, yaml.DocumentStartEvent, yaml.MappingStartEvent, yaml.ScalarEvent, yaml.ScalarEvent,
    yaml.MappingEndEvent, yaml.DocumentEndEvent, yaml.StreamEndEvent,
)  # fmt: skip


class Kind(StrEnum):
    """What a node is."""

    SCALAR = "scalar"
    MAP = "map"
    LIST = "list"
    ALIAS = "alias"


class Node(Struct, eq=False):
    """A value, or the name of a field.

    `start` to `end` is all of it, `content` where it begins after its anchor and tag. `style` is the sign that it
    begins with: a quote, `|` or `>`, `[` or `{`, `:` for a single field in a list in brackets, and "" for what is plain
    or a block. A block ends where its last value does. `shared` = an alias elsewhere repeats it.
    """

    kind: Kind
    start: int
    content: int
    end: int
    style: str = ""
    value: str = ""
    shared: bool = False
    keys: list[Node] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    target: Node | None = None

    @property
    def is_null(self) -> bool:
        """Whether it is a value that says nothing: `~`, `null`, or no word at all."""
        return self.kind is Kind.SCALAR and not self.style and self.value in NULLS

    @property
    def is_collection(self) -> bool:
        """Whether it is a map or a list, as it stands here."""
        return self.kind in (Kind.MAP, Kind.LIST)

    @property
    def is_block(self) -> bool:
        """Whether it is a map or a list without brackets, on lines of its own."""
        return self.is_collection and not self.style

    @property
    def is_block_scalar(self) -> bool:
        """Whether it is a text after `|` or `>`."""
        return self.kind is Kind.SCALAR and self.style in ("|", ">")

    @property
    def names(self) -> list[str]:
        """The names of a map's fields, as the reader gives them."""
        return [unicodedata.normalize("NFC", (key.target or key).value) for key in self.keys]

    @property
    def ids(self) -> list[str]:
        """What a list's items are called in a path: `@id`, or "" for one without an id."""
        return [_item_id(child.target or child) for child in self.children]

    def like(self, step: str | int) -> Node | None:
        """The value of a field, or of an item at a position; None where there is none."""
        if self.kind is Kind.MAP and step in (names := self.names):
            return self.children[names.index(str(step))]
        return self.children[step] if isinstance(step, int) and 0 <= step < len(self.children) else None


def read_nodes(source: str) -> tuple[Node, tuple[tuple[int, int], ...], int | None]:
    """The outermost map of a text that the reader has let pass, the extents of its comments, and the place of the first
    line break outside its values that few programs see, if there is one."""
    builder = _Builder(source)
    root = builder.build()
    scalars = sorted(builder.scalars)
    rare = (match.start() for match in _RARE_BREAK.finditer(source) if _around(scalars, match.start()) is None)
    return root, tuple(_comments(source, scalars)), next(rare, None)


def lone_field(source: str) -> tuple[str, str, str] | None:
    """Name, value and style of the one field in a text, plain where the style is ""; None for any other text."""
    found: list[Any] = []
    try:
        for event in yaml.parse(source, _Loader):
            if len(found) >= len(_LONE) or not isinstance(event, _LONE[len(found)]):
                return None
            found.append(event)
    except yaml.YAMLError:
        return None
    return str(found[3].value), str(found[4].value), _style(found[4])


def _item_id(node: Node) -> str:
    """As the reader names an item: by the value of its first field `id` that is a text, or else of what it is about."""
    names: dict[str, str] = {}
    for key, child in zip(node.keys, node.children, strict=False) if node.kind is Kind.MAP else ():
        field = (key.target or key).value
        if field in NAMING_FIELDS and (child.target or child).kind is Kind.SCALAR:
            names.setdefault(field, "@" + (child.target or child).value)
    return next((names[field] for field in NAMING_FIELDS if field in names), "")


def _style(event: Any) -> str:
    return event.style if event.style in ("'", '"', "|", ">") else ""


class _Builder:
    """Makes nodes of the parser's events. It calls itself for each layer, so the reader must have let the text pass."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.scalars: list[tuple[int, int]] = []
        self._events: Iterator[Any] = yaml.parse(source, _Loader)
        self._anchors: dict[str, Node] = {}

    def build(self) -> Node:
        for event in self._events:
            if isinstance(event, yaml.NodeEvent):
                return self._node(event)
        raise AssertionError  # the reader refuses a text without values

    def _node(self, event: Any) -> Node:
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, yaml.AliasEvent):
            target = self._anchors[str(event.anchor)]
            target.shared = True
            self.scalars.append((start, end))
            return Node(Kind.ALIAS, start, start, end, target=target)
        content = self._content(event, start)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, start, min(content, end), end)
        kind = Kind.LIST if isinstance(event, yaml.SequenceStartEvent) else Kind.MAP
        sign = self.source[content:end][-1:]
        style = (sign if sign in ("[", "{") else ":") if event.flow_style else ""
        node = Node(kind, start, content, end, style)
        self._anchor(event, node)
        self._fill(node)
        return node

    def _content(self, event: Any, start: int) -> int:
        if event.anchor is None and event.tag is None:
            return int(start)
        found = _PROPERTIES.match(self.source, start)
        return found.end() if found else int(start)

    def _scalar(self, event: Any, start: int, content: int, end: int) -> Node:
        style = _style(event)
        node = Node(Kind.SCALAR, start, content, end, style, event.value)
        self._anchor(event, node)
        if style in ("|", ">"):
            header = self.source.find("\n", content)
            content = end if header < 0 else header  # a comment may stand after the sign
        self.scalars.append((content, end))
        return node

    def _anchor(self, event: Any, node: Node) -> None:
        if event.anchor is not None:
            self._anchors[event.anchor] = node

    def _fill(self, node: Node) -> None:
        for event in self._events:
            if isinstance(event, yaml.CollectionEndEvent):
                if node.style in ("[", "{"):
                    mark: Any = event.end_mark
                    node.end = mark.index
                elif node.children:
                    node.end = node.children[-1].end
                return
            child = self._node(event)
            if node.kind is Kind.LIST or len(node.keys) > len(node.children):
                if node.kind is Kind.MAP and child.start == child.end:
                    self._place_nothing(node.keys[-1], child)
                node.children.append(child)
            else:
                node.keys.append(child)

    def _place_nothing(self, key: Node, child: Node) -> None:
        """An empty value stands after its colon, or after its name where there is none."""
        colon = _COLON.match(self.source, key.end)
        child.start = child.content = child.end = colon.end() if colon else key.end


def _around(scalars: list[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """The extent of the scalar that a position is in; None where it is in none."""
    before = bisect_right(scalars, (at, sys.maxsize)) - 1
    return scalars[before] if before >= 0 and scalars[before][1] > at else None


def _comments(source: str, scalars: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Every comment, in order; a `#` inside a text or a name is none."""
    at = source.find("#")
    while at >= 0:
        if scalar := _around(scalars, at):
            at = source.find("#", scalar[1])
            continue
        end = source.find("\n", at)
        end = len(source) if end < 0 else end
        yield at, at + len(source[at:end].rstrip(BLANKS))
        at = source.find("#", end)
