"""The open part of a meeting: closed items keep their place, a harmless title, and why they are closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docgen.content.fields import Model
from docgen.document_id import DocumentId
from docgen.kinds.case.public import CLOSED_ANNEX
from docgen.kinds.document_fields import Annex
from docgen.kinds.meeting.model import AgendaItem, Attendance, Meeting, Supplement, Together, all_items
from docgen.kinds.public import Disclosure, moved, neutral_id, public_part

_PEOPLE = ("guests", "deputation", "annexes", "disqualified")
"""What of an item could tell what it is about; of one that is a closed case, too."""
_WHY = ("reason", "ground", "finding", "note")
"""What of somebody's coming or going could."""


def open_part(meeting: Meeting, disclosure: Disclosure) -> Meeting:
    """A meeting as the public may see it; neither closed items nor closed cases keep their ids."""
    ids = dict(_item_ids(meeting, disclosure))
    annexes = _annex_ids(meeting)

    def stand_ins(model: Model) -> Mapping[str, object]:
        if isinstance(model, Annex) and model.closed is not None:
            return {"id": annexes[str(model.id)], "title": CLOSED_ANNEX}
        if isinstance(model, Attendance) and str(model.item) in ids:
            return {"item": ids[str(model.item)], **dict.fromkeys(_WHY)}
        if isinstance(model, Together):
            return {"items": tuple(ids.get(str(id), id) for id in model.items)}
        if isinstance(model, Supplement) and str(model.after) in ids:
            return {"after": ids[str(model.after)]}
        if not isinstance(model, AgendaItem) or str(model.id) not in ids:
            return {}
        instead: dict[str, object] = {"id": ids[str(model.id)], **dict.fromkeys(_PEOPLE, ()), "time": None}
        if model.case is not None and model.closed is None:
            instead["case"] = disclosure.name_of("case", model.case)
        elif model.closed is not None:
            instead["title"] = model.public_title or disclosure.settings.meetings.closed_item
        return instead

    shown = public_part(meeting, stand_ins)
    steps = {f"@{id}": f"@{new}" for id, new in {**annexes, **ids}.items()}
    return moved(shown, steps) if steps else shown


def _item_ids(meeting: Meeting, disclosure: Disclosure) -> Iterator[tuple[str, str]]:
    """The ids of the closed items and of those that are closed cases, each with a neutral one: `lukket-punkt-3`, after
    the place among all items."""
    taken = {str(item.id) for item in all_items(meeting)}
    for number, item in enumerate(all_items(meeting), 1):
        if item.closed is not None or (item.case and DocumentId("case", str(item.case)) in disclosure.neutral):
            yield str(item.id), neutral_id(f"lukket-punkt-{number}", taken)


def _annex_ids(meeting: Meeting) -> dict[str, str]:
    """The neutral ids of the closed annexes, by their own: `bilag-2`, after the place in the item's list."""
    taken = {str(annex.id) for item in all_items(meeting) for annex in item.annexes}
    return {
        str(annex.id): neutral_id(f"bilag-{number}", taken)
        for item in all_items(meeting)
        for number, annex in enumerate(item.annexes, 1)
        if annex.closed is not None
    }
