"""Documents with what is typed and not saved: the files as they would be, in memory alone."""

from __future__ import annotations

from collections import ChainMap, OrderedDict
from collections.abc import Mapping, Sequence

from docgen.build.known_ids import NONE_KNOWN, KnownIds, known_ids
from docgen.content.yaml_editor import edit
from docgen.kinds.edition import Edition
from docgen.problems import DocgenError, Problem
from docgen.project import Project
from docgen.structs import Struct, replace
from docgen.studio.answers import print_of
from docgen.studio.forms import NoFieldError, Spot, Steps, edits_for, spot_at
from docgen.studio.session import Session, View

_KEPT = 6
_WHOLE_UP_TO = 500  # documents; in a larger folder a draft knows those alone that the document refers to already


class Typed(Struct, frozen=True):
    """What stands in the control of a field: its file as `content/…`, its path, what stood there when it was opened,
    and what stands there now."""

    file: str
    path: Steps
    before: str
    text: str


class Drafts:
    """The documents of a session as they would be."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._shown: OrderedDict[str, View] = OrderedDict()
        self._names: tuple[Project | None, KnownIds] = (None, NONE_KNOWN)

    @property
    def names(self) -> KnownIds:
        """What the registers hold."""
        project = self._session.project
        if self._names[0] is not project:
            try:
                self._names = (project, known_ids(project.content))
            except DocgenError:
                self._names = (project, self._names[1])
        return self._names[1]

    def spot(self, file: str, path: Steps, project: Project | None = None) -> Spot:
        """A place in a file, in the folder as it is or in another project. Raises as `spot_at`."""
        return spot_at(project if project is not None else self._session.project, file, path, self.names)

    def changed(self, typed: Typed, data: bytes | None = None) -> bytes:
        """A file with what is typed in one field; `data` is what the file holds where that is not what was read.
        Raises NoFieldError, and ContentError where it cannot be written."""
        project = self._session.project
        inner = typed.file.partition("/")[2]
        if data is not None:
            project = with_files(project, {inner: data})
        spot = self.spot(typed.file, typed.path, project)
        if not spot.is_single or spot.path != typed.path:
            raise NoFieldError(typed.path)
        holder = self.spot(typed.file, typed.path[:-1], project) if typed.path else None
        return edit(typed.file, project.content_files[inner], edits_for(spot, holder, typed.text))

    def view(self, name: str, edition: Edition, typed: Sequence[Typed]) -> View:
        """A document as it would be; as it was last, with what is wrong, where it could not be made. Raises KeyError
        for one that there is not."""
        saved = self._session.view(name, edition)
        files: dict[str, bytes] = {}
        problems: list[Problem] = []
        for one in typed:
            inner = one.file.partition("/")[2]
            try:
                files[inner] = self.changed(one, files.get(inner))
            except DocgenError as error:
                problems += error.problems
            except NoFieldError:
                continue  # gone meanwhile: what was typed is still with the user
        project = self._session.project
        if len(project.graph.documents) > _WHOLE_UP_TO:
            project = project.part_of([saved.id.document])
        project = with_files(project, files).part_of([saved.id.document])
        last = next((view for view in reversed(self._shown.values()) if _is_same(view, saved)), saved)
        view = self._session.make(project, saved.id, edition, last)
        if problems:
            view = replace(view, problems=(*self._session.named(problems), *view.problems))
        self._shown[print_of(view.html)] = view
        while len(self._shown) > _KEPT:
            self._shown.popitem(last=False)
        return view

    def shown(self, name: str, edition: Edition, print_: str) -> View:
        """The view of a document that a page shows, typed, saved, or as it was until a moment ago. Raises KeyError for
        one that is long gone."""
        saved = self._session.view(name, edition)
        if print_of(saved.html) == print_:
            return saved
        typed = self._shown.get(print_)
        for view in (typed,) if typed is not None else self._session.earlier:
            if _is_same(view, saved) and (view is typed or print_of(view.html) == print_):
                return view
        raise KeyError(print_)


def with_files(project: Project, files: Mapping[str, bytes]) -> Project:
    """A project with other bytes in some of its content files; none is read for that."""
    return replace(project, content_files=ChainMap(dict(files), project.content_files)) if files else project  # type: ignore[arg-type]


def _is_same(one: View, other: View) -> bool:
    return one.id == other.id and one.edition is other.edition
