"""The indicators of a report: tables of goals, tables of periods, and what stands under the heading of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from docgen.content.content import Content
from docgen.importing.case_text import letters
from docgen.importing.draft import Remark
from docgen.importing.figures import figure_in, is_nothing, period_in, periods_in
from docgen.importing.follow_up_areas import Areas
from docgen.importing.follow_up_before import carried, same_indicator
from docgen.importing.identifiers import Identifiers
from docgen.importing.indicator import Gathered
from docgen.importing.markdown import clean, inline, without_start
from docgen.importing.tables import Part, Table
from docgen.kinds.follow_up.model import FollowUp
from docgen.readers.blocks import Block, Sort

_BROKEN_DOWN = re.compile(
    r"del|dele|forvaltning|center|centre|enhed|afdeling|institution|skole|hospital|periode|år|kommune|fordelt",
    re.IGNORECASE,
)
_TARGET = re.compile(r"(?:mål|målværdi|måltal|målsætning(?:en)?)(?: \(?20\d\d\)?)?", re.IGNORECASE)
_BASELINE = ("baseline", "udgangspunkt", "basisår", "startværdi")
_TOLD = re.compile(
    r"^(?P<subject>.{2,90}?) (?:var|steg fra|faldt fra|lå på samme niveau|er ikke opgjort)\b|^(?:19|20)\d\d er basisår"
)
_LEVEL = re.compile(r"^(?P<unit>[^(,]+?)(?:,\s*|\s*\()(?P<level>(?:løbende priser|20\d\d).*?)\)?$", re.IGNORECASE)
_UNIT_IN_CAPTION = re.compile(r"\(([^()]+)\)\s*$")
_GENERAL = ("tallet", "andelen", "antallet", "indekset")
_PERIOD_HEAD = re.compile(
    r"(?:[^\W\d]+\.?,? ?(?:i |for |ultimo )?)?\(?(?:[1-4]\. ?(?:halvår|kvartal|kv\.) )?(?:19|20)\d\d(?:-[HQ][1-4])?"
    r"\)?\W*(?:\([^()]*\))?"
)
_OF_UNITS = re.compile(r",? (?:efter|fordelt(?: på| efter)?|pr\.|i de enkelte) \S.*$")
_SMALL_PRINT = re.compile(r"\s*(Kilde|Note)r?\s*:\s*")
_WHOLE = re.compile(r"i alt|samlet|total|gennemsnit|sum", re.IGNORECASE)


class Indicators:
    """Gathers the indicators of a report on a period."""

    def __init__(
        self, areas: Areas, content: Content, period: int | str, file: str, before: FollowUp | None = None
    ) -> None:
        self._before = before
        self._areas, self._content, self._period, self._file = areas, content, period, file
        self._found: dict[str, Gathered] = {}
        self._defined: list[str] = []
        self.noted: set[str] = set()
        self.remarks: list[Remark] = []
        self.missing: list[str] = []
        self.left_out: list[str] = []

    def _own(self, title: str) -> Gathered:
        return self._found.setdefault(letters(title), Gathered(title))

    # -- tables with an indicator in each row -------------------------------------------------------------------------

    def take_overview(self, table: Table, rows: Sequence[Sequence[str]], part: Part) -> None:
        """Takes the rows of a table that has an indicator in each, where it is such a table; a star at a name leads to
        a note under the table."""
        if len(table.head) < 2 or _BROKEN_DOWN.fullmatch(table.head[0]):
            return
        columns = {at: when for at, head in enumerate(table.head) if at and (when := self._when(head)) is not None}
        baseline, target = table.column(*_BASELINE), _target_column(table)
        if not columns and baseline < 0:
            return
        chapter = ""
        unit, level = _unit_of(table)
        unit_column = table.column("enhed", "måleenhed")
        for row in rows:
            others = [cell for cell in row[1:] if cell and cell != row[0]]
            if not others:
                chapter = self._areas.chapter_named(row[0]) or chapter
                continue
            cells = [row[at] for at in columns] + ([row[baseline]] if baseline > 0 else [])
            if not any(figure_in(cell) or (is_nothing(cell) and cell) or period_in(cell) for cell in cells):
                continue
            one = self._own(re.sub(r"^\d{1,2}[.)]\s+", "", row[0]).rstrip("*"))
            if row[0].endswith("*"):
                self._starred(one, part)
            one.chapter = one.chapter or chapter
            one.unit, one.level = one.unit or unit, one.level or level
            if unit_column > 0 and row[unit_column]:
                one.unit = row[unit_column]
            for at, when in columns.items():
                if at not in (baseline, target):
                    one.take_cell(when, row[at])
            if baseline > 0:
                one.take_baseline(row[baseline], period_in(table.head[baseline]))
            if target > 0 and not is_nothing(row[target]):
                one.goal = one.goal or row[target]
                one.goal_year = one.goal_year or period_in(table.head[target])

    def _starred(self, one: Gathered, part: Part) -> None:
        for block in part.text:
            words = clean(block.text)
            if words.startswith("*") or (block.sort is Sort.ITEM and block.marker == "•"):
                self.noted.add(letters(words))
                one.take_note([], inline(without_start(block.runs, 1 if words.startswith("*") else 0)))
                return

    def _when(self, head: str) -> int | str | None:
        """The period that a column has figures of."""
        if any(word in head.lower() for word in _BASELINE) or _TARGET.fullmatch(head):
            return None
        found = period_in(head)
        if found is not None and not _PERIOD_HEAD.fullmatch(head):
            return None
        if found is None and re.fullmatch(r"(?:status|resultat|værdi|tal|nu)\W*", head, re.IGNORECASE):
            return self._period
        return found

    # -- what stands under a heading ----------------------------------------------------------------------------------

    def take_part(self, title: str, chapter: str, part: Part) -> bool:
        """Takes what stands under the heading of an indicator; whether it is one."""
        tables = [table for table in part.tables if self._is_broken_down(table)]
        if letters(title) not in self._found and not tables:
            return False
        base = _OF_UNITS.sub("", title)
        one = self._own(base if letters(base) in self._found else title)
        one.chapter = one.chapter or chapter
        for table in part.tables:
            self._take_table(one, table)
        for block in part.text:
            self._take_text(one, block)
        for block in part.blocks:
            if block.sort is Sort.PICTURE:
                one.chart = "bars" if block.text.startswith("Søjler") or one.has_units else "line"
        return True

    def _is_broken_down(self, table: Table) -> bool:
        has_periods = any(period_in(head) is not None for head in table.head[1:])
        upright = _BROKEN_DOWN.fullmatch(table.head[0]) and any(period_in(row[0]) for row in table.body)
        first = _BROKEN_DOWN.fullmatch(table.head[0]) is not None
        return (has_periods and first) or bool(upright and any(figure_in(row[1]) for row in table.body))

    def _take_table(self, one: Gathered, table: Table) -> None:
        unit, level = _unit_of(table)
        one.unit, one.level = one.unit or unit, one.level or level
        columns = {at: when for at, head in enumerate(table.head) if at and (when := period_in(head)) is not None}
        if not columns and all(period_in(row[0]) is not None for row in table.body):
            for row in table.body:
                one.take_cell(period_in(row[0]), row[1])
            return
        rows = [row for row in table.body if any(figure_in(row[at]) or is_nothing(row[at]) for at in columns)]
        whole = next((row for row in rows if _WHOLE.match(row[0])), None)
        own = next((row for row in rows if letters(row[0]) == letters(one.title)), None)
        parts = [row for row in rows if row is not whole and row is not own]
        for at, when in columns.items():
            for total in (whole, own):
                if total is not None:
                    one.take_cell(when, total[at])
            if not parts and whole is None and own is None and len(rows) == 1:
                one.take_cell(when, rows[0][at])
            one.take_parts(when, [(row[0], row[at]) for row in parts], table.head[0], self._bodies())

    def _bodies(self) -> dict[str, str]:
        return {str(one.name): str(one.id) for one in self._content.organisation.bodies if one.kind == "administration"}

    def _take_text(self, one: Gathered, block: Block) -> None:
        words = clean(block.text)
        if found := _SMALL_PRINT.match(block.text):
            when, skip = _prefixed(block.text[found.end() :])
            rest = inline(without_start(block.runs, found.end() + skip))
            one.take_source(when, rest) if found[1] == "Kilde" else one.take_note(when, rest)
        elif told := _TOLD.match(words):
            one.told = words
            subject = told["subject"] or ""
            if subject and subject.lower() not in _GENERAL:
                one.subject = subject
            if not one.knows(words):
                one.take_note([], inline(block.runs))
        else:
            one.take_note([], inline(block.runs))

    def take_method(self, title: str, part: Part) -> None:
        """Takes how an indicator is defined, of two cells each: what, and the words."""
        one = self._own(title)
        self._defined.append(letters(title))
        for block in part.blocks:
            if block.sort is Sort.ROW and len(block.cells) == 2:
                said = clean(block.cells[1].text)
                match clean(block.cells[0].text).lower().strip(" :"):
                    case "definition":
                        one.definition = said
                    case "grundlag":
                        one.base = said
                    case "mål":
                        one.goal = one.goal or said
                    case "ændret":
                        one.changed = said
                    case _:
                        continue

    # -- the fields ---------------------------------------------------------------------------------------------------

    def fields(self, ids: Identifiers) -> list[dict[str, Any]]:
        """The indicators that have anything to tell."""
        found = []
        order = {title: number for number, title in enumerate(self._defined)}
        for _, one in sorted(self._found.items(), key=lambda item: order.get(item[0], len(order))):
            if not one.series and not one.definition:
                continue
            old = same_indicator(one.title, self._before)
            chapter = (
                one.chapter
                or (str(old.value) if old is not None else "")
                or self._areas.chapter_of(self._areas.named(one.title))
            )
            if not chapter:
                chapter = next(iter(self._areas.chapters))
                why = f"kilden siger ikke, hvilken værdi »{one.title}« hører til; den står under den første"
                self.remarks.append(Remark(why=why, file=self._file, path=("indicators",)))
            id = ids.keep(str(old.id)) if old is not None else ids.give(one.title, otherwise="indikator")
            fields, missing, doubts = one.fields(id, chapter, self._period)
            if old is not None:
                fields, names = carried(fields, old)
                missing = [what for what in missing if not any(f"({name})" in what for name in names)]
                if names:
                    doubts.append(f"det står ikke i kilden, men i rapporten før: {', '.join(names)}")
            self.missing += [f"{one.title}: {what}" for what in missing]
            self.remarks += [
                Remark(why=why, source=one.title, file=self._file, path=("indicators", f"@{id}")) for why in doubts
            ]
            found.append(fields)
        return found


def _target_column(table: Table) -> int:
    return next((at for at, head in enumerate(table.head) if at and _TARGET.fullmatch(head)), -1)


def _unit_of(table: Table) -> tuple[str, str]:
    """The unit that a table says in its head or its caption, and its price level."""
    said = "" if _BROKEN_DOWN.fullmatch(table.head[0]) else table.head[0]
    if not said or letters(said) in ("indikator", "målsætning", "mål", "nøgletal", "målepunkt", "tal"):
        in_caption = _UNIT_IN_CAPTION.search(table.caption)
        said = in_caption[1] if in_caption else ""
    if len(table.head) == 2 and _BROKEN_DOWN.fullmatch(table.head[0]) and period_in(table.head[1]) is None:
        said = said or table.head[1]
    found = _LEVEL.match(said)
    unit, level = (found["unit"].strip(), found["level"].strip()) if found else (said, "")
    if periods_in(unit) or len(unit) > 30:
        return "", ""
    small = unit[:1].lower() + unit[1:] if unit[1:2].islower() else unit
    return small, level


def _prefixed(text: str) -> tuple[list[int | str], int]:
    """The periods that a note or a source begins with, and how many signs they take."""
    found = re.match(r"((?:[\d.\s\u00a0,]|og|halvår|kvartal|-)+):\s+", text)
    if found and (when := periods_in(found[1])):
        return when, found.end()
    return [], 0
