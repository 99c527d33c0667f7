"""A version number names one content for ever: what is issued is neither changed nor built otherwise."""

from __future__ import annotations

import json
from collections.abc import Mapping

from docgen.ledger.rebuild import job_of_source
from docgen.ledger.records import Record, find_record, text_hash
from docgen.pipeline import Job
from docgen.problems import DocgenError, Problem
from docgen.structs import replace


def check_version(job: Job) -> Problem | None:
    """A Problem where a document says something else than when this version of it was issued."""
    record = find_record(job.project.content_files, str(job.shown_id), job.tree.version, job.edition.value)
    if record is None or record.text == text_hash(job.tree) or _says_now(job, record) == text_hash(job.tree):
        return None
    changed = changed_files(_as_written_now(job, record), json.loads(job.source)["files"])
    shown = f" (ændret: {', '.join(changed)})" if changed else ""
    message = f"{job.id} {record.version} er udstedt til mødet {record.meeting} med et andet indhold{shown}"
    hint = f'hæv version, fx til "{next_version(record.version)}", eller før ændringen tilbage'
    return Problem(job.prepared.written.origin_of("version"), message, hint)


def _as_written_now(job: Job, record: Record) -> Record:
    """A record with its source as this docgen writes it down."""
    try:
        return replace(record, source=json.loads(job_of_source(record.source_bytes, (), job.project.kinds).source))
    except (DocgenError, KeyError):
        return record


def _says_now(job: Job, record: Record) -> str:
    """The hash of what a record's source says when this docgen reads it: a newer docgen is no change of content."""
    try:
        return text_hash(job_of_source(record.source_bytes, (), job.project.kinds).tree)
    except (DocgenError, KeyError):
        return ""


def changed_files(record: Record, files: Mapping[str, object]) -> list[str]:
    """The files that differ between a record's source and another, by path."""
    before = record.source.get("files", {})
    return [path for path in sorted({*before, *files}) if before.get(path) != files.get(path)]


def own_file(job: Job) -> str:
    """The file that says a document's version: the first of its kind's files."""
    folder, first = job.kind.folder, job.kind.files[0]
    own = job.project.graph.written_in(job.id.document)
    found = [path for path in own if first.match(path.removeprefix(f"{folder}/"))]
    return f"content/{(found or list(own) or [folder])[0]}"


def next_version(version: str) -> str:
    """The version after: 1.0 -> 1.1."""
    *before, last = version.split(".")
    return ".".join([*before, str(int(last) + 1)])
