"""What a build need not do again: the documents whose sources, tools and files are as they were.

The output folder keeps a list, `.docgen.json`: for each rendering a key of all that it was made of, and the hash of
each file that it became; and for each document that was made whole a hash of all files that it could be made of, so
that one whose files are the same need not even be read. A rendering is made again where its key is another or a file is
not the one that was written; so a lost, stale or foreign list costs time, never a wrong file.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import Generic, TypeVar

from docgen.build.batch import Built, Target
from docgen.document_id import DocumentId, parse_id
from docgen.files import read_file, tools_key
from docgen.ledger.records import FOLDER, record_index
from docgen.packed import PackedRows, merged
from docgen.problems import Problem
from docgen.project import Project
from docgen.structs import Struct, encode_json, field, from_json, replace

LIST = ".docgen.json"
EARLIER_WORDS = ".docgen-words.json"
"""A list that docgen 0.3 and earlier kept beside it, and which nothing reads any more."""
Files = Mapping[str, str]
"""The hash of each file, by its path in the output folder."""
_NEVER = "-"  # no key
_LAST = 1_000  # files whose remarks are at hand

_Value = TypeVar("_Value")


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


class _Growing(Generic[_Value]):
    """A part of the list: what was there and is asked for, and what a run puts in, which is packed until it is
    written, for a build of a hundred thousand documents remembers what became of all of them."""

    def __init__(self, earlier: dict[str, _Value], kind: type[_Value]) -> None:
        self._earlier, self._kind = earlier, kind
        self._new = PackedRows[bytes]()

    def put(self, name: str, value: _Value) -> None:
        """Puts in a value, also in place of an earlier one."""
        self._earlier.pop(name, None)
        self._new.add(name, encode_json(value, in_order=True))

    def values(self) -> Iterator[_Value]:
        """What was put in."""
        return (from_json(value, self._kind) for _, value in self._new)

    def json(self) -> Iterator[bytes]:
        """What stands between the braces of a JSON object, with the keys in order."""
        earlier = ((name, encode_json(self._earlier[name], in_order=True)) for name in sorted(self._earlier))
        between = b""
        for name, value in merged(earlier, self._new):
            yield between + encode_json(name) + b":" + value
            between = b","


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
        self._documents = _Growing(self._lists.documents, _Document)
        self._renderings = _Growing(self._lists.renderings, CachedRendering)
        self._remarks = _Growing(self._lists.remarks, _Remarks)
        self._last_remarks: dict[str, _Remarks] = {}
        """What was said last: of an annex that several attach it is asked for again."""

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
        return [id for name in self._names_of(_name(document, target)) if (id := _id_in(name)) is not None]

    def _names_of(self, document: str) -> list[str]:
        """The names of what was made earlier of a document that is named in the same way."""
        names, inside = self._names, f"{document}/"
        at = bisect_left(names, inside)
        found = takewhile(lambda name: name.startswith(inside), (names[n] for n in range(at, len(names))))
        return [name for name in (document, *found) if name in self._lists.renderings]

    @cached_property
    def _names(self) -> list[str]:
        """Of what was made earlier, sorted."""
        return sorted(self._lists.renderings)

    def was_made_whole(self, document: DocumentId, target: Target) -> bool:
        """Whether a document was made whole earlier, of whatever files."""
        return _name(document, target) in self._lists.documents

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
        shown = str(built.shown_id) if built.shown_id not in (None, built.id) else ""
        packed = self._shown(pack) if pack else ""
        made = CachedRendering(built.key, files, built.pages, built.limit, packed, built.notices, shown, built.source)
        self._renderings.put(_name(built.id, target), made)

    def _set_aside(self, built: Built, target: Target, files: Mapping[str, str]) -> None:
        """Notes as stale what an earlier run made of the rendering, with annexes or without, of another source."""
        for made in (replace(target, with_annexes=False), replace(target, with_annexes=True)):
            before = self._lists.renderings.get(name := _name(built.id, made))
            if before is not None and (before.key != built.key if made == target else before.source != built.source):
                self._stale |= {path: hash for path, hash in before.files.items() if path not in files}
                del self._lists.renderings[name]

    def leave_only(self, document: DocumentId, ids: Collection[DocumentId]) -> None:
        """Notes as stale what earlier runs made of a document beside the renderings that it has now."""
        for made in self._targets:
            for name in self._names_of(f"{made}:{document}"):
                if _id_in(name) not in ids:
                    self._stale |= self._lists.renderings.pop(name).files

    @cached_property
    def _targets(self) -> list[str]:
        """What was made earlier, as it is named."""
        return sorted({name.partition(":")[0] for name in self._lists.renderings})

    def take_stale(self, documents: Container[DocumentId]) -> Files:
        """The files, with the hashes they were written with, of what is no more: of documents that are not among
        `documents`, of renderings that documents have no more (`leave_only`), and of earlier sources."""
        for name in list(self._lists.renderings):
            if (id := _id_in(name)) is not None and id.document not in documents:
                self._stale |= self._lists.renderings.pop(name).files
        found, self._stale = self._stale, {}
        for rendering in self._all_renderings() if found else ():
            for path in rendering.files:
                found.pop(path, None)
        self._is_new = self._is_new or bool(found)
        return found

    def _all_renderings(self) -> Iterator[CachedRendering]:
        yield from self._lists.renderings.values()
        yield from self._renderings.values()

    def add_whole(self, document: DocumentId, target: Target, key: str, ids: Sequence[DocumentId]) -> None:
        """Notes that all renderings of a document are made, of files with this key."""
        self._is_new = True
        self._documents.put(_name(document, target), _Document(key, [str(id) for id in ids]))

    def remarks(self, path: str, key: str) -> list[str] | None:
        """What the proof-reader said of a content file that has this key; None where it has not read it."""
        found = self._last_remarks.get(path) or self._lists.remarks.get(path)
        return found.lines if found is not None and found.key == key else None

    def add_remarks(self, path: str, key: str, lines: Sequence[str]) -> None:
        """Notes what the proof-reader said of a content file."""
        self._is_new = True
        found = self._last_remarks[path] = _Remarks(key, list(lines))
        if len(self._last_remarks) > _LAST:
            del self._last_remarks[next(iter(self._last_remarks))]
        self._remarks.put(path, found)

    def add_other(self, outputs: Sequence[tuple[Path, bytes]]) -> None:
        """Notes files that are no rendering's."""
        self._is_new = True
        self._lists.others |= {self._shown(path): hashlib.sha256(data).hexdigest() for path, data in outputs}

    def files(self) -> list[tuple[Path, Iterable[bytes]]]:
        """The list, where it has something new, as it is kept, in parts, and where."""
        return [(self._folder / LIST, self._json())] if self._is_new else []

    def _json(self) -> Iterator[bytes]:
        """What `encode_json` makes of it, of which there is never a whole in memory."""
        yield b'{"documents":{'
        yield from self._documents.json()
        yield b'},"others":' + encode_json(self._lists.others, in_order=True) + b',"remarks":{'
        yield from self._remarks.json()
        yield b'},"renderings":{'
        yield from self._renderings.json()
        yield b'},"tools":' + encode_json(tools_key()) + b"}"

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


def _id_in(name: str) -> DocumentId | None:
    """Whose a rendering is, by its name in the list; None of a foreign one."""
    try:
        return parse_id(name.partition(":")[2])
    except ValueError:
        return None


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
