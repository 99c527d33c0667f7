"""YAML that takes something from a text without an error: told from the source, where the text can still be seen.

A text without quotes ends at ` #`, and one that is folded has its lists and tables on one line (YAML 1.2, 6.6, 6.5).
"""

from __future__ import annotations

import re
from itertools import pairwise

from docgen.content.scalar import Scalar
from docgen.problems import Origin
from docgen.structs import Struct

_COMMENT = re.compile(r"[ \t]+(#[^\n]*)")
_OWN_COMMENT = re.compile(r"#\s*docgen:", re.IGNORECASE)
_NAME = re.compile(r"&([^\s,\[\]{}]+)")
_BREAK = re.compile("[\u2028\u2029]")
_POINT = re.compile(r"(?:[-*+•–]|\d{1,3}[.)]|[a-zæøå][.)])[ \t]")
_HEADING = re.compile(r"#{1,6}[ \t]+\S")
_SHOWN = 40


class Cut(Struct, frozen=True):
    """What is lost of a text, where, and how it is kept (Danish, without a final dot)."""

    message: str
    hint: str
    origin: Origin


def cut(text: Scalar) -> Cut | None:
    """What YAML takes from a text that a field of words holds; None where it is whole."""
    return _unseen_break(text) or _named(text) or _escaped_tab(text) or _ends_at_comment(text) or _folded(text)


def _unseen_break(text: Scalar) -> Cut | None:
    """A line break that is none in YAML and in Markdown, but one in print, or the other way round."""
    start, end = text.extent
    found = _BREAK.search(text.source, start, end)
    at = _BREAK.search(text)
    if found is None and at is None:
        return None
    code = f"U+{ord((found or at)[0]):04X}"  # type: ignore[index]
    place = text.origin if found is None else _place(text, found.start())
    return Cut(f"usynligt linjeskift {code}", "slet det, og tryk på Enter i stedet", place)


def _named(text: Scalar) -> Cut | None:
    """A first word with & is a name in YAML, which nothing is called by here (YAML 1.2, 6.9.2)."""
    found = _NAME.match(text.source, text.extent[0]) if text.plain else None
    if found is None or re.search(rf"(?<![^\s\[,:{{-])\*{re.escape(found[1])}(?![^\s\],}}])", text.source):
        return None
    message = f"ordet '&{found[1]}' falder ud af teksten: YAML læser det som et navn på den"
    return Cut(message, "sæt hele teksten i anførselstegn", text.origin)


def _escaped_tab(text: Scalar) -> Cut | None:
    """In double quotes a backslash and a t are a tabulator, as in a path of Windows."""
    start, end = text.extent
    if text.source[start : start + 1] != '"' or "\t" not in text or "\\t" not in text.source[start:end]:
        return None
    hint = "brug enkelte anførselstegn om teksten"
    return Cut("\\t i dobbelte anførselstegn bliver til en tabulator", hint, text.origin)


def _ends_at_comment(text: Scalar) -> Cut | None:
    found = _COMMENT.match(text.source, text.extent[1]) if text.plain else None
    if found is None or _OWN_COMMENT.match(found[1]):
        return None
    lost = found[1].strip()
    shown = lost if len(lost) <= _SHOWN else f"{lost[:_SHOWN]} …"
    hint = f"sæt hele teksten i anførselstegn, hvis '{shown}' hører til den, og skriv ellers på linjen over"
    return Cut(f"teksten slutter før '{shown}', som YAML læser som en bemærkning", hint, _place(text, found.start(1)))


def _folded(text: Scalar) -> Cut | None:
    """Points, rows and headings in lines that YAML joins with those beside them."""
    start, end = text.extent
    written = text.source[start:end]
    if written[:1] == "|" or "\n" not in written:
        return None
    lines = _lines(written)
    for (_, one), (at, two) in pairwise(lines):
        if (kind := _joined(one.strip(), two.strip())) and not (written[0] == ">" and _kept(one, two, lines)):
            hint = (
                "skriv | i stedet for > efter feltets navn"
                if written[0] == ">"
                else "skriv | efter feltets navn, og teksten rykket ind på linjerne under"
            )
            return Cut(f"{kind} løber sammen på én linje, som teksten er skrevet", hint, _place(text, start + at))
    return None


def _lines(written: str) -> list[tuple[int, str]]:
    """The lines of a text with their places in it; the sign of a folded one is none of them."""
    found, at = [], 0
    for line in written.split("\n"):
        if not (at == 0 and written[0] == ">"):
            indent = len(line) - len(line.lstrip())
            found.append((at + indent, line.lstrip("\"'") if at == 0 else line))
        at += len(line) + 1
    return found


def _joined(one: str, two: str) -> str:
    """What is lost where two lines become one."""
    if not one or not two:
        return ""
    if _POINT.match(two) and (_POINT.match(one) or one.endswith(":")):
        return "listen"
    if two.startswith("|") and one.startswith("|"):
        return "tabellen"
    if _HEADING.match(two) or _HEADING.match(one):
        return "overskriften og teksten"
    return ""


def _kept(one: str, two: str, lines: list[tuple[int, str]]) -> bool:
    """Whether a folded text keeps the break: beside a line that stands further in than the first (YAML 1.2, 8.1.3)."""
    indent = next(len(line) - len(line.lstrip()) for _, line in lines if line.strip())
    return any(line[indent : indent + 1] in (" ", "\t") for line in (one, two))


def _place(text: Scalar, at: int) -> Origin:
    start = text.source.rfind("\n", 0, at) + 1
    return Origin(text.origin.file, text.source.count("\n", 0, at) + 1, at - start + 1, text.origin.path)
