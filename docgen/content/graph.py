"""Which files each document is made of, told from their bytes: a build reads no more of a folder than it makes.

What is told may be too much, never too little: a word in a text that happens to be a case's id counts as a reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from docgen.content.dependencies import document_of
from docgen.content.yaml_reader import read_yaml, scalars
from docgen.problems import ContentError

_COMMON = re.compile(r"(?:glossary|organisation|settings)\.yaml|(?:images|issued)/.+")
_DOCUMENT = re.compile(rb"\b(?:policy|follow-up|case)/[a-z0-9-]+")
_FIGURE = re.compile(rb"\{(?:tal|opfoelgning):")
_ID = re.compile(rb"[a-z0-9]+(?:-[a-z0-9]+)*")
_FILE = re.compile(rb"\bfile[\"']?[ \t]*:[ \t]*[\"']?([^\n]*)")


class Graph:
    """A content folder as a graph of documents that refer to each other; `common` are the paths of what all share."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.common = tuple(sorted(path for path in files if _COMMON.fullmatch(path)))
        self._files = files
        self._own: dict[str, list[str]] = {}
        for path in sorted(files):
            if (name := document_of(path)) is not None:
                self._own.setdefault(name, []).append(path)
        self._follow_ups = tuple(name for name in self._own if name.startswith("follow-up/"))
        self._policies = tuple(name for name in self._own if name.startswith("policy/"))
        self._cases = {name[5:].encode() for name in self._own if name.startswith("case/")}
        self._annexes = {path[8:].encode() for path in files if path.startswith("annexes/")}
        self._lengths = sorted(set(map(len, self._annexes)))
        self._direct: dict[str, tuple[str, ...]] = {}

    @property
    def documents(self) -> tuple[str, ...]:
        """The names of all documents, `case/x`, in order."""
        return tuple(sorted(self._own))

    def own_files(self, document: str) -> tuple[str, ...]:
        """The paths of the files that a document is written in, and of the PDFs that it attaches."""
        own = self._own.get(document, ())
        return (*own, *sorted({annex for path in own for annex in self._attached(path)}))

    def needed(self, document: str) -> tuple[str, ...]:
        """The paths of the files that a document is made of beside the common ones: its own, and those of all that it
        attaches, names or quotes from, near or far. Sorted."""
        found: set[str] = set()
        waiting = [document]
        while waiting:
            if (name := waiting.pop()) not in found:
                found.add(name)
                waiting += self._refers_to(name)
        return tuple(sorted({path for name in found for path in self.own_files(name)}))

    def _refers_to(self, document: str) -> tuple[str, ...]:
        if (known := self._direct.get(document)) is None:
            texts = [self._text(path) for path in self._own.get(document, ())]
            known = tuple(dict.fromkeys(name for text in texts for name in self._named(document, text)))
            self._direct[document] = known
        return known

    def _named(self, document: str, text: bytes) -> Iterator[str]:
        kind = document.partition("/")[0]
        if kind == "case":
            yield from (name for match in _DOCUMENT.findall(text) if (name := match.decode()) in self._own)
            if _FIGURE.search(text):
                yield from self._follow_ups
        elif kind in ("follow-up", "meeting"):
            yield from (f"case/{id.decode()}" for id in sorted(self._cases & set(_ID.findall(text))))
            yield from (*self._follow_ups, *self._policies) if kind == "follow-up" else ()

    def _attached(self, path: str) -> list[str]:
        """The paths of the PDFs that a case names."""
        if not self._annexes or not path.startswith("cases/"):
            return []
        found = [self._named_file(begins) for begins in _FILE.findall(self._text(path))]
        if None in found:  # written in some other way, or not there
            found = [self._named_file(begins) for begins in _FILE.findall(_values(path, self._files[path]))]
        return [f"annexes/{name.decode()}" for name in found if name is not None]

    def _named_file(self, begins: bytes) -> bytes | None:
        """The longest name of an annex that a line begins with."""
        fitting = (begins[:length] for length in reversed(self._lengths) if length <= len(begins))
        return next((name for name in fitting if name in self._annexes), None)

    def _text(self, path: str) -> bytes:
        data = self._files[path]
        return _values(path, data) if b"\\" in data else data  # an escape could hide an id


def _values(path: str, data: bytes) -> bytes:
    """The texts in a YAML file, a line or more each, as the value of a key; the file as it is where it is no YAML."""
    try:
        return "\n".join(f"file: {text}" for text in scalars(read_yaml(path, data))).encode()
    except ContentError:
        return data  # its problems are told when it is loaded
