"""What a build need not do again: the documents whose sources, tools and files are as they were.

The output folder keeps a list, `.docgen.json`: for each rendering a key of all that it was made of, and the hash of
each file that it became; and for each document that was made whole a hash of all files that it could be made of, so
that one whose files are the same need not even be read. A rendering is made again where its key is another or a file is
not the one that was written; so a lost, stale or foreign list costs time, never a wrong file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from docgen.build.batch import Built, Target
from docgen.document_id import DocumentId, parse_id
from docgen.files import read_file, tools_key
from docgen.ledger.records import FOLDER, record_index
from docgen.problems import Problem
from docgen.project import Project
from docgen.structs import Struct, encode_json, field, from_json, replace

LIST = ".docgen.json"
EARLIER_WORDS = ".docgen-words.json"
"""A list that docgen 0.3 and earlier kept beside it, and which nothing reads any more."""
Files = Mapping[str, str]
"""The hash of each file, by its path in the output folder."""
_NEVER = "-"  # no key


class CachedRendering(Struct):
    """A rendering as it was made: the key of what it was made of, the hash of each of its files by path in the output
    folder, its pages of at most `limit` (0: no limit), its pack's path, what was to know of it, the id that its files
    are called by where it is not its own, and the hash of its source."""

    key: str
    files: dict[str, str]
    pages: float = 0.0
    limit: int = 0
    pack: str = ""
    notices: tuple[Problem, ...] = ()
    shown_id: str = ""
    source: str = ""


class _Document(Struct):
    key: str
    renderings: list[str]


class _Remarks(Struct):
    key: str
    lines: list[str]


class _Lists(Struct):
    """What `.docgen.json` holds."""

    tools: str
    renderings: dict[str, CachedRendering] = field(default_factory=dict)
    documents: dict[str, _Document] = field(default_factory=dict)
    remarks: dict[str, _Remarks] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    """The hash of each file that no build wrote, such as a comparison, by its path."""


class BuildCache:
    """The list of an output folder. One that is missing, not readable or made with other tools is empty; `force` says
    that it is written and, but for what was said and found of words, not read."""

    def __init__(self, folder: Path, force: bool = False) -> None:
        self._folder = folder
        # What made it is a hash of all code: where there is no list, that may wait until one is written.
        found = _read(folder / LIST)
        self._lists = found or _Lists("")
        if found is not None and found.tools != tools_key():
            self._lists = _Lists("", _out_of_date(found), others=found.others)
        self._is_new = False
        self._stale: dict[str, str] = {}
        if force:
            self._lists.documents = {}
            for rendering in self._lists.renderings.values():
                rendering.key = _NEVER

    def rendering(self, id: DocumentId, target: Target, paths: Iterable[Path]) -> CachedRendering | None:
        """A rendering whose files are those that were written, its pack included."""
        found = self._lists.renderings.get(_name(id, target))
        if found is None:
            return None
        try:
            same = all(
                path in found.files and self._hash(path) == found.files[path] for path in self.asked_of(found, paths)
            )
        except (OSError, ValueError):
            return None
        return found if same else None

    def asked_of(self, rendering: CachedRendering, paths: Iterable[Path]) -> list[str]:
        """Some files of a rendering and its pack, as they are named in the list."""
        return [*map(self._shown, paths), *([rendering.pack] if rendering.pack else [])]

    def shown_id(self, id: DocumentId, target: Target) -> DocumentId:
        """The id that the files of a rendering are called by."""
        found = self._lists.renderings.get(_name(id, target))
        return parse_id(found.shown_id) if found is not None and found.shown_id else id

    def renderings_of(self, document: DocumentId, target: Target) -> list[DocumentId]:
        """The ids of the renderings of a document that were made earlier."""
        return self._by_document.get(_name(document, target), [])

    @cached_property
    def _by_document(self) -> dict[str, list[DocumentId]]:
        found: dict[str, list[DocumentId]] = {}
        for name in self._lists.renderings:
            made, _, text = name.partition(":")
            try:
                id = parse_id(text)
            except ValueError:
                continue
            found.setdefault(f"{made}:{id.document}", []).append(id)
        return found

    def made_whole(self, document: DocumentId, target: Target, key: str) -> tuple[DocumentId, ...] | None:
        """The ids of all renderings of a document that was made whole of files with this key."""
        found = self._lists.documents.get(_name(document, target))
        try:
            return tuple(map(parse_id, found.renderings)) if found is not None and found.key == key else None
        except ValueError:
            return None

    def add(self, built: Built, target: Target, outputs: Sequence[tuple[Path, bytes]], pack: Path | None) -> None:
        """Notes what a rendering became."""
        self._is_new = True
        before = self._lists.renderings.get(_name(built.id, target))
        files = dict(before.files) if before is not None and before.key == built.key else {}
        files |= {self._shown(path): hashlib.sha256(data).hexdigest() for path, data in outputs}
        self._set_aside(built, target, files)
        self._lists.renderings[_name(built.id, target)] = CachedRendering(
            built.key,
            files,
            built.pages,
            built.limit,
            self._shown(pack) if pack else "",
            built.notices,
            str(built.shown_id) if built.shown_id not in (None, built.id) else "",
            built.source,
        )

    def _set_aside(self, built: Built, target: Target, files: Mapping[str, str]) -> None:
        """Notes as stale what an earlier run made of the rendering, with annexes or without, of another source."""
        for made in (replace(target, with_annexes=False), replace(target, with_annexes=True)):
            before = self._lists.renderings.get(name := _name(built.id, made))
            if before is not None and (before.key != built.key if made == target else before.source != built.source):
                self._stale |= {path: hash for path, hash in before.files.items() if path not in files}
                del self._lists.renderings[name]

    def take_stale(
        self, documents: Collection[DocumentId], whole: Mapping[DocumentId, Collection[DocumentId]]
    ) -> Files:
        """The files, with the hashes they were written with, of what is no more: of documents that are not among
        `documents`, of renderings that are not among those that a document has (`whole`), and of earlier sources."""
        for name, rendering in list(self._lists.renderings.items()):
            try:
                id = parse_id(name.partition(":")[2])
            except ValueError:
                continue
            if id.document not in documents or id not in whole.get(id.document, (id,)):
                self._stale |= rendering.files
                del self._lists.renderings[name]
        kept = _files_of(self._lists.renderings.values())
        found = {path: hash for path, hash in self._stale.items() if path not in kept}
        self._is_new = self._is_new or bool(found)
        self._stale = {}
        return found

    def add_whole(self, document: DocumentId, target: Target, key: str, ids: Sequence[DocumentId]) -> None:
        """Notes that all renderings of a document are made, of files with this key."""
        self._is_new = True
        self._lists.documents[_name(document, target)] = _Document(key, [str(id) for id in ids])

    def remarks(self, path: str, key: str) -> list[str] | None:
        """What the proof-reader said of a content file that has this key; None where it has not read it."""
        found = self._lists.remarks.get(path)
        return found.lines if found is not None and found.key == key else None

    def add_remarks(self, path: str, key: str, lines: Sequence[str]) -> None:
        """Notes what the proof-reader said of a content file."""
        self._is_new = True
        self._lists.remarks[path] = _Remarks(key, list(lines))

    def add_other(self, outputs: Sequence[tuple[Path, bytes]]) -> None:
        """Notes files that are no rendering's."""
        self._is_new = True
        self._lists.others |= {self._shown(path): hashlib.sha256(data).hexdigest() for path, data in outputs}

    def files(self) -> list[tuple[Path, bytes]]:
        """Those lists that have something new, as they are kept, and where."""
        if not self._is_new:
            return []
        self._lists.tools = tools_key()
        return [(self._folder / LIST, _json(self._lists))]

    def _shown(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()

    def _hash(self, path: str) -> str:
        return hashlib.sha256(read_file(self._folder / path)).hexdigest()


def written_files(folder: Path) -> Files:
    """The files that docgen wrote in an output folder, by path there, with the hashes they were written with."""
    found = _read(folder / LIST)
    return _files_of(found.renderings.values()) | found.others if found is not None else {}


def _read(path: Path) -> _Lists | None:
    """What a list keeps; None where it cannot be read."""
    try:
        return from_json(read_file(path), _Lists)
    except (OSError, ValueError):
        return None


def _files_of(renderings: Iterable[CachedRendering]) -> dict[str, str]:
    return {path: hash for rendering in renderings for path, hash in rendering.files.items()}


def _out_of_date(lists: _Lists) -> dict[str, CachedRendering]:
    """What other tools made, as it is remembered: to be removed when it is stale, and never to be left as it is."""
    for rendering in lists.renderings.values():
        rendering.key = _NEVER
    return lists.renderings


def _json(value: _Lists) -> bytes:
    return encode_json(value, in_order=True)  # of a hundred thousand documents no second copy in memory


def _name(id: DocumentId, target: Target) -> str:
    return f"{target.edition.value}{'+' if target.with_annexes else ''}:{id}"


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
