"""What the report before says of an indicator that is read from a file: its id, and what the file is silent on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docgen.content.fields import to_plain
from docgen.content.unfilled import is_unfilled
from docgen.importing.case_text import letters
from docgen.importing.draft import unwritten
from docgen.kinds.follow_up.indicator_model import Indicator
from docgen.kinds.follow_up.model import FollowUp

_CARRIED = ("definition", "base", "unit", "price_level")
_OPTIONAL = ("subject", "measure")


def same_indicator(title: str, before: FollowUp | None) -> Indicator | None:
    """The indicator of the report before that has a title."""
    known = before.indicators if before is not None else ()
    return next((one for one in known if letters(str(one.title)) == letters(title)), None)


def carried(fields: Mapping[str, Any], before: Indicator) -> tuple[dict[str, Any], list[str]]:
    """The fields of an indicator with those that the file does not give as the report before has them; and their
    names. What is another than it was then must be explained: `changed` says so."""
    known = to_plain(before)
    found = dict(fields)
    names = [name for name in _CARRIED if name in found and is_unfilled(str(found[name])) and name in known]
    found |= {name: known[name] for name in names}
    optional = [name for name in _OPTIONAL if name not in found and name in known]
    if "measure" in optional and known["measure"] in ("index", "change") and "baseline_year" not in found:
        optional.remove("measure")
    after = {name: known[name] for name in optional}
    found = {**{name: found[name] for name in ("id", "title", "value")}, **after, **found}
    if "changed" not in found and _is_other(found, before):
        found["changed"] = unwritten("hvad der er ændret siden sidste rapport, og hvorfor")
    return found, [*names, *optional]


def _is_other(fields: Mapping[str, Any], before: Indicator) -> bool:
    texts = ("definition", "unit", "base")
    if any(" ".join(str(fields[name]).split()) != " ".join(str(getattr(before, name)).split()) for name in texts):
        return True
    if fields.get("baseline_year") != before.baseline_year:
        return True
    for figure in fields["series"]:
        stated = before.figure(figure["year"])
        if stated is None or stated.value is None or stated.forecast or "note" in figure:
            continue
        if figure["value"] != stated.value:
            return True
    return False
