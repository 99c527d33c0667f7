"""The content folder -> one Content, or every problem in it at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from docgen.content.content import Content
from docgen.content.documents import ContentFile, Kinds, Reference
from docgen.content.fields import Model
from docgen.content.glossary import Glossary
from docgen.content.migrations import check_format
from docgen.content.organisation import Organisation
from docgen.content.references import check_organisation
from docgen.content.settings import Settings
from docgen.content.types import IDENTIFIER_PATTERN
from docgen.content.validation import near, validate
from docgen.content.yaml_reader import Map, read_yaml
from docgen.document_id import DocumentId
from docgen.problems import ContentError, Origin, Problem
from docgen.structs import Struct, field

SHARED_FILES = (
    ContentFile("settings", r"settings\.yaml", Settings, "Indstillinger (settings.yaml)"),
    ContentFile("organisation", r"organisation\.yaml", Organisation, "Organisation (organisation.yaml)"),
    ContentFile("glossary", r"glossary\.yaml", Glossary, "Ordliste (glossary.yaml)"),
)
"""The files that all documents share."""

_ELSEWHERE = re.compile(r"(?:images|annexes|issued)/.+|\.schema/.+")
_Model = TypeVar("_Model", bound=Model)


def load_content(
    files: Mapping[str, bytes],
    kinds: Kinds,
    folder: str = "content",
    *,
    checked: bool = False,
    lenient: bool = False,
    known: Collection[str] = (),
) -> Content:
    """The content of a folder given as `{path: bytes}`, with documents of some kinds; `folder` is its name in messages.

    Of a large folder `files` may be only those that some documents are made of (`docgen.content.graph`); `known`
    are then the paths of all, for what is looked for and not found.
    `checked` content is a part of a folder that was in order, such as a document's embedded source: what it refers to
    need not be there, and the rules across files are not asked again. In `lenient` content a document with problems, or
    one that is made of such a one, is left out and its problems are in `invalid`.

    Raises ContentError with all problems of all files; where lenient, with those of the files that all have in common.
    """
    return _Loader(files, kinds, folder, checked, lenient, known or files).load()


def misplaced(paths: Collection[str], kinds: Kinds, folder: str = "content") -> Iterator[Problem]:
    """A Problem for each path that no file of a content folder has."""
    for path in paths:
        shared = any(file.match(path) for file in SHARED_FILES) or _ELSEWHERE.fullmatch(path)
        if not shared and not kinds.is_placed(path):
            yield _misplaced(path, kinds, folder)


class _Loader(Struct):
    """Reads one folder. It is the `FileReader` that each kind's documents are assembled with."""

    files: Mapping[str, bytes]
    kinds: Kinds
    folder: str
    checked: bool
    lenient: bool
    known: Collection[str]
    problems: list[Problem] = field(default_factory=list)
    maps: dict[str, Map] = field(default_factory=dict)

    def load(self) -> Content:
        self._check_format()
        self.problems += misplaced(self.files, self.kinds, self.folder)
        settings = self.read("settings.yaml", Settings)
        organisation = self.read("organisation.yaml", Organisation)
        glossary = self.read("glossary.yaml", Glossary)
        documents = dict(self._documents())
        references = {id: tuple(self.kinds.by_name[id.kind].references(document)) for id, document in documents.items()}
        if not (settings and organisation and glossary):
            raise ContentError(self.problems)
        shared_files = (settings, organisation, glossary)
        names = self.kinds.names(self.known)
        if not self.checked:
            self.problems += check_organisation(settings, organisation, glossary)
            unread = self._invalid(references)
            content = Content(*shared_files, documents, self.files, self.maps, unread, self.known, names)
            self._check_all(documents, references, content)
        invalid = self._invalid(references)
        shared = [problem for problem in self.problems if self._document(problem) is None]
        if shared or (self.problems and not self.lenient):
            raise ContentError(self.problems)
        valid = {id: document for id, document in documents.items() if id not in invalid}
        return Content(*shared_files, valid, self.files, self.maps, invalid, self.known, names)

    def _check_format(self) -> None:
        """Content of another format is not read: it would be told in words that lead astray."""
        settings = self.files.get("settings.yaml")
        problem = None if settings is None else check_format(settings, f"{self.folder}/settings.yaml")
        if problem is not None:
            raise ContentError([problem])

    def _documents(self) -> Iterator[tuple[DocumentId, Model]]:
        own: dict[DocumentId, list[str]] = {}
        for path in self.files:
            if (id := self.kinds.document_of(path)) is not None:
                own.setdefault(id, []).append(path)
        for id in sorted(own):
            kind = self.kinds.by_name[id.kind]
            if not kind.is_written(own[id]):
                continue
            if re.fullmatch(IDENTIFIER_PATTERN, id.name) is None:
                self.note(own[id][0], "filens navn kan ikke være et id", "brug a-z, 0-9 og bindestreg")
            elif (document := kind.assemble(self, id.name, own[id])) is not None:
                yield id, document

    def _check_all(
        self,
        documents: Mapping[DocumentId, Model],
        references: Mapping[DocumentId, Sequence[Reference]],
        content: Content,
    ) -> None:
        """Asks each document its rules, after those that it is made of. What leans on an invalid one is not asked: it
        would tell that one's problems once more."""
        invalid = set(content.invalid)
        for id in in_order(references):
            if id in documents and not any(
                other.document in invalid for other in references[id] if not other.only_named and other.document != id
            ):
                found = list(self.kinds.by_name[id.kind].check(documents[id], content))
                self.problems += found
                if not found and id not in content.invalid:
                    continue
            invalid.add(id)

    def _document(self, problem: Problem) -> DocumentId | None:
        """The document that a problem is in; None for a file that all have in common, or that belongs nowhere."""
        return self.kinds.document_of(problem.origin.file.removeprefix(f"{self.folder}/"))

    def _invalid(self, references: Mapping[DocumentId, Sequence[Reference]]) -> dict[DocumentId, list[Problem]]:
        """The problems so far by document, with those that are made of one with problems."""
        found: dict[DocumentId, list[Problem]] = {}
        for problem in self.problems:
            if (document := self._document(problem)) is not None:
                found.setdefault(document, []).append(problem)
        return with_dependants(found, references)

    def read(self, path: str, model: type[_Model]) -> _Model | None:
        raw = self._raw(path)
        if raw is None:
            return None
        found, problems = validate(model, raw)
        self.problems += problems
        return found

    def note(self, path: str, message: str, hint: str) -> None:
        self.problems.append(Problem(Origin(f"{self.folder}/{path}"), message, hint))

    def _raw(self, path: str) -> Map | None:
        if path not in self.files:
            self.note(path, "filen mangler", "opret den, eller ret dens navn")
            return None
        try:
            self.maps[path] = found = read_yaml(f"{self.folder}/{path}", self.files[path])
            return found
        except ContentError as error:
            self.problems += error.problems
            return None


def in_order(references: Mapping[DocumentId, Sequence[Reference]]) -> Iterator[DocumentId]:
    """Documents, each after those that it is made of, as far as these are not made of it in turn."""
    seen: set[DocumentId] = set()
    for start in references:
        waiting = [(start, False)]
        while waiting:
            id, is_ready = waiting.pop()
            if is_ready:
                yield id
            elif id not in seen:
                seen.add(id)
                waiting.append((id, True))
                waiting += [
                    (other.document, False) for other in reversed(references[id]) if other.document in references
                ]


def with_dependants(
    invalid: Mapping[DocumentId, Sequence[Problem]], references: Mapping[DocumentId, Sequence[Reference]]
) -> dict[DocumentId, list[Problem]]:
    """The invalid documents with their problems, and those that are made of such a one, near or far, with one problem
    each, where they refer to it: the name of the one to fix first."""
    found = {document: list(problems) for document, problems in invalid.items()}
    left = [document for document in references if document not in found]
    while leaning := {
        document: min(others, key=lambda other: (other.origin.file, other.origin.line, other.origin.column))
        for document in left
        if (others := [other for other in references[document] if other.document in found])
    }:
        for document, other in leaning.items():
            message = f"dokumentet bygger på {other.document}, som har fejl"
            found[document] = [Problem(other.origin, message, "ret dem først")]
        left = [document for document in left if document not in leaning]
    return found


def _misplaced(path: str, kinds: Kinds, folder: str) -> Problem:
    name = path.rsplit("/", 1)[-1]
    kind = kinds.by_folder.get(path.partition("/")[0])
    if path.endswith(".yml"):
        hint = f"omdøb den til {name[:-4]}.yaml"
    elif kind is not None and (right := kind.misnamed(path)):
        hint = right
    else:
        known = [*_literal_names(SHARED_FILES), *(name for one in kinds for name in _literal_names(one.files))]
        guess = near(name, known)
        hint = f"skulle den hedde {guess}?" if guess and guess != name else "flyt den ud af mappen"
    return Problem(Origin(f"{folder}/{path}"), "filen hører ikke til her", hint)


def _literal_names(files: Iterable[ContentFile]) -> list[str]:
    """The names of those files that have a fixed one, as `policy.yaml` has."""
    names = [file.pattern.rsplit("/", 1)[-1].replace("\\.", ".") for file in files]
    return [name for name in names if re.fullmatch(r"[\w.-]+", name)]
