"""Blocks of a file to a policy that is built of values, with their focus areas and who answers for what."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import Any

from docgen.content.content import Content
from docgen.importing.case_text import letters
from docgen.importing.draft import Draft, Remark, unwritten
from docgen.importing.identifiers import Identifiers
from docgen.importing.markdown import body, clean, inline
from docgen.importing.policy_facts import facts_of, fields_of_facts, is_about, subtitle_of
from docgen.importing.policy_parts import parts_draft
from docgen.importing.policy_roles import Roles
from docgen.importing.policy_text import APPENDIX, FOCUS, LEAD_IN
from docgen.importing.policy_words import area_of, period_of
from docgen.importing.sentences import begins_with_infinitive, ends
from docgen.readers.blocks import Block, Sort
from docgen.structs import Struct

_INTRODUCTION = re.compile(r"indledning|forord|introduktion", re.IGNORECASE)
_CHAPTER = re.compile(r"^(?:kapitel )?\d{1,2}(?:\.\d{1,2})*[.):]?\s+(?=\S)", re.IGNORECASE)
_MOST_WORDS_OF_STATEMENT = 45


class Part(Struct, frozen=True):
    """A heading of the highest level, and what stands under it."""

    title: Block
    blocks: tuple[Block, ...]

    @property
    def has_areas(self) -> bool:
        """Whether it has focus areas."""
        return any(_is_focus(block) for block in self.blocks)


def _is_focus(block: Block) -> bool:
    is_title = block.sort in (Sort.HEADING, Sort.PARAGRAPH) and len(block.text) < 60
    return is_title and FOCUS.fullmatch(clean(block.text)) is not None


def is_policy(blocks: Sequence[Block]) -> bool:
    """Whether blocks have chapters with focus areas."""
    return any(_is_focus(block) for block in blocks)


def _is_of_values(blocks: Sequence[Block], content: Content) -> bool:
    """Whether a policy has chapters with focus areas that no profile's parts have by that name."""
    kinds = [part for profile in content.settings.policies.values() for part in profile.parts]
    lists = {letters(str(part.areas_heading)) for part in kinds if part.areas_heading is not None}
    parts = {letters(str(part.heading)) for part in kinds}
    said = [letters(block.text) for block in blocks if _is_focus(block)]
    return any(one not in lists and (one not in parts or said.count(one) > 1) for one in said)


def policy_draft(
    name: str, blocks: Sequence[Block], content: Content, today: datetime.date, title: str = "", said: str = ""
) -> Draft:
    """A policy of the blocks of a file; `title` is what the file calls itself, where it does, and `said` all of its
    words. One without chapters of focus areas is built of the parts of a profile, if there is any. Its date is
    today's: it is a draft until somebody has read it."""
    if content.settings.policies and not _is_of_values(blocks, content):
        return parts_draft(name, blocks, content, today, title, said)
    return _Policy(name, blocks, content, today, title, said).draft()


class _Policy:
    def __init__(
        self, name: str, blocks: Sequence[Block], content: Content, today: datetime.date, title: str, said: str
    ) -> None:
        self._name, self._content, self._today, self._said = name, content, today, said
        self._ids = Identifiers()
        self._folder = f"policies/{name}"
        before, parts = _parts(blocks)
        cover = [part for part in parts if letters(part.title.text) == letters(title) and not part.has_areas]
        self._before = [*before, *(block for part in cover for block in part.blocks)]
        self._parts = [part for part in parts if part not in cover and not is_about(part.title)]
        self._notes = [block for block in blocks if block.sort is Sort.NOTE]
        about = [block for part in parts if is_about(part.title) for block in part.blocks]
        self._facts = facts_of([*self._before, *about])
        self._blocks = blocks
        self._title = title
        self._missing: list[str] = []
        self._remarks: list[Remark] = []
        self._left_out: list[str] = []

    def draft(self) -> Draft:
        """The files."""
        chapters = [part for part in self._parts if part.has_areas]
        others = [part for part in self._parts if not part.has_areas]
        appendix = next((part for part in others if _is_appendix(part)), None)
        first = self._parts.index(chapters[0]) if chapters else len(self._parts)
        leading = [part for part in others if self._parts.index(part) < first and part is not appendix]
        trailing = [part for part in others if self._parts.index(part) > first and part is not appendix]
        introduction = next((part for part in leading if _INTRODUCTION.match(clean(part.title.text))), None)
        introduction = introduction or (leading[0] if leading else None)
        overview = [part for part in leading if part is not introduction]
        files: dict[str, Any] = {
            f"{self._folder}/policy.yaml": self._policy(introduction, overview, trailing, chapters)
        }
        for number, part in enumerate(chapters, 1):
            value = self._value(part)
            files[f"{self._folder}/values/{number}-{value['id']}.yaml"] = value
        roles = Roles(self._ids, self._empty)
        files[f"{self._folder}/responsibilities.yaml"] = roles.fields_of(
            None if appendix is None else (appendix.title, appendix.blocks), self._notes
        )
        if roles.is_unsaid:
            why = "kilden siger ikke, hvilken rolle hvert ansvar hører til; alle står under den første"
            self._remarks.append(Remark(why=why, file=f"{self._folder}/responsibilities.yaml", path=("roles",)))
        self._left_out += [f"note: {clean(note.text)}" for note in roles.left]
        return Draft(
            files=files,
            remarks=tuple(self._remarks),
            missing=tuple(dict.fromkeys(self._missing)),
            left_out=tuple(self._left_out),
        )

    def _policy(
        self, introduction: Part | None, overview: Sequence[Part], trailing: Sequence[Part], chapters: Sequence[Part]
    ) -> dict[str, Any]:
        self._missing += ["politikken i en eller to sætninger (summary)"]
        title = self._title or self._titled()
        subtitle = (
            subtitle_of(self._before, title, str(self._content.settings.municipality.name)) if self._title else ""
        )
        fields: dict[str, Any] = {
            "title": title,
            **({"subtitle": subtitle} if subtitle else {}),
            "summary": unwritten("politikken i en eller to sætninger."),
            "period": self._period(),
            "version": "0.1",
            "status": "udkast",
            "date": self._today,
            **fields_of_facts(self._facts, self._content),
            "verbatim": True,
            "introduction": self._section(introduction, "Indledning", with_lead=True),
            "overview": self._section(overview[0] if overview else None, "Værdierne", cards=chapters),
        }
        lead_ins = [
            clean(block.text)
            for part in chapters
            for block in part.blocks
            if block.sort is Sort.PARAGRAPH and LEAD_IN.search(block.text)
        ]
        focus = [clean(block.text) for part in chapters for block in part.blocks if _is_focus(block)]
        fields["focus_areas_title"] = focus[0] if focus else "Indsatsområder"
        fields["focus_areas_lead_in"] = lead_ins[0] if lead_ins else self._empty("sætningen før indsatsområderne")
        fields["scope"] = self._section(
            trailing[0] if trailing else None, "Afgrænsning og opfølgning", more=trailing[1:]
        )
        if "origin_of_wording" not in fields:
            fields["origin_of_wording"] = self._empty("hvor ordlyden kommer fra, til kolofonen (origin_of_wording)")
        return fields

    def _titled(self) -> str:
        before = [block for block in self._before if clean(block.text)]
        if before:
            return clean(before[0].text)
        return self._empty("politikkens titel")

    def _empty(self, what: str) -> str:
        self._missing.append(what)
        return unwritten(what)

    def _period(self) -> dict[str, int]:
        period, is_said = period_of((*(block.text for block in self._blocks), self._said), self._today.year)
        if not is_said:
            self._missing.append("årene, politikken gælder (period)")
        return period

    def _section(
        self,
        part: Part | None,
        title: str,
        *,
        with_lead: bool = False,
        cards: Sequence[Part] = (),
        more: Sequence[Part] = (),
    ) -> dict[str, Any]:
        if part is None:
            return {"id": self._ids.give(title), "title": title, "text": self._empty(f"teksten til {title}")}
        name = clean(part.title.text)
        fields: dict[str, Any] = {"id": self._ids.give(name), "title": name}
        blocks = _without_cards(part.blocks, cards) if cards else list(part.blocks)
        for other in more:
            blocks += [other.title, *other.blocks]
        if with_lead and len(blocks) > 1 and blocks[0].sort in (Sort.PARAGRAPH, Sort.HEADING) and _is_lead(blocks[0]):
            fields["lead"] = inline(blocks[0].runs)
            blocks = blocks[1:]
        fields["text"] = body(blocks) or self._empty(f"teksten til {name}")
        return fields

    def _value(self, part: Part) -> dict[str, Any]:
        title = _CHAPTER.sub("", clean(part.title.text))
        mark = next(at for at, block in enumerate(part.blocks) if _is_focus(block))
        own, areas = list(part.blocks[:mark]), list(part.blocks[mark + 1 :])
        fields: dict[str, Any] = {"id": self._ids.give(title), "title": title}
        if (
            own
            and own[0].sort is not Sort.ITEM
            and len(own[0].text.split()) <= _MOST_WORDS_OF_STATEMENT
            and len(own) > 1
        ):
            fields["statement"] = inline(own.pop(0).runs)
        else:
            fields["statement"] = self._empty(f"værdien {title} i én sætning")
        listed = [block for block in areas if not LEAD_IN.search(block.text)]
        items = [block for block in listed if block.sort is Sort.ITEM] or [one for one in listed if _may_be_area(one)]
        own += [block for block in listed if block not in items]
        quotes = [block for block in own if _is_said_again(block, own)]
        own = [block for block in own if block not in quotes]
        if quotes:
            fields["pull_quote"] = clean(quotes[0].text)
        fields["text"] = body(own) or self._empty(f"brødteksten til {title}")
        found = [area_of(block, self._ids) for block in items]
        fields["focus_areas"] = found or [
            {"id": self._ids.give(f"{title} indsats"), "lead": self._empty(f"indsatsområderne under {title}")}
        ]
        return fields


def _parts(blocks: Sequence[Block]) -> tuple[list[Block], list[Part]]:
    """What stands before the first heading of the level that chapters have, and each such heading with its blocks."""
    level = _chapter_level(blocks)
    flat = len({block.level for block in blocks if block.sort is Sort.HEADING}) == 1
    before: list[Block] = []
    found: list[tuple[Block, list[Block]]] = []
    for block in blocks:
        starts = block.sort is Sort.HEADING and block.level <= level and not _is_focus(block)
        if starts and flat and found and _is_appendix_title(found[-1][0]) and not is_about(block):
            starts = False  # a role: all headings look alike
        if starts:
            found.append((block, []))
        elif found:
            found[-1][1].append(block)
        else:
            before.append(block)
    empty_before = [title for title, inside in found if not inside and title.level < level]
    parts = [Part(title, tuple(inside)) for title, inside in found if title not in empty_before]
    return [*before, *empty_before], parts


def _chapter_level(blocks: Sequence[Block]) -> int:
    """The level of the headings that have focus areas under them."""
    levels: list[int] = []
    since: list[int] = []
    for block in blocks:
        if _is_focus(block):
            levels += [min(since)] if since else []
            since = []
        elif block.sort is Sort.HEADING:
            since.append(block.level)
    return max(set(levels), key=levels.count) if levels else 1


def _is_appendix_title(title: Block) -> bool:
    return APPENDIX.match(clean(title.text)) is not None


def _is_appendix(part: Part) -> bool:
    return _is_appendix_title(part.title) or (
        "ansvar" in part.title.text.lower() and sum(block.sort is Sort.ITEM for block in part.blocks) > 1
    )


def _is_lead(block: Block) -> bool:
    return block.sort is Sort.HEADING or block.is_bold or not ends(clean(block.text))


def _without_cards(blocks: Sequence[Block], chapters: Sequence[Part]) -> list[Block]:
    """The text of an overview without its cards: what is said again in the chapters is in them alone."""
    said = {_letters(part.title.text) for part in chapters}
    for part in chapters:
        said |= {_letters(block.text) for block in part.blocks[:2]}
    return [block for block in blocks if _letters(block.text) not in said]


def _is_said_again(block: Block, among: Sequence[Block]) -> bool:
    """Whether a block is a sentence of another one, set apart: a quotation of the chapter's own text."""
    words = clean(block.text)
    return len(words) > 20 and any(words in clean(one.text) for one in among if one is not block)


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text.lower())


def _may_be_area(block: Block) -> bool:
    bold = bool(block.runs) and block.runs[0].bold
    return block.sort is Sort.PARAGRAPH and (bold or begins_with_infinitive(clean(block.text)))
