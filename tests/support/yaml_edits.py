"""Edits of YAML files made at random, and a judge of what came of them that knows PyYAML and not docgen's reader."""

from __future__ import annotations

import datetime
import random
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from typing import Any, NamedTuple

import yaml

from docgen.content.yaml_editor import AddField, AddItem, Edit, Move, Remove, Rename, SetValue
from tests.support.yaml_files import SAFE

HARD = (
    "a: b", "x #y", "#x", "- x", "? x", "[x", "{bilag:x}", "*x", "&x", "!x", "%x", "@x", "`x", "|", ">-", "'x'", '"x"',
    "it's \"both\"", "\\", "", " x", "x ", "to\nlinjer", "to\n\nafsnit", "  ind\nud", "~", "null", "true", "2024",
    "1.10", "0x1F", "nej", "12:30", "---", "--- x", "...", "a,b", "a]b", "x:", ":x", "a\tb", "\tx", "\u00a0x",
    "e\u0301", "æøå", "a\u2028b", "a\rb", "lang " * 60 + "x", "x\n- y\n  z\n\n\nq", "=", "<<",
)  # fmt: skip
NUMBERS = (7, -3, 2.5, True, False, None, datetime.date(2024, 2, 29), datetime.time(9, 5))
_BLANK = {"", "~", "null"}

Plain = Any  # what PyYAML gives: texts, lists and dicts
Way = tuple[str | int, ...]


class Tried(NamedTuple):
    """An edit, and what PyYAML must read after it; at `where` what is read may differ in how a text ends."""

    edit: Edit
    expected: Plain
    where: Way


def loader_of(data: bytes) -> type:
    """PyYAML's parser in Python for a small file that it can read, else libyaml's: they have no code in common."""
    with suppress(yaml.YAMLError):
        if len(data) < 2_000 and yaml.load(data, yaml.BaseLoader) is not None:
            return yaml.BaseLoader
    return getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def load(data: bytes, loader: type) -> Plain:
    """What PyYAML reads: all texts, aliases resolved."""
    return _copied(yaml.load(data, loader))


def _copied(value: Plain) -> Plain:
    """Without line breaks at the end of texts, which docgen reads none of."""
    if isinstance(value, dict):
        return {name: _copied(inner) for name, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value.rstrip("\n")


def ways(value: Plain, way: Way = ()) -> Iterator[tuple[Way, Plain]]:
    """Every value with the way to it."""
    yield way, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, child in inner:
        yield from ways(child, (*way, step))


def at(value: Plain, way: Way) -> Plain:
    for step in way:
        value = value[step]
    return value


def is_read(wanted: object, read: Plain) -> bool:
    """Whether a value that was written is read as it was meant, as texts."""
    if isinstance(wanted, dict):
        return isinstance(read, dict) and list(wanted) == list(read) and all(is_read(wanted[n], read[n]) for n in read)
    if isinstance(wanted, list):
        return isinstance(read, list) and len(wanted) == len(read) and all(map(is_read, wanted, read))
    if not isinstance(read, str):
        return False
    if wanted is None:
        return read in _BLANK
    if isinstance(wanted, bool):
        return bool(read == str(wanted).lower())
    if isinstance(wanted, datetime.time):
        return bool(read == f"{wanted:%H:%M}")
    return unicodedata.normalize("NFC", read).strip("\n") == unicodedata.normalize("NFC", str(wanted)).strip("\n")


def is_as_expected(tried: Tried, read: Plain) -> bool:
    """Whether the file says what it is to say there, and the same as before elsewhere, in the same order."""
    try:
        found = at(read, tried.where) if tried.where else None
    except (KeyError, IndexError, TypeError):
        return False
    if not tried.where:
        return bool(_ordered(read) == _ordered(tried.expected))
    if not is_read(at(tried.expected, tried.where), found):
        return False
    holder = at(tried.expected, tried.where[:-1])
    holder[tried.where[-1]] = found
    return bool(_ordered(read) == _ordered(tried.expected))


def _ordered(value: Plain) -> Plain:
    if isinstance(value, dict):
        return [(name, _ordered(inner)) for name, inner in value.items()]
    return [_ordered(inner) for inner in value] if isinstance(value, list) else value


def comments(data: bytes, loader: type) -> list[str]:
    """The comments of a file as PyYAML's scanner leaves them between its tokens."""
    text = data.decode("utf-8-sig")
    inside: list[tuple[int, int]] = []
    for token in yaml.scan(text, loader):
        if isinstance(token, yaml.ScalarToken):
            start, end = token.start_mark.index, token.end_mark.index
            if text[start] in "|>" and token.style in ("|", ">"):
                start = min((text + "\n").index("\n", start), end)
            inside.append((start, end))
    found, after = [], 0
    for start, end in [*inside, (len(text), len(text))]:
        found += re.findall(r"#[^\r\n]*", text[after:start])
        after = end
    return [comment.rstrip() for comment in found]


def lines_changed(before: bytes, after: bytes) -> tuple[int, int]:
    """How many lines go, and how many come, between what is the same in front and behind."""
    one, two = before.split(b"\n"), after.split(b"\n")
    front = 0
    while front < min(len(one), len(two)) and one[front] == two[front]:
        front += 1
    back = 0
    while back < min(len(one), len(two)) - front and one[-1 - back] == two[-1 - back]:
        back += 1
    return len(one) - front - back, len(two) - front - back


# -- making edits -----------------------------------------------------------------------------------------------


def new_words(chance: random.Random, old: str) -> str:
    """A text with one word changed, added, or taken out; its lines and blanks stay."""
    tokens = re.split(r"(\s+)", old)
    places = [number for number in range(0, len(tokens), 2) if tokens[number]]
    if not places:
        return "ord"
    place, kind = chance.choice(places), chance.random()
    if kind < 0.6 or len(places) < 2 or (place and tokens[place - 1] != " "):
        tokens[place] = chance.choice(SAFE)
    elif kind < 0.8:
        tokens[place] += " " + chance.choice(SAFE)
    elif place:
        del tokens[place - 1 : place + 1]
    elif tokens[1] == " ":
        del tokens[:2]
    return "".join(tokens)


def new_value(chance: random.Random, depth: int = 0) -> object:
    kind = chance.random()
    if kind < 0.5 or depth > 2:
        return " ".join(chance.choice(SAFE) for _ in range(chance.randint(1, 6)))
    if kind < 0.65:
        return chance.choice(HARD)
    if kind < 0.75:
        return chance.choice(NUMBERS)
    if kind < 0.88:
        return {f"ny{number}": new_value(chance, depth + 1) for number in range(chance.randint(0, 3))}
    return [new_value(chance, depth + 1) for _ in range(chance.randint(0, 3))]


def path_of(chance: random.Random, plain: Plain, way: Way) -> Way:
    """The way as a path for the editor: items by `@id` or by position, that a number or a text."""
    path: list[str | int] = []
    for length, step in enumerate(way):
        holder = at(plain, way[:length])
        if isinstance(holder, list):
            ids = [item.get("id") if isinstance(item, dict) else None for item in holder]
            name = ids[int(step)]
            if isinstance(name, str) and ids.count(name) == 1 and chance.random() < 0.6:
                path.append("@" + name)
                continue
            path.append(step if chance.random() < 0.5 else str(step))
        else:
            path.append(step)
    return tuple(path)


def random_set(chance: random.Random, plain: Plain, hard: float = 0.1) -> Tried | None:
    """Another value for a text: mostly other words, else one that is hard to write, or a number or nothing."""
    found = [(way, value) for way, value in ways(plain) if way and isinstance(value, str)]
    if not found:
        return None
    way, old = chance.choice(found)
    kind = chance.random()
    value: object = new_words(chance, old)
    if kind < hard:
        value = chance.choice(HARD)
    elif kind < hard * 1.5:
        value = chance.choice(NUMBERS)
    expected = deepcopy(plain)
    at(expected, way[:-1])[way[-1]] = value
    return Tried(SetValue(path_of(chance, plain, way), value), expected, way)  # type: ignore[arg-type]


def random_change(chance: random.Random, plain: Plain) -> Tried | None:
    """A field or item added, taken out, moved or renamed, or a value replaced by one of another sort."""
    kind = chance.choice(["field", "item", "remove", "remove", "move", "move", "rename", "set"])
    wanted = dict if kind in ("field", "rename") else list if kind == "item" else dict | list
    found = [
        (way, value) for way, value in ways(plain) if isinstance(value, wanted) and (value or kind in ("field", "item"))
    ]
    if not found:
        return None
    way, _ = chance.choice(found)
    expected = deepcopy(plain)
    holder, path = at(expected, way), path_of(chance, plain, way)
    if kind in ("field", "item"):
        return _addition(chance, expected, holder, way, path)
    step = chance.choice(list(holder)) if isinstance(holder, dict) else chance.randrange(len(holder))
    inner = path_of(chance, plain, (*way, step))
    if kind == "set":
        holder[step] = new_value(chance)
        return Tried(SetValue(inner, holder[step]), expected, (*way, step))
    if kind == "remove":
        del holder[step]
        return Tried(Remove(inner), expected, ())
    entries: list[tuple[Any, Plain]] = list(holder.items()) if isinstance(holder, dict) else list(enumerate(holder))
    index = [name for name, _ in entries].index(step)
    if kind == "rename":
        name = chance.choice(["nyt", "to ord", "a: b", "#x", "2024", "'x", 'x"', "[x]", "æ"])
        if name in holder:
            return None
        entries[index] = (name, entries[index][1])
        _refill(holder, entries)
        return Tried(Rename(inner, name), expected, ())
    position = chance.randrange(len(entries))
    entries.insert(position, entries.pop(index))
    _refill(holder, entries)
    return Tried(Move(inner, position), expected, ())


def _refill(holder: Plain, entries: list[tuple[Any, Plain]]) -> None:
    holder.clear()
    if isinstance(holder, dict):
        holder.update(entries)
    else:
        holder.extend(value for _, value in entries)


def _addition(chance: random.Random, expected: Plain, holder: Plain, way: Way, path: Way) -> Tried:
    value: Any = new_value(chance)
    position = chance.choice([None, None, chance.randint(0, len(holder))])
    index = len(holder) if position is None else position
    if isinstance(holder, list):
        holder.insert(index, value)
        return Tried(AddItem(path, value, position), expected, (*way, index))
    entries = list(holder.items())
    entries.insert(index, ("nyt felt", value))
    _refill(holder, entries)
    return Tried(AddField(path, "nyt felt", value, position), expected, (*way, "nyt felt"))
