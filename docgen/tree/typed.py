"""What an author typed and Markdown would change, drop or leave as signs in print.

A paragraph that begins with a date or a year is no list (`keep_numbers`); all else is told (`changes`, `leftovers`),
for only the author knows what was meant.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from docgen.remembering import letters, remembered
from docgen.structs import Struct

KEPT_DOT = "\x02"
"""Stands for the dot after a number that begins no list, while Markdown is read; no content may hold it."""
OTHER = "\x03"
"""Stands in `leftovers` for what is no plain text: escaped signs, and what Markdown has made something of."""

_MONTHS = (
    "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec"
)
_ORDINALS = (
    "kvartal|halvår|behandling|viceborgmester|sal|juledag|påskedag|pinsedag|klasse|verdenskrig|del|fase|led|række|plads"
    "|gang|årgang|udgave|udkast|version|punktum|stk|pkt|og|eller|til|samt"
)
_LEAD = r"[ \t]*(?:(?:[-*+>]|\d{1,9}[.)])[ \t]+)*"
_NO_LIST = re.compile(
    rf"^({_LEAD})(\d{{1,2}})\.(?=[ \t]+(?:(?:{_MONTHS})\b|(?-i:{_ORDINALS})\b|[–-][ \t]*\d)|[ \t]*[–-][ \t]*\d)"
    rf"|^({_LEAD})(\d{{3,9}})\.(?=[ \t])",
    re.IGNORECASE | re.MULTILINE,
)
_FENCE = re.compile(r"[ \t]*(?:[-*+>][ \t]+)*(```+|~~~+)")
_NUMBER = re.compile(r"([ \t]*(?:>[ \t]?)*)(\d{1,9})([.)])(?=[ \t]+\S)")
_CODE = re.compile(r"(`+)[^\n]*?\1|\\.")


class Told(Struct, frozen=True):
    """Words as they are typed, what Markdown does to them, and what would be right (Danish, without a final dot)."""

    words: str
    message: str
    hint: str


def keep_numbers(text: str) -> str:
    """The text with `KEPT_DOT` for each dot after a day, an ordinal or a year at the beginning of a line."""
    return _NO_LIST.sub(lambda found: f"{found[1] or found[3] or ''}{found[2] or found[4]}{KEPT_DOT}", text)


@remembered(600_000, lambda text: str(text), weight=letters)
def changes(text: str) -> tuple[Told, ...]:
    """What Markdown makes something else of, or nothing, without a trace in what is left."""
    return tuple(_changes(text))


def _changes(text: str) -> Iterator[Told]:
    lines = list(_prose(text))
    yield from _jumps(lines)
    bare = "\n".join(lines)
    for pattern, message, hint in _CHANGED:
        for found in pattern.finditer(bare):
            yield Told(found[0].strip(), message, hint)
    for found in _ADDRESS.finditer(bare):
        if not re.search(rf"\[{re.escape(found[1])}\](?!:)", bare, re.IGNORECASE):
            hint = "sæt \\ foran [, hvis ordene skal stå i teksten"
            yield Told(found[0].strip(), f"linjen med '[{found[1]}]:' falder ud af teksten", hint)


def _prose(text: str) -> Iterator[str]:
    """The lines of a text, empty where they are code; code in a line and escaped signs are blanks."""
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
            yield ""
        elif fence:
            yield ""
        else:
            yield _CODE.sub(lambda found: " " * len(found[0]), line)


_CHANGED = (
    (
        re.compile(r"^[ \t]*\+[ \t]+\d[^\n]*", re.MULTILINE),
        "plusset forrest i linjen bliver til en prik",
        "sæt \\ foran +, eller begynd punktet med -",
    ),
    (
        re.compile(
            r"^[ \t]*>[ \t]*\d[\d.,]*[ \t]*(?:pct|procent|%|mio|mia|kr|år|dage|km|kg|ton|t|m)\b[^\n]*", re.MULTILINE
        ),
        "> forrest i linjen gør den til et citat",
        "skriv 'over', eller sæt \\ foran >",
    ),
    (
        re.compile(r"\d\*\d[^\s*]*\*\d*"),
        "gangetegnene bliver til kursiv",
        "skriv × i stedet for *",
    ),
)
_ADDRESS = re.compile(r"^ {0,3}\[([^\]^\n][^\]\n]*)\]:[ \t]*\S[^\n]*$", re.MULTILINE)


def _jumps(lines: list[str]) -> Iterator[Told]:
    """Numbers of a list that are not one up from the one before: Markdown counts for itself."""
    counted: dict[tuple[str, str], tuple[int, int]] = {}  # by indent and sign: the last number, and the step
    blank = True
    for line in lines:
        found = None if _NO_LIST.match(line) else _NUMBER.match(line)
        indent = found[1].expandtabs(4) if found else " " * (len(line) - len(line.lstrip()))
        if not line.strip():
            blank = True
            continue
        if found is not None:
            for key in [key for key in counted if len(key[0]) > len(indent)]:
                del counted[key]
            number, key = int(found[2]), (indent, found[3])
            before, step = counted.get(key, (number, -1))
            if key not in counted and not blank and number != 1:
                continue  # it is in the middle of a paragraph
            is_first = key not in counted
            is_right = is_first or number - before == step or (step < 0 and number - before in (0, 1))
            if not is_right:
                shown = f"punktet får ikke det nummer, som det er skrevet med: efter {before} kommer {number}"
                hint = f"ret nummeret, eller skriv {number}\\{found[3]} hvis det ikke er et punkt i listen"
                yield Told(line.strip(), shown, hint)
            counted[key] = (number, number - before if not is_first and is_right else step)
        elif blank:
            for key in [key for key in counted if len(key[0]) >= len(indent)]:
                del counted[key]
        blank = False


# -- signs that are left in print -------------------------------------------------------------------------------

_BULLET = r"[•·▪▫●○◦‣∙■□\uf0a7\uf0b7\uf0d8\uf02d]"
_TEXT_LINES = "linjerne løber sammen i teksten"
_LEFT: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        re.compile(r"\*\*[^\n]{0,40}|(?<!\w)__[^\W_][^\n_]*__|\*[^\s*][^*\n]*[^\s*]\*|(?<!\w)\*[^\W\d_][^*\n]*\w\*\w"),
        "stjernerne bliver stående i teksten",
        "sæt et mellemrum uden for **fed** og *kursiv*, og intet lige inden for; skriv \\*, hvis tegnet skal stå der",
    ),
    (re.compile(r"~~[^~\n]+~~"), "~~ bliver stående i teksten", "slet det, der er streget ud"),
    (re.compile(r"==[^=\n]+=="), "== bliver stående i teksten", "brug **fed**"),
    (
        re.compile(r"!?\[[^\[\]\n]*\]\([^()\n]*\)|\[[^\[\]\n]+\]\[[^\[\]\n]*\]"),
        "linket bliver stående som tegn i teksten",
        "skriv [ord](https://…) uden mellemrum i adressen; et mellemrum skrives %20",
    ),
    (re.compile(r"^#{1,6}(?=[^\W\d_])[^\n]*", re.MULTILINE), "# bliver stående i teksten", "sæt et mellemrum efter #"),
    (re.compile(r"^#{1,6}[ \t][^\n]*"), "# bliver stående i teksten", "slet det; en note kan ikke have en overskrift"),
    (re.compile(r":::[^\n]*"), "::: bliver stående i teksten", "slet det; bokse laves af skabelonen"),
    (re.compile(r"```[^\n]*"), "``` bliver stående i teksten", "begynd og slut kode med en linje med ```"),
    (re.compile(r"^\[[ xX]\][ \t]"), "afkrydsningen bliver stående i teksten", "skriv punktet uden [ ]"),
    (
        re.compile(rf"^{_BULLET}\s*[^\n]*", re.MULTILINE),
        "prikken bliver stående i teksten, og listen bliver ingen liste",
        "begynd punktet med '- '",
    ),
    (re.compile(r"^o\t[^\n]*", re.MULTILINE), "prikken bliver stående i teksten", "begynd punktet med '- '"),
    (re.compile(r"^[–—-][ \t][^\n]*\n[–—-][ \t][^\n]*", re.MULTILINE), _TEXT_LINES, "begynd hvert punkt med '- '"),
    (
        re.compile(r"^\(?[a-zæøåA-Z]\)[ \t][^\n]*\n\(?[a-zæøåA-Z]\)[ \t][^\n]*", re.MULTILINE),
        _TEXT_LINES,
        "begynd hvert punkt med '- ' eller '1. ', eller sæt en tom linje imellem",
    ),
    (
        re.compile(r"^\d{1,9}\.[ \t][^\n]*\n\d{1,9}\.[ \t][^\n]*", re.MULTILINE),
        _TEXT_LINES,
        "begynd hvert punkt med '- ', eller sæt en tom linje imellem",
    ),
    (
        re.compile(r"(?<![^\n\t])[^\n\t]*\S\t+\S[^\n\t]*"),
        "tabulatoren bliver til et mellemrum",
        "lav en tabel med | mellem cellerne, eller skriv et mellemrum",
    ),
)
_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_RAISED = re.compile(r"(?<!\w)\w*\^(?:\{?[\w+-]+\}?\^?)")
_LOWERED = re.compile(r"(?<!\w)\w+~\w{1,3}~")
_BRACES = re.compile(r"\{[^{}]*\}|\{\s*[^\W\d_]+\s*:[^{}]{0,40}")
FORMED = re.compile(r"(?<!\s)(?:\^([0-9+\-n]+)\^|~([0-9+\-]+)~)")
"""Figures that are raised (`m^2^`) or lowered (`H~2~O`)."""
_RAISE = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_LOWER = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")


def leftovers(words: str) -> Iterator[Told]:
    """Markup that stands in the words of a paragraph as they are printed: lines with `OTHER` for what is no words."""
    if not _LOOKS_LEFT.search(words):
        return
    for pattern, message, hint in _LEFT:
        for found in pattern.finditer(words):
            yield Told(_snippet(found[0]), message, hint)
    for found in _ENTITY.finditer(words):
        sign = html.unescape(found[0])
        right = f"skriv {sign}" if sign != found[0] and sign.isprintable() and sign.strip() else "skriv tegnet selv"
        yield Told(found[0], f"{found[0]} bliver stående i teksten", f"{right}, eller sæt \\ foran &")
    for found in _RAISED.finditer(words):
        yield Told(
            found[0], "^ bliver stående i teksten", f"skriv {_formed(found[0], '^', _RAISE)}, eller sæt \\ foran ^"
        )
    for found in _LOWERED.finditer(words):
        yield Told(
            found[0], "~ bliver stående i teksten", f"skriv {_formed(found[0], '~', _LOWER)}, eller sæt \\ foran ~"
        )


def formed(found: re.Match[str]) -> str:
    """What a match of `FORMED` stands for: `²` for `^2^`."""
    return found[1].translate(_RAISE) if found[1] else found[2].translate(_LOWER)


def unknown_braces(words: str) -> Iterator[str]:
    """What stands in braces in some words, or after one that is never closed, as in `{bilag:priser`."""
    yield from (found[0] for found in _BRACES.finditer(words))


_LOOKS_LEFT = re.compile(rf"[*~=\[#:`_\t&^]|^(?:{_BULLET}|[–—-]\s|\(?\w+[.)]\s)", re.MULTILINE)


def _formed(words: str, sign: str, table: dict[int, int]) -> str:
    """`m^2^` as `m²`, as far as there are such figures."""
    stem, _, rest = words.partition(sign)
    raised = rest.strip("{}^~").translate(table)
    return stem + raised if not re.search(r"[a-zA-Z]", raised) else "det med ord"


def _snippet(words: str) -> str:
    """The first line of some words, as far as they are typed so."""
    return words.split("\n")[0].split(OTHER)[0].strip() or words.strip(OTHER + " \n")[:1]
