"""Weekdays before a meeting, with the Danish public holidays (library `holidays`)."""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Any


def last_day_to_send(meeting: datetime.date, weekdays: int, saturday_is_weekday: bool = False) -> datetime.date:
    """The last day on which an agenda may be sent: so many weekdays before the meeting, the day of sending counted.

    Sundays and public holidays are no weekdays; whether a Saturday is one, the municipality decides (DOMAIN 4.6).
    """
    day, left = meeting, weekdays
    while left > 0:
        day -= datetime.timedelta(days=1)
        left -= is_weekday(day, saturday_is_weekday)
    return day


def is_weekday(day: datetime.date, saturday_is_weekday: bool = False) -> bool:
    """Whether a day is a weekday: neither Sunday, nor public holiday, nor (unless it is to be) Saturday."""
    last = 6 if saturday_is_weekday else 5
    return day.weekday() < last and day not in _holidays(day.year)


@lru_cache(maxsize=16)
def _holidays(year: int) -> Any:
    from holidays import country_holidays

    return country_holidays("DK", years=year)
