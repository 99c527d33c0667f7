"""From YAML values to a type of `docgen.content.fields`, with every error as a Problem in Danish at its own line."""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Iterable
from collections.abc import Sequence as Several
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from docgen.content.fields import (
    AtLeastOne,
    Conversion,
    FieldType,
    Model,
    Origins,
    WrongValueError,
    at_place,
    fields_of,
)
from docgen.content.stand_ins import stand_in
from docgen.content.unfilled import UNFILLED, as_filled
from docgen.content.yaml_values import Map, Sequence
from docgen.problems import Origin, Problem
from docgen.remembering import Same, remembered
from docgen.structs import Struct

_Model = TypeVar("_Model", bound=Model)
_TRUE, _FALSE = {"true", "True", "TRUE"}, {"false", "False", "FALSE"}


def validate(kind: type[_Model], value: Any) -> tuple[_Model | None, list[Problem]]:
    """The model that a mapping from YAML (or plain values, from code) describes, or None, and what is wrong with it."""
    made, problems = _validated(kind, value)
    return made, list(problems)


@remembered(
    4096,
    lambda kind, value: (kind, Same(value)),
    slot=lambda kind, value: (kind, value.origin.file) if isinstance(value, Map) else (kind, Same(value)),
    versions=2,  # as of what it reads
)
def _validated(kind: type[_Model], value: Any) -> tuple[_Model | None, tuple[Problem, ...]]:
    problems: list[Problem] = []
    origin = value.origin if isinstance(value, Map) else Origin("")
    made = _reader(kind)(value, _Place(origin, origin, "", ""), problems)
    return (None if problems else made), tuple(problems)


class Anyway(Struct, frozen=True):
    """What could be made of a mapping that is at fault: the model with stand-ins (None: nothing), every problem, and
    the paths of what was stood in for or left out."""

    model: Any
    problems: tuple[Problem, ...]
    mended: tuple[tuple[str, ...], ...]


class _Noted(list[Problem]):
    """Problems, and the paths of what was stood in for."""

    def __init__(self) -> None:
        super().__init__()
        self.mended: list[tuple[str, ...]] = []


def validate_anyway(kind: type[Model], value: Map) -> Anyway:
    """As `validate`, going on with what can be read."""
    noted = _Noted()
    made = _reader(kind)(value, _Place(value.origin, value.origin, "", ""), noted)
    return Anyway(made, tuple(noted), tuple(noted.mended))


def _mend(problems: list[Problem], path: tuple[str, ...]) -> None:
    if isinstance(problems, _Noted):
        problems.mended.append(path)


def near(word: str, known: Several[str]) -> str:
    """The known word most like `word`, or an empty string."""
    found = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return found[0] if found else ""


def nearest(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The known names most like a word, at most so many, the most like first; none where nothing is like it."""
    names = {name.casefold(): name for name in reversed(list(dict.fromkeys(known)))}
    asked = word.casefold()
    found = difflib.get_close_matches(asked, list(names), n=most, cutoff=0.5)
    inside = [name for name in names if len(asked) > 2 and asked in name and name not in found]
    return [names[name] for name in [*found, *sorted(inside)][:most]]


def meant_one_of(word: str, known: Iterable[str], otherwise: str) -> str:
    """The hint after an unknown name of which there may be very many: the nearest three, or what else would be
    right."""
    found = nearest(word, known)
    if not found:
        return otherwise
    *first, last = found
    return f"mente du {', '.join(first)} eller {last}?" if first else f"mente du {last}?"


def meant(word: str, known: Several[str], otherwise: str) -> str:
    """The hint after an unknown word: the known one most like it, or what else would be right."""
    guess = near(word, known)
    return f"mente du '{guess}'?" if guess else otherwise


class _Place(Struct, frozen=True):
    """Where a value stands, where its key does, and what the key is called and is for."""

    origin: Origin
    key: Origin
    name: str
    description: str

    def wrong(self, message: str, hint: str) -> Problem:
        return Problem(self.origin, message, hint)

    @property
    def example(self) -> str:
        """What the key's value could be, in the words of its description."""
        words = f" ({self.description[0].lower()}{self.description[1:]})" if self.description else ""
        return f"skriv '{self.name}: …'{words}"


# A reader makes of a value what its type says. Where that cannot be, it adds problems and returns a stand-in, which
# only `validate_anyway` looks at.
_Reader = Callable[[Any, _Place, list[Problem]], Any]


@cache
def _reader(kind: Any) -> _Reader:
    """The reader of a type. Raises TypeError for a type that content cannot have."""
    if isinstance(kind, type) and issubclass(kind, Model):
        return _model_reader(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _choice_reader({str(item.value): item for item in kind})
    if kind in (bool, float, str):
        return {bool: _read_bool, float: _read_float, str: _read_str}[kind]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _annotated_reader(arguments[0], arguments[1:])
    if origin is Literal:
        return _choice_reader({str(choice): choice for choice in arguments})
    if origin is tuple:
        return _list_reader(_reader(arguments[0]), 0 if arguments[-1] is Ellipsis else len(arguments))
    if origin is dict:
        return _dict_reader(_reader(arguments[0]), _reader(arguments[1]))
    if origin in (Union, UnionType) and len(arguments) == 2 and arguments[1] is NoneType:
        return _optional_reader(_reader(arguments[0]))
    raise TypeError(f"no way to read {kind}")


def _annotated_reader(kind: Any, says: tuple[Any, ...]) -> _Reader:
    for found in says:
        if isinstance(found, Conversion):
            return _check_reader(found)
    read = _reader(kind)
    return _filled_reader(read) if any(isinstance(found, AtLeastOne) for found in says) else read


def _check_reader(check: Conversion) -> _Reader:
    convert = check.convert

    def read(value: Any, place: _Place, problems: list[Problem]) -> Any:
        try:
            return convert(value)
        except WrongValueError as error:
            empty = Problem(place.key, f"feltet '{place.name}' er tomt", place.example)
            wrong = Problem(error.origin or place.origin, error.message, error.hint)
            problems.append(empty if value is None else wrong)
            return stand_in(Annotated[object, check], value)

    return read


def _optional_reader(read: _Reader) -> _Reader:
    return lambda value, place, problems: None if value is None else read(value, place, problems)


def _choice_reader(choices: dict[str, Any]) -> _Reader:
    names = tuple(name for name in choices if name != UNFILLED)
    expected = " eller ".join(filter(None, (", ".join(names[:-1]), names[-1])))

    def read(value: Any, place: _Place, problems: list[Problem]) -> Any:
        found = as_filled(value) if UNFILLED in choices else value
        if isinstance(found, str) and str(found) in choices:
            return choices[str(found)]
        if value is None:
            problems.append(Problem(place.key, f"feltet '{place.name}' er tomt", place.example))
        else:
            hint = meant(str(value), names, f"skriv {expected}")
            problems.append(place.wrong(f"'{value}' er ikke en mulighed i '{place.name}'", hint))
        return choices.get(UNFILLED, next(iter(choices.values())))

    return read


def _read_bool(value: Any, place: _Place, problems: list[Problem]) -> Any:
    if isinstance(value, bool):
        return value
    if value not in _TRUE | _FALSE:
        problems.append(place.wrong(f"'{value}' er hverken true eller false", "skriv true eller false"))
    return value in _TRUE


def _read_float(value: Any, place: _Place, problems: list[Problem]) -> Any:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        problems.append(place.wrong(f"'{value}' er ikke et tal", "skriv fx 13.5"))
    return number


def _read_str(value: Any, place: _Place, problems: list[Problem]) -> Any:
    if not isinstance(value, str):
        problems.append(place.wrong(f"'{place.name}' skal være tekst", "skriv teksten i anførselstegn"))
    return value


# -- lists, mappings and models ---------------------------------------------------------------------------------


def _list_reader(read: _Reader, length: int) -> _Reader:
    """Of as many items as there are, or of `length`."""

    def read_items(value: Any, place: _Place, problems: list[Problem]) -> Any:
        if not isinstance(value, list | tuple):
            problems.append(place.wrong(f"'{place.name}' skal være en liste", "begynd hver linje med '- '"))
            return ()
        if length and len(value) != length:
            problems.append(place.wrong(f"listen '{place.name}' har {len(value)} punkter", f"skriv {length}"))
        starts = value.item_origins if isinstance(value, Sequence) else [place.origin] * len(value)
        made: list[Any] = []
        for number, (item, start) in enumerate(zip(value, starts, strict=True)):
            before = len(problems)
            found = read(item, _Place(_origin(item, start), start, str(number), ""), problems)
            if len(problems) == before or isinstance(found, Model):
                made.append(found)
            else:
                _mend(problems, place.origin.path)
        return tuple(made)

    return read_items


def _filled_reader(read: _Reader) -> _Reader:
    def read_filled(value: Any, place: _Place, problems: list[Problem]) -> Any:
        if isinstance(value, list | tuple) and not value:
            problems.append(place.wrong(f"listen '{place.name}' er tom", "skriv mindst ét punkt"))
        return read(value, place, problems)

    return read_filled


def _dict_reader(read_key: _Reader, read_value: _Reader) -> _Reader:
    def read(value: Any, place: _Place, problems: list[Problem]) -> Any:
        if not isinstance(value, dict):
            problems.append(place.wrong(f"'{place.name}' skal bestå af felter", "skriv 'navn: værdi'"))
            return {}
        made = {}
        for key, item in value.items():
            start = value.key_origins[key] if isinstance(value, Map) else place.origin
            name = read_key(key, _Place(start, start, place.name, ""), problems)
            made[name] = read_value(item, _Place(_origin(item, start), start, key, ""), problems)
        return made

    return read


def _model_reader(kind: type[Model]) -> _Reader:
    readers: dict[str, tuple[FieldType, _Reader]] = {}

    def read(value: Any, place: _Place, problems: list[Problem]) -> Any:
        if isinstance(value, kind):
            return value
        if not readers:  # not before, since a type may have fields of its own type
            readers.update((key, (field, _reader(field.type))) for key, field in fields_of(kind).items())
        if not isinstance(value, dict):
            hint = f"skriv {', '.join(list(readers)[:4])} …"
            problems.append(place.wrong(f"'{place.name}' skal bestå af felter", hint))
            return stand_in(kind)
        starts = value.key_origins if isinstance(value, Map) else dict.fromkeys(value, place.origin)
        unknown = [key for key in value if key not in readers]
        # A key that is missing since it is misspelt is told once.
        misspelt = {near(key, tuple(readers)) for key in unknown}
        made: dict[str, Any] = {}
        for key, (field, read_field) in readers.items():
            if key in value:
                start, item = starts[key], value[key]
                inside = _Place(_origin(item, start), start, key, field.description)
                known = len(problems)
                made[field.name] = found = read_field(item, inside, problems)
                if len(problems) > known and not isinstance(found, Model | tuple | dict):
                    _mend(problems, (*start.path, key))
            elif isinstance(field.default, Model):
                made[field.name] = at_place(field.default, value) if isinstance(value, Map) else field.default
            elif field.required:
                if key not in misspelt:
                    hint = _Place(place.origin, place.origin, key, field.description).example
                    problems.append(place.wrong(f"feltet '{key}' mangler", hint))
                made[field.name] = stand_in(field.type)
                _mend(problems, (*place.origin.path, key))
        for key in unknown:
            hint = meant(key, tuple(readers), f"her kan stå: {', '.join(readers)}")
            if before_comma := _cut_by_comma(value, key):
                hint = f"hører det til teksten foran, så sæt den i anførselstegn: {before_comma}"
            problems.append(Problem(starts[key], f"feltet '{key}' kendes ikke", hint))
        if isinstance(value, Map):
            made["_origins"] = Origins(value)
        return kind(**made)

    return read


def _cut_by_comma(value: Any, key: str) -> str:
    """How a text in braces should be written that its own comma cut in two, as `{heading: Effekt, ydelser}` does: then
    the words after it are a key of nothing. Empty where it is not so."""
    if not isinstance(value, Map) or value[key] is not None:
        return ""
    keys = list(value)
    before = keys[keys.index(key) - 1] if keys.index(key) else ""
    said = value.get(before)
    if not isinstance(said, str) or value.key_origins[before].line != value.key_origins[key].line:
        return ""  # in a block each key has its own line
    return f'{before}: "{said}, {key}"'


def _origin(value: Any, otherwise: Origin) -> Origin:
    found = getattr(value, "origin", None)
    return found if isinstance(found, Origin) else otherwise
