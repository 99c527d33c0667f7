"""Keys of what is built: hashes of the files that it is made of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from docgen.document_id import DocumentId
from docgen.ledger.records import FOLDER, record_index
from docgen.project import Project


class FileKeys:
    """Keys of what a build is made of: each a hash of files, of which each is hashed once. Which fonts there are is a
    part of what is installed (`docgen.files.tools_key`), and where they lie on this machine is none of the key."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._hashes: dict[str, bytes] = {}
        shared = hashlib.sha256()
        for path in sorted(project.template_files):
            shared.update(f"{path}\0".encode() + hashlib.sha256(project.template_files[path]).digest())
        # Of the ledger only a document's own records count: issuing one makes no other stale.
        common = [path for path in project.graph.shared if not path.startswith(f"{FOLDER}/")]
        self._shared = shared.digest() + self._of_files(common)

    def document(self, document: DocumentId) -> str:
        """A hash of all files that a document could be made of, and of its records in the ledger.

        An earlier version that it attaches is issued already, and stays what it is: its records are no part of it.
        """
        needed = self._project.graph.needed(document)
        records = b"\0".join(record_index(self._project).of(str(document)))
        return hashlib.sha256(self._shared + self._of_files(needed) + hashlib.sha256(records).digest()).hexdigest()

    def let_go(self) -> None:
        """Forgets the hashes of all files but those that all documents share: the others will be read again."""
        shared = frozenset(self._project.graph.shared)
        self._hashes = {path: hash for path, hash in self._hashes.items() if path in shared}

    def remarks(self, path: str, folder: str) -> str:
        """A hash of all that the proof-reader goes by in a file, and of the folder's name in messages."""
        common = self._of_files(("settings.yaml", "organisation.yaml", "glossary.yaml", path))
        return hashlib.sha256(common + folder.encode()).hexdigest()

    def _of_files(self, paths: Iterable[str]) -> bytes:
        total = hashlib.sha256()
        for path in paths:
            if path not in self._hashes:
                self._hashes[path] = hashlib.sha256(self._project.content_files.get(path, b"")).digest()
            total.update(f"{path}\0".encode() + self._hashes[path])
        return total.digest()
