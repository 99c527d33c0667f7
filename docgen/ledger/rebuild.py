"""Making an issued version, or what an embedded source holds, again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docgen import danish
from docgen.archive import Archive
from docgen.content.validation import nearest
from docgen.kinds.edition import Edition
from docgen.kinds.kind import Kind
from docgen.kinds.registry import KINDS
from docgen.ledger import records as ledger
from docgen.ledger.record import ISSUE, MIGRATION
from docgen.ledger.records import Record
from docgen.pipeline import Job
from docgen.problems import ContentError, Origin, Problem
from docgen.project import Project, project_of_source
from docgen.tree.document import Document
from docgen.tree.stored import decode_tree
from docgen.writers.formats import Format, issued_formats


def rebuild(
    project: Project, name: str, edition: Edition = Edition.PUBLIC, formats: Sequence[Format] = ()
) -> tuple[Record, dict[str, bytes]]:
    """An issued version (`policy/x@1.0`): its record, and the bytes by format (all that a version is issued in where
    none is named) as the archive holds them. What it does not hold is made again from the version's source, but for
    what was erased.

    Raises ContentError where no such version is issued in that edition, or it is neither kept nor can be made.
    """
    found = find_issued(project, name, edition)
    gone = ledger.erasures(ledger.records(project.content_files), found)
    wanted = [one for one in formats or issued_formats() if one.name not in gone]
    if not wanted:
        told = [f"{one.name} er slettet {when(gone[one.name])}" for one in formats or issued_formats()]
        hint = "det, der er slettet, bliver ikke lavet igen"
        raise ContentError([Problem(Origin(name), danish.enumerate(told), hint)])
    outputs = {one.name: data for one in wanted if (data := kept_file(found, one.name, project.archive)) is not None}
    if lost := [one for one in wanted if one.name not in outputs]:
        if (source := kept_source(found, project.archive)) is None:
            hint = "hent content/issued/arkiv tilbage fra versionsstyringen, eller se protokollen: docgen verify"
            raise ContentError([Problem(Origin(name), "versionens filer er slettet eller mangler i arkivet", hint)])
        outputs |= written_again(source, project.font_directories, lost, project.kinds)
    return found, {one.name: outputs[one.name] for one in wanted}


def when(record: Record) -> str:
    """When and why something was withdrawn or erased, by the record that says so."""
    return f"den {record.date}: {record.note.get('reason', '')}"


def find_issued(project: Project, name: str, edition: Edition = Edition.PUBLIC) -> Record:
    """The record of an issued version (`policy/x@1.0`). Raises ContentError where there is none in that edition."""
    document, _, version = name.partition("@")
    found = ledger.record_index(project).find(document, version, edition.value)
    if found is None:
        known = list(dict.fromkeys(_call(one) for one in ledger.records(project.content_files) if one.type == ISSUE))
        near = nearest(name, known) or known[:3]
        hint = f"vælg {danish.enumerate(near, 'eller')}" if near else "intet er udstedt endnu"
        shown = "versionen er ikke udstedt" + ("" if edition is Edition.PUBLIC else " i den interne udgave")
        raise ContentError([Problem(Origin(name), shown, hint)])
    return found


def kept_file(record: Record, format: str, archive: Archive | None) -> bytes | None:
    """A file of a record as it was issued; None where it is not kept."""
    file = record.files.get(format)
    return None if archive is None or file is None else archive.read(file.sha256)


def kept_source(record: Record, archive: Archive | None) -> bytes | None:
    """What a version was made of; None where it is erased or lost."""
    if record.source_bytes:
        return record.source_bytes
    part = record.parts.get("source")
    return None if archive is None or part is None else archive.read(part.sha256)


def issued_tree(project: Project, name: str, edition: Edition = Edition.PUBLIC) -> Document:
    """The tree of an issued version (`policy/x@1.0`) as the archive keeps it: no template of today is in it.

    Raises ContentError where no such version is issued in that edition, or its tree is erased or lost.
    """
    record = find_issued(project, name, edition)
    files, archive = project.content_files, project.archive
    kept = [record.parts.get("tree")]
    if record.format == 1:  # its tree was put in the archive when the ledger was migrated
        moved = [one.parts for one in ledger.records(files) if one.type == MIGRATION]
        kept += [parts.get(f"{record.number:04d}/tree") for parts in moved]
    for part in kept:
        data = archive.read(part.sha256) if archive is not None and part is not None else None
        if data is not None:
            try:
                return decode_tree(data)
            except ValueError:
                hint = "brug en docgen, der er lige så ny som den, der udstedte versionen"
                raise ContentError([Problem(Origin(name), "versionens tekst kan ikke læses", hint)]) from None
    hint = "hent content/issued/arkiv tilbage fra versionsstyringen, eller se protokollen: docgen verify"
    raise ContentError([Problem(Origin(name), "versionens tekst er slettet eller mangler i arkivet", hint)])


def _call(record: Record) -> str:
    edition = "" if record.edition == Edition.PUBLIC else f" --edition {record.edition}"
    return f"{record.document}@{record.version}{edition}"


def written_again(
    source: bytes,
    fonts: tuple[str, ...],
    formats: Sequence[Format] = (),
    kinds: Mapping[str, Kind] = KINDS,
) -> dict[str, bytes]:
    """What an embedded source holds, in some formats (all that a version is issued in where none is named).

    Raises DocgenError where it cannot be made by this docgen.
    """
    job = job_of_source(source, fonts, kinds)
    try:
        return {format.name: job.write_again(format) for format in formats or issued_formats()}
    except KeyError:
        raise ContentError([Problem(Origin(str(job.id)), "kilden har ikke dokumentet", "brug en hel kilde")]) from None


def job_of_source(source: bytes, fonts: tuple[str, ...], kinds: Mapping[str, Kind]) -> Job:
    """The document that an embedded source holds. Raises ContentError for what is none, or is of an unknown kind."""
    project, id, edition = project_of_source(source, fonts, kinds)
    if id.kind not in kinds:
        raise ContentError([Problem(Origin(str(id)), "kildens slags dokument kendes ikke", "brug en hel kilde")])
    return Job(project, id, edition)
