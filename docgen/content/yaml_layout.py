"""Fields and list items where they stand in a YAML file: what belongs to one, how it is added, taken out and moved.

To a field or an item of a block belong its lines; the comment at the end of its last one; the comment lines below it
that stand further in than it does; and the comment lines directly above it that begin in its own column, but for those
that the file begins with. No other comment belongs to it. In brackets no comment belongs to an item.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from docgen.content.yaml_nodes import BLANKS, Kind, Node
from docgen.content.yaml_rewording import Splice
from docgen.content.yaml_tree import Path, Tree
from docgen.structs import Struct

_BLANK_LINE = re.compile(r"\n[ \t]*\r?\n")


class Entry(Struct, frozen=True):
    """A field or an item of a block: where its own comments begin, it itself begins, and its last line ends.

    `inline` = it begins in a line with something else, such as after the dash of an outer list.
    """

    first: int
    start: int
    end: int
    inline: bool


def entries(tree: Tree, node: Node, path: Path) -> list[Entry]:
    """The fields or items of a block, in order. Raises ContentError for fields with a `?` in front."""
    found: list[Entry] = []
    column = tree.column(node.content)
    for index, child in enumerate(node.children):
        start = _start(tree, node, index, path)
        floor = found[-1].end if found else 0
        inline = tree.source[tree.line_start(start) : start].strip(" ") != ""
        first = start if inline else _first_comment(tree, start, column, floor)
        last = lead_end(tree, node, index) if child.is_null else tree.text_end(child)
        found.append(Entry(first, start, _last_comment(tree, tree.line_end(last), column), inline))
    return found


def lead_end(tree: Tree, node: Node, index: int) -> int:
    """Where the colon of a field, or the dash of an item, ends with what stands after it of anchors."""
    child = node.children[index]
    begin = node.keys[index].end if node.kind is Kind.MAP else _dash(tree, node, index)
    return begin + len(tree.bare(begin, child.content).rstrip(BLANKS))


def _start(tree: Tree, node: Node, index: int, path: Path) -> int:
    if node.kind is Kind.LIST:
        return _dash(tree, node, index)
    start = node.keys[index].start
    before = node.children[index - 1].end if index else node.content
    if "?" in tree.bare(before, start):
        raise tree.problem(start, path, "feltet er skrevet med '?'", "skriv det som 'navn: værdi'")
    return start


def _dash(tree: Tree, node: Node, index: int) -> int:
    if not index:
        return node.content
    before = node.children[index - 1].end
    return before + tree.bare(before, node.children[index].start).rfind("-")


def _first_comment(tree: Tree, start: int, column: int, floor: int) -> int:
    """Where the comment lines directly above a line, and in its column, begin; `start` where there are none, or where
    they are what the file begins with."""
    first, line = start, tree.line_start(start)
    while line > floor and line:
        line = tree.line_start(line - 1)
        text = tree.source[line : tree.line_end(line)]
        if line < floor or text[:column].strip(" ") or text[column : column + 1] != "#":
            break
        first = line + column
    return first if tree.source[:first].strip(BLANKS) else start


def _last_comment(tree: Tree, end: int, column: int) -> int:
    """Where the comment lines below a line end that stand further in than a column; the line's end without any."""
    at = tree.next_line(end)
    while at < len(tree.source):
        line_end = tree.line_end(at)
        text = tree.source[at:line_end]
        if text.strip(BLANKS) and (text.lstrip(BLANKS)[0] != "#" or len(text) - len(text.lstrip(" ")) <= column):
            break
        end = line_end if text.strip(BLANKS) else end
        at = tree.next_line(at)
    return end


# -- blocks -----------------------------------------------------------------------------------------------------


def added(tree: Tree, node: Node, position: int, lines: Sequence[str], path: Path) -> list[Splice]:
    """Lines of a new field or item, that stand in as far as the others do, in front of the one at a position."""
    found = entries(tree, node, path)
    at = found[max(position - 1, 0)]
    line_break = tree.line_break(at.start)
    gaps = [tree.source[one.end : two.first] for one, two in pairwise(found)]
    gap = line_break * (2 if gaps and all(map(_BLANK_LINE.search, gaps)) else 1)
    if position:
        return [Splice(at.end, at.end, gap + line_break.join(lines))]
    column = tree.column(node.content)
    return [Splice(at.first, at.first, line_break.join(lines)[column:] + gap + " " * column)]


def removed(tree: Tree, node: Node, index: int, path: Path) -> tuple[list[Splice], tuple[int, int]]:
    """What takes one of several fields or items out with its own comments, and from where to where these stand."""
    found = entries(tree, node, path)
    entry = found[index]
    own = (entry.first, entry.end)
    if entry.inline:
        following = found[1].first
        if tree.source[entry.end : following].strip(BLANKS):  # a comment that is not its own
            return [Splice(_text_before(tree, entry.start), entry.end, "")], own
        return [Splice(entry.start, following, "")], own
    begin, end = tree.line_start(entry.first), tree.next_line(entry.end)
    above = tree.source[tree.line_start(begin - 1) : begin].strip(BLANKS) if begin else ""
    if end == entry.end or (index == len(found) - 1 and not above):  # nothing follows in its list: the blanks above go
        kept = len(tree.source[:begin].rstrip(BLANKS))
        begin = tree.line_end(kept) if begin else 0
        return [Splice(begin, entry.end, "")], own
    while not above and end < len(tree.source) and not tree.source[end : tree.line_end(end)].strip(BLANKS):
        end = tree.next_line(end)
    return [Splice(begin, end, "")], own


def emptied(tree: Tree, node: Node, index: int, path: Path) -> tuple[list[Splice], tuple[int, int]]:
    """What takes out the only field or item that a value has, which is then empty brackets; and from where to where its
    own comments stand."""
    child, lead = node.children[index], lead_end(tree, node, index)
    (entry,) = entries(tree, child, path)
    own, sign = (entry.first, entry.end), " {}" if child.kind is Kind.MAP else " []"
    if entry.inline:
        return [Splice(lead, entry.end, sign)], own
    begin = tree.line_end(tree.line_start(entry.first) - 1)
    return [Splice(lead, lead, sign), Splice(begin, entry.end, "")], own


def _text_before(tree: Tree, at: int) -> int:
    """Where what stands before a position in its line ends, without the blanks."""
    begin = tree.line_start(at)
    return begin + len(tree.source[begin:at].rstrip(BLANKS))


def moved(tree: Tree, node: Node, index: int, position: int, path: Path) -> list[Splice]:
    """What puts a field or an item of a block, with its own comments, where another one stands. What is between them,
    such as blank lines and other comments, stays."""
    found = entries(tree, node, path)
    order = list(range(len(found)))
    order.insert(position, order.pop(index))
    return [
        Splice(place.first, place.end, tree.source[found[number].first : found[number].end])
        for place, number in zip(found, order, strict=True)
        if place is not found[number]
    ]


# -- in brackets ------------------------------------------------------------------------------------------------


def added_in_flow(tree: Tree, node: Node, position: int, text: str, path: Path) -> list[Splice]:
    """A new field or item in brackets, in front of the one at a position; on a line of its own where they are."""
    found = flow_entries(tree, node, path)
    if not found:
        return [Splice(node.content + 1, node.content + 1, text)]
    line_break, first = tree.line_break(node.content), found[0][0]
    alone = "\n" in tree.bare(node.content, first)
    gap = line_break + " " * tree.column(first) if alone else " "
    if not position:
        has_comment = bool(tree.comments_in(node.content, first))
        at = node.content + 1 if has_comment else first
        return [Splice(at, at, text + ("," if has_comment else "," + gap))]
    last = found[position - 1][1]
    blank = _blank_after(tree.source[:last])
    limit = found[position][0] if position < len(found) else node.end - 1
    comma = tree.bare(last, limit).find(",")
    line_end = tree.line_end(last)
    if not alone or not tree.comments_in(last, line_end):
        return [Splice(last, last, blank + "," + gap + text)]
    after = gap + text + ("," if comma >= 0 else "")
    return [*([] if comma >= 0 else [Splice(last, last, blank + ",")]), Splice(line_end, line_end, after)]


def removed_in_flow(tree: Tree, node: Node, index: int, path: Path) -> list[Splice]:
    """What takes a field or an item out of brackets with a comma; comments between the brackets stay."""
    found = flow_entries(tree, node, path)
    start, end = found[index]
    following = found[index + 1][0] if index + 1 < len(found) else node.end - 1
    comma = tree.bare(end, following).find(",")
    if comma >= 0:
        stop = end + comma + 1
        stop = following if not tree.source[stop:following].strip(BLANKS) and index + 1 < len(found) else stop
        return [_whole_line(tree, start, stop)]
    if not index:
        return [Splice(start, end, "")]
    before = found[index - 1][1]
    comma = before + tree.bare(before, start).find(",")
    if not tree.source[comma + 1 : start].strip(BLANKS):
        return [Splice(comma, end, "")]
    return [Splice(comma, comma + 1, ""), _whole_line(tree, start, end)]


def _whole_line(tree: Tree, start: int, end: int) -> Splice:
    """What takes out a part of a line, and the line with it where nothing else stands there."""
    begin, stop = tree.line_start(start), tree.line_end(end)
    if tree.source[begin:start].strip(BLANKS) or tree.source[end:stop].strip(BLANKS) or "\n" in tree.source[start:end]:
        return Splice(start, end, "")
    return Splice(begin, tree.next_line(end), "")


def moved_in_flow(tree: Tree, node: Node, index: int, position: int, path: Path) -> list[Splice]:
    """What puts a field or an item in brackets where another one stands. Raises ContentError where comments stand
    between them, since nobody can say whose they are."""
    found = flow_entries(tree, node, path)
    if tree.comments_in(node.content, node.end):
        message = "der står kommentarer mellem klammerne, så ingen kan sige, hvad der hører til hvad"
        raise tree.problem(node.content, path, message, "flyt punktet i filen selv")
    order = list(range(len(found)))
    order.insert(position, order.pop(index))
    texts = [tree.source[start:end] for start, end in found]
    return [
        Splice(*place, texts[number] + ("" if tree.source[place[1]] in BLANKS else _blank_after(texts[number])))
        for place, number in zip(found, order, strict=True)
    ]


def _blank_after(text: str) -> str:
    """What parts the colon of an empty value from the sign that comes next."""
    return " " if text.endswith(":") else ""


def flow_entries(tree: Tree, node: Node, path: Path) -> list[tuple[int, int]]:
    """From where to where each field or item in brackets stands. Raises ContentError for a field without braces."""
    if node.style == ":":
        raise tree.problem(node.content, path, "feltet står i en liste uden egne klammer", "skriv '{navn: værdi}'")
    if node.kind is Kind.LIST:
        return [(child.start, child.end) for child in node.children]
    return [(_start(tree, node, index, path), child.end) for index, child in enumerate(node.children)]


# -- one value in the place of another --------------------------------------------------------------------------


def replaced(tree: Tree, node: Node, index: int, inline: str, lines: Sequence[str]) -> list[Splice]:
    """Another value for a field or an item of a block: what stands in its own line, and the lines below. The comments
    before it and after it stay, and that after the sign of a block."""
    child, lead = node.children[index], lead_end(tree, node, index)
    end, line_break = tree.text_end(child), tree.line_break(lead)
    new = " " + inline if inline else ""
    below = line_break + line_break.join(lines) if lines else ""
    header = tree.line_end(child.content) if child.is_block_scalar else child.content
    comment = "".join(" " + tree.source[start:stop] for start, stop in tree.comments_in(child.content, header))
    if not tree.source[tree.line_start(child.content) : child.content].strip(BLANKS):
        begin = tree.line_end(tree.line_start(child.content) - 1)  # its lines go, and what stands before them stays
        return [Splice(lead, lead, new), Splice(begin, end, comment + below)]
    line_end = tree.line_end(end)
    return [Splice(lead, end, new + comment), Splice(line_end, line_end, below)]
