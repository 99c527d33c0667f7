"""YAML -> plain values that remember where they stand.

The schema decides types, never YAML: every scalar arrives as a `Scalar` (a str), so `NO` and `12:30` stay what was
written. Refused: duplicate keys, tags, exploding aliases, more than one document, deep nesting, and files that are not
UTF-8 text.
"""

from __future__ import annotations

import codecs
import datetime
import json
import re
from bisect import bisect_right
from collections.abc import Iterator

from docgen.content.scalar import Scalar
from docgen.content.yaml_values import Map, Sequence, Value, control_characters
from docgen.problems import ContentError, Origin, Problem
from docgen.remembering import remembered
from docgen.structs import Struct

MAX_BYTES = 2_000_000

_COMMENT = re.compile(r"#(?<!\S#)[^\n]*")  # begins with its sign, which is what Python finds fast


class Comment(Struct, frozen=True):
    """A comment in a YAML file: its place (from 1), its text from the `#` on, and whether the line is that alone."""

    line: int
    column: int
    text: str
    alone: bool


def comments(source: str, read: Map) -> Iterator[Comment]:
    """The comments of a file, in order; a `#` inside a text, such as a heading, is none."""
    found = list(_COMMENT.finditer(source))
    spans = sorted(scalar.extent for scalar in scalars(read)) if found else []
    for match in found:
        before = bisect_right(spans, (match.start(), len(source))) - 1
        if before >= 0 and spans[before][1] > match.start():
            continue
        start = source.rfind("\n", 0, match.start()) + 1
        line = source.count("\n", 0, match.start()) + 1
        yield Comment(line, match.start() - start + 1, match[0], not source[start : match.start()].strip())


def scalars(value: Value) -> Iterator[Scalar]:
    """Every text in a value, in order; keys are none."""
    if isinstance(value, Scalar):
        yield value
    elif isinstance(value, Map):
        for inner in value.values():
            yield from scalars(inner)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from scalars(inner)


# A file as it is saved and as it would be with what is typed, the one after the other.
@remembered(4096, lambda file, data: (file, data), slot=lambda file, data: file, versions=2)
def read_yaml(file: str, data: bytes) -> Map:
    """The mapping in a YAML file. `file` is the name to show in messages.

    Raises ContentError with every problem found in the file.
    """
    # What reads YAML is loaded with the first file that is read: a build that has nothing to do reads none.
    from docgen.content.yaml_composer import compose

    return compose(file, _decode(file, data))


def dump_json(value: object, indent: int | None = None) -> bytes:
    """Plain values as YAML that is JSON, too: quicker to write, and every text is in quotes."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return re.sub("[\x85\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04x}", text).encode()  # they end a YAML line


def dump_yaml(value: object) -> bytes:
    """Plain values (mappings, lists, texts, numbers) as YAML, in their order."""
    import yaml

    return yaml.safe_dump(_plain(value), allow_unicode=True, sort_keys=False, width=110).encode()


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    return str(value) if isinstance(value, str) else value


def _decode(file: str, data: bytes) -> str:
    start = Origin(file, 1, 1)

    def refuse(message: str, hint: str, origin: Origin = start) -> ContentError:
        return ContentError([Problem(origin, message, hint)])

    if len(data) > MAX_BYTES:
        size = f"{len(data) / 1_000_000:.1f}".replace(".", ",")
        raise refuse(f"filen fylder {size} MB", "en fil må højst fylde 2 MB; del den op")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refuse("filen er gemt som UTF-16", "gem den som UTF-8")
    data = data.removeprefix(codecs.BOM_UTF8)  # some editors on Windows begin a file with it
    if b"\0" in data:
        raise refuse("filen er ikke en tekstfil", "her skal ligge YAML; læg billeder i images/ og bilag i annexes/")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        origin = Origin(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        guess = data[error.start : error.start + 1].decode("cp1252", "replace")
        raise refuse(
            f"tegnet er ikke UTF-8 (måske et '{guess}' i Windows-1252)", "gem filen som UTF-8", origin
        ) from None
    problems = [
        Problem(Origin(file, line, column), f"usynligt styretegn U+{ord(character):04X}", "slet det")
        for line, column, character in control_characters(text)
    ]
    if problems:
        raise ContentError(problems)
    return text
