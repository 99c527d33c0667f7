"""Which files each document is made of, told from their bytes: a build reads no more of a folder than it makes.

What is told may be too much, never too little: a word in a text that happens to be a case's id counts as a reference.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from docgen.content.documents import AnnexNames, Kinds
from docgen.content.yaml_reader import read_yaml, scalars
from docgen.document_id import DocumentId
from docgen.problems import ContentError

_HIDES = re.compile(rb"\\[xuU/\r\n]")  # in double quotes: what could hide a part of an id
_SHARED = re.compile(r"(?:glossary|organisation|settings)\.yaml|(?:images|issued)/.+")


class Graph:
    """A content folder as a graph of documents that refer to each other; `shared` are the paths of what all share."""

    def __init__(self, files: Mapping[str, bytes], kinds: Kinds) -> None:
        self.shared = tuple(sorted(path for path in files if _SHARED.fullmatch(path)))
        self._files, self._kinds, self._annexes = files, kinds, AnnexNames(files)
        self._own: dict[DocumentId, tuple[str, ...]] = {}
        self._known: dict[str, set[str]] = {kind.name: set() for kind in kinds}
        for path in sorted(files):
            if (id := kinds.document_of(path)) is not None:
                self._own[id] = (*self._own.get(id, ()), path)
                self._known[id.kind].add(id.name)
        self._direct: dict[DocumentId, tuple[DocumentId, ...]] = {}

    @property
    def documents(self) -> tuple[DocumentId, ...]:
        """The ids of all documents, in order."""
        return tuple(sorted(self._own))

    def __contains__(self, document: object) -> bool:
        """Whether a folder has files of a document."""
        return document in self._own

    def written_in(self, document: DocumentId) -> tuple[str, ...]:
        """The paths of the files that a document is written in."""
        return self._own.get(document, ())

    def forget(self) -> None:
        """Lets go of what it was told of each document's references: a large folder has very many."""
        self._direct = {}

    def own_files(self, document: DocumentId) -> tuple[str, ...]:
        """The paths of the files that a document is written in, and of the PDFs that it attaches."""
        own = self.written_in(document)
        return (*own, *sorted({annex for path in own for annex in self._attached(document, path)}))

    def needed(self, document: DocumentId) -> tuple[str, ...]:
        """The paths of the files that a document is made of beside the shared ones: its own, and those of all that it
        attaches, names or quotes from, near or far. Sorted."""
        found: set[DocumentId] = set()
        waiting = [document]
        while waiting:
            if (id := waiting.pop()) not in found:
                found.add(id)
                waiting += self._refers_to(id)
        return tuple(sorted({path for id in found for path in self.own_files(id)}))

    def _refers_to(self, document: DocumentId) -> tuple[DocumentId, ...]:
        if (found := self._direct.get(document)) is None:
            kind = self._kinds.by_name[document.kind]
            texts = [self._text(path) for path in self.written_in(document)]
            mentioned = dict.fromkeys(id for text in texts for id in kind.mentions(text, self._known))
            found = self._direct[document] = tuple(id for id in mentioned if id in self._own)
        return found

    def _attached(self, document: DocumentId, path: str) -> list[str]:
        """The paths of the PDFs that a file names."""
        kind = self._kinds.by_name[document.kind]
        found = kind.attached(self._text(path), self._annexes) if self._annexes else []
        if None in found:  # written in some other way, or not there
            found = kind.attached(_values(path, self._files[path]), self._annexes)
        return [annex for annex in found if annex is not None]

    def _text(self, path: str) -> bytes:
        data = self._files[path]
        return _values(path, data) if _HIDES.search(data) else data


def _values(path: str, data: bytes) -> bytes:
    """The texts in a YAML file, a line or more each, as the value of a key; the file as it is where it is no YAML."""
    try:
        return "\n".join(f"file: {text}" for text in scalars(read_yaml(path, data))).encode()
    except ContentError:
        return data  # its problems are told when it is loaded
