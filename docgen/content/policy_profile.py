"""How one municipality builds its policies: the parts that one is made of, as a case's sections are."""

from __future__ import annotations

from docgen.content.fields import OPEN, Field, Model
from docgen.content.types import Identifier, Label, Several


class PartProfile(Model):
    """A kind of part: where it stands is its place in the list."""

    id: Identifier = Field(OPEN, description="Delens id, som politikkerne bruger i part")
    heading: Label = Field(OPEN, description="Overskriften, når delen ikke har sin egen")
    required: bool = Field(OPEN, default=False, description="true, hvis enhver politik skal have delen")
    repeats: bool = Field(OPEN, default=False, description="true, hvis der kan være flere, fx kapitler eller mål")
    under: tuple[Identifier, ...] = Field(
        OPEN, default=(), description="De slags dele, den står under; uden står den yderst"
    )
    areas_heading: Label | None = Field(OPEN, default=None, description="Over punkterne under delen, fx Sådan gør vi")
    measures_heading: Label = Field(OPEN, default="Indsatser", description="Over tabellen med indsatser")


class MeasureWords(Model):
    """The heads of the table of measures."""

    what: Label = Field(OPEN, default="Indsats", description="Hvad der bliver gjort")
    year: Label = Field(OPEN, default="År", description="Hvornår")
    responsible: Label = Field(OPEN, default="Ansvarlig", description="Hvem der gør det")


class PolicyProfile(Model):
    """A shape that policies may have."""

    label: Label = Field(OPEN, description="Hvad slagsen hedder, fx Strategi")
    numbered: bool = Field(OPEN, default=False, description="true, hvis kapitler og afsnit har numre: 1, 1.1")
    parts: Several[PartProfile] = Field(OPEN, description="Delene i rækkefølge")
    measures: MeasureWords = Field(OPEN, default=MeasureWords(), description="Ordene over tabeller med indsatser")

    def part(self, id: str) -> PartProfile | None:
        """A kind of part, if there is one."""
        return next((part for part in self.parts if str(part.id) == str(id)), None)
