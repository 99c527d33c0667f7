"""One indicator as it is gathered from a report, and its fields."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from docgen.importing.draft import unwritten
from docgen.importing.figures import NUMBER, decimal_of, figure_in, is_nothing, period_in
from docgen.importing.goals import PERCENT, check_parts, target_of, units_fit
from docgen.kinds.follow_up import periods


class Gathered:
    """What a report says of one indicator, wherever it says it."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.chapter = self.unit = self.level = self.goal = self.told = self.subject = self.chart = ""
        self.definition = self.base = self.changed = self._head = ""
        self.goal_year: int | str | None = None
        self.series: dict[int | str, dict[str, Any]] = {}
        self._baseline: int | str | None = None
        self._notes: list[str] = []
        self._source = ""
        self._is_other = False

    @property
    def has_units(self) -> bool:
        """Whether it is told unit by unit."""
        return any("by_unit" in one or "by_administration" in one for one in self.series.values())

    def take_cell(self, when: int | str | None, cell: str) -> None:
        """Takes the figure of a period; one that is known stays."""
        if when is None:
            return
        figure = figure_in(cell)
        own = self.series.setdefault(when, {"value": None})
        if figure is not None and own["value"] is None:
            own["value"] = figure.value
            self.unit = self.unit or figure.unit

    def take_baseline(self, cell: str, when: int | str | None) -> None:
        """Takes the cell of a baseline: a figure with its year, or the year alone."""
        if period_in(cell) is not None and re.fullmatch(r"\(?(?:19|20)\d\d\)?", cell.strip()):
            self._baseline = period_in(cell)
        elif (figure := figure_in(cell)) is not None:
            year = figure.period or when
            self.unit = self.unit or figure.unit
            if year is not None:
                self._baseline = year
                self.take_cell(year, cell)

    def take_parts(
        self, when: int | str, parts: Sequence[tuple[str, str]], head: str, bodies: Mapping[str, str]
    ) -> None:
        """Takes what a figure is made of: administrations, other units, or parts of a sum."""
        if not parts:
            return
        own = self.series.setdefault(when, {"value": None})
        known = [(name, figure_in(cell)) for name, cell in parts if figure_in(cell) or is_nothing(cell)]
        if not any(figure for _, figure in known):
            return
        if all(name in bodies for name, _ in known):
            rows = [{"body": bodies[name], "value": one.value if one else None} for name, one in known]
            own["by_administration"] = rows
        elif head.lower() in ("del", "dele", "fordelt", ""):
            own["parts"] = [{"label": name, "value": one.value} for name, one in known if one]
        else:
            own["by_unit"] = [{"unit": name, "value": one.value if one else None} for name, one in known]
            self._head = head

    def take_source(self, when: Sequence[int | str], words: str) -> None:
        """Takes the source of the figures of some periods; of all where none is named."""
        if not when:
            self._source = words
        for one in when:
            self.series.setdefault(one, {"value": None})["source"] = words

    def take_note(self, when: Sequence[int | str], words: str) -> None:
        """Takes a note to the figure of a period, or to all."""
        if not when:
            self._notes.append(words)
        for one in when:
            self.series.setdefault(one, {"value": None})["note"] = words

    def knows(self, sentence: str) -> bool:
        """Whether each number of a sentence is a figure or a period that is known here, or what is between two."""
        known = [abs(one["value"]) for one in self.series.values() if one["value"] is not None]
        known += [abs(one - other) for one in known for other in known]
        found = [
            decimal_of(one[0].strip()) for one in re.finditer(rf"(?<![\w.,])(?:{NUMBER})", self._figures(sentence))
        ]
        return all(abs(one) in known for one in found)

    def _figures(self, sentence: str) -> str:
        """A sentence without its years, and without the target, which is told of a field of its own."""
        without = re.sub(r"(?:Målet|Delmåle[nt]\w*) er.*$", "", sentence)
        return re.sub(r"\b(?:[1-4]\.\s?(?:halvår|kvartal)\s)?(?:19|20)\d\d\b", "", without)

    # -- the fields ---------------------------------------------------------------------------------------------------

    def fields(self, id: str, chapter: str, period: int | str) -> tuple[dict[str, Any], list[str], list[str]]:
        """The fields, what the source does not say, and what is in doubt."""
        missing: list[str] = []
        doubts: list[str] = []
        self._from_told()
        target = self._target(doubts, period)
        measure = self._measure(target)
        unit = self._unit(missing)
        found: dict[str, Any] = {"id": id, "title": self.title, "value": chapter}
        if self.subject:
            found["subject"] = self.subject
        if measure != "level":
            found["measure"] = measure
        for name, said, what in (
            ("definition", self.definition, "hvad der tælles (definition)"),
            ("base", self.base, "grundlaget (base)"),
        ):
            found[name] = said or unwritten(what)
            missing += [] if said else [what]
        found["unit"] = unit
        if self._baseline is not None:
            found["baseline_year"] = self._baseline
            self.series.setdefault(self._baseline, {"value": None})
        if target:
            found["target"] = target
        if "kr." in unit:
            found["price_level"] = self.level or unwritten("pris- og lønniveau")
            missing += [] if self.level else ["pris- og lønniveau (price_level)"]
        if self.changed:
            found["changed"] = self.changed
        series = self._series(period, missing, doubts, unit)
        units = {"head": self._head} if self._head and self.has_units else {}
        if self._is_other:
            units["whole"] = "other"
            self._notes = self._notes or [unwritten("hvad tallet er af enhedernes")]
        if units:
            found["units"] = units
        if self._notes:
            found["note"] = " ".join(self._notes)
        found["series"] = series
        if self.chart and (self.chart == "line" or self.has_units):
            found["chart"] = self.chart
        return found, missing, doubts

    def _from_told(self) -> None:
        found = re.search(r"i ((?:19|20)\d\d), som er basisår", self.told) or re.match(
            r"((?:19|20)\d\d) er basisår", self.told
        )
        if self._baseline is None and found is not None:
            self._baseline = int(found[1])

    def _target(self, doubts: list[str], period: int | str) -> dict[str, Any]:
        goal = re.sub(r"^\s*(?:uden mål|ingen)\s*$", "", self.goal, flags=re.IGNORECASE).strip()
        if not goal:
            return {}
        fields, unit = target_of(goal, self.goal_year, period, doubts)
        self.unit = self.unit or unit
        if not fields:
            self._notes.append(f"Mål: {goal}")
        return fields

    def _unit(self, missing: list[str]) -> str:
        """The unit; whole numbers without one are counted in ones."""
        values = [one["value"] for one in self.series.values() if one["value"] is not None]
        values += [row["value"] for one in self.series.values() for row in one.get("by_administration", ())]
        if self.unit or "pct." in self.told:
            return self.unit or "pct."
        if all(one is None or one == one.to_integral_value() for one in values):
            return "antal"
        missing.append("enheden (unit)")
        return unwritten("enheden")

    def _measure(self, target: Mapping[str, Any]) -> str:
        if self._baseline is not None and re.search(r"\bindeks\b", f"{self.told} {self.unit}"):
            return "index"
        compared = re.search(r"\b(?:lavere|højere) i \S+ end i\b", f"{self.told} {self.goal}") is not None
        first = self.series.get(self._baseline or 0, {}).get("value")
        if compared and self._baseline is not None and first in (None, Decimal(0)):
            return "change"
        values = [one["value"] for one in self.series.values() if one["value"] is not None]
        if "procentpoint" in self.told:
            return "share"
        is_share = self.unit in PERCENT and values and all(0 <= one <= 100 for one in values)
        return "share" if is_share and not target else "level"

    def _series(self, period: int | str, missing: list[str], doubts: list[str], unit: str) -> list[dict[str, Any]]:
        self.series.setdefault(period, {"value": None})
        found = []
        for when in sorted(self.series, key=periods.order):
            own = dict(self.series[when])
            if periods.order(when) > periods.order(period):
                own["forecast"] = True
                doubts.append(f"tallet for {periods.words(when)} er efter rapportens periode; det er sat til forventet")
            check_parts(own, when, doubts, unit)
            self._is_other = self._is_other or not units_fit(own, when, doubts, unit)
            counted = own["value"] is not None or "by_unit" in own or "by_administration" in own
            if counted and "source" not in own:
                own["source"] = self._source or unwritten(f"kilden til tallet for {periods.words(when)}")
                if not self._source:
                    missing.append(f"kilden til tallet for {periods.words(when)}")
            order = ("value", "forecast", "source", "note", "parts", "rounded", "by_administration", "by_unit")
            found.append({"year": when, **{name: own[name] for name in order if name in own}})
        return found
