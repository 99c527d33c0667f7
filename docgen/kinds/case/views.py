"""What a rendering of a case shows its template."""

from __future__ import annotations

import datetime

from docgen.kinds.document_fields import Revision
from docgen.templating import View


class PointView(View, frozen=True):
    """An at-point with its number and the sign it ends with."""

    number: int
    text: str
    end: str
    points: tuple[PointView, ...] = ()


class GroupView(View, frozen=True):
    """At-points under one lead-in."""

    lead_in: str
    points: tuple[PointView, ...]


class StatementView(View, frozen=True):
    """A remark for the minutes."""

    lead_in: str
    text: str


class DecisionView(View, frozen=True):
    """A decision as the minutes have it."""

    heading: str
    sentences: tuple[str, ...]
    statements: tuple[StatementView, ...]
    remarks: tuple[str, ...]


class EarlierView(View, frozen=True):
    """An earlier committee's treatment, as the next one reads it."""

    heading: str
    groups: tuple[GroupView, ...]
    sentences: tuple[str, ...]
    decision: DecisionView | None


class SectionView(View, frozen=True):
    """A section with its heading and the texts under it."""

    heading: str
    texts: tuple[str, ...]


class AnnexView(View, frozen=True):
    """A line in the list of annexes."""

    id: str
    line: str


class CaseView(View, frozen=True):
    """What the template of a case sees."""

    title: str
    kind: str
    recipient: str
    administrations: str
    meeting: str
    date: datetime.date | None
    case_number: str | None
    document_number: str | None
    case_officer: str | None
    withheld: str | None
    summary: str
    closing: str
    groups: tuple[GroupView, ...]
    proposer: str
    sections: tuple[SectionView, ...]
    signatures: str
    earlier: tuple[EarlierView, ...]
    decision: DecisionView | None
    annexes: tuple[AnnexView, ...]
    history: tuple[Revision, ...]
