"""The open part of a meeting: closed items keep their place, a harmless title, and why they are closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docgen.content.fields import Model
from docgen.document_id import DocumentId
from docgen.kinds.meeting.model import AgendaItem, Meeting, all_items
from docgen.kinds.public import Disclosure, moved, neutral_id, public_part


def open_part(meeting: Meeting, disclosure: Disclosure) -> Meeting:
    """A meeting as the public may see it; neither closed items nor closed cases keep their ids."""
    ids = dict(_item_ids(meeting, disclosure))

    def stand_ins(model: Model) -> Mapping[str, object]:
        if not isinstance(model, AgendaItem) or str(model.id) not in ids:
            return {}
        instead: dict[str, object] = {"id": ids[str(model.id)]}
        if model.case is not None and model.closed is None:
            instead["case"] = disclosure.name_of("case", model.case)
        elif model.closed is not None:
            instead["title"] = model.public_title or disclosure.settings.meetings.closed_item
        return instead

    shown = public_part(meeting, stand_ins)
    return moved(shown, {f"@{id}": f"@{new}" for id, new in ids.items()}) if ids else shown


def _item_ids(meeting: Meeting, disclosure: Disclosure) -> Iterator[tuple[str, str]]:
    """The ids of the closed items and of those that are closed cases, each with a neutral one: `lukket-punkt-3`, after
    the place among all items."""
    taken = {str(item.id) for item in all_items(meeting)}
    for number, item in enumerate(all_items(meeting), 1):
        if item.closed is not None or (item.case and DocumentId("case", str(item.case)) in disclosure.neutral):
            yield str(item.id), neutral_id(f"lukket-punkt-{number}", taken)
