"""What a follow-up has besides statuses and figures, as its template sees it: actions, risks, economy, boxes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal

from docgen import danish
from docgen.content.computed import Computed, computed, label
from docgen.content.content import Content
from docgen.kinds.follow_up.model import Action, ActionStatus, Economy, EconomyRow, FollowUp, Story
from docgen.kinds.follow_up.sentences import number, unit_head
from docgen.kinds.follow_up.views import (
    ActionView,
    EconomyRowView,
    EconomyView,
    RecommendationView,
    RiskView,
    StoryView,
)
from docgen.kinds.policy.model import FocusArea
from docgen.template_values import Mark, placed

_SIGNS = {
    ActionStatus.NOT_BEGUN: ("–", "neutral"),
    ActionStatus.UNDER_WAY: ("→", "good"),
    ActionStatus.DONE: ("✓", "good"),
    ActionStatus.DROPPED: ("÷", "neutral"),
    ActionStatus.UNFILLED: ("…", "neutral"),
}


def is_overdue(action: Action, day: datetime.date) -> bool:
    """Whether an action's deadline is past on a day, and it is still to be done."""
    return action.is_open() and action.due is not None and action.due < day


def actions_of(content: Content, follow_up: FollowUp, areas: Mapping[str, FocusArea]) -> tuple[ActionView, ...]:
    """Every action in the order of the file."""
    return tuple(_action(content, follow_up, areas, action) for action in follow_up.actions)


def _action(content: Content, follow_up: FollowUp, areas: Mapping[str, FocusArea], action: Action) -> ActionView:
    sign, tone = _SIGNS[action.status]
    area = areas.get(str(action.area)) if action.area is not None else None
    view = ActionView(
        text=action.text,
        area="–" if area is None else computed(str(area.lead).rstrip("."), area.lead),
        responsible=label(content.organisation.body(action.responsible, follow_up.date), "name"),
        due=_due(action, follow_up),
        status=Mark(f"{sign} {action.status}", tone, action.origin_of("status")),
        note=action.note or "",
    )
    return placed(view, action)


def _due(action: Action, follow_up: FollowUp) -> str:
    if action.due is None:
        return "–"
    place, words = action.origin_of("due"), danish.date(action.due, "short")
    return (
        Mark(f"! {words}, overskredet", "bad", place) if is_overdue(action, follow_up.date) else Computed(words, place)
    )


def action_counts(follow_up: FollowUp) -> str:
    """How far the actions are, in sentences; empty where there are none."""
    if not follow_up.actions:
        return ""
    statuses = [action.status for action in follow_up.actions]
    counts = danish.enumerate(f"{statuses.count(status)} {status}" for status in ActionStatus if status in statuses)
    words = f"{_actions(len(statuses))}: {counts}."
    if late := sum(is_overdue(action, follow_up.date) for action in follow_up.actions):
        words += f" Fristen er overskredet for {_actions(late)}."
    return computed(words, follow_up.origin_of("actions"))


def _actions(number: int) -> str:
    return f"{number} handling{'' if number == 1 else 'er'}"


def recommendations_of(content: Content, follow_up: FollowUp) -> tuple[RecommendationView, ...]:
    """What is recommended, and to whom."""
    return tuple(
        placed(RecommendationView(item.text, _name(content, item.to, follow_up) if item.to else ""), item)
        for item in follow_up.recommendations
    )


def _name(content: Content, id: str, follow_up: FollowUp) -> Computed:
    return label(content.organisation.body(id, follow_up.date), "name")


def risks_of(follow_up: FollowUp) -> tuple[RiskView, ...]:
    """The risks in the order of the file."""
    return tuple(
        placed(RiskView(risk.text, risk.likelihood, risk.consequence, risk.response or "–"), risk)
        for risk in follow_up.risks
    )


def economy_of(economy: Economy) -> EconomyView:
    """Budget and expenses with the differences and the total, each with the same number of decimals."""
    values = [value for row in economy.rows for value in (row.budget, row.spent)]
    places = max(max(0, -int(value.as_tuple().exponent)) for value in values)
    budget, spent = (sum((getattr(row, name) for row in economy.rows), Decimal(0)) for name in ("budget", "spent"))
    total = EconomyRowView("I alt", number(budget, places), number(spent, places), number(budget - spent, places))
    view = EconomyView(
        unit=computed(f"{unit_head(str(economy.unit))}, {economy.price_level}", economy.unit),
        rows=tuple(_economy_row(row, places) for row in economy.rows),
        total=placed(total, economy),
        note=economy.note or "",
    )
    return placed(view, economy)


def _economy_row(row: EconomyRow, places: int) -> EconomyRowView:
    made = EconomyRowView(
        row.label, number(row.budget, places), number(row.spent, places), number(row.budget - row.spent, places)
    )
    return placed(made, row)


def stories_of(follow_up: FollowUp, chapter: str | None) -> tuple[StoryView, ...]:
    """The boxes of a chapter, or those of none."""
    chosen = (box for box in follow_up.boxes if (str(box.chapter) if box.chapter is not None else None) == chapter)
    return tuple(map(_story, chosen))


def _story(box: Story) -> StoryView:
    return placed(StoryView(box.title, box.text), box)
