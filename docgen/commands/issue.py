"""Makes a version final: every reason not to, all at once; else the files and one record of the ledger."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from docgen import pipeline
from docgen.commands import build
from docgen.content.model import Status
from docgen.content.yaml_reader import comments
from docgen.files import installed, locked, replace_together
from docgen.kinds.case.model import Annex, Case
from docgen.kinds.prepared import Edition
from docgen.ledger import records as ledger
from docgen.ledger.records import IssuedFile, Record
from docgen.ledger.versions import check_version
from docgen.packs.parts import visible_annexes
from docgen.pipeline import Format, Project
from docgen.problems import ContentError, Origin, Problem
from docgen.proofing.proofread import Chosen, read_content
from docgen.proofing.report import message
from docgen.proofing.rule import Severity
from docgen.proofing.rules.privacy import PERHAPS_CPR
from docgen.structs import Struct
from docgen.tree.document import Document, texts

FORMATS = (Format.PDF, Format.DOCX, Format.HTML)
"""What a version is issued as."""

_REMARK = re.compile(r"#\s*((TODO|FIXME|XXX|UDFYLD|HUSK)\b|\?)", re.IGNORECASE)
_SHORTEST_SECRET = 12  # fewer characters are found everywhere


class IssueOptions(Struct, frozen=True):
    """What to issue, to which meeting, from where, to where."""

    document: str
    meeting: str
    content: Path = Path("content")
    templates: Path = Path("templates")
    output: Path = Path("build")
    edition: Edition = Edition.PUBLIC


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
    with build.naming(options.content, options.templates), locked(options.content / ledger.FOLDER / ".laas"):
        project = build.read_project(options.content, options.templates)
        if problems := [*project.problems(), *ledger.check_ledger(project.content_files)]:
            raise ContentError(problems)
        found = _only(pipeline.find_documents(project.content, [options.document]), options.document)
        document = pipeline.build_tree(project, found, options.edition)
        known = ledger.find_record(project.content_files, found, document.version, options.edition.value)
        if known is not None:
            return _again(project, document, known, options)
        if reasons := list(_reasons(project, document, options)):
            raise ContentError(reasons)
        outputs = {format: pipeline.write(project, document, format, options.edition) for format in FORMATS}
        if ledger.HEAD not in project.content_files:  # before the first record, so that records without it are a fault
            replace_together([(options.content / ledger.HEAD, ledger.head(None))])
        record = _record(project, document, outputs, options)
        issued = [(options.output / file.path, outputs[Format(name)]) for name, file in record.files.items()]
        # In this order, and all written before the first is put in place: a folder that is full or closed stops all.
        entries = [(record.path, ledger.to_json(record)), (ledger.HEAD, ledger.head(record))]
        replace_together([*issued, *((options.content / path, data) for path, data in entries)])
    return Issued(record, tuple(path for path, _ in issued), again=False)


def _only(found: tuple[str, ...], name: str) -> str:
    if len(found) != 1:
        raise ContentError([Problem(Origin(name), "det er flere dokumenter", f"vælg {' eller '.join(found)}")])
    return found[0]


def _again(project: Project, document: Document, record: Record, options: IssueOptions) -> Issued:
    if problem := check_version(project, document, options.edition):
        raise ContentError([problem])
    if record.meeting != options.meeting:
        shown = f"{document.id} {record.version} er allerede udstedt, til mødet {record.meeting}"
        raise ContentError([Problem(Origin(document.id), shown, "brug det møde, eller hæv version")])
    missing = []
    for name, file in record.files.items():
        path = options.output / file.path
        if not path.exists():
            data = pipeline.write(project, document, Format(name), options.edition)
            if hashlib.sha256(data).hexdigest() == file.sha256:  # else it is another docgen by now
                missing.append((path, data))
    replace_together(missing)
    last = ledger.records(project.content_files)[-1]
    replace_together([(options.content / ledger.HEAD, ledger.head(last))])
    return Issued(record, tuple(path for path, _ in missing), again=True)


def _record(project: Project, document: Document, outputs: dict[Format, bytes], options: IssueOptions) -> Record:
    before = ledger.records(project.content_files)
    stem = f"issued/{options.meeting}/{document.id}_v{document.version}{options.edition.suffix}"
    files = {
        format.value: IssuedFile(f"{stem}.{format}", len(data), hashlib.sha256(data).hexdigest())
        for format, data in outputs.items()
    }
    meeting = project.content.meetings[options.meeting]
    return ledger.sealed(
        Record(
            number=len(before) + 1,
            document=document.id,
            title=document.title,
            version=document.version,
            edition=options.edition.value,
            status=str(pipeline.prepare(project, document.id, options.edition).status),
            meeting=options.meeting,
            date=(meeting.date or document.date).isoformat(),
            text=ledger.text_hash(document),
            fingerprint=document.fingerprint,
            files=files,
            made_with=installed(),
            source=json.loads(pipeline.source_of(project, document.id, options.edition)),
            previous=before[-1].hash if before else "",
        )
    )


# -- why not ----------------------------------------------------------------------------------------------------


def _reasons(project: Project, document: Document, options: IssueOptions) -> Iterator[Problem]:
    files = json.loads(pipeline.source_of(project, document.id, options.edition))["files"]
    if options.meeting not in project.content.meetings:
        known = ", ".join(project.content.meetings) or "intet"
        hint = f"vælg {known}, eller lav det med docgen new meeting {options.meeting}"
        yield Problem(Origin(options.meeting), "mødet findes ikke", hint)
    prepared = pipeline.prepare(project, document.id, options.edition)
    status = prepared.status
    if status in (Status.DRAFT, Status.EXPIRED):
        hint = "skriv en anden status, fx til behandling eller vedtaget"
        yield Problem(prepared.written.origin_of("status"), f"dokumentet er {status} og kan ikke udstedes", hint)
    case = _case(project, document.id)
    own = {path.removeprefix("content/") for path in files if path.startswith("content/")}
    for path in sorted(own & set(project.content.maps)):
        for comment in comments(project.content_files[path].decode(), project.content.maps[path]):
            if _REMARK.match(comment.text):
                place = Origin(f"content/{path}", comment.line, comment.column)
                yield Problem(place, "her står en bemærkning, der ikke er løst", "løs den, og slet den")
    attached = [] if case is None else [annex for _, annex in visible_annexes(project, document.id, options.edition)]
    own |= {f"annexes/{annex.file}" for annex in attached if annex.file}
    for finding in read_content(project.content, Chosen(hints=True, quick=True), own=tuple(sorted(own))):
        # What may be a number of a person's stops an issue, too, where the author can say that it is not.
        perhaps = finding.rule.code == PERHAPS_CPR and finding.hit.passage.scalar is not None
        if perhaps or finding.rule.severity is Severity.ERROR:
            place = Origin(finding.file, finding.line, finding.column)
            yield Problem(place, f"{finding.rule.code} {message(finding)}", "ret det, eller tillad det med en grund")
    yield from _uncounted(project, document.id)
    if case is not None:
        yield from _annexes(project, case, attached, options.edition)
        if options.edition is Edition.PUBLIC:
            yield from _leaks(case, document)


def _uncounted(project: Project, document: str) -> Iterator[Problem]:
    """Figures of a follow-up's own year that are missing, and no note says why."""
    kind, _, name = document.partition("/")
    follow_up = project.content.follow_ups.get(name) if kind == "follow-up" else None
    for indicator in () if follow_up is None else follow_up.indicators:
        for figure in indicator.series:
            counted = figure.value is not None or figure.by_administration
            if follow_up is not None and figure.year == follow_up.year and not counted and not figure.note:
                hint = "skriv tallet og dets kilde, eller skriv i note, hvorfor det ikke er opgjort"
                shown = f"tallet for {figure.year} i '{indicator.id}' mangler"
                yield Problem(figure.origin_of("value"), shown, hint)


def _case(project: Project, document: str) -> Case | None:
    kind, name, *_ = document.split("/")
    return project.content.cases.get(name) if kind == "case" else None


def _annexes(project: Project, case: Case, attached: Sequence[Annex], edition: Edition) -> Iterator[Problem]:
    """What is attached is final too."""
    for annex in attached:
        if annex.document is None:
            continue
        version = str(annex.version)
        editions = [Edition.PUBLIC.value, edition.value]
        if not any(ledger.find_record(project.content_files, str(annex.document), version, e) for e in editions):
            hint = f"udsted det først: docgen issue {annex.document} --meeting MØDE"
            place = getattr(annex.document, "origin", Origin(f"content/cases/{case.id}.yaml"))
            yield Problem(place, f"bilaget {annex.document} {version} er ikke udstedt", hint)


def _leaks(case: Case, document: Document) -> Iterator[Problem]:
    """Words of something closed that also stand in an open text."""
    closed = [case.title, case.summary, *(item.text for item in case.sections)] if case.closed else []
    closed += [section.text for section in case.sections if section.closed]
    for annex in case.annexes:
        if annex.closed is not None:
            closed += [annex.title, *([annex.file] if annex.file else [])]
    shown = [" ".join(text.split()) for text in texts(document)]
    for secret in closed:
        words = " ".join(str(secret).split())
        if len(words) >= _SHORTEST_SECRET and any(words in text for text in shown):
            place = getattr(secret, "origin", Origin(f"content/cases/{case.id}.yaml"))
            hint = "skriv den åbne tekst om, eller luk også den"
            yield Problem(place, "ordene er lukkede, men står også i en åben tekst", hint)


def rebuild(
    project: Project, name: str, edition: Edition = Edition.PUBLIC, formats: Sequence[Format] = FORMATS
) -> tuple[Record, dict[Format, bytes]]:
    """An issued version (`policy/x@1.0`) made again from its record: the record, and the bytes by format.

    Raises ContentError where no such version is issued in that edition, or it cannot be made by this docgen.
    """
    document, _, version = name.partition("@")
    found = ledger.find_record(project.content_files, document, version, edition.value)
    if found is None:
        known = [_call(record) for record in ledger.records(project.content_files)]
        hint = f"vælg {', '.join(known)}" if known else "intet er udstedt endnu"
        shown = "versionen er ikke udstedt" + ("" if edition is Edition.PUBLIC else " i den interne udgave")
        raise ContentError([Problem(Origin(name), shown, hint)])
    return found, written_again(found.source_bytes, project.font_directories, formats)


def _call(record: Record) -> str:
    edition = "" if record.edition == Edition.PUBLIC else f" --edition {record.edition}"
    return f"{record.document}@{record.version}{edition}"


def written_again(source: bytes, fonts: tuple[str, ...], formats: Sequence[Format] = FORMATS) -> dict[Format, bytes]:
    """What an embedded source holds, in some formats. Raises DocgenError where it cannot be made by this docgen."""
    again, id, edition = pipeline.project_of_source(source, fonts)
    try:
        document = pipeline.build_tree(again, id, edition)
    except KeyError:
        raise ContentError([Problem(Origin(id), "kilden har ikke dokumentet", "brug en hel kilde")]) from None
    return {format: pipeline.write(again, document, format, edition) for format in formats}
