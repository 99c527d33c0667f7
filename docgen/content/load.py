"""The content folder -> one Content, with what is wrong in it by the document that it is wrong in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar, cast

from docgen.content.content import LEANS, Content
from docgen.content.documents import ContentFile, Kinds, Reference
from docgen.content.fields import Model
from docgen.content.glossary import Glossary
from docgen.content.migrations import check_format
from docgen.content.organisation import Organisation
from docgen.content.read_once import read_as
from docgen.content.references import check_organisation
from docgen.content.settings import Settings
from docgen.content.stand_ins import SIGNS
from docgen.content.types import IDENTIFIER_PATTERN
from docgen.content.validation import near, validate_anyway
from docgen.content.yaml_reader import read_yaml
from docgen.content.yaml_values import Map
from docgen.document_id import DocumentId
from docgen.problems import ContentError, DocgenError, Origin, Problem
from docgen.structs import Struct, field, replace

SHARED_FILES = (
    ContentFile("settings", r"settings\.yaml", Settings, "Indstillinger (settings.yaml)"),
    ContentFile("organisation", r"organisation\.yaml", Organisation, "Organisation (organisation.yaml)"),
    ContentFile("glossary", r"glossary\.yaml", Glossary, "Ordliste (glossary.yaml)"),
)
"""The files that all documents share."""

_ELSEWHERE = re.compile(r"(?:images|annexes|issued)/.+|\.schema/.+|[a-z_]+/(?:[^/]+/review|[^/]+\.review)\.html")
_Model = TypeVar("_Model", bound=Model)
_NONE: Mapping[str, Problem] = {}


def load_content(
    files: Mapping[str, bytes],
    kinds: Kinds,
    folder: str = "content",
    *,
    known: Collection[str] = (),
    unread: Mapping[str, Problem] = _NONE,
) -> Content:
    """The content of a folder given as `{path: bytes}`, with documents of some kinds; `folder` is its name in messages.

    A fault is its document's alone: that document, and what is made of it, is left out, and the problems are in
    `invalid`; what belongs to no document is in `stray`. Of a large folder `files` may be only those that some
    documents are made of (`docgen.content.graph`); `known` are then the paths of all, for what is looked for and not
    found. `unread` says why a file is there as no bytes. Raises ContentError where a file that all documents share is
    at fault, with all problems that there are.
    """
    return _Loader(files, kinds, folder, known or files, unread).load(with_rules=True)


class Foreseen(Struct, frozen=True):
    """A folder as far as it can be read: its content, with stand-ins in documents that are at fault, and every problem
    that is told already. `at_fault` are the documents that cannot be made."""

    content: Content
    problems: tuple[Problem, ...]
    at_fault: tuple[DocumentId, ...]


def foresee_content(
    files: Mapping[str, bytes],
    kinds: Kinds,
    folder: str = "content",
    *,
    known: Collection[str] = (),
    unread: Mapping[str, Problem] = _NONE,
) -> Foreseen:
    """As `load_content`, going on past what is at fault, so that the next layer is told in the same round. Nothing may
    be made of what it gives.

    Raises ContentError where a shared file cannot be read at all.
    """
    return _Loader(files, kinds, folder, known or files, unread, anyway=True).foresee()


def load_source(files: Mapping[str, bytes], kinds: Kinds, folder: str = "content") -> Content:
    """As `load_content`, of what a document carries of its folder: that was in order once. What it refers to need not
    be there, and the rules across files are not asked again."""
    return _Loader(files, kinds, folder, files, _NONE).load(with_rules=False)


def misplaced(paths: Collection[str], kinds: Kinds, folder: str = "content") -> Iterator[Problem]:
    """A Problem for each path that no file of a content folder has."""
    for path in paths:
        if _is_misplaced(path, kinds):
            yield _misplaced(path, kinds, folder)


def _is_misplaced(path: str, kinds: Kinds) -> bool:
    shared = any(file.match(path) for file in SHARED_FILES) or _ELSEWHERE.fullmatch(path)
    return not shared and not kinds.is_placed(path)


class _Loader(Struct):
    """Reads one folder. It is the `FileReader` that each kind's documents are assembled with; what it finds wrong is
    noted in `problems`, which are the shared files' until documents are read."""

    files: Mapping[str, bytes]
    kinds: Kinds
    folder: str
    known: Collection[str]
    unread: Mapping[str, Problem]
    problems: list[Problem] = field(default_factory=list)
    invalid: dict[DocumentId, list[Problem]] = field(default_factory=dict)
    maps: dict[str, Map] = field(default_factory=dict)
    anyway: bool = False
    mended: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)

    def load(self, *, with_rules: bool) -> Content:
        self._check_format()
        settings = self.read("settings.yaml", Settings)
        organisation = self.read("organisation.yaml", Organisation)
        glossary = self.read("glossary.yaml", Glossary)
        if settings and organisation and glossary and with_rules:
            self.problems += check_organisation(settings, organisation, glossary)
        shared, stray = self.problems, self._out_of_place()
        documents = dict(self._documents())
        if shared or not (settings and organisation and glossary):  # nothing can be made; all is told at once
            raise ContentError([*shared, *stray, *(problem for found in self.invalid.values() for problem in found)])
        references = {id: tuple(self.kinds.by_name[id.kind].references(document)) for id, document in documents.items()}
        shared_files = (settings, organisation, glossary)
        names = self.kinds.names(self.known)
        if with_rules:
            so_far = with_dependants(self.invalid, references)
            content = Content(*shared_files, documents, self.files, self.maps, so_far, self.known, names)
            self._check_all(documents, references, replace(content, unread=self.unread))
        invalid = with_dependants(self.invalid, references)
        valid = {id: document for id, document in documents.items() if id not in invalid}
        found = Content(*shared_files, valid, self.files, self.maps, invalid, self.known, names)
        return replace(found, stray=tuple(stray), unread=self.unread)

    def foresee(self) -> Foreseen:
        self._check_format()
        settings = self.read("settings.yaml", Settings)
        organisation = self.read("organisation.yaml", Organisation)
        glossary = self.read("glossary.yaml", Glossary)
        if not (settings and organisation and glossary):
            raise ContentError(self.problems)
        shared = self.problems
        shared += self._without_stand_ins(check_organisation(settings, organisation, glossary))
        shared += self._out_of_place()
        documents = dict(self._documents())
        unreadable = {id: problems for id, problems in self.invalid.items() if id not in documents}
        names = self.kinds.names(self.known)
        of_all = (documents, self.files, self.maps, unreadable, self.known, names)
        content = Content(settings, organisation, glossary, *of_all, unread=self.unread)
        references = {id: self._references(id, document) for id, document in documents.items()}
        at_fault = {*self.invalid} if not shared else {*documents, *self.invalid}
        for id in in_order(references):
            found = self.kinds.by_name[id.kind].check(documents[id], content)
            leans = any(other.document in at_fault for other in references[id])
            told = self._without_stand_ins(found, id) if leans or id in at_fault else list(found)
            if leans:  # whether it is right depends on what is at fault there
                places = {other.origin for other in references[id] if other.document in at_fault}
                told = [problem for problem in told if problem.origin not in places]
            self.invalid.setdefault(id, []).extend(told)
            if told or leans:
                at_fault.add(id)
        problems = DocgenError([*shared, *(problem for told in self.invalid.values() for problem in told)]).problems
        return Foreseen(content, problems, tuple(sorted(at_fault & documents.keys())))

    def _references(self, id: DocumentId, document: Model) -> tuple[Reference, ...]:
        try:
            return tuple(self.kinds.by_name[id.kind].references(document))
        except Exception:  # a stand-in may lead it anywhere
            return ()

    def _without_stand_ins(self, found: Iterable[Problem], id: DocumentId | None = None) -> list[Problem]:
        """Of the problems that a document's rules find, those of what it says itself and none that is about a stand-in,
        nor told at a place that is told of already."""
        told = {(problem.origin.file, problem.origin.line, problem.origin.column) for problem in self._told()}
        kept: list[Problem] = []
        try:
            for problem in found:
                place = problem.origin
                path = place.file.removeprefix(f"{self.folder}/")
                is_own = id is None or self.kinds.document_of(path) == id
                is_mended = any(place.path[: len(one)] == one for one in self.mended.get(path, ()))
                said = f"{problem.message} {problem.hint}"
                if is_own and not is_mended and (place.file, place.line, place.column) not in told:
                    kept += [] if any(sign in said for sign in SIGNS) else [problem]
        except Exception:  # rules are written for documents that are whole; a stand-in may lead them anywhere
            return kept
        return kept

    def _told(self) -> Iterator[Problem]:
        yield from self.problems
        for found in self.invalid.values():
            yield from found

    def _check_format(self) -> None:
        """Content of another format is not read: it would be told in words that lead astray."""
        settings = self.files.get("settings.yaml")
        problem = None if settings is None else check_format(settings, f"{self.folder}/settings.yaml")
        if problem is not None:
            raise ContentError([problem])

    def _out_of_place(self) -> list[Problem]:
        """What has no place in the folder, or cannot be read: noted for the document that it belongs to; returned where
        it belongs to none."""
        stray = []
        for path in self.files:
            problem = self.unread.get(path)
            if problem is None and _is_misplaced(path, self.kinds):
                problem = _misplaced(path, self.kinds, self.folder)
            if problem is not None and (id := self.kinds.document_of(path)) is not None:
                self.invalid.setdefault(id, []).append(problem)
            elif problem is not None:
                stray.append(problem)
        return stray

    def _documents(self) -> Iterator[tuple[DocumentId, Model]]:
        own: dict[DocumentId, list[str]] = {}
        for path in self.files:
            if (id := self.kinds.document_of(path)) is not None:
                own.setdefault(id, []).append(path)
        for id in sorted(own):
            kind = self.kinds.by_name[id.kind]
            if not kind.is_written(own[id]):
                continue
            self.problems, document = [], None
            if re.fullmatch(IDENTIFIER_PATTERN, id.name) is None:
                self.note(own[id][0], "filens navn kan ikke være et id", "brug a-z, 0-9 og bindestreg")
            else:
                document = kind.assemble(self, id.name, own[id])
            if self.problems:
                self.invalid.setdefault(id, []).extend(self.problems)
            if document is not None:
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
                if found := list(self.kinds.by_name[id.kind].check(documents[id], content)):
                    self.invalid.setdefault(id, []).extend(found)
                elif id not in content.invalid:
                    continue
            invalid.add(id)

    def read(self, path: str, model: type[_Model]) -> _Model | None:
        if self.anyway:
            if (raw := self._raw(path)) is None:
                return None
            made = validate_anyway(model, raw)
            self.problems += made.problems
            self.mended[path] = made.mended
            return cast("_Model | None", made.model)
        if (data := self._bytes_of(path)) is None:
            return None
        read = read_as(f"{self.folder}/{path}", data, model)
        if read.map is not None:
            self.maps[path] = read.map
        self.problems += read.problems
        return cast("_Model | None", read.model)

    def note(self, path: str, message: str, hint: str) -> None:
        self.problems.append(Problem(Origin(f"{self.folder}/{path}"), message, hint))

    def _bytes_of(self, path: str) -> bytes | None:
        if path not in self.files:
            self.note(path, "filen mangler", "opret den, eller ret dens navn")
            return None
        data = self.files[path]
        if path in self.unread:
            self.problems.append(self.unread[path])
            return None
        return data

    def _raw(self, path: str) -> Map | None:
        if (data := self._bytes_of(path)) is None:
            return None
        try:
            self.maps[path] = found = read_yaml(f"{self.folder}/{path}", data)
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
    found = {document: list(dict.fromkeys(problems)) for document, problems in invalid.items()}
    left = [document for document in references if document not in found]
    while leaning := {
        document: min(others, key=lambda other: (other.origin.file, other.origin.line, other.origin.column))
        for document in left
        if (others := [other for other in references[document] if other.document in found])
    }:
        for document, other in leaning.items():
            message = f"{LEANS} {other.document}, som har fejl"
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
