"""A content file read as a model, once in a process: what a batch of documents shares, the next one shares, too."""

from __future__ import annotations

from functools import lru_cache

from docgen import remembering
from docgen.content.fields import Model
from docgen.content.validation import validate
from docgen.content.yaml_reader import read_yaml
from docgen.content.yaml_values import Map
from docgen.problems import ContentError, Problem
from docgen.structs import Struct

_KEPT = 64  # files; a batch has half as many documents
_LARGEST_KEPT = 100_000  # bytes


class Read(Struct, frozen=True):
    """A file as it was read, what it says (None where it is at fault), and what is wrong with it."""

    map: Map | None
    model: Model | None
    problems: tuple[Problem, ...]


def read_as(file: str, data: bytes, model: type[Model]) -> Read:
    """A YAML file, by its name in messages, as a model. Nobody changes what is given. A session, in which a file has
    another version with each key, remembers what it needs elsewhere."""
    keeps = len(data) <= _LARGEST_KEPT and not remembering.is_on()
    return _kept(file, data, model) if keeps else _read(file, data, model)


@lru_cache(maxsize=_KEPT)
def _kept(file: str, data: bytes, model: type[Model]) -> Read:
    return _read(file, data, model)


def _read(file: str, data: bytes, model: type[Model]) -> Read:
    try:
        found = read_yaml(file, data)
    except ContentError as error:
        return Read(None, None, error.problems)
    made, problems = validate(model, found)
    return Read(found, made, tuple(problems))
