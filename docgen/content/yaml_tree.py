"""Where everything stands in a YAML file: its nodes, comments, lines and columns, and what a path leads to."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right

from docgen.content.scalar import block_indent
from docgen.content.yaml_nodes import Kind, Node, read_nodes
from docgen.content.yaml_reader import read_yaml
from docgen.problems import ContentError, Origin, Problem
from docgen.remembering import remembered
from docgen.structs import Struct

Path = tuple[str | int, ...]
"""The way to a value, as `Origin.path`: names of fields, and of list items `@id` or the position (from 0)."""


class Place(Struct, frozen=True, eq=False):
    """What a path leads to: the value, and its position (from 0) in each map and list on the way to it.

    `flow` = it stands in brackets; `repeated` = what it stands in is repeated in another place.
    """

    node: Node
    parents: tuple[Node, ...]
    steps: tuple[int, ...]
    flow: bool
    repeated: bool


class Tree(Struct, frozen=True, eq=False):
    """A YAML file: its name for messages, its text, its outermost map, and the extents of its comments."""

    file: str
    source: str
    root: Node
    comments: tuple[tuple[int, int], ...]

    def problem(self, at: int, path: Path, message: str, hint: str) -> ContentError:
        """An error at a position in the text."""
        line = self.source.count("\n", 0, at) + 1
        origin = Origin(self.file, line, self.column(at) + 1, tuple(map(str, path)))
        return ContentError([Problem(origin, message, hint)])

    def line_start(self, at: int) -> int:
        """Where the line of a position begins."""
        return self.source.rfind("\n", 0, at) + 1

    def line_end(self, at: int) -> int:
        """Where the line of a position ends, before its line break."""
        end = self.source.find("\n", at)
        if end < 0:
            return len(self.source)
        return end - 1 if end and self.source[end - 1] == "\r" else end

    def next_line(self, at: int) -> int:
        """Where the line after a position begins, or the text ends."""
        end = self.source.find("\n", at)
        return len(self.source) if end < 0 else end + 1

    def line_break(self, at: int) -> str:
        """What ends the line of a position; for the last line what ends the one before."""
        end = self.source.find("\n", at)
        end = end if end >= 0 else self.source.rfind("\n")
        return "\r\n" if end > 0 and self.source[end - 1] == "\r" else "\n"

    def column(self, at: int) -> int:
        """How many characters stand before a position in its line."""
        return at - self.line_start(at)

    def comments_in(self, start: int, end: int) -> list[tuple[int, int]]:
        """The comments that begin between two positions."""
        first = bisect_right(self.comments, (start, -1))
        return [place for place in self.comments[first : bisect_right(self.comments, (end, -1))] if place[0] < end]

    def bare(self, start: int, end: int) -> str:
        """The text between two positions, each comment replaced by as many blanks."""
        parts, at = [], start
        for begin, stop in self.comments_in(start, end):
            parts += [self.source[at:begin], " " * (min(stop, end) - begin)]
            at = min(stop, end)
        return "".join((*parts, self.source[at:end]))

    def indent_of(self, node: Node) -> int:
        """How far the lines of a text after `|` or `>` stand in; 0 where it has none."""
        return block_indent(node.value, self.source[node.content : node.end])

    def text_end(self, node: Node) -> int:
        """Where the last line of a value ends that belongs to it, before its line break."""
        while node.is_block and node.children:
            node = node.children[-1]
        if not node.is_block_scalar:
            return node.end
        header = self.line_end(node.content)
        if node.end <= header:
            return node.end
        lines = self.source[header : node.end].split("\n")
        if "+" in self.source[node.content : node.content + 3]:
            lines = lines[:-1] if not lines[-1] else lines
        else:
            indent = self.indent_of(node)
            while len(lines) > 1 and not (line := lines[-1].rstrip("\r")).strip(" ") and len(line) <= indent:
                lines.pop()
        end = header + len("\n".join(lines))
        return end - 1 if end > header and self.source[end - 1] == "\r" else end


@remembered(8, lambda file, data: (file, data), slot=lambda file, data: file, versions=2)
def read_tree(file: str, data: bytes) -> Tree:
    """The places in a file. Raises ContentError with what the reader refuses, and for rare line breaks."""
    read_yaml(file, data)
    source = data.decode("utf-8")
    root, comments, rare = read_nodes(source)
    tree = Tree(file, source, root, comments)
    if rare is not None:
        shown = f"linjen ender med et tegn, som mange programmer ikke ser (U+{ord(source[rare]):04X})"
        raise tree.problem(rare, (), shown, "skriv et almindeligt linjeskift i stedet")
    return tree


def find(tree: Tree, path: Path) -> Place:
    """What a path leads to. Raises ContentError where it leads nowhere, or to more than one."""
    node, flow, repeated = tree.root, False, False
    parents: list[Node] = []
    steps: list[int] = []
    for length, step in enumerate(path, 1):
        repeated = repeated or node.shared or node.kind is Kind.ALIAS
        node = node.target or node
        flow = flow or node.style != ""
        index = _index(tree, node, step, path[:length])
        parents.append(node)
        steps.append(index)
        node = node.children[index]
    return Place(node, tuple(parents), tuple(steps), flow, repeated)


def _index(tree: Tree, node: Node, step: str | int, path: Path) -> int:
    name = unicodedata.normalize("NFC", str(step)).strip("\n")
    if node.kind is Kind.MAP:
        names = node.names
    elif node.kind is Kind.LIST:
        names = [unicodedata.normalize("NFC", name).strip("\n") for name in node.ids]
        names = names if name.startswith("@") else [str(position) for position in range(len(names))]
    else:
        raise tree.problem(node.start, path, f"her er intet, der hedder '{name}'", "ret stien")
    if (count := names.count(name)) != 1:
        what = f"'{name}' findes ikke her" if not count else f"{count} punkter hedder '{name}'"
        hint = "ret stien" if not count else "giv dem hver sit id"
        raise tree.problem(node.content, path, what, hint)
    return names.index(name)
