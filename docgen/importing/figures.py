"""Numbers and periods as Danish reports write them in cells and sentences."""

from __future__ import annotations

import re
from decimal import Decimal

from docgen.structs import Struct

NUMBER = r"[-−–]?\s?(?:\d{1,3}(?:[. \u00a0]\d{3})+(?!\d)|\d+)(?:,\d+|\.\d{1,2}(?!\d))?"
_PERIOD = re.compile(
    r"(?:\b(?P<part>[1-4])\.\s?(?P<sort>halvår|kvartal|kv\.)\s?(?P<year>(?:19|20)\d\d)\b)"
    r"|(?:\b(?P<year2>(?:19|20)\d\d)(?:-(?P<code>[HQ][1-4]))?(?!\d))"
)
_FIGURE = re.compile(
    rf"(?:indeks\s)?(?P<number>{NUMBER})\s?(?P<unit>[^\d()\s][^\d()]*?)?\s*(?:\((?P<when>[^)]*)\))?", re.IGNORECASE
)
_NOTHING = re.compile(r"[-–−—.]*|(?:ikke opgjort|ukendt|i\.?\s?a\.?|n/?a|uoplyst)\.?", re.IGNORECASE)
_SIGNS = re.compile(r"^[^\w−–(-]+|[*\u2020]+$")


class Figure(Struct, frozen=True):
    """A number with its unit and its period, as far as they stand with it."""

    value: Decimal
    unit: str = ""
    period: int | str | None = None


def is_nothing(cell: str) -> bool:
    """Whether a cell says that there is no number."""
    return _NOTHING.fullmatch(cell.strip()) is not None


def decimal_of(text: str) -> Decimal:
    """A Danish number as its value."""
    plain = re.sub(r"[ \u00a0]", "", text).replace("−", "-").replace("–", "-")
    if "," in plain:
        return Decimal(plain.replace(".", "").replace(",", "."))
    return Decimal(re.sub(r"\.(?=\d{3}(?:\D|$))", "", plain))


def figure_in(cell: str) -> Figure | None:
    """The number that a cell is: `13,8 mia. kr. (2021)`, `53 %`, `−25`. None for words, and for a cell without one."""
    words = _SIGNS.sub("", cell.strip())
    found = _FIGURE.fullmatch(words)
    if found is None:
        return None
    unit = (found["unit"] or "").strip()
    if len(unit) > 30:
        return None
    return Figure(decimal_of(found["number"]), unit, period_in(found["when"] or ""))


def period_in(text: str) -> int | str | None:
    """The first period that a text names: `2024`, `2024-H1` of `1. halvår 2024`."""
    found = _PERIOD.search(text)
    if found is None:
        return None
    if found["part"]:
        code = "H" if found["sort"] == "halvår" else "Q"
        return f"{found['year']}-{code}{found['part']}" if code == "Q" or int(found["part"]) < 3 else None
    code = found["code"] or ""
    if code.startswith("H") and int(code[1]) > 2:
        return int(found["year2"])
    return f"{found['year2']}-{code}" if code else int(found["year2"])


def periods_in(text: str) -> list[int | str]:
    """All periods that a text names."""
    found = []
    at = 0
    while (one := _PERIOD.search(text, at)) is not None:
        if (period := period_in(one[0])) is not None:
            found.append(period)
        at = one.end()
    return found
