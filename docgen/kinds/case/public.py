"""The open part of a case: what stands in the place of what is closed in it, and what a closed one is called."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping

from docgen.content.fields import Model
from docgen.content.profile import CaseProfile
from docgen.content.scalar import Scalar
from docgen.kinds.case.decision_model import Amendment, Decision, MinuteStatement, Outcome
from docgen.kinds.case.decisions import fill
from docgen.kinds.case.model import Case, CaseFile, CaseSection, ChosenPoint, Point
from docgen.kinds.case.points import all_points
from docgen.kinds.document_fields import Annex
from docgen.kinds.public import Disclosure, moved, neutral_id, public_part, with_texts

_CITED = re.compile(r"\{([Bb]ilag):([a-z0-9-]+)\}")
_NO_NAME = re.compile(r"[^a-z0-9]+")
CLOSED_ANNEX = "Ikke offentligt"
"""What a closed annex is called where everybody can read it."""


def open_part(case: Case, disclosure: Disclosure) -> Case:
    """A case as the public may see it.

    A closed case keeps only its number, date, committee and a harmless title (DOMAIN 4.4); a closed passage is a
    sentence with the reason; a closed annex keeps its number. Neither a closed case nor a closed annex keeps its id.
    """
    profile = disclosure.settings.cases
    assert profile is not None  # checked when the content was loaded
    name = disclosure.name_of("case", case.id)
    ids = {} if case.closed is not None else _annex_ids(case)
    others = {} if case.closed is not None else _point_ids(case)

    def stand_ins(model: Model) -> Mapping[str, object]:
        match model:
            case CaseFile(closed=closed) if closed is not None:
                title = case.public_title or profile.closed_case
                return {"id": name, "title": title, "summary": f"Sagen er lukket: {_reason(closed.reason)}."}
            case CaseSection(closed=closed) if closed is not None:
                return {"text": fill(profile.closed_passage, grund=_reason(closed.reason))}
            case Annex(closed=closed, id=id) if closed is not None:
                return {"id": ids[str(id)], "title": CLOSED_ANNEX}
            case Point(closed=closed, id=id) if closed is not None:
                return {"id": others[str(id)], "text": fill(profile.closed_point, grund=_reason(closed.reason))}
            case Decision(closed=closed) if closed is not None:
                return {"text": fill(profile.closed_decision, grund=_reason(closed.reason))}
            case MinuteStatement(closed=closed) if closed is not None:
                return {"text": fill(profile.closed_statement, grund=_reason(closed.reason))}
        return _without_closed_points(model, others)

    shown = public_part(case, stand_ins)
    if ids or others:
        steps = {f"@{id}": f"@{new}" for id, new in {**others, **ids}.items()}
        shown = with_texts(moved(shown, steps), lambda text: _cited(text, ids))
    return moved(shown, {}, f"content/cases/{name}.yaml") if name != case.id else shown


def closed_parts(case: Case, profile: CaseProfile) -> Iterator[str]:
    """What of a case is not public, in words with the reason: `bilag 2 (offentlighedsloven § 30)`."""
    if case.closed is not None:
        yield f"hele sagen ({_reason(case.closed.reason)})"
        return
    headings = {str(section.id): str(section.heading) for section in profile.sections}
    for section in case.sections:
        if section.closed is not None:
            yield f"{headings.get(str(section.id), section.id)} ({_reason(section.closed.reason)})"
    for number, point in enumerate(all_points(case), 1):
        if point.closed is not None:
            yield f"at-punkt {number} ({_reason(point.closed.reason)})"
    for item in case.treatments:
        decision = item.decision
        if decision is not None and decision.closed is not None:
            yield f"beslutningen fra {item.body} ({_reason(decision.closed.reason)})"
        for number, statement in enumerate(decision.statements if decision is not None else (), 1):
            if statement.closed is not None:
                yield f"protokolbemærkning {number} fra {item.body} ({_reason(statement.closed.reason)})"
    for number, annex in enumerate(case.annexes, 1):
        if annex.closed is not None:
            yield f"bilag {number} ({_reason(annex.closed.reason)})"
    if case.case_officer is not None:
        yield "sagsbehandler"


def neutral_name(case: Case) -> str:
    """What a closed case is called where everybody can read it: its number, or a hash of what is open in it and stays
    as it is from version to version; empty for an open one."""
    if case.closed is None:
        return ""
    if number := case.document_number or case.case_number:
        return f"lukket-{_NO_NAME.sub('-', str(number).lower()).strip('-')}"
    stays = [
        str(case.public_title or ""),
        str(case.kind),
        [[str(item.body), str(item.role)] for item in case.treatments],
    ]
    return f"lukket-{hashlib.sha256(json.dumps(stays).encode()).hexdigest()[:8]}"


def _annex_ids(case: Case) -> dict[str, str]:
    """The neutral ids of the closed annexes, by their own: `bilag-2`, after the place in the list."""
    taken = {str(annex.id) for annex in case.annexes}
    numbered = list(enumerate(case.annexes, 1))
    return {str(annex.id): neutral_id(f"bilag-{number}", taken) for number, annex in numbered if annex.closed}


def _point_ids(case: Case) -> dict[str, str]:
    """The neutral ids of the closed at-points, by their own: `lukket-punkt-2`, after the place in the list."""
    points = list(all_points(case))
    taken = {str(point.id) for point in points}
    return {
        str(point.id): neutral_id(f"lukket-punkt-{number}", taken)
        for number, point in enumerate(points, 1)
        if point.closed is not None
    }


def _without_closed_points(model: Model, ids: Mapping[str, str]) -> Mapping[str, object]:
    """What refers to closed at-points by neutral ids, without words that another body's paper has of them."""
    if not ids:
        return {}
    match model:
        case ChosenPoint(id=id) if str(id) in ids:
            return {"id": ids[str(id)], "text": None}
        case Outcome(point=point, points=points):
            renamed = tuple(ids.get(str(id), id) for id in points)
            return {"point": ids.get(str(point), point), "points": renamed}
        case Amendment(points=points):
            return {"points": tuple(ids.get(str(id), id) for id in points)}
        case _:
            return {}


def _cited(text: str, ids: Mapping[str, str]) -> str:
    """A text that names closed annexes by their neutral ids."""
    if not any(found[2] in ids for found in _CITED.finditer(text)):
        return text
    cited = _CITED.sub(lambda found: f"{{{found[1]}:{ids.get(found[2], found[2])}}}", text)
    return Scalar(cited, text.origin, text.plain) if isinstance(text, Scalar) else cited


def _reason(text: str) -> str:
    return str(text).rstrip(".")
