"""The focus areas of a policy in a report on it: what it says of the status of each, and what was done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from docgen.content.content import Content
from docgen.content.unfilled import UNWRITTEN
from docgen.importing.case_route import named_bodies
from docgen.importing.case_text import letters
from docgen.importing.draft import Remark
from docgen.importing.markdown import body, clean
from docgen.importing.tables import Part, Table
from docgen.kinds.follow_up.model import AreaStatus, Progress, text_fingerprint
from docgen.kinds.policy.model import FocusArea, Policy, chapter_title
from docgen.readers.blocks import Block, Sort

_STATUSES: tuple[tuple[str, AreaStatus], ...] = (
    (r"ikke (?:nået|opfyldt|indfriet)|\brød\b", AreaStatus.NOT_REACHED),
    (r"ikke (?:startet|påbegyndt|igangsat|begyndt)", AreaStatus.NOT_STARTED),
    (r"kan ikke opgøres|ikke opgjort|ukendt|^[-–−—]?$", AreaStatus.UNKNOWN),
    (r"delvis|på vej|i gang|igangsat|i proces|følger planen|\bgul\b", AreaStatus.ON_THE_WAY),
    (r"risiko|forsinket|bag ?efter planen|udfordret", AreaStatus.AT_RISK),
    (r"frafaldet|opgivet|udgået|bortfaldet", AreaStatus.DROPPED),
    (r"monitor|uden mål", AreaStatus.MONITORED),
    (r"afsluttet|gennemført", AreaStatus.FINISHED),
    (r"\bnået|opfyldt|indfriet|\bgrøn\b", AreaStatus.REACHED),
)
_PROGRESS = (
    (r"\bfrem|forbedr|stigende|bedre|↑|↗", Progress.FORWARD),
    (r"uændret|samme|stabil|→", Progress.UNCHANGED),
    (r"tilbage|forværr|faldende|ringere|↓|↘", Progress.BACK),
)
_TEXTS = (
    (re.compile(r"gjort|gennemført|resultater|årets arbejde|status for året", re.IGNORECASE), "done"),
    (re.compile(r"i gang|igangværende|arbejdet nu", re.IGNORECASE), "under_way"),
    (re.compile(r"det næste|næste (?:år|skridt)|det videre|fremadrettet|planer", re.IGNORECASE), "next_year"),
    (re.compile(r"sager\b", re.IGNORECASE), "cases"),
)
_LIKE = 0.88
_LEAST = 12
"""Letters of a name that may be a part of another one."""


class Areas:
    """Gathers what a report says of each focus area; `remarks` are what is to be looked at."""

    def __init__(self, policy: Policy, content: Content, file: str) -> None:
        self._content, self._file = content, file
        self._areas = [(str(c.id), area) for c in policy.chapters for area in c.focus_areas]
        self.chapters = {str(c.id): chapter_title(c, policy, content.settings) for c in policy.chapters}
        self._found: dict[str, dict[str, Any]] = {}
        self._own_words: dict[str, str] = {}
        self.remarks: list[Remark] = []
        self.unsaid: list[str] = []

    def named(self, label: str) -> str:
        """The id of the focus area that some words are the name of; empty: none."""
        own = letters(label)
        if len(own) < 4:
            return ""
        names = [
            (str(area.id), letters(area.lead), letters(f"{area.lead} {area.text or ''}")) for _, area in self._areas
        ]
        for id, lead, whole in names:
            if own in (lead, whole):
                return id
        near = [id for id, lead, _ in names if len(lead) >= _LEAST and (own.startswith(lead) or lead.startswith(own))]
        if len(near) == 1 and len(own) >= _LEAST:
            return near[0]
        best = max(names, key=lambda one: SequenceMatcher(None, own, one[1]).ratio(), default=None)
        return best[0] if best and SequenceMatcher(None, own, best[1]).ratio() >= _LIKE else ""

    def chapter_of(self, area: str) -> str:
        """The id of the chapter that a focus area is in."""
        return next((chapter for chapter, one in self._areas if str(one.id) == area), "")

    def chapter_named(self, title: str) -> str:
        """The id of the chapter that a heading is."""
        own = letters(re.sub(r"^\d{1,2}[.)]?\s+", "", title))
        for id, name in self.chapters.items():
            if own and (own == letters(name) or (len(own) >= _LEAST and letters(name) in own)):
                return id
        return ""

    def take_row(self, table: Table, row: Sequence[str]) -> bool:
        """Takes a row of a table that tells of a focus area; whether it does."""
        at = next((at for at, cell in enumerate(row[:2]) if self.named(cell)), -1)
        if at < 0:
            return False
        status = _latest(table, "status", "målopfyldelse", "vurdering", "opfyldelse")
        if status < 0:
            return False
        fields = self._found.setdefault(self.named(row[at]), {})
        self._status(fields, row[status], row[at])
        if (progress := table.column("fremdrift", "retning", "udvikling", "tendens")) >= 0:
            self._progress(fields, row[progress])
        if (who := table.column("ansvarlig", "forvaltning")) >= 0:
            self._responsible(fields, row[who])
        for word, name in (("bemærkning", "done"), ("gjort", "done"), ("kommentar", "done"), ("næste", "next_year")):
            column = table.column(word)
            if column >= 0 and column not in (at, status) and len(row[column]) > 1:
                fields.setdefault(name, row[column])
        return True

    def _status(self, fields: dict[str, Any], words: str, name: str) -> None:
        said = re.sub(r"^[^\w–−-]+\s*", "", words).strip(" .")
        said = re.sub(r"^[÷○✓!×→…]\s*", "", said)
        exact = next((one for one in AreaStatus if said.lower() == one.value and one is not AreaStatus.UNFILLED), None)
        known: AreaStatus | None = exact or next(
            (one for pattern, one in _STATUSES if re.search(pattern, said.lower())), None
        )
        if known is None:
            return
        fields["status"] = str(known)
        if exact is None and said not in ("", "-", "–", "−", "—"):
            self._own_words[name] = f"»{said}« er læst som »{known}«"

    def _progress(self, fields: dict[str, Any], words: str) -> None:
        known = next((one for pattern, one in _PROGRESS if re.search(pattern, words.lower())), None)
        if known is not None:
            fields["progress"] = str(known)

    def _responsible(self, fields: dict[str, Any], words: str) -> None:
        for id, name in named_bodies(self._content, "administration"):
            if name in words:
                fields["responsible"] = id
                return

    def take_part(self, area: str, part: Part, field: str = "") -> None:
        """Takes what stands under the heading of a focus area, or under a heading in that."""
        fields = self._found.setdefault(area, {})
        rest: list[Block] = []
        for block in part.blocks:
            if block.sort is Sort.ROW and len(block.cells) == 2:
                self._fact(fields, clean(block.cells[0].text), clean(block.cells[1].text), part.title)
            else:
                rest.append(block)
        name = field or "done"
        if name == "cases":
            if found := list(self._cases(rest)):
                fields["cases"] = found
        elif text := body([one for one in rest if one.sort is not Sort.CAPTION]):
            fields[name] = f"{fields[name]}\n\n{text}" if name in fields else text

    def _fact(self, fields: dict[str, Any], label: str, said: str, title: str) -> None:
        match label.lower().strip(" :"):
            case "status":
                self._status(fields, said, title)
            case "fremdrift" | "retning":
                self._progress(fields, said)
            case "ansvarlig" | "ansvarlig forvaltning":
                self._responsible(fields, said)
            case "forklaring":
                fields["reason"] = said
            case _:
                return

    def _cases(self, blocks: Sequence[Block]) -> Iterator[str]:
        from docgen.kinds.case.model import Case

        titles = {letters(case.title): id for id, case in self._content.all(Case).items()}
        for block in blocks:
            if (id := titles.get(letters(block.text))) is not None:
                yield id

    def fields(self) -> list[dict[str, Any]]:
        """A status for each focus area of the policy, in its order."""
        return [self._fields(area) for _, area in self._areas]

    def _fields(self, area: FocusArea) -> dict[str, Any]:
        found = self._found.get(str(area.id), {})
        if "status" not in found:
            self.unsaid.append(str(area.lead))
        own = {"area": str(area.id), "reports_on": text_fingerprint(area)}
        own["status"] = found.get("status", UNWRITTEN)
        own["progress"] = found.get("progress", str(Progress.NOT_ASSESSED))
        order = ("done", "under_way", "next_year", "responsible", "reason", "cases")
        told = self._own_words.get(str(area.lead))
        if told:
            self.remarks.append(
                Remark(why=told, source=str(area.lead), file=self._file, path=("areas", str(area.id), "status"))
            )
        return own | {name: found[name] for name in order if name in found}


def field_of(title: str) -> str:
    """Which text of a focus area stands under a heading; empty: none of them."""
    return next((name for pattern, name in _TEXTS if pattern.match(title.strip())), "")


def _latest(table: Table, *words: str) -> int:
    """The column of the present status: the first that is not last year's."""
    for word in words:
        columns = [at for at, head in enumerate(table.head) if word in head.lower()]
        years = {at: found[0] for at in columns if (found := re.findall(r"20\d\d", table.head[at]))}
        if years:
            return max(years, key=lambda at: int(years[at]))
        if columns:
            return columns[0]
    return -1
