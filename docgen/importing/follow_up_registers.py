"""What a report has in tables besides statuses and figures: actions, risks, economy, and what it recommends."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from docgen.content.content import Content
from docgen.content.unfilled import UNWRITTEN
from docgen.importing.case_route import named_bodies
from docgen.importing.dates import date_in
from docgen.importing.figures import figure_in
from docgen.importing.follow_up_areas import Areas
from docgen.importing.identifiers import Identifiers
from docgen.importing.markdown import clean, inline
from docgen.importing.tables import Part, Table
from docgen.kinds.follow_up.model import ActionStatus
from docgen.readers.blocks import Block, Sort

_STATUSES = (
    (r"ikke (?:startet|begyndt|påbegyndt|igangsat)", ActionStatus.NOT_BEGUN),
    (r"opgivet|frafaldet|udgået", ActionStatus.DROPPED),
    (r"gennemført|afsluttet|færdig|udført", ActionStatus.DONE),
    (r"i gang|igangsat|på vej|delvis|løbende", ActionStatus.UNDER_WAY),
)
_LEVELS = (
    ("lav", "lav"),
    ("mellem", "middel"),
    ("middel", "middel"),
    ("høj", "høj"),
    ("stor", "høj"),
    ("lille", "lav"),
)


def is_register(table: Table) -> bool:
    """Whether a table is one of actions, risks or economy."""
    return _is_actions(table) or _is_risks(table) or _is_economy(table)


def _is_actions(table: Table) -> bool:
    return table.column("handling", "aktivitet", "initiativ") == 0 and table.column("ansvarlig", "frist") > 0


def _is_risks(table: Table) -> bool:
    return (
        table.column("risiko", "risici") == 0 and table.column("sandsynlighed") > 0 and table.column("konsekvens") > 0
    )


def _is_economy(table: Table) -> bool:
    return table.column("budget") > 0 and table.column("forbrug", "regnskab") > 0


def actions_of(
    tables: Sequence[tuple[Part, Table]], areas: Areas, content: Content, ids: Identifiers
) -> list[dict[str, Any]]:
    """The actions, each with whoever is to do it."""
    bodies = named_bodies(content, "administration")
    found = []
    for part, table in tables:
        if not _is_actions(table):
            continue
        notes = dict(_notes(part))
        columns = [table.column(*words) for words in (("indsats",), ("ansvarlig",), ("frist", "tid"), ("status",))]
        for row in table.body:
            area, who, due, status = (row[at] if at > 0 else "" for at in columns)
            text = row[0]
            fields: dict[str, Any] = {"id": ids.give(text, otherwise="handling")}
            if known := areas.named(area):
                fields["area"] = known
            fields |= {"text": text, "responsible": _body_in(who, bodies)}
            if (day := date_in(due)) is not None:
                fields["due"] = day
            fields["status"] = next((str(one) for sign, one in _STATUSES if re.search(sign, status.lower())), UNWRITTEN)
            if text in notes:
                fields["note"] = notes[text]
            if fields["responsible"]:
                found.append(fields)
    return found


def _notes(part: Part) -> list[tuple[str, str]]:
    said = [re.match(r"Note: (.+?): (.+)$", clean(block.text)) for block in part.text]
    return [(one[1], one[2]) for one in said if one is not None]


def _body_in(words: str, bodies: Sequence[tuple[str, str]]) -> str:
    return next((id for id, name in bodies if name in words), "")


def recommendations_of(blocks: Sequence[Block], content: Content) -> list[dict[str, Any]]:
    """What is recommended, an item each, and to whom where it says so first."""
    names = named_bodies(content, "administration", "committee", "council")
    found = []
    for block in blocks:
        text = inline(block.runs)
        to = next((id for id, name in names if text.startswith(f"Til {name}: ")), "")
        shown = text.partition(": ")[2] if to else text
        if shown:
            found.append({"text": shown, **({"to": to} if to else {})})
    return found


def risks_of(tables: Sequence[tuple[Part, Table]]) -> list[dict[str, Any]]:
    """The risks whose likelihood and consequence are words of the three levels."""
    found = []
    for _, table in tables:
        if not _is_risks(table):
            continue
        likely, grave = table.column("sandsynlighed"), table.column("konsekvens")
        response = table.column("modtræk", "håndtering", "tiltag", "afværge")
        for row in table.body:
            levels = [_level(row[likely]), _level(row[grave])]
            if all(levels):
                one = {"text": row[0], "likelihood": levels[0], "consequence": levels[1]}
                if response > 0 and len(row[response]) > 1:
                    one["response"] = row[response]
                found.append(one)
    return found


def _level(words: str) -> str:
    return next((level for sign, level in _LEVELS if sign in words.lower()), "")


def economy_of(
    tables: Sequence[tuple[Part, Table]], finance: Sequence[Block], empty: Callable[[str], str]
) -> dict[str, Any]:
    """Budget and expenses, without the total, which docgen makes; nothing where there is no such table."""
    for _, table in tables:
        if not _is_economy(table):
            continue
        budget, spent = table.column("budget"), table.column("forbrug", "regnskab")
        rows = []
        for row in table.body:
            figures = figure_in(row[budget]), figure_in(row[spent])
            if figures[0] and figures[1] and not re.match(r"i alt|total|sum", row[0], re.IGNORECASE):
                rows.append({"label": row[0], "budget": figures[0].value, "spent": figures[1].value})
        said = re.search(r"\(([^,()]+)(?:,\s*([^()]+))?\)\s*$", table.caption)
        unit, level = (said[1], said[2] or "") if said else ("", "")
        if not unit and "kr." in table.head[0]:
            unit, _, level = (part.strip() for part in table.head[0].partition(","))
        if rows:
            note = [clean(b.text) for b in finance if clean(b.text).startswith("Note: ") and b.sort is not Sort.ROW]
            fields: dict[str, Any] = {"unit": unit[:1].lower() + unit[1:] if unit else "1.000 kr."}
            fields |= {"price_level": level or empty("pris- og lønniveauet i tabellen over økonomi"), "rows": rows}
            return fields | ({"note": note[-1].removeprefix("Note: ")} if note else {})
    return {}
