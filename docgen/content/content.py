"""Everything in the content folder, as one value."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import TypeVar, cast

from docgen.content.fields import Model
from docgen.content.glossary import Glossary
from docgen.content.organisation import Organisation
from docgen.content.settings import Settings
from docgen.content.yaml_values import Map
from docgen.document_id import DocumentId
from docgen.problems import DocgenError, Problem
from docgen.structs import Struct, field

_Model = TypeVar("_Model", bound=Model)
LEANS = "dokumentet bygger på"
"""How the problem begins that a document has where another one is at fault."""


class Content(Struct, frozen=True, dict=True):
    """Everything in the content folder that is valid, with its references in order; and what is not, with its problems.

    `documents` has every document by its id (without rendering). `files` holds the folder's files by path;
    `maps` holds what the YAML files say, as they were read. `invalid` has the
    problems of documents that were left out, and `stray` those of what belongs to no document. `known` are the paths of
    the whole folder where `files` is a part of it, and `names` the names of all documents that it has files of, by
    kind. `pages` are the pages of annexes that are not there themselves, by path (None: not known). `unread` says why a
    file is there as no bytes.
    """

    settings: Settings
    organisation: Organisation
    glossary: Glossary
    documents: Mapping[DocumentId, Model] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    maps: Mapping[str, Map] = field(default_factory=dict)
    invalid: Mapping[DocumentId, Sequence[Problem]] = field(default_factory=dict)
    known: Collection[str] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pages: Mapping[str, int | None] = field(default_factory=dict)
    stray: tuple[Problem, ...] = ()
    unread: Mapping[str, Problem] = field(default_factory=dict)

    def all(self, model: type[_Model]) -> Mapping[str, _Model]:
        """The documents of one type, by name: `content.all(Case)`."""
        if model not in self._by_type:
            self._by_type[model] = {id.name: one for id, one in self.documents.items() if isinstance(one, model)}
        return cast("Mapping[str, _Model]", self._by_type[model])

    @cached_property
    def _by_type(self) -> dict[type[Model], Mapping[str, Model]]:
        return {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem in the folder, in order; none where all of it is valid. That a document leans on one that is at
        fault is no problem of its own."""
        found = (problem for problems in self.invalid.values() for problem in problems)
        return DocgenError(
            [*self.stray, *(problem for problem in found if not problem.message.startswith(LEANS))]
        ).problems

    def names_of(self, kind: str) -> tuple[str, ...]:
        """The names of all documents of a kind that the folder has files of, also of those that were left out."""
        return self.names.get(kind, ())

    def issued_versions(self, document: str) -> tuple[str, ...]:
        """The versions of a document that are issued, in any edition, as the names of their records say."""
        named = re.compile(rf"issued/\d+-{re.escape(document.replace('/', '-'))}_v([\d.]+)_(?:public|internal)\.json")
        found = [match[1] for path in (self.known or self.files) if (match := named.fullmatch(path)) is not None]
        return tuple(dict.fromkeys(found))
