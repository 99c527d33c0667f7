"""The kind `follow-up`: a file a year, on a policy that is in force then."""

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
from docgen.kinds.follow_up.checks import check_follow_up, uncounted_figures
from docgen.kinds.follow_up.model import FollowUp, FollowUpFile
from docgen.kinds.follow_up.prepare import prepare_follow_up
from docgen.kinds.follow_up.public import open_part
from docgen.kinds.follow_up.views import FollowUpContext
from docgen.kinds.kind import Kind, Skeleton
from docgen.kinds.policy.model import Policy

_ID = re.compile(rb"[a-z0-9]+(?:-[a-z0-9]+)*")


def _references(follow_up: FollowUp) -> Iterator[Reference]:
    yield Reference(DocumentId("policy", str(follow_up.policy)), place_of(follow_up.policy))
    if follow_up.id.isdecimal():
        before = DocumentId("follow-up", str(int(follow_up.id) - 1))
        yield Reference(before, follow_up.origin_of("year"), only_named=True)
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


def _check_year(name: str) -> None:
    if not re.fullmatch(r"[12]\d{3}", name):
        raise WrongValueError(f"'{name}' er ikke et årstal", "skriv fx 2024")


def _misnamed(path: str) -> str:
    return "giv den årets navn, fx 2024.yaml"


def _new(content: Content, name: str, variant: str, day: datetime.date) -> str:
    from docgen.kinds.follow_up.skeleton import new_follow_up

    return new_follow_up(content, int(name), day, variant)


def _policies(content: Content) -> dict[str, str]:
    return {name: str(policy.title) for name, policy in content.all(Policy).items()}


FOLLOW_UP = Kind(
    name="follow-up",
    folder="follow_ups",
    files=(ContentFile("follow-up", r"(\d{4})\.yaml", FollowUpFile, "Opfølgning (follow_ups/ÅR.yaml)"),),
    model=FollowUp,
    prepare=prepare_follow_up,
    templates={"follow_up.md.j2": FollowUpContext},
    check_with=check_follow_up,
    references_of=_references,
    mentions_in=_mentions,
    names=("case", "policy"),
    shown_with=_shown,
    public_with=open_part,
    hindrances=uncounted_figures,
    misnamed_hint=_misnamed,
    skeleton=Skeleton(
        help="Laver content/follow_ups/ÅR.yaml med alle indsatsområder og sidste års status ved siden af.",
        metavar="ÅR",
        example="2024",
        write=_new,
        variants=_policies,
        variants_help="Politikken, der følges op på; behøves kun, når flere gælder i året.",
        option="--policy",
        check_name=_check_year,
    ),
)
