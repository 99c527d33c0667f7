"""What is new in a list or a group: what must be asked of it, and the value that is made of the answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from docgen.content.fields import FieldType, fields_of
from docgen.content.types import MAX_IDENTIFIER
from docgen.content.unfilled import UNWRITTEN
from docgen.content.yaml_style import Value as Written
from docgen.studio.controls import Control, Shape, choices_of, help_of, label_of, shape_of
from docgen.studio.forms import meant

Names = Mapping[str, Mapping[str, str]]
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ä": "ae", "ö": "oe", "ü": "ue"})
_ID_WORDS = 5


def asked_of(shape: Shape, field: FieldType, names: Names) -> list[dict[str, Any]]:
    """What is filled in of something new, each with its name among the answers (`points.0.text`): what must be, and
    what may be on one line."""
    return list(_asked(shape, field, names, ""))


def _asked(shape: Shape, field: FieldType, names: Names, name: str) -> Iterator[dict[str, Any]]:
    if shape.control is Control.GROUP:
        assert shape.model is not None
        for key, inner in fields_of(shape.model).items():
            inner_shape = shape_of(inner.type)
            is_more = not name and inner_shape.control not in (Control.GROUP, Control.ITEMS, Control.ENTRIES)
            if (inner.required or is_more) and not _is_own_id(inner):
                yield from _asked(inner_shape, inner, names, f"{name}.{key}" if name else key)
    elif shape.control is Control.ITEMS:
        yield from _asked(shape_of(shape.item), field, names, f"{name}.0" if name else "0")
    elif shape.control is not Control.ENTRIES:
        yield {
            "name": name,
            "label": label_of(field),
            "help": help_of(field),
            "control": shape.control.value,
            "choices": choices_of(field, shape, names),
            "is_open": bool(field.ids),
            "required": field.required,
        }


def made_of(shape: Shape, answers: Mapping[str, str], taken: set[str], name: str = "") -> Written:
    """The value of something new. What must be there and was not answered says that it is still to be written; an id
    is made of the first words, and is none that is `taken`."""
    if shape.control is Control.GROUP:
        assert shape.model is not None
        made: dict[str, Written] = {}
        for key, field in fields_of(shape.model).items():
            inner = f"{name}.{key}" if name else key
            if _is_own_id(field):
                made[key] = proposed_id(_first_words(answers, name), taken)
            elif field.required or answers.get(inner, "").strip():
                made[key] = made_of(shape_of(field.type), answers, taken, inner)
        return made
    if shape.control is Control.ITEMS:
        return [made_of(shape_of(shape.item), answers, taken, f"{name}.0" if name else "0")]
    if shape.control is Control.ENTRIES:
        return {}
    text = answers.get(name, "")
    if text.strip():
        return meant(shape, text, None)
    return shape.words[0] if shape.words else UNWRITTEN


def _is_own_id(field: FieldType) -> bool:
    """Whether a field is the id of what it is in, which the page proposes, and not that of something else."""
    return field.key == "id" and field.required and field.description.startswith("Fast id")


def _first_words(answers: Mapping[str, str], name: str) -> str:
    own = [text for key, text in answers.items() if key.startswith(name) and text.strip()]
    return max(own, key=lambda text: " " in text, default="")


def proposed_id(words: str, taken: set[str]) -> str:
    """An id of some words that no other has, and which is taken from now on."""
    plain = re.sub(r"[^a-z0-9]+", "-", words.lower().translate(_LETTERS)).strip("-")
    first = "-".join(plain.split("-")[:_ID_WORDS])[: MAX_IDENTIFIER - 4].strip("-") or "nyt-punkt"
    found, number = first, 1
    while found in taken:
        number += 1
        found = f"{first}-{number}"
    taken.add(found)
    return found
