"""The open part of a follow-up: all of it, with the closed cases that it names under their neutral names."""

from __future__ import annotations

from collections.abc import Mapping

from docgen.content.fields import Model
from docgen.kinds.follow_up.model import AreaFollowUp, FollowUp
from docgen.kinds.public import Disclosure, public_part


def open_part(follow_up: FollowUp, disclosure: Disclosure) -> FollowUp:
    """A follow-up as the public may see it."""

    def stand_ins(model: Model) -> Mapping[str, object]:
        if not isinstance(model, AreaFollowUp):
            return {}
        names = tuple(disclosure.name_of("case", id) for id in model.cases)
        return {} if names == model.cases else {"cases": names}

    return public_part(follow_up, stand_ins)
