"""Blocks of a file to a case: the headings of the municipality's profile say what each part is."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import Any

from docgen.content.content import Content
from docgen.content.profile import CaseProfile
from docgen.importing.case_route import Route, named_bodies, treatments_of
from docgen.importing.case_text import letters
from docgen.importing.dates import date_in
from docgen.importing.draft import Draft, Remark, unwritten
from docgen.importing.identifiers import Identifiers
from docgen.importing.markdown import body, clean, inline
from docgen.kinds.follow_up.model import FollowUp
from docgen.kinds.policy.model import Policy
from docgen.problems import ContentError, Origin, Problem
from docgen.readers.blocks import Block, Sort

_AT = re.compile(r"^(?:at\s+)?(?:\d{1,2}\\?[.):]\s*)?(?:at\b[\s:]*)?(?:\d{1,2}\\?[.):]\s*)?", re.IGNORECASE)
_END = re.compile(r"(?:,\s*(?:og|samt)|\s+og|[,;.])\s*$")
_ANNEX = re.compile(r"^(?:bilag\s*)?(\d{1,3})?\s*[-–:.]?\s*", re.IGNORECASE)
_SUMMARY, _RECOMMENDATION, _HISTORY, _DECISION, _ANNEXES, _SIGNATURE = (
    "summary", "recommendation", "history", "decision", "annexes", "signature"
)  # fmt: skip
_USUAL_WORDS = {
    _SUMMARY: ("resumé", "resume"),
    _RECOMMENDATION: ("indstilling", "indstilling og beslutning", "forslag"),
    _HISTORY: ("oversigt over politisk behandling", "tidligere behandlinger"),
    _DECISION: ("beslutning", "beslutninger"),
    _ANNEXES: ("bilag", "bilagsliste", "bilag og links"),
    _SIGNATURE: ("underskrift",),
}
_COLOPHON = re.compile(r"om dette dokument|kolofon", re.IGNORECASE)


def profile_headings(content: Content) -> dict[str, str]:
    """What each heading of a case is, by its letters: the id of a section, or a part that every case has."""
    profile = _profile(content)
    found = {letters(word): part for part, words in _USUAL_WORDS.items() for word in words}
    for name in (_SUMMARY, _RECOMMENDATION, _HISTORY, _DECISION, _ANNEXES, _SIGNATURE):
        if heading := getattr(profile.headings, name):
            found[letters(str(heading))] = name
    for kind in profile.kinds.values():
        if heading := getattr(kind, "heading", None):
            found[letters(str(heading))] = _RECOMMENDATION
    return found | {letters(str(section.heading)): str(section.id) for section in profile.sections}


def masthead_words(content: Content) -> Iterator[str]:
    """What the head of a case says: the labels of kinds, and who it is to or from."""
    yield from (str(kind.label) for kind in _profile(content).kinds.values())
    for one in content.organisation.bodies:
        yield from (f"{word} {one.name}" for word in ("Til", "Fra"))


def _profile(content: Content) -> CaseProfile:
    if content.settings.cases is None:
        hint = "tilføj 'cases' i settings.yaml"
        raise ContentError([Problem(Origin("content/settings.yaml"), "der er ingen profil for sager", hint)])
    return content.settings.cases


def case_draft(name: str, blocks: Sequence[Block], content: Content, today: datetime.date, title: str = "") -> Draft:
    """A case of the blocks of a file. Raises ContentError where the settings have no profile for cases."""
    return _Case(name, blocks, content, today, title).draft()


class _Case:
    def __init__(self, name: str, blocks: Sequence[Block], content: Content, today: datetime.date, title: str) -> None:
        self._path, self._content, self._today = f"cases/{name}.yaml", content, today
        self._profile, self._ids = _profile(content), Identifiers()
        self._headings = profile_headings(content)
        self._before, self._parts = self._split(blocks)
        self._title = title
        self._missing: list[str] = []
        self._remarks: list[Remark] = []
        self._left_out: list[str] = []

    def _split(self, blocks: Sequence[Block]) -> tuple[list[Block], dict[str, list[Block]]]:
        """What stands before the first known heading, and by what it is what stands under each."""
        before: list[Block] = []
        parts: dict[str, list[Block]] = {}
        current = before
        for block in blocks:
            part = self._part_of(block)
            if part == _DECISION and not parts and block.sort is not Sort.HEADING:
                part = ""  # what the kind is called, at the top
            if part:
                current = parts.setdefault(part, [])
            elif block.sort is Sort.HEADING and _COLOPHON.fullmatch(clean(block.text)):
                current = []
            else:
                current.append(block)
        return before, parts

    def _part_of(self, block: Block) -> str:
        """What a heading begins, matched by its words: it may be set as any paragraph."""
        text = clean(block.text).strip(" :")
        if block.sort not in (Sort.HEADING, Sort.PARAGRAPH) or len(text) > 70:
            return ""
        return self._headings.get(letters(text), "")

    def draft(self) -> Draft:
        """The file."""
        kind = self._kind()
        fields: dict[str, Any] = {"title": self._own_title(), "kind": kind, "version": "0.1", "status": "udkast"}
        if self._parts.get(_DECISION):
            fields["verbatim"] = True
        if senders := self._senders():
            fields["administrations"] = senders
        else:
            self._missing.append("forvaltningen bag sagen (administrations)")
        summary = _without_closing(body(self._parts.get(_SUMMARY, ())), str(self._profile.kinds[kind].closing or ""))
        fields["summary"] = summary or self._empty("hvad der skal besluttes, i en til tre sætninger (summary)")
        if groups := self._recommendation():
            fields["recommendation"] = groups
        fields["sections"] = self._sections(kind)
        if signatures := list(self._signatures()):
            fields["signatures"] = signatures
        fields["treatments"] = self._treatments([point["id"] for group in groups for point in group["points"]])
        if annexes := list(self._annexes()):
            fields["annexes"] = annexes
        has_day = annexes or any("date" in one for one in fields["treatments"])
        if not has_day or any(text.startswith("Dato ") for text in self._words_before()):
            fields["date"] = self._date()
        return Draft(
            files={self._path: fields},
            remarks=tuple(self._remarks),
            missing=tuple(dict.fromkeys(self._missing)),
            left_out=tuple(self._left_out),
        )

    def _empty(self, what: str) -> str:
        self._missing.append(what)
        return unwritten(what)

    def _own_title(self) -> str:
        if self._title:
            return clean(self._title)
        labels = {letters(str(kind.label)) for kind in self._profile.kinds.values()}
        titles = [
            clean(block.text)
            for block in self._before
            if block.sort is not Sort.ROW and letters(block.text) not in labels and not block.text.startswith("Til ")
        ]
        return max(titles, key=len) if titles else self._empty("sagens titel")

    def _kind(self) -> str:
        """The kind of the case: the one with the label that the file has, and with a recommendation if that has one."""
        has_points = bool(self._parts.get(_RECOMMENDATION))
        said = {letters(block.text) for block in self._all()} | {
            letters(cell.text) for block in self._all() for cell in block.cells
        }
        fitting = [(str(id), kind) for id, kind in self._profile.kinds.items() if kind.recommendation == has_points]
        named = [id for id, kind in fitting if letters(str(kind.label)) in said and not kind.moved]
        usual = [id for id, kind in fitting if not kind.moved and (id == "decision" or not has_points)]
        if not named:
            self._remarks.append(
                Remark(why="kilden siger ikke, hvad slags sag det er", file=self._path, path=("kind",))
            )
        return (named or usual or [id for id, _ in fitting] or [str(next(iter(self._profile.kinds)))])[0]

    def _all(self) -> Iterator[Block]:
        yield from self._before
        for blocks in self._parts.values():
            yield from blocks

    def _date(self) -> datetime.date:
        for text in self._words_before():
            if (found := date_in(text)) is not None:
                return found
        self._missing.append("sagens dato (date); der står dagen, den blev hentet")
        return self._today

    def _words_before(self) -> Iterator[str]:
        for block in self._before:
            yield " ".join(cell.text for cell in block.cells) or block.text

    def _senders(self) -> list[str]:
        said = " ".join(self._words_before())
        lead_ins = " ".join(clean(b.text) for b in self._parts.get(_RECOMMENDATION, ()) if b.sort is not Sort.ITEM)
        everything = " ".join(clean(block.text) for block in self._all())
        for text in (said, lead_ins, everything):
            found = [
                (text.find(name), id) for id, name in named_bodies(self._content, "administration") if name in text
            ]
            if found:
                own = [id for _, id in sorted(found)]
                return own if text is not everything else own[:1]
        return []

    def _recommendation(self) -> list[dict[str, Any]]:
        """The at-points in their groups, without what docgen writes itself."""
        groups: list[dict[str, Any]] = []
        lead_in = ""
        points: list[dict[str, Any]] = []
        for block in self._parts.get(_RECOMMENDATION, ()):
            text = inline(block.runs)
            is_point = block.sort is Sort.ITEM or re.match(r"(?:\d{1,2}[.)]\s*)?at\s", clean(block.text)) is not None
            if is_point and block.level and points:
                self._point(points[-1].setdefault("points", []), text)
            elif is_point:
                self._point(points, text)
            elif points and not text.startswith("("):
                groups.append({"points": points})
                points, lead_in = [], text
            elif not points and "," in text and (at := re.search(r",?\s+at\s+(?=\S)", text)) and not text.endswith(","):
                self._point(points, text[at.end() :])
            else:
                lead_in = lead_in or text
        if points:
            groups.append({"points": points})
        return groups

    def _point(self, points: list[dict[str, Any]], text: str) -> None:
        said = _END.sub("", _AT.sub("", text)).strip()
        if said:
            points.append({"id": self._ids.give(said, otherwise="punkt"), "text": said})

    def _sections(self, kind: str) -> list[dict[str, Any]]:
        own = self._profile.kinds[kind].sections if kind in self._profile.kinds else ()
        found = []
        for section in self._profile.sections:
            if own and section.id not in own:
                continue
            text = body(self._parts.get(str(section.id), ()))
            if text and clean(text) != clean(str(section.default or "")):
                found.append({"id": str(section.id), "text": text})
            elif (
                not text and section.required and section.default is None and not section.kinds and not section.verbatim
            ):
                found.append({"id": str(section.id), "text": self._empty(str(section.heading))})
        return found

    def _signatures(self) -> Iterator[str]:
        for block in self._parts.get(_SIGNATURE, ()):
            yield from (clean(name) for name in block.text.split("/") if clean(name))

    def _treatments(self, point_ids: Sequence[str]) -> list[dict[str, Any]]:
        """The bodies that the case comes to, as far as it says so; the last one has its decision."""
        said = Route(
            head=tuple(text for text in self._words_before() if not text.startswith("Dato ")),
            history=tuple(self._parts.get(_HISTORY, ())),
            points=tuple(self._parts.get(_RECOMMENDATION, ())),
            decision=tuple(self._parts.get(_DECISION, ())),
            everything=" ".join(clean(block.text) for block in self._all()),
            point_ids=tuple(point_ids),
        )
        treatments, is_said = treatments_of(self._content, said)
        if not is_said:
            why = "kilden siger ikke, hvilket udvalg der får sagen"
            self._remarks.append(Remark(why=why, file=self._path, path=("treatments",)))
        return treatments

    def _annexes(self) -> Iterator[dict[str, Any]]:
        """The annexes that are documents here; the others are told, for their files must be put in by somebody."""
        known: dict[str, Policy | FollowUp] = {f"policy/{id}": one for id, one in self._content.all(Policy).items()}
        known |= {f"follow-up/{id}": found for id, found in self._content.all(FollowUp).items()}
        for block in self._parts.get(_ANNEXES, ()):
            title = _ANNEX.sub("", clean(block.text)).rstrip(".")
            same = [(id, one) for id, one in known.items() if letters(str(one.title)) in letters(title)]
            if len(same) == 1:
                document = {"document": same[0][0], "version": str(same[0][1].version)}
                yield {"id": self._ids.give(title, otherwise="bilag"), "title": title, **document}
            elif title:
                self._left_out.append(f"bilaget »{title}«: læg PDF'en i content/annexes, og skriv den under annexes")


def _without_closing(text: str, closing: str) -> str:
    """A summary without the sentence that docgen ends it with; what stands in braces there is any words."""
    if not closing:
        return text
    words = [re.escape(part).replace(r"\ ", r"\s+") for part in re.split(r"\{\w+\}", closing)]
    pattern = r"[\w\s-]{2,80}?".join(words)
    return re.sub(rf"\s*{pattern}\s*$", "", text)
