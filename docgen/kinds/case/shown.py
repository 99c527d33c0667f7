"""What of a case, and of what it refers to, is shown: by its own rendering, and by documents that only name it.

What is shown nowhere does not go along in a document's source either, so it neither tells nor changes anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from docgen.content.content import Content
from docgen.content.fields import Model, texts_of, without_fields
from docgen.document_id import DocumentId, parse_id
from docgen.kinds.case.model import Case, Treatment
from docgen.kinds.case.prepare import said_by_rendering
from docgen.kinds.follow_up import periods
from docgen.kinds.follow_up.model import FollowUp
from docgen.kinds.follow_up.quoted import quoted_part
from docgen.kinds.policy.dated import dated_part
from docgen.kinds.policy.model import Policy
from docgen.structs import replace

_QUOTED = re.compile(rf"\{{opfoelgning:({periods.ID}):([a-z0-9:-]+)\}}")
_OF_THE_PAPER = ("summary", "sections", "signatures", "contact", "history", "kle", "case_officer")
_OF_THE_DECISION = ("recommendation", "asked", "moved_by")
_OF_A_TREATMENT = (
    *("summary", "by", "recommendation", "declaration", "conditions", "recommended_by", "note", "decision"),
)


def shown_by_case(content: Content, id: DocumentId) -> Mapping[DocumentId, Model]:
    """A case as one of its renderings says it, and of each document that it quotes or attaches what it shows: the
    words and figures that are quoted, and the day. Raises KeyError for a rendering that there is none of."""
    own = said_by_rendering(content.all(Case)[id.name], id.rendering)
    return {id.document: own, **shown_by_cases(content, [own])}


def shown_by_cases(content: Content, cases: Iterable[Case]) -> Mapping[DocumentId, Model]:
    """What some cases, as they are shown, show of the documents that they quote or attach."""
    cases = tuple(cases)
    quoted: dict[str, set[str]] = {}
    for year, key in _QUOTED.findall("\n".join(text for case in cases for text in texts_of(case))):
        quoted.setdefault(year, set()).add(key)
    attached = {parse_id(str(annex.document)).document for case in cases for annex in case.annexes if annex.document}
    found: dict[DocumentId, Model] = {}
    for id, document in content.documents.items():
        if isinstance(document, FollowUp) and (id.name in quoted or id in attached):
            found[id] = quoted_part(document, quoted.get(id.name, ()))
        elif isinstance(document, Policy) and id in attached:
            found[id] = dated_part(document)
    return found


def decided_part(case: Case) -> Case:
    """A case as minutes show it: its at-points and decisions, and the list of its annexes."""
    return without_fields(case, _OF_THE_PAPER)


def listed_part(case: Case) -> Case:
    """A case as an agenda shows it: what it is called, who treats it when, and the list of its annexes."""
    return replace(
        without_fields(case, (*_OF_THE_PAPER, *_OF_THE_DECISION)), treatments=tuple(map(_coming, case.treatments))
    )


def named_part(case: Case) -> Case:
    """A case as a document shows it that only names it: what it is called."""
    return without_fields(listed_part(case), ("annexes",))


def _coming(treatment: Treatment) -> Treatment:
    """A treatment without what was said and decided in it."""
    return without_fields(treatment, _OF_A_TREATMENT)
