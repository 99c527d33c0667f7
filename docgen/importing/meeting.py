"""Blocks of a file to a meeting: its head, its items with what was decided, and who was there."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import Any

from docgen.content.content import Content
from docgen.importing.case_route import named_bodies
from docgen.importing.case_text import letters
from docgen.importing.draft import Draft, Remark, unwritten
from docgen.importing.identifiers import Identifiers
from docgen.importing.markdown import body, clean, line
from docgen.importing.meeting_attendance import attendance_of
from docgen.importing.meeting_head import Head, head_of
from docgen.importing.meeting_items import FoundItem, items_of
from docgen.kinds.case.model import Case
from docgen.problems import ContentError, Origin, Problem
from docgen.readers.blocks import Block, Run, Sort
from docgen.structs import replace

_NO_DECISION = re.compile(r"eventuelt|meddelelser|orientering(?:er)?(?: fra)?\b|spørgetid", re.IGNORECASE)


def meeting_draft(name: str, blocks: Sequence[Block], content: Content, title: str = "") -> Draft:
    """A meeting of the blocks of a file. Raises ContentError where its day is another than the id begins with."""
    return _Meeting(name, blocks, content, title).draft()


def meeting_id(blocks: Sequence[Block], content: Content, title: str, otherwise: str) -> str:
    """The id that a meeting has: its day and its committee."""
    head = head_of(blocks, content, title)
    day = f"{head.date.isoformat()}-" if head.date is not None else ""
    return f"{day}{head.committee or otherwise}"


class _Meeting:
    def __init__(self, name: str, blocks: Sequence[Block], content: Content, title: str) -> None:
        self._name, self._content, self._path = name, content, f"meetings/{name}.yaml"
        self._profile, self._ids = content.settings.meetings, Identifiers()
        self._head = head_of(blocks, content, title)
        self._found = items_of(blocks, content.settings.meetings, title)
        self._missing: list[str] = []
        self._remarks: list[Remark] = []
        self._left_out: list[str] = []
        items = [one for part in (self._found.items, self._found.supplement) for one in part]
        self._is_held = self._head.is_minutes or any(one.decision for one in items)

    def draft(self) -> Draft:
        """The file."""
        head = self._head
        fields: dict[str, Any] = {"committee": self._committee(head)}
        if (day := self._date(head)) is not None:
            fields["date"] = day
        fields |= {name: value for name, value in (("time", head.time), ("place", head.place)) if value}
        if head.is_extraordinary:
            fields["extraordinary"] = True
        fields |= {"version": "0.1", "status": "udkast", **({"verbatim": True} if self._is_held else {})}
        if head.sent is not None:
            fields["sent"] = head.sent
        note = body([block for block in self._found.front if letters(block.text) not in head.said])
        if note:
            fields["note"] = note
        approval, items = self._without_approval(self._found.items)
        first = next((one.number for one in self._found.items if one.number), 0)
        if first > 1:
            fields["numbering"] = {"first": first}
        if approval is None and self._profile.approval_item and items:
            fields["approval_item"] = False
        if items:
            fields["items"] = [self._item(one) for one in items]
        if self._found.supplement:
            supplement = [self._item(one) for one in self._found.supplement]
            fields["supplement"] = {"reason": self._empty("hvorfor punkterne ikke kunne vente"), "items": supplement}
        if self._found.tabled:
            fields["tabled"] = [self._item(one, is_tabled=True) for one in self._found.tabled]
        if self._is_held:
            fields["minutes"] = self._minutes(approval)
        return Draft(
            files={self._path: fields},
            remarks=tuple(self._remarks),
            missing=tuple(dict.fromkeys(self._missing)),
            left_out=tuple(self._left_out),
        )

    def _empty(self, what: str) -> str:
        self._missing.append(what)
        return unwritten(what)

    def _committee(self, head: Head) -> str:
        if head.committee:
            return head.committee
        names = named_bodies(self._content, "committee", "council")
        if not names:
            hint = "tilføj udvalget i organisation.yaml"
            raise ContentError([Problem(Origin(self._path), "der er ingen udvalg, mødet kan være i", hint)])
        why = "kilden siger ikke, hvilket udvalg mødet er i"
        self._remarks.append(Remark(why=why, file=self._path, path=("committee",)))
        return names[0][0]

    def _date(self, head: Head) -> datetime.date | None:
        """The day: the file's, which the id begins with."""
        begins = re.match(r"(\d{4})-(\d{2})-(\d{2})(?=-)", self._name)
        try:
            named = datetime.date(int(begins[1]), int(begins[2]), int(begins[3])) if begins else None
        except ValueError:
            named = None
        if head.date is not None and named != head.date:
            hint = f"skriv --as meeting/{head.date.isoformat()}-{head.committee or 'udvalg'}"
            shown = f"mødet er den {head.date.isoformat()}, og et mødes id begynder med dets dag"
            raise ContentError([Problem(Origin(f"--as meeting/{self._name}"), shown, hint)])
        return named

    # -- the items ----------------------------------------------------------------------------------------------------

    def _without_approval(self, items: Sequence[FoundItem]) -> tuple[FoundItem | None, list[FoundItem]]:
        """The item that docgen writes itself, where it comes first, and the others."""
        usual = letters(str(self._profile.approval))
        if items and (letters(items[0].title) == usual or letters(items[0].title).startswith("godkendelseafdagsorden")):
            return items[0], list(items[1:])
        return None, list(items)

    def _item(self, found: FoundItem, *, is_tabled: bool = False) -> dict[str, Any]:
        fields: dict[str, Any] = {"id": self._ids.give(found.title, otherwise="punkt")}
        case = self._case(found.title)
        if case:
            return fields | {"case": case}
        fields["title"] = line(found.title)
        if text := body([_as_words(block) for block in found.text]):
            fields["text"] = text
        decision = body([_as_words(block) for block in found.decision])
        if found.is_cancelled:
            fields["cancelled"] = True
        elif decision:
            fields["decision"] = decision
        elif self._is_held and not is_tabled and _NO_DECISION.match(found.title):
            fields["needs_decision"] = False
        elif self._is_held and not is_tabled:
            fields["decision"] = self._empty(f"beslutningen i »{found.title}«")
        if found.is_closed:
            fields["closed"] = {"reason": self._empty(f"hvorfor »{found.title}« er lukket")}
        self._left_out += [
            f"bilaget »{one}« til »{found.title}«: læg PDF'en i content/annexes" for one in found.annexes
        ]
        return fields

    def _case(self, title: str) -> str:
        """The id of the case that an item is, where there is one by its title that comes to this meeting."""
        for id, case in self._content.all(Case).items():
            if letters(str(case.title)) != letters(title):
                continue
            own = [one for one in case.treatments if str(one.body) == self._head.committee]
            if any(one.date == self._head.date for one in own):
                return id
            why = f"sagen case/{id} har samme titel, men skal ikke for udvalget den dag; punktet har sine egne ord"
            self._remarks.append(Remark(why=why, source=title, file=self._path, path=("items",)))
        return ""

    def _minutes(self, approval: FoundItem | None) -> dict[str, Any]:
        fields: dict[str, Any] = {"status": "udkast", "version": "0.1"}
        said = clean(" ".join(clean(block.text) for block in approval.decision)) if approval else ""
        if said and letters(said) != letters(str(self._profile.unknown)):
            fields["approval"] = said
        if self._head.ended:
            fields["ended"] = self._head.ended
        attendance, rest = attendance_of(self._found.attendance, self._content, self._head)
        if attendance:
            fields["attendance"] = attendance
        remarks = [*rest, *(clean(block.text) for block in self._found.remarks)]
        if remarks:
            fields["remarks"] = remarks
        if self._found.reservations:
            fields["reservations"] = [clean(block.text) for block in self._found.reservations]
        return fields


def _as_words(block: Block) -> Block:
    """A heading in an item as a line of its own: an agenda is a list, which has no headings in it."""
    if block.sort is not Sort.HEADING:
        return block
    return replace(block, sort=Sort.PARAGRAPH, runs=(Run(clean(block.text), bold=True),), level=0)
