"""A text in a YAML file with other words: where it stands, in its style, in as few lines as possible."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from docgen.content.scalar import places_of
from docgen.content.yaml_nodes import BLANKS, Node
from docgen.content.yaml_style import (
    Convention,
    block_sign,
    can_stand,
    escaped,
    fold_at,
    folded,
    in_style,
    is_typed,
    quoted,
    styles_for,
)
from docgen.content.yaml_tree import Tree
from docgen.structs import Struct

_TOKEN = re.compile(r"[\w\u0300-\u036f]+|\n+|[^\S\n]+|[^\w\s]")  # a letter may have its accent as a sign of its own
_HEADER = re.compile(r"[|>]([-+0-9]*)([^\r\n]*)")
_MOST_PAIRS = 250_000  # of words that are compared one by one
_NARROWEST = 80
_TOLERANCE = 12  # characters that a line may become longer than the others before it is broken


class Splice(Struct, frozen=True):
    """New text for what stands between two positions."""

    start: int
    end: int
    text: str


class Old(Struct, frozen=True):
    """A text as it stands: its node, where its last line ends, its value, how it is written, and its surroundings.

    The value is letter by letter that of the file, but for line breaks around it; it need not be in Unicode's NFC.
    `column` is where the fields begin, of which it is one's value, `indent` how far its lines stand in from the second
    on, and `line_break` what ends them.
    """

    node: Node
    end: int
    value: str
    written: str
    flow: bool
    column: int
    indent: int
    line_break: str
    layout: Convention
    start_column: int

    @property
    def has_lines(self) -> bool:
        """Whether it goes over several lines."""
        return self.node.is_block_scalar or "\n" in self.written

    def can_hold(self, words: str) -> bool:
        """Whether words can stand in it, as far as its style goes."""
        return ("\n" not in words or self.has_lines or self.node.style == '"') and can_stand(words, self.node.style)

    @property
    def header(self) -> tuple[str, str]:
        """Of a block: the signs after `|` or `>`, and the rest of that line."""
        found = _HEADER.match(self.written)
        return (found[1], found[2]) if found and self.node.is_block_scalar else ("", "")

    def lines(self, lines: Sequence[str]) -> str:
        """Lines that stand in as the others do, joined."""
        return self.line_break.join(" " * self.indent + line if line else "" for line in lines)


def old_text(tree: Tree, node: Node, flow: bool, column: int, layout: Convention) -> Old:
    """A text that stands in a file."""
    last = node.content + len(tree.source[node.content : tree.text_end(node)].rstrip(BLANKS))
    written = tree.source[node.content : tree.line_end(last) if node.is_block_scalar else node.end]
    second = re.search(r"\n *(?:\r?\n *)*", written)
    indent = tree.indent_of(node) if node.is_block_scalar else len(second[0].rpartition("\n")[2]) if second else 0
    if node.is_block_scalar and not indent:
        digit = re.search(r"[1-9]", written)
        indent = column + (int(digit[0]) if digit else layout.step)
    value = node.value.strip("\n")
    start_column = tree.column(node.content)
    line_break = tree.line_break(node.content)
    return Old(
        node, node.content + len(written), value, written, flow, column, indent, line_break, layout, start_column
    )


def reworded(tree: Tree, old: Old, new: str, in_place: bool) -> Iterator[list[Splice]]:
    """Ways to write another text in the place of one, the one that changes least first. Whether it will be read as it
    was meant is for the caller to see. `in_place` = only the words that differ, in the lines where they stand."""
    node = old.node
    keeps_style = node.style != "" or not _becomes_typed(old.value, new)
    changed = _changed_words(old, new) if keeps_style else None
    if in_place:
        yield from [[Splice(node.content, old.end, changed)]] if changed is not None else ()
        return
    if changed is not None and (shaped := _in_shape(old, changed)) is not None:
        yield [Splice(node.content, old.end, shaped)]
    if keeps_style and (whole := _whole(old, new)) is not None:
        yield [Splice(node.content, old.end, whole)]
    for style in styles_for(new, node.style, old.flow):
        if style != node.style or not old.has_lines:
            yield from _in_other_style(tree, old, new, style)
    yield in_one_line(old, quoted(new))


def _becomes_typed(old: str, new: str) -> bool:
    return is_typed(new) and not is_typed(old)


# -- the words that differ --------------------------------------------------------------------------------------


def _changed_words(old: Old, new: str) -> str | None:
    """How the text is written with its differing words replaced; None where their places are not known, or where the
    new ones cannot be written there."""
    places = places_of(old.value, old.written, 0) if old.value else None
    if places is None:
        return None
    parts, at = [], 0
    for start, end, words in _differences(old.value, new):
        if not old.can_hold(words):
            return None
        start, end = _kept_in_line(old, places, start, end) if not words else (start, end)
        begin, stop = _position(old, places, start), _position(old, places, end)
        parts += [old.written[at:begin], _words(old, words)]
        at = max(begin, stop)
    return "".join((*parts, old.written[at:]))


def _differences(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """Where the words of two texts differ: from where to where in the old one, and what stands there in the new one."""
    written, after = _TOKEN.findall(old), _TOKEN.findall(new)
    before = [_composed(token) for token in written]
    shorter, front, back = min(len(before), len(after)), 0, 0
    while front < shorter and before[front] == after[front]:
        front += 1
    while back < shorter - front and before[-1 - back] == after[-1 - back]:
        back += 1
    middle, wanted = before[front : len(before) - back], after[front : len(after) - back]
    codes = [("replace", 0, len(middle), 0, len(wanted))]
    if len(middle) * len(wanted) <= _MOST_PAIRS:
        codes = list(SequenceMatcher(str.isspace, middle, wanted, autojunk=False).get_opcodes())
    at = len("".join(written[:front]))
    for kind, i1, i2, j1, j2 in codes:
        end = at + len("".join(written[front + i1 : front + i2]))
        if kind != "equal" and end - at + j2 - j1:
            yield at, end, "".join(wanted[j1:j2])
        at = end


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _kept_in_line(old: Old, places: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """What is taken out, moved by a blank where it would take a line's end with it, and need not."""
    value = old.value
    if _is_fold(old, places, end - 1) and start and value[start - 1] == value[end - 1]:
        return start - 1, end - 1
    if _is_fold(old, places, start) and end < len(value) and value[end] == value[start]:
        return start + 1, end + 1
    return start, end


def _is_fold(old: Old, places: Sequence[int], at: int) -> bool:
    return old.value[at] == " " and old.written[places[at]] == "\n"


def _position(old: Old, places: Sequence[int], at: int) -> int:
    """Where in the written text character `at` of the value stands; its end for what comes after the last one."""
    if at >= len(places):
        return len(old.written) - (1 if old.node.style in ("'", '"') else 0)
    place = places[at]
    if old.written[place] != "\n":
        return place
    blanks = "\r" if old.node.is_block_scalar else " \t\r"
    while place and old.written[place - 1] in blanks:
        place -= 1
    return place


def _words(old: Old, words: str) -> str:
    """New words, written as those beside them."""
    style, pad = old.node.style, " " * old.indent
    if style == '"' and not old.has_lines:
        return escaped(words, style).replace("\n", "\\n")
    more = 0 if style == "|" else 1  # a line break alone is folded away
    return re.sub(r"\n+", lambda run: old.line_break * (len(run[0]) + more) + pad, escaped(words, style))


def _in_shape(old: Old, changed: str) -> str | None:
    """The written text without blanks in lines that became empty, and without lines that became too long; None where a
    block would begin or end with empty lines."""
    if not old.has_lines:
        return changed
    lines_before = old.written.split("\n")
    known = set(lines_before)
    first = 0 if old.node.is_block_scalar else old.start_column
    width = max(_NARROWEST, first + len(lines_before[0].rstrip("\r")), *(len(line) for line in lines_before[1:]))
    lines = []
    for number, line in enumerate(changed.split("\n")):
        if line in known or (number == 0 and old.node.is_block_scalar):
            lines.append(line)
        elif not line.strip(BLANKS) and len(line.rstrip("\r")) <= old.indent:
            lines.append(line.lstrip(" "))
        else:
            lines += _broken(old, line, width - (first if number == 0 else 0))
    if old.node.is_block_scalar and not (lines[-1].strip(BLANKS) and lines[min(1, len(lines) - 1)].strip(BLANKS)):
        return None
    return "\n".join(lines)


def _broken(old: Old, line: str, width: int) -> list[str]:
    lines = []
    is_further_in = old.node.style == ">" and line[old.indent : old.indent + 1] in (" ", "\t")
    while len(line) > width + _TOLERANCE and old.node.style != "|" and not is_further_in:
        start = len(line) - len(line.lstrip(" "))
        if (at := fold_at(line, start, width)) is None:
            break
        lines.append(line[:at] + old.line_break.removesuffix("\n"))
        line = " " * old.indent + line[at + 1 :]
    return [*lines, line]


# -- the whole text ---------------------------------------------------------------------------------------------


def _whole(old: Old, new: str) -> str | None:
    """The text written anew in the style that it has; None where that cannot hold it."""
    style = old.node.style
    if old.node.is_block_scalar:
        return _whole_block(old, new)
    if not old.has_lines or not old.can_hold(new):
        return None
    width = max(old.layout.width - old.indent, _NARROWEST)
    lines = folded(escaped(new, style), width)
    return style + old.lines(lines)[old.indent if lines[0] else 0 :] + style


def _whole_block(old: Old, new: str) -> str | None:
    signs, rest = old.header
    if not new or not old.can_hold(new) or (new[:1] == " " and not 1 <= old.indent - old.column <= 9):
        return None
    if new[:1] == " " and not any(sign.isdigit() for sign in signs):
        signs = block_sign(new, "", signs, old.indent - old.column)
    if old.node.style == "|":
        lines = new.split("\n")
    else:
        width = max((len(line.rstrip("\r")) for line in old.written.split("\n")[1:]), default=old.layout.width)
        lines = folded(new, max(width, _NARROWEST) - old.indent, _paragraphs(old))
    return old.node.style + signs + rest + old.line_break + old.lines(lines)


def _paragraphs(old: Old) -> dict[str, list[str]]:
    """The lines of each paragraph of a folded text."""
    places = places_of(old.value, old.written, 0)
    found: dict[str, list[str]] = {}
    for match in re.finditer(r"[^\n]+", old.value) if places else ():
        written = old.written[places[match.start()] : places[match.end() - 1] + 1] if places else ""
        found[_composed(match[0])] = [
            line.removesuffix("\r")[old.indent if number else 0 :] for number, line in enumerate(written.split("\n"))
        ]
    return found


def _in_other_style(tree: Tree, old: Old, new: str, style: str) -> Iterator[list[Splice]]:
    if style == "" and _becomes_typed(old.value, new):
        return
    written = in_style(new, style, old.flow, old.column, old.layout)
    if written is None:
        return
    if not written.body:
        yield in_one_line(old, written.head)
        return
    body = old.line_break + old.line_break.join(written.body)
    if old.node.is_block_scalar:
        yield [Splice(old.node.content, old.end, written.head + old.header[1] + body)]
        return
    line_end = tree.line_end(old.end)  # a comment may stand before it
    yield [Splice(old.node.content, old.end, written.head), Splice(line_end, line_end, body)]


def in_one_line(old: Old, written: str) -> list[Splice]:
    """What is written in one line in the place of a text; the comment after the sign of a block stays."""
    return [Splice(old.node.content, old.end, written + old.header[1].rstrip(BLANKS))]
