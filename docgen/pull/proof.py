"""The proof that what was written is what the Word file says: the document is made again and read line by line.

Every line that is another than before must be one that was to be changed, and say just that; or else show a value that
was changed, or be computed from one. Anything else is no proof.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from docgen.pull.draft import Place
from docgen.pull.words import merged, normal
from docgen.structs import Struct, field
from docgen.writers.docx.carriers import Line


class Expected(Struct, kw_only=True):
    """What a document is to say of the lines that were sent: by key their words, the lines that are no more, the
    paragraphs that come after a line (or before one, where the key begins with `<`), the values that change, and what
    these say where they stand alone."""

    texts: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    added: dict[str, list[str]] = field(default_factory=dict)
    touched: set[Place] = field(default_factory=set)
    said: set[str] = field(default_factory=set)
    orders: list[tuple[str, ...]] = field(default_factory=list)
    """The keys of lines that stand in another order among themselves."""


class Proof(Struct, frozen=True):
    """What a proof found: lines that say what nobody asked for, and others that follow from what was changed."""

    faults: tuple[str, ...]
    followed: tuple[str, ...]


def prove(base: Sequence[Line], ours: Sequence[Line], new: Sequence[Line], expected: Expected) -> Proof:
    """Compares a document made again (`new`) with what it should be: as it was before (`ours`), with what the Word
    file changed of what was sent (`base`)."""
    wanted = list(_wanted(base, ours, expected))
    found = [line for line in new if line.key]
    said = {normal(text) for text, line in wanted if line is None or normal(text) != normal(line.text)}
    said |= set(map(normal, expected.said))
    faults, followed = [], []
    matcher = SequenceMatcher(None, [normal(text) for text, _ in wanted], [normal(one.text) for one in found], False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            continue
        if i2 - i1 != j2 - j1:  # a paragraph more or less than there should be
            faults += [*(text for text, _ in wanted[i1:i2]), *(line.text for line in found[j1:j2])]
            continue
        for (text, before), line in zip(wanted[i1:i2], found[j1:j2], strict=True):
            if before is None or normal(before.text) != normal(text) or not _follows(before, line, expected, said):
                faults.append(text)
            else:
                followed.append(line.text)
    return Proof(tuple(faults), tuple(followed))


def _follows(before: Line, after: Line, expected: Expected, said: Collection[str]) -> bool:
    """Whether a line that nobody changed is another since it shows what was changed elsewhere: the same text in another
    place says the same there, and what has other words around it, or is computed, may become anything."""
    if not (_shows(before, expected.touched) and _shows(after, expected.touched)):
        return False
    is_text = any(
        part.whole and not part.computed and (part.file, part.path) in expected.touched for part in after.entry.spans
    )
    return not is_text or normal(after.text) in said


def _wanted(base: Sequence[Line], ours: Sequence[Line], expected: Expected) -> Iterator[tuple[str, Line | None]]:
    """The lines that a document should have, each with the one that it is today."""
    before = dict(_paired(base, ours))
    for line in _ordered([line for line in ours if line.key], before, expected.orders):
        sent = before.get(line.key)
        key = sent.key if sent is not None else ""
        for text in expected.added.get(f"<{key}", ()) if key else ():
            yield text, None
        if sent is None or key not in expected.gone:
            text = line.text
            if sent is not None and key in expected.texts:
                together = merged(sent.text, line.text, expected.texts[key])
                text = line.text if together is None else together
            yield text, line
        for text in expected.added.get(key, ()) if key else ():
            yield text, None


def _ordered(ours: list[Line], before: Mapping[str, Line], orders: Sequence[Sequence[str]]) -> list[Line]:
    """Today's lines, those of an order in that one, at the places where they stand."""
    for order in orders:
        rank = {key: number for number, key in enumerate(order)}
        sent = {line.key: before[line.key].key for line in ours if line.key in before}
        known = {key: rank[own] for key, own in sent.items() if own in rank}
        slots = [number for number, line in enumerate(ours) if line.key in known]
        for slot, line in zip(slots, sorted((ours[n] for n in slots), key=lambda one: known[one.key]), strict=True):
            ours[slot] = line
    return ours


def _paired(base: Sequence[Line], ours: Sequence[Line]) -> Iterator[tuple[str, Line]]:
    """By key of today's lines the line that was sent: equal ones first, between them those of the same place."""
    old, new = [line for line in base if line.key], [line for line in ours if line.key]
    matcher = SequenceMatcher(None, [_same(line) for line in old], [_same(line) for line in new], False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            yield from ((two.key, one) for one, two in zip(old[i1:i2], new[j1:j2], strict=True))
            continue
        waiting: dict[tuple[object, ...], list[Line]] = {}
        for line in old[i1:i2]:
            waiting.setdefault(_home(line), []).append(line)
        for line in new[j1:j2]:
            if candidates := waiting.get(_home(line)):
                yield line.key, candidates.pop(0)


def _home(line: Line) -> tuple[object, ...]:
    return line.entry.file, line.entry.path, line.entry.kind


def _same(line: Line) -> tuple[object, ...]:
    return line.entry.kind, normal(line.text)


def _shows(line: Line, touched: Collection[Place]) -> bool:
    """Whether a line shows a value that was changed, or something that is computed from where it stands."""
    return any(_is_near((part.file, part.path), place) for part in line.entry.spans for place in touched) or any(
        _is_near((line.entry.file, line.entry.path), place) for place in touched
    )


def _is_near(one: Place, two: Place) -> bool:
    shorter = min(len(one[1]), len(two[1]))
    return one[0] == two[0] and shorter > 0 and one[1][:shorter] == two[1][:shorter]
