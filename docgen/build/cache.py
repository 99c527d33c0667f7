"""What a build need not do again: the documents whose sources, tools and files are as they were.

The output folder keeps a list, `.docgen.json`: for each rendering a key of all that it was made of, and the hash of
each file that it became; and for each document that was made whole a hash of all files that it could be made of, so
that one whose files are the same need not even be read. A rendering is made again where its key is another or a file is
not the one that was written; so a lost, stale or foreign list costs time, never a wrong file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from docgen.build.batch import Built, Target
from docgen.build.made_list import CachedRendering, MadeDocument, MadeList, Part, Remarks, read_list
from docgen.document_id import DocumentId, parse_id
from docgen.files import read_file, tools_key
from docgen.structs import replace

LIST = ".docgen.json"
EARLIER_WORDS = ".docgen-words.json"
"""A list that docgen 0.3 and earlier kept beside it, and which nothing reads any more."""
Files = Mapping[str, str]
"""The hash of each file, by its path in the output folder."""
_NEVER = "-"  # no key
_LAST = 1_000  # annexes whose remarks are at hand


class BuildCache:
    """The list of an output folder. One that is missing, not readable or made with other tools is empty; `force` says
    that it is written and, but for what was said and found of words, not read."""

    def __init__(self, folder: Path, force: bool = False) -> None:
        self._folder = folder
        # What made it is a hash of all code: where there is no list, that may wait until one is written.
        found = read_list(folder / LIST)
        self._list = found or MadeList("", {})
        is_other = found is not None and found.tools != tools_key()
        if is_other:
            self._list.remarks = Part(Remarks)
        if force or is_other:  # it is remembered, to be removed when it is stale, and never left as it is
            self._list.documents = Part(MadeDocument)
            self._list.renderings.see(lambda rendering: replace(rendering, key=_NEVER))
        self._is_new = False
        self._stale: dict[str, str] = {}
        self._of_annexes: dict[str, Remarks] = {}
        """What was said last: of an annex that several documents attach it is asked for again."""

    def rendering(self, id: DocumentId, target: Target, paths: Iterable[Path]) -> CachedRendering | None:
        """A rendering whose files are those that were written, its pack included."""
        found = self._list.renderings.earlier(_name(id, target))
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
        found = self._list.renderings.earlier(_name(id, target))
        return parse_id(found.shown_id) if found is not None and found.shown_id else id

    def renderings_of(self, document: DocumentId, target: Target) -> list[DocumentId]:
        """The ids of the renderings of a document that were made earlier."""
        return [id for name in self._names_of(_name(document, target)) if (id := _id_in(name)) is not None]

    def _names_of(self, document: str) -> list[str]:
        """The names of what was made earlier of a document that is named in the same way."""
        own = (document,) if self._list.renderings.earlier(document) is not None else ()
        return [*own, *self._list.renderings.earlier_names(f"{document}/")]

    def was_made_whole(self, document: DocumentId, target: Target) -> bool:
        """Whether a document was made whole earlier, of whatever files."""
        return self._list.documents.earlier(_name(document, target)) is not None

    def made_whole(self, document: DocumentId, target: Target, key: str) -> tuple[DocumentId, ...] | None:
        """The ids of all renderings of a document that was made whole of files with this key."""
        found = self._list.documents.earlier(_name(document, target))
        try:
            return tuple(map(parse_id, found.renderings)) if found is not None and found.key == key else None
        except ValueError:
            return None

    def add(self, built: Built, target: Target, outputs: Sequence[tuple[Path, bytes]], pack: Path | None) -> None:
        """Notes what a rendering became."""
        self._is_new = True
        before = self._list.renderings.earlier(_name(built.id, target))
        files = dict(before.files) if before is not None and before.key == built.key else {}
        files |= {self._shown(path): hashlib.sha256(data).hexdigest() for path, data in outputs}
        self._set_aside(built, target, files)
        shown = str(built.shown_id) if built.shown_id not in (None, built.id) else ""
        packed = self._shown(pack) if pack else ""
        made = CachedRendering(built.key, files, built.pages, built.limit, packed, built.notices, shown, built.source)
        self._list.renderings.put(_name(built.id, target), made)

    def _set_aside(self, built: Built, target: Target, files: Mapping[str, str]) -> None:
        """Notes as stale what an earlier run made of the rendering, with annexes or without, of another source."""
        for made in (replace(target, with_annexes=False), replace(target, with_annexes=True)):
            before = self._list.renderings.earlier(name := _name(built.id, made))
            if before is not None and (before.key != built.key if made == target else before.source != built.source):
                self._stale |= {path: hash for path, hash in before.files.items() if path not in files}
                if made != target:  # what is noted next takes the place of the other
                    self._list.renderings.remove(name)

    def leave_only(self, document: DocumentId, ids: Collection[DocumentId]) -> None:
        """Notes as stale what earlier runs made of a document beside the renderings that it has now."""
        for made in self._targets:
            for name in self._names_of(f"{made}:{document}"):
                if _id_in(name) not in ids:
                    self._remove(name)

    @cached_property
    def _targets(self) -> list[str]:
        """What was made earlier, as it is named."""
        return sorted({name.partition(":")[0] for name in self._list.renderings.earlier_names()})

    def take_stale(self, documents: Container[DocumentId]) -> Files:
        """The files, with the hashes they were written with, of what is no more: of documents that are not among
        `documents`, of renderings that documents have no more (`leave_only`), and of earlier sources."""
        for name in self._list.renderings.earlier_names():
            if (id := _id_in(name)) is not None and id.document not in documents:
                self._remove(name)
        found, self._stale = self._stale, {}
        for rendering in self._list.renderings.values() if found else ():
            for path in rendering.files:
                found.pop(path, None)
        self._is_new = self._is_new or bool(found)
        return found

    def _remove(self, name: str) -> None:
        if (found := self._list.renderings.earlier(name)) is not None:
            self._stale |= found.files
            self._list.renderings.remove(name)

    def add_whole(self, document: DocumentId, target: Target, key: str, ids: Sequence[DocumentId]) -> None:
        """Notes that all renderings of a document are made, of files with this key."""
        self._is_new = True
        self._list.documents.put(_name(document, target), MadeDocument(key, [str(id) for id in ids]))

    def remarks(self, path: str, key: str) -> list[str] | None:
        """What the proof-reader said of a content file that has this key; None where it has not read it."""
        found = self._of_annexes.get(path) or self._list.remarks.earlier(path)
        return found.lines if found is not None and found.key == key else None

    def add_remarks(self, path: str, key: str, lines: Sequence[str]) -> None:
        """Notes what the proof-reader said of a content file."""
        self._is_new = True
        found = Remarks(key, list(lines))
        self._list.remarks.put(path, found)
        if path.startswith("annexes/"):
            self._of_annexes[path] = found
            if len(self._of_annexes) > _LAST:
                del self._of_annexes[next(iter(self._of_annexes))]

    def add_other(self, outputs: Sequence[tuple[Path, bytes]]) -> None:
        """Notes files that are no rendering's."""
        self._is_new = True
        for path, data in outputs:
            self._list.others.put(self._shown(path), hashlib.sha256(data).hexdigest())

    def files(self) -> list[tuple[Path, Iterable[bytes]]]:
        """The list, where it has something new, as it is kept, in parts, and where."""
        return [(self._folder / LIST, self._list.json(tools_key()))] if self._is_new else []

    def _shown(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()

    def _hash(self, path: str) -> str:
        return hashlib.sha256(read_file(self._folder / path)).hexdigest()


def written_files(folder: Path) -> Files:
    """The files that docgen wrote in an output folder, by path there, with the hashes they were written with."""
    found = read_list(folder / LIST)
    if found is None:
        return {}
    made = {path: hash for rendering in found.renderings.values() for path, hash in rendering.files.items()}
    return made | {path: hash for path in found.others.earlier_names() if (hash := found.others.earlier(path))}


def _id_in(name: str) -> DocumentId | None:
    """Whose a rendering is, by its name in the list; None of a foreign one."""
    try:
        return parse_id(name.partition(":")[2])
    except ValueError:
        return None


def _name(id: DocumentId, target: Target) -> str:
    return f"{target.edition.value}{'+' if target.with_annexes else ''}:{id}"
