"""Dates as Danish documents write them."""

from __future__ import annotations

import datetime
import re

_MONTHS = tuple("januar februar marts april maj juni juli august september oktober november december".split())  # noqa: SIM905
_LONG = re.compile(rf"\b(\d{{1,2}})\.\s*({'|'.join(_MONTHS)})\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_SHORT = re.compile(r"\b(\d{1,2})[.-](\d{1,2})[.-]((?:19|20)\d\d)\b")
_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b")


def date_in(text: str) -> datetime.date | None:
    """The first day that a text names: 1. december 2022, 01-12-2022, 1.12.2022 or 2022-12-01."""
    found: list[tuple[int, tuple[int, int, int]]] = []
    if long := _LONG.search(text):
        found.append((long.start(), (int(long[3]), _MONTHS.index(long[2].lower()) + 1, int(long[1]))))
    if short := _SHORT.search(text):
        found.append((short.start(), (int(short[3]), int(short[2]), int(short[1]))))
    if iso := _ISO.search(text):
        found.append((iso.start(), (int(iso[1]), int(iso[2]), int(iso[3]))))
    for _, (year, month, day) in sorted(found):
        try:
            return datetime.date(year, month, day)
        except ValueError:
            continue
    return None
