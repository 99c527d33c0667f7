"""What a rendering of a case shows its template."""

from __future__ import annotations

import datetime
from typing import Annotated

from docgen.content.profile import Headings
from docgen.kinds.document_fields import Revision
from docgen.kinds.prepared import Context
from docgen.template_values import Function, View


class PointView(View, frozen=True):
    """An at-point with its number and the sign it ends with."""

    number: Annotated[int, "At-punktets nummer"]
    text: Annotated[str, "Punktets tekst, uden »at«"]
    end: Annotated[str, "Tegnet, som punktet slutter med: komma, »og« eller punktum"]
    points: Annotated[tuple[PointView, ...], "Underpunkterne"] = ()


class GroupView(View, frozen=True):
    """At-points under one lead-in."""

    lead_in: Annotated[str, "Indledningen før at-punkterne"]
    points: Annotated[tuple[PointView, ...], "At-punkterne"]
    at: Annotated[bool, "Om punkterne begynder med at; spørgsmål gør ikke"] = True


class StatementView(View, frozen=True):
    """A remark for the minutes."""

    lead_in: Annotated[str, "Hvem der kommer med bemærkningen; tom, hvis den er lukket"]
    text: Annotated[str, "Bemærkningens ord"]
    is_long: Annotated[bool, "Om ordene er flere afsnit, der står som et citat uden anførselstegn"] = False


class MovedView(View, frozen=True):
    """Something that was moved at the meeting."""

    lead_in: Annotated[str, "Hvem der stillede hvad"]
    text: Annotated[str, "Forslagets ord; tom, hvis der ikke er nogen"]
    is_long: Annotated[bool, "Om ordene er flere afsnit"]


class DecisionView(View, frozen=True):
    """A decision as the minutes have it."""

    heading: Annotated[str, "Overskriften med udvalg og dag; tom, hvor den ikke skal stå"]
    sentences: Annotated[tuple[str, ...], "Beslutningen i hele sætninger"]
    statements: Annotated[tuple[StatementView, ...], "Protokolbemærkninger"]
    remarks: Annotated[tuple[str, ...], "Andre bemærkninger"]
    participants: Annotated[tuple[str, ...], "Hvem der deltog eller ikke deltog"] = ()
    moved: Annotated[tuple[MovedView, ...], "Hvad der blev stillet på mødet, før der blev stemt"] = ()
    text: Annotated[str, "Beslutningen i kontorets egne ord; tom, hvis den er skrevet af udfaldene"] = ""


class EarlierView(View, frozen=True):
    """An earlier committee's treatment, as the next one reads it."""

    heading: Annotated[str, "Overskriften; tom for høringer"]
    groups: Annotated[tuple[GroupView, ...], "Indstillingen, som den var til det udvalg; tom, hvis den lige er vist"]
    sentences: Annotated[tuple[str, ...], "Hvad der skete, når der ikke er en beslutning"]
    decision: Annotated[DecisionView | None, "Udvalgets beslutning, hvis den er skrevet"]
    declaration: Annotated[tuple[str, ...], "Erklæringen til rådet, med sin indledning"] = ()
    movers: Annotated[str, "Hvem der havde stillet forslaget, under at-punkterne"] = ""


class SectionView(View, frozen=True):
    """A section with its heading and the texts under it."""

    heading: Annotated[str, "Afsnittets overskrift fra profilen"]
    texts: Annotated[tuple[str, ...], "Teksterne under den"]


class AnnexView(View, frozen=True):
    """A line in the list of annexes."""

    id: Annotated[str, "Bilagets id"]
    line: Annotated[str, "Bilagets linje i listen"]


class CaseView(View, frozen=True):
    """What the template of a case sees."""

    title: Annotated[str, "Sagens titel"]
    kind: Annotated[str, "Sagens slags, som profilen kalder den"]
    recipient: Annotated[str, "Udvalget, gengivelsen er til"]
    administrations: Annotated[str, "Forvaltningerne, opregnet"]
    meeting: Annotated[str, "Mødets dag i ord; tom, hvis den ikke kendes"]
    date: Annotated[datetime.date | None, "Sagens dato, hvis den er skrevet"]
    case_number: Annotated[str | None, "Sagsnummeret"]
    document_number: Annotated[str | None, "Dokumentnummeret"]
    case_officer: Annotated[str | None, "Sagsbehandleren; kun i den interne udgave"]
    withheld: Annotated[str | None, "Hvorfor sagen er lukket, i den offentlige udgave"]
    heading: Annotated[str, "Overskriften over at-punkterne"]
    movers: Annotated[str, "Hvem der har stillet forslaget eller forespørgslen"]
    kle: Annotated[str | None, "Nummeret i KL's emnesystematik"]
    contact: Annotated[str | None, "Hvem man kan spørge"]
    summary: Annotated[str, "Resuméet; tomt, hvis slagsen ingen har"]
    closing: Annotated[str, "Sætningen, der slutter resuméet"]
    groups: Annotated[tuple[GroupView, ...], "Indstillingens at-punkter"]
    declaration: Annotated[tuple[str, ...], "Erklæringen til rådet i stedet for at-punkter, med sin indledning"]
    conditions: Annotated[tuple[str, ...], "Betingelserne under rådets at-punkter"]
    note: Annotated[str, "Bemærkningen under at-punkterne"]
    endorsed: Annotated[tuple[GroupView, ...], "Rådets at-punkter, som fagudvalget anbefaler dem"]
    proposer: Annotated[str, "Hvem der indstiller til rådet, og hvilken behandling det er"]
    sections: Annotated[tuple[SectionView, ...], "Afsnittene i profilens rækkefølge"]
    signatures: Annotated[str, "Underskrifterne på én linje"]
    earlier: Annotated[tuple[EarlierView, ...], "Hvordan sagen er behandlet før"]
    decision: Annotated[DecisionView | None, "Udvalgets egen beslutning"]
    annexes: Annotated[tuple[AnnexView, ...], "Bilagene"]
    history: Annotated[tuple[Revision, ...], "Versionerne før og nu"]


class CaseContext(Context, frozen=True, kw_only=True):
    """What the template of a case may use."""

    case: Annotated[CaseView, "Sagen, som den ser ud for udvalget"]
    headings: Annotated[Headings, "Overskrifterne fra settings.yaml"]
    at_style: Annotated[str, "Hvordan at-punkter skrives: `number` eller `word`"]
    sub_points: Annotated[str, "Hvordan underpunkter skrives: `number` eller `bullet`"]
    decision_place: Annotated[str, "Hvor beslutningen står: `first`, `after-recommendation` eller `end`"]
    digits: Annotated[Function, "digits(tal): nummeret, som et punkt i en liste begynder med"]
