"""The normalised source of documents: what their models say, and nothing that stands beside it in the files.

It has no comment, no note, no field that its edition does not show, and of the registers only what is named. Read
again it makes the same models, so that it is the whole source of a document.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any

from docgen.content.content import Content
from docgen.content.fields import Model, Seen, fields_of, texts_of
from docgen.document_id import DocumentId
from docgen.kinds.kind import Kind
from docgen.remembering import Same

Plain = Mapping[str, Any]
"""What a content file says, as JSON has it."""


def content_source(content: Content, kinds: Mapping[str, Kind], made_of: Iterable[DocumentId]) -> dict[str, Plain]:
    """What some documents and all that they share say, by the paths of content files."""
    documents = {id: content.documents[id] for id in made_of}
    found: dict[str, Plain] = {
        "settings.yaml": _shared(Same(content.settings)),
        "organisation.yaml": _named(content, documents.values(), any(kinds[id.kind].shows_members for id in documents)),
        "glossary.yaml": {},
    }
    for id, document in documents.items():
        found |= dict(_files(kinds[id.kind], id, document))
    return found


@lru_cache(maxsize=4)
def _shared(model: Same) -> Plain:
    """What a model that all documents of a batch share says; nobody changes it."""
    shared: Any = model.value
    return plain(shared)


def written_files(kind: Kind, id: DocumentId, document: Model) -> dict[str, Plain]:
    """The files of a document by their paths, each as its fields: numbers, dates and times as such, to be written as
    YAML again."""
    return dict(_files(kind, id, document, exact=True))


def plain(model: Model, only: Iterable[str] | None = None, *, exact: bool = False) -> dict[str, Any]:
    """What a model says as JSON has it, by its keys in YAML, without what has its default or is never printed; `only`
    these fields, by their names. Numbers are texts, for they are exact; with `exact` they are numbers, and dates and
    times are such, too."""
    names = None if only is None else set(only)
    return {
        key: _plain(value, exact)
        for key, field in fields_of(type(model)).items()
        if (names is None or field.name in names)
        and field.seen is not Seen.UNPRINTED
        and (value := getattr(model, field.name)) != field.default
    }


def _plain(value: Any, exact: bool) -> Any:
    match value:
        case Model():
            return plain(value, exact=exact)
        case tuple():
            return [_plain(item, exact) for item in value]
        case dict():
            return {str(key): _plain(item, exact) for key, item in value.items()}
        case Enum():
            return value.value
        case Decimal() | datetime.time() | datetime.date() if exact:
            return value
        case str() | Decimal():
            return str(value)
        case datetime.time():
            return f"{value:%H:%M}"
        case datetime.date():
            return value.isoformat()
        case _:
            return value


def _files(kind: Kind, id: DocumentId, document: Model, *, exact: bool = False) -> Iterator[tuple[str, Plain]]:
    """The files of a document. What is read from a file of its own, as a policy's values are, goes there again."""
    own = {field.name for field in fields_of(kind.files[0].model).values()}
    single = len(kind.files) == 1
    path = f"{kind.folder}/{id.name}.yaml" if single else _path(document)
    yield path, plain(document, own, exact=exact)
    for field in fields_of(type(document)).values():
        if field.name not in own and field.name != "id":
            value = getattr(document, field.name)
            for part in value if isinstance(value, tuple) else (value,) if value is not None else ():
                yield _path(part), plain(part, exact=exact)


def _path(model: Model) -> str:
    return model.origin.file.partition("/")[2]


def _named(content: Content, documents: Iterable[Model], members: bool) -> Plain:
    """What the register says, with those bodies that a document names, by whatever name they had before or after, and
    their administrations, which recommend to them."""
    named = {str(text) for document in documents for text in texts_of(document)}
    named.add(str(content.settings.municipality.council))
    bodies = content.organisation.bodies
    named |= {str(body.id) for body in bodies if body.kind == "administration" and str(body.parent) in named}
    linked = [(str(body.id), str(body.successor)) for body in bodies if body.successor is not None]
    while more := {other for pair in linked if named & set(pair) for other in pair} - named:
        named |= more
    said = _shared(Same(content.organisation))
    shown = [one for body, one in zip(bodies, said["bodies"], strict=True) if str(body.id) in named]
    if not members:
        shown = [{key: value for key, value in one.items() if key != "members"} for one in shown]
    return {**said, "bodies": shown}
