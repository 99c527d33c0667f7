"""How one municipality builds its cases: headings, their order, lead-ins, the style of at-points, stock sentences."""

from __future__ import annotations

from typing import Annotated, Literal

from docgen.content.decision_words import OUTCOMES, DecisionWords, OutcomeWord, words_of
from docgen.content.fields import OPEN, UNPRINTED, AtLeastOne, Field, Model
from docgen.content.types import (
    AnnexPhrase,
    DeclaredPhrase,
    Grounded,
    Identifier,
    Integer,
    ItemPhrase,
    Label,
    LeadIn,
    MovedPhrase,
    Text,
    VotePhrase,
)

DecisionPlace = Literal["first", "after-recommendation", "end"]


class SectionProfile(Model):
    """One heading of a case: where it stands is its place in the list."""

    id: Identifier = Field(OPEN, description="Afsnittets id, som sagerne bruger")
    heading: Label = Field(OPEN, description="Overskriften")
    required: bool = Field(OPEN, default=False, description="true, hvis enhver sag skal have afsnittet")
    kinds: tuple[Identifier, ...] = Field(
        OPEN, default=(), description="De slags sager, der har afsnittet; uden er det alle"
    )
    default: Text | None = Field(OPEN, default=None, description="Fast tekst, når sagen ikke har en selv")
    verbatim: bool = Field(
        UNPRINTED,
        default=False,
        description="true, hvis afsnittet i et medlemsforslag er stillernes egne ord, som korrekturen lader være",
    )


class LeadIns(Model):
    """Lead-ins to the at-points. {forvaltning}, {udvalg}, {råd} and {videre} (the bodies that come after) are filled
    in."""

    decides: LeadIn = Field(OPEN, description="Når udvalget selv afgør sagen")
    recommends: LeadIn = Field(OPEN, description="Når udvalget anbefaler til rådet")
    declares: LeadIn = Field(OPEN, description="Når udvalget sender sagen videre med en erklæring")
    council: LeadIn = Field(OPEN, description="Når sagen kommer for rådet")
    endorses: LeadIn | None = Field(
        OPEN,
        default=None,
        description="Før rådets at-punkter, når et udvalg erklærer sig om det, som et andet har anbefalet",
    )
    others: dict[Identifier, LeadIn] = Field(
        OPEN, default={}, description="Andre indledninger, efter navn; en sag bruger dem med lead_in"
    )


class Declarations(Model):
    """What a committee declares to the council, and how the council reads it. {udvalg}, {betingelse} and {fagudvalgets}
    are filled in."""

    summary: Text | None = Field(OPEN, default=None, description="Fast resumé til udvalget, der erklærer sig")
    sentence: DeclaredPhrase = Field(
        OPEN, default="{udvalg} forudsætter, at {betingelse}.", description="En betingelse i erklæringen"
    )
    first: DeclaredPhrase = Field(
        OPEN, default="Det forudsættes, at {betingelse}.", description="Den første betingelse hos rådet"
    )
    next: DeclaredPhrase = Field(
        OPEN,
        default="Det forudsættes endvidere, at {betingelse}.",
        description="De næste betingelser hos rådet",
    )
    joint: DeclaredPhrase = Field(OPEN, default="henholdsvis {fagudvalg}", description="Flere udvalg i en betingelse")
    stock: dict[Identifier, DeclaredPhrase] = Field(
        OPEN, default={}, description="Faste betingelser, efter navn; en sag bruger dem med stock"
    )


class BodyProfile(Model):
    """What one committee does in its own way."""

    decides: LeadIn | None = Field(OPEN, default=None, description="Indledningen, når udvalget selv afgør sagen")
    recommends: LeadIn | None = Field(OPEN, default=None, description="Indledningen, når udvalget anbefaler")
    annex: AnnexPhrase | None = Field(OPEN, default=None, description="En linje i udvalgets bilagsliste")
    sections: tuple[Identifier, ...] = Field(
        OPEN,
        default=(),
        description="Afsnit, som i udvalgets papirer står i en anden rækkefølge, fx [finance, political-options]",
    )
    words: DecisionWords | None = Field(OPEN, default=None, description="Udvalgets egne ord i beslutninger")


class Party(Model):
    """A party, as lists of votes and movers name it."""

    letter: Label = Field(OPEN, description="Partibogstavet, fx A")
    name: Label = Field(OPEN, description="Partiets navn, som det står i forslag")
    seats: dict[Identifier, Integer] = Field(
        OPEN,
        default={},
        description="Antal medlemmer i råd og udvalg, efter deres id; stemmetal bliver målt med dem",
    )


class Headings(Model):
    """Headings that the program itself writes."""

    summary: Label | None = Field(OPEN, default=None, description="Over resuméet; uden står der ingen")
    recommendation: Label = Field(OPEN, description="Over indstillingen")
    history: Label = Field(OPEN, description="Over tidligere behandlinger")
    decision: Label = Field(OPEN, description="Over beslutningen")
    annexes: Label = Field(OPEN, description="Over bilagene")
    signature: Label | None = Field(OPEN, default=None, description="Over underskrifterne; uden står der ingen")


class KindProfile(Model):
    """What a kind of case is called, what it is made of, and who moves it."""

    label: Label = Field(OPEN, description="Hvad slagsen hedder øverst i sagen, fx Orientering")
    closing: LeadIn | None = Field(
        OPEN, default=None, description="Sætning, som resuméet ender med; {udvalgets} bliver udfyldt"
    )
    recommendation: bool = Field(OPEN, default=True, description="false, hvis slagsen ingen indstilling har")
    decision: bool = Field(OPEN, default=True, description="false, hvis slagsen ingen beslutning har")
    sections: tuple[Identifier, ...] = Field(
        OPEN, default=(), description="Slagsens afsnit i rækkefølge; uden er det dem, der hører til alle eller til den"
    )
    moved: bool = Field(
        OPEN, default=False, description="true, hvis et parti eller medlemmer stiller den og ikke en forvaltning"
    )
    heading: Label | None = Field(OPEN, default=None, description="Over at-punkterne, hvis det ikke er Indstilling")
    lead_in: LeadIn | None = Field(
        OPEN, default=None, description="Før at-punkterne i stedet for indledningen; {modtager} bliver udfyldt"
    )
    movers: MovedPhrase = Field(
        OPEN, default="(Stillet af {stillere})", description="Under at-punkterne, hvem der har stillet den"
    )
    at: bool = Field(OPEN, default=True, description="false, hvis punkterne er spørgsmål og ikke begynder med at")
    subject: Label | None = Field(
        OPEN, default=None, description="Hvad den hedder i beslutninger, fx Medlemsforslaget; uden er det Indstillingen"
    )
    point_subject: VotePhrase | None = Field(
        OPEN,
        default=None,
        description="Hvad dens at-punkter hedder, fx Medlemsforslagets {numre} at-punkt",
    )
    role: Identifier | None = Field(
        OPEN, default=None, description="Udvalgets rolle i en ny sag, fx decides eller council; uden er det decides"
    )

    item: ItemPhrase | None = Field(
        OPEN,
        default=None,
        description="Hvordan slagsen står i en dagsorden, fx Orienteringssag: {titel} eller {titel} (B)",
    )
    example: LeadIn | None = Field(
        OPEN, default=None, description="Første at-punkt i en ny sag, uden at; {udvalg} bliver udfyldt"
    )

    @property
    def is_tabled(self) -> bool:
        """Whether it lies on the reading table: nothing is recommended, and nothing decided."""
        return not self.recommendation and not self.decision


class CaseProfile(Model):
    """Everything that a municipality decides about the build of its cases."""

    headings: Headings = Field(OPEN, description="Overskrifter, som programmet skriver")
    lead_ins: LeadIns = Field(OPEN, description="Indledninger til indstillingen")
    sections: Annotated[tuple[SectionProfile, ...], AtLeastOne()] = Field(OPEN, description="Afsnittene i rækkefølge")
    kinds: dict[Identifier, KindProfile] = Field(OPEN, description="Slagsene af sager, efter id")
    at_style: Literal["number", "word"] = Field(
        OPEN, default="number", description="number (1. at …) eller word (At 1) …)"
    )
    decision_place: DecisionPlace = Field(
        OPEN,
        default="end",
        description="Beslutningens plads: first (først), after-recommendation (efter indstillingen) eller end (sidst)",
    )
    annex: AnnexPhrase = Field(
        OPEN,
        default="Bilag {nummer} - {titel}",
        description="En linje i bilagslisten; {sider} er antallet af sider i en PDF, fx {titel} ({sider})",
    )
    closed_annex: AnnexPhrase = Field(
        OPEN, default="Bilag {nummer} (ikke offentligt)", description="Et lukket bilag i den offentlige udgave"
    )
    closed_passage: Grounded = Field(
        OPEN, default="Passagen er ikke offentlig: {grund}.", description="I stedet for en lukket passage"
    )
    closed_case: Label = Field(
        OPEN, default="Lukket sag", description="Titel på en lukket sag uden public_title i den offentlige udgave"
    )
    closed_point: Grounded = Field(
        OPEN, default="at-punktet er ikke offentligt: {grund}", description="I stedet for et lukket at-punkt, uden at"
    )
    closed_decision: Grounded = Field(
        OPEN, default="Beslutningen er ikke offentlig: {grund}.", description="I stedet for en lukket beslutning"
    )
    closed_statement: Grounded = Field(
        OPEN,
        default="Protokolbemærkningen er ikke offentlig: {grund}.",
        description="I stedet for en lukket protokolbemærkning",
    )
    outcomes: tuple[OutcomeWord, ...] = Field(OPEN, default=OUTCOMES, description="Hvad noget kan blive til")
    words: DecisionWords = Field(OPEN, default=DecisionWords(), description="Beslutningernes faste ord")
    declarations: Declarations = Field(
        OPEN, default=Declarations(), description="Erklæringer til rådet og betingelser i dem"
    )
    bodies: dict[Identifier, BodyProfile] = Field(
        OPEN, default={}, description="Hvad enkelte udvalg gør på deres egen måde, efter deres id"
    )
    parties: tuple[Party, ...] = Field(OPEN, default=(), description="Partierne")
    sub_points: Literal["number", "bullet"] = Field(
        OPEN, default="number", description="Underpunkter til at-punkter: number (1.) eller bullet (punkttegn)"
    )
    case_numbers: tuple[Label, ...] = Field(
        OPEN,
        default=("0000-0000000",),
        description="Sagsnumres form: 0 er et ciffer, # et eller flere, A et bogstav; fx 000-0000-# eller 00/#",
    )
    document_numbers: tuple[Label, ...] = Field(
        OPEN, default=("0000-0000000-#",), description="Dokumentnumres form, skrevet som sagsnumres"
    )

    def body(self, id: str) -> BodyProfile | None:
        """What a committee does in its own way, if it does anything so."""
        return self.bodies.get(str(id))

    def words_in(self, body: str) -> DecisionWords:
        """The words of a committee's decisions."""
        own = self.body(body)
        return words_of(self.words, own.words if own else None)

    def outcome(self, word: str) -> OutcomeWord | None:
        """What a word of an outcome means; None for one that the municipality does not have."""
        return next((found for found in self.outcomes if str(found.word) == str(word)), None)


class FollowUpProfile(Model):
    """How follow-ups are set out."""

    form: Literal["tables", "matrix"] = Field(
        OPEN,
        default="tables",
        description="tables (en tabel for hver værdi og hvert år, som hidtil) eller matrix (ét overblik, perioder som "
        "kolonner, sætninger om hvert tal, handlinger, risici og økonomi)",
    )
