"""The public part of content, made of what its types say of each field (`docgen.content.fields.Seen`).

It is made by what may be seen, never by what may not: a field that says nothing, one of a type that is new, is left
out. So is every id of something closed; a neutral one stands in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar

from docgen.content.fields import FieldType, Model, Seen, fields_of, with_places
from docgen.content.scalar import Scalar
from docgen.content.settings import Settings
from docgen.document_id import DocumentId
from docgen.problems import Origin
from docgen.remembering import Same
from docgen.structs import Struct, replace

_Model = TypeVar("_Model", bound=Model)
StandIns = Callable[[Any], Mapping[str, object]]
"""Of a model what its public part has instead, by the fields' names; empty where it is as its fields say."""


class Disclosure(Struct, frozen=True):
    """What public parts are made with: the municipality's sentences, and the neutral ids of closed documents."""

    settings: Settings
    neutral: Mapping[DocumentId, DocumentId]

    def name_of(self, kind: str, name: str) -> str:
        """What a document is called where everybody can read it: its name, or a neutral one."""
        id = DocumentId(kind, str(name))
        return self.neutral[id].name if id in self.neutral else name


def is_closed(model: Model) -> bool:
    """Whether a model says that it is closed."""
    return getattr(model, "closed", None) is not None


def _as_fields_say(model: Model) -> Mapping[str, object]:
    return {}


def public_part(model: _Model, stand_ins: StandIns = _as_fields_say, *, closed: bool = False) -> _Model:
    """A model as everybody may see it: with the fields that say so, and with stand-ins for what must be there.

    `closed` says that it is a part of something closed. Raises TypeError for a field that must be there, may not be
    seen, and has no stand-in: that is a fault of its type.
    """
    closed = closed or is_closed(model)
    instead, changes = stand_ins(model), {}
    for field in fields_of(type(model)).values():
        value = getattr(model, field.name)
        if field.name in instead:
            shown = _placed(instead[field.name], model, field)
        elif field.seen is Seen.ALWAYS or (field.seen is Seen.OPEN and not closed):
            shown = _part(value, stand_ins, closed)
        elif field.required:
            raise TypeError(f"{type(model).__name__}.{field.name} has no stand-in")
        else:
            shown = field.default
        if shown is not value:
            changes[field.name] = shown
    return replace(model, **changes) if changes else model


def public_register(model: _Model) -> _Model:
    """As `public_part`, of what the documents of many batches share; the same one as long as the model is the same."""
    shown: _Model = _public_register(Same(model))
    return shown


@lru_cache(maxsize=8)
def _public_register(shared: Same) -> Any:
    model: Any = shared.value
    return public_part(model)


def _placed(value: object, model: Model, field: FieldType) -> object:
    """A text that stands in for a field's: at its own line where it has one in the file, under the field's name."""
    if not isinstance(value, str) or isinstance(value, Enum) or not model.origin.file:
        return value
    own = value.origin if isinstance(value, Scalar) and value.origin.file == model.origin.file else None
    place = replace(own or model.origin_of(field.name), path=(*model.origin.path, field.key))
    return Scalar(str(value), place)


def _part(value: Any, stand_ins: StandIns, closed: bool) -> Any:
    if isinstance(value, Model):
        return public_part(value, stand_ins, closed=closed)
    if isinstance(value, tuple):
        parts = tuple(_part(item, stand_ins, closed) for item in value)
        return parts if any(new is not old for new, old in zip(parts, value, strict=True)) else value
    if isinstance(value, dict):
        return {key: _part(item, stand_ins, closed) for key, item in value.items()}
    return value


def with_texts(model: _Model, change: Callable[[str], str]) -> _Model:
    """A model with each of its texts as `change` makes it."""

    def changed(value: Any) -> Any:
        if isinstance(value, Model):
            fields = {field.name: getattr(value, field.name) for field in fields_of(type(value)).values()}
            other = {name: new for name, old in fields.items() if (new := changed(old)) is not old}
            return replace(value, **other) if other else value
        if isinstance(value, tuple):
            parts = tuple(map(changed, value))
            return parts if any(new is not old for new, old in zip(parts, value, strict=True)) else value
        if isinstance(value, dict):
            return {key: changed(item) for key, item in value.items()}
        return change(value) if type(value) in (str, Scalar) else value

    found: _Model = changed(model)
    return found


def moved(model: _Model, steps: Mapping[str, str], file: str = "") -> _Model:
    """A model whose values stand at places that tell no id of anything closed: `steps` of their paths have other names,
    and so has their file, where one is given."""

    def place(origin: Origin) -> Origin:
        return replace(origin, file=file or origin.file, path=tuple(steps.get(step, step) for step in origin.path))

    def change(text: str) -> str:
        if not isinstance(text, Scalar) or (there := place(text.origin)) == text.origin:
            return text
        return Scalar(str(text), there, text.plain)

    found: _Model = with_places(with_texts(model, change), place)
    return found


def neutral_ids(documents: Mapping[DocumentId, str]) -> dict[DocumentId, DocumentId]:
    """The neutral ids of documents, given what each is called where everybody can read it (empty: as it is)."""
    taken = {str(id) for id in documents}
    found = {}
    for id in sorted(id for id, name in documents.items() if name):
        kind, _, name = neutral_id(f"{id.kind}/{documents[id]}", taken).partition("/")
        found[id] = DocumentId(kind, name)
    return found


def neutral_id(wanted: str, taken: set[str]) -> str:
    """An id that nothing else has: the one that is wanted, or that with a number; it is taken from then on."""
    found, number = wanted, 1
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    taken.add(found)
    return found
