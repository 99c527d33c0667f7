"""What is left of a policy in the source of a document that attaches it: what it is called, and its day."""

from __future__ import annotations

from docgen.content.fields import fields_of
from docgen.kinds.document_fields import ELIDED, ELIDED_ID
from docgen.kinds.policy.model import Policy
from docgen.structs import replace

_KEPT = ("id", "title", "version", "status", "date", "period")


def dated_part(policy: Policy) -> Policy:
    """A policy with its title, its version and its day. What must be there beside them is a sign for what is left out:
    a summary, and a profile, for without one a policy has its parts in files of their own."""
    nothing = {
        field.name: field.default
        for field in fields_of(type(policy)).values()
        if not field.required and field.name not in _KEPT
    }
    return replace(policy, **{**nothing, "summary": ELIDED, "profile": ELIDED_ID})
