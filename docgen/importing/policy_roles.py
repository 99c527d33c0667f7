"""Who answers for what: the appendix of a policy, with its roles and their notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from docgen.importing.draft import unwritten
from docgen.importing.identifiers import Identifiers
from docgen.importing.markdown import body, clean, inline, with_notes, wrapped
from docgen.readers.blocks import Block, Sort

_STAR = chr(92) + "*"


class Roles:
    """Makes the file of the appendix. Afterwards `left` are the notes that no text has the mark of, and `is_unsaid`
    whether the source does not say whose each responsibility is."""

    def __init__(self, ids: Identifiers, empty: Callable[[str], str]) -> None:
        self._ids, self._empty = ids, empty
        self.left: list[Block] = []
        self.is_unsaid = False

    def fields_of(self, part: tuple[Block, Sequence[Block]] | None, notes: Sequence[Block]) -> dict[str, Any]:
        """The file of an appendix, by its title and its blocks; `notes` are those of the whole document."""
        if part is None:
            role = {
                "id": self._ids.give("rolle"),
                "title": self._empty("hvem der har ansvar (responsibilities.yaml)"),
                "responsibilities": [{"id": self._ids.give("ansvar"), "text": unwritten("ansvaret")}],
            }
            return {"id": self._ids.give("ansvar"), "title": "Ansvar", "roles": [role]}
        heading, blocks = part
        title = clean(heading.text)
        fields: dict[str, Any] = {"id": self._ids.give(title), "title": title}
        roles: list[tuple[str, list[Block]]] = []
        lead: list[Block] = []
        own = [note for note in notes if note not in blocks]
        for block in blocks:
            if block.sort is Sort.HEADING:
                roles.append((clean(block.text), []))
            elif block.sort is Sort.NOTE or block.text.startswith("*"):
                own.append(block)
            elif not roles:
                lead.append(block)
            else:
                roles[-1][1].append(block)
        if not roles and lead:
            roles, lead = [(title, lead)], []
        if lead:
            fields["lead"] = body(lead)
        fields["roles"] = self._roles(roles, own)
        return fields

    def _roles(self, roles: list[tuple[str, list[Block]]], notes: Sequence[Block]) -> list[dict[str, Any]]:
        """Where all of it stands after the last role, the source does not say whose it is: the first one has it."""
        filled = [name for name, blocks in roles if blocks]
        if len(roles) > 1 and filled == [roles[-1][0]]:
            roles = [(roles[0][0], roles[-1][1]), *((name, []) for name, _ in roles[1:])]
            self.is_unsaid = True
        self.left = list(notes)
        found = []
        for name, blocks in roles:
            items = []
            role_id = self._ids.give(name)
            for block in blocks:
                text = with_notes(block)
                text = _with_note(text, self.left)
                items.append({"id": self._ids.give(block.text, otherwise="ansvar"), "text": text})
            if not items:
                what = self._empty(f"hvad {name} har ansvar for")
                items = [{"id": self._ids.give(f"{name} ansvar"), "text": what}]
            found.append({"id": role_id, "title": name, "responsibilities": items})
        return found


def _with_note(text: str, left: list[Block]) -> str:
    """A text with the note whose mark it has, a star or a number after a word; the note is taken out of those left."""
    for note in left:
        mark = _STAR if note.marker in ("", "*") else note.marker
        found = re.search(rf"(?<=[^\W\d_]){re.escape(mark)}(?=[.,;]?(?:\s|$))", text)
        if found:
            left.remove(note)
            said = wrapped(f"[^1]: {inline(note.runs).removeprefix(_STAR)}", "    ")
            return f"{text[: found.start()]}[^1]{text[found.end() :]}\n\n{said}"
    return text
