"""What a body's decision shows: who took part, what was moved, what became of it, and what was said for the minutes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docgen.content.profile import CaseProfile, KindProfile
from docgen.kinds.case import decisions
from docgen.kinds.case.decision_model import Amendment, MinuteStatement
from docgen.kinds.case.model import Case, Treatment
from docgen.kinds.case.views import DecisionView, MovedView, StatementView
from docgen.structs import Struct


class Said(Struct, frozen=True):
    """A remark for the minutes, and the treatment it was made in."""

    statement: MinuteStatement
    treatment: Treatment


def decision_view(
    case: Case,
    treatment: Treatment,
    profile: CaseProfile,
    kind: KindProfile,
    numbers: Mapping[str, int],
    name: decisions.NameOf,
    council: str,
) -> DecisionView:
    """The decision of a treatment that has one; `numbers` are the at-points' there, `name` gives a body's name."""
    decision = treatment.decision
    assert decision is not None  # asked by the caller
    words = profile.words_in(treatment.body)
    wording = decisions.Wording(
        profile=profile,
        words=words,
        kind=kind,
        numbers=numbers,
        name=name,
        body=name(treatment.body, treatment),
        council=council,
        moved=amendments_of(case),
    )
    return DecisionView(
        heading=decisions.decision_heading(name(treatment.body, treatment), treatment, words),
        sentences=tuple(decisions.sentences(decision, wording)) if decision.text is None else (),
        statements=tuple(_statement(item, case, wording) for item in decision.statements),
        remarks=decision.remarks,
        participants=decision.participants,
        moved=tuple(_moved(item, wording) for item in decision.amendments),
        text=decision.text or "",
    )


def amendments_of(case: Case) -> dict[str, Amendment]:
    """Everything that was moved in a case, by id, and by its label where no other has that."""
    found: dict[str, Amendment] = {}
    for item in _decided(case):
        for amendment in item.decision.amendments if item.decision else ():
            found[str(amendment.id)] = amendment
            found.setdefault(str(amendment.label or amendment.id), amendment)
    return found


def statements_of(case: Case) -> dict[str, Said]:
    """Every remark for the minutes with an id, and where it was made."""
    return {
        str(statement.id): Said(statement, item)
        for item in _decided(case)
        for statement in (item.decision.statements if item.decision else ())
        if statement.id is not None
    }


def carried(statement: MinuteStatement, known: Mapping[str, Said]) -> tuple[Said, ...]:
    """The remarks that one carries on, the first of them first."""
    found: list[Said] = []
    while statement.carries is not None and (said := known.get(str(statement.carries))) is not None:
        if said in found:
            break
        found.append(said)
        statement = said.statement
    return tuple(reversed(found))


def _decided(case: Case) -> Iterator[Treatment]:
    return (item for item in case.treatments if item.decision is not None)


def _moved(amendment: Amendment, wording: decisions.Wording) -> MovedView:
    text = amendment.text
    if text is None and amendment.repeats is not None and (first := wording.moved.get(str(amendment.repeats))):
        text = first.text
    return MovedView(decisions.moved_lead_in(amendment, wording), text or "", _is_long(text or ""))


def _statement(statement: MinuteStatement, case: Case, wording: decisions.Wording) -> StatementView:
    if statement.closed is not None and not statement.by and not statement.carries:
        return StatementView("", statement.text or "")  # what stands in for a closed one
    origins = carried(statement, statements_of(case))
    text = statement.text or (next((said.statement.text for said in reversed(origins) if said.statement.text), ""))
    by = statement.by or (origins[-1].statement.by if origins else ())
    words = wording.words
    meetings = [
        decisions.meeting_words(wording.name(said.treatment.body, said.treatment), said.treatment.date, words)
        for said in origins
    ]
    lead_in = decisions.statement_lead_in(statement, by, meetings, wording.profile, words)
    return StatementView(lead_in, text, _is_long(text))


def _is_long(text: str) -> bool:
    """Whether words are more than one paragraph."""
    return "\n\n" in text.strip() or "\n- " in text or "\n1. " in text
