"""Dates and periods: days that there are, weekdays that they fall on, and what comes first."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator

from docgen.proofing.rule import Hit, Reading, Rule, Severity, lazy
from docgen.proofing.rules.quantities import MONTHS, sentences

_WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
_MONTH = "|".join(MONTHS)
_DATE = rf"(\d{{1,2}})\.[ \u00a0]?({_MONTH})[ \u00a0](\d{{4}})"
_YEARS = {"to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "syv": 7, "otte": 8, "ni": 9, "ti": 10}


def _day(day: str, month: str, year: str) -> datetime.date | None:
    try:
        return datetime.date(int(year), MONTHS.index(month.lower()) + 1, int(day))
    except ValueError:
        return None


_ANY_DATE = lazy(
    rf"(?<![\d.,])(?:(?P<day>\d{{1,2}})\.[ \u00a0]?(?P<month>{_MONTH})(?:[ \u00a0](?P<year>\d{{4}}))?"
    r"|(?P<d>\d{1,2})[.-](?P<m>\d{1,2})[.-](?P<y>\d{4}))(?![\d])",
    re.IGNORECASE,
    glance=r"\d(?:\.[ \u00a0]?(?i:ja|fe|ma|ap|ju|au|se|ok|no|de)|[.-]\d{1,2}[.-]\d{4})",
)


def _no_such_day(reading: Reading) -> Iterator[Hit]:
    for passage in reading.with_figures.passages:
        for match in _ANY_DATE.finditer(passage.text):
            day = int(match["day"] or match["d"])
            month = MONTHS.index(match["month"].lower()) + 1 if match["month"] else int(match["m"])
            year = int(match["year"] or match["y"] or 2024)  # without a year February may have 29 days
            if not 1 <= month <= 12 or not 1 <= year <= 9999:
                continue
            last = calendar.monthrange(year, month)[1]
            if day > last and day <= 31 + 8:
                when = f" {year}" if month == 2 else ""
                yield Hit(passage, match.start(), match.end(), f"{MONTHS[month - 1]}{when} har {last} dage")


_WEEKDAY_DATE = lazy(rf"\b({'|'.join(_WEEKDAYS)}),?[ \u00a0](?:den |d\. )?{_DATE}", re.IGNORECASE)


def _weekdays(reading: Reading) -> Iterator[Hit]:
    for passage in reading.with_figures.passages:
        for match in _WEEKDAY_DATE.finditer(passage.text):
            day = _day(match[2], match[3], match[4])
            if day is not None and (right := _WEEKDAYS[day.weekday()]) != match[1].lower():
                words = f"den {match[2]}. {match[3].lower()} {match[4]} er en {right}"
                yield Hit(passage, match.start(), match.end(), words)


_MOVED = lazy(r"\b(?:flytt\w+|ændr\w+|rykk\w+|fremryk\w+|udsky\w+|udskudt|forlæng\w+|tilbage)\b")
_FROM_TO = lazy(
    rf"\bfra (?:og med )?(?:den )?{_DATE} til (?:og med )?(?:den )?{_DATE}",
    glance=r"\bfra (?:og med )?(?:den )?\d",
)
_LASTS = lazy(
    rf"\b({'|'.join(_YEARS)}|\d{{1,2}}) år (?:og løber )?fra (?:og med )?(?:den )?{_DATE} til (?:og med )?(?:den )?{_DATE}",
    glance=r" år (?:og løber )?fra ",
)
_YEAR_RANGE = lazy(
    r"\b(?P<before>(?P<length>\w+)årige )?(?:(?:valg|budget|kontrakt|politik|aftale|strategi)?perioden?|årene|budgetårene|strategien|politikken)[ \u00a0]"
    r"(?P<first>(?:19|20)\d\d)(?:-|–| til )(?P<last>(?:19|20)\d\d)\b"
)


def _periods(reading: Reading) -> Iterator[Hit]:
    """A period ends after it begins, and has the years that it is said to have."""
    reading = reading.with_figures
    if not re.search(r"fra (?:og med )?(?:den )?\d|period|årene|strategi|politikken (?:19|20)", reading.joined):
        return
    for passage, start, text in sentences(reading):
        moved = _MOVED.search(text)
        for match in _FROM_TO.finditer(text):
            first, last = _day(match[1], match[2], match[3]), _day(match[4], match[5], match[6])
            if first and last and last < first and not moved:
                yield Hit(passage, start + match.start(), start + match.end(), "perioden slutter, før den begynder")
        for match in _LASTS.finditer(text):
            first, last = _day(match[2], match[3], match[4]), _day(match[5], match[6], match[7])
            stated = _YEARS.get(match[1]) or int(match[1])
            if first and last and first < last and (years := _whole_years(first, last)) not in (None, stated):
                words = f"fra den første til den sidste dag er der {years} år, ikke {stated}"
                yield Hit(passage, start + match.start(), start + match.end(), words)
        for match in _YEAR_RANGE.finditer(text):
            begins, ends = int(match["first"]), int(match["last"])
            if ends < begins:
                yield Hit(
                    passage, start + match.start("first"), start + match.end(), "perioden slutter, før den begynder"
                )
            elif match["before"] and (stated := _YEARS.get(match["length"].lower(), 0)) and stated != ends - begins + 1:
                words = f"{begins}-{ends} er {ends - begins + 1} år, ikke {stated}"
                yield Hit(passage, start + match.start(), start + match.end(), words)


def _whole_years(first: datetime.date, last: datetime.date) -> int | None:
    """How many years a period has; None where they are not whole."""
    after = last + datetime.timedelta(days=1)
    is_whole = (after.month, after.day) == (first.month, first.day) or (last.month, last.day) == (
        first.month,
        first.day,
    )
    return after.year - first.year if is_whole else None


RULES: tuple[Rule, ...] = (
    Rule(
        "DG211", "Datoen findes", Severity.WARNING, "Den gregorianske kalender",
        ("den 30. november 2025", "29. februar 2024", "31.3.2026"),
        ("den 31. november 2025", "29. februar 2025", "31. juni", "31.4.2026"), _no_such_day,
    ),
    Rule(
        "DG212", "Ugedagen passer til datoen", Severity.WARNING, "Den gregorianske kalender",
        ("torsdag den 1. december 2022", "Hver mandag mødes gruppen, og den 4. juni 2025 er undtagelsen."),
        ("tirsdag den 1. december 2022", "Mandag d. 15. august 2025"), _weekdays,
    ),
    Rule(
        "DG213", "Perioden passer", Severity.WARNING, "docgens egen regel",
        ("fra den 1. maj 2023 til den 30. april 2025", "perioden 2023-2026", "Den fireårige periode 2023-2026",
         "Fristen er flyttet fra den 5. juni 2025 til den 3. maj 2025.", "i to år fra den 1. juli 2024 til den 30. juni 2026"),
        ("fra den 1. maj 2025 til den 30. april 2023", "perioden 2026-2022", "Den fireårige periode 2022-2026",
         "i fire år fra den 1. januar 2023 til den 31. december 2025"), _periods,
    ),
)  # fmt: skip
"""The rules of dates and periods."""
