"""What a field of a content file is filled in with: its type as a control of the page, and its words for a secretary.

The types are those that `docgen.content.validation` reads, so every field of every content file has a control.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum, StrEnum
from typing import Annotated, Any, Literal, get_args, get_origin

from docgen.content.fields import Conversion, FieldType, Model
from docgen.content.types import LineOrLines, Text
from docgen.content.unfilled import UNFILLED, UNWRITTEN
from docgen.structs import Struct


class Control(StrEnum):
    """How a value is filled in."""

    TEXT = "text"  # Markdown, one or more paragraphs
    LINE = "line"
    CHOICE = "choice"  # one of some words
    DATE = "date"
    TIME = "time"
    NUMBER = "number"
    YES_NO = "yes-no"
    LINES = "lines"  # one line or several, one below the other
    GROUP = "group"  # fields of its own
    ITEMS = "items"  # a list
    ENTRIES = "entries"  # values by names that the author chooses


class Shape(Struct, frozen=True):
    """A type as the page fills it in: `model` of a group, `item` of a list or of named entries, `words` of a choice,
    whether it may be a text or a number (`is_free`), and whether it may be left out."""

    control: Control
    model: type[Model] | None = None
    item: Any = None
    words: tuple[str, ...] = ()
    is_free: bool = False
    pattern: str = ""


_TEXT, _LINES = (get_args(kind)[1] for kind in (Text, LineOrLines))
_BY_FORMAT = {"date": Control.DATE, "integer": Control.NUMBER, "number": Control.NUMBER}


def shape_of(kind: Any) -> Shape:
    """The shape of a type that `docgen.content.validation` can read. Raises TypeError for another."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        conversion = next((found for found in arguments[1:] if isinstance(found, Conversion)), None)
        return shape_of(arguments[0]) if conversion is None else _converted(conversion)
    if isinstance(kind, type) and issubclass(kind, Model):
        return Shape(Control.GROUP, model=kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        words = tuple(str(one.value) for one in kind)
        return Shape(Control.CHOICE, words=(*words, UNWRITTEN) if UNFILLED in words else words)
    if kind is bool:
        return Shape(Control.YES_NO)
    if kind in (int, float):
        return Shape(Control.NUMBER)
    if kind is str:
        return Shape(Control.LINE)
    if origin is Literal:
        return Shape(Control.CHOICE, words=tuple(map(str, arguments)))
    if origin is tuple:
        return Shape(Control.ITEMS, item=arguments[0])
    if origin is dict:
        return Shape(Control.ENTRIES, item=arguments[1])
    inner = [one for one in arguments if one is not type(None)]
    if len(inner) == 1:
        return shape_of(inner[0])
    raise TypeError(kind)


def _converted(conversion: Conversion) -> Shape:
    schema = conversion.schema
    if conversion is _TEXT:
        return Shape(Control.TEXT)
    if conversion is _LINES:
        return Shape(Control.LINES)
    if "anyOf" in schema:
        return Shape(Control.LINE, is_free=True)
    pattern = str(schema.get("pattern", ""))
    if ":." in pattern:
        return Shape(Control.TIME)
    return Shape(_BY_FORMAT.get(schema.get("format", schema["type"]), Control.LINE), pattern=pattern)


# -- in words ----------------------------------------------------------------------------------------------------------

_LABEL = re.compile(r"(.+?)(?=; |: | \(|, fx |, hvis |, når |$)")
_WHOLE_LABEL = re.compile(r"(.+?)(?=; |: | \(|, fx |$)")
_NAMES = {
    "chart": "Diagram",
    "direction": "Målets retning",
    "how": "Hvordan det blev afgjort",
    "kind": "Slags",
    "measure": "Tallets slags",
    "status": "Status",
    "what": "Hvad der skete",
}
"""What choices are called whose descriptions only list them, by their keys."""
_TECHNICAL = (
    (re.compile(r",? ?i anførselstegn"), ""),
    (re.compile(r"s id i organisation\.yaml"), ""),
    (re.compile(r"; id i organisation\.yaml"), ""),
    (re.compile(r"^Id i organisation\.yaml"), "Hvem det er"),
    (re.compile(r"s id i profilen"), ""),
    (re.compile(r" i settings\.yaml| i profilen"), ""),
    (re.compile(r" i Markdown| i content/annexes/"), ""),
    (re.compile(r"Filens navn i content/cases"), "Som i listen til venstre"),
    (re.compile(r"^true(?=,| )"), "Ja"),
    (re.compile(r"^false(?=,| )"), "Nej"),
    (re.compile(r"(?<=[ ;])true(?=,| )"), "ja"),
    (re.compile(r"(?<=[ ;])false(?=,| )"), "nej"),
)
"""What a description says to those who write the file, and what it says to those who fill in a field."""
_CODED = re.compile(r"\b([a-z]+(?:-[a-z]+)*) \(([^()]*(?:\([^()]*\)[^()]*)*)\)")


def label_of(field: FieldType) -> str:
    """What a field is called: the first part of its description."""
    shape = shape_of(field.type)
    if shape.control is Control.CHOICE and field.key in _NAMES:
        return _NAMES[field.key]
    told = _plain_words(field.description)
    words = _label(told, shape) or field.key.replace("_", " ")
    return words[:1].upper() + words[1:]


def _label(told: str, shape: Shape) -> str:
    found = (_WHOLE_LABEL if shape.control is Control.YES_NO else _LABEL).match(told)
    return found[1] if found else told


def help_of(field: FieldType) -> str:
    """What a field's description says beside its label."""
    shape = shape_of(field.type)
    if shape.control is Control.CHOICE:
        return ""  # the choices say it
    told = _plain_words(field.description)
    rest = told[len(_label(told, shape)) :].strip(" ;:,")
    if field.ids:
        rest = "" if _CODED.search(rest) else rest
    return rest[:1].upper() + rest[1:]


def meaning(word: str, field: FieldType) -> str:
    """A word of a choice as its field says it; the word itself where that says nothing of it."""
    found = re.search(rf"(?<![\wæøå-]){re.escape(word)} \(([^()]*(?:\([^()]*\)[^()]*)*)\)", field.description)
    return found[1] if found else word


def choices_of(field: FieldType, shape: Shape, known: Mapping[str, Mapping[str, str]]) -> list[dict[str, str]]:
    """What can be chosen in a field, each with what it is called: a type's own words, or what the registers hold."""
    if offered := known.get(field.ids):
        return [{"value": value, "words": words} for value, words in offered.items()]
    return [{"value": word, "words": meaning(word, field)} for word in shape.words]


def _plain_words(description: str) -> str:
    for pattern, words in _TECHNICAL:
        description = pattern.sub(words, description)
    return description.strip()
