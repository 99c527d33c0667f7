"""A project: the folders that documents are made of, read once, and what is made of them only once."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from docgen.archive import Archive
from docgen.content.content import Content
from docgen.content.documents import Kinds
from docgen.content.fields import texts_by_place, texts_of
from docgen.content.glossary import Glossary
from docgen.content.graph import Graph
from docgen.content.load import Foreseen, foresee_content, load_content, load_source
from docgen.content.migrations import migrated_source
from docgen.content.yaml_reader import dump_json
from docgen.document_id import DocumentId, parse_id
from docgen.kinds.edition import Edition
from docgen.kinds.kind import Kind
from docgen.kinds.public import Disclosure, neutral_ids, public_register
from docgen.kinds.registry import KINDS
from docgen.problems import ContentError, DocgenError, Origin, Problem
from docgen.remembering import Same
from docgen.structs import Struct, field, lines_of_json, replace
from docgen.writers.theme import Theme, load_theme


def _all_kinds() -> dict[str, Kind]:
    return dict(KINDS)


class Project(Struct, frozen=True, dict=True):
    """The two folders a document is made of, as `{path: bytes}`, where fonts lie, and the kinds of document by name.

    Every place is named as if they were called `content` and `templates`, for a place is part of what is written.
    `known` are the paths of the whole content folder where `content_files` is a part of it, and `unread` says why a
    file is there as no bytes. `archive` is what was issued, for good: read when it is asked for. `source_of` is the
    edition that the files are a document's embedded source of (`project_of_source`): that was in order once, and holds
    no more; `pages` and `hashes` are then the facts of annexes whose bytes are not there, by path.
    """

    content_files: Mapping[str, bytes]
    template_files: Mapping[str, bytes]
    font_directories: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    pages: Mapping[str, int | None] = field(default_factory=dict)
    hashes: Mapping[str, str] = field(default_factory=dict)
    source_of: Edition | None = None
    kinds: Mapping[str, Kind] = field(default_factory=_all_kinds)
    archive: Archive | None = None
    unread: Mapping[str, Problem] = field(default_factory=dict)

    @cached_property
    def content(self) -> Content:
        """What is valid of the content, with the problems of the rest; raises ContentError with those of the files that
        all documents share."""
        if self.source_of is None:
            return load_content(self.content_files, self.content_kinds, known=self.known, unread=self.unread)
        return replace(load_source(self.content_files, self.content_kinds), pages=self.pages)

    def foreseen(self) -> Foreseen:
        """The content as far as it can be read, also where documents are at fault, for looking at. Raises ContentError
        where what all documents share cannot be read at all."""
        return foresee_content(self.content_files, self.content_kinds, known=self.known, unread=self.unread)

    def with_content(self, content: Content) -> Project:
        """The project as if its files said this."""
        found = replace(self)
        found.__dict__["content"] = content
        return found

    @cached_property
    def neutral(self) -> Mapping[DocumentId, DocumentId]:
        """The neutral ids of the closed documents, for what everybody can read."""
        if self.source_of is Edition.PUBLIC:
            return {}
        documents = self.content.documents
        return neutral_ids({id: self.kinds[id.kind].neutral_name(document) for id, document in documents.items()})

    def in_edition(self, edition: Edition) -> Content:
        """The content as it may be seen in an edition: in the public one only what its fields say that all may see, and
        what is closed under neutral ids."""
        return self.content if Edition.INTERNAL is edition or self.source_of is Edition.PUBLIC else self._public

    @cached_property
    def _public(self) -> Content:
        content, disclosure = self.content, Disclosure(self.content.settings, self.neutral)
        return replace(
            content,
            settings=public_register(content.settings),
            organisation=public_register(content.organisation),
            glossary=Glossary(),
            documents={
                self.neutral.get(id, id): self.kinds[id.kind].public_with(document, disclosure)
                for id, document in content.documents.items()
            },
            maps={},
        )

    @cached_property
    def shared_texts(self) -> Mapping[tuple[str, tuple[str, ...]], str]:
        """The texts that all documents share, by the file and the path in it that each is read from."""
        content = self.content
        return {**_texts(Same(content.settings)), **_texts(Same(content.organisation))}

    @cached_property
    def settings_may_show_pictures(self) -> bool:
        """Whether a text of the settings, which all documents share, takes in a picture."""
        return any("![" in text for text in texts_of(self.content.settings))

    @cached_property
    def memo(self) -> dict[type, Any]:
        """What a later stage has found in the project's files, by its type: found once for all documents."""
        return {}

    @cached_property
    def graph(self) -> Graph:
        """Which files each document is made of."""
        return Graph(self.content_files, self.content_kinds)

    @cached_property
    def theme(self) -> Theme:
        """The theme; raises TemplateError with all its problems."""
        return load_theme(self.template_files)

    @cached_property
    def content_kinds(self) -> Kinds:
        """The kinds, as content is read with them."""
        return Kinds(self.kinds.values())

    @cached_property
    def _paths_by_folder(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in self.content_files:
            found.setdefault(path.partition("/")[0], []).append(path)
        return found

    def shared_problems(self) -> tuple[Problem, ...]:
        """Every problem in what all documents share, before any is made: then none can be made."""
        found: list[Problem] = []
        for part in ("content", "theme"):
            try:
                getattr(self, part)
            except DocgenError as error:
                found += error.problems
        return DocgenError(found).problems

    def problems(self) -> tuple[Problem, ...]:
        """Every problem in the content and the theme, before any document is made of them."""
        try:
            found = self.content.problems
        except DocgenError:
            found = ()
        return DocgenError([*self.shared_problems(), *found]).problems

    def part_of(self, documents: Sequence[DocumentId]) -> Project:
        """The part of a project that some documents are made of, near or far."""
        graph = self.graph
        paths = {*graph.shared, *(path for document in documents for path in graph.needed(document))}
        files = {path: self.content_files[path] for path in sorted(paths)}
        # Documents that reference others get the list of those there are; a batch need not carry more paths than that.
        inside = {id.kind for path in paths if (id := self.content_kinds.document_of(path)) is not None}
        named = {self.kinds[name].folder for kind in inside for name in self.kinds[kind].names if name in self.kinds}
        left_out = {kind.folder for kind in self.kinds.values()} - named
        known = [path for folder, found in self._paths_by_folder.items() if folder not in left_out for path in found]
        unread = {path: problem for path, problem in self.unread.items() if path in files}  # by now they are read
        return replace(self, content_files=files, known=tuple(known), unread=unread)


@lru_cache(maxsize=4)
def _texts(shared: Same) -> Mapping[tuple[str, tuple[str, ...]], str]:
    return texts_by_place(shared.value)


def project_of_source(
    source: bytes, font_directories: tuple[str, ...] = (), kinds: Mapping[str, Kind] | None = None
) -> tuple[Project, DocumentId, Edition]:
    """What `to_source` gave, as a project that makes the same document again, and the document's id and edition.

    A source of an earlier format is migrated first. Raises ContentError for bytes that are no such source.
    """
    try:
        record = json.loads(source)
        document, edition = parse_id(str(record["document"])), Edition(record["edition"])
        given = {str(path): _data(data) for path, data in record["files"].items()}
        facts = {str(path).removeprefix("content/"): fact for path, fact in record.get("annexes", {}).items()}
        pages = {path: fact["pages"] for path, fact in facts.items() if isinstance(fact, dict)}
        hashes = {path: str(fact["sha256"]) for path, fact in facts.items() if isinstance(fact, dict)}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        hint = "brug en fil, som docgen har lavet"
        raise ContentError([Problem(Origin("kilde.json"), "kilden kan ikke læses", hint)]) from None

    files = migrated_source(given)

    def part(folder: str) -> dict[str, bytes]:
        return {path.removeprefix(folder): data for path, data in files.items() if path.startswith(folder)}

    project = Project(
        part("content/"),
        part("templates/"),
        font_directories,
        pages=pages,
        hashes=hashes,
        source_of=edition,
        kinds=_all_kinds() if kinds is None else kinds,
    )
    return project, document, edition


def to_source(
    version: str,
    document: DocumentId,
    edition: Edition,
    files: Mapping[str, bytes | Mapping[str, Any]],
    annexes: Mapping[str, Mapping[str, Any]],
) -> bytes:
    """The whole source of a document as JSON, sorted: docgen's version, the document's id, each file (`content/…`,
    `templates/…`) that it is made of, as text or as what it says; and of annexes their hash and pages."""
    record: dict[str, Any] = {"docgen": version, "document": str(document), "edition": edition.value}
    record["files"] = {path: _text(files[path]) for path in sorted(files)}
    if annexes:
        record["annexes"] = {path: annexes[path] for path in sorted(annexes)}
    return lines_of_json(record)


def _data(text: str | dict[str, Any]) -> bytes:
    if isinstance(text, str):
        return text.encode()
    return b64decode(text["base64"]) if "base64" in text else dump_json(text["yaml"])


def _text(data: bytes | Mapping[str, Any]) -> str | dict[str, Any]:
    if not isinstance(data, bytes):
        return {"yaml": data}
    try:
        return data.decode()
    except UnicodeDecodeError:
        return {"base64": b64encode(data).decode()}
