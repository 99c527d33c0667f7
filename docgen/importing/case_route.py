"""The bodies on a case's way, as its head, its history, its recommendation and its decision name them."""

from __future__ import annotations

import re
from typing import Any

from docgen.content.content import Content
from docgen.importing.case_decisions import decision_of
from docgen.importing.dates import date_in
from docgen.importing.markdown import clean
from docgen.readers.blocks import Block, Sort
from docgen.structs import Struct

_CIRCULATED = re.compile(r"\bi høring\b.*\bsendt|sendte .*\bi høring\b", re.IGNORECASE)
_HEARD = re.compile(r"\bhørt\b|høringssvar|haft? .*i høring|behandlede udkastet|behandlede et udkast", re.IGNORECASE)
_RECOMMENDS = re.compile(r"\bover for\b.*\banbefale|\banbefaler over for\b|indstiller til", re.IGNORECASE)
_TAKEN = re.compile(r"beslutning\b.{0,40}\bden\b.*:?$", re.IGNORECASE)


class Route(Struct, frozen=True):
    """What a case says of its way: the words of its head, the blocks of its parts, all of its words, and the ids of its
    at-points."""

    head: tuple[str, ...]
    history: tuple[Block, ...]
    points: tuple[Block, ...]
    decision: tuple[Block, ...]
    everything: str
    point_ids: tuple[str, ...] = ()


def named_bodies(content: Content, *kinds: str) -> list[tuple[str, str]]:
    """The ids and names of the bodies of some kinds, longer names first, for one may be a part of another."""
    found = [(str(body.id), str(body.name)) for body in content.organisation.bodies if body.kind in kinds]
    return sorted(found, key=lambda one: -len(one[1]))


def treatments_of(content: Content, said: Route) -> tuple[list[dict[str, Any]], bool]:
    """The treatments of a case in order, and whether it names any body that it comes to."""
    names = named_bodies(content, "committee", "council")
    council = str(content.settings.municipality.council)
    lead_in = " ".join(clean(block.text) for block in said.points if block.sort is not Sort.ITEM)
    found: dict[str, dict[str, Any]] = {}
    for block in said.history:
        if block.sort is Sort.HEADING:  # a treatment that is told of as a whole
            found |= {f"{body} again": {"body": body} for body in _named_in(clean(block.text), names)}
        else:
            _from_history(found, clean(block.text), names, council)
    own = (
        _named_in(" ".join(said.head), names) or _named_in(_who(said.decision), names) or _named_in(lead_in, names)[:1]
    )
    is_said = bool(own or found)
    if not is_said:
        own = _named_in(said.everything, names)[:1] or [names[0][0] if names else council]
    for body in own:
        again = body in found and found[body].get("role") in ("circulates", "hears")  # it was heard, and comes again
        before = {} if again else found.pop(body, {})
        found[f"{body} again" if again else body] = {**before, "body": body}
    treatments = list(found.values())
    if _RECOMMENDS.search(lead_in) and council not in found and treatments[-1]["body"] != council:
        treatments.append({"body": council})
    treatments.sort(key=lambda one: one["body"] == council)
    goes_on = any(one["body"] == council for one in treatments)
    for one in treatments:
        if "role" not in one:
            decides = "decides" if said.points else "receives"
            one["role"] = "council" if one["body"] == council else "recommends" if goes_on else decides
    last = next((one for one in reversed(treatments) if one["body"] in own), treatments[-1])
    day = next((day for text in said.head if (day := date_in(text)) is not None), None) or _day_of(said.decision)
    if day is not None and "date" not in last:
        last["date"] = day
    words = [block for block in said.decision if not (_TAKEN.search(clean(block.text)) and date_in(block.text))]
    if words:
        profile = content.settings.cases
        assert profile is not None  # asked before a case is made
        last["decision"] = decision_of(words, said.point_ids, profile)
    order = ("body", "role", "date", "decision")
    return [{name: one[name] for name in order if name in one} for one in treatments], is_said


def _from_history(found: dict[str, dict[str, Any]], text: str, names: list[tuple[str, str]], council: str) -> None:
    """Adds what a line of the history says."""
    role = "circulates" if _CIRCULATED.search(text) else "hears" if _HEARD.search(text) else ""
    for body in _named_in(text, names):
        if body == council and not text.startswith(dict(names)[body]):
            continue
        entry = found.setdefault(body, {"body": body})
        if role and "role" not in entry:
            entry["role"] = role
        if (day := date_in(text)) is not None and "date" not in entry:
            entry["date"] = day


def _named_in(text: str, names: list[tuple[str, str]]) -> list[str]:
    """The bodies that a text names, in its order."""
    found: list[tuple[int, str]] = []
    for id, name in names:
        at = text.find(name)
        if at >= 0:
            found.append((at, id))
            text = text.replace(name, " " * len(name))
    return [id for _, id in sorted(found)]


def _who(decision: tuple[Block, ...]) -> str:
    """The line over a decision that says whose it is."""
    return next((clean(one.text) for one in decision if _TAKEN.search(clean(one.text))), "")


def _day_of(decision: tuple[Block, ...]) -> Any:
    return date_in(_who(decision))
