"""The ids that a content folder knows, with what they are called, for editors to complete."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from docgen.content.content import Content
from docgen.content.profile import CaseProfile
from docgen.kinds.case.model import Case
from docgen.kinds.follow_up.model import FollowUp
from docgen.kinds.policy.model import Policy

KnownIds = Mapping[str, Mapping[str, str]]
"""By what a field says of its `ids`: each id with its name."""
NONE_KNOWN: KnownIds = MappingProxyType({})
_MEANINGS = {
    "adopted": "vedtaget",
    "rejected": "forkastet",
    "amended": "vedtaget med ændring",
    "recommended": "anbefalet",
    "postponed": "udsat",
    "noted": "taget til efterretning",
    "withdrawn": "trukket tilbage",
}


def known_ids(content: Content) -> KnownIds:
    """The ids of what is valid in a folder: its documents, its register of names, and its profile."""
    bodies, profile = content.organisation.bodies, content.settings.cases
    senders = [body for body in bodies if body.kind in ("administration", "centre")]
    documents = {f"policy/{id}": str(policy.title) for id, policy in content.all(Policy).items()}
    documents |= {f"follow-up/{id}": str(follow_up.title) for id, follow_up in content.all(FollowUp).items()}
    annexes = sorted(path.removeprefix("annexes/") for path in content.files if path.startswith("annexes/"))
    found = {
        "administrations": {str(body.id): str(body.name) for body in senders},
        "annexes": dict.fromkeys(annexes, "fil i content/annexes"),
        "bodies": {str(body.id): str(body.name) for body in bodies if body.kind in ("committee", "council")},
        "cases": {id: str(case.public_title or case.title) for id, case in content.all(Case).items()},
        "documents": documents,
        **(_of_profile(profile) if profile is not None else {}),
    }
    return {ids: offered for ids, offered in found.items() if offered}


def _of_profile(profile: CaseProfile) -> dict[str, dict[str, str]]:
    """What a municipality has chosen to call things."""
    lead_ins = profile.lead_ins
    return {
        "amendments": {str(word.id): str(word.moved) for word in profile.words.amendments},
        "case-kinds": {str(id): str(kind.label) for id, kind in profile.kinds.items()},
        "conditions": {str(id): str(text) for id, text in profile.declarations.stock.items()},
        "lead-ins": {
            "decides": str(lead_ins.decides),
            "recommends": str(lead_ins.recommends),
            **{str(id): str(text) for id, text in lead_ins.others.items()},
        },
        "outcomes": {str(outcome.word): _MEANINGS[outcome.meaning] for outcome in profile.outcomes},
        "parties": {str(party.letter): str(party.name) for party in profile.parties},
        "sections": {str(section.id): str(section.heading) for section in profile.sections},
    }
