"""How the types of content are written: classes of described fields, each with a type that says what it takes.

    class Period(Model):
        first: Integer = Field(OPEN, alias="from", description="Første år")

Each field says who may see it (`Seen`); what says nothing is seen by nobody but those inside. A field's description is
Danish and shown by editors; `alias` is its key in YAML where Python has another word for it.
What a field may have for its type is what `docgen.content.validation` can read: another Model, an Enum, a Literal,
`bool`, `float`, `str`, a `Conversion`, a tuple or dict of these, and each of them or None.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from enum import Enum, StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar, dataclass_transform, get_type_hints

from docgen.content.scalar import Scalar, place_of
from docgen.problems import Origin
from docgen.structs import NODEFAULT, UNSET, Struct, StructMeta, UnsetType, astuple, replace


class WrongValueError(Exception):
    """What is wrong with a value, and what would be right (Danish, without a final dot); `origin` is its place
    where that is inside the value."""

    def __init__(self, message: str, hint: str, origin: Origin | None = None) -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint
        self.origin = origin


class Conversion(Struct, frozen=True, eq=False):
    """In an `Annotated`: the function that makes the value of one in YAML, and the JSON Schema of such a value.

    The function raises WrongValueError.
    """

    convert: Callable[[Any], Any]
    schema: dict[str, Any]


class AtLeastOne(Struct, frozen=True):
    """In an `Annotated`: a tuple that may not be empty."""


class Seen(StrEnum):
    """Who may see a field. The public edition is made of just what its fields say (DOMAIN 4.3 and 4.4)."""

    ALWAYS = "always"  # everybody, also where it is a field of something closed: its number, its day, why it is closed
    OPEN = "open"  # everybody, unless it is in something closed
    INTERNAL = "internal"  # those who read the internal edition
    UNPRINTED = "unprinted"  # those who write: no document shows it, and none carries it in its source


ALWAYS, OPEN, INTERNAL, UNPRINTED = Seen


class _Description(Struct, frozen=True):
    seen: Seen | None
    default: Any
    alias: str | None
    description: str
    words: bool = True
    ids: str = ""


class FieldType(Struct, frozen=True):
    """A field of a model: its name in Python, its key in YAML, its type, its default (NODEFAULT: required), who may see
    it (None: nothing is said), whether it is among the words that a version of the document is known by, and whose
    ids it takes (empty: none)."""

    name: str
    key: str
    type: Any
    default: Any
    description: str
    seen: Seen | None = None
    words: bool = True
    ids: str = ""

    @property
    def required(self) -> bool:
        """Whether the key must be there."""
        return self.default is NODEFAULT


def Field(  # noqa: N802 (the name that the field knows)
    seen: Seen | None = None,
    *,
    default: Any = NODEFAULT,
    alias: str | None = None,
    description: str = "",
    words: bool = True,
    ids: str = "",
) -> Any:
    """Describes a field: who may see it, and in Danish what it is. Without a default it must be there; `alias` is its
    key where that is not its name. One that does not say who may see it is as INTERNAL, and a test asks for it. `words`
    is False for what is no part of what a version says: the version's number, and what only its look follows. `ids`
    says whose ids it takes, which editors complete (`docgen.build.known_ids`)."""
    return _Description(seen, default, alias, description, words, ids)


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


_NOWHERE = Origin("")


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
    def origin(self) -> Origin:
        """The place of the whole mapping; nowhere (no file) for what code made."""
        return self._origins.written.origin if isinstance(self._origins, Origins) else _NOWHERE

    def origin_of(self, field: str) -> Origin:
        """The place of a field's value, by the field's name in Python.

        A field that is not written (it has its default, or is from another file, as an id is) has the place of the
        mapping: that is where it could be. Raises AttributeError for what is no field.
        """
        says = _described(type(self)).get(field)
        if says is None and field not in self.__struct_fields__:
            raise AttributeError(f"{type(self).__name__} has no field {field!r}")
        if not isinstance(self._origins, Origins):
            return _NOWHERE
        return self._origins.written.origin_of(says.alias if says is not None and says.alias else field)


def _described(kind: type[Model]) -> Mapping[str, _Description]:
    described: Mapping[str, _Description] = kind.described  # type: ignore[attr-defined]
    return described


_Model = TypeVar("_Model", bound=Model)


def at_place(model: _Model, written: Written) -> _Model:
    """A model that is the default of a field, with the place of the mapping that could say otherwise."""
    return replace(model, _origins=Origins(_Noted(written.origin, {})))


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
        default = says.default if says is not None else defaults.get(name, NODEFAULT)
        seen, description, words = (says.seen, says.description, says.words) if says else (None, "", True)
        ids = says.ids if says is not None else ""
        found[key] = FieldType(name, key, types[name], default, description, seen, words, ids)
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


def without_fields(model: _Model, names: Collection[str]) -> _Model:
    """A model as if some fields, by their names in Python, were not written. Raises ValueError for one that must be."""
    found = [field for field in fields_of(type(model)).values() if field.name in names]
    if required := [field.name for field in found if field.required]:
        raise ValueError(f"{type(model).__name__} needs {required}")
    return replace(model, **{field.name: field.default for field in found})


def texts_of(value: Any) -> Iterator[str]:
    """Every text in a model, in the order of its fields; ids, too, but no choices."""
    left = [value]  # the next last: a case has some hundred values, and is gone through several times
    while left:
        value = left.pop()
        if value is None:  # as most fields are
            continue
        if type(value) is Scalar or (isinstance(value, str) and not isinstance(value, Enum)):
            yield value
        elif isinstance(value, Model):
            left += reversed(astuple(value))
        elif isinstance(value, tuple):
            left += reversed(value)
        elif isinstance(value, dict):
            left += reversed(value.values())


def texts_by_place(value: Any) -> dict[tuple[str, tuple[str, ...]], str]:
    """Every text in a model by the file and the path in it that it is read from."""
    return {(place.file, place.path): str(text) for text in texts_of(value) for place in [place_of(text)]}


def lines_and_columns(model: Model) -> tuple[tuple[int, int], ...]:
    """Where each field of a model stands in its file, and in the models inside it: two that say the same are the same
    to whoever tells places where these are the same, too, and the places of the whole."""
    found, left = list[tuple[int, int]](), list[Any]((model,))
    while left:
        value = left.pop()
        if isinstance(value, Model):
            places = map(value.origin_of, value.__struct_fields__)
            found += [(place.line, place.column) for place in places]
            left += [getattr(value, name) for name in value.__struct_fields__]
        elif isinstance(value, tuple):
            found += [(place.line, place.column) for place in map(place_of, value)]
            left += [item for item in value if isinstance(item, Model)]
    return tuple(found)


def without_places(model: _Model) -> _Model:
    """A model as code makes it, which can be encoded as JSON; models inside it are as they were."""
    return replace(model, _origins=UNSET)


class _Moved(Struct, frozen=True):
    """The places of a mapping, each of them as another one."""

    written: Written
    place: Callable[[Origin], Origin]

    @property
    def origin(self) -> Origin:
        return self.place(self.written.origin)

    def origin_of(self, key: str) -> Origin:
        return self.place(self.written.origin_of(key))

    def __iter__(self) -> Iterator[str]:
        return iter(self.written)


def with_places(value: Any, place: Callable[[Origin], Origin]) -> Any:
    """A model with another place for each of its values and of the models inside it; texts keep their own."""
    if isinstance(value, Model):
        found: dict[str, Any] = {name: with_places(getattr(value, name), place) for name in value.__struct_fields__}
        own = found[_ORIGINS]
        found[_ORIGINS] = Origins(_Moved(own.written, place)) if isinstance(own, Origins) else own
        return replace(value, **found)
    if isinstance(value, tuple):
        return tuple(with_places(item, place) for item in value)
    if isinstance(value, dict):
        return {key: with_places(item, place) for key, item in value.items()}
    return value


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
