"""A case's way through the bodies: which of its treatments are written out, what each is called, and who comes next."""

from __future__ import annotations

import datetime
from collections import Counter

from docgen.document_id import DocumentId
from docgen.kinds.case.model import HEARING, Case, Treatment

_ONWARD = ("declares", "recommends", "council")


def renderings(case: Case) -> tuple[Treatment, ...]:
    """The treatments that a case is written out for: all but the hearing and what began it."""
    return tuple(item for item in case.treatments if item.role not in HEARING) or case.treatments


def rendering_names(case: Case) -> tuple[str, ...]:
    """The names of all renderings: the bodies, or none where there is only one.

    A body that the case comes back to has the date after its name from the second time on (a number where that is not
    known), so that the first keeps its name.
    """
    found = renderings(case)
    if len(found) == 1:
        return ("",)
    times: Counter[str] = Counter()
    names = []
    for item in found:
        body = str(item.body)
        times[body] += 1
        again = item.date.isoformat() if isinstance(item.date, datetime.date) else str(times[body])
        names.append(body if times[body] == 1 else f"{body}-{again}")
    return tuple(names)


def treatment_of(case: Case, rendering: str) -> Treatment:
    """The treatment that a rendering is for; a body's name means the first time there. Raises KeyError for a body that
    the case does not come to."""
    found, names = renderings(case), rendering_names(case)
    if not rendering:
        return found[0]
    try:
        return found[names.index(rendering)]
    except ValueError:
        if len(found) == 1 and str(found[0].body) == rendering:
            return found[0]
        raise KeyError(rendering) from None


def rendering_id(case: Case, treatment: Treatment) -> DocumentId:
    """The id of the rendering for a treatment; the only one needs no body in its id."""
    number = next(at for at, item in enumerate(renderings(case)) if item is treatment)
    return DocumentId("case", str(case.id), rendering_names(case)[number])


def treatment_at(case: Case, body: str, day: datetime.date | None) -> Treatment | None:
    """A case's treatment in a body on a day, or else its first one there, if it comes there."""
    found = [item for item in case.treatments if str(item.body) == str(body) and item.role not in HEARING]
    return next((item for item in found if item.date == day), found[0] if found else None)


def before(case: Case, treatment: Treatment) -> tuple[Treatment, ...]:
    """The treatments before one."""
    number = next(at for at, item in enumerate(case.treatments) if item is treatment)
    return case.treatments[:number]


def heard_before(case: Case, treatment: Treatment) -> tuple[Treatment, ...]:
    """The treatments before one, as its paper can tell of them: not that of a committee which gets the case together
    with it and meets on the same day."""
    together = _together(case, treatment)
    return tuple(
        item
        for item in before(case, treatment)
        if item.date is None or item.date != treatment.date or str(item.body) not in together
    )


def onward(case: Case, treatment: Treatment) -> tuple[Treatment, ...]:
    """The treatments after one that declare themselves, recommend or are the council's, each body once."""
    number = next(at for at, item in enumerate(case.treatments) if item is treatment)
    together = _together(case, treatment)
    found: dict[str, Treatment] = {}
    for item in case.treatments[number + 1 :]:
        if item.role in _ONWARD and str(item.body) not in together:
            found.setdefault(str(item.body), item)
    return tuple(found.values())


def _together(case: Case, treatment: Treatment) -> set[str]:
    """A treatment's body and those that at-points are addressed to together with it."""
    body = str(treatment.body)
    groups = [set(map(str, group.to)) for group in case.recommendation]
    groups += [set(map(str, group.to)) for group in treatment.recommendation]
    return {body, *(id for group in groups if body in group for id in group)}
