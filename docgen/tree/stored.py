"""The tree as it is kept for ever: JSON with the number of its form, read back node for node.

Each node is an object with its `kind` and the fields that are not as by default. A form, once kept, is read for ever;
a change of the tree that an older file cannot say is a new number with a reader of its own.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from typing import Any

from docgen.problems import Origin
from docgen.structs import NODEFAULT, Struct, replace
from docgen.tree import document as tree
from docgen.tree import inline_nodes
from docgen.tree.document import NOWHERE, Document

FORMATS = (1, 2)
"""1 is the tree of docgen 0.1.0. 2 has tables with cells over several columns or rows, rows that are set in, several
rows in the head, a foot, and blocks in a cell; number, icon and weight of chapters, items and key figures, and their
roles; and pictures that decorate. A tree is kept in the first form that can say it."""
_ROLES_OF_2 = frozenset(("chapter", "focus", "key-figures", "pull-quote", "columns", "back-cover"))
_OF_FORM_2: dict[type[Struct], tuple[tuple[str, object], ...]] = {
    tree.Table: (("subheaders", ()), ("foot", ()), ("row_headers", None)),
    tree.TableRow: (("level", 0),),
    tree.TableCell: (("columns", 1), ("rows", 1), ("blocks", ())),
    tree.ListItem: (("number", 0), ("icon", ""), ("weight", 0.0)),
    tree.Division: (("number", 0), ("icon", "")),
    tree.Figure: (("decorative", False),),
}
"""The fields that form 1 has not, and what they are there."""
_KEPT_NAMES = {"FieldRow": "Field"}
"""What a kind of node is called in what is kept, where its type has another name by now."""
_EARLIER_FIELDS = {"part": "ordinal"}
"""What a field was called when trees were first kept, and what it is called now."""
_KINDS: dict[str, type[Struct]] = {
    _KEPT_NAMES.get(kind.__name__, kind.__name__): kind
    for module in (tree, inline_nodes)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Struct) and kind not in (Struct, tree.Node)
}
_KINDS |= {"Origin": Origin}
_VALUES: dict[str, Callable[[Any], Any]] = {
    "role": tree.Role,
    "tone": inline_nodes.Tone,
    "change": inline_nodes.Change,
    "alignments": lambda found: tuple(map(tree.Alignment, found)),
    "date": date.fromisoformat,
    "data": b64decode,
    "raster": b64decode,
}
"""The fields whose values are no texts, numbers or nodes."""


def encode_tree(document: Document, *, lines: bool = True) -> bytes:
    """A document's tree as it is kept; without `lines` its places are files and paths in them, but no line or column:
    these tell of what stands before them, too, which may be closed."""
    kept = {"format": 2 if _needs_form_2(document) else 1, "tree": _encode(document, lines=lines)}
    return (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode()


def decode_tree(data: bytes) -> Document:
    """The tree that `encode_tree` kept. Raises ValueError for what is none, or of a form that is not known."""
    try:
        kept = json.loads(data)
        if kept["format"] not in FORMATS:
            raise ValueError(f"form {kept['format']}")
        found = _decode(kept["tree"])
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(str(error)) from None
    if not isinstance(found, Document):
        raise ValueError("no document")
    return found


def _needs_form_2(document: Document) -> bool:
    return any(
        (isinstance(node, tree.Division) and node.role in _ROLES_OF_2)
        or any(getattr(node, name) != default for name, default in _OF_FORM_2.get(type(node), ()))
        for node in tree.walk(document)
    )


def _encode(value: Any, *, lines: bool) -> Any:
    match value:
        case Origin() if not lines:
            return _encode(replace(value, line=0, column=0), lines=True)
        case Struct():
            fields = zip(value.__struct_fields__, _defaults(type(value)), strict=True)
            changed = {name: found for name, default in fields if (found := getattr(value, name)) != default}
            name = type(value).__name__
            return {"kind": _KEPT_NAMES.get(name, name)} | {
                name: _encode(found, lines=lines) for name, found in changed.items()
            }
        case tuple():
            return [_encode(item, lines=lines) for item in value]
        case bytes():
            return b64encode(value).decode()
        case Enum():
            return value.value
        case str():
            return str(value)
        case date():
            return value.isoformat()
        case _:
            return value


def _defaults(kind: type[Struct]) -> tuple[Any, ...]:
    known = kind.__struct_defaults__
    return (*[NODEFAULT] * (len(kind.__struct_fields__) - len(known)), *known)


def _decode(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_decode(item) for item in value)
    if not isinstance(value, Mapping):
        return value
    fields = {_EARLIER_FIELDS.get(str(name), str(name)): found for name, found in value.items() if name != "kind"}
    read = {name: _VALUES[name](found) if name in _VALUES else _decode(found) for name, found in fields.items()}
    kind = _KINDS[value["kind"]]
    if isinstance(read.get("caption"), tuple):  # a caption was once its inlines alone, its label among them
        read["caption"] = tree.Caption(children=read["caption"], origin=read.get("origin", NOWHERE))
    return kind(**read)
