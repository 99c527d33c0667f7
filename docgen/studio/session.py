"""One session: the documents of a workspace as they are now, each made when it is asked for and anew when it changes.

Nothing here knows HTTP. It is called by one thread at a time.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Generator, Mapping, Sequence
from pathlib import Path

from docgen import remembering
from docgen.build.folders import with_folder_names
from docgen.build.selection import problems_of_invalid
from docgen.document_id import DocumentId, parse_id
from docgen.kinds.edition import Edition
from docgen.pipeline import Job, theme_of
from docgen.problems import DocgenError, Origin, Problem
from docgen.project import Project
from docgen.proofing.proofread import Chosen, read_content_in_steps
from docgen.proofing.rule import Finding
from docgen.structs import Struct, replace
from docgen.studio.workspace import Workspace
from docgen.tree.document import Document
from docgen.writers.marks import Marks

FINGERPRINT = "·" * 8
"""Stands where a built document has its own, which is another after each change."""
_KEPT_VIEWS = 12
_KEPT_EARLIER = 4


class View(Struct, frozen=True):
    """A document as it can be shown: `tree` and `html` are of the last time that it could be made (None and empty: it
    never could), `places` those that the numbers in the page stand for, and `problems` why it cannot be made now."""

    id: DocumentId
    edition: Edition
    renderings: tuple[DocumentId, ...]
    title: str = ""
    tree: Document | None = None
    html: bytes = b""
    places: tuple[Origin, ...] = ()
    problems: tuple[Problem, ...] = ()
    limit: int = 0
    project: Project | None = None


class _Made(Struct, frozen=True):
    """A view, and the bytes of all files that it was made of."""

    files: Mapping[str, bytes]
    view: View

    def is_of(self, files: Mapping[str, bytes]) -> bool:
        return are_same(files, self.files)


def are_same(files: Mapping[str, bytes], other: Mapping[str, bytes]) -> bool:
    """Whether two folders hold the very same files as they were read."""
    return files.keys() == other.keys() and all(data is other[path] for path, data in files.items())


class Session:
    """The documents of a workspace. While there is one, what pure functions gave is remembered."""

    def __init__(self, content: Path, templates: Path) -> None:
        self.workspace = Workspace(content, templates)
        self._untold: dict[str, None] = {}
        self._views: OrderedDict[tuple[DocumentId, Edition], _Made] = OrderedDict()
        self.earlier: deque[View] = deque(maxlen=_KEPT_EARLIER)
        """Views that are another by now: a page may show one still, for as long as it takes to be told."""
        self._findings: OrderedDict[DocumentId, tuple[Mapping[str, bytes], tuple[Finding, ...]]] = OrderedDict()
        remembering.begin()

    def close(self) -> None:
        """Ends the session."""
        remembering.end()

    def refresh(self) -> tuple[str, ...]:
        """Reads what was saved, and returns its paths; see `Workspace.refresh`."""
        changed = self.workspace.refresh()
        self._untold.update(dict.fromkeys(changed))
        return changed

    def take_changed(self) -> tuple[str, ...]:
        """As `refresh`, with what was read since this was last called: what the pages are not told of yet."""
        self.refresh()
        changed = tuple(self._untold)
        self._untold.clear()
        return changed

    @property
    def project(self) -> Project:
        """The folders as they were last read. Raises DocgenError where they never could be."""
        if self.workspace.project is None:
            raise DocgenError(self.workspace.problems)
        return self.workspace.project

    def view(self, name: str, edition: Edition) -> View:
        """A document as it is now. Raises KeyError for one that there is not."""
        id = self._known(name)
        part = self.project.part_of([id.document])
        files = {**part.content_files, **{f"templates/{path}": data for path, data in part.template_files.items()}}
        key = (id, edition)
        made = self._views.get(key)
        if made is None or not made.is_of(files):
            if made is not None:
                self.earlier.append(made.view)
            made = _Made(files, self.make(part, id, edition, made.view if made is not None else None))
            self._views[key] = made
            while len(self._views) > _KEPT_VIEWS:
                self._views.popitem(last=False)
        self._views.move_to_end(key)
        if self.workspace.problems:
            return replace(made.view, problems=self.named(self.workspace.problems))
        return made.view

    def view_before(self, name: str, edition: Edition, save: int) -> View:
        """A document as it was before a save. Raises KeyError for a document or a save that there is not."""
        id = self._known(name)
        project = replace(self.project, content_files=self.workspace.files_before(save))
        return self.make(project.part_of([id.document]), id, edition, None)

    def changes_since(self, name: str, edition: Edition, save: int) -> View:
        """A document as it is now, with what changed since a save marked. Raises KeyError as `view_before`."""
        from docgen.compare.trees import compare

        now, before = self.view(name, edition), self.view_before(name, edition, save)
        if now.tree is None or before.tree is None or now.project is None:
            return before
        tree = compare(before.tree, now.tree).document
        return replace(now, tree=tree, html=_html(now.project, tree, None), places=())

    def search(self, words: str) -> list[DocumentId]:
        """The documents in whose files all of some words stand, whatever their letters' size."""
        wanted = [word.encode() for word in words.lower().split()]
        graph, files = self.project.graph, self.project.content_files
        if not wanted:
            return []
        return [
            id
            for id in graph.documents
            if _has_all(wanted, b" ".join(files[path] for path in graph.written_in(id) if path.endswith(".yaml")))
        ]

    def findings(self, name: str) -> tuple[Finding, ...]:
        """What the proof-reader finds in the files of a document; nothing in one that cannot be read. Raises KeyError
        for one that there is not."""
        steps = self.findings_in_steps(name)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                found: tuple[Finding, ...] = end.value
                return found

    def findings_in_steps(self, name: str) -> Generator[None, None, tuple[Finding, ...]]:
        """As `findings`, a little at a time; they are what the generator returns."""
        id = self._known(name).document
        part = self.project.part_of([id])
        files = {path: part.content_files[path] for path in (*part.graph.own_files(id), *part.graph.shared)}
        known = self._findings.get(id)
        if known is not None and are_same(files, known[0]):
            return known[1]
        try:
            own = tuple(part.graph.own_files(id))
            found = tuple((yield from read_content_in_steps(part.content, Chosen(), own=own))) if own else ()
        except DocgenError:
            found = ()
        self._findings[id] = (files, found)
        while len(self._findings) > _KEPT_VIEWS:
            self._findings.popitem(last=False)
        return found

    def named(self, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        """Problems with their places in the folders as the caller named them."""
        return tuple(with_folder_names(problems, self.workspace.content, self.workspace.templates))

    def path_of(self, file: str) -> Path | None:
        """Where a file that a place names lies on the disk; None for one that was not read."""
        folder, _, rest = file.partition("/")
        roots = {"content": self.workspace.content, "templates": self.workspace.templates}
        project = self.project
        files: Mapping[str, bytes] = project.content_files if folder == "content" else project.template_files
        return roots[folder].absolute() / rest if folder in roots and rest in files else None

    def _known(self, name: str) -> DocumentId:
        try:
            id = parse_id(name)
        except ValueError:
            raise KeyError(name) from None
        if id.document not in self.project.graph:
            raise KeyError(name)
        return id

    def make(self, project: Project, id: DocumentId, edition: Edition, last: View | None) -> View:
        """A document made of the files of a project; `last` is what is shown where it cannot be made now. Raises
        KeyError for a rendering that there is not."""
        renderings: tuple[DocumentId, ...] = last.renderings if last is not None else ()
        try:
            if problems := project.shared_problems():
                raise DocgenError(problems)
            model = project.content.documents.get(id.document)
            if model is None:
                raise DocgenError(problems_of_invalid(project.content, [str(id.document)]))
            renderings = project.kinds[id.kind].ids(id.name, model)
            if id not in renderings and not id.rendering and renderings:
                id = renderings[0]
            if id not in renderings:
                raise KeyError(id)
            return _shown(project, id, edition, renderings)
        except DocgenError as error:
            earlier = last if last is not None else View(id, edition, renderings)
            return replace(earlier, problems=self.named(error.problems), renderings=renderings)


def _shown(project: Project, id: DocumentId, edition: Edition, renderings: tuple[DocumentId, ...]) -> View:
    """A document that can be made. Raises DocgenError where it cannot."""
    job, marks = Job(project, id, edition, fingerprint=FINGERPRINT), Marks()
    tree = job.tree
    html = _html(project, tree, marks)
    limit = job.prepared.page_limit or 0
    return View(id, edition, renderings, tree.title, tree, html, marks.places, (), limit, project)


def _html(project: Project, tree: Document, marks: Marks | None) -> bytes:
    from docgen.writers.html.writer import write_document

    return write_document(tree, theme_of(project, tree), project.template_files, marks)


def _has_all(words: Sequence[bytes], data: bytes) -> bool:
    text = data.decode("utf-8", "replace").lower().encode()
    return all(word in text for word in words)
