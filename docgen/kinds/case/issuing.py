"""What stands against making a case final, and what in it is closed."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.content.content import Content
from docgen.content.fields import texts_of
from docgen.document_id import DocumentId
from docgen.kinds.case.decision_model import Decision
from docgen.kinds.case.model import Case, Treatment
from docgen.kinds.case.points import all_points


def closed_texts(content: Content, id: DocumentId) -> Iterator[str]:
    """The words of everything closed in a case: all of a closed one, else its closed passages, at-points, decisions,
    statements and annexes."""
    case = content.all(Case)[id.name]
    if case.closed is not None:
        yield from filter(None, (case.title, case.summary, *(item.text for item in case.sections)))
    else:
        yield from (section.text for section in case.sections if section.closed)
        yield from _closed_points(case)
    for item in case.treatments:
        yield from _closed_words(item, all_of_it=case.closed is not None)
    for annex in case.annexes:
        if annex.closed is not None:
            yield from (annex.title, *([annex.file] if annex.file else []))


def _closed_points(case: Case) -> Iterator[str]:
    closed = {str(point.id): point for point in all_points(case) if point.closed is not None}
    for point in closed.values():
        yield point.text
        yield from (inner.text for inner in point.points)
    for item in case.treatments:
        for group in item.recommendation:
            yield from (own.text for own in group.points if own.text is not None and str(own.id) in closed)


def _closed_words(treatment: Treatment, *, all_of_it: bool) -> Iterator[str]:
    decision = treatment.decision
    if decision is None:
        return
    if all_of_it or decision.closed is not None:
        yield from _prose(decision)
    else:
        yield from (item.text for item in decision.statements if item.closed is not None and item.text is not None)


def _prose(decision: Decision) -> Iterator[str]:
    if decision.text is not None:
        yield decision.text
    yield from (found.text for found in decision.amendments if found.text is not None)
    yield from (found.text for found in decision.statements if found.text is not None)
    yield from texts_of(decision.remarks)
