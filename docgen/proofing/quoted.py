"""What in a text is not the author's own prose: addresses, code and placeholders, which no rule of language may touch,
and quotations, which are shown but never fixed."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

_NOT_PROSE = re.compile(
    r"(?<=\]\()[^)\n]*"  # where a link leads
    r"|(?:https?://|www\.)[^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*"  # an address
    r"|(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+"  # an e-mail address
    r"|`[^`\n]*`"  # code
    r"|(?m:^ {4,}(?![-*\d ]).*$)"  # lines of code
    r"|\{[a-z]++:[^{}\n]*\}"  # {bilag:id}, {tal:id}
)
_QUOTED = re.compile(r"”[^”\n]*”|“[^“”\n]*”|„[^„“”\n]*[“”]|»[^»«\n]*«|\"[^\"\n]*\"")


def is_prose(text: str, start: int, end: int) -> bool:
    """Whether the words from `start` to `end` are the author's, and not part of an address, code or a placeholder."""
    return not _touches(_spans(text, _NOT_PROSE), start, end)


def is_quoted(text: str, start: int, end: int) -> bool:
    """Whether some of the words from `start` to `end` stand in quotation marks: then they are another's words."""
    return _touches(_spans(text, _QUOTED), start, end)


@lru_cache(maxsize=512)
def _spans(text: str, pattern: re.Pattern[str]) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in pattern.finditer(text))


def _touches(spans: tuple[tuple[int, int], ...], start: int, end: int) -> bool:
    at = bisect_right(spans, (end - 1, len(spans) and spans[-1][1])) - 1
    return at >= 0 and spans[at][1] > start
