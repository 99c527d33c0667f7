"""`docgen new version`: raises a document's version in its own file, with a line in its history."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

from docgen.build.folders import folder_names, read_project
from docgen.build.names import in_folder
from docgen.build.selection import find_documents, full_names, problems_of_invalid
from docgen.files import replace_together
from docgen.kinds.edition import Edition
from docgen.ledger.records import find_record
from docgen.ledger.versions import next_version
from docgen.pipeline import Job
from docgen.problems import ContentError, Origin, Problem
from docgen.structs import Struct


class Raised(Struct, frozen=True):
    """The file that was changed, and the version before and after."""

    path: Path
    before: str
    after: str


def raise_version(name: str, what: str, day: datetime.date, content: Path, templates: Path) -> Raised:
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
        if not any(find_record(files, str(id), before, edition.value) for id in found for edition in Edition):
            hint = "ret i den, som den er"
            raise ContentError([Problem(Origin(name), f"version {before} er ikke udstedt, så den er åben endnu", hint)])
        place = jobs[0].prepared.written.origin_of("version")
        path = place.file.removeprefix("content/")
        text = raised(files[path].decode(), place.line, before, what, day)
        if text is None:
            hint = f'skriv version: "{next_version(before)}" og en linje i history i hånden'
            raise ContentError([Problem(place, "versionen er ikke skrevet, så den kan rettes sikkert", hint)])
        replace_together([(content / path, text.encode())])
    return Raised(content / path, before, next_version(before))


def raised(text: str, line: int, before: str, what: str, day: datetime.date) -> str | None:
    """A YAML file whose `version:` in a line (from 1) is the next one, with what is new in `history:`; None where it is
    written in a way that cannot be changed by its lines. All other lines are as they were."""
    lines, after = text.split("\n"), next_version(before)
    written = re.fullmatch(rf"(\s*)version: (['\"]){re.escape(before)}\2(\s*(?:#.*)?)", lines[line - 1])
    if written is None:
        return None
    indent, quote, rest = written[1], written[2], written[3]
    lines[line - 1] = f"{indent}version: {quote}{after}{quote}{rest}"
    quoted = '"' + what.replace("\\", "\\\\").replace('"', '\\"') + '"'
    entry = f'{{version: "{after}", date: {day.isoformat()}, what: {quoted}}}'
    start = next((number for number, each in enumerate(lines) if re.fullmatch(rf"{indent}history:\s*", each)), None)
    if start is None:
        if any(re.match(rf"{indent}history:", each) for each in lines):
            return None
        lines[line:line] = [f"{indent}history:", f"{indent}  - {entry}"]
        return "\n".join(lines)
    end = start + 1
    while end < len(lines) and (not lines[end].strip() or re.match(rf"{indent}(?:\s|- |#)", lines[end])):
        end += 1
    while not lines[end - 1].strip():
        end -= 1
    dash = re.match(r"\s*(?=- )", lines[start + 1])
    if dash is None:
        return None
    lines[end:end] = [f"{dash[0]}- {entry}"]
    return "\n".join(lines)
