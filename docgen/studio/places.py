"""From what is clicked on to where it is written: a mark and the words around, to file, line and column."""

from __future__ import annotations

import re
from pathlib import PurePath
from urllib.parse import quote

from docgen.content.content import Content
from docgen.content.scalar import Scalar
from docgen.content.yaml_values import NAMING_FIELDS, Map, Sequence, Value
from docgen.problems import Origin

_CONTEXT = 40


def scalar_at(content: Content, origin: Origin) -> Scalar | None:
    """The text in the content that a place is in; None where there is none."""
    value: Value = content.maps.get(origin.file.removeprefix("content/"))
    for step in origin.path:
        if isinstance(value, Map):
            value = value.get(step)
        elif isinstance(value, Sequence):
            value = _item(value, step)
        else:
            return None
    return value if isinstance(value, Scalar) else None


def _item(items: Sequence, step: str) -> Value:
    if step.startswith("@"):
        return next((one for one in items if isinstance(one, Map) and _name(one) == step[1:]), None)
    return items[int(step)] if step.isdigit() and int(step) < len(items) else None


def _name(item: Map) -> Value:
    return next((item[field] for field in NAMING_FIELDS if field in item), None)


def exact_place(scalar: Scalar | None, origin: Origin, word: str, before: str) -> Origin:
    """Where a word that is shown stands, given what is shown before it in the same block; the place of the text that it
    is from where it does not stand there as it is shown."""
    at = None if scalar is None else index_of(str(scalar), word, before)
    return origin if scalar is None or at is None else scalar.origin_at(at, at + len(word))


def index_of(text: str, word: str, before: str) -> int | None:
    """Where in a text a word stands that is shown, given what is shown before it; None where it does not stand there as
    it is shown."""
    found = [match.start() for match in re.finditer(re.escape(word), text)] if word.strip() else []
    wanted = _letters(before)[-_CONTEXT:]
    return max(found, key=lambda at: _common_end(_letters(text[:at]), wanted)) if found else None


def _letters(text: str) -> str:
    """The letters and figures of a text: typography changes signs and spaces, never these."""
    return re.sub(r"\W+", "", text)


def _common_end(one: str, other: str) -> int:
    length = 0
    while length < min(len(one), len(other)) and one[-1 - length] == other[-1 - length]:
        length += 1
    return length


def editor_link(path: PurePath, line: int, column: int) -> str:
    """The address that opens a file in Visual Studio Code at a place (code.visualstudio.com, "Opening VS Code with
    URLs"); on Windows the drive is the first part of the path."""
    place = quote(path.as_posix().lstrip("/"), safe="/:")
    return f"vscode://file/{place}" + (f":{line}:{max(column, 1)}" if line else "")
