"""In which documents a field is used: those that would be others, or could not be made, if it said something else.

Nothing is guessed from names: the field is given another value that its schema takes, in memory alone, and each
document that could depend on its file is made with it.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import time
from collections import OrderedDict
from collections.abc import Iterator, Mapping

from docgen.content.yaml_values import Map, Sequence, Value
from docgen.document_id import DocumentId
from docgen.kinds.edition import Edition
from docgen.pipeline import Job
from docgen.problems import ContentError, DocgenError, Problem
from docgen.project import Project
from docgen.structs import Struct
from docgen.studio.controls import Control, choices_of
from docgen.studio.drafts import Drafts, Typed, with_files
from docgen.studio.forms import NoFieldError, Spot, Steps, shown, step_to
from docgen.studio.refusing import new_problems, problems, refused
from docgen.studio.session import FINGERPRINT, Session, are_same
from docgen.tree.stored import encode_tree

_MOST_DOCUMENTS = 500
_MOST_FIELDS = 40  # in a group
_KEPT = 2 * _MOST_DOCUMENTS


class Part(Struct, frozen=True):
    """A part of a count: the documents that were found to use the field, where to go on (-1: that was all), and of how
    many documents. `is_known` = it could be counted at all."""

    documents: tuple[DocumentId, ...] = ()
    next: int = -1
    of: int = 0
    is_known: bool = True


class Usage:
    """Counts the documents of a session that use a field, some at a time, so that whoever types never waits for it."""

    def __init__(self, session: Session, drafts: Drafts) -> None:
        self._session, self._drafts = session, drafts
        self._made: OrderedDict[DocumentId, tuple[Mapping[str, bytes], bytes]] = OrderedDict()
        self._otherwise: tuple[object, Project | None] = (None, None)
        self._known: tuple[Project | None, dict[tuple[str, Steps, DocumentId], bool]] = (None, {})

    def count(self, file: str, path: Steps, start: int, seconds: float) -> Part:
        """The next documents that use a field, from number `start` on, for as long as is given, at least one. Raises
        NoFieldError for a field that there is not."""
        project = self._session.project
        inner = file.partition("/")[2]
        graph = project.graph
        is_shared = inner in graph.shared
        able = [id for id in graph.documents if is_shared or inner in graph.needed(id)]
        able.sort(key=lambda id: sum(len(project.content_files[one]) for one in graph.written_in(id)))  # long ones last
        other = self._other_project(file, path, project) if len(able) <= _MOST_DOCUMENTS else None
        if other is None:
            return Part(of=len(able), is_known=False)
        end, found, at = time.monotonic() + seconds, [], start
        while at < len(able) and (at == start or time.monotonic() < end):
            if self._is_used(project, other, (file, path, able[at])):
                found.append(able[at])
            at += 1
        return Part(tuple(found), at if at < len(able) else -1, len(able))

    def _is_used(self, project: Project, other: Project, where: tuple[str, Steps, DocumentId]) -> bool:
        """Whether a document is another in a folder where a field says something else; found once while nothing is
        saved."""
        if self._known[0] is not project:
            self._known = (project, {})
        found = self._known[1]
        if where not in found:
            found[where] = self._as_it_is(project, where[2]) != _made_of(other, where[2])
        return found[where]

    def _as_it_is(self, project: Project, id: DocumentId) -> bytes:
        part = project.part_of([id])
        files = {**part.content_files, **{f"templates/{path}": data for path, data in part.template_files.items()}}
        known = self._made.get(id)
        if known is not None and are_same(files, known[0]):
            return known[1]
        made = _made_of(project, id)
        self._made[id] = (files, made)
        while len(self._made) > _KEPT:
            self._made.popitem(last=False)
        return made

    def _other_project(self, file: str, path: Steps, project: Project) -> Project | None:
        """The folder with a field that says something else; None where nothing else can be said there alone."""
        key = (file, path, id(project))
        if self._otherwise[0] == key:
            return self._otherwise[1]
        inner = file.partition("/")[2]
        data = before = project.content_files.get(inner, b"")
        fields = self._fields(file, path, _MOST_FIELDS + 1)
        if len(fields) <= _MOST_FIELDS:
            for field in fields:
                data = self._changed(project, inner, field, data)
        found = with_files(project, {inner: data}) if data != before else None
        self._otherwise = (key, found)
        return found

    def _changed(self, project: Project, inner: str, spot: Spot, data: bytes) -> bytes:
        """A file with another value in a field, one that is right alone if there is such; the file as it is where
        nothing else can be said there."""
        is_shared = inner in project.graph.shared
        second = data
        for text in _others(spot, self._drafts.names):
            typed = Typed(spot.file, spot.path, shown(spot.shape, spot.value), text)
            try:
                after = self._drafts.changed(typed, data)
            except (ContentError, NoFieldError):
                continue
            if after == data or new_problems(project, inner, data, after, refused):
                continue
            if not new_problems(project, inner, data, after, _shared_faults if is_shared else problems):
                return after
            second = after if second == data and not is_shared else second
        return second

    def _fields(self, file: str, path: Steps, most: int) -> list[Spot]:
        """The fields that are filled in at a place or in it, without ids, which are how others refer to it."""
        found: list[Spot] = []
        waiting = [self._drafts.spot(file, path)]
        while waiting and len(found) < most:
            one = waiting.pop(0)
            if not one.is_single:
                waiting += [self._drafts.spot(file, (*one.path, step)) for step in _steps(one.value)]
            elif one.path == path or not (one.field.ids or one.path[-1] == "id"):
                found.append(one)
        return found


def _steps(value: Value) -> list[str]:
    if isinstance(value, Sequence):
        return [step_to(value, at) for at in range(len(value))]
    return list(value) if isinstance(value, Map) else []


def _shared_faults(project: Project, inner: str) -> tuple[Problem, ...]:
    return project.shared_problems()


def _others(spot: Spot, names: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Other values that a field may take, as they are typed in its control."""
    text, control = shown(spot.shape, spot.value), spot.shape.control
    offered = [one["value"] for one in choices_of(spot.field, spot.shape, names)]
    if offered or control is Control.CHOICE:
        yield from (word for word in offered if word != text)
    elif control is Control.YES_NO:
        yield "false" if text == "true" else "true"
    elif control is Control.DATE:
        yield _next_day(text)
    elif control is Control.NUMBER:
        yield from (text + "1", "1", "2")
    else:
        yield from (f"{text}x", f"x{text}", f"{text} x", f"{text}\n\nx", *_higher(text), text[:-1])


def _next_day(text: str) -> str:
    try:
        return (datetime.date.fromisoformat(text) + datetime.timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return "2026-01-02"


def _higher(text: str) -> Iterator[str]:
    """A text with its last number one higher: a version, a time, a case's number."""
    if numbers := list(re.finditer(r"\d+", text)):
        last = numbers[-1]
        yield text[: last.start()] + str(int(last[0]) + 1).zfill(len(last[0])) + text[last.end() :]


def _made_of(project: Project, id: DocumentId) -> bytes:
    """What a document is in every edition and rendering, or why it cannot be made, in a few bytes."""
    part = project.part_of([id])
    told = hashlib.sha256()
    try:
        model = part.content.documents.get(id)
        renderings = part.kinds[id.kind].ids(id.name, model) if model is not None else ()
    except DocgenError as error:
        return _words(error)
    for edition in Edition:
        for one in renderings:
            try:
                tree = Job(part, one, edition, draws=False, fingerprint=FINGERPRINT).tree
                told.update(encode_tree(tree, lines=False))
            except DocgenError as error:
                told.update(_words(error))
    return told.digest()


def _words(error: DocgenError) -> bytes:
    return "\n".join(one.message for one in error.problems).encode()
