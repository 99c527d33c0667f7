"""From YAML values to a type of `docgen.content.model`, with every error as a Problem in Danish at its own line."""

from __future__ import annotations

import difflib
from collections.abc import Sequence as Loc
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from docgen.content.yaml_reader import Map, Sequence, Value
from docgen.problems import Origin, Problem

_Model = TypeVar("_Model", bound=BaseModel)


def validate(kind: type[_Model], value: Map) -> tuple[_Model | None, list[Problem]]:
    """The model that a mapping from YAML describes, or None, and what is wrong with it."""
    try:
        return kind.model_validate(value), []
    except ValidationError as error:
        return None, [_problem(kind, value, details) for details in _first_causes(kind, value, error)]


def _first_causes(kind: type[BaseModel], value: Map, error: ValidationError) -> list[ErrorDetails]:
    """The errors without those that only follow from another: a key missing since it is misspelt, a list short of the
    items that are wrong themselves."""
    errors = error.errors(include_url=False)
    misspelt = {
        (*details["loc"][:-1], near(str(details["loc"][-1]), _fields(_kind_at(kind, details["loc"][:-1]))))
        for details in errors
        if details["type"] == "extra_forbidden"
    }
    return [
        details
        for details in errors
        if not (details["type"] == "missing" and details["loc"] in misspelt)
        and not (details["type"] == "too_short" and _at(value, details["loc"]))
    ]


def near(word: str, known: Loc[str]) -> str:
    """The known word most like `word`, or an empty string."""
    found = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return found[0] if found else ""


def meant(word: str, known: Loc[str], otherwise: str) -> str:
    """The hint after an unknown word: the known one most like it, or what else would be right."""
    guess = near(word, known)
    return f"mente du '{guess}'?" if guess else otherwise


def _problem(kind: type[BaseModel], value: Map, details: ErrorDetails) -> Problem:
    location = details["loc"]
    context = details.get("ctx") or {}
    name = str(location[-1]) if location else ""
    match details["type"]:
        case "extra_forbidden":
            fields = _fields(_kind_at(kind, location[:-1]))
            hint = meant(name, fields, f"her kan stå: {', '.join(fields)}")
            return Problem(_origin(value, location, key=True), f"feltet '{name}' kendes ikke", hint)
        case "missing":
            return Problem(_origin(value, location[:-1]), f"feltet '{name}' mangler", _describe(kind, location))
        case "docgen":
            if _at(value, location) is None:
                return Problem(
                    _origin(value, location, key=True), f"feltet '{name}' er tomt", _describe(kind, location)
                )
            return Problem(_origin(value, location), str(context["message"]), str(context["hint"]))
        case "literal_error" | "enum":
            expected = str(context.get("expected", "")).replace("'", "").replace(" or ", " eller ")
            hint = meant(str(details["input"]), expected.replace(" eller ", ", ").split(", "), f"skriv {expected}")
            return Problem(_origin(value, location), f"'{details['input']}' er ikke en mulighed i '{name}'", hint)
        case "tuple_type" | "list_type":
            return Problem(_origin(value, location), f"'{name}' skal være en liste", "begynd hver linje med '- '")
        case "model_type" | "model_attributes_type" | "dict_type":
            fields = _fields(_kind_at(kind, location))
            hint = f"skriv {', '.join(fields[:4])} …" if fields else "skriv 'navn: værdi'"
            return Problem(_origin(value, location), f"'{name}' skal bestå af felter", hint)
        case "too_short":
            return Problem(_origin(value, location), f"listen '{name}' er tom", "skriv mindst ét punkt")
        case "float_parsing" | "float_type":
            return Problem(_origin(value, location), f"'{details['input']}' er ikke et tal", "skriv fx 13.5")
        case "greater_than" | "less_than_equal":
            limits = f"over {context['gt']}" if "gt" in context else f"højst {context['le']}"
            return Problem(_origin(value, location), f"'{name}' er {details['input']}", f"skriv et tal {limits}")
        case "string_pattern_mismatch":
            hint = 'skriv en farve som "#0b3f6b"' if "#" in str(context.get("pattern")) else "ret værdien"
            return Problem(_origin(value, location), f"'{details['input']}' kan ikke bruges i '{name}'", hint)
        case _:
            return Problem(_origin(value, location), f"værdien i '{name}' kan ikke bruges", details["msg"])


def _at(value: Value, location: Loc[int | str]) -> Value:
    for step in location:
        if isinstance(value, Map):
            value = value.get(str(step))
        elif isinstance(value, Sequence) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def _origin(value: Map, location: Loc[int | str], key: bool = False) -> Origin:
    """The place of a value, or of its key; of the nearest thing around it where it has none."""
    origin = value.origin
    current: Value = value
    for position, step in enumerate(location):
        last = position == len(location) - 1
        if isinstance(current, Map) and str(step) in current:
            origin = current.key_origins[str(step)]
            current = current[str(step)]
        elif isinstance(current, Sequence) and isinstance(step, int) and step < len(current):
            origin = current.item_origins[step]
            current = current[step]
        else:
            return origin
        if current is not None and not (last and key):
            origin = current.origin
    return origin


def _kind_at(kind: type[BaseModel] | None, location: Loc[int | str]) -> type[BaseModel] | None:
    for step in location:
        if kind is None:
            return None
        if isinstance(step, str):
            names = {field.alias or name: field for name, field in kind.model_fields.items()}
            kind = _model_in(names[step].annotation) if step in names else None
    return kind


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (tuple, list, Union, UnionType):
        for argument in get_args(annotation):
            if (found := _model_in(argument)) is not None:
                return found
    return None


def _fields(kind: type[BaseModel] | None) -> list[str]:
    return [field.alias or name for name, field in kind.model_fields.items()] if kind else []


def _describe(kind: type[BaseModel], location: Loc[int | str]) -> str:
    parent = _kind_at(kind, location[:-1])
    name = str(location[-1])
    for field_name, field in (parent.model_fields if parent else {}).items():
        if (field.alias or field_name) == name and field.description:
            return f"skriv '{name}: …' ({field.description[0].lower()}{field.description[1:]})"
    return f"skriv '{name}: …'"
