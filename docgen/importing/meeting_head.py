"""What stands at the top of an agenda or of minutes: the committee, the day, the hour and the place."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence

from docgen.content.content import Content
from docgen.importing.case_route import named_bodies
from docgen.importing.case_text import letters
from docgen.importing.dates import date_in
from docgen.importing.markdown import clean
from docgen.readers.blocks import Block, Sort
from docgen.structs import Struct

_LABELS: Mapping[str, tuple[str, ...]] = {
    "date": ("dato", "mødedato", "mødedag", "møde"),
    "time": ("tidspunkt", "starttidspunkt", "mødestart", "mødetidspunkt", "start"),
    "place": ("sted", "mødested", "lokale"),
    "ended": ("mødet sluttede", "sluttidspunkt", "slut", "mødet hævet"),
    "sent": ("udsendt",),
    "committee": ("udvalg", "råd", "forum"),
}
_CLOCK = re.compile(r"\bkl\.?\s*(\d{1,2})(?:[.:](\d{2}))?|\b(\d{1,2})[.:](\d{2})(?=$|[^\d.]|:\d{2})")
_MINUTES = re.compile(r"referat|protokol", re.IGNORECASE)
MINUTES_OR_AGENDA = re.compile(
    r"referat|(?:beslutnings|møde)?protokol|(?:tillægs)?dagsorden|mødeindkaldelse", re.IGNORECASE
)
_MOST = 30
"""Blocks in which the head is looked for."""


class Head(Struct, frozen=True, kw_only=True):
    """The head of a meeting's paper, as far as it says it; `said` are the letters of what it is made of."""

    committee: str = ""
    date: datetime.date | None = None
    time: datetime.time | None = None
    ended: datetime.time | None = None
    place: str = ""
    sent: datetime.date | None = None
    is_minutes: bool = False
    is_extraordinary: bool = False
    said: frozenset[str] = frozenset()


def head_of(blocks: Sequence[Block], content: Content, title: str) -> Head:
    """The head of a paper, by the labels that it has and by its title."""
    first = list(blocks[:_MOST])
    facts: dict[str, str] = {}
    used: set[str] = set()
    for block, label, said in _facts(first):
        name = next((name for name, words in _LABELS.items() if label in words), "")
        if name and name not in facts:
            facts[name] = said
            used.add(letters(block.text))
    lines = [title, *(clean(block.text) for block in first if block.sort is not Sort.ROW)]
    loose = [text for text in lines if len(text) < 120]
    names = named_bodies(content, "committee", "council")
    in_order = [facts.get("committee", ""), *loose]
    committee = next((id for text in in_order for id, name in names if name in text), "")
    committee = committee or next((id for t in in_order for id, name in names if letters(name) in letters(t)), "")
    dates = [facts.get("date", ""), *loose]
    used |= {letters(text) for text in loose if text == title or MINUTES_OR_AGENDA.fullmatch(text.strip(" :"))}
    used |= {letters(text) for text in loose if any(letters(text) == letters(name) for _, name in names)}
    used |= {letters(text) for text in loose if date_in(text) is not None and _is_bare(text, names)}
    return Head(
        committee=committee,
        date=next((day for text in dates if (day := date_in(text)) is not None), None),
        time=_clock(facts.get("time", "")) or _clock(facts.get("date", "")) or _clock(title),
        ended=_clock(facts.get("ended", "")),
        place=facts.get("place", ""),
        sent=date_in(facts.get("sent", "")),
        is_minutes=any(_MINUTES.search(text) for text in loose[:6]),
        is_extraordinary=any("ekstraordinær" in text.lower() for text in loose[:6]),
        said=frozenset(used | {letters(title)}),
    )


def _facts(blocks: Sequence[Block]) -> Iterator[tuple[Block, str, str]]:
    """Each label of the head with what it says: two cells, or a line with a colon."""
    for block in blocks:
        if block.sort is Sort.ROW and len(block.cells) >= 2:
            for at in range(0, len(block.cells) - 1, 2):
                said = clean(block.cells[at + 1].text)
                yield block, clean(block.cells[at].text).lower().strip(" :"), said
        elif found := re.match(r"([^:]{3,20}):\s*(\S.*)$", clean(block.text)):
            yield block, found[1].lower().strip(), found[2]


def _is_bare(text: str, names: Sequence[tuple[str, str]]) -> bool:
    """Whether a line with a day says only when and whose the meeting is."""
    rest = text.lower()
    for _, name in names:
        rest = rest.replace(name.lower(), "")
    rest = re.sub(r"\d+|mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|den|kl|møde|mødet|s\b", "", rest)
    return len(letters(rest)) < 24


def _clock(text: str) -> datetime.time | None:
    found = _CLOCK.search(text) or (re.fullmatch(r"(\d{1,2})", text.strip()) if text else None)
    if found is None:
        return None
    digits = [part for part in found.groups() if part is not None]
    hour, minute = int(digits[0]), int(digits[1]) if len(digits) > 1 else 0
    return datetime.time(hour, minute) if hour < 24 and minute < 60 else None
