"""The kinds of value a field may have. The schema decides: `1.10` is text only in quotes, `NO` and `12:30` are text.

Each type takes a `Scalar` from the YAML reader (or the plain Python value, from code) and says in Danish what would be
right.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from docgen.content.cut_text import cut
from docgen.content.fields import AtLeastOne, Conversion, WrongValueError
from docgen.content.scalar import Scalar, is_boolean, is_number
from docgen.content.unfilled import as_filled
from docgen.content.yaml_values import Map, Sequence

_DECIMAL = re.compile(r"-?\d+(\.\d+)?")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
IDENTIFIER_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
MAX_IDENTIFIER = 80
"""The most characters of an id."""

_SHOWN = 80
_ABBREVIATION = re.compile(r"(?<![\wæøå])(?:kr|pct|mio|mia|nr|stk|mv|m\.v|osv|p/l-kr|bl\.a|m\.m|mm|ca)\.$")
"""What ends with a dot of its own, so that an at-point may end with it."""

_Item = TypeVar("_Item")
Several = Annotated[tuple[_Item, ...], AtLeastOne()]
"""A list that may not be empty."""


def _is_single(value: Any) -> bool:
    return isinstance(value, str | int | float | Decimal | datetime.date)


def _text(value: object) -> str:
    value = as_filled(value)
    if not isinstance(value, str):
        kind = "en liste" if isinstance(value, list) else "felter" if isinstance(value, dict) else "et tal"
        hint = f"skriv {in_quotes(value)}" if in_quotes(value) else "skriv teksten i anførselstegn"
        raise WrongValueError(f"her skal stå tekst, ikke {kind}", hint)
    if isinstance(value, Scalar) and value.plain:
        if is_number(value):
            raise WrongValueError(f"{value} uden anførselstegn er et tal, og her skal stå tekst", f'skriv "{value}"')
        if is_boolean(value):
            raise WrongValueError(f"{value} uden anførselstegn er ja/nej, og her skal stå tekst", f'skriv "{value}"')
    if not value.strip():
        raise WrongValueError("teksten er tom", "skriv en tekst, eller slet feltet")
    if isinstance(value, Scalar) and (lost := cut(value)):
        raise WrongValueError(lost.message, lost.hint, lost.origin)
    return value


def in_quotes(value: Any) -> str:
    """What YAML reads as fields or a list since it begins with a bracket, as the text that it is; empty where it is
    long, or no text would be written so."""
    places = value.key_origins.values() if isinstance(value, Map) else getattr(value, "item_origins", ())
    starts = [(place.line, place.column) for place in places]
    where = value.origin if isinstance(value, Map | Sequence) else None
    if where is None or not starts or starts[0] != (where.line, where.column + 1) or starts[-1][0] != where.line:
        return ""  # not within brackets, on one line
    if isinstance(value, Map):
        inside, marks = [key if item is None else f"{key}: {item}" for key, item in value.items()], "{}"
    else:
        inside, marks = list(map(str, value)), "[]"
    items = value.values() if isinstance(value, Map) else value
    text = f"{marks[0]}{', '.join(inside)}{marks[1]}"
    is_plain = all(item is None or isinstance(item, str) for item in items) and not set(text) & set('"\\\n')
    return f'"{text}"' if is_plain and len(text) <= _SHOWN else ""


def _line(value: Any) -> str:
    text = _text(value)
    if "\n" in text:
        raise WrongValueError("her skal stå én linje", "slet linjeskiftet, eller brug '>-'")
    return text


def _label(value: Any) -> str:
    text = _line(value)
    return text.as_reference() if isinstance(text, Scalar) else text


def _identifier(value: Any) -> str:
    if not isinstance(value, str):
        raise WrongValueError("her skal stå ét id", "brug a-z, 0-9 og bindestreg, fx 'groenne-indkoeb'")
    text: str = value
    if not re.match(IDENTIFIER_PATTERN, text) or len(text) > MAX_IDENTIFIER:
        raise WrongValueError(f"'{text}' kan ikke være et id", "brug a-z, 0-9 og bindestreg, fx 'groenne-indkoeb'")
    return text


def _version(value: Any) -> str:
    text = _line(value)
    if not re.fullmatch(r"\d+\.\d+(\.\d+)?", text):
        raise WrongValueError(f"'{text}' er ikke et versionsnummer", 'skriv fx "1.0"')
    return text


def _integer(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, Scalar) and re.fullmatch(r"-?\d{1,15}", value):
        return int(value)
    shown = f"'{value}' er ikke et helt tal" if _is_single(value) else "her skal stå et helt tal"
    raise WrongValueError(shown, "skriv fx 2023")


def _number(value: Any) -> Decimal:
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, Scalar) and _DECIMAL.fullmatch(value) and len(value) <= 30:
        return Decimal(value)
    if isinstance(value, Scalar) and re.fullmatch(r"-?[\d.]*\d,\d+", value):
        right = value.replace(".", "").replace(",", ".")
        raise WrongValueError(
            f"'{value}' kan ikke læses som et tal", f"skriv {right} med punktum; dokumentet får komma"
        )
    shown = f"'{value}' er ikke et tal" if _is_single(value) else "her skal stå et tal"
    raise WrongValueError(shown, "skriv fx 13.8")


def _date(value: Any) -> datetime.date:
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, Scalar) and (match := _DATE.fullmatch(value)):
        try:
            return datetime.date(*map(int, match.groups()))
        except ValueError:
            raise WrongValueError(f"datoen {value} findes ikke", "ret dag eller måned") from None
    if isinstance(value, Scalar) and (danish := re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", value)):
        day, month, year = map(int, danish.groups())
        raise WrongValueError(f"'{value}' er ikke skrevet som dato", f"skriv {year:04d}-{month:02d}-{day:02d}")
    shown = f"'{value}' er ikke en dato" if _is_single(value) else "her skal stå en dato"
    raise WrongValueError(shown, "skriv fx 2022-12-01")


def _clock_time(value: Any) -> datetime.time:
    if isinstance(value, datetime.time):
        return value
    if isinstance(value, str) and (match := re.fullmatch(r"(\d{1,2})[:.](\d{2})", value)):
        hour, minute = map(int, match.groups())
        if hour < 24 and minute < 60:
            return datetime.time(hour, minute)
    shown = f"'{value}' er ikke et klokkeslæt" if _is_single(value) else "her skal stå et klokkeslæt"
    raise WrongValueError(shown, "skriv fx 17:30")


Text = Annotated[str, Conversion(_text, {"type": "string", "minLength": 1})]
"""Running text: Markdown, one or more paragraphs. It keeps its origin."""

Line = Annotated[str, Conversion(_line, {"type": "string", "minLength": 1, "pattern": r"^[^\n]*$"})]
"""Text on one line: a title, a name, a label. It keeps its origin."""

Label = Annotated[str, Conversion(_label, {"type": "string", "minLength": 1, "pattern": r"^[^\n]*$"})]
"""A line of a register: a name or a fixed word that documents show by reference."""


def _phrase(*words: str) -> Conversion:
    """What reads a fixed phrase with some of these words in braces, which documents fill in."""

    def read(value: Any) -> str:
        text = _label(value)
        for found in re.findall(r"\{([^{}]*)\}", text):
            if found not in words:
                shown = ", ".join(f"{{{word}}}" for word in words)
                raise WrongValueError(f"{{{found}}} kan ikke udfyldes her", f"brug {shown}")
        return text

    return Conversion(read, {"type": "string", "minLength": 1, "pattern": r"^[^\n]*$"})


_ROUTE = ("forvaltning", "udvalg", "udvalgets", "råd", "videre", "fagudvalg", "fagudvalgets", "modtager")
LeadIn = Annotated[str, _phrase(*_ROUTE)]
"""A lead-in to at-points."""

Grounded = Annotated[str, _phrase("grund")]
"""What stands in for something closed."""

HeadingPhrase = Annotated[str, _phrase("udvalgets", "udvalg", "dato", "fra", "til")]
"""A heading over a decision, or the name of a meeting."""

OutcomePhrase = Annotated[str, _phrase("emne", "udfald", "Udfald")]
"""A sentence that tells an outcome."""

OwnSentence = Annotated[str, _phrase("emne", "udvalg", "råd", "detalje", "måde")]
"""A sentence of an outcome that is built in a way of its own."""

VotePhrase = Annotated[str, _phrase("første", "anden", "stemmer", "antal", "partier", "numre")]
"""What tells votes, parties or the numbers of at-points."""

StatementPhrase = Annotated[str, _phrase("parti", "andre", "møder")]
"""A lead-in to a remark for the minutes."""

MovedPhrase = Annotated[str, _phrase("stillere", "nummer", "numre", "betegnelse", "ændrer", "udvalg")]
"""What tells that something was moved, or what that is called."""

ItemPhrase = Annotated[str, _phrase("nummer", "numre", "titel")]
"""What an item is called, or what is said of items by their numbers."""

PeoplePhrase = Annotated[str, _phrase("hvem", "grund")]
"""What is said of people at a meeting."""

DayPhrase = Annotated[str, _phrase("dato", "tid", "udvalgets")]
"""What is said of a day or a time, or what a meeting is called."""

PlacementPhrase = Annotated[str, _phrase("nummer", "numre", "Punkterne")]
"""Where a supplementary agenda is taken."""

DeclaredPhrase = Annotated[str, _phrase("udvalg", "betingelse", "fagudvalg", "fagudvalgets")]
"""A sentence of a declaration, or a condition in one."""

AnnexPhrase = Annotated[str, _phrase("nummer", "titel", "sider")]
"""A line in a list of annexes."""

Identifier = Annotated[str, Conversion(_identifier, {"type": "string", "pattern": IDENTIFIER_PATTERN})]
"""A stable id: a-z, 0-9 and hyphens. It never changes, whatever the text does."""

Version = Annotated[str, Conversion(_version, {"type": "string", "pattern": r"^\d+\.\d+(\.\d+)?$"})]
"""A version number in quotes: "1.0"."""

Integer = Annotated[int, Conversion(_integer, {"type": "integer"})]
Number = Annotated[Decimal, Conversion(_number, {"type": "number"})]
"""An exact decimal number; YAML has a dot, the document gets a comma."""

Date = Annotated[datetime.date, Conversion(_date, {"type": "string", "format": "date"})]
"""A day, as 2022-12-01."""


ClockTime = Annotated[datetime.time, Conversion(_clock_time, {"type": "string", "pattern": r"^\d{1,2}[:.]\d{2}$"})]
"""A time of day, as 17:30."""


def _point_text(value: Any) -> str:
    text = _line(value)
    if re.match(r"(\d+[.)]\s*)?at\s", text, re.IGNORECASE):
        raise WrongValueError("at-punktet begynder med 'at'", "slet nummer og at; programmet skriver dem")
    if text.rstrip()[-1] in ",.;:" and not _ABBREVIATION.search(text.rstrip()):
        raise WrongValueError(
            f"at-punktet ender med '{text.rstrip()[-1]}'", "slet tegnet; programmet sætter komma og punktum"
        )
    return text


def _several(value: Any) -> tuple[str, ...]:
    if isinstance(value, list | tuple):
        if not value:
            raise WrongValueError("listen er tom", "skriv mindst én, eller slet feltet")
        return tuple(map(_line, value))
    return (_line(value),)


LineOrLines = Annotated[
    tuple[str, ...],
    Conversion(
        _several,
        {"anyOf": [{"type": "string", "minLength": 1}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]},
    ),
]
"""One line of text, or a list of such."""

PointText = Annotated[str, Conversion(_point_text, {"type": "string", "minLength": 1})]
"""An at-point without its number, its "at" and the sign it ends with."""
