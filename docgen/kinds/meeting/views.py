"""What agenda and minutes show their templates."""

from __future__ import annotations

import datetime
from typing import Annotated

from docgen.content.meeting_profile import MeetingLabels, MeetingProfile
from docgen.content.profile import Headings
from docgen.kinds.case.views import AnnexView, DecisionView, GroupView
from docgen.kinds.prepared import Context
from docgen.template_values import Function, View


class ItemView(View, frozen=True):
    """An item with its number; what is closed is not in the public edition's view."""

    id: Annotated[str, "Punktets id"]
    number: Annotated[int, "Punktets nummer"]
    title: Annotated[str, "Punktets titel"]
    heading: Annotated[str, "Nummeret og titlen"]
    text: Annotated[str | None, "Punktets tekst, hvis det ikke er en sag"]
    note: Annotated[str, "Hvorfor punktet er lukket"]
    annexes: Annotated[tuple[AnnexView, ...], "Sagens bilag"]
    groups: Annotated[tuple[GroupView, ...], "Sagens indstilling; kun i protokollen"]
    proposer: Annotated[str, "Hvem der indstiller til rådet; kun i protokollen"]
    outcome: Annotated[str | None, "Hvad der blev besluttet om et punkt uden sag"]
    decision: Annotated[DecisionView | None, "Sagens beslutning"]
    points_heading: Annotated[str, "Overskriften over sagens at-punkter"] = ""
    declaration: Annotated[tuple[str, ...], "Sagens erklæring til rådet; kun i protokollen"] = ()
    conditions: Annotated[tuple[str, ...], "Betingelserne under rådets at-punkter; kun i protokollen"] = ()
    movers: Annotated[str, "Hvem der har stillet forslaget; kun i protokollen"] = ""
    lines: Annotated[tuple[str, ...], "Sætninger under titlen: tid, gæster, foretræde, inhabilitet, udgår"] = ()


class ItemsView(View, frozen=True):
    """Items that are numbered together under a heading, with a sentence before them."""

    heading: Annotated[str, "Overskriften over punkterne"]
    lead: Annotated[str, "Sætningen før dem"]
    items: Annotated[tuple[ItemView, ...], "Punkterne"]


class MeetingView(View, frozen=True):
    """What the templates of agenda and minutes see."""

    label: Annotated[str, "Dagsorden eller beslutningsprotokol, som profilen kalder det"]
    title: Annotated[str, "Mødets titel"]
    committee: Annotated[str, "Udvalgets navn den dag"]
    date: Annotated[datetime.date | None, "Mødets dag"]
    time: Annotated[str, "Klokkeslættet, mødet begynder"]
    ended: Annotated[str, "Klokkeslættet, mødet sluttede"]
    place: Annotated[str | None, "Stedet"]
    sent: Annotated[datetime.date | None, "Dagen, dagsordenen blev sendt ud"]
    note: Annotated[str | None, "En bemærkning om mødet"]
    late: Annotated[str, "Hvorfor dagsordenen er sendt for sent"]
    attendance: Annotated[tuple[str, ...], "Fravær, en linje for hver"]
    remarks: Annotated[tuple[str, ...], "Bemærkninger til mødet"]
    parts: Annotated[tuple[ItemsView, ...], "Punkterne, delt i dagsorden, tillæg og aflæggerbord"]
    until: Annotated[datetime.date | None, "Den sidste dag, hvis mødet er over flere"] = None
    moved: Annotated[str, "At mødet er flyttet fra en anden dag"] = ""
    present: Annotated[str, "Hvem der var til stede, i en sætning; tom, hvis det ikke skal stå"] = ""
    reservations: Annotated[tuple[str, ...], "Medlemmers forbehold"] = ()
    corrections: Annotated[tuple[str, ...], "Senere rettelser, hver med sin dag"] = ()
    signatures: Annotated[tuple[str, ...], "Navnene på dem, der skriver under på en side for sig"] = ()
    electronic: Annotated[str, "Hvordan protokollen er godkendt elektronisk"] = ""


class MeetingContext(Context, frozen=True, kw_only=True):
    """What the templates of agenda and minutes may use."""

    meeting: Annotated[MeetingView, "Mødet"]
    words: Annotated[MeetingProfile, "Mødernes faste ord fra settings.yaml"]
    labels: Annotated[MeetingLabels, "Ordene ved mødets oplysninger; `committee` er rådets ord, når det er rådet"]
    at_style: Annotated[str, "Hvordan at-punkter skrives: `number` eller `word`"]
    sub_points: Annotated[str, "Hvordan underpunkter skrives: `number` eller `bullet`"]
    headings: Annotated[Headings | None, "Sagernes overskrifter fra settings.yaml, hvis der er en profil for sager"]
    digits: Annotated[Function, "digits(tal): nummeret, som et punkt i en liste begynder med"]
