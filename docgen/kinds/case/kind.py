"""The kind `case`: a file a case, with a rendering for each committee on its way."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from docgen.content.content import Content
from docgen.content.documents import ContentFile
from docgen.kinds.case.issuing import closed_texts
from docgen.kinds.case.model import Case, CaseFile
from docgen.kinds.case.prepare import attachments, prepare_case, said_by_rendering
from docgen.kinds.case.public import neutral_name, open_part
from docgen.kinds.case.references import attached_files, case_mentions, case_references
from docgen.kinds.case.route import rendering_names
from docgen.kinds.case.shown import shown_by_case
from docgen.kinds.case.views import CaseContext
from docgen.kinds.kind import Kind, Skeleton
from docgen.problems import Problem


def _new(content: Content, name: str, variant: str, day: datetime.date) -> str:
    from docgen.kinds.case.skeleton import new_case

    return new_case(content, variant, day)


def _check(case: Case, content: Content) -> Iterator[Problem]:
    from docgen.kinds.case.checks import check_case

    return check_case(case, content)


def case_kinds(content: Content) -> dict[str, str]:
    """The kinds of case that the municipality has, each with what it is called."""
    profile = content.settings.cases
    return {} if profile is None else {str(id): str(kind.label) for id, kind in profile.kinds.items()}


CASE = Kind(
    name="case",
    folder="cases",
    files=(ContentFile("case", r"([^/]+)\.yaml", CaseFile, "Sag (cases/navn.yaml)"),),
    model=Case,
    prepare=prepare_case,
    templates={"case.md.j2": CaseContext},
    check_with=_check,
    references_of=case_references,
    mentions_in=case_mentions,
    attached_in=attached_files,
    names=("policy", "follow-up"),
    renderings=rendering_names,
    said_in=said_by_rendering,
    attachments=attachments,
    public_with=open_part,
    shown_with=shown_by_case,
    neutral_name=neutral_name,
    closed_texts=closed_texts,
    skeleton=Skeleton(
        help="Laver content/cases/ID.yaml.",
        metavar="ID",
        example="2024-innovation",
        write=_new,
        variants=case_kinds,
        variants_help="Slagsen af sag, som settings.yaml har den, fx decision, briefing eller motion.",
    ),
)
