"""How the types of content are written: classes of described fields, each with a type that says what it takes.

    class Period(Model):
        first: Integer = Field(alias="from", description="Første år")

A field's description is Danish and shown by editors; `alias` is its key in YAML where Python has another word for it.
What a field may have for its type is what `docgen.content.validation` can read: another Model, an Enum, a Literal,
`bool`, `float`, `str`, a `Check`, a tuple or dict of these, and each of them or None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar, dataclass_transform, get_type_hints

from docgen.problems import Origin
from docgen.structs import NODEFAULT, UNSET, Struct, StructMeta, UnsetType, replace


class WrongValueError(Exception):
    """What is wrong with a value, and what would be right (Danish, without a final dot)."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint


class Check(Struct, frozen=True, eq=False):
    """In an `Annotated`: the function that makes the value of one in YAML, and the JSON Schema of such a value.

    The function raises WrongValueError.
    """

    convert: Callable[[Any], Any]
    schema: dict[str, Any]


class AtLeastOne(Struct, frozen=True):
    """In an `Annotated`: a tuple that may not be empty."""


class _Description(Struct, frozen=True):
    default: Any
    alias: str | None
    description: str
    words: bool = True


class FieldType(Struct, frozen=True):
    """A field of a model: its name in Python, its key in YAML, its type, its default (NODEFAULT: required), and whether
    it is among the words that a version of the document is known by."""

    name: str
    key: str
    type: Any
    default: Any
    description: str
    words: bool = True

    @property
    def required(self) -> bool:
        """Whether the key must be there."""
        return self.default is NODEFAULT


def Field(  # noqa: N802 (the name that the field knows)
    *, default: Any = NODEFAULT, alias: str | None = None, description: str = "", words: bool = True
) -> Any:
    """Describes a field. Without a default it must be there; `alias` is its key where that is not its name; `words` is
    False for what is no part of what a version says: the version's number, and what only its look follows."""
    return _Description(default, alias, description, words)


class Written(Protocol):
    """A mapping that knows where it stands, and where the value of each of its keys does."""

    @property
    def origin(self) -> Origin:
        """The place of the mapping."""

    def origin_of(self, key: str) -> Origin:
        """The place of a value; of the mapping where it has no such key."""

    def __iter__(self) -> Iterator[str]:
        """The keys."""


class _Noted(Struct, frozen=True):
    """The places of a mapping without the mapping."""

    origin: Origin
    places: Mapping[str, Origin]

    def origin_of(self, key: str) -> Origin:
        return self.places.get(key, self.origin)

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)


_NOWHERE = _Noted(Origin(""), {})


class Origins:
    """Where the fields of a model stand, told by the mapping that it was read from: one reference, no copies.

    All are equal, and equal to UNSET, which a model made by code has: models are compared and hashed by what they say.
    Pickled, it is the places alone.
    """

    __slots__ = ("written",)

    def __init__(self, written: Written) -> None:
        self.written = written

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Origins | UnsetType)

    def __hash__(self) -> int:
        return hash(UNSET)

    def __repr__(self) -> str:
        return f"Origins({str(self.written.origin)!r})"

    def __reduce__(self) -> tuple[type[Origins], tuple[_Noted]]:
        written = self.written
        return Origins, (_Noted(written.origin, {key: written.origin_of(key) for key in written}),)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(Field,))
class _ModelMeta(StructMeta):
    def __new__(mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **options: Any) -> Any:
        described = {key: found for key, found in namespace.items() if isinstance(found, _Description)}
        for key, found in described.items():
            if found.default is NODEFAULT:
                del namespace[key]
            else:
                namespace[key] = found.default
        made: Any = super().__new__(mcs, name, bases, namespace, frozen=True, kw_only=True, **options)
        made.described = {**getattr(made, "described", {}), **described}
        return made


_ORIGINS = "_origins"  # the name of the field, which is no key


class Model(Struct, metaclass=_ModelMeta):
    """The base of all content types: immutable, and no key that is not described.

    One that was read from YAML knows where it stands, and where each of its values does. Made from another
    (`replace`, `with_more`) it keeps the places of that one.
    """

    if TYPE_CHECKING:
        _origins: ClassVar[Origins | UnsetType]
    else:  # a field of every model, but none that its makers are asked for; what is UNSET is not encoded
        _origins: Origins | UnsetType = UNSET

    @property
    def _written(self) -> Written:
        return self._origins.written if isinstance(self._origins, Origins) else _NOWHERE

    @property
    def origin(self) -> Origin:
        """The place of the whole mapping; nowhere (no file) for what code made."""
        return self._written.origin

    def origin_of(self, field: str) -> Origin:
        """The place of a field's value, by the field's name in Python.

        A field that is not written (it has its default, or is from another file, as an id is) has the place of the
        mapping: that is where it could be. Raises AttributeError for what is no field.
        """
        says = _described(type(self)).get(field)
        if says is None and field not in self.__struct_fields__:
            raise AttributeError(f"{type(self).__name__} has no field {field!r}")
        return self._written.origin_of(says.alias if says is not None and says.alias else field)


def _described(kind: type[Model]) -> Mapping[str, _Description]:
    described: Mapping[str, _Description] = kind.described  # type: ignore[attr-defined]
    return described


_Model = TypeVar("_Model", bound=Model)


@cache
def fields_of(kind: type[Model]) -> dict[str, FieldType]:
    """The fields of a model by their keys, in order."""
    types = get_type_hints(kind, include_extras=True)
    described = _described(kind)
    defaults = dict(zip(reversed(kind.__struct_fields__), reversed(kind.__struct_defaults__), strict=False))
    found = {}
    for name in kind.__struct_fields__:
        if name == _ORIGINS:
            continue
        says = described.get(name)
        key = says.alias if says is not None and says.alias else name
        default = defaults.get(name, NODEFAULT)
        found[key] = FieldType(name, key, types[name], default, *((says.description, says.words) if says else ("",)))
    return found


def with_more(found: Model, kind: type[_Model], **more: object) -> _Model:
    """A model as one of a kind that has more fields."""
    return kind(**{name: getattr(found, name) for name in found.__struct_fields__}, **more)


def to_plain(model: Model, leave_out: tuple[str, ...] = ()) -> dict[str, Any]:
    """What a model says as it would stand in YAML: keys, dicts and lists, without what has its default."""
    return {
        key: _plain(value)
        for key, field in fields_of(type(model)).items()
        if field.name not in leave_out and (value := getattr(model, field.name)) != field.default
    }


def texts_of(value: Any) -> Iterator[str]:
    """Every text in a model, in the order of its fields; ids, too, but no choices."""
    if isinstance(value, str):
        if not isinstance(value, Enum):
            yield value
    elif isinstance(value, Model):
        for name in value.__struct_fields__:
            yield from texts_of(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_of(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts_of(item)


def without_places(model: _Model) -> _Model:
    """A model as code makes it, which can be encoded as JSON; models inside it are as they were."""
    return replace(model, _origins=UNSET)


def _plain(value: Any) -> Any:
    match value:
        case Model():
            return to_plain(value)
        case tuple():
            return [_plain(item) for item in value]
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case Enum():
            return value.value
        case _:
            return value
