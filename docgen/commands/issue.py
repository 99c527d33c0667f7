"""`docgen issue`: makes a version final: its files, what is kept of it, and one record, or every reason not to."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from docgen import __version__
from docgen.archive import Archive
from docgen.build.elsewhere import not_well
from docgen.build.folders import archive_of, folder_names, read_project, with_folder_names
from docgen.build.names import in_folder
from docgen.build.selection import find_document
from docgen.files import installed, locked, replace_together
from docgen.kinds.edition import Edition
from docgen.kinds.meeting.model import Meeting
from docgen.ledger import records as ledger
from docgen.ledger.closed_matter import closed_matter
from docgen.ledger.keeping import Kept, attached_pdf, keep, lock_of, parts_of
from docgen.ledger.reasons import reasons_against
from docgen.ledger.rebuild import kept_file
from docgen.ledger.record import CONFIRMED, PACK
from docgen.ledger.records import Payload, Record
from docgen.ledger.scan import confirmation, covered_annexes, problems_of, scan
from docgen.ledger.versions import check_version
from docgen.ledger.words import words_hash
from docgen.pipeline import Job
from docgen.problems import ContentError, Origin, Problem
from docgen.structs import Struct, replace
from docgen.writers.formats import FORMATS, issued_formats

if TYPE_CHECKING:
    from docgen.packs.parts import Pack


_OWN = {*FORMATS, PACK, "source", "tree"}
"""What of that which is kept docgen itself writes; annexes are as they were given."""


_CONFIRMED_SIZE = 4096


def new_salt() -> str:
    """A salt that nobody can guess."""
    return secrets.token_hex(16)


class IssueOptions(Struct, frozen=True):
    """What to issue, to which meeting, from where, to where, by whom. `new_printing` issues a version that is issued
    already once more, with the same words in the look that it has now. `confirm` is why it may be issued although
    names, amounts or titles in it are closed elsewhere, or a closed annex could not be read."""

    document: str
    meeting: str
    content: Path = Path("content")
    templates: Path = Path("templates")
    output: Path = Path("build")
    edition: Edition = Edition.PUBLIC
    issuer: str = ""
    confirm: str = ""
    new_printing: bool = False
    salt: Callable[[], str] = new_salt


class Issued(Struct, frozen=True):
    """The record, the files that were written, whether it was issued before, and what is not well elsewhere."""

    record: Record
    written: tuple[Path, ...]
    again: bool
    elsewhere: tuple[Problem, ...] = ()


def issue_document(options: IssueOptions) -> Issued:
    """Writes the files of a version, what is kept of it and its record, or nothing. The record is what makes it final.

    Interrupted before the record it is not issued; done again it is completed. Issued already, it writes nothing but
    files that are missing. Raises DocgenError with every reason why it cannot be issued.
    """
    with folder_names(options.content, options.templates), locked(options.content / ledger.FOLDER / ".laas"):
        project = read_project(options.content, options.templates)
        if problems := [*project.shared_problems(), *ledger.check_ledger(project.content_files)]:
            raise ContentError(problems)
        name, meeting = in_folder([options.document, options.meeting], options.content)
        options = replace(options, meeting=meeting.rpartition("/")[2].removesuffix(".yaml"))
        job = Job(project, find_document(project, name), options.edition)
        elsewhere = tuple(with_folder_names(not_well(project), options.content, options.templates))
        known = ledger.record_index(project).find(str(job.shown_id), job.tree.version, options.edition.value)
        if known is not None and (problem := check_version(job)):
            raise ContentError([problem])
        if known is not None and not options.new_printing:
            return replace(_again(job, known, options), elsewhere=elsewhere)
        if reasons := [*_not_printed(job, known, options), *reasons_against(job, options.meeting)]:
            raise ContentError(reasons)
        outputs = {format.name: job.write(format) for format in issued_formats()}
        if known is not None and _sums(outputs) == {name: file.sha256 for name, file in known.files.items()}:
            hint = "der er intet nyt at udstede"
            raise ContentError([Problem(Origin(str(job.id)), f"tryk {known.printing} har de samme bytes", hint)])
        parts, note = parts_of(job), dict[str, str]()
        if (pack := _pack(job)) is not None:
            outputs[PACK] = pack.data
            found, unissued = _parts_of_pack(job, pack)
            parts |= found
            note |= {"unissued": " ".join(unissued)} if unissued else {}
        record = replace(_record(job, known, options), note=note)
        if options.edition is Edition.PUBLIC:
            parts[CONFIRMED] = _confirmed(record, {**outputs, **parts}, job, options.confirm)
        kept = keep(record, outputs, parts, options.salt)
        issued = [(options.output / file.path, outputs[name]) for name, file in kept.record.files.items()]
        if ledger.HEAD not in project.content_files:  # before the first record, so that records without it are a fault
            replace_together([(options.content / ledger.HEAD, ledger.head(None))], durable=True)
        write_record(kept, options.content, archive_of(options.content), issued)
    return Issued(kept.record, tuple(path for path, _ in issued), False, elsewhere)


def write_record(kept: Kept, content: Path, archive: Archive, before: list[tuple[Path, bytes]]) -> None:
    """Puts a record in place, with what it keeps and what must be there before it. Raises OutputError.

    In this order, and all written before the first is put in place: a folder that is full or closed stops all. The
    record comes last but for the head, so that what it names is always there.
    """
    blobs = archive.missing(kept.blobs)
    entries = [(kept.record.path, ledger.to_json(kept.record)), (ledger.HEAD, ledger.head(kept.record))]
    if kept.record.payloads:
        entries.insert(0, (kept.record.keys_path, kept.keys))
    replace_together([*blobs, *before, *((content / path, data) for path, data in entries)], durable=True)


def _pack(job: Job) -> Pack | None:
    """A case with its annexes, or a whole meeting, as one PDF: it is issued with its first part, as a whole."""
    from docgen.packs.registry import find_pack  # what reads PDFs is loaded only where there are some

    found = find_pack(job)
    return None if found is None else found.write(job)


def _parts_of_pack(job: Job, pack: Pack) -> tuple[dict[str, Payload | bytes], tuple[str, ...]]:
    """What is kept of the parts of a pack, by name, and the documents in it that are not issued."""
    parts: dict[str, Payload | bytes] = dict(pack.taken_in)
    unissued = []
    for name in pack.documents:
        document, _, version = name.partition("@")
        if (found := attached_pdf(job, document, version)) is None:
            unissued.append(name)
        else:
            parts[name] = found
    return parts, tuple(unissued)


def _not_printed(job: Job, known: Record | None, options: IssueOptions) -> list[Problem]:
    if known is not None or not options.new_printing:
        return []
    hint = "udsted den første gang uden --new-printing"
    return [Problem(Origin(str(job.id)), f"{job.id} {job.tree.version} er ikke udstedt endnu", hint)]


def _again(job: Job, record: Record, options: IssueOptions) -> Issued:
    if record.meeting != options.meeting:
        shown = f"{job.id} {record.version} er allerede udstedt, til mødet {record.meeting}"
        raise ContentError([Problem(Origin(str(job.id)), shown, "brug det møde, eller hæv version")])
    missing = []
    for name, file in record.files.items():
        path = options.output / file.path
        if not path.exists() and (data := _issued_bytes(job, record, name)) is not None:
            missing.append((path, data))
    replace_together(missing)
    last = ledger.records(job.project.content_files)[-1]
    replace_together([(options.content / ledger.HEAD, ledger.head(last))], durable=True)
    return Issued(record, tuple(path for path, _ in missing), again=True)


def _issued_bytes(job: Job, record: Record, name: str) -> bytes | None:
    """A file as it was issued: from the archive, or made again where that gives the same bytes."""
    kept = kept_file(record, name, job.project.archive)
    if kept is not None or name not in FORMATS:
        return kept
    data = job.write_again(FORMATS[name])
    return data if hashlib.sha256(data).hexdigest() == record.files[name].sha256 else None  # else it is another docgen


def _sums(outputs: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(data).hexdigest() for name, data in outputs.items()}


def _confirmed(record: Record, found: Mapping[str, Payload | bytes], job: Job, reason: str) -> bytes:
    """What was confirmed of what would be written, as it is kept: of a size that tells nothing, also where there was
    nothing to confirm. Raises ContentError where something closed is in it."""
    written = {name: data for name, data in found.items() if isinstance(data, bytes)}
    own = {name: data for name, data in written.items() if name in _OWN}
    given = {name: data for name, data in written.items() if name not in _OWN}
    result = scan({**own, "posten": ledger.to_json(record)}, closed_matter(job.project), given)
    annexes = [annex for _, annex in job.attachments]
    result = replace(result, covered=covered_annexes(annexes, job.content.files))
    if problems := list(problems_of(result, reason)):
        raise ContentError(problems)
    told = json.dumps(confirmation(result, reason), ensure_ascii=False, indent=1).encode()
    return told.ljust(-(-len(told) // _CONFIRMED_SIZE) * _CONFIRMED_SIZE)


def _record(job: Job, known: Record | None, options: IssueOptions) -> Record:
    """The record of a version, without what it keeps."""
    document, before, made_with = job.tree, ledger.records(job.project.content_files), installed()
    meeting = job.project.content.all(Meeting)[options.meeting]
    return Record(
        number=len(before) + 1,
        document=str(job.shown_id),
        title=document.title,
        version=document.version,
        edition=options.edition.value,
        status=str(job.prepared.status),
        meeting=options.meeting,
        date=(meeting.date or document.date).isoformat(),
        fingerprint=document.fingerprint,
        made_with=made_with,
        previous=before[-1].hash if before else "",
        format=2,
        printing=1 if known is None else known.printing + 1,
        issuer=options.issuer,
        docgen=__version__,
        lock=lock_of(made_with),
        words=words_hash(job),
    )
