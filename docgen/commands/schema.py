"""JSON Schemas of the content files, with Danish descriptions, for editors such as VS Code."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from enum import Enum
from typing import Annotated, Any, Literal, get_args, get_origin

from docgen.build.known_ids import NONE_KNOWN, KnownIds
from docgen.content.documents import ContentFile
from docgen.content.fields import AtLeastOne, Conversion, FieldType, Model, fields_of
from docgen.content.load import SHARED_FILES
from docgen.content.unfilled import UNFILLED, UNWRITTEN
from docgen.kinds.registry import KINDS
from docgen.structs import to_builtins
from docgen.writers.theme import Theme

_THEME = ContentFile("theme", r"theme\.yaml", Theme, "Udseende (theme.yaml)")
_SIMPLE = {bool: "boolean", float: "number", str: "string"}


def _files() -> dict[str, ContentFile]:
    files = (*SHARED_FILES, *(file for kind in KINDS.values() for file in kind.files), _THEME)
    return {file.name: file for file in files}


def names() -> tuple[str, ...]:
    """The sorts of file that have a schema: what all documents share, each kind's own, and the theme."""
    return tuple(_files())


def as_file(name: str, known: KnownIds = NONE_KNOWN) -> tuple[str, bytes]:
    """A schema as an editor reads it: the file's name and what it holds. Raises KeyError for an unknown name."""
    return f"{name}.json", (json.dumps(json_schema(name, known), ensure_ascii=False, indent=2) + "\n").encode()


def json_schema(name: str, known: KnownIds = NONE_KNOWN) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one sort of file, in which fields that take ids offer those that are known;
    others may be written all the same. Raises KeyError for an unknown name."""
    definitions: dict[str, Any] = {}
    file = _files()[name]
    found = _object(file.model, definitions, known)
    title = {"title": file.title}
    shared = {"$defs": dict(sorted(definitions.items()))} if definitions else {}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_in_order({**shared, **found}), **title}


def _in_order(value: Any, keep: bool = False) -> Any:
    """Keys by the alphabet, but those of content as they were described."""
    if isinstance(value, list):
        return [_in_order(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: _in_order(value[key], key == "properties") for key in (value if keep else sorted(value))}


def _object(model: type[Model], definitions: dict[str, Any], known: KnownIds) -> dict[str, Any]:
    fields = fields_of(model)
    found: dict[str, Any] = {
        "additionalProperties": False,
        "properties": {key: _field(field, definitions, known) for key, field in fields.items()},
    }
    if required := [key for key, field in fields.items() if field.required]:
        found["required"] = required
    return {**found, "type": "object"}


def _field(field: FieldType, definitions: dict[str, Any], known: KnownIds) -> dict[str, Any]:
    found = dict(_type(field.type, definitions, known))
    if offered := known.get(field.ids):
        found = _offering(found, offered)
    if not field.required and not _has_models(field.default):
        default = to_builtins(field.default)
        found["default"] = list(default) if isinstance(default, tuple) else default
    if field.description:
        found["description"] = field.description
    words = [] if offered else found.get("enum") or found.get("anyOf", [{}])[0].get("enum", [])
    if meanings := [_meaning(word, field.description) for word in words]:
        place = found if "enum" in found else found["anyOf"][0]
        if any(meanings):
            place["enumDescriptions"] = meanings
    return found


def _offering(found: dict[str, Any], offered: Mapping[str, str]) -> dict[str, Any]:
    """A schema that offers some words with what they mean, and takes others too; of a list, its items'."""
    if found.get("type") == "array":
        return {**found, "items": _offering(found["items"], offered)}
    choice = {"enum": list(offered), "enumDescriptions": list(offered.values()), "type": "string"}
    return {"anyOf": [choice, *found.get("anyOf", [found])]}


def _choices(kind: type[Enum]) -> list[str]:
    """What may be written of some choices; one that may wait has the word for that, too."""
    values = [str(item.value) for item in kind]
    return [*values, UNWRITTEN] if UNFILLED in values else values


def _meaning(word: str, description: str) -> str:
    """What a word of a choice means, as its field says it: `absent (fraværende), late (kom senere)`."""
    match = re.search(rf"(?<![\wæøå-]){re.escape(word)} \(([^()]*(?:\([^()]*\)[^()]*)*)\)", description)
    return match[1] if match else ""


def _has_models(value: Any) -> bool:
    return isinstance(value, Model) or (isinstance(value, tuple) and any(map(_has_models, value)))


def _type(kind: Any, definitions: dict[str, Any], known: KnownIds) -> dict[str, Any]:
    """The schema of a type that `docgen.content.validation` can read."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": _choices(kind), "type": "string"}
    if isinstance(kind, type) and issubclass(kind, Model):
        if kind.__name__ not in definitions:
            definitions[kind.__name__] = {}  # a type may have fields of its own type
            definitions[kind.__name__] = _object(kind, definitions, known)
        return {"$ref": f"#/$defs/{kind.__name__}"}
    if kind in _SIMPLE:
        return {"type": _SIMPLE[kind]}
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        checks = [found.schema for found in arguments[1:] if isinstance(found, Conversion)]
        limits = {"minItems": 1} if any(isinstance(found, AtLeastOne) for found in arguments[1:]) else {}
        return dict(checks[0]) if checks else {**_type(arguments[0], definitions, known), **limits}
    if origin is Literal:
        return (
            {"enum": list(arguments), "type": "string"} if arguments[1:] else {"const": arguments[0], "type": "string"}
        )
    if origin is tuple:
        items = [_type(item, definitions, known) for item in arguments if item is not Ellipsis]
        if arguments[-1] is Ellipsis:
            return {"items": items[0], "type": "array"}
        return {"maxItems": len(items), "minItems": len(items), "prefixItems": items, "type": "array"}
    if origin is dict:
        key, value = (_type(item, definitions, known) for item in arguments)
        return {"additionalProperties": value, "propertyNames": key, "type": "object"}
    return {"anyOf": [_type(arguments[0], definitions, known), {"type": "null"}]}
