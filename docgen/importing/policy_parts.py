"""Blocks of a file to a policy that is built of the parts of a profile in the settings: chapters, sections and such."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from docgen.content.content import Content
from docgen.content.policy_profile import PartProfile, PolicyProfile
from docgen.importing.case_text import letters
from docgen.importing.draft import Draft, unwritten
from docgen.importing.identifiers import Identifiers
from docgen.importing.markdown import body, clean, line
from docgen.importing.policy_facts import facts_of, fields_of_facts, is_about, subtitle_of
from docgen.importing.policy_text import FOCUS
from docgen.importing.policy_words import area_of, period_of
from docgen.importing.tables import Table, tables_of
from docgen.readers.blocks import Block, Sort
from docgen.structs import replace

_NUMBER = re.compile(r"^\s*(?:kapitel\s+)?(\d{1,2}(?:\.\d{1,2})*)[.):]?\s+(?=\S)", re.IGNORECASE)
_CONTENTS = re.compile(r"indhold(?:sfortegnelse)?\W*", re.IGNORECASE)
_FIRST = re.compile(r"(?:indledning|forord|introduktion|baggrund|formål)\b.{0,40}", re.IGNORECASE)


def parts_draft(
    name: str, blocks: Sequence[Block], content: Content, today: datetime.date, title: str = "", said: str = ""
) -> Draft:
    """A policy of the blocks of a file, by the profile whose headings they have most of; there must be a profile."""
    return _Parts(name, blocks, content, today, title, said).draft()


class _Parts:
    def __init__(
        self, name: str, blocks: Sequence[Block], content: Content, today: datetime.date, title: str, said: str
    ) -> None:
        self._path, self._content, self._today, self._said = f"policies/{name}/policy.yaml", content, today, said
        self._ids = Identifiers()
        self._missing: list[str] = []
        self._left_out: list[str] = []
        self._title, blocks = _titled(title, _by_numbers(blocks))
        self._level = _top_level(blocks)
        self._front, self._found = self._split(blocks)
        about = [block for heading, inside in self._found if is_about(heading) for block in inside]
        self._facts = facts_of([*self._front, *about])
        self._found = [one for one in self._found if not is_about(one[0]) and not _CONTENTS.fullmatch(one[0].text)]
        self._name, self._profile = _profile_of(content, [heading for heading, _ in self._found])
        self._used: set[str] = set()

    def _split(self, blocks: Sequence[Block]) -> tuple[list[Block], list[tuple[Block, list[Block]]]]:
        front: list[Block] = []
        found: list[tuple[Block, list[Block]]] = []
        for block in blocks:
            if block.sort is Sort.HEADING and block.level <= self._level:
                found.append((block, []))
            else:
                (found[-1][1] if found else front).append(block)
        return front, found

    def draft(self) -> Draft:
        """The file."""
        title = self._title or self._empty("politikkens titel")
        self._missing.append("politikken i en eller to sætninger (summary)")
        subtitle = subtitle_of(self._front, title, str(self._content.settings.municipality.name))
        fields: dict[str, Any] = {"title": line(title)}
        if subtitle and len(subtitle) < 90:
            fields["subtitle"] = line(subtitle)
        period, is_said = period_of([*(block.text for block in self._front), title, self._said], self._today.year)
        if not is_said:
            self._missing.append("årene, politikken gælder (period)")
        fields |= {
            "summary": unwritten("politikken i en eller to sætninger."),
            "period": period,
            "version": "0.1",
            "status": "udkast",
            "date": self._today,
            **fields_of_facts(self._facts, self._content),
            "verbatim": True,
            "profile": self._name,
        }
        known = {letters(title), letters(str(self._content.settings.municipality.name)), letters(subtitle)}
        known = known if "subtitle" in fields else known - {letters(subtitle)}
        front = [b for b in self._front if b.sort is not Sort.ROW and letters(b.text) not in known]
        fields["parts"] = list(self._all(front))
        return Draft(
            files={self._path: fields}, missing=tuple(dict.fromkeys(self._missing)), left_out=tuple(self._left_out)
        )

    def _empty(self, what: str) -> str:
        self._missing.append(what)
        return unwritten(what)

    def _kinds(self, above: str) -> list[PartProfile]:
        return [one for one in self._profile.parts if (above in map(str, one.under) if above else not one.under)]

    def _all(self, front: Sequence[Block]) -> Iterator[dict[str, Any]]:
        """The outermost parts; one that every policy must have is there, also where the file has nothing for it."""
        made = []
        for number, (heading, inside) in enumerate(self._found):
            kind = self._kind_of(heading, "", is_first=number == 0)
            if kind is not None:
                made.append(self._part(kind, heading, inside))
        words = body(front) if sum(len(block.text) for block in front) > 60 else ""
        for kind in [one for one in self._profile.parts if one.required and not one.under]:
            if not any(one["part"] == str(kind.id) for one in made):
                text = words or self._empty(f"teksten til {kind.heading}")
                made.insert(0, {"id": self._ids.give(str(kind.heading)), "part": str(kind.id), "text": text})
                words = ""
        if words and made:
            made[0]["text"] = "\n\n".join(filter(None, (words, made[0].get("text", ""))))
        if not made:
            kind = self._kinds("")[0]
            made = [{"id": self._ids.give("indhold"), "part": str(kind.id), "text": self._empty("politikkens tekst")}]
        yield from made

    def _kind_of(self, heading: Block, above: str, *, is_first: bool = False) -> PartProfile | None:
        """The kind that a heading's part is: the one that is called so, or else one that there may be several of."""
        kinds = self._kinds(above)
        own = letters(_NUMBER.sub("", clean(heading.text)))
        free = [one for one in kinds if one.repeats or str(one.id) not in self._used]
        named = [one for one in free if letters(str(one.heading)) == own]
        if not named and is_first and _FIRST.fullmatch(_NUMBER.sub("", clean(heading.text))):
            named = [one for one in free if _FIRST.fullmatch(str(one.heading))]
        found = next(iter([*named, *(one for one in kinds if one.repeats), *free]), None)
        if found is not None and not above:
            self._used.add(str(found.id))
        return found

    def _part(self, kind: PartProfile, heading: Block, blocks: Sequence[Block]) -> dict[str, Any]:
        title = clean(heading.text)
        if self._profile.numbered:
            title = _NUMBER.sub("", title)
        fields: dict[str, Any] = {"id": self._ids.give(title, otherwise="del"), "part": str(kind.id)}
        if letters(title) != letters(str(kind.heading)):
            fields["title"] = line(title)
        own, inner = self._inner(kind, blocks)
        own, areas = self._areas(kind, own)
        own, measures = self._measures(own)
        if text := body(own):
            fields["text"] = text
        if areas:
            fields["focus_areas"] = areas
        if measures:
            fields["measures"] = measures
        if inner:
            fields["parts"] = inner
        if not (text or areas or measures or inner):
            fields["text"] = self._empty(f"teksten under {title}")
        return fields

    def _inner(self, kind: PartProfile, blocks: Sequence[Block]) -> tuple[list[Block], list[dict[str, Any]]]:
        """What stands in a part itself, and the parts under it, where its kind has any."""
        levels = [b.level for b in blocks if b.sort is Sort.HEADING and not self._is_special(kind, b)]
        if not levels or not self._kinds(str(kind.id)):
            return list(blocks), []
        level = min(levels)
        own: list[Block] = []
        found: list[tuple[Block, list[Block]]] = []
        for block in blocks:
            begins = block.sort is Sort.HEADING and block.level <= level and not self._is_special(kind, block)
            if begins:
                found.append((block, []))
            else:
                (found[-1][1] if found else own).append(block)
        made = []
        for heading, inside in found:
            inner = self._kind_of(heading, str(kind.id))
            assert inner is not None  # there are kinds under this one
            made.append(self._part(inner, heading, inside))
        return own, made

    def _is_special(self, kind: PartProfile, block: Block) -> bool:
        """Whether a heading is not of a part but over its focus areas or its measures."""
        own = letters(block.text)
        named = [str(one) for one in (kind.areas_heading, kind.measures_heading) if one is not None]
        return own in map(letters, named) or FOCUS.fullmatch(clean(block.text)) is not None

    def _areas(self, kind: PartProfile, blocks: Sequence[Block]) -> tuple[list[Block], list[dict[str, Any]]]:
        """The items under a heading such as `Sådan gør vi` as focus areas, and what is left."""
        at = next((at for at, b in enumerate(blocks) if b.sort is Sort.HEADING and self._is_special(kind, b)), -1)
        if at < 0 or kind.areas_heading is None:
            return list(blocks), []
        items: list[Block] = []
        rest: list[Block] = list(blocks[:at])
        for block in blocks[at + 1 :]:
            is_area = block.sort is Sort.ITEM and not block.level and len(rest) == at
            (items if is_area else rest).append(block)
        if not items:
            return list(blocks), []
        return rest, [area_of(block, self._ids) for block in items]

    def _measures(self, blocks: Sequence[Block]) -> tuple[list[Block], list[dict[str, Any]]]:
        """The rows of a table that says what is done, when and by whom."""
        table = next((one for one in tables_of(blocks) if _is_measures(one)), None)
        if table is None:
            return list(blocks), []
        year, who = table.column("år", "hvornår", "frist", "tid"), table.column("ansvarlig", "hvem")
        made = []
        for row in table.body:
            one = {"id": self._ids.give(row[0], otherwise="indsats"), "text": row[0] or self._empty("indsatsen")}
            for name, at in (("year", year), ("responsible", who)):
                if at > 0 and row[at].strip(" -–"):
                    one[name] = row[at]
            made.append(one)
        rows = {block.table for block in blocks if block.sort is Sort.ROW and _begins(block, table)}
        rest = [block for block in blocks if block.sort is not Sort.ROW or block.table not in rows]
        return [block for block in rest if block.sort is not Sort.CAPTION], made


def _begins(block: Block, table: Table) -> bool:
    return bool(block.cells) and clean(block.cells[0].text) == table.head[0]


def _is_measures(table: Table) -> bool:
    first = re.match(r"indsats|handling|tiltag|initiativ|aktivitet|hvad", table.head[0], re.IGNORECASE)
    return first is not None and len(table.head) <= 3 and table.column("ansvarlig", "hvem", "år", "hvornår") > 0


def _profile_of(content: Content, headings: Sequence[Block]) -> tuple[str, PolicyProfile]:
    """The profile that has most of some headings; the first where none has more."""
    said = {letters(_NUMBER.sub("", clean(heading.text))) for heading in headings}
    profiles = content.settings.policies
    best = max(profiles, key=lambda name: sum(letters(str(part.heading)) in said for part in profiles[name].parts))
    return str(best), profiles[best]


def _by_numbers(blocks: Sequence[Block]) -> list[Block]:
    """Blocks whose headings all look alike, with the levels that their numbers give: 1, 1.1."""
    headings = [block for block in blocks if block.sort is Sort.HEADING]
    numbers = [_NUMBER.match(block.text) for block in headings]
    if len({block.level for block in headings}) > 1 or not any(one and "." in one[1] for one in numbers):
        return list(blocks)
    base = headings[0].level
    found = []
    for block in blocks:
        number = _NUMBER.match(block.text) if block.sort is Sort.HEADING else None
        found.append(replace(block, level=base + number[1].count(".")) if number else block)
    return found


def _titled(title: str, blocks: list[Block]) -> tuple[str, list[Block]]:
    """The file's title, and the blocks without the heading that it is."""
    headings = [block for block in blocks if block.sort is Sort.HEADING]
    if not headings:
        first = next((b for b in blocks if b.sort is Sort.PARAGRAPH and clean(b.text)), None)
        return clean(title) or (clean(first.text) if first is not None and len(first.text) < 120 else ""), blocks
    first = headings[0]
    highest = min(block.level for block in headings)
    alone = first.level == highest and sum(block.level == highest for block in headings) == 1 and len(headings) > 1
    if letters(first.text) == letters(title) or (alone and not title):
        return clean(first.text), [block for block in blocks if block is not first]
    if not title:
        before = [b for b in blocks[: blocks.index(first)] if b.sort is Sort.PARAGRAPH and len(b.text) < 120]
        return (clean(before[0].text) if before else ""), blocks
    return clean(title), blocks


def _top_level(blocks: Sequence[Block]) -> int:
    """The level of chapters: the highest that there are several of."""
    counts = Counter(block.level for block in blocks if block.sort is Sort.HEADING)
    several = [level for level, count in counts.items() if count > 1]
    return min(several or counts or [1])
