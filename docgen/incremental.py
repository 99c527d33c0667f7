"""What a build need not do again: the documents whose sources, tools and files are as they were.

The output folder keeps a list, `.docgen.json`: for each document a key of all that it was made of, and the hash of each
file that it became. A document is made again where its key is another or a file is not the one that was written; so a
lost, stale or foreign list costs time, never a wrong file. Beside it `.docgen-words.json` has what was found of words,
so that the list of Danish words is loaded only for a word that is new.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from docgen.files import read_file, tools_key
from docgen.making import Made, Wanted
from docgen.pipeline import Project
from docgen.problems import Origin, Problem
from docgen.proofing.lexicon import Answers
from docgen.structs import Struct

LIST = ".docgen.json"
WORDS = ".docgen-words.json"


class Kept(Struct, frozen=True):
    """A document that is as it was: its pages of at most `limit` (0: no limit), and what was to know of its pack."""

    id: str
    pages: float
    limit: int
    notices: tuple[Problem, ...]


class BuildState:
    """The list of an output folder. One that is missing, not readable or made with other tools is empty."""

    def __init__(self, folder: Path, anew: bool = False) -> None:
        self._folder = folder
        self._documents: dict[str, Any] = {}
        self._runs: dict[str, Any] = {}
        self._remarks: dict[str, Any] = {}
        self._answers: Answers | None = None
        self._answered: Answers = {}
        found = {} if anew else self._read(LIST)
        parts = [found.get(name) for name in ("documents", "runs", "remarks")]
        if all(isinstance(part, dict) for part in parts):
            self._documents, self._runs, self._remarks = parts  # type: ignore[assignment]

    def _read(self, name: str) -> dict[str, Any]:
        """What a file of the folder keeps; nothing where it cannot be read or is by other tools."""
        try:
            found = json.loads(read_file(self._folder / name))
            return found if found["tools"] == tools_key() else {}
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return {}

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be as it was."""
        return not self._documents

    def kept(self, id: str, wanted: Wanted, key: str | None, paths: Iterable[Path]) -> Kept | None:
        """A document that has this key (None: any) and whose files are those that were written, its pack included."""
        try:
            found = self._documents[_name(id, wanted)]
            if key not in (None, found["key"]):
                return None
            asked = [self._shown(path) for path in paths] + ([found["pack"]] if found["pack"] else [])
            if not all(self._hash(path) == found["files"][path] for path in asked):
                return None
            notices = tuple(_problem(notice) for notice in found["notices"])
            return Kept(id, float(found["pages"]), int(found["limit"]), notices)
        except (KeyError, TypeError, ValueError, OSError):
            return None

    def add(
        self, made: Made, wanted: Wanted, key: str, outputs: Sequence[tuple[Path, bytes]], pack: Path | None
    ) -> None:
        """Notes what a document became."""
        name = _name(made.id, wanted)
        before = self._documents.get(name)
        files = dict(before["files"]) if isinstance(before, dict) and before.get("key") == key else {}
        files |= {self._shown(path): hashlib.sha256(data).hexdigest() for path, data in outputs}
        self._documents[name] = {
            "key": key,
            "files": files,
            "pages": made.pages,
            "limit": made.limit,
            "pack": self._shown(pack) if pack else "",
            "notices": [notice.as_json() for notice in (made.pack.notices if made.pack else ())],
        }

    def whole_run(
        self, request: str, inputs: str, wanted: Wanted, paths: Callable[[str], Iterable[Path]]
    ) -> tuple[tuple[Kept, ...], tuple[str, ...]] | None:
        """The documents of an earlier run that asked for the same, where all that it read and wrote is as it was; and
        the content files that it proof-read. `paths` gives the files of a document by its id.
        """
        try:
            run = self._runs[request]
            if run["inputs"] != inputs:
                return None
            kept = [self.kept(str(id), wanted, None, paths(str(id))) for id in run["documents"]]
            read = tuple(str(path) for path in run["read"])
        except (KeyError, TypeError):
            return None
        return None if None in kept else (tuple(one for one in kept if one is not None), read)

    def add_run(self, request: str, inputs: str, ids: Sequence[str], read: Sequence[str]) -> None:
        """Notes a run that came to its end and had no problems: its documents, and the files that it proof-read."""
        self._runs[request] = {"inputs": inputs, "documents": list(ids), "read": list(read)}

    def remarks(self, path: str, key: str) -> list[str] | None:
        """What the proof-reader said of a content file that has this key; None where it has not read it."""
        try:
            found = self._remarks[path]
            return [str(line) for line in found["lines"]] if found["key"] == key else None
        except (KeyError, TypeError):
            return None

    def add_remarks(self, path: str, key: str, lines: Sequence[str]) -> None:
        """Notes what the proof-reader said of a content file."""
        self._remarks[path] = {"key": key, "lines": list(lines)}

    @property
    def answers(self) -> Answers:
        """What was found of words in earlier runs, to be added to: of Danish, so also where all is made anew."""
        if self._answers is None:
            self._answered = _answers(self._read(WORDS).get("words"))
            self._answers = dict(self._answered)
        return self._answers

    def files(self) -> list[tuple[Path, bytes]]:
        """The lists as they are kept, and where."""
        lists = [self._list()]
        if self._answers is not None and self._answers != self._answered:
            kept = {"tools": tools_key(), "words": self._answers}
            lists.append((self._folder / WORDS, json.dumps(kept, ensure_ascii=False, sort_keys=True).encode()))
        return lists

    def _list(self) -> tuple[Path, bytes]:
        kept = {
            "tools": tools_key(),
            "documents": self._documents,
            "runs": self._runs,
            "remarks": self._remarks,
        }
        return self._folder / LIST, (json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()

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


def inputs_key(project: Project) -> str:
    """A hash of every file that was read."""
    total = hashlib.sha256()
    for folder, files in (("content", project.content_files), ("templates", project.template_files)):
        for path in sorted(files):
            total.update(f"{folder}/{path}\0".encode() + hashlib.sha256(files[path]).digest())
    total.update("\0".join(project.font_directories).encode())
    return total.hexdigest()


def document_key(project: Project, source: str, inputs: str) -> str:
    """A hash of all that a document is made of: its own source (given as its hash); `inputs`, the whole content's key
    for one with annexes; and the ledger, which says whether it may be made at all."""
    ledger = hashlib.sha256(project.content_files.get("issued/head.json", b"")).hexdigest()
    return hashlib.sha256("\n".join((source, ledger, inputs, *project.font_directories)).encode()).hexdigest()


def remarks_keys(project: Project, folder: str, paths: Iterable[str]) -> dict[str, str]:
    """For each content file a hash of all that the proof-reader goes by in it, and of the folder's name in messages."""
    common = hashlib.sha256(folder.encode())
    for name in ("settings.yaml", "organisation.yaml", "glossary.yaml"):
        common.update(hashlib.sha256(project.content_files.get(name, b"")).digest())
    return {path: hashlib.sha256(common.digest() + project.content_files.get(path, b"")).hexdigest() for path in paths}
