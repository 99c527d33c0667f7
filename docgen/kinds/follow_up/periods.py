"""The periods that reports and figures are of: a year, a half-year or a quarter (`2026`, `2026-H1`, `2026-Q1`).

A year is a number, as YAML has it; the others are texts. A report's file is named by its period in small letters, alone
or with a word after it where there are several in a period: `2026-q1.yaml`, `2026-q1-klima.yaml`.
"""

from __future__ import annotations

import datetime
import re
from fractions import Fraction
from typing import Annotated, Any

from docgen.content.fields import Conversion, WrongValueError

_PERIOD = re.compile(r"([12]\d{3})(?:-([QqHh])([1-4]))?")
_MONTHS = {"": 12, "H": 6, "Q": 3}
_NBSP = "\N{NO-BREAK SPACE}"
_NAMES = {"H": "halvår", "Q": "kvartal"}
ID = r"[12]\d{3}(?:-(?:q[1-4]|h[12])(?![a-z0-9]))?(?!-[qh]\d)(?:-[a-z0-9]+)*"
"""What the name of a report's file is like."""
_ID = re.compile(r"([12]\d{3}(?:-(?:q[1-4]|h[12])(?![a-z0-9]))?)(?!-[qh]\d)(?:-([a-z0-9-]+))?")


def _period(value: Any) -> int | str:
    found = _PERIOD.fullmatch(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else None
    if found is None or (found[2] and int(found[3]) * _MONTHS[found[2].upper()] > 12):
        shown = f"'{value}' er ikke et år eller en periode" if isinstance(value, str | int) else "her skal stå et år"
        raise WrongValueError(shown, "skriv fx 2026, 2026-H1 (halvår) eller 2026-Q1 (kvartal)")
    if not found[2]:
        return int(found[1])
    return f"{found[1]}-{found[2].upper()}{found[3]}"


_SCHEMA = {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": r"^[12]\d{3}(-[QqHh][1-4])?$"}]}
Period = Annotated[int | str, Conversion(_period, _SCHEMA)]
"""A year (2026), a half-year (2026-H1) or a quarter (2026-Q1)."""


def _parts(period: int | str) -> tuple[int, str, int]:
    found = _PERIOD.fullmatch(str(period))
    assert found is not None  # it was read as one
    return int(found[1]), (found[2] or "").upper(), int(found[3] or 1)


def year_of(period: int | str) -> int:
    """The year that a period is in."""
    return _parts(period)[0]


def key(period: int | str) -> str:
    """A period as ids have it: `2026`, `2026-q1`."""
    return str(period).lower()


def words(period: int | str) -> str:
    """A period as a sentence has it after `i`: `2026`, `1. kvartal 2026` with a no-break space after the number."""
    year, part, number = _parts(period)
    return f"{number}.{_NBSP}{_NAMES[part]} {year}" if part else str(year)


def short(period: int | str) -> str:
    """A period as a chart has it under its points: `2026`, `1. kv. 2026`, `1. halvår 2026`."""
    return words(period).replace("kvartal", "kv.")


def span(first: int | str, last: int | str) -> str:
    """From one period to another: `2018-2024`, `2025 til 1. kvartal 2026`; one alone where they are the same."""
    if first == last:
        return words(first)
    are_years = isinstance(first, int) and isinstance(last, int)
    return f"{words(first)}{'-' if are_years else ' til '}{words(last)}"


def end(period: int | str) -> Fraction:
    """When a period ends, in years: `2026` ends at 2027, `2026-Q1` a quarter after 2026."""
    year, part, number = _parts(period)
    return year + Fraction(number * _MONTHS[part], 12)


def last_day(period: int | str) -> datetime.date:
    """The last day of a period."""
    year, part, number = _parts(period)
    month = number * _MONTHS[part]
    after = datetime.date(year + month // 12, month % 12 + 1, 1)
    return after - datetime.timedelta(days=1)


def order(period: int | str) -> tuple[Fraction, int]:
    """The key by which periods stand in order: as they end, the shorter one first."""
    return end(period), _MONTHS[_parts(period)[1]]


def before(period: int | str) -> int | str:
    """The period of the same length just before one."""
    year, part, number = _parts(period)
    if not part:
        return year - 1
    return f"{year}-{part}{number - 1}" if number > 1 else f"{year - 1}-{part}{12 // _MONTHS[part]}"


def of_id(id: str) -> int | str | None:
    """The period that a report's id begins with, `2026-Q1` of `2026-q1-klima`; None where it begins with none."""
    found = _ID.fullmatch(str(id))
    return None if found is None else _period(found[1])


def id_of(period: int | str, like: str) -> str:
    """The id of a report on a period that is of the same sort as another: `2025-q4-klima` for one like
    `2026-q1-klima`."""
    found = _ID.fullmatch(str(like))
    rest = f"-{found[2]}" if found and found[2] else ""
    return key(period) + rest


def id_before(id: str) -> str | None:
    """The id that the report just before one has, if there is one; None for an id that begins with no period."""
    period = of_id(id)
    return None if period is None else id_of(before(period), id)
