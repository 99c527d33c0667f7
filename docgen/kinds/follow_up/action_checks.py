"""Rules of what a follow-up has besides statuses and figures: actions, recommendations and boxes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.content.organisation import Organisation
from docgen.content.scalar import place_of
from docgen.kinds.follow_up.model import FollowUp
from docgen.kinds.follow_up.registers import check_administration, check_body, unknown
from docgen.kinds.policy.model import Policy
from docgen.problems import Origin, Problem, elsewhere

_MATRIX_ONLY = ("actions", "recommendations", "risks", "economy", "boxes", "closing")
_INDICATOR_ONLY = ("milestones", "comparisons")


def check_form(follow_up: FollowUp, form: str) -> Iterator[Problem]:
    """A Problem for each field that the earlier form of reports would leave out."""
    if form == "matrix":
        return
    models = [(follow_up, _MATRIX_ONLY), *((item, _INDICATOR_ONLY) for item in follow_up.indicators)]
    for model, names in models:
        for name in names:
            if getattr(model, name):
                yield _not_shown(model.origin_of(name), name)
    for indicator in follow_up.indicators:
        for figure in indicator.series:
            for name in ("forecast", "by_unit"):
                if getattr(figure, name):
                    yield _not_shown(figure.origin_of(name), name)


def _not_shown(place: Origin, name: str) -> Problem:
    hint = "skriv follow_ups: {form: matrix} i settings.yaml"
    return Problem(place, f"{name} vises ikke i den form, opfølgninger har nu", hint)


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
