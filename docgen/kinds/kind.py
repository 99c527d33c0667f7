"""What a kind of document is: all that the rest of docgen asks of it, as one value.

A new kind is a folder here with such a value, one line in `docgen.kinds.registry`, and a template. What a kind does not
say is as for a document of one file that refers to nothing, has one rendering and nothing closed.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from docgen.content.content import Content
from docgen.content.documents import AnnexNames, ContentFile, FileReader, Reference
from docgen.content.fields import Model, with_more
from docgen.document_id import DocumentId
from docgen.kinds.document_fields import Annex
from docgen.kinds.edition import Edition
from docgen.kinds.prepared import Context, Prepared
from docgen.kinds.public import Disclosure, public_part
from docgen.problems import Problem
from docgen.structs import Struct

_FULL_NAME = re.compile(rb"\b([a-z][a-z-]*)/([a-z0-9-]+)")


class Skeleton(Struct, frozen=True):
    """How `docgen new` begins a document.

    `help` is the command's help, `metavar` and `example` what its name is called and could be. `variants` tells the
    choices of an `option` in a content, each with what it is called; without, there is none. `write` makes the file's
    text of the content, the name, the variant (empty: the kind's own choice) and today's date. `check_name` and `write`
    raise WrongValueError, and DocgenError for what is wrong elsewhere. `file` is where it is written in the kind's
    folder.
    """

    help: str
    metavar: str
    example: str
    write: Callable[[Content, str, str, datetime.date], str]
    variants: Callable[[Content], Mapping[str, str]] | None = None
    variants_help: str = ""
    option: str = "--kind"
    file: str = "{name}.yaml"
    check_name: Callable[[str], object] = str


def _no_problems(model: Any, content: Content) -> Iterator[Problem]:
    yield from ()


def _no_references(model: Any) -> Iterator[Reference]:
    yield from ()


def _one_rendering(model: Any) -> tuple[str, ...]:
    return ("",)


def _as_fields_say(model: Any, disclosure: Disclosure) -> Model:
    found: Model = public_part(model)
    return found


def _open(model: Any) -> str:
    return ""


def _no_hindrances(content: Content, id: DocumentId, edition: Edition) -> Iterator[Problem]:
    yield from ()


def _as_they_are(content: Content, id: DocumentId) -> Mapping[DocumentId, Model]:
    return {}


def _nothing_closed(content: Content, id: DocumentId) -> Iterator[str]:
    yield from ()


def _no_attachments(content: Content, id: DocumentId, edition: Edition) -> tuple[tuple[int, Annex], ...]:
    return ()


def _no_mentions(text: bytes, known: Mapping[str, Collection[str]]) -> Iterator[DocumentId]:
    yield from ()


def _none_attached(text: bytes, annexes: AnnexNames) -> list[str | None]:
    return []


def _all_of_it(model: Any, rendering: str) -> Any:
    return model


def _no_hint(path: str) -> str:
    return ""


class Kind(Struct, frozen=True):
    """A kind of document.

    What takes a document of the kind takes its own model: `Any` here, since a list of kinds has one of each model.
    """

    name: str
    """As ids begin: `case`."""
    folder: str
    """The folder in `content/` that its documents lie in: `cases`."""
    files: tuple[ContentFile, ...]
    """The files that a document is written in. With one, its name is the document's."""
    model: type[Model]
    """A whole document: the first file's type with an `id`, or what `assemble_with` makes."""
    prepare: Callable[[Content, DocumentId, Edition], Prepared]
    """A rendering in an edition, ready for its template. Raises KeyError for an unknown id."""
    templates: Mapping[str, type[Context]]
    """What each of its templates may use, by the template's name."""
    assemble_with: Callable[[FileReader, str, Sequence[str]], Model | None] | None = None
    """Makes one document, by name, of its files, where there are several."""
    check_with: Callable[[Any, Content], Iterator[Problem]] = _no_problems
    """Every problem in a document, alone and with what it refers to (`content` has all that could be read)."""
    notices_with: Callable[[Any, Content], Iterator[Problem]] = _no_problems
    """What is worth a word and stops nothing."""
    shows_members: bool = False
    """Whether its documents tell who sits in a body; the source of others has no members."""
    references_of: Callable[[Any], Iterator[Reference]] = _no_references
    """The documents that one attaches, names, quotes from, or goes on from, each with the place that says so."""
    mentions_in: Callable[[bytes, Mapping[str, Collection[str]]], Iterator[DocumentId]] = _no_mentions
    """The same from a file's text alone, beside full ids (`policy/x`): quick, and rather too much than too little.

    It is given the names of the documents there are, by kind."""
    attached_in: Callable[[bytes, AnnexNames], list[str | None]] = _none_attached
    """The PDFs in `annexes/` that a file's text names."""
    names: tuple[str, ...] = ()
    """The kinds whose documents it names, so that a hint can say which there are."""
    renderings: Callable[[Any], tuple[str, ...]] = _one_rendering
    """The names of a document's renderings; `("",)` is the document itself."""
    said_in: Callable[[Any, str], Any] = _all_of_it
    """The part of a document that one of its renderings says, as a document: agenda and minutes share a file."""
    attachments: Callable[[Content, DocumentId, Edition], tuple[tuple[int, Annex], ...]] = _no_attachments
    """What a rendering attaches that has something to show in an edition, each with its number."""
    public_with: Callable[[Any, Disclosure], Model] = _as_fields_say
    """A document as everybody may see it, where what its fields say of themselves needs stand-ins."""
    neutral_name: Callable[[Any], str] = _open
    """What a closed document is called where everybody can read it; empty for an open one."""
    closed_texts: Callable[[Content, DocumentId], Iterator[str]] = _nothing_closed
    """Every text that must not stand in the public edition."""
    hindrances: Callable[[Content, DocumentId, Edition], Iterator[Problem]] = _no_hindrances
    """What else stands against making a version final."""
    shown_with: Callable[[Content, DocumentId], Mapping[DocumentId, Model]] = _as_they_are
    """Of a document and of those that it refers to, in one edition's content, what a rendering shows of each, where
    that is not all: no more than this goes into its source. Raises KeyError for an unknown rendering."""
    misnamed_hint: Callable[[str], str] = _no_hint
    """What would be right instead of a path in the folder that is none of `files`; empty: no hint."""
    skeleton: Skeleton | None = None
    """How `docgen new` begins one; None where it cannot."""

    def is_written(self, paths: Sequence[str]) -> bool:
        """Whether the files that lie in a document's place are one; a file out of its place is told as such."""
        inside = [path.removeprefix(f"{self.folder}/") for path in paths]
        return any("/" in path if len(self.files) > 1 else self.files[0].match(path) for path in inside)

    def assemble(self, reader: FileReader, name: str, paths: Sequence[str]) -> Model | None:
        """The document `name`, read from its files; None where it is at fault."""
        if self.assemble_with is not None:
            return self.assemble_with(reader, name, paths)
        found = reader.read(paths[0], self.files[0].model)
        return None if found is None else with_more(found, self.model, id=name)

    def check(self, model: Any, content: Content) -> Iterator[Problem]:
        """Every problem in a document that was read."""
        return self.check_with(model, content)

    def references(self, model: Any) -> Iterator[Reference]:
        """The documents that one is made of, near."""
        return self.references_of(model)

    def mentions(self, text: bytes, known: Mapping[str, Collection[str]]) -> Iterator[DocumentId]:
        """The documents that a file's text could mean."""
        for kind, name in _FULL_NAME.findall(text):
            if name.decode() in known.get(kind.decode(), ()):
                yield DocumentId(kind.decode(), name.decode())
        yield from self.mentions_in(text, known)

    def attached(self, text: bytes, annexes: AnnexNames) -> list[str | None]:
        """The PDFs in `annexes/` that a file's text names."""
        return self.attached_in(text, annexes)

    def misnamed(self, path: str) -> str:
        """What would be right instead of a path that has no place in the folder."""
        return self.misnamed_hint(path)

    def said_by(self, model: Any, rendering: str) -> Any:
        """The part of a document that a rendering says; what is written later of another one does not change it."""
        return self.said_in(model, rendering)

    def ids(self, name: str, model: Any) -> tuple[DocumentId, ...]:
        """The ids of all renderings of a document."""
        return tuple(DocumentId(self.name, name, rendering) for rendering in self.renderings(model))
