"""Dates, times, numbers, amounts, genitives, enumerations and sorting in official Danish.

Every public function here but `sort_key` is also a template filter of the same name. Babel (CLDR da_DK) does the work
where it is right; where official Danish differs (rounding half up, `kl. 14.30`, `12,5 pct.`, `1.12.2022`) the rule is
here. Each rule is a line in `tests/specs/danish.md` with its source.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date as Date
from datetime import time as Time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from docgen.remembering import remembered

_LOCALE = "da_DK"
_GROUPED = 1_000  # from here on there are dots in a number
_NBSP = "\N{NO-BREAK SPACE}"
_MILLION = {"mio. kr.": 10**6, "mia. kr.": 10**9}


@remembered(4096, lambda value, style="long": (type(value), str(value), style))
def date(value: Date, style: str = "long") -> str:
    """A date: `long` 1. december 2022, `full` torsdag den 1. december 2022, `short` 1.12.2022.

    Sources: Retskrivningsordbogen § 42.3; CLDR has zeros in the short form.

    Raises ValueError for another style.
    """
    from babel.dates import format_date

    patterns = {"long": "d. MMMM y", "full": "EEEE 'den' d. MMMM y", "short": "d.M.y"}
    if style not in patterns:
        raise ValueError(f"ukendt datoform: {style}")
    return format_date(value, patterns[style], locale=_LOCALE)


def period(first: int, last: int, dash: str = "-") -> str:
    """Years from first to last, both in full: 2023-2026 (Retskrivningsordbogen § 57; the en dash is a house option)."""
    return str(first) if first == last else f"{first}{dash}{last}"


def time(value: Time, separator: str = ".") -> str:
    """A time of day: kl. 14.30, with a no-break space (Retskrivningsordbogen; the colon is a house option)."""
    return f"kl.{_NBSP}{value.hour}{separator}{value.minute:02d}"


@remembered(8192, lambda value, decimals=None: (type(value), str(value), decimals))
def number(value: Decimal | int | str, decimals: int | None = None) -> str:
    """A number with comma and, from four digits, dots: 13,8 and 10.000.

    `decimals` rounds half up; None keeps the decimals as written.
    """
    exact = Decimal(value)
    places = max(0, -int(exact.as_tuple().exponent)) if decimals is None else decimals
    rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    if abs(rounded) < _GROUPED:  # most are so small; to load the locale takes longer than a build of nothing new
        return f"{rounded:f}".replace(".", ",")
    from babel.numbers import format_decimal

    pattern = "#,##0" + ("." + "0" * places if places else "")
    return format_decimal(rounded, pattern, locale=_LOCALE, decimal_quantization=False)


def amount(value: Decimal | int | str, unit: str = "kr.", decimals: int | None = None) -> str:
    """An amount before its unit, with no-break spaces: 13,8 mia. kr. and 50.000 kr. (EU's Danish style guide 10)."""
    return number(value, decimals) + _NBSP + unit.replace(" ", _NBSP)


def percent(value: Decimal | int | str, decimals: int | None = None, sign: str = "pct.") -> str:
    """A percentage with its sign after a no-break space: 12,5 pct. (house option: 12,5 %)."""
    return number(value, decimals) + _NBSP + sign


def genitive(name: str) -> str:
    """A name in the genitive: Københavns, Aarhus’, KL’s, pct.s (Retskrivningsordbogen § 6 and § 21)."""
    if not name:
        return ""
    last = name.split()[-1]
    if name[-1] in "sxzSXZ":
        return name + "’"
    if last.isupper() or last[-1].isdigit() or _LOWERCASE_SHORT.fullmatch(last):
        return name + "’s"
    return name + "s"


def enumerate(items: Iterable[str], conjunction: str = "og") -> str:
    """Items as a sentence has them: a, b og c; no comma before the conjunction (CLDR list pattern)."""
    words = [str(item) for item in items]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def sort(items: Iterable[Any], attribute: str = "") -> list[Any]:
    """Items in Danish alphabetical order, of themselves or of one attribute; equal ones keep their order."""
    return sorted(items, key=lambda item: sort_key(str(getattr(item, attribute) if attribute else item)))


_LETTERS = {"æ": "z1", "ä": "z1", "ø": "z2", "ö": "z2", "å": "z3", "ü": "y", "ð": "d", "þ": "th", "œ": "z2", "ß": "ss"}
_AA = re.compile("aa")
_LOWERCASE_SHORT = re.compile(r"[b-df-hj-np-tv-xz]{2,5}|it")


def _with_ring(word: str) -> str:
    """A word with å for each aa that is one vowel: not where two parts of a compound meet, `klima|aftryk`, and not in
    names from elsewhere."""
    if "aa" not in word or word.startswith(_FOREIGN):
        return word
    from docgen.lexicon.compounds import joints

    kept = joints(word)
    return _AA.sub(lambda match: "aa" if match.start() + 1 in kept else "å", word)


_FOREIGN = ("aachen", "aaron", "afrikaans", "isaac", "maastricht", "saarbrücken")


def sort_key(text: str) -> tuple[Any, ...]:
    """The key of Danish order: a-z æ ø å, aa as å where it is one vowel, accents ignored, numbers by value
    (Retskrivningsordbogen § 4).

    Equal but for spelling: å before aa, capital before small.
    """
    lowered = unicodedata.normalize("NFC", text).lower()
    lowered_aa = re.sub(r"\w+", lambda match: _with_ring(match[0]), lowered) if "aa" in lowered else lowered
    parts: list[tuple[int, Any]] = []
    digits = ""
    for character in lowered_aa + "\0":
        if character.isdecimal():
            digits += character
            continue
        if digits:
            parts.append((1, int(digits)))
            digits = ""
        if character in _LETTERS:
            parts.append((2, _LETTERS[character]))
        elif character.isalpha():
            parts.append((2, unicodedata.normalize("NFD", character)[0]))
        elif character == " ":
            parts.append((0, ""))
    return (tuple(parts), "aa" in lowered, text)


FILTERS: dict[str, Callable[..., Any]] = {
    "date": date,
    "period": period,
    "time": time,
    "number": number,
    "amount": amount,
    "percent": percent,
    "genitive": genitive,
    "enumerate": enumerate,
    "sort": sort,
}
"""What templates may call, by filter name."""
