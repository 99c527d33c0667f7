"""How one municipality words its meetings: agenda, supplementary agenda, attendance and minutes."""

from __future__ import annotations

from typing import Literal

from docgen.content.fields import OPEN, Field, Model
from docgen.content.types import DayPhrase, Grounded, Integer, ItemPhrase, Label, PeoplePhrase, PlacementPhrase


class MeetingLabels(Model):
    """Words beside and over what agenda and minutes tell of the meeting."""

    committee: Label = Field(OPEN, default="Udvalg", description="Ved udvalgets navn")
    council: Label | None = Field(
        OPEN, default=None, description="Ved rådets navn, fx Råd; uden er det det samme som ved udvalg"
    )
    date: Label = Field(OPEN, default="Dato", description="Ved mødets dag")
    unknown_date: Label = Field(OPEN, default="ikke oplyst", description="I stedet for en dag, der ikke kendes")
    time: Label = Field(OPEN, default="Tidspunkt", description="Ved klokkeslættet, mødet begynder")
    ended: Label = Field(OPEN, default="Mødet sluttede", description="Ved klokkeslættet, mødet sluttede")
    place: Label = Field(OPEN, default="Sted", description="Ved mødestedet")
    sent: Label = Field(OPEN, default="Udsendt", description="Ved dagen, dagsordenen blev sendt ud")
    attendance: Label = Field(OPEN, default="Fravær", description="Over dem, der ikke var med, eller ikke til det hele")
    remarks: Label = Field(OPEN, default="Bemærkninger", description="Over bemærkninger til mødet")
    reservations: Label = Field(OPEN, default="Forbehold", description="Over medlemmers forbehold")
    corrections: Label = Field(OPEN, default="Rettelser", description="Over senere rettelser")
    signatures: Label = Field(OPEN, default="Underskrifter", description="Over underskrifterne")
    name: Label = Field(OPEN, default="Navn", description="Over navnene på siden med underskrifter")
    signature: Label = Field(OPEN, default="Underskrift", description="Over linjerne til underskrift")


class MeetingTitles(Model):
    """What meetings are called; {udvalgets} is filled in, and the day comes after."""

    ordinary: DayPhrase = Field(OPEN, default="{udvalgets} møde", description="Et ordinært møde")
    extraordinary: DayPhrase = Field(
        OPEN, default="{udvalgets} ekstraordinære møde", description="Et ekstraordinært møde"
    )
    written: DayPhrase = Field(OPEN, default="{udvalgets} skriftlige votering", description="En skriftlig votering")
    postponed: DayPhrase = Field(
        OPEN, default="Mødet var indkaldt til den {dato}.", description="Når mødet er flyttet fra en anden dag"
    )


class ItemWords(Model):
    """What stands under an item. {nummer}, {numre}, {hvem} and {tid} are filled in."""

    time: DayPhrase = Field(OPEN, default="Kl. {tid}.", description="Hvornår punktet begynder")
    cancelled: ItemPhrase = Field(OPEN, default="Punkt {nummer} udgår.", description="Når et punkt udgår")
    together: ItemPhrase = Field(
        OPEN, default="Punkt {numre} behandles under ét.", description="Punkter, der behandles sammen"
    )
    guests: PeoplePhrase = Field(OPEN, default="Deltager under punktet: {hvem}.", description="Gæster, i dagsordenen")
    guests_held: PeoplePhrase = Field(OPEN, default="{hvem} deltog under punktet.", description="Gæster, i protokollen")
    deputation: PeoplePhrase = Field(OPEN, default="Foretræde: {hvem}.", description="Foretræde, i dagsordenen")
    deputation_held: PeoplePhrase = Field(
        OPEN, default="Der var foretræde i sagen: {hvem}.", description="Foretræde, i protokollen"
    )
    disqualified: PeoplePhrase = Field(
        OPEN, default="{hvem} deltog ikke i behandlingen af sagen.", description="Den, der er inhabil"
    )
    disqualified_because: PeoplePhrase = Field(
        OPEN,
        default="{hvem} deltog ikke i behandlingen af sagen på grund af inhabilitet: {grund}.",
        description="Den, der er inhabil, når grunden er skrevet",
    )
    stand_in: PeoplePhrase = Field(
        OPEN, default="{hvem} deltog som stedfortræder.", description="Stedfortræderen for en, der er inhabil"
    )


class SupplementWords(Model):
    """What is said of the supplementary agenda. {dato}, {nummer}, {numre}, {Punkterne} (or Punktet) are filled in."""

    sent: DayPhrase = Field(
        OPEN, default="Tillægsdagsordenen er sendt ud den {dato}.", description="Dagen, den blev sendt ud"
    )
    after: PlacementPhrase = Field(
        OPEN,
        default="{Punkterne} på tillægsdagsordenen behandles efter punkt {nummer}.",
        description="Når den behandles efter et punkt",
    )
    as_number: PlacementPhrase = Field(
        OPEN,
        default="{Punkterne} på tillægsdagsordenen behandles som punkt {numre}.",
        description="Når dens punkter får numre i dagsordenen",
    )
    outside: PlacementPhrase = Field(
        OPEN,
        default="{Punkterne} behandles uden for dagsordenen.",
        description="Når den behandles uden for dagsordenen",
    )
    deadline_weekdays: Integer | None = Field(
        OPEN,
        default=None,
        description="Hverdage før mødet, den skal være ude; uden er der ingen frist",
    )


class AttendanceWords(Model):
    """How the minutes tell who was there, and where. {hvem}, {tid} and {nummer} are filled in."""

    place: Literal["first", "approval", "last"] = Field(
        OPEN, default="first", description="first (først), approval (under første punkt) eller last (sidst)"
    )
    under_items: bool = Field(
        OPEN, default=False, description="true, hvis den, der kom eller gik under et punkt, også står under punktet"
    )
    members: bool = Field(OPEN, default=False, description="true, hvis de, der var til stede, skal nævnes")
    present: PeoplePhrase = Field(OPEN, default="Til stede: {hvem}.", description="De, der var til stede")
    nobody: Label = Field(OPEN, default="Ingen", description="Når alle var til stede")
    absent: Label = Field(OPEN, default="fraværende", description="Fraværende uden afbud")
    excused: Label = Field(OPEN, default="afbud", description="Fraværende med afbud")
    late: Label = Field(OPEN, default="kom senere", description="Kom senere, uden at det er skrevet hvornår")
    arrived: Label = Field(OPEN, default="kom", description="Kom, før klokkeslæt og punkt")
    left_early: Label = Field(OPEN, default="gik før", description="Gik før, uden at det er skrevet hvornår")
    left: Label = Field(OPEN, default="gik", description="Gik, før klokkeslæt og punkt")
    substitute: Label = Field(OPEN, default="stedfortræder", description="Stedfortræder")
    under: ItemPhrase = Field(OPEN, default="under punkt {nummer}", description="Under hvilket punkt")


class ClosingWords(Model):
    """How the minutes end."""

    signatures: Literal["none", "lines", "electronic"] = Field(
        OPEN,
        default="none",
        description="none (ingen), lines (en linje til hvert medlem på en side for sig) eller electronic (elektronisk)",
    )
    electronic: PeoplePhrase = Field(
        OPEN, default="Godkendt elektronisk af {hvem}.", description="Når medlemmerne godkender elektronisk"
    )
    electronic_undated: Label = Field(
        OPEN, default="Protokollen godkendes elektronisk.", description="Når ingen har godkendt endnu"
    )
    correction: DayPhrase = Field(OPEN, default="Rettet den {dato}:", description="Før en senere rettelse")


class MeetingProfile(Model):
    """Words and deadlines of meetings. Deadlines: DOMAIN 4.6 (the municipal government act § 8, rules of procedure)."""

    agenda: Label = Field(OPEN, default="Dagsorden", description="Hvad dagsordenen hedder")
    supplement: Label = Field(OPEN, default="Tillægsdagsorden", description="Hvad tillægsdagsordenen hedder")
    tabled: Label = Field(
        OPEN, default="Til orientering på aflæggerbordet", description="Overskrift over aflæggerbordet"
    )
    minutes: Label = Field(OPEN, default="Beslutningsprotokol", description="Hvad referatet hedder")
    pack: Label = Field(OPEN, default="Mødemappe", description="Hvad dagsordenen med alle sager og bilag hedder")
    item: Label = Field(OPEN, default="Punkt", description="Hvad et punkt hedder, når det står med nummer")
    items: Label = Field(OPEN, default="Punkter", description="Overskrift over punkterne")
    unknown: Label = Field(
        OPEN,
        default="Beslutningen er ikke oplyst.",
        description="I beslutningsprotokollen, når approval ikke er skrevet",
    )
    approval: Label = Field(OPEN, default="Godkendelse af dagsordenen", description="Første punkts titel")
    closed_item: Label = Field(OPEN, default="Lukket punkt", description="Titel på et lukket punkt uden public_title")
    closed_note: Grounded = Field(
        OPEN, default="Lukket punkt: {grund}.", description="Under et lukket punkt i den offentlige udgave"
    )
    closed_minutes: Label = Field(
        OPEN,
        default="Punktet blev behandlet for lukkede døre.",
        description="I stedet for beslutningen om et lukket punkt",
    )
    late: Grounded = Field(
        OPEN, default="Dagsordenen er sendt ud efter fristen: {grund}.", description="Når fristen ikke er overholdt"
    )
    supplement_reason: Grounded = Field(
        OPEN, default="Punkterne kunne ikke vente: {grund}.", description="Over tillægsdagsordenen"
    )
    deadline_weekdays: Integer = Field(
        OPEN, default=4, description="Hvor mange hverdage før mødet dagsordenen skal være ude"
    )
    saturday_is_weekday: bool = Field(OPEN, default=False, description="true, hvis lørdag tæller som hverdag")
    approval_item: bool = Field(
        OPEN, default=True, description="false, hvis dagsordenen ikke selv begynder med sin godkendelse"
    )
    outside: Label = Field(OPEN, default="Uden for dagsordenen", description="Overskrift over punkter uden for den")
    minutes_pack: Label = Field(
        OPEN, default="Referat med sager", description="Hvad protokollen med alle sager og bilag hedder"
    )
    pack_afterwards: Label = Field(
        OPEN, default="Mødemappe, samlet efter mødet", description="Mødemappen, når mødet er holdt"
    )
    labels: MeetingLabels = Field(OPEN, default=MeetingLabels(), description="Ord ved mødets oplysninger")
    titles: MeetingTitles = Field(OPEN, default=MeetingTitles(), description="Hvad møderne hedder")
    item_words: ItemWords = Field(OPEN, default=ItemWords(), description="Det, der står under et punkt")
    supplement_words: SupplementWords = Field(
        OPEN, default=SupplementWords(), description="Det, der siges om tillægsdagsordenen"
    )
    attendance_words: AttendanceWords = Field(OPEN, default=AttendanceWords(), description="Fremmødet")
    closing: ClosingWords = Field(OPEN, default=ClosingWords(), description="Slutningen på protokollen")
