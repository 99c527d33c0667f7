"""Rules of at-points: ids, levels, lead-ins, who is addressed, and what each body's treatment chooses of them."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.content.profile import CaseProfile
from docgen.content.scalar import place_of
from docgen.content.validation import meant
from docgen.kinds.case.decision_checks import again
from docgen.kinds.case.model import HEARING, Case, ChosenGroup, Condition, Point, PointGroup, Treatment
from docgen.kinds.case.points import all_points
from docgen.problems import Problem, elsewhere

_LEVELS = 3
_LEAD_INS = ("decides", "recommends", "declares", "council")


def check_points(case: Case, profile: CaseProfile) -> Iterator[Problem]:
    """Every problem in the at-points of a case and of its treatments."""
    points = list(all_points(case))
    ids = [*(point.id for outer in points for point in _inside(outer)), *(annex.id for annex in case.annexes)]
    for id, first in again(ids):
        shown = f"id'et '{id}' bruges to gange{elsewhere(first, place_of(id))}"
        yield Problem(place_of(id), shown, "giv det ene et andet id")
    yield from _twice(case)
    for point in points:
        for deep in _at_level(point, _LEVELS):
            if deep.points:
                place = deep.origin_of("points")
                yield Problem(place, f"at-punkter har højst {_LEVELS} niveauer", "gør underpunkterne fladere")
    lead_ins = [*_LEAD_INS, *map(str, profile.lead_ins.others)]
    chosen = [group for item in case.treatments for group in item.recommendation]
    groups: tuple[PointGroup | ChosenGroup, ...] = (*case.recommendation, *chosen)
    for group in groups:
        if group.lead_in is not None and str(group.lead_in) not in lead_ins:
            hint = meant(str(group.lead_in), lead_ins, f"vælg {', '.join(lead_ins)}")
            yield Problem(place_of(group.lead_in), f"der er ingen indledning '{group.lead_in}'", hint)
    for treatment in case.treatments:
        yield from _choice(treatment, [str(point.id) for point in points])
        for condition in (*treatment.declaration, *(treatment.conditions or ())):
            yield from _condition(condition, profile)


def _twice(case: Case) -> Iterator[Problem]:
    """A body has a case several times, on several days."""
    seen: dict[tuple[str, object], Treatment] = {}
    for item in case.treatments:
        if item.role in HEARING:
            continue
        first = seen.setdefault((str(item.body), item.date), item)
        if first is not item:
            shown = f"'{item.body}' står to gange på sagens vej{elsewhere(place_of(first.body), place_of(item.body))}"
            yield Problem(
                place_of(item.body), f"{shown} med samme dato", "skriv hver behandlings date, eller slet den ene"
            )


def _choice(treatment: Treatment, known: list[str]) -> Iterator[Problem]:
    ids = [item.id for group in treatment.recommendation for item in group.points]
    for id in ids:
        if str(id) not in known:
            hint = meant(str(id), known, f"vælg {', '.join(known) or 'intet'}")
            yield Problem(place_of(id), f"der er intet at-punkt '{id}' i sagens recommendation", hint)
    for id, first in again(ids):
        shown = f"at-punktet '{id}' er valgt to gange{elsewhere(first, place_of(id))}"
        yield Problem(place_of(id), shown, "slet det ene")


def _condition(item: Condition, profile: CaseProfile) -> Iterator[Problem]:
    stock = list(map(str, profile.declarations.stock))
    if (item.stock is None) == (item.text is None):
        hint = "skriv enten stock (navnet på en fast betingelse) eller text"
        yield Problem(item.origin, "betingelsen skal være enten fast eller skrevet ud", hint)
    elif item.stock is not None and str(item.stock) not in stock:
        hint = meant(str(item.stock), stock, f"vælg {', '.join(stock) or 'intet'}, eller skriv text")
        yield Problem(place_of(item.stock), f"der er ingen fast betingelse '{item.stock}' i settings.yaml", hint)


def _inside(point: Point) -> Iterator[Point]:
    yield point
    for inner in point.points:
        yield from _inside(inner)


def _at_level(point: Point, level: int) -> Iterator[Point]:
    """The points at a level, of which the outermost is the first."""
    if level == 1:
        yield point
    else:
        for inner in point.points:
            yield from _at_level(inner, level - 1)
