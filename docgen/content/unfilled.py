"""Places that are still to be filled in: how they are written in a file, how a draft shows them, and where they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.content.fields import Model
from docgen.content.scalar import Scalar, place_of
from docgen.problems import Origin

UNWRITTEN = "UDFYLD"
"""What a new file says where something is still to be written, often with a word of what."""
UNFILLED = "[ikke udfyldt]"
"""What a draft shows there. Written in a file it means the same."""

_MARK = re.compile(rf"^[ \t]*{UNWRITTEN}\b.*$|\b{UNWRITTEN}\b", re.MULTILINE)
_SAYS = re.compile(rf"\b{UNWRITTEN}\b|{re.escape(UNFILLED)}")


def as_filled(value: object) -> object:
    """A value from YAML as a document has it: each place that is still to be written is `UNFILLED`. A line that begins
    with `UNWRITTEN` tells what to write, so none of it stays; elsewhere it is the word alone."""
    if isinstance(value, list) and [str(item) for item in value] == [UNFILLED[1:-1]]:  # in brackets, without quotes
        return Scalar(UNFILLED, place_of(value))
    if isinstance(value, str) and UNWRITTEN in value and (text := _MARK.sub(UNFILLED, value)) != value:
        return Scalar(text, place_of(value), value.plain if isinstance(value, Scalar) else False)
    return value


def is_unfilled(text: str) -> bool:
    """Whether a text as it stands in a file, or in a document, has a place that is still to be filled in."""
    return _SAYS.search(text) is not None


def unfilled_places(value: object, otherwise: Origin) -> Iterator[Origin]:
    """The place of each field, in a model and the models in it, that has something still to be filled in."""
    if isinstance(value, Model):
        for name in type(value).__struct_fields__:
            if not name.startswith("_"):
                yield from unfilled_places(getattr(value, name), value.origin_of(name))
    elif isinstance(value, str):  # a choice, too
        if UNFILLED in str(value):
            yield place_of(value, otherwise)
    elif isinstance(value, tuple | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from unfilled_places(item, otherwise)
