"""A version number names one content for ever: what is issued is neither changed nor built otherwise."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress

from docgen.content.scalar import place_of
from docgen.ledger.rebuild import job_of_source, kept_source
from docgen.ledger.records import Record, record_index, text_hash
from docgen.ledger.words import hash_of, words, words_hash
from docgen.pipeline import Job
from docgen.problems import DocgenError, Problem


def check_version(job: Job) -> Problem | None:
    """A Problem where a document says something else than when this version of it was issued."""
    record = record_index(job.project).find(str(job.shown_id), job.tree.version, job.edition.value)
    if record is None:
        return None
    if says_the_same(job, record):
        return _changed_annex(job, record)
    changed = changed_files(_files_of(job, record), json.loads(job.source)["files"])
    shown = f" (ændret: {', '.join(changed)})" if changed else ""
    message = f"{job.id} {record.version} er udstedt til mødet {record.meeting} med et andet indhold{shown}"
    hint = f'hæv version, fx til "{next_version(record.version)}", eller før ændringen tilbage'
    return Problem(job.prepared.written.origin_of("version"), message, hint)


def _changed_annex(job: Job, record: Record) -> Problem | None:
    """A Problem where an annex is no longer what was attached when a version was issued, though its name is."""
    files = job.project.content.files
    for _, annex in job.attachments:
        then = record.parts.get(f"annexes/{annex.file}")
        if annex.file is None or then is None or not then.sha256:
            continue  # a document is what it was by its version
        if then.sha256 != _sha256(files[f"annexes/{annex.file}"]):
            own = f"{job.id} {record.version}"
            shown = f"bilaget {annex.file} er ikke det, der var vedlagt, da {own} blev udstedt"
            hint = f'læg det gamle tilbage, eller hæv version, fx til "{next_version(record.version)}"'
            return Problem(place_of(annex.file), shown, hint)
    return None


def says_the_same(job: Job, record: Record) -> bool:
    """Whether a rendering has the words of an issued version, whatever it looks like.

    Where the record's hash of them is of another docgen, or there is none, its source is read by this one: a newer
    docgen is no change of content.
    """
    if "source" in record.parts and record.parts["source"].sha256 == job.source_hash:
        return True
    now = words_hash(job)
    if record.words == now or (record.format == 1 and record.text == text_hash(job.tree)):
        return True
    source = kept_source(record, job.project.archive)
    try:
        return source is not None and hash_of(words(source, job.project.kinds)) == now
    except (DocgenError, KeyError):
        return False


def in_new_look(job: Job, outputs: Mapping[str, bytes]) -> Problem | None:
    """What is to know where a rendering has the words of an issued version and becomes other files."""
    record = record_index(job.project).find(str(job.shown_id), job.tree.version, job.edition.value)
    if record is None:
        return None
    known = {name: file.sha256 for name, file in record.files.items() if file.sha256}
    other = [name for name, data in outputs.items() if name in known and _sha256(data) != known[name]]
    if not other:
        return None
    message = f"{job.id} er ordlyden af {record.version}, i ny form; det udstedte er som før"
    hint = f"docgen build {job.id}@{record.version} giver det, der blev udstedt til mødet {record.meeting}"
    return Problem(job.prepared.written.origin_of("version"), message, hint)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _files_of(job: Job, record: Record) -> Mapping[str, object]:
    """The files that an issued version was made of, by path, as this docgen writes them down; none where they are
    erased or lost."""
    source = kept_source(record, job.project.archive)
    if source is None:
        return {}
    with suppress(DocgenError, KeyError):  # then it is compared as that docgen wrote it down
        source = job_of_source(source, (), job.project.kinds).source
    found: Mapping[str, object] = json.loads(source)["files"]
    return found


def changed_files(before: Mapping[str, object], files: Mapping[str, object]) -> list[str]:
    """The files that differ between two sources, by path; none where nothing is known of the first."""
    if not before:
        return []
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
