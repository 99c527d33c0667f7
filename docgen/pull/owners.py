"""Which paragraph of a Word file is which of those that were sent.

A bookmark follows its paragraph through Word and LibreOffice. Where it is gone, a paragraph that is free stands for the
one that is missing between the same two neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from docgen.pull.words import normal
from docgen.readers.docx.document import Paragraph
from docgen.structs import Struct, field
from docgen.writers.docx.carriers import Line

_COPY = re.compile(r"_Copy_\d+$")
_KEY = "_dg_"
_LABEL = re.compile(r"^\s*(?:Tabel|Figur)\s\d+\.\s")
_ALIKE = 0.45
_NOT_OURS = ("toc ", "table of ")


class Owned(Struct, frozen=True):
    """A line that was sent, and the number of the paragraph that it is now; `text` is what it says there."""

    line: Line
    paragraph: int
    text: str


class Owners(Struct, kw_only=True):
    """What became of the lines that were sent.

    `owned` are those that are there; `deleted` those whose words are gone. `joined` is by paragraph the lines that are
    one now, `split` by paragraph the one before it that it was a part of, and `inserted` the paragraphs that are new.
    """

    owned: list[Owned] = field(default_factory=list)
    deleted: list[Line] = field(default_factory=list)
    joined: dict[int, list[Line]] = field(default_factory=dict)
    split: dict[int, int] = field(default_factory=dict)
    inserted: list[int] = field(default_factory=list)
    lost: bool = False
    """Whether so many keys are gone that nothing can be told for sure."""


def find_owners(lines: Sequence[Line], paragraphs: Sequence[Paragraph]) -> Owners:
    """What became of each line of a file that was sent, and of each paragraph that is new."""
    without_key = {normal(line.text) for line in lines if not line.key}
    lines = [line for line in lines if line.key]
    known = {line.key: line for line in lines}
    found = Owners()
    taken: dict[str, int] = {}
    begins = [_keys(one, known, taken, number) for number, one in enumerate(paragraphs)]
    _take_copies(paragraphs, known, taken, begins)
    for number, keys in enumerate(begins):
        _settle(number, keys, paragraphs[number], known, found)
    placed = {one.line.key for one in found.owned} | {line.key for some in found.joined.values() for line in some}
    free = [
        number
        for number, one in enumerate(paragraphs)
        if not begins[number]
        and one.text.strip()
        and not one.style.lower().startswith(_NOT_OURS)
        and normal(one.text) not in without_key
    ]
    free = _find_split(free, paragraphs, begins, known, found)
    missing = [line for line in lines if line.key not in placed and line not in found.deleted]
    found.lost = len(missing) > max(3, len(lines) // 5)
    if not found.lost:
        _pair_rewritten(lines, missing, free, paragraphs, found)
    found.deleted += [line for line in missing if line.text.strip() and line not in found.deleted]
    found.inserted += free
    return found


def _keys(
    paragraph: Paragraph, known: Mapping[str, Line], taken: dict[str, int], number: int
) -> list[tuple[str, int, int]]:
    """The lines that begin in a paragraph, each with its range; the first place of a key counts."""
    found = []
    for key in paragraph.keys:
        name = key.name.removeprefix(_KEY)
        if key.begins and name in known and name not in taken:
            taken[name] = number
            found.append((name, key.start, key.end))
    return found


def _take_copies(
    paragraphs: Sequence[Paragraph],
    known: Mapping[str, Line],
    taken: dict[str, int],
    begins: list[list[tuple[str, int, int]]],
) -> None:
    """What was moved by cutting and pasting has a bookmark with another name, and the first is gone."""
    for number, paragraph in enumerate(paragraphs):
        for key in paragraph.keys:
            name = _COPY.sub("", key.name.removeprefix(_KEY))
            if key.begins and name in known and name not in taken and not begins[number]:
                taken[name] = number
                begins[number].append((name, key.start, key.end))


def _settle(
    number: int, keys: list[tuple[str, int, int]], paragraph: Paragraph, known: Mapping[str, Line], found: Owners
) -> None:
    with_words = [one for one in keys if paragraph.text[one[1] : one[2]].strip()]
    if len(keys) > 1:
        gone = [one for one in keys if one not in with_words and known[one[0]].text.strip()]
        found.deleted += [known[name] for name, _, _ in gone]
        keys = with_words or keys[-1:]
        if not with_words:
            found.deleted = [line for line in found.deleted if line.key != keys[0][0]]
    if len(keys) > 1:
        found.joined[number] = [known[name] for name, _, _ in keys]
    elif keys:
        line, text = known[keys[0][0]], own_text(known[keys[0][0]], paragraph)
        if line.text.strip() and not text.strip() and paragraph.cell is None:  # the words are gone, its mark is not
            found.deleted.append(line)
        else:
            found.owned.append(Owned(line, number, text))


def own_text(line: Line, paragraph: Paragraph) -> str:
    """What a paragraph says without what docgen put before its words: the label of a caption."""
    return _LABEL.sub("", paragraph.text, count=1) if line.entry.kind.endswith("caption") else paragraph.text


def _find_split(
    free: list[int],
    paragraphs: Sequence[Paragraph],
    begins: Sequence[Sequence[tuple[str, int, int]]],
    known: Mapping[str, Line],
    found: Owners,
) -> list[int]:
    """Takes out the paragraphs that hold the rest of the one before: its bookmark or its words reach into them."""
    left = []
    for number in free:
        before = number - 1
        while before in found.split:
            before = found.split[before]
        owner = known[begins[before][0][0]] if before >= 0 and len(begins[before]) == 1 else None
        names = {key.name.removeprefix(_KEY) for key in paragraphs[number].keys}
        if owner is not None and (owner.key in names or _completes(owner, paragraphs[before], paragraphs[number])):
            found.split[number] = before
        else:
            left.append(number)
    return left


def _completes(line: Line, first: Paragraph, second: Paragraph) -> bool:
    """Whether two paragraphs are the words of one that was sent."""
    whole, head = normal(line.text), normal(first.text)
    return whole != head and whole.startswith(head) and whole[len(head) :].strip() == normal(second.text)


def _pair_rewritten(
    lines: Sequence[Line], missing: list[Line], free: list[int], paragraphs: Sequence[Paragraph], found: Owners
) -> None:
    """A line that is missing is the free paragraph that says the same, or one between the same neighbours: the one
    there is, or one that is like it."""
    for line in list(missing):
        same = [number for number in free if normal(paragraphs[number].text) == normal(line.text)]
        twins = sum(normal(one.text) == normal(line.text) for one in missing)
        if len(same) == twins == 1 and line.text.strip():  # moved, or pasted where it was
            found.owned.append(Owned(line, same[0], own_text(line, paragraphs[same[0]])))
            missing.remove(line)
            free.remove(same[0])
    at = {one.line.key: one.paragraph for one in found.owned}
    order = [line.key for line in lines]
    for line in list(missing):
        index = order.index(line.key)
        low = next((at[key] for key in reversed(order[:index]) if key in at), -1)
        high = next((at[key] for key in order[index + 1 :] if key in at), len(paragraphs))
        between = [number for number in free if low < number < high]
        others = [one for one in missing if low < _order_place(one, order, at) <= low + 1]
        best = max(between, key=lambda number: _likeness(line, paragraphs[number]), default=None)
        is_only = len(between) == 1 and len(others) == 1
        if best is not None and (is_only or _likeness(line, paragraphs[best]) >= _ALIKE):
            found.owned.append(Owned(line, best, own_text(line, paragraphs[best])))
            missing.remove(line)
            free.remove(best)


def _order_place(line: Line, order: Sequence[str], at: Mapping[str, int]) -> int:
    index = order.index(line.key)
    return next((at[key] for key in reversed(order[:index]) if key in at), -1) + 1


def _likeness(line: Line, paragraph: Paragraph) -> float:
    return SequenceMatcher(None, normal(line.text).split(), normal(paragraph.text).split(), autojunk=False).ratio()
