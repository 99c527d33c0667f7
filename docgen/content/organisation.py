"""organisation.yaml as types: councils, committees and administrations under the names they had, day by day."""

from __future__ import annotations

import datetime
from typing import Literal

from docgen.content.fields import OPEN, UNPRINTED, Field, Model
from docgen.content.types import Date, Identifier, Integer, Label, Line, Several, Text


class Member(Model):
    """Somebody who sits in a council or committee for a span of time."""

    name: Line = Field(OPEN, description="Navnet, som det står i protokollen")
    party: Label | None = Field(OPEN, default=None, description="Partibogstavet, fx A", ids="parties")
    role: Label | None = Field(OPEN, default=None, description="Fx formand eller næstformand")
    first: Date | None = Field(OPEN, default=None, alias="from", description="Første dag som medlem")
    last: Date | None = Field(OPEN, default=None, alias="to", description="Sidste dag som medlem")

    @property
    def shown(self) -> str:
        """The name with the party, as minutes have it: `Navn Navnesen (A)`."""
        return f"{self.name} ({self.party})" if self.party else str(self.name)

    def sits(self, day: datetime.date) -> bool:
        """Whether a member on that day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


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
    members: tuple[Member, ...] = Field(
        OPEN, default=(), description="Medlemmerne, hver med sin tid, så fremmødet kan måles med dem"
    )
    parent: Identifier | None = Field(OPEN, default=None, description="Id på den overordnede")
    valid_from: Date | None = Field(OPEN, default=None, description="Første dag, navnet gælder")
    valid_to: Date | None = Field(OPEN, default=None, description="Sidste dag, navnet gælder")
    successor: Identifier | None = Field(OPEN, default=None, description="Id på den, der afløser")
    note: Text | None = Field(UNPRINTED, default=None, description="Bemærkning, der ikke trykkes")

    def members_on(self, day: datetime.date) -> tuple[Member, ...]:
        """Those who sit there on a day, in the order of the register."""
        return tuple(member for member in self.members if member.sits(day))

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
