"""What must not be published of people: CPR numbers, private telephone and e-mail (DOMAIN 4.3)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from docgen.proofing.rule import Hit, Reading, Rule, Severity

_CPR = re.compile(r"(?<![\d.,/-])(\d{2})(\d{2})(\d{2})(?:[- ]|(?=\d{4}))(\d)(\d{3})(?![\d/]|[.,]\d|-\d)")
_OTHER_NUMBER = re.compile(r"\b(?:P|CVR|SE|EAN|GLN)-?(?:nr\.?|nummer)(?: er)?:? ?$", re.I)
_PHONE = re.compile(
    r"\b(?:tlf|telefon|(?:mobil|mobiltelefon|privattelefon)(?: er\b| på\b)?)\b\.?(?:nr\.|nummer)?:? ?((?:\+45 ?)?(?:\d{2} ?){3}\d{2})(?!\d)",
    re.I,
)
_MAIL = re.compile(
    r"[\w.+-]+@(?:gmail|hotmail|outlook|live|yahoo|icloud|me|msn|protonmail|mail|stofanet|tdcadsl|youmail|post\d?\.tele|jubii)"
    r"\.(?:com|dk|me|net)\b",
    re.I,
)


def is_cpr(day: int, month: int, year: int, seventh: int) -> bool:
    """Whether the digits begin with a day that was: the seventh digit tells the century (CPR-kontoret).

    Modulus 11 is no proof since 2007, so it is not asked for.
    """
    if seventh <= 3:
        century = 1900
    elif seventh in (4, 9):
        century = 2000 if year <= 36 else 1900
    else:
        century = 2000 if year <= 57 else 1800
    try:
        datetime.date(century + year, month, day)
    except ValueError:
        return False
    return True


def _cpr(reading: Reading) -> Iterator[Hit]:
    for passage in reading.passages if _CPR.search(reading.joined) else ():
        for match in _CPR.finditer(passage.text):
            if not _OTHER_NUMBER.search(passage.text[: match.start()]) and is_cpr(
                int(match[1]), int(match[2]), int(match[3]), int(match[4])
            ):
                yield Hit(passage, match.start(), match.end(), "det ligner et CPR-nummer og må ikke offentliggøres")


def _phone(reading: Reading) -> Iterator[Hit]:
    for passage in reading.passages if _PHONE.search(reading.joined) else ():
        for match in _PHONE.finditer(passage.text):
            yield Hit(passage, match.start(1), match.end(1), "telefonnummer; er det privat, skal det ud")


def _mail(reading: Reading) -> Iterator[Hit]:
    for passage in reading.passages if _MAIL.search(reading.joined) else ():
        for match in _MAIL.finditer(passage.text):
            yield Hit(passage, match.start(), match.end(), "privat e-mailadresse")


RULES: tuple[Rule, ...] = (
    Rule(
        "DG601", "CPR-numre", Severity.ERROR, "Databeskyttelsesloven § 11; DOMAIN 4.3",
        ("sagsnummer 2015-0061783", "310299 borgere", "beløbet 320199-1234", "EAN 5798009811578"),
        ("ansøger 010190-1234", "CPR 2902004567", "født 311299 1234"), _cpr,
    ),
    Rule(
        "DG602", "Telefonnumre", Severity.HINT, "DOMAIN 4.3",
        ("12 34 56 78 kr.", "telefonen ringede"), ("tlf. 12 34 56 78", "Mobil: +45 12345678", "telefon 12345678", "hendes mobil er 20 30 40 50"), _phone,
    ),
    Rule(
        "DG603", "Private e-mailadresser", Severity.WARNING, "DOMAIN 4.3",
        ("indkoeb@okf.kk.dk",), ("navn@gmail.com", "en.anden@hotmail.dk", "navn@live.dk"), _mail,
    ),
)  # fmt: skip
"""The rules of privacy."""
