"""A version number names one content for ever: what is issued is neither changed nor built otherwise."""

from __future__ import annotations

import json
from collections.abc import Mapping

from docgen import pipeline
from docgen.kinds.prepared import Edition
from docgen.ledger.records import Record, find_record, text_hash
from docgen.pipeline import Project
from docgen.problems import DocgenError, Problem
from docgen.tree.document import Document


def check_version(project: Project, document: Document, edition: Edition) -> Problem | None:
    """A Problem where a document says something else than when this version of it was issued."""
    record = find_record(project.content_files, document.id, document.version, edition.value)
    if record is None or record.text == text_hash(document) or _says_now(record) == text_hash(document):
        return None
    source = json.loads(pipeline.source_of(project, document.id, edition))["files"]
    changed = changed_files(record, source)
    shown = f" (ændret: {', '.join(changed)})" if changed else ""
    message = f"{document.id} {record.version} er udstedt til mødet {record.meeting} med et andet indhold{shown}"
    hint = f'hæv version, fx til "{next_version(record.version)}", eller før ændringen tilbage'
    written = pipeline.prepare(project, document.id, edition).written
    return Problem(written.origin_of("version"), message, hint)


def _says_now(record: Record) -> str:
    """The hash of what a record's source says when this docgen reads it: a newer docgen is no change of content."""
    try:
        again, id, edition = pipeline.project_of_source(record.source_bytes)
        return text_hash(pipeline.build_tree(again, id, edition))
    except (DocgenError, KeyError):
        return ""


def changed_files(record: Record, files: Mapping[str, object]) -> list[str]:
    """The files that differ between a record's source and another, by path."""
    before = record.source.get("files", {})
    return [path for path in sorted({*before, *files}) if before.get(path) != files.get(path)]


def next_version(version: str) -> str:
    """The version after: 1.0 -> 1.1."""
    *before, last = version.split(".")
    return ".".join([*before, str(int(last) + 1)])
