"""What a build need not do again: the documents whose sources, tools and files are as they were.

The output folder keeps a list, `.docgen.json`: for each rendering a key of all that it was made of, and the hash of
each file that it became; and for each document that was made whole a hash of all files that it could be made of, so
that one whose files are the same need not even be read. A rendering is made again where its key is another or a file is
not the one that was written; so a lost, stale or foreign list costs time, never a wrong file. Beside it
`.docgen-words.json` has what was found of words, so that the list of Danish words is loaded for new ones only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from docgen.build.batch import Made, Wanted
from docgen.files import read_file, tools_key
from docgen.pipeline import Project
from docgen.problems import Origin, Problem
from docgen.proofing.lexicon import Answers
from docgen.structs import Struct

LIST = ".docgen.json"
WORDS = ".docgen-words.json"


class Kept(Struct, frozen=True):
    """A rendering that is as it was: its key, its pages of at most `limit` (0: no limit), and what was to know of its
    pack."""

    id: str
    key: str
    pages: float
    limit: int
    notices: tuple[Problem, ...]


class BuildState:
    """The list of an output folder. One that is missing, not readable or made with other tools is empty; `anew` says
    that it is written and, but for what was said and found of words, not read."""

    def __init__(self, folder: Path, anew: bool = False) -> None:
        self._folder = folder
        self._renderings: dict[str, Any] = {}
        self._documents: dict[str, Any] = {}
        self._remarks: dict[str, Any] = {}
        self._answers: Answers | None = None
        self._answered: Answers = {}
        self._is_new = False
        found = self._read(LIST)
        parts = [found.get(name) for name in ("renderings", "documents", "remarks")]
        if all(isinstance(part, dict) for part in parts):
            self._renderings, self._documents, self._remarks = parts  # type: ignore[assignment]
        if anew:
            self._renderings, self._documents = {}, {}

    def _read(self, name: str) -> dict[str, Any]:
        """What a file of the folder keeps; nothing where it cannot be read or is by other tools."""
        try:
            found = json.loads(read_file(self._folder / name))
            return found if found["tools"] == tools_key() else {}
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return {}

    def kept(self, id: str, wanted: Wanted, paths: Iterable[Path]) -> Kept | None:
        """A rendering whose files are those that were written, its pack included."""
        try:
            found = self._renderings[_name(id, wanted)]
            asked = [self._shown(path) for path in paths] + ([found["pack"]] if found["pack"] else [])
            if not all(self._hash(path) == found["files"][path] for path in asked):
                return None
            notices = tuple(_problem(notice) for notice in found["notices"])
            return Kept(id, str(found["key"]), float(found["pages"]), int(found["limit"]), notices)
        except (KeyError, TypeError, ValueError, OSError):
            return None

    def renderings_of(self, document: str, wanted: Wanted) -> list[str]:
        """The ids of the renderings of a document (`case/x`) that were made earlier."""
        return self._by_document.get(_name(document, wanted), [])

    @cached_property
    def _by_document(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name in self._renderings:
            id = name.partition(":")[2]
            found.setdefault("/".join(name.split("/")[:2]), []).append(id)
        return found

    def made_whole(self, document: str, wanted: Wanted, key: str) -> tuple[str, ...] | None:
        """The ids of all renderings of a document that was made whole of files with this key."""
        try:
            found = self._documents[_name(document, wanted)]
            return tuple(str(id) for id in found["renderings"]) if found["key"] == key else None
        except (KeyError, TypeError):
            return None

    def add(self, made: Made, wanted: Wanted, outputs: Sequence[tuple[Path, bytes]], pack: Path | None) -> None:
        """Notes what a rendering became."""
        self._is_new = True
        name = _name(made.id, wanted)
        before = self._renderings.get(name)
        files = dict(before["files"]) if isinstance(before, dict) and before.get("key") == made.key else {}
        files |= {self._shown(path): hashlib.sha256(data).hexdigest() for path, data in outputs}
        self._renderings[name] = {
            "key": made.key,
            "files": files,
            "pages": made.pages,
            "limit": made.limit,
            "pack": self._shown(pack) if pack else "",
            "notices": [notice.as_json() for notice in (made.pack.notices if made.pack else ())],
        }

    def add_whole(self, document: str, wanted: Wanted, key: str, ids: Sequence[str]) -> None:
        """Notes that all renderings of a document are made, of files with this key."""
        self._is_new = True
        self._documents[_name(document, wanted)] = {"key": key, "renderings": list(ids)}

    def remarks(self, path: str, key: str) -> list[str] | None:
        """What the proof-reader said of a content file that has this key; None where it has not read it."""
        try:
            found = self._remarks[path]
            return [str(line) for line in found["lines"]] if found["key"] == key else None
        except (KeyError, TypeError):
            return None

    def add_remarks(self, path: str, key: str, lines: Sequence[str]) -> None:
        """Notes what the proof-reader said of a content file."""
        self._is_new = True
        self._remarks[path] = {"key": key, "lines": list(lines)}

    @property
    def answers(self) -> Answers:
        """What was found of words in earlier runs, to be added to: of Danish, so also where all is made anew."""
        if self._answers is None:
            self._answered = _answers(self._read(WORDS).get("words"))
            self._answers = dict(self._answered)
        return self._answers

    def files(self) -> list[tuple[Path, bytes]]:
        """Those lists that have something new, as they are kept, and where."""
        lists = [self._list()] if self._is_new else []
        if self._answers is not None and self._answers != self._answered:
            kept = {"tools": tools_key(), "words": self._answers}
            lists.append((self._folder / WORDS, json.dumps(kept, ensure_ascii=False, sort_keys=True).encode()))
        return lists

    def _list(self) -> tuple[Path, bytes]:
        kept = {
            "tools": tools_key(),
            "renderings": self._renderings,
            "documents": self._documents,
            "remarks": self._remarks,
        }
        return self._folder / LIST, json.dumps(kept, ensure_ascii=False, sort_keys=True).encode()

    def _shown(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()

    def _hash(self, path: str) -> str:
        return hashlib.sha256(read_file(self._folder / path)).hexdigest()


def _answers(found: object) -> Answers:
    """Answers as they were kept; none where anything else stands among them."""

    def is_answer(value: object) -> bool:
        return isinstance(value, bool) or (isinstance(value, list) and all(isinstance(word, str) for word in value))

    return found if isinstance(found, dict) and all(is_answer(value) for value in found.values()) else {}


def _name(id: str, wanted: Wanted) -> str:
    return f"{wanted.edition.value}{'+' if wanted.with_annexes else ''}:{id}"


def _problem(found: Mapping[str, Any]) -> Problem:
    origin = Origin(found["file"], found["line"] or 0, found["column"] or 0, tuple(found["path"]))
    return Problem(origin, found["message"], found["hint"])


class FileKeys:
    """Keys of what a build is made of: each a hash of files, of which each is hashed once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._hashes: dict[str, bytes] = {}
        shared = hashlib.sha256("\0".join(project.font_directories).encode())
        for path in sorted(project.template_files):
            shared.update(f"{path}\0".encode() + hashlib.sha256(project.template_files[path]).digest())
        self._shared = shared.digest() + self._of_files(project.graph.common)

    def document(self, document: str) -> str:
        """A hash of all files that a document (`case/x`) could be made of."""
        needed = self._project.graph.needed(document)
        return hashlib.sha256(self._shared + self._of_files(needed)).hexdigest()

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
