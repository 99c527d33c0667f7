"""The line breaks that an author put into a text to keep its lines short: taken out while it is edited, and put back.

In Markdown a line break inside a paragraph is a space (CommonMark, 6.13). Whoever writes in a field of a page wants
none; whoever reads the file wants them where they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from docgen.tree.line_starts import FENCE, FIRST_ITEM, ITEM, STANDS_ALONE, STARTS_BLOCK

_HARD_BREAK = re.compile(r"(?:\\| {2,}|\t)$")
_WORD = re.compile(r"\S+")
_LOOSE = 12  # characters that a line may become longer than the longest that was there


def unfold(text: str) -> str:
    """A text with a space for each line break that is none in the document."""
    return "".join(part for part, _ in _parts(text))


def refold(before: str, edited: str) -> str:
    """An edited text with the line breaks of the text `before` where its words still stand beside each other, and lines
    that became too long broken. Unfolded it is the edited text again."""
    if edited == unfold(before):
        return before
    if not any(raw != shown for shown, raw in _parts(before)):
        return edited
    kept = _with_breaks(before, edited)
    longest = max(map(len, before.split("\n"))) + _LOOSE
    for candidate in (_broken(kept, longest), kept):
        if unfold(candidate) == edited:
            return candidate
    return edited


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """A text in parts, each as it is shown and as it is written; only line breaks differ."""
    lines = text.split("\n")
    fence, in_item = "", False
    for number, line in enumerate(lines):
        if number:
            last = lines[number - 1]
            if not last.strip():
                in_item = in_item and line.startswith(" ")
            in_item = in_item or FIRST_ITEM.match(last) is not None
            if not fence and _is_soft(last, line, in_item=in_item):
                indent = len(line) - len(line.lstrip(" "))
                yield " ", "\n" + line[:indent]
                line = line[indent:]
            else:
                yield "\n", "\n"
        mark = FENCE.match(line)
        if mark is not None:
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        yield line, line


def _is_soft(last: str, line: str, *, in_item: bool) -> bool:
    if not last.strip() or not line.strip() or STARTS_BLOCK.match(line) or STANDS_ALONE.match(last):
        return False
    if _HARD_BREAK.search(last) or last.endswith(" ") or line.startswith("\t"):
        return False
    return in_item or not (last.startswith("    ") or line.startswith("    "))


def _with_breaks(before: str, edited: str) -> str:
    old, breaks = _words_and_breaks(before)
    found = list(_WORD.finditer(edited))
    new = [match[0] for match in found]
    partner = _partners(old, new)
    parts = [edited[: found[0].start()]] if found else [edited]
    for at, match in enumerate(found):
        parts.append(match[0])
        end = found[at + 1].start() if at + 1 < len(found) else len(edited)
        gap = edited[match.end() : end]
        parts.append((_break_at(partner, at, breaks) or gap) if gap == " " else gap)
    return "".join(parts)


def _words_and_breaks(text: str) -> tuple[list[str], dict[int, str]]:
    """The words of a text, and by the number of the word that it stands before each soft line break."""
    words: list[str] = []
    breaks: dict[int, str] = {}
    for shown, raw in _parts(text):
        if raw != shown:
            breaks[len(words)] = raw
        words += _WORD.findall(shown)
    return words, breaks


def _partners(old: list[str], new: list[str]) -> list[int | None]:
    partner: list[int | None] = [None] * len(new)
    for name, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if name == "equal" or (name == "replace" and end - start == stop - begin):
            partner[begin:stop] = range(start, end)
    return partner


def _break_at(partner: list[int | None], at: int, breaks: dict[int, str]) -> str:
    """The line break that stands before the word after `at`, or, where that word is gone, after the word itself."""
    own, following = partner[at], partner[at + 1] if at + 1 < len(partner) else None
    if following is not None:
        return breaks.get(following, "")
    if own is None:
        return ""
    rest = next((one for one in partner[at + 1 :] if one is not None), None)
    return breaks.get(own + 1, "") if rest != own + 1 else ""


def _broken(text: str, longest: int) -> str:
    """A text whose lines are no longer than they may be, where they can be broken."""
    done: list[str] = []
    for line in text.split("\n"):
        item = ITEM.match(line)
        indent = " " * (len(item[0]) if item else len(line) - len(line.lstrip(" ")))
        while len(line) > longest and not STANDS_ALONE.match(line):
            at = line.rfind(" ", len(indent) + 1, longest - _LOOSE + 1)
            while at > 0 and STARTS_BLOCK.match(line[at + 1 :]):
                at = line.rfind(" ", len(indent) + 1, at)
            if at <= len(indent) or line[at - 1] in " \\":
                break
            done.append(line[:at])
            line = indent + line[at + 1 :]
        done.append(line)
    return "\n".join(done)


def shown_at(text: str, at: int) -> int:
    """Where a character of a text stands when it is unfolded."""
    passed, shown_length = 0, 0
    for shown, raw in _parts(text):
        if passed + len(raw) >= at:
            return shown_length + min(at - passed, len(shown))
        passed, shown_length = passed + len(raw), shown_length + len(shown)
    return shown_length
