"""Rules of what a follow-up has besides statuses and figures: actions, recommendations and boxes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.content.organisation import Organisation
from docgen.content.scalar import place_of
from docgen.kinds.follow_up.model import FollowUp
from docgen.kinds.follow_up.registers import check_administration, check_body, unknown
from docgen.kinds.policy.model import Policy
from docgen.problems import Origin, Problem, elsewhere


def check_actions(follow_up: FollowUp, policies: Sequence[Policy], organisation: Organisation) -> Iterator[Problem]:
    """A Problem for each id that is used twice, and each that names nothing."""
    chapters = {str(chapter.id): chapter for policy in policies for chapter in policy.chapters}
    areas = [str(area.id) for chapter in chapters.values() for area in chapter.focus_areas]
    seen: dict[str, Origin] = {}
    for action in follow_up.actions:
        place = place_of(action.id)
        if (first := seen.setdefault(str(action.id), place)) is not place:
            yield Problem(place, f"id'et '{action.id}' bruges to gange{elsewhere(first, place)}", "giv det et andet id")
        if action.area is not None and str(action.area) not in areas:
            yield unknown(action.area, "indsatsområdet", areas)
        yield from check_administration(action.responsible, follow_up, organisation)
    for recommendation in follow_up.recommendations:
        if recommendation.to is not None:
            yield from check_body(recommendation.to, follow_up, organisation)
    for box in follow_up.boxes:
        if box.chapter is not None and str(box.chapter) not in chapters:
            yield unknown(box.chapter, "værdien", list(chapters))
