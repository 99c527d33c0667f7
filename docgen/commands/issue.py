"""`docgen issue`: makes a version final: the files and one record of the ledger, or every reason not to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from docgen.build.folders import folder_names, read_project
from docgen.build.selection import find_documents
from docgen.document_id import DocumentId
from docgen.files import installed, locked, replace_together
from docgen.kinds.edition import Edition
from docgen.kinds.meeting.model import Meeting
from docgen.ledger import records as ledger
from docgen.ledger.closed_matter import closed_matter
from docgen.ledger.reasons import reasons_against
from docgen.ledger.records import IssuedFile, Record
from docgen.ledger.scan import confirmation, covered_annexes, problems_of, scan
from docgen.ledger.versions import check_version
from docgen.pipeline import Job
from docgen.problems import ContentError, Origin, Problem
from docgen.structs import Struct, replace
from docgen.writers.formats import FORMATS, issued_formats


class IssueOptions(Struct, frozen=True):
    """What to issue, to which meeting, from where, to where. `confirm` is why it may be issued although names, amounts
    or titles in it are closed elsewhere, or a closed annex could not be read."""

    document: str
    meeting: str
    content: Path = Path("content")
    templates: Path = Path("templates")
    output: Path = Path("build")
    edition: Edition = Edition.PUBLIC
    confirm: str = ""


class Issued(Struct, frozen=True):
    """The record, the files that were written, and whether it was issued before."""

    record: Record
    written: tuple[Path, ...]
    again: bool


def issue_document(options: IssueOptions) -> Issued:
    """Writes the files of a version and its record, or nothing. The record is what makes it final.

    Interrupted before the record it is not issued; done again it is completed. Issued already, it writes nothing but
    files that are missing. Raises DocgenError with every reason why it cannot be issued.
    """
    with folder_names(options.content, options.templates), locked(options.content / ledger.FOLDER / ".laas"):
        project = read_project(options.content, options.templates)
        if problems := [*project.problems(), *ledger.check_ledger(project.content_files)]:
            raise ContentError(problems)
        job = Job(project, _only(find_documents(project, [options.document]), options.document), options.edition)
        known = ledger.find_record(project.content_files, str(job.shown_id), job.tree.version, options.edition.value)
        if known is not None:
            return _again(job, known, options)
        if reasons := list(reasons_against(job, options.meeting)):
            raise ContentError(reasons)
        outputs = {format.name: job.write(format) for format in issued_formats()}
        record = _record(job, outputs, options)
        if options.edition is Edition.PUBLIC:
            record = _scanned(record, outputs, job, options.confirm)
        if ledger.HEAD not in project.content_files:  # before the first record, so that records without it are a fault
            replace_together([(options.content / ledger.HEAD, ledger.head(None))])
        issued = [(options.output / file.path, outputs[name]) for name, file in record.files.items()]
        # In this order, and all written before the first is put in place: a folder that is full or closed stops all.
        entries = [(record.path, ledger.to_json(record)), (ledger.HEAD, ledger.head(record))]
        replace_together([*issued, *((options.content / path, data) for path, data in entries)])
    return Issued(record, tuple(path for path, _ in issued), again=False)


def _only(found: tuple[DocumentId, ...], name: str) -> DocumentId:
    if len(found) != 1:
        hint = f"vælg {' eller '.join(map(str, found))}"
        raise ContentError([Problem(Origin(name), "det er flere dokumenter", hint)])
    return found[0]


def _again(job: Job, record: Record, options: IssueOptions) -> Issued:
    if problem := check_version(job):
        raise ContentError([problem])
    if record.meeting != options.meeting:
        shown = f"{job.id} {record.version} er allerede udstedt, til mødet {record.meeting}"
        raise ContentError([Problem(Origin(str(job.id)), shown, "brug det møde, eller hæv version")])
    missing = []
    for name, file in record.files.items():
        path = options.output / file.path
        if not path.exists() and name in FORMATS:
            data = job.write_again(FORMATS[name])
            if hashlib.sha256(data).hexdigest() == file.sha256:  # else it is another docgen by now
                missing.append((path, data))
    replace_together(missing)
    last = ledger.records(job.project.content_files)[-1]
    replace_together([(options.content / ledger.HEAD, ledger.head(last))])
    return Issued(record, tuple(path for path, _ in missing), again=True)


def _scanned(record: Record, outputs: Mapping[str, bytes], job: Job, reason: str) -> Record:
    """The record with what was confirmed. Raises ContentError where something closed is in what would be written."""
    found = scan({**outputs, "posten": ledger.to_json(record)}, closed_matter(job.project))
    annexes = [annex for _, annex in job.attachments]
    found = replace(found, covered=covered_annexes(annexes, job.content.files))
    if problems := list(problems_of(found, reason)):
        raise ContentError(problems)
    confirmed = confirmation(found, reason)
    return ledger.sealed(replace(record, confirmed=confirmed)) if confirmed else record


def _record(job: Job, outputs: Mapping[str, bytes], options: IssueOptions) -> Record:
    document, before = job.tree, ledger.records(job.project.content_files)
    stem = f"issued/{options.meeting}/{job.shown_id}_v{document.version}{options.edition.suffix}"
    files = {
        name: IssuedFile(f"{stem}.{name}", len(data), hashlib.sha256(data).hexdigest())
        for name, data in outputs.items()
    }
    meeting = job.project.content.all(Meeting)[options.meeting]
    return ledger.sealed(
        Record(
            number=len(before) + 1,
            document=str(job.shown_id),
            title=document.title,
            version=document.version,
            edition=options.edition.value,
            status=str(job.prepared.status),
            meeting=options.meeting,
            date=(meeting.date or document.date).isoformat(),
            text=ledger.text_hash(document),
            fingerprint=document.fingerprint,
            files=files,
            made_with=installed(),
            source=json.loads(job.source),
            previous=before[-1].hash if before else "",
        )
    )
