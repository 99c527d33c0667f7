"""What a body decided, as types: what was moved, what became of it, who voted how, what was said for the minutes."""

from __future__ import annotations

from typing import Literal

from docgen.content.fields import ALWAYS, OPEN, Field, Model
from docgen.content.types import Identifier, Integer, Line, LineOrLines, Text
from docgen.kinds.document_fields import Closed

How = Literal["without-vote", "unanimous", "vote"]


class Amendment(Model):
    """Something that was moved at the meeting; what became of it is an outcome that names it."""

    id: Identifier = Field(OPEN, description="Fast id, som et udfald henviser til med amendment")
    kind: Identifier = Field(
        OPEN,
        default="amendment",
        description=(
            "Slagsen i settings.yaml: amendment (ændringsforslag), addition (tilføjelse), new-point (nyt at-punkt), "
            "replacement (erstatning), sub-amendment (underændringsforslag), referral (udvalgshenvisning) eller "
            "split-vote (delt afstemning)"
        ),
        ids="amendments",
    )
    label: Line | None = Field(OPEN, default=None, description="Betegnelsen, fx ÆF1 eller UÆF")
    by: LineOrLines = Field(
        OPEN, description="Hvem der stillede det: partibogstav, eller navn som Navn Navnesen (A)", ids="parties"
    )
    points: tuple[Identifier, ...] = Field(OPEN, default=(), description="Id på de at-punkter, det gælder")
    position: Integer | None = Field(OPEN, default=None, description="Et nyt at-punkts nummer, fx 6")
    changes: Identifier | None = Field(
        OPEN, default=None, description="Et underændringsforslags: id på det forslag, som det ændrer"
    )
    body: Identifier | None = Field(
        OPEN, default=None, description="Udvalget, som sagen ønskes henvist til", ids="bodies"
    )
    text: Text | None = Field(OPEN, default=None, description="Forslagets ord, som de blev stillet")
    repeats: Identifier | None = Field(
        OPEN, default=None, description="Id på forslaget fra en tidligere behandling, når det bliver stillet igen"
    )


class Outcome(Model):
    """What was decided on the whole recommendation, on some at-points, or on something that was moved."""

    point: Identifier | None = Field(
        OPEN, default=None, description="Id på at-punktet; uden gælder det hele indstillingen"
    )
    points: tuple[Identifier, ...] = Field(OPEN, default=(), description="Id på flere at-punkter, der fik samme udfald")
    amendment: Line | None = Field(
        OPEN, default=None, description="Id på et forslag under amendments, eller kun betegnelsen, fx ÆF1"
    )
    verb: Line = Field(
        OPEN,
        description="Hvad det blev: godkendt, vedtaget, anbefalet, ikke vedtaget, taget til efterretning …",
        ids="outcomes",
    )
    detail: Line | None = Field(OPEN, default=None, description="Fortsættelsen efter verb, fx med den ændring, at")
    how: How | None = Field(
        OPEN, default=None, description="without-vote (uden afstemning), unanimous (enstemmigt) eller vote (afstemning)"
    )
    votes_for: Integer | None = Field(OPEN, default=None, description="Antal stemmer for")
    votes_against: Integer | None = Field(OPEN, default=None, description="Antal stemmer imod")
    abstentions: Integer | None = Field(OPEN, default=None, description="Antal, der undlod at stemme")
    parties_for: tuple[Line, ...] = Field(
        OPEN, default=(), description="Partibogstaver for, fx A; delte partier som Ø (navn)", ids="parties"
    )
    parties_against: tuple[Line, ...] = Field(OPEN, default=(), description="Partibogstaver imod", ids="parties")
    parties_abstaining: tuple[Line, ...] = Field(
        OPEN, default=(), description="Partibogstaver, der undlod at stemme", ids="parties"
    )

    @property
    def decided_points(self) -> tuple[str, ...]:
        """The ids of the at-points that it is about; none where it is about the whole, or about what was moved."""
        return (self.point, *self.points) if self.point is not None else self.points


class MinuteStatement(Model):
    """A remark for the minutes, with those who made it and those who joined."""

    id: Identifier | None = Field(OPEN, default=None, description="Fast id, når bemærkningen bliver ført videre")
    by: LineOrLines = Field(
        OPEN, default=(), description="Partibogstav eller flere; også fx Et samlet udvalg", ids="parties"
    )
    text: Text | None = Field(
        OPEN, default=None, description="Bemærkningens ord, som de blev sagt; uden er de som i den, der føres videre"
    )
    joined_by: tuple[Line, ...] = Field(OPEN, default=(), description="Partier, der tilsluttede sig", ids="parties")
    carries: Identifier | None = Field(
        OPEN, default=None, description="Id på bemærkningen fra en tidligere behandling, som denne fører videre"
    )
    lead_in: Line | None = Field(
        OPEN, default=None, description="Egen indledning, fx Der blev afgivet følgende protokolbemærkning:"
    )
    closed: Closed | None = Field(ALWAYS, default=None, description="Er bemærkningen lukket, så hvorfor")


class Decision(Model):
    """What a body decided."""

    text: Text | None = Field(
        OPEN, default=None, description="Beslutningen i kontorets egne ord; uden skriver docgen den af outcomes"
    )
    outcomes: tuple[Outcome, ...] = Field(OPEN, default=(), description="Udfald i rækkefølge")
    amendments: tuple[Amendment, ...] = Field(OPEN, default=(), description="Hvad der blev stillet på mødet")
    participants: tuple[Text, ...] = Field(
        OPEN, default=(), description="Hvem der deltog eller ikke deltog, i hele sætninger; står før beslutningen"
    )
    statements: tuple[MinuteStatement, ...] = Field(OPEN, default=(), description="Protokolbemærkninger")
    remarks: tuple[Text, ...] = Field(OPEN, default=(), description="Andre bemærkninger, fx hvem der ikke deltog")
    closed: Closed | None = Field(ALWAYS, default=None, description="Er beslutningen lukket, så hvorfor")
