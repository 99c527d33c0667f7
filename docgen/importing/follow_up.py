"""Blocks of a file to a follow-up on a policy: what it says of each focus area, its figures, and its own words."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import Any

from docgen.content.content import Content
from docgen.importing.case_text import letters
from docgen.importing.dates import date_in
from docgen.importing.draft import Draft, Remark, unwritten
from docgen.importing.follow_up_areas import Areas, field_of
from docgen.importing.follow_up_figures import Indicators
from docgen.importing.follow_up_registers import actions_of, economy_of, is_register, recommendations_of, risks_of
from docgen.importing.identifiers import Identifiers
from docgen.importing.markdown import body, clean, line
from docgen.importing.policy_facts import facts_of, is_about
from docgen.importing.sentences import first_sentence
from docgen.importing.tables import Part, parts_of
from docgen.kinds.follow_up import periods
from docgen.kinds.follow_up.model import FollowUp
from docgen.kinds.policy.model import Policy
from docgen.problems import ContentError, Origin, Problem
from docgen.readers.blocks import Block, Run, Sort, plain_block
from docgen.structs import replace

_PARTS = (
    ("mandate", r"baggrund\b|mandat|formål|indledning"),
    ("summary", r"resum[eé]|sammenfatning|konklusion|hovedkonklusion|kort fortalt"),
    ("method", r"(?:bilag\W*)?(?:metode|opgørelsesmetode|datagrundlag|om tallene)"),
    ("finance", r"økonomi"),
    ("next_steps", r"videre proces|næste skridt|det videre|den videre proces"),
    ("recommendations", r"anbefalinger"),
    ("overview", r"overblik|mål og monitorering|status for|handlinger|risici|indikatorer|nøgletal|indsatsområder"),
    ("", r"indhold(?:sfortegnelse)?"),
)
_NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2})*[.)]?\s+")
_COMPUTED = re.compile(
    r"status for indsatsområderne i |\d+ indsatsområder?: |note: (?:hvert indsatsområde havde|– betyder|retningen "
    r"siden|"
    r"indikatorer uden mål bliver|en streg i en tabel|afvigelsen er budget)|\d+ handling(?:er)?: ",
    re.IGNORECASE,
)
"""What docgen itself writes of the fields of a report."""


def follow_up_draft(
    name: str, blocks: Sequence[Block], content: Content, today: datetime.date, title: str = ""
) -> Draft:
    """A follow-up of the blocks of a file; its id is the period that it is on. Raises ContentError for another id, and
    where there is no policy that it could follow up on."""
    return _FollowUp(name, blocks, content, today, title).draft()


class _FollowUp:
    def __init__(self, name: str, blocks: Sequence[Block], content: Content, today: datetime.date, title: str) -> None:
        period = periods.of_id(name)
        if period is None:
            hint = "skriv fx --as follow-up/2024, follow-up/2024-h1 eller follow-up/2024-q1"
            raise ContentError([Problem(Origin(f"--as follow-up/{name}"), f"'{name}' er ikke en periode", hint)])
        self._period, self._content, self._today = period, content, today
        self._path, self._ids = f"follow_ups/{name}.yaml", Identifiers()
        own = letters(title)
        self._parts = parts_of([one for one in blocks if one.sort is not Sort.HEADING or letters(one.text) != own])
        self._facts = facts_of(blocks)
        self._title = clean(title) or _first_title(self._parts)
        self._parts = _without_title(self._parts, self._title)
        self._top = min((part.level for part in self._parts[1:]), default=1)
        self._policy = self._own_policy(" ".join(clean(block.text) for block in blocks))
        self._areas = Areas(self._policy, content, self._path)
        before = content.all(FollowUp).get(periods.id_before(name) or "")
        self._indicators = Indicators(self._areas, content, period, self._path, before)
        self._texts: dict[str, list[Block]] = {}
        self._boxes: list[dict[str, Any]] = []
        self._missing: list[str] = []
        self._remarks: list[Remark] = []

    def _own_policy(self, said: str) -> Policy:
        """The policy that the report is on: the one that it names, or else the one of its period."""
        known = self._content.all(Policy)
        if not known:
            hint = "hent politikken først: docgen import FIL --as policy/ID"
            raise ContentError([Problem(Origin(self._path), "der er ingen politik at følge op på", hint)])
        own = letters(self._facts.get("politik", ""))
        named = [one for one in known.values() if own and letters(str(one.title)) in own]
        named = named or [one for one in known.values() if letters(str(one.title)) in letters(said)]
        year = periods.year_of(self._period)
        valid = [one for one in named or known.values() if one.period.first <= year <= one.period.last]
        return (valid or named or list(known.values()))[0]

    def draft(self) -> Draft:
        """The file."""
        self._take()
        fields: dict[str, Any] = {
            "title": line(self._title) or self._empty("rapportens titel"),
            "year": self._period,
            "policy": str(self._policy.id),
        }
        if periods.year_of(self._period) > self._policy.period.last:
            fields["closing"] = True
        fields |= {"version": "0.1", "status": "udkast", "date": self._date(), "verbatim": True}
        fields |= self._words()
        fields["areas"] = self._areas.fields()
        if indicators := self._indicators.fields(self._ids):
            fields["indicators"] = indicators
        fields |= self._registers()
        if self._boxes:
            fields["boxes"] = self._boxes
        if self._areas.unsaid:
            self._missing.append(
                f"status for {len(self._areas.unsaid)} indsatsområder: {', '.join(self._areas.unsaid)}"
            )
        return Draft(
            files={self._path: fields},
            remarks=(*self._remarks, *self._areas.remarks, *self._indicators.remarks),
            missing=tuple(dict.fromkeys([*self._missing, *self._indicators.missing])),
            left_out=tuple(self._indicators.left_out),
        )

    def _empty(self, what: str) -> str:
        self._missing.append(what)
        return unwritten(what)

    def _date(self) -> datetime.date:
        said = " ".join(self._facts.get(name, "") for name in ("opgjort", "dato", "version"))
        for text in (said, *(clean(block.text) for block in self._parts[0].blocks)):
            if (found := date_in(text)) is not None:
                return found
        self._missing.append("dagen, rapporten er opgjort (date); der står periodens sidste dag")
        return periods.last_day(self._period)

    def _words(self) -> dict[str, Any]:
        """The report's own texts."""
        summary = self._texts.get("summary", [])
        front = self._texts.get("front", [])
        verdict = ""
        if front and not summary:
            verdict, summary = clean(front[0].text), front[1:]
        elif summary and summary[0].sort is Sort.PARAGRAPH:
            self._texts["mandate"] = [*front, *self._texts.get("mandate", ())]
            verdict, rest = first_sentence(clean(summary[0].text))
            others = [plain_block(Sort.PARAGRAPH, rest), *summary[1:]] if rest else summary[1:]
            summary = others or summary
            why = "vurderingen i én sætning (verdict) er resuméets første sætning"
            self._remarks.append(Remark(why=why, source=verdict, file=self._path, path=("verdict",)))
        found: dict[str, Any] = {
            "verdict": verdict or self._empty("årets samlede vurdering i én sætning (verdict)"),
            "summary": body(summary) or self._empty("resumé (summary)"),
            "mandate": body(self._texts.get("mandate", ()))
            or self._empty("hvilken beslutning der kræver opfølgningen (mandate)"),
        }
        for name in ("finance", "next_steps"):
            if text := body(self._texts.get(name, ())):
                found[name] = text
        found["method"] = body(self._texts.get("method", ())) or self._empty("hvordan der er gjort op (method)")
        return found

    def _registers(self) -> dict[str, Any]:
        """Actions, recommendations, risks and economy, of their tables and items."""
        tables = [(part, table) for part in self._parts for table in part.tables]
        found: dict[str, Any] = {}
        if actions := actions_of(tables, self._areas, self._content, self._ids):
            found["actions"] = actions
        if recommended := recommendations_of(self._texts.get("recommendations", ()), self._content):
            found["recommendations"] = recommended
        if risks := risks_of(tables):
            found["risks"] = risks
        if economy := economy_of(tables, self._texts.get("finance", ()), self._empty):
            found["economy"] = economy
        return found

    # -- what stands where ------------------------------------------------------------------------------------------

    def _take(self) -> None:
        """Each part of the file to where it belongs; the tables come first, for they name the indicators."""
        for part in self._parts:
            for table in part.tables:
                if is_register(table):
                    continue
                rest = [row for row in table.body if not self._areas.take_row(table, row)]
                self._indicators.take_overview(table, rest, part)
        chapter = area = indicator = ""
        for number, part in enumerate(self._parts):
            if not number:
                self._front(part)
                continue
            if is_about(Block(sort=Sort.HEADING, runs=(Run(part.title),))):
                break
            if part.level == self._top or self._areas.chapter_named(part.title):
                chapter = self._areas.chapter_named(part.title)
            if not (area and part.level > self._level and field_of(part.title)):
                area = indicator = ""
            area, indicator = self._one(part, chapter, area, indicator)

    _level = 0

    def _one(self, part: Part, chapter: str, area: str, indicator: str) -> tuple[str, str]:
        """Takes one part; gives the focus area or the indicator that following parts may go on with."""
        title = _NUMBER.sub("", part.title)
        if area:
            self._areas.take_part(area, part, field_of(title))
            return area, ""
        if re.match(r"opgørelse af ", title, re.IGNORECASE):
            self._indicators.take_method(title[len("opgørelse af ") :], part)
            return "", ""
        self._level = part.level
        if found := self._areas.named(title):
            self._areas.take_part(found, part)
            return found, ""
        if self._indicators.take_part(title, chapter, part):
            return "", title
        own = _kind_of(title) if not chapter or letters(title) != letters(self._areas.chapters[chapter]) else None
        text = [block for block in part.text if not _COMPUTED.match(clean(block.text))]
        text = [block for block in text if letters(block.text) not in self._indicators.noted]
        if own is not None:
            self._texts.setdefault(own, []).extend(text)
        elif text:
            self._box(title, chapter, text)
        return "", ""

    def _front(self, part: Part) -> None:
        own = {letters(self._title), letters(f"Opfølgning {periods.words(self._period)}")}
        named = letters(str(self._content.settings.municipality.name))
        text = [block for block in part.text if letters(block.text) not in own | {named}]
        self._texts["front"] = [block for block in text if len(clean(block.text)) > 40]

    def _box(self, title: str, chapter: str, text: Sequence[Block]) -> None:
        """A text that a report has no field for, as a box: none of its words is lost."""
        is_chapter = bool(chapter) and letters(title) == letters(self._areas.chapters[chapter])
        name = "Om året" if is_chapter else title
        box: dict[str, Any] = {"title": line(name), "text": body(text)}
        if chapter:
            box["chapter"] = chapter
        self._boxes.append(box)
        why = f"teksten under »{title}« hører til intet felt i en opfølgning; den står som en boks"
        self._remarks.append(Remark(why=why, file=self._path, path=("boxes", str(len(self._boxes) - 1))))


def _kind_of(title: str) -> str | None:
    """Which text of a report stands under a heading; None: none of them."""
    for name, pattern in _PARTS:
        if re.match(pattern, title, re.IGNORECASE):
            return name
    return None


def _without_title(parts: list[Part], title: str) -> list[Part]:
    """The parts, where the file's first heading is its title: what stands under that stands before any heading."""
    if len(parts) > 1 and not parts[0].blocks and letters(parts[1].title) == letters(title):
        first = Part("", (), 0, parts[1].blocks)
        return [first, *(replace(one, above=one.above[1:]) for one in parts[2:])]
    return parts


def _first_title(parts: Sequence[Part]) -> str:
    """The file's first line that names it."""
    said: Iterator[str] = (clean(block.text) for block in parts[0].blocks if block.sort is not Sort.ROW)
    for words in said:
        if "opfølgning" in words.lower() or "status" in words.lower():
            return words
    return next((part.title for part in parts[1:2]), "")
