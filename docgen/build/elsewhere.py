"""What is not well in a folder beside the documents that were asked for: a line each, and it stops nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from docgen.content.documents import Kinds
from docgen.content.load import misplaced
from docgen.document_id import DocumentId
from docgen.folder import FolderFiles
from docgen.kinds.registry import KINDS
from docgen.problems import DocgenError, Problem
from docgen.project import Project
from docgen.structs import replace


def not_well(project: Project, apart: Collection[DocumentId] = ()) -> tuple[Problem, ...]:
    """One problem of each invalid document but some, and of each file that belongs to none. It reads the whole folder;
    nothing is told where what all share is at fault, for that is told otherwise."""
    try:
        content = project.content
    except DocgenError:
        return ()
    found = [_first(problems) for id, problems in sorted(content.invalid.items()) if id not in apart]
    return _once((*found, *content.stray))


def not_well_by_name(project: Project, apart: Collection[DocumentId] = ()) -> tuple[Problem, ...]:
    """As `not_well`, told from paths alone, without reading: what lies out of its place, and what is known by now to be
    unreadable."""
    paths = [path for path in project.content_files if project.content_kinds.document_of(path) not in apart]
    return _by_name(paths, project.unread, project.content_kinds)


def not_well_in(files: FolderFiles, folder: str) -> tuple[Problem, ...]:
    """As `not_well_by_name`, of a content folder alone, which messages call `folder`."""
    return _by_name(files, files.unread, Kinds(KINDS.values()), folder)


def _by_name(
    paths: Collection[str], unread: Mapping[str, Problem], kinds: Kinds, folder: str = "content"
) -> tuple[Problem, ...]:
    out = misplaced([path for path in paths if path not in unread], kinds, folder)
    return _once((*out, *(unread[path] for path in paths if path in unread)))


def _first(problems: Sequence[Problem]) -> Problem:
    """The first problem of a document, with how many others it has."""
    ordered = DocgenError(problems).problems
    more = len(ordered) - 1
    return replace(ordered[0], message=f"{ordered[0].message} (og {more} til)") if more else ordered[0]


def _once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return DocgenError(problems).problems
