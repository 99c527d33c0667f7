"""What the content folder must know of a kind of document: its files, how they become one value, and its rules.

Content reads any kind and knows none: the kinds are handed to it (`docgen.kinds.registry`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from docgen.content.content import Content
from docgen.content.fields import Model
from docgen.document_id import DocumentId
from docgen.problems import Origin, Problem
from docgen.structs import Struct

_Model = TypeVar("_Model", bound=Model)


class ContentFile(Struct, frozen=True):
    """A kind of file: the name of its schema, its path as a regular expression, what it holds, and its Danish title.

    Of a document's file the path is inside the kind's folder, and its first group is the document's name.
    """

    name: str
    pattern: str
    model: type[Model]
    title: str

    def match(self, path: str) -> re.Match[str] | None:
        """The match of a path that is one of these files."""
        return re.fullmatch(self.pattern, path)


class Reference(Struct, frozen=True):
    """That a document is made of another one, and where it says so. One that is `only_named` need not be valid for the
    document to be asked its own rules."""

    document: DocumentId
    origin: Origin
    only_named: bool = False


class AnnexNames:
    """The files in `annexes/`, for finding one whose name a text begins with."""

    def __init__(self, files: Iterable[str]) -> None:
        self._names = {path.removeprefix("annexes/").encode() for path in files if path.startswith("annexes/")}
        self._lengths = sorted(set(map(len, self._names)))

    def __bool__(self) -> bool:
        return bool(self._names)

    def find(self, begins: bytes) -> str | None:
        """The path of the annex with the longest name that a line begins with."""
        fitting = (begins[:length] for length in reversed(self._lengths) if length <= len(begins))
        name = next((name for name in fitting if name in self._names), None)
        return None if name is None else f"annexes/{name.decode()}"


class FileReader(Protocol):
    """How a document's files are read: each to its type, with every problem noted."""

    def read(self, path: str, model: type[_Model]) -> _Model | None:
        """What a file holds; None, with the problems noted, where it is missing or at fault."""

    def note(self, path: str, message: str, hint: str) -> None:
        """Notes a problem with a file or folder as such."""


class DocumentKind(Protocol):
    """What is asked of a kind here; `docgen.kinds.kind.Kind` is the whole of it."""

    @property
    def name(self) -> str:
        """As ids begin: `case`."""

    @property
    def folder(self) -> str:
        """The folder its documents lie in: `cases`."""

    @property
    def files(self) -> tuple[ContentFile, ...]:
        """The files that its documents are written in; the first is there in each."""

    @property
    def names(self) -> tuple[str, ...]:
        """The kinds whose documents it names, so that what is not found can be looked for."""

    def is_written(self, paths: Sequence[str]) -> bool:
        """Whether the files that lie in a document's place are one; a file out of its place is told as such."""

    def assemble(self, reader: FileReader, name: str, paths: Sequence[str]) -> Model | None:
        """The document `name`, read from its files, which lie at `paths`; None where it is at fault."""

    def check(self, model: Any, content: Content) -> Iterator[Problem]:
        """Every problem in a document that was read."""

    def references(self, model: Any) -> Iterator[Reference]:
        """The documents that one attaches, names, quotes from, or goes on from."""

    def mentions(self, text: bytes, known: Mapping[str, Collection[str]]) -> Iterator[DocumentId]:
        """As `references`, told from a file's text alone: rather too much than too little."""

    def attached(self, text: bytes, annexes: AnnexNames) -> list[str | None]:
        """The PDFs in `annexes/` that a file's text names; None for one that is written otherwise or not there."""

    def misnamed(self, path: str) -> str:
        """What would be right instead of a path that has no place in the folder; empty where that is not known."""


class Kinds:
    """Some kinds, found by name and by folder."""

    def __init__(self, kinds: Iterable[DocumentKind]) -> None:
        self.by_name: dict[str, DocumentKind] = {kind.name: kind for kind in kinds}
        self.by_folder: dict[str, DocumentKind] = {kind.folder: kind for kind in self.by_name.values()}

    def __iter__(self) -> Iterator[DocumentKind]:
        return iter(self.by_name.values())

    def document_of(self, path: str) -> DocumentId | None:
        """The document that a content file belongs to (`cases/x.yaml` -> `case/x`), also one that has no place there;
        None for a file that documents share, or that belongs nowhere, as the page on what to look at in an import."""
        folder, _, rest = path.partition("/")
        kind, name = self.by_folder.get(folder), rest.partition("/")[0]
        if kind is None or not name or name.endswith(".review.html"):
            return None
        return DocumentId(kind.name, name.removesuffix(".yaml"))

    def is_placed(self, path: str) -> bool:
        """Whether a path is a file of one of the kinds."""
        folder, _, rest = path.partition("/")
        kind = self.by_folder.get(folder)
        return kind is not None and any(file.match(rest) for file in kind.files)

    def names(self, paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """The names of all documents that a folder has files of, by kind, sorted."""
        found: dict[str, set[str]] = {}
        for path in paths:
            if (id := self.document_of(path)) is not None:
                found.setdefault(id.kind, set()).add(id.name)
        return {kind: tuple(sorted(names)) for kind, names in found.items()}
