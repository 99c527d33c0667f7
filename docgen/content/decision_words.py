"""How one municipality words what was decided: sentences, votes, amendments, remarks for the minutes (DOMAIN 1.4)."""

from __future__ import annotations

from typing import Literal

from docgen.content.fields import OPEN, Field, Model
from docgen.content.types import (
    HeadingPhrase,
    Identifier,
    Label,
    MovedPhrase,
    OutcomePhrase,
    OwnSentence,
    StatementPhrase,
    VotePhrase,
)
from docgen.structs import replace

OutcomeClass = Literal["adopted", "rejected", "amended", "recommended", "postponed", "noted", "withdrawn"]


class OutcomeWord(Model):
    """What something can become, in the municipality's own words, and what that means."""

    word: Label = Field(OPEN, description="Ordene, som sagerne bruger i verb, fx ikke vedtaget")
    meaning: OutcomeClass = Field(
        OPEN,
        alias="class",
        description=(
            "Hvad det betyder: adopted (vedtaget), rejected (forkastet), amended (vedtaget med ændring), recommended "
            "(anbefalet), postponed (udsat), noted (taget til efterretning) eller withdrawn (trukket tilbage)"
        ),
    )
    of_case: bool | None = Field(
        OPEN,
        default=None,
        description="true, hvis det er sagen og ikke indstillingen; uden er det postponed og withdrawn",
    )

    sentence: OwnSentence | None = Field(
        OPEN,
        default=None,
        description="Hele sætningen, hvis den er bygget anderledes; {emne}, {udvalg}, {råd}, {detalje} og {måde}",
    )

    @property
    def is_of_case(self) -> bool:
        """Whether it is the case itself that becomes this, where nothing in it is named."""
        return self.of_case if self.of_case is not None else self.meaning in ("postponed", "withdrawn")


class AmendmentWords(Model):
    """A kind of what is moved at a meeting. {stillere}, {nummer}, {numre}, {betegnelse}, {ændrer} and {udvalg} are
    filled in."""

    id: Identifier = Field(OPEN, description="Slagsens id, som sagerne bruger i kind")
    moved: MovedPhrase = Field(OPEN, description="Når det bliver stillet; slutter med kolon, hvis der følger en tekst")
    again: MovedPhrase | None = Field(OPEN, default=None, description="Når det bliver stillet igen i næste udvalg")
    subject: MovedPhrase = Field(OPEN, description="Hvad det hedder, når det bliver afgjort")


def _moved(id: str, what: str, name: str = "ændringsforslag") -> AmendmentWords:
    return AmendmentWords(
        id=id,
        moved=f"{{stillere}} fremsatte følgende {what}:",
        again=f"{{stillere}} genfremsatte følgende {what}:",
        subject=f"Det af {{stillere}} fremsatte {name}{{betegnelse}}",
    )


AMENDMENTS = (
    _moved("amendment", "ændringsforslag{betegnelse}"),
    _moved("addition", "ændringsforslag om tilføjelse til {nummer} at-punkt{betegnelse}"),
    _moved("new-point", "ændringsforslag om nyt {nummer} at-punkt{betegnelse}"),
    _moved("replacement", "ændringsforslag som erstatning af {nummer} at-punkt{betegnelse}"),
    _moved("sub-amendment", "underændringsforslag{betegnelse} til {ændrer}", "underændringsforslag"),
    AmendmentWords(
        id="referral",
        moved="{stillere} fremsatte forslag om udvalgshenvisning til {udvalg}.",
        subject="Det af {stillere} fremsatte forslag om udvalgshenvisning",
    ),
    AmendmentWords(
        id="split-vote",
        moved="{stillere} fremsatte ønske om delt afstemning om {numre} at-punkt.",
        subject="Det af {stillere} fremsatte ønske om delt afstemning",
    ),
)
"""What can be moved at a meeting, where the settings do not say."""

OUTCOMES = (
    OutcomeWord(word="godkendt", meaning="adopted"),
    OutcomeWord(word="vedtaget", meaning="adopted"),
    OutcomeWord(word="tiltrådt", meaning="adopted"),
    OutcomeWord(word="anbefalet", meaning="recommended"),
    OutcomeWord(word="taget til efterretning", meaning="noted"),
    OutcomeWord(word="drøftet", meaning="noted", of_case=True),
    OutcomeWord(word="oversendt", meaning="recommended"),
    OutcomeWord(word="besvaret", meaning="noted"),
    OutcomeWord(word="henvist", meaning="postponed"),
    OutcomeWord(word="udsat", meaning="postponed"),
    OutcomeWord(word="trukket tilbage", meaning="withdrawn"),
    OutcomeWord(word="bortfaldet", meaning="withdrawn", of_case=False, sentence="{emne} bortfaldt {måde}."),
    OutcomeWord(word="udgået", meaning="withdrawn", sentence="{emne} udgik {måde}."),
    OutcomeWord(word="forkastet", meaning="rejected"),
    OutcomeWord(word="ikke godkendt", meaning="rejected"),
    OutcomeWord(word="ikke vedtaget", meaning="rejected"),
    OutcomeWord(word="ikke anbefalet", meaning="rejected"),
    OutcomeWord(word="godkendt med den ændring, at", meaning="amended"),
    OutcomeWord(word="vedtaget med den ændring, at", meaning="amended"),
    OutcomeWord(word="anbefalet med den ændring, at", meaning="amended"),
    OutcomeWord(word="godkendt med bemærkning om, at", meaning="adopted"),
)
"""What something can become, where the settings do not say (DOMAIN 1.4)."""


class DecisionWords(Model):
    """The words of decisions; those in braces are filled in."""

    heading: HeadingPhrase = Field(
        OPEN, default="{udvalgets} beslutning i mødet den {dato}", description="Over en beslutning med dato"
    )
    own_heading: bool = Field(
        OPEN,
        default=True,
        description="false, hvis linjen over en beslutning ikke står i udvalgets eget papir, som selv har mødets dato",
    )
    heading_undated: HeadingPhrase = Field(
        OPEN, default="{udvalgets} beslutning i mødet", description="Over en beslutning, når datoen ikke er kendt"
    )
    heading_written: HeadingPhrase = Field(
        OPEN,
        default="{udvalgets} beslutning i skriftlig votering den {dato}",
        description="Over en skriftlig votering på én dag",
    )
    heading_written_undated: HeadingPhrase = Field(
        OPEN,
        default="{udvalgets} beslutning i skriftlig votering",
        description="Over en skriftlig votering, når datoen ikke er kendt",
    )
    heading_written_days: HeadingPhrase = Field(
        OPEN,
        default="{udvalgets} beslutning i skriftlig votering fra {fra} til {til}",
        description="Over en skriftlig votering over flere dage",
    )
    sentence: OutcomePhrase = Field(
        OPEN,
        default="{emne} blev {udfald}.",
        description="Udfaldet i en sætning, eller kort med stort begyndelsesbogstav: {Udfald}.",
    )
    sentence_of_points: OutcomePhrase | None = Field(
        OPEN, default=None, description="Udfaldet for enkelte at-punkter; uden er det som for det hele"
    )
    sentence_after_vote: OutcomePhrase | None = Field(
        OPEN,
        default=None,
        description="Udfaldet efter en afstemning, fx {emne} blev herefter {udfald}.",
    )
    whole: Label = Field(OPEN, default="Indstillingen", description="Emnet, når det er hele indstillingen")
    points: VotePhrase = Field(
        OPEN, default="Indstillingens {numre} at-punkt", description="Emnet, når det er et eller flere at-punkter"
    )
    case: Label = Field(OPEN, default="Sagen", description="Emnet, når det er sagen, der bliver udsat eller drøftet")
    unmoved_amendment: MovedPhrase = Field(
        OPEN,
        default="Ændringsforslaget ({betegnelse})",
        description="Emnet, når et forslag kun har en betegnelse",
    )
    without_vote: Label = Field(OPEN, default="uden afstemning", description="Når ingen bad om afstemning")
    unanimous: Label = Field(OPEN, default="enstemmigt", description="Når alle stemte for")
    vote: VotePhrase = Field(
        OPEN,
        default="med {første} {stemmer} mod {anden}",
        description="Tallene; {stemmer} er stemme eller stemmer",
    )
    vote_uncounted: Label = Field(OPEN, default="efter afstemning", description="Når tallene ikke er oplyst")
    first_number: Literal["for", "winner"] = Field(
        OPEN, default="for", description="Det første stemmetal: for (for forslaget) eller winner (de fleste)"
    )
    none_abstained: Label = Field(
        OPEN, default="Ingen medlemmer undlod at stemme.", description="Når ingen undlod at stemme"
    )
    one_abstained: Label = Field(OPEN, default="1 medlem undlod at stemme.", description="Når ét medlem undlod")
    several_abstained: VotePhrase = Field(
        OPEN, default="{antal} medlemmer undlod at stemme.", description="Når flere medlemmer undlod"
    )
    voted_for: VotePhrase = Field(OPEN, default="For stemte: {partier}.", description="Hvem der stemte for")
    voted_against: VotePhrase = Field(OPEN, default="Imod stemte: {partier}.", description="Hvem der stemte imod")
    abstained: VotePhrase = Field(OPEN, default="Undlod at stemme: {partier}.", description="Hvem der undlod at stemme")
    lists_apart: bool = Field(OPEN, default=False, description="true, hvis partierne står på egne linjer")
    party_order: tuple[Label, ...] = Field(
        OPEN, default=(), description="Partibogstaverne i den rækkefølge, de nævnes; uden er den som i sagen"
    )
    party_and: bool = Field(OPEN, default=True, description="false, hvis der ikke står og før det sidste parti")
    statement: StatementPhrase = Field(
        OPEN, default="{parti} afgav følgende protokolbemærkning:", description="Før en protokolbemærkning"
    )
    statement_joined: StatementPhrase = Field(
        OPEN,
        default="{parti} afgav følgende protokolbemærkning, som {andre} tilsluttede sig:",
        description="Før en protokolbemærkning, som andre tilsluttede sig",
    )
    statement_carried: StatementPhrase = Field(
        OPEN,
        default="{parti} videreførte protokolbemærkning fra {møder}:",
        description="Før en protokolbemærkning, der er ført videre fra en tidligere behandling",
    )
    meeting: HeadingPhrase = Field(
        OPEN,
        default="{udvalgets} møde den {dato}",
        description="Mødet, som en bemærkning er ført videre fra",
    )
    meeting_undated: HeadingPhrase = Field(
        OPEN, default="{udvalgets} møde", description="Et tidligere møde, når datoen ikke er kendt"
    )
    amendments: tuple[AmendmentWords, ...] = Field(
        OPEN, default=AMENDMENTS, description="De slags forslag, der kan stilles på et møde"
    )


def words_of(base: DecisionWords, own: DecisionWords | None) -> DecisionWords:
    """The words of one body: its own where it has some, else those of the municipality."""
    if own is None:
        return base
    usual = DecisionWords()
    names = [name for name in own.__struct_fields__ if getattr(own, name) != getattr(usual, name)]
    return replace(base, **{name: getattr(own, name) for name in names})
