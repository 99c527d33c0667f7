"""A target in words as numbers, and whether what a figure is made of makes it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from docgen.importing.figures import NUMBER, decimal_of
from docgen.kinds.follow_up import periods

_GOAL = re.compile(
    rf"(?P<bound>mindst|minimum|over|højst|maksimalt|under|≥|≤)?\s*(?P<value>{NUMBER})(?:\s?[-–]\s?(?P<to>{NUMBER}))?"
    r"\s*(?P<unit>[^\d()]*?)(?:\s+(?P<side>lavere|højere))?(?:\s*(?:\(|i |inden )?\s*(?P<year>20\d\d)\)?)?"
    r"(?:\s+end i\s+(?P<base>(?:19|20)\d\d))?\.?",
    re.IGNORECASE,
)
_GROWTH = re.compile(
    rf"(?P<sort>et fald|en stigning) på (?P<bound>mindst |højst )?(?P<value>{NUMBER})(?:-(?P<to>{NUMBER}))?\s*pct\. om "
    r"året til og med (?P<year>20\d\d)",
    re.IGNORECASE,
)
_MOST = ("højst", "maksimalt", "under", "≤")
PERCENT = ("pct.", "%", "procent")
"""What a share in hundredths is written as."""


def target_of(goal: str, year: int | str | None, period: int | str, doubts: list[str]) -> tuple[dict[str, Any], str]:
    """A target of its words, which a year may stand beside, and its unit; nothing for what is no number. What is in
    doubt is added."""
    if growth := _GROWTH.search(goal):
        return _growth(growth), ""
    found = _GOAL.fullmatch(goal)
    if found is None:
        doubts.append(f"målet »{goal}« er ikke et tal; det står i note")
        return {}, ""
    value, to = decimal_of(found["value"]), decimal_of(found["to"]) if found["to"] else None
    when = int(found["year"]) if found["year"] else periods.year_of(year or period)
    if not found["year"] and year is None:
        doubts.append(f"kilden siger ikke, hvornår målet »{goal}« skal være nået; der står {when}")
    most = (found["bound"] or "").lower() in _MOST
    if found["side"] and found["side"].lower() == "lavere":
        value, to = (-value, None) if to is None else (-to, -value)
        most = not most
    fields: dict[str, Any] = {"value": value}
    if to is not None and to > value:
        fields["to"] = to
    fields["year"] = when
    if "to" in fields:
        fields["direction"] = "within"
    elif most:
        fields["direction"] = "at-most"
    return fields, (found["unit"] or "").strip()


def _growth(found: re.Match[str]) -> dict[str, Any]:
    falls = found["sort"].lower() == "et fald"
    value, to = decimal_of(found["value"]), decimal_of(found["to"]) if found["to"] else None
    if falls:
        value, to = (-value, None) if to is None else (-to, -value)
    fields: dict[str, Any] = {"value": value, "year": int(found["year"]), "yearly": True}
    if to is not None:
        fields |= {"to": to, "direction": "within"}
    elif ((found["bound"] or "mindst ").strip() == "mindst") == falls:
        fields["direction"] = "at-most"
    return fields


def units_fit(own: Mapping[str, Any], when: int | str, doubts: list[str], unit: str) -> bool:
    """Whether a figure is the sum of its units, or of a share lies between them."""
    units = [row["value"] for name in ("by_administration", "by_unit") for row in own.get(name, ())]
    value = own["value"]
    if not units or value is None or any(one is None for one in units):
        return True
    is_ratio = unit in PERCENT or "/" in unit or " pr. " in unit
    fits: bool = min(units) <= value <= max(units) if is_ratio else sum(units, Decimal(0)) == value
    if not fits:
        doubts.append(f"enhedernes tal for {periods.words(when)} passer ikke med det samlede tal {value}")
    return fits


def check_parts(own: dict[str, Any], when: int | str, doubts: list[str], unit: str) -> None:
    """Parts that do not make the whole are told, and stand in a note; those that do but for rounding are marked."""
    parts = own.get("parts")
    if not parts:
        return
    made = sum((one["value"] for one in parts), Decimal(0))
    if own["value"] is None:
        own["value"] = made
        doubts.append(f"summen for {periods.words(when)} står ikke i kilden; den er regnet ud af delene")
    elif made != own["value"]:
        places = max(max(0, -int(one["value"].as_tuple().exponent)) for one in parts)
        if unit != "antal" and abs(made - own["value"]) <= Decimal(len(parts)) * Decimal(1).scaleb(-places) / 2:
            own["rounded"] = True
            return
        del own["parts"]
        shown = ", ".join(f"{one['label']} {one['value']}" for one in parts)
        own["note"] = " ".join(filter(None, (own.get("note", ""), f"Fordelt: {shown}."))).replace(" .", ".")
        doubts.append(f"delene for {periods.words(when)} giver {made}, men i alt er {own['value']}; de står i note")
