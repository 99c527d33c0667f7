"""organisation.yaml as types: councils, committees and administrations under the names they had, day by day."""

from __future__ import annotations

import datetime
from typing import Literal

from docgen.content.fields import OPEN, UNPRINTED, Field, Model
from docgen.content.types import Date, Identifier, Integer, Label, Several, Text


class Body(Model):
    """A council, committee, administration, centre or outside organisation under one name in one span of time."""

    id: Identifier = Field(OPEN, description="Fast id, som andre filer henviser til")
    kind: Literal["council", "committee", "administration", "centre", "external"] = Field(
        OPEN,
        description=(
            "council (råd), committee (udvalg), administration (forvaltning), centre (center) eller external (ekstern)"
        ),
    )
    name: Label = Field(OPEN, description="Det fulde navn")
    short: Label | None = Field(OPEN, default=None, description="Kort form, fx ØU")
    seats: Integer | None = Field(OPEN, default=None, description="Antal medlemmer")
    parent: Identifier | None = Field(OPEN, default=None, description="Id på den overordnede")
    valid_from: Date | None = Field(OPEN, default=None, description="Første dag, navnet gælder")
    valid_to: Date | None = Field(OPEN, default=None, description="Sidste dag, navnet gælder")
    successor: Identifier | None = Field(OPEN, default=None, description="Id på den, der afløser")
    note: Text | None = Field(UNPRINTED, default=None, description="Bemærkning, der ikke trykkes")

    def is_valid(self, day: datetime.date) -> bool:
        """Whether the name was in use on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class Organisation(Model):
    """organisation.yaml: the register of names. A name is looked up by id and date, never typed."""

    bodies: Several[Body] = Field(OPEN, description="Råd, udvalg, forvaltninger, centre og eksterne")

    def body(self, id: str, day: datetime.date) -> Body:
        """The body with that id as it was called on that day: the entry itself, or its successors or predecessors.

        Raises KeyError when no entry in that chain was valid on the day.
        """
        by_id = {str(body.id): body for body in self.bodies}
        chain = [by_id[str(id)]]
        seen = {str(id)}
        for body in chain:
            if body.is_valid(day):
                return body
            linked = [body.successor] + [other.id for other in self.bodies if other.successor == body.id]
            for name in linked:
                if name is not None and str(name) in by_id and str(name) not in seen:
                    seen.add(str(name))
                    chain.append(by_id[str(name)])
        raise KeyError(id)
