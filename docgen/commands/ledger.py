"""`docgen ledger`: what happens to versions after they were issued, each a record more: never one that is changed."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from docgen import __version__, danish
from docgen.build.folders import archive_of, folder_names, read_project
from docgen.build.names import issued_name
from docgen.commands.issue import new_salt, write_record
from docgen.content.validation import nearest
from docgen.files import installed, locked, replace_together
from docgen.kinds.edition import Edition
from docgen.ledger import records as ledger
from docgen.ledger.keeping import keep, lock_of
from docgen.ledger.migration import old_payloads
from docgen.ledger.public_copy import public_copy
from docgen.ledger.record import ERASURE, ISSUE, MIGRATION, WITHDRAWAL, without_keys
from docgen.ledger.records import Record, erasures, withdrawal
from docgen.problems import ContentError, Origin, OutputError, Problem
from docgen.project import Project
from docgen.structs import Struct, replace


class LedgerOptions(Struct, frozen=True):
    """Where the ledger is, and who writes in it."""

    content: Path = Path("content")
    templates: Path = Path("templates")
    output: Path = Path("build")
    issuer: str = ""
    salt: Callable[[], str] = new_salt


class Reason(Struct, frozen=True):
    """Why something is done to a version (`policy/x@1.0`, in an edition, of a printing; 0 is the last one), and the
    day of it."""

    name: str
    edition: str
    reason: str
    date: datetime.date
    printing: int = 0


class Migrated(Struct, frozen=True):
    """The record of a migration, and the files that are named by records and could not be found or made."""

    record: Record
    missing: tuple[str, ...]


def migrate(options: LedgerOptions) -> Migrated:
    """Begins the chain of form 2 in a ledger of form 1: what its records name is kept in the archive, as far as it is
    in the output folder or can be made to the byte, and one record says so. No record is changed.

    Raises DocgenError where there is nothing to migrate, or it is done.
    """
    with _opened(options) as project:
        chain = ledger.records(project.content_files)
        old = [record for record in chain if record.format == 1]
        if not old or any(record.type == MIGRATION for record in chain):
            shown = "protokollen er flyttet allerede" if old else "her er ingen poster i den gamle form"
            raise ContentError([Problem(Origin("content/issued"), shown, "der er intet at gøre")])
        payloads, words = old_payloads(old, project, lambda path: _read(options.output / path), installed())
        note = {"records": " ".join(str(record.number) for record in old), "head": old[-1].hash} | words
        record = _record(chain, MIGRATION, note, options)
        kept = keep(replace(record, title="Protokollen i form 2", date=old[-1].date), {}, payloads, options.salt)
        write_record(kept, options.content, archive_of(options.content), [])
    named = {f"{record.number:04d}/{name}": file.path for record in old for name, file in record.files.items()}
    return Migrated(kept.record, tuple(path for name, path in named.items() if name not in payloads))


def withdraw(given: Reason, options: LedgerOptions) -> Record:
    """Says that a version no longer holds; it is still what was issued, and is still kept.

    Raises DocgenError where it is not issued, or withdrawn already.
    """
    with _opened(options) as project:
        chain = ledger.records(project.content_files)
        given = replace(given, name=issued_name(project, given.name, options.content))
        found = _find(project, given)
        if withdrawal(chain, found) is not None:
            raise ContentError(
                [Problem(Origin(given.name), "versionen er trukket tilbage allerede", "intet er ændret")]
            )
        record = _record(chain, WITHDRAWAL, {"record": str(found.number), "reason": given.reason}, options)
        made = keep(_about(record, found, given, options.salt), {}, {}, options.salt)
        write_record(made, options.content, archive_of(options.content), [])
    return made.record


def erase(given: Reason, names: tuple[str, ...], options: LedgerOptions) -> tuple[Record, tuple[str, ...]]:
    """Erases payloads of a version (all where none is named) on a legal ground: first a record says so, then keys and
    blobs go. The chain stays whole, for it holds salted hashes. Interrupted, it is finished by doing it again.

    Returns the record and the paths of files in the output folder that are copies. Raises DocgenError where the version
    is not issued, is of form 1 (its record holds its source for ever), or has no such payload.
    """
    with _opened(options) as project:
        chain = ledger.records(project.content_files)
        given = replace(given, name=issued_name(project, given.name, options.content))
        found = _find(project, given)
        if found.format == 1:
            hint = "spørg juristen; versionsstyringens historik har den også"
            shown = "posten er af den første form og bærer selv sin kilde, så intet kan slettes uden at bryde kæden"
            raise ContentError([Problem(Origin(given.name), shown, hint)])
        wanted = names or tuple(found.payloads)
        if unknown := [name for name in wanted if name not in found.payloads]:
            hint = f"vælg {', '.join(found.payloads)}"
            raise ContentError([Problem(Origin(given.name), f"der er ikke gemt {', '.join(unknown)}", hint)])
        known = erasures(chain, found)
        left = [name for name in wanted if name not in known]
        record = known[wanted[0]] if not left else _erasure(chain, found, given, left, options)
        _remove(found, wanted, chain, project, options)
    copies = [options.output / found.files[name].path for name in wanted if name in found.files]
    return record, tuple(path.as_posix() for path in copies if path.exists())


def write_public(folder: Path, options: LedgerOptions) -> tuple[int, int]:
    """Writes the copy of the ledger that everybody may have into a new or empty folder, which `docgen verify --content`
    takes as it is. Returns how many records there are, and how many of them are only there by their hash.

    Raises DocgenError where the folder holds something, or the ledger is not whole.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        hint = "skriv en mappe, der ikke findes"
        raise OutputError([Problem(Origin(folder.as_posix()), "mappen er ikke tom", hint)])
    with _opened(options) as project:
        assert project.archive is not None  # it was read from folders
        chain = ledger.records(project.content_files)
        found = public_copy(project.content_files, project.archive)
        replace_together([(folder / path, data) for path, data in found.items()])
    return len(chain), sum(not ledger.is_public(record, chain) for record in chain)


def _erasure(
    chain: tuple[Record, ...], found: Record, given: Reason, names: list[str], options: LedgerOptions
) -> Record:
    note = {"record": str(found.number), "payloads": " ".join(names), "reason": given.reason}
    made = keep(_about(_record(chain, ERASURE, note, options), found, given, options.salt), {}, {}, options.salt)
    write_record(made, options.content, archive_of(options.content), [])
    return made.record


def _remove(
    found: Record, names: tuple[str, ...], chain: tuple[Record, ...], project: Project, options: LedgerOptions
) -> None:
    """Keys and blobs of payloads; a blob that another record names stays."""
    archive = archive_of(options.content)
    others = {
        payload.sha256
        for record in chain
        for name, payload in record.payloads.items()
        if not (record.number == found.number and name in names)
    }
    for name in names:
        payload = found.payloads[name]
        if payload.sha256 and payload.sha256 not in others:
            archive.path(payload.sha256).unlink(missing_ok=True)
    keys = project.content_files.get(found.keys_path)
    if keys is not None:
        replace_together([(options.content / found.keys_path, without_keys(keys, names))], durable=True)


@contextmanager
def _opened(options: LedgerOptions) -> Iterator[Project]:
    """The project, locked, with a ledger that is whole."""
    with folder_names(options.content, options.templates), locked(options.content / ledger.FOLDER / ".laas"):
        project = read_project(options.content, options.templates)
        if problems := list(ledger.check_ledger(project.content_files)):
            raise ContentError(problems)
        yield project


def _find(project: Project, given: Reason) -> Record:
    issued = [one for one in ledger.records(project.content_files) if one.type == ISSUE]
    named = [one for one in issued if (f"{one.document}@{one.version}", one.edition) == (given.name, given.edition)]
    found = [one for one in named if given.printing in (0, one.printing)]
    if not found:
        known = [f"{one.document}@{one.version}" for one in issued]
        near = nearest(given.name, known) or known[:3]
        hint = f"vælg {danish.enumerate(near, 'eller')}" if near else "intet er udstedt endnu"
        raise ContentError([Problem(Origin(given.name), "versionen er ikke udstedt i den udgave", hint)])
    return found[-1]


def _record(chain: tuple[Record, ...], type: str, note: Mapping[str, str], options: LedgerOptions) -> Record:
    """A record that says that something happened, after the last one."""
    made_with = installed()
    return Record(
        number=len(chain) + 1,
        document="",
        title="",
        version="",
        edition="",
        status="",
        meeting="",
        date="",
        made_with=made_with,
        previous=chain[-1].hash,
        format=2,
        type=type,
        issuer=options.issuer,
        docgen=__version__,
        lock=lock_of(made_with),
        note=note,
    )


def _about(record: Record, found: Record, given: Reason, salt: Callable[[], str]) -> Record:
    """A record that is about the version of another one."""
    same = {name: getattr(found, name) for name in ("document", "title", "version", "edition", "printing", "meeting")}
    record = replace(record, status=record.type, date=given.date.isoformat(), **same)
    if found.edition == Edition.PUBLIC:
        return record
    # What stands in a record that is not for everybody cannot be guessed from its hash, which is.
    return replace(record, note={**record.note, "salt": salt()})


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
