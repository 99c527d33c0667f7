"""`docgen new version`: raises a document's version in its own file, with a line in its history."""

from __future__ import annotations

import datetime
from pathlib import Path as FilePath

from docgen.build.folders import folder_names, read_project
from docgen.build.names import in_folder
from docgen.build.selection import find_documents, full_names, problems_of_invalid
from docgen.content.yaml_editor import AddField, AddItem, Edit, SetValue, edit
from docgen.content.yaml_reader import read_yaml
from docgen.content.yaml_style import Value
from docgen.content.yaml_tree import Path
from docgen.content.yaml_values import Map, Sequence
from docgen.files import replace_together
from docgen.kinds.edition import Edition
from docgen.ledger.records import record_index
from docgen.ledger.versions import next_version
from docgen.pipeline import Job
from docgen.problems import ContentError, Origin, Problem
from docgen.structs import Struct


class Raised(Struct, frozen=True):
    """The file that was changed, and the version before and after."""

    path: FilePath
    before: str
    after: str


def raise_version(name: str, what: str, day: datetime.date, content: FilePath, templates: FilePath) -> Raised:
    """Writes the next version of a document in its file, and what is new with it in the history. What attaches the old
    one keeps it, for it is issued.

    Raises DocgenError where the document is unknown or its version is not issued: then it may be changed as it is.
    """
    with folder_names(content, templates):
        project = read_project(content, templates)
        names = in_folder([name], content)
        found = find_documents(project, names)
        if not found:
            raise ContentError(problems_of_invalid(project.content, full_names(project, names)))
        jobs = [Job(project, id) for id in found]
        before = str(jobs[0].prepared.version)
        files = project.content_files
        index = record_index(project)
        if not any(index.find(str(id), before, edition.value) for id in found for edition in Edition):
            hint = "ret i den, som den er"
            raise ContentError([Problem(Origin(name), f"version {before} er ikke udstedt, så den er åben endnu", hint)])
        place = jobs[0].prepared.written.origin_of("version")
        path = place.file.removeprefix("content/")
        within = jobs[0].prepared.written.origin.path
        data = raised(place.file, files[path], before, what, day, within)
        replace_together([(content / path, data)], {content / path: files[path]})
    return Raised(content / path, before, next_version(before))


def raised(file: str, data: bytes, before: str, what: str, day: datetime.date, within: Path = ()) -> bytes:
    """A YAML file whose version is the next one, with what is new in its history; `within` leads to the map that has
    both. All else is as it was. Raises ContentError where a value is written in a way that cannot be changed."""
    after, fields = next_version(before), _map_at(read_yaml(file, data), within)
    entry: dict[str, Value] = {"version": after, "date": day, "what": what}
    if isinstance(fields.get("history"), Sequence):
        told: Edit = AddItem((*within, "history"), entry)
    elif "history" in fields:
        told = SetValue((*within, "history"), [entry])
    else:
        told = AddField(within, "history", [entry], list(fields).index("version") + 1)
    return edit(file, data, [SetValue((*within, "version"), after), told])


def _map_at(read: Map, within: Path) -> Map:
    for step in within:
        found = read[str(step)]
        assert isinstance(found, Map)  # a document's version is in a map of its own, or in that of its minutes
        read = found
    return read
