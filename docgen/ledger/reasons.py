"""What stands against making a version final: every reason, each at its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from docgen.content.scalar import place_of
from docgen.content.unfilled import UNFILLED, unfilled_places
from docgen.content.validation import meant_one_of
from docgen.content.yaml_reader import comments
from docgen.document_id import DocumentId
from docgen.kinds.document_fields import Annex, Status
from docgen.kinds.edition import Edition
from docgen.kinds.meeting.model import Meeting
from docgen.ledger import records as ledger
from docgen.ledger.versions import own_file
from docgen.pipeline import Job
from docgen.problems import Origin, Problem
from docgen.proofing.proofread import Chosen, read_content
from docgen.proofing.report import message
from docgen.proofing.rule import Severity
from docgen.proofing.rules.privacy import PERHAPS_CPR
from docgen.tree.document import own_texts, texts, walk

_REMARK = re.compile(r"#\s*((TODO|FIXME|XXX|UDFYLD|HUSK)\b|\?)", re.IGNORECASE)
_SHORTEST_SECRET = 12  # fewer characters are found everywhere


def reasons_against(job: Job, meeting: str) -> Iterator[Problem]:
    """Every reason not to issue a rendering to a meeting (by its id), in the order of what is looked at."""
    content = job.project.content
    paths = list(job.read_from)
    attached = [annex for _, annex in job.attachments]
    yield from _meeting(job, meeting)
    yield from _status(job)
    yield from _unfilled(job)
    yield from _unsettled(job, paths)
    yield from _found_by_proofreading(job, paths, attached)
    yield from job.kind.hindrances(content, job.id, job.edition)
    yield from _unissued(job, attached)
    if job.edition is Edition.PUBLIC:
        yield from _leaks(job, job.kind.closed_texts(content, job.id))


def _meeting(job: Job, meeting: str) -> Iterator[Problem]:
    known, invalid = job.project.content.all(Meeting), job.project.content.invalid
    if (id := DocumentId("meeting", meeting)) in invalid:
        yield from invalid[id]
    elif meeting not in known:
        hint = meant_one_of(meeting, known, f"lav det med docgen new meeting {meeting}")
        yield Problem(Origin(meeting), "mødet findes ikke", hint)


def _status(job: Job) -> Iterator[Problem]:
    status = job.prepared.status
    if status in (Status.DRAFT, Status.EXPIRED):
        hint = "skriv en anden status, fx til behandling eller vedtaget"
        yield Problem(job.prepared.written.origin_of("status"), f"dokumentet er {status} og kan ikke udstedes", hint)


def _unfilled(job: Job) -> Iterator[Problem]:
    """Every place that is not filled in: of the document's own fields that the edition has, whether they are printed or
    a property of the files, and of what it shows of other documents."""
    own = job.content.documents[job.shown_id.document]
    said = job.kind.said_by(own, job.shown_id.rendering)
    tree, file = job.tree, Origin(own_file(job))
    places = list(unfilled_places(said, file))
    if not places:
        places = [
            node.origin if node.origin.file else file
            for node in walk(tree)
            if any(UNFILLED in text for text in own_texts(node))
        ]
        properties = (tree.title, tree.short_title, tree.author, tree.subject, *tree.keywords)
        places += [file] if any(UNFILLED in text for text in properties) else []
    for place in dict.fromkeys(places):
        yield Problem(place, "her er ikke udfyldt", "skriv det, der skal stå her")


def _unsettled(job: Job, paths: Iterable[str]) -> Iterator[Problem]:
    """Comments that say that something is left to do."""
    content, files = job.project.content, job.project.content_files
    for path in sorted({path.removeprefix("content/") for path in paths} & set(content.maps)):
        for comment in comments(files[path].decode(), content.maps[path]):
            if _REMARK.match(comment.text):
                place = Origin(f"content/{path}", comment.line, comment.column)
                yield Problem(place, "her står en bemærkning, der ikke er løst", "løs den, og slet den")


def _found_by_proofreading(job: Job, paths: Iterable[str], attached: Iterable[Annex]) -> Iterator[Problem]:
    own = {path.removeprefix("content/") for path in paths} | {
        f"annexes/{annex.file}" for annex in attached if annex.file
    }
    for finding in read_content(job.project.content, Chosen(hints=True, quick=True), own=tuple(sorted(own))):
        # What may be a number of a person's stops an issue, too, where the author can say that it is not.
        perhaps = finding.rule.code == PERHAPS_CPR and finding.line > 0
        if perhaps or finding.rule.severity is Severity.ERROR:
            place = Origin(finding.file, finding.line, finding.column)
            yield Problem(place, f"{finding.rule.code} {message(finding)}", "ret det, eller tillad det med en grund")


def _unissued(job: Job, attached: Sequence[Annex]) -> Iterator[Problem]:
    """What is attached is final too."""
    for annex in attached:
        if annex.document is None:
            continue
        version = str(annex.version)
        if not _is_issued(job, str(annex.document), version):
            hint = f"udsted det først: docgen issue {annex.document} --meeting MØDE"
            place = place_of(annex.document, Origin(own_file(job)))
            yield Problem(place, f"bilaget {annex.document} {version} er ikke udstedt", hint)
        before, earlier = annex.compared
        if before and not (earlier and _is_issued(job, before, earlier)):
            hint = f"skriv compare: {before}@ og en udstedt version"
            place = place_of(annex.compare or annex.id, Origin(own_file(job)))
            yield Problem(place, f"bilaget sammenligner med {before}, som det er i mappen, og det kan ændre sig", hint)


def _is_issued(job: Job, document: str, version: str) -> bool:
    """Whether a version is issued in the edition of a rendering, or to everybody."""
    index = ledger.record_index(job.project)
    return any(index.find(document, version, one.value) for one in (Edition.PUBLIC, job.edition))


def _leaks(job: Job, closed: Iterable[str]) -> Iterator[Problem]:
    """Words of something closed that also stand in an open text."""
    shown = [" ".join(text.split()) for text in texts(job.tree)]
    for secret in closed:
        words = " ".join(str(secret).split())
        if len(words) >= _SHORTEST_SECRET and any(words in text for text in shown):
            place = place_of(secret, Origin(own_file(job)))
            hint = "skriv den åbne tekst om, eller luk også den"
            yield Problem(place, "ordene er lukkede, men står også i en åben tekst", hint)
