"""Making an issued version, or what an embedded source holds, again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docgen.kinds.edition import Edition
from docgen.kinds.kind import Kind
from docgen.kinds.registry import KINDS
from docgen.ledger import records as ledger
from docgen.ledger.records import Record
from docgen.pipeline import Job
from docgen.problems import ContentError, Origin, Problem
from docgen.project import Project, project_of_source
from docgen.writers.formats import Format, issued_formats


def rebuild(
    project: Project, name: str, edition: Edition = Edition.PUBLIC, formats: Sequence[Format] = ()
) -> tuple[Record, dict[str, bytes]]:
    """An issued version (`policy/x@1.0`) made again from its record: the record, and the bytes by format (all that a
    version is issued in where none is named).

    Raises ContentError where no such version is issued in that edition, or it cannot be made by this docgen.
    """
    document, _, version = name.partition("@")
    found = ledger.find_record(project.content_files, document, version, edition.value)
    if found is None:
        known = [_call(record) for record in ledger.records(project.content_files)]
        hint = f"vælg {', '.join(known)}" if known else "intet er udstedt endnu"
        shown = "versionen er ikke udstedt" + ("" if edition is Edition.PUBLIC else " i den interne udgave")
        raise ContentError([Problem(Origin(name), shown, hint)])
    return found, written_again(found.source_bytes, project.font_directories, formats, project.kinds)


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
