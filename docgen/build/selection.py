"""Which documents the names on the command line stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docgen import danish
from docgen.build.names import Names
from docgen.content.content import Content
from docgen.content.validation import meant_one_of
from docgen.document_id import DocumentId
from docgen.kinds.edition import Edition
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
    """Every valid document of a project, in order of id. Raises ContentError where what all share is at fault."""
    return tuple(entry_of(project, id) for id in rendering_ids(project))


def entry_of(project: Project, id: DocumentId) -> Entry:
    """What is listed of one rendering. Raises ContentError where it cannot be made."""
    found = Job(project, id, Edition.PUBLIC).prepared
    return Entry(str(id), found.title, found.version, str(found.status))


def requested_documents(project: Project, names: Sequence[str]) -> dict[DocumentId, tuple[str, ...]]:
    """What `names` stand for, as in `find_documents`, told from the folder's paths alone; no names are all documents.

    Raises ContentError naming each that is unknown.
    """
    written = {str(id): id for id in project.graph.documents}
    requested: dict[str, list[str]] = {}
    for name in full_names(project, names) if names else written:
        document = "/".join(name.split("/")[:2])
        if document in written:
            requested.setdefault(document, []).append(name)
        else:
            requested.update((other, [other]) for other in written if other.startswith(f"{name}/"))
    return {
        written[document]: (document,) if document in found else tuple(dict.fromkeys(found))
        for document, found in sorted(requested.items())
    }


def full_names(project: Project, names: Sequence[str]) -> list[str]:
    """The ids and kinds that names stand for (`docgen.build.names`). Raises ContentError with each that is unknown."""
    known = Names(project.graph.documents, project.kinds)
    found = [known.full(name) for name in names]
    if problems := [one for one in found if isinstance(one, Problem)]:
        raise ContentError(problems)
    return [one for one in found if isinstance(one, str)]


def find_documents(project: Project, names: Sequence[str]) -> tuple[DocumentId, ...]:
    """The ids that `names` stand for: a document, all renderings of one, a kind alone (`policy`), and none = all.

    Invalid documents are left out. Raises ContentError naming each that is unknown.
    """
    known = {str(id): id for id in rendering_ids(project)}
    if not names:
        return tuple(known.values())
    found: list[DocumentId] = []
    problems: list[Problem] = []
    for given, name in zip(names, full_names(project, names), strict=True):
        matching = [id for text, id in known.items() if text == name or text.startswith(f"{name}/")]
        if not matching and not any(_belongs(str(invalid), name) for invalid in project.content.invalid):
            document = name.split("/")[:2]
            others = [text for text in known if text.split("/")[:2] == document] or list(known)
            otherwise = "se dem alle med docgen list" if known else "der er ingen dokumenter i indholdet"
            hint = meant_one_of(name, others, otherwise)
            problems.append(Problem(Origin(given), "dokumentet findes ikke", hint))
        found += matching
    if problems:
        raise ContentError(problems)
    return tuple(dict.fromkeys(found))


def find_document(project: Project, name: str) -> DocumentId:
    """The one rendering that a name stands for. Raises ContentError where it is unknown, invalid, or several."""
    found = find_documents(project, [name])
    if not found:
        raise ContentError(problems_of_invalid(project.content, full_names(project, [name])))
    if len(found) > 1:
        hint = f"vælg {danish.enumerate(list(map(str, found))[:3], 'eller')}"
        raise ContentError([Problem(Origin(name), "det er flere dokumenter", hint)])
    return found[0]


def problems_of_invalid(content: Content, names: Sequence[str]) -> tuple[Problem, ...]:
    """The problems of the invalid documents that `names` stand for, as in `find_documents`."""
    invalid = [id for id in content.invalid if not names or any(_belongs(str(id), name) for name in names)]
    return tuple(problem for id in sorted(invalid) for problem in content.invalid[id])


def _belongs(document: str, name: str) -> bool:
    """Whether a name stands for a document as it is written (`case/x`): itself, its kind, or a rendering of it."""
    return document == name or document.startswith(f"{name}/") or name.startswith(f"{document}/")
