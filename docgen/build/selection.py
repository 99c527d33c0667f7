"""Which documents the names on the command line stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docgen import danish
from docgen.content.content import Content
from docgen.content.load import misplaced
from docgen.document_id import DocumentId
from docgen.kinds.edition import Edition
from docgen.kinds.kind import Kind
from docgen.pipeline import Job
from docgen.problems import ContentError, Origin, Problem
from docgen.project import Project
from docgen.structs import Struct


class Entry(Struct, frozen=True):
    """A document that can be built: its id (`policy/…`), title, version and status."""

    id: str
    title: str
    version: str
    status: str


Requested = Mapping[DocumentId, tuple[str, ...]]
"""By document, the names that were asked for of it: its own, or those of some of its renderings."""


def rendering_ids(project: Project) -> tuple[DocumentId, ...]:
    """The ids of all renderings of all valid documents, sorted."""
    content = project.content
    found = [id for own, model in content.documents.items() for id in project.kinds[own.kind].ids(own.name, model)]
    return tuple(sorted(found))


def list_entries(project: Project) -> tuple[Entry, ...]:
    """Every document of a project, in order of id. Raises ContentError when the content is at fault."""
    entries = []
    for id in rendering_ids(project):
        found = Job(project, id, Edition.PUBLIC).prepared
        entries.append(Entry(str(id), found.title, found.version, str(found.status)))
    return tuple(entries)


def requested_documents(project: Project, names: Sequence[str]) -> dict[DocumentId, tuple[str, ...]]:
    """What `names` stand for, as in `find_documents`, told from the folder's paths alone.

    Raises ContentError naming each that is unknown, or where a file has no place in the folder.
    """
    written = {str(id): id for id in project.graph.documents}
    requested: dict[str, list[str]] = {}
    outside = [path for path in project.content_files if path.partition("/")[0] not in _folders(project.kinds)]
    unknown = any(misplaced(outside, project.content_kinds))
    for name in names or written:
        document = "/".join(name.split("/")[:2])
        if document in written:
            requested.setdefault(document, []).append(name)
        elif found := [other for other in written if other.startswith(f"{name}/")]:
            requested.update((other, [other]) for other in found)
        else:
            unknown = True
    if unknown or not requested:  # it takes the whole content to say what is wrong, and what would be right
        if problems := project.problems():
            raise ContentError(problems)
        find_documents(project, names)
    return {
        written[document]: (document,) if document in found else tuple(dict.fromkeys(found))
        for document, found in sorted(requested.items())
    }


def _folders(kinds: Mapping[str, Kind]) -> set[str]:
    return {kind.folder for kind in kinds.values()}


def find_documents(project: Project, names: Sequence[str]) -> tuple[DocumentId, ...]:
    """The ids that `names` stand for: a document, all renderings of one, a kind alone (`policy`), and none = all.

    Invalid documents are left out. Raises ContentError naming each that is unknown.
    """
    known = {str(id): id for id in rendering_ids(project)}
    if not names:
        return tuple(known.values())
    found: list[DocumentId] = []
    problems: list[Problem] = []
    for name in names:
        matching = [id for text, id in known.items() if text == name or text.startswith(f"{name}/")]
        if not matching and not any(_belongs(str(invalid), name) for invalid in project.content.invalid):
            hint = f"vælg {danish.enumerate(known, 'eller')}" if known else "der er ingen dokumenter i indholdet"
            problems.append(Problem(Origin(name), "dokumentet findes ikke", hint))
        found += matching
    if problems:
        raise ContentError(problems)
    return tuple(dict.fromkeys(found))


def problems_of_invalid(content: Content, names: Sequence[str]) -> tuple[Problem, ...]:
    """The problems of the invalid documents that `names` stand for, as in `find_documents`."""
    invalid = [id for id in content.invalid if not names or any(_belongs(str(id), name) for name in names)]
    return tuple(problem for id in sorted(invalid) for problem in content.invalid[id])


def _belongs(document: str, name: str) -> bool:
    """Whether a name stands for a document as it is written (`case/x`): itself, its kind, or a rendering of it."""
    return document == name or document.startswith(f"{name}/") or name.startswith(f"{document}/")
