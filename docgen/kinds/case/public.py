"""The open part of a case: what is left when everything closed is taken out, and the YAML source of just that."""

from __future__ import annotations

from typing import Any

from docgen.content.computed import computed, label
from docgen.content.fields import to_plain, with_more
from docgen.content.profile import CaseProfile
from docgen.content.yaml_reader import dump_yaml
from docgen.kinds.case.decisions import fill
from docgen.kinds.case.model import Case, CaseSection
from docgen.kinds.document_fields import Annex
from docgen.structs import replace


class OpenCase(Case):
    """A case without closed matter; `source` is its own YAML, for the original holds what must not be seen."""

    source: bytes = b""


def open_part(case: Case, profile: CaseProfile) -> OpenCase:
    """A case as the public may see it.

    A closed case keeps only its number, date, committee and a harmless title (DOMAIN 4.4); a closed passage is a
    sentence with the reason; a closed annex keeps its number. The case officer is left out (DOMAIN 4.3).
    """
    changes: dict[str, Any] = {"case_officer": None}
    if case.closed is not None:
        title = case.public_title or label(profile, "closed_case")
        changes |= {
            "title": title,
            "short_title": None,
            "summary": computed(f"Sagen er lukket: {str(case.closed.reason).rstrip('.')}.", case.closed.reason),
            "recommendation": (),
            "sections": (),
            "annexes": (),
            "signatures": (),
            "history": (),
            "treatments": tuple(replace(item, decision=None) for item in case.treatments),
        }
    else:
        changes["sections"] = tuple(_open_section(section, profile) for section in case.sections)
        changes["annexes"] = tuple(_open_annex(annex) for annex in case.annexes)
    kept = replace(case, **changes)
    return with_more(kept, OpenCase, source=_yaml(kept))


def has_closed_matter(case: Case) -> bool:
    """Whether the public edition differs from the case as it was written."""
    closed = (case.closed, *(item.closed for item in case.sections), *(item.closed for item in case.annexes))
    return case.case_officer is not None or any(closed)


def _open_section(section: CaseSection, profile: CaseProfile) -> CaseSection:
    if section.closed is None:
        return section
    reason = section.closed.reason
    text = fill(profile.closed_passage, grund=str(reason).rstrip("."))
    return replace(section, text=computed(text, reason))


def _open_annex(annex: Annex) -> Annex:
    if annex.closed is None:
        return annex
    return replace(
        annex, title=computed("Ikke offentligt", annex.closed.reason), file=None, document=None, version=None
    )


def _yaml(case: Case) -> bytes:
    return dump_yaml(to_plain(case, leave_out=("id",)))
