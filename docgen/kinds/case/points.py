"""Which at-points each body gets, under which lead-ins and with which numbers (DOMAIN 1.3).

The case has its at-points once, each with an id. A body gets those that are addressed to it, or those that its
treatment chooses, and they are numbered from 1 in its own paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from docgen import danish
from docgen.kinds.case.model import Case, ChosenGroup, Point, PointGroup, Treatment, TreatmentRole
from docgen.structs import Struct

GOES_ON = "recommends"
"""The lead-in of at-points that go on to the next body."""


class BodyPoint(Struct, frozen=True):
    """An at-point as one body gets it: the case's point, and the words that it has there."""

    point: Point
    text: str


class BodyGroup(Struct, frozen=True):
    """At-points as one body gets them: who recommends (empty: as the treatment says), the bodies addressed together
    (empty: this one), the lead-in's name (empty: as the body's role says), and the points."""

    by: tuple[str, ...]
    to: tuple[str, ...]
    lead_in: str
    points: tuple[BodyPoint, ...]


def all_points(case: Case) -> Iterator[Point]:
    """The at-points of a case in order, without those inside them."""
    for group in case.recommendation:
        yield from group.points


def groups_for(case: Case, treatment: Treatment) -> tuple[BodyGroup, ...]:
    """What a body gets in its treatment. Points that are chosen but do not exist are left out (an error)."""
    if treatment.recommendation:
        known = {str(point.id): point for point in all_points(case)}
        groups = tuple(_chosen(group, known) for group in treatment.recommendation)
    elif treatment.declaration:
        return ()
    else:
        groups = tuple(_given(group) for group in case.recommendation if _is_for(group, case, treatment))
    if treatment.role is TreatmentRole.COUNCIL and groups:
        points = tuple(point for group in groups for point in group.points)
        return (BodyGroup(groups[0].by, (), "", points),)
    return groups


def numbers_in(groups: Sequence[BodyGroup]) -> dict[str, int]:
    """The numbers of at-points by id; they run on through all groups."""
    points = (found.point for group in groups for found in group.points)
    return {str(point.id): number for number, point in enumerate(points, 1)}


def in_words(numbers: Iterable[int]) -> str:
    """Numbers of at-points as a sentence has them: `1.`, `1. og 2.`, `1.-12. og 14.`"""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown: list[str] = []
    for run in runs:
        shown += [f"{run[0]}.-{run[-1]}."] if len(run) > 2 else [f"{number}." for number in run]
    return danish.enumerate(shown)


def _is_for(group: PointGroup, case: Case, treatment: Treatment) -> bool:
    """Whether a body gets a group of the case: the council those that go on, where some of the others do not."""
    if treatment.role is TreatmentRole.COUNCIL:
        return group.lead_in is None or str(group.lead_in) == GOES_ON
    return not group.to or str(treatment.body) in map(str, group.to)


def _given(group: PointGroup) -> BodyGroup:
    points = tuple(BodyPoint(point, point.text) for point in group.points)
    return BodyGroup(group.by, group.to, str(group.lead_in or ""), points)


def _chosen(group: ChosenGroup, known: dict[str, Point]) -> BodyGroup:
    points = tuple(
        BodyPoint(known[str(item.id)], item.text or known[str(item.id)].text)
        for item in group.points
        if str(item.id) in known
    )
    return BodyGroup(group.by, group.to, str(group.lead_in or ""), points)
