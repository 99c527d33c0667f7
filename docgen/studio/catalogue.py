"""The list of documents: at once what the files' bytes tell, and little by little what reading them does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from docgen.build.selection import entry_of
from docgen.document_id import DocumentId
from docgen.kinds.kind import Kind
from docgen.problems import DocgenError
from docgen.project import Project
from docgen.structs import Struct, replace

_FIELD = re.compile(rb"^(title|status|version):[ \t]*(?:\"([^\"\n]*)\"|'([^'\n]*)'|([^\n#|>]*))")
_NAMES = (b"title:", b"status:", b"version:")
_HEAD = 2000  # bytes of a file in which its title is looked for
_LABELS = {
    "case": "Sager",
    "follow-up": "Opfølgninger",
    "guide": "Vejledninger",
    "meeting": "Møder",
    "policy": "Politikker",
}


class Listed(Struct, frozen=True):
    """A document in the list; `faults` is the number of problems in it, `findings` what the proof-reader found (-1: it
    has not read it yet), `rendering` which of several it is, and `read` whether it is more than the bytes tell."""

    id: str
    kind: str
    title: str
    rendering: str = ""
    version: str = ""
    status: str = ""
    faults: int = 0
    findings: int = -1
    read: bool = False


class Catalogue:
    """All documents of a folder, each as far as it is known."""

    def __init__(self) -> None:
        self._known: dict[DocumentId, tuple[Listed, ...]] = {}
        self._last_good: dict[DocumentId, tuple[Listed, ...]] = {}
        self._unread: list[DocumentId] = []
        self._findings: dict[DocumentId, int] = {}
        self._unproofed: dict[DocumentId, None] = {}

    def update(self, project: Project, changed: Sequence[str] | None) -> None:
        """Notes that files changed, as `content/…`; None: the whole folder is new."""
        documents = project.graph.documents
        paths = [path.removeprefix("content/") for path in changed or () if path.startswith("content/")]
        shared = changed is None or any(path in project.graph.shared or "/" not in path for path in paths)
        shared = shared or any(path.startswith("templates/") for path in changed or ())
        if shared:
            self._known.clear()
            self._unread = list(documents)
            self._unproofed = dict.fromkeys(documents)
            return
        own: set[DocumentId | None] = {project.content_kinds.document_of(path) for path in paths}
        self._known = {id: known for id, known in self._known.items() if id in project.graph}
        waiting = set(self._unread)
        new = (id for id in documents if id not in self._known and id not in waiting)
        touched = [*(id for id in documents if id in own or self._leans(id, own, project)), *new]
        for id in touched:
            self._known.pop(id, None)
            self._unproofed[id] = None
        waiting = set(touched)
        self._unread = [*touched, *(id for id in self._unread if id in project.graph and id not in waiting)]

    def note_findings(self, id: DocumentId, count: int) -> None:
        """Notes how much the proof-reader found in a document."""
        self._findings[id.document] = count
        self._unproofed.pop(id.document, None)

    def next_unproofed(self, project: Project) -> DocumentId | None:
        """A document that the proof-reader has not read as it is now; None where there is none."""
        self._unproofed = {id: None for id in self._unproofed if id in project.graph}
        return next(iter(self._unproofed), None)

    def read_some(self, project: Project, most: int) -> bool:
        """Reads some documents that are not read yet, and says whether there are more."""
        some, self._unread = self._unread[:most], self._unread[most:]
        some = [id for id in some if id in project.graph]
        if some:
            part = project.part_of(some)
            for id in some:
                self._known[id] = found = tuple(_read(part, id, self._last_good.get(id, ())))
                if not any(one.faults for one in found):
                    self._last_good[id] = found
        return bool(self._unread)

    def listed(self, project: Project) -> Iterator[Listed]:
        """Every document, in order of id."""
        for id in project.graph.documents:
            for one in self._known.get(id) or self._last_good.get(id) or (_glance(project, id),):
                count = self._findings.get(id)
                yield one if count is None else replace(one, findings=count)

    def _leans(self, id: DocumentId, changed: set[DocumentId | None], project: Project) -> bool:
        """Whether what a document is made of changed, as far as it was read."""
        known = self._known.get(id)
        if known is None or len(self._known) > _MANY:
            return False
        needed = project.graph.needed(id)
        return any(project.content_kinds.document_of(path) in changed for path in needed)


_MANY = 500  # documents; of more only those that changed themselves are read again


def labels(kinds: Mapping[str, Kind]) -> dict[str, str]:
    """What each kind is called as a heading."""
    return {name: _LABELS.get(name, kind.folder.replace("_", " ").capitalize()) for name, kind in kinds.items()}


def rendering_label(project: Project, id: DocumentId) -> str:
    """What a rendering of a document is called: its committee, or else its own name; empty where there is one alone."""
    try:
        bodies = {str(body.id): str(body.name) for body in project.content.organisation.bodies}
    except DocgenError:
        bodies = {}
    return bodies.get(id.rendering, id.rendering.replace("-", " ").capitalize())


def _read(project: Project, id: DocumentId, last_good: Sequence[Listed]) -> Iterator[Listed]:
    """The renderings of a document; where it is at fault those that it had before."""
    glance = _glance(project, id)
    before = last_good or (replace(glance, read=True),)
    try:
        content = project.content
    except DocgenError as error:
        yield from (replace(one, faults=len(error.problems)) for one in before)
        return
    if (model := content.documents.get(id)) is None:
        faults = max(len(content.invalid.get(id, ())), 1)
        yield from (replace(one, faults=faults) for one in before)
        return
    for one in project.kinds[id.kind].ids(id.name, model):
        label = rendering_label(project, one)
        try:
            entry = entry_of(project, one)
        except DocgenError as error:
            yield replace(glance, id=str(one), rendering=label, faults=len(error.problems), read=True)
        else:
            yield Listed(str(one), id.kind, entry.title, label, entry.version, entry.status, read=True)


def _glance(project: Project, id: DocumentId) -> Listed:
    """What the bytes of a document's first file tell."""
    paths = project.graph.written_in(id)
    kind = project.kinds[id.kind]
    inside = {path: path.removeprefix(f"{kind.folder}/") for path in paths}
    first = next((path for path in paths if kind.files[0].match(inside[path])), paths[0])
    found: dict[str, str] = {}
    for line in project.content_files[first][:_HEAD].split(b"\n"):
        if line.startswith(_NAMES) and (told := _FIELD.match(line)) is not None:
            name, *values = told.groups()
            found.setdefault(name.decode(), next(filter(None, values), b"").decode(errors="replace").strip())
    title = found.get("title") or id.name
    return Listed(str(id), id.kind, title, "", found.get("version", ""), found.get("status", ""))
