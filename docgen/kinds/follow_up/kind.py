"""The kind `follow-up`: a file a year, a half-year or a quarter, on one or several policies."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator, Mapping

from docgen.content.content import Content
from docgen.content.documents import ContentFile, Reference
from docgen.content.fields import Model, WrongValueError
from docgen.content.scalar import place_of
from docgen.document_id import DocumentId
from docgen.kinds.case.model import Case
from docgen.kinds.case.shown import named_part
from docgen.kinds.edition import Edition
from docgen.kinds.follow_up import periods
from docgen.kinds.follow_up.model import FollowUp, FollowUpFile
from docgen.kinds.follow_up.public import open_part
from docgen.kinds.follow_up.views import TEMPLATES, FollowUpContext
from docgen.kinds.kind import Kind, Skeleton
from docgen.kinds.policy.model import Policy
from docgen.kinds.prepared import Prepared
from docgen.problems import Problem

_ID = re.compile(rb"[a-z0-9]+(?:-[a-z0-9]+)*")


def _references(follow_up: FollowUp) -> Iterator[Reference]:
    for policy in follow_up.policies:
        yield Reference(DocumentId("policy", str(policy)), place_of(policy))
    if follow_up.before is not None:
        place = follow_up.origin_of("year") if follow_up.follows is None else place_of(follow_up.follows)
        yield Reference(DocumentId("follow-up", follow_up.before), place, only_named=True)
    for area in follow_up.areas:
        for case in area.cases:
            yield Reference(DocumentId("case", str(case)), place_of(case), only_named=True)


def _shown(content: Content, id: DocumentId) -> Mapping[DocumentId, Model]:
    """Of the cases that a follow-up names, what they are called."""
    own = content.all(FollowUp)[id.name]
    cases = {str(case) for area in own.areas for case in area.cases}
    found = {DocumentId("case", name): content.all(Case).get(name) for name in sorted(cases)}
    return {case: named_part(known) for case, known in found.items() if known is not None}


def _mentions(text: bytes, known: Mapping[str, Collection[str]]) -> Iterator[DocumentId]:
    named = {word.decode() for word in _ID.findall(text)}
    yield from (DocumentId("case", name) for name in sorted(named.intersection(known.get("case", ()))))
    yield from (DocumentId(kind, name) for kind in ("follow-up", "policy") for name in sorted(known.get(kind, ())))


def _check_period(name: str) -> None:
    if not re.fullmatch(periods.ID, name):
        hint = "skriv fx 2024, 2026-h1 (halvår) eller 2026-q1 (kvartal); er der flere, så 2026-q1-klima"
        raise WrongValueError(f"'{name}' er ikke et årstal", hint)


def _misnamed(path: str) -> str:
    return "giv den årets eller periodens navn, fx 2024.yaml eller 2026-q1.yaml"


def _prepare(content: Content, id: DocumentId, edition: Edition) -> Prepared:
    from docgen.kinds.follow_up.prepare import prepare_follow_up

    return prepare_follow_up(content, id, edition)


def _check(follow_up: FollowUp, content: Content) -> Iterator[Problem]:
    from docgen.kinds.follow_up.checks import check_follow_up

    return check_follow_up(follow_up, content)


def _hindrances(content: Content, id: DocumentId, edition: Edition) -> Iterator[Problem]:
    from docgen.kinds.follow_up.checks import uncounted_figures

    return uncounted_figures(content, id, edition)


def _new(content: Content, name: str, variant: str, day: datetime.date) -> str:
    from docgen.kinds.follow_up.skeleton import new_follow_up

    return new_follow_up(content, name, day, variant)


def _policies(content: Content) -> dict[str, str]:
    return {name: str(policy.title) for name, policy in content.all(Policy).items()}


FOLLOW_UP = Kind(
    name="follow-up",
    folder="follow_ups",
    files=(ContentFile("follow-up", rf"({periods.ID})\.yaml", FollowUpFile, "Opfølgning (follow_ups/ÅR.yaml)"),),
    model=FollowUp,
    prepare=_prepare,
    templates=dict.fromkeys(TEMPLATES.values(), FollowUpContext),
    check_with=_check,
    references_of=_references,
    mentions_in=_mentions,
    names=("case", "policy"),
    shown_with=_shown,
    public_with=open_part,
    hindrances=_hindrances,
    misnamed_hint=_misnamed,
    skeleton=Skeleton(
        help="Laver content/follow_ups/ÅR.yaml med alle indsatsområder, sidste status og det, der endnu ikke er gjort.",
        metavar="ÅR",
        example="2024",
        write=_new,
        variants=_policies,
        variants_help="Politikken, der følges op på; behøves kun, når flere gælder i året.",
        option="--policy",
        check_name=_check_period,
    ),
)
