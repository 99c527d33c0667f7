"""Values as YAML text, in the style of the file that they come into."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from docgen.content.scalar import is_boolean, is_number
from docgen.content.yaml_nodes import Kind, Node, lone_field
from docgen.content.yaml_syntax import MAX_DEPTH
from docgen.content.yaml_tree import Tree
from docgen.content.yaml_values import NULLS, control_characters
from docgen.structs import Struct

Value = str | int | float | Decimal | datetime.date | datetime.time | None | Sequence["Value"] | Mapping[str, "Value"]
"""What can be written: a text, a number, a yes or no, a date, a time of day, nothing, a list, or named fields."""

_LARGEST, _DECIMALS = 10**15, 30
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\r": "\\r", "\u2028": "\\L", "\u2029": "\\P"}
_ESCAPED = re.compile('["\\\\\t\r\u2028\u2029]')
_NARROWEST, _WIDEST = 80, 120
_FOLDABLE = re.compile(r"(?<=[^\s\\]) (?=\S)")


class Word(str):
    """A number, a yes or no, a date or a time of day: written without quotes."""

    __slots__ = ()


Plain = str | None | list["Plain"] | dict[str, "Plain"]
"""A value as it is written: a `Word`, a text, nothing, a list, or fields by name."""


class UnwritableError(ValueError):
    """A value that docgen's YAML cannot hold: what is wrong, and what would be right, in Danish."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


class Written(Struct, frozen=True):
    """A scalar as YAML: what stands at its place, and the lines below that belong to it."""

    head: str
    body: tuple[str, ...] = ()


class Convention(Struct, frozen=True):
    """How a file is laid out: how far fields and lists stand in from what they belong to, and how long lines are."""

    step: int
    list_step: int
    width: int


def plain_value(value: object, depth: int = 0) -> Plain:
    """A value as it will be read again. Raises UnwritableError."""
    if depth > MAX_DEPTH:
        raise UnwritableError(f"værdien er i mere end {MAX_DEPTH} lag", "gør opbygningen fladere")
    if value is None:
        return None
    if isinstance(value, str):
        return Word(_text(value)) if isinstance(value, Word) else _text(value)
    if isinstance(value, bool):
        return Word("true" if value else "false")
    if isinstance(value, datetime.time):
        return Word(f"{value:%H:%M}")
    if isinstance(value, datetime.date):
        return Word(value.isoformat())
    if isinstance(value, int | float | Decimal):
        return _number(value)
    if isinstance(value, Mapping):
        fields = {_text(str(name)): plain_value(inner, depth + 1) for name, inner in value.items()}
        if len(fields) != len(value):
            raise UnwritableError("to felter har samme navn", "giv dem hver sit")
        return fields
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return [plain_value(inner, depth + 1) for inner in value]
    raise UnwritableError("værdien kan ikke skrives som YAML", "brug tekst, tal, dato, liste eller felter")


def _number(value: float | Decimal) -> Word:
    if isinstance(value, int):
        is_small, exact = abs(value) < _LARGEST, Decimal(0)
    else:
        exact = Decimal(str(value))
        is_small = exact.is_finite() and abs(exact) < _LARGEST and exact.adjusted() > -_DECIMALS
    if not is_small:
        raise UnwritableError("tallet er for stort, for lille eller intet tal", "skriv et tal med højst 15 cifre")
    return Word(value if isinstance(value, int) else f"{exact:f}")


def _text(text: str) -> str:
    text = unicodedata.normalize("NFC", text).strip("\n")
    for _, _, character in control_characters(text):
        raise UnwritableError(f"usynligt styretegn U+{ord(character):04X}", "slet det")
    return text


def convention(tree: Tree) -> Convention:
    """How a file is laid out, by its first fields inside a field and its first list in one."""
    found: dict[Kind, int] = {}
    _measure(tree, tree.root, found)
    longest = max(len(line) for line in tree.source.splitlines())
    step = found.get(Kind.MAP) or found.get(Kind.LIST) or 2
    return Convention(min(step, 9), found.get(Kind.LIST, step), min(max(longest, _NARROWEST), _WIDEST))


def _measure(tree: Tree, node: Node, found: dict[Kind, int]) -> None:
    for child in node.children:
        if node.kind is Kind.MAP and child.is_block:
            found.setdefault(child.kind, tree.column(child.content) - tree.column(node.content))
        _measure(tree, child, found)


# -- scalars ----------------------------------------------------------------------------------------------------


def is_typed(text: str) -> bool:
    """Whether a text is another thing than a text where it has no quotes."""
    return text in NULLS or is_number(text) or is_boolean(text)


def escaped(text: str, quote: str) -> str:
    """The inside of a text in quotes, but for its line breaks; `quote` is the sign, "" for none."""
    if quote == "'":
        return text.replace("'", "''")
    return _ESCAPED.sub(lambda sign: _ESCAPES[sign[0]], text) if quote == '"' else text


def quoted(text: str) -> str:
    """A text in quotes, in one line."""
    if "'" not in text and re.search(r'["\\]', text) and not re.search("[\n\t\r\u2028\u2029]", text):
        return f"'{text}'"
    return '"' + escaped(text, '"').replace("\n", "\\n") + '"'


def folded(text: str, width: int, known: Mapping[str, Sequence[str]] | None = None) -> list[str]:
    """The lines of a text that is folded at a width (YAML 1.2, 8.1.3); `known` are the lines of some of its paragraphs,
    where they have some already."""
    parts = re.split(r"(\n+)", text)
    lines: list[str] = []
    for number in range(0, len(parts), 2):
        paragraph = parts[number]
        if number:
            is_further_in = paragraph[:1] in (" ", "\t") or parts[number - 2][:1] in (" ", "\t")
            lines += [""] * (len(parts[number - 1]) - is_further_in)
        lines += (known or {}).get(paragraph) or _wrapped(paragraph, width)
    return lines


def _wrapped(paragraph: str, width: int) -> list[str]:
    if paragraph[:1] in (" ", "\t"):
        return [paragraph]
    lines: list[str] = []
    for word in _FOLDABLE.split(paragraph):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


def fold_at(line: str, start: int, width: int) -> int | None:
    """Where a line can be broken so that it is no longer than a width, or as little longer as can be; the blank there
    goes. Not before `start`."""
    places = [match.start() for match in _FOLDABLE.finditer(line, start)]
    return max((place for place in places if place <= width), default=min(places, default=None))


def block_sign(text: str, style: str, chomping: str, step: int) -> str:
    """What a block begins with; a text with a blank in front says how far its lines stand in."""
    return style + (str(step) if text[:1] == " " else "") + chomping


def can_stand(text: str, style: str) -> bool:
    """Whether every character of a text can stand in a style as it is, for any reader, but for line breaks."""
    return not re.search("[\r\u2028\u2029]" if style else "[\t\r\u2028\u2029]", text) or style == '"'


def in_style(text: str, style: str, flow: bool, column: int, layout: Convention) -> Written | None:
    """A text in a style, where that can hold it. `column` is where the fields begin, of which it is one's value."""
    if style == '"':
        return Written('"' + escaped(text, '"').replace("\n", "\\n") + '"')
    if not can_stand(text, style):
        return None
    if style in ("|", ">"):
        if flow or not text:
            return None
        indent = column + layout.step
        lines = text.split("\n") if style == "|" else folded(text, layout.width - indent)
        sign = block_sign(text, style, "" if style == "|" else "-", layout.step)
        body = tuple(" " * indent + line if line else "" for line in lines)
        read = lone_field("\n".join((" " * column + "k: " + sign, *body)))
        return Written(sign, body) if read and read[1].strip("\n") == text else None
    written = f"'{escaped(text, style)}'" if style == "'" else text
    read = lone_field(f"{{k: {written}}}" if flow else f"k: {written}")
    is_held = read is not None and read[1:] == (text, style) and "\n" not in text and (style or text not in NULLS)
    return Written(written) if is_held else None


def styles_for(text: str, style: str, flow: bool) -> Iterator[str]:
    """The styles for a text that is, or would best be, in a style; the nearest first, and the last holds any text."""
    yield style
    if "\n" in text and not flow and style != '"':
        yield "|"
    if style not in ("'", '"') and quoted(text).startswith("'"):
        yield "'"
    yield '"'


def new_scalar(
    value: str | None, like: Node | None, flow: bool, column: int, start: int, layout: Convention
) -> Written:
    """A scalar that is new in a file, in the style of `like`, another value of its sort, where that can hold it.

    `column` is where the fields begin, of which it is one's value, and `start` where the value itself does.
    """
    if value is None or isinstance(value, Word):
        return Written("null" if value is None and flow else value or "")
    is_long = not flow and start + len(value) > layout.width
    style = like.style if like is not None and like.kind is Kind.SCALAR else ""
    if style in ("|", ">") and not is_long and "\n" not in value:
        style = ""
    for one in (*([">"] if is_long and not style and "\n" not in value else []), *styles_for(value, style, flow)):
        if one == "" and is_typed(value):
            continue
        if written := in_style(value, one, flow, column, layout):
            return written
    return Written(quoted(value))


def name_text(name: str, flow: bool, quote: str = "") -> str:
    """A field's name, in the quotes it is to have, or in those that it needs."""
    if quote == "'" and not re.search("['\n\t\r\u2028\u2029]", name):
        return f"'{name}'"
    field = f"{{{name}: v}}" if flow else f"{name}: v"
    if name and not quote and can_stand(name, "") and lone_field(field) == (name, "v", ""):
        return name
    return '"' + escaped(name, '"').replace("\n", "\\n") + '"'


# -- lists and fields -------------------------------------------------------------------------------------------


def flow_text(value: Plain, layout: Convention, like: Node | None = None) -> str:
    """A value in one line, with brackets round lists and fields."""
    if isinstance(value, dict):
        inner = (
            f"{name_text(name, flow=True)}: {flow_text(child, layout, like and like.like(name))}"
            for name, child in value.items()
        )
        return "{" + ", ".join(inner) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow_text(child, layout, like and like.like(0)) for child in value) + "]"
    return new_scalar(value, like, True, 0, 0, layout).head


def entry_lines(lead: str, value: Plain, column: int, layout: Convention, like: Node | None = None) -> list[str]:
    """The lines of a field or an item that begins in a column. `lead` is `name:` or `-`; `like` is another value of its
    sort, the style of which is followed."""
    pad = " " * column
    if not isinstance(value, dict | list):
        written = new_scalar(value, like, False, column, column + len(lead) + 1, layout)
        return [pad + lead + (" " + written.head if written.head else ""), *written.body]
    in_line = f"{pad}{lead} {flow_text(value, layout, like)}"
    is_flow = like is not None and like.style in ("[", "{") and like.children
    if not value or (is_flow and len(in_line) <= layout.width):
        return [in_line]
    step = 2 if lead == "-" else layout.step if isinstance(value, dict) else layout.list_step
    lines = collection_lines(value, column + step, layout, like)
    return [f"{pad}- {lines[0][column + 2 :]}", *lines[1:]] if lead == "-" else [pad + lead, *lines]


def collection_lines(value: Plain, column: int, layout: Convention, like: Node | None = None) -> list[str]:
    """The lines of fields or of a list, neither empty, that begin in a column."""
    if isinstance(value, dict):
        entries = [(name_text(name, flow=False) + ":", name, child) for name, child in value.items()]
        return [
            line
            for lead, name, child in entries
            for line in entry_lines(lead, child, column, layout, like and like.like(name))
        ]
    assert isinstance(value, list)
    return [line for child in value for line in entry_lines("-", child, column, layout, like and like.like(0))]
