"""What a text must hold for each pattern of the proof-reader to find anything, derived from the pattern itself."""

from __future__ import annotations

import gc
import importlib
import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from types import CellType, FunctionType
from typing import Any

from docgen.proofing.needles import NEEDLES
from docgen.proofing.registry import RULES
from docgen.proofing.rule import LazyPattern, Rule
from docgen.structs import Struct

# Python's own reading of regular expressions: it has no public name, and so it is for what is made, never for docgen.
_parser: Any = importlib.import_module("re._parser")
_code: Any = importlib.import_module("re._constants")

_MOST = 48
"""More texts than these take as long to look for as the pattern itself."""
_REPEATED = (_code.MAX_REPEAT, _code.MIN_REPEAT, _code.POSSESSIVE_REPEAT)

Texts = frozenset[str]
_NOTHING: Texts = frozenset([""])


def patterns() -> list[LazyPattern]:
    """All patterns that the rules use, by their text; those made of a municipality's own names are not among them."""
    found: dict[tuple[str, int], LazyPattern] = {}
    seen: set[int] = set()
    waiting: list[Any] = [RULES]
    while waiting:
        one = waiting.pop()
        if isinstance(one, LazyPattern):
            found[one.text, one.flags] = one
        elif isinstance(one, _HOLDS) and id(one) not in seen:
            seen.add(id(one))
            waiting += [one.__wrapped__] if isinstance(one, _REMEMBERS) else gc.get_referents(one)
    return [found[key] for key in sorted(found)]


_REMEMBERS = type(cache(len))
_HOLDS = (tuple, list, dict, Rule, FunctionType, CellType, _REMEMBERS)
"""What a rule and its functions hold patterns in; modules are not gone into, but a function has its module's names,
and one that remembers is what it was made of."""


def file_of_needles() -> str:
    """The text of `needles.json`, which docgen reads."""
    every = {one.text: sorted(found) for one in patterns() if (found := needles(one.text, one.flags))}
    lines = (
        f"{json.dumps(text, ensure_ascii=False)}: {json.dumps(found, ensure_ascii=False)}"
        for text, found in every.items()
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


def write() -> None:
    """Write `needles.json` anew."""
    NEEDLES.write_text(file_of_needles(), encoding="utf-8")


def needles(pattern: str, flags: int = 0) -> Texts:
    """Texts of which one stands in every match, in the form of `str.casefold`; none where nothing is sure, or where to
    look for them all would take too long."""
    return _read(_parser.parse(pattern, flags)).needed


class _Read(Struct, frozen=True):
    """What is known of a part of a pattern: all that it matches, where that is little, and the needles."""

    exact: Texts | None
    needed: Texts = frozenset()


def _read(parsed: Iterable[tuple[Any, Any]]) -> _Read:
    """A sequence: what stands side by side is one needle, and the best one of the sequence is its own."""
    exact, whole, best = _NOTHING, True, Texts()
    parts = list(parsed)
    for place, (operation, argument) in enumerate(parts):
        if operation is _code.GROUPREF:
            best = _better(best, _said_twice(parts[:place], argument))
        part = _part(operation, argument)
        best = _better(best, part.needed)
        if part.exact is not None and len(exact) * len(part.exact) <= _MOST:
            exact = frozenset(before + after for before in exact for after in part.exact)
        else:
            best, exact, whole = _better(best, exact), part.exact or _NOTHING, False
    return _Read(exact if whole else None, _better(best, exact))


def _said_twice(before: list[tuple[Any, Any]], group: int) -> Texts:
    """What a group, what follows it and the same once more give together: `at at`."""
    numbers = [argument[0] if operation is _code.SUBPATTERN else None for operation, argument in before]
    if group not in numbers:
        return Texts()
    place = numbers.index(group)
    said, between = _part(*before[place]).exact, _read(before[place + 1 :]).exact
    return frozenset(one + two + one for one in said for two in between) if said and between else Texts()


def _part(operation: Any, argument: Any) -> _Read:
    if operation is _code.LITERAL:
        return _Read(frozenset([chr(argument).casefold()]))
    if operation in (_code.AT, _code.ASSERT_NOT):
        return _Read(_NOTHING)
    if operation is _code.ASSERT:
        return _Read(_NOTHING, _read(argument[1]).needed)
    if operation is _code.IN:
        return _Read(frozenset(_letters(argument)) or None)
    if operation is _code.BRANCH:
        return _branches([_read(one) for one in argument[1]])
    if operation is _code.SUBPATTERN:
        return _read(argument[3])
    if operation is _code.ATOMIC_GROUP:
        return _read(argument)
    if operation in _REPEATED:
        return _repeated(*argument)
    return _Read(None)


def _letters(argument: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    """The letters of a set; nothing where it has more than letters."""
    found = list(argument)
    if all(operation is _code.LITERAL for operation, _ in found):
        yield from (chr(letter).casefold() for _, letter in found)


def _branches(branches: list[_Read]) -> _Read:
    exact = [branch.exact for branch in branches]
    every = None if None in exact else Texts().union(*(one for one in exact if one is not None))
    needed = [branch.needed for branch in branches]
    return _Read(every, Texts().union(*needed) if all(needed) else Texts())


def _repeated(least: int, most: Any, parsed: Any) -> _Read:
    inner = _read(parsed)
    if least == most == 1:
        return inner
    if least:
        return _Read(None, inner.needed)
    return _Read(inner.exact | _NOTHING if inner.exact is not None and most == 1 else None)


def _better(one: Texts, other: Texts) -> Texts:
    """The one of two sets whose shortest text is the longest, so that it stands in few texts by chance; then the
    smaller one."""
    usable = [
        found
        for found in map(_shortest, (one, other))
        if found and len(found) <= _MOST and all(map(_is_telling, found))
    ]
    return max(usable, key=lambda found: (min(map(len, found)), -len(found), sorted(found)), default=Texts())


def _shortest(found: Texts) -> Texts:
    """Some texts without those that hold another one of them."""
    return frozenset(text for text in found if not any(other != text and other in text for other in found))


def _is_telling(text: str) -> bool:
    """Whether a text is not in nearly all texts."""
    return len(text) > 1 or bool(re.fullmatch(r"[^\w\s.,-]", text))
