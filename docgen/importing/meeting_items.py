"""The items of an agenda or of minutes: by their numbers, by headings, and by the words that part each item."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from docgen.content.meeting_profile import MeetingProfile
from docgen.importing.case_text import letters
from docgen.importing.markdown import clean, in_lines
from docgen.readers.blocks import Block, Sort
from docgen.structs import Struct, field

_NUMBER = re.compile(
    r"(?:(?:punkt|pkt\.?|sag)\s*(?:nr\.?\s*)?)?(\d{1,4})\s*(?:[.):–-]\s*|\s{1,2}(?=[A-ZÆØÅ]))", re.IGNORECASE
)
_AWAY = re.compile(r"(?:fraværende|afbud|meldt afbud|til stede|mødt|mødedeltagere|deltagere)\s*:\s*\S", re.IGNORECASE)
_CANCELLED = re.compile(r"\b(?:punkt(?:et)?|sagen) (?:\d+ )?(?:udgår|udgik|er udgået)\b", re.IGNORECASE)
_DECISION = re.compile(
    r"(?:.{3,60}s )?(?:beslutning(?:er)?|vedtagelse)(?: (?:i|fra) .{3,80})?(?: den \d.{5,30})?\W*", re.IGNORECASE
)
_ANNEXES = re.compile(r"bilag(?:sliste)?\W*", re.IGNORECASE)
_KNOWN: tuple[tuple[str, str], ...] = (
    (
        "items",
        r"punkter|dagsorden|åbne punkter|åben dagsorden|åbne sager|sager|punkter på dagsordenen|dagsordenspunkter",
    ),
    ("closed", r"lukkede punkter|lukket dagsorden|lukkede sager|lukket del"),
    ("attendance", r"fravær(?:ende)?|afbud|til stede|deltagere|mødedeltagere|fremmøde|medlemmer|fraværende og afbud"),
    ("remarks", r"bemærkninger(?: til mødet| til dagsordenen)?"),
    ("reservations", r"forbehold"),
    ("signatures", r"underskrift(?:er|sside|sblad)?"),
    ("contents", r"indhold(?:sfortegnelse)?"),
)
_PART_OF_ITEM = re.compile(
    r"indstilling.{0,40}|resum[eé]|sagsfremstilling|problemstilling|løsning|økonomi|videre proces|sagens gang|baggrund|"
    r"beslutningstema|sagsbeskrivelse|kompetence|retsgrundlag|vurdering|høring|tidligere behandling\w*|bilag|"
    r".{0,60}beslutning.{0,60}",
    re.IGNORECASE,
)


def is_section(words: str) -> bool:
    """Whether a line is a heading over some items, or over another part of a paper."""
    return any(re.fullmatch(pattern, words.strip(" :").lower()) for _, pattern in _KNOWN)


def is_part_of_item(words: str) -> bool:
    """Whether a line is a heading inside an item."""
    own = words.strip(" :")
    return _DECISION.fullmatch(own) is not None or (len(own) < 60 and _PART_OF_ITEM.fullmatch(own) is not None)


class FoundItem(Struct):
    """An item as it is found: its number (0: it has none), its title, what stands under it and what was decided."""

    title: str
    number: int = 0
    text: list[Block] = field(default_factory=list)
    decision: list[Block] = field(default_factory=list)
    annexes: list[str] = field(default_factory=list)
    is_closed: bool = False
    is_cancelled: bool = False


class Found(Struct):
    """The parts of a meeting's paper."""

    front: list[Block] = field(default_factory=list)
    items: list[FoundItem] = field(default_factory=list)
    supplement: list[FoundItem] = field(default_factory=list)
    tabled: list[FoundItem] = field(default_factory=list)
    attendance: list[Block] = field(default_factory=list)
    remarks: list[Block] = field(default_factory=list)
    reservations: list[Block] = field(default_factory=list)


def items_of(blocks: Sequence[Block], profile: MeetingProfile, title: str) -> Found:
    """The parts of a paper, by the words of the municipality's profile and those that are usual."""
    return _Items(blocks, profile, title).found


class _Items:
    def __init__(self, blocks: Sequence[Block], profile: MeetingProfile, title: str) -> None:
        self.found = Found()
        self._title, self._profile = letters(title), profile
        self._level = _item_level(blocks)
        self._section = "front"
        self._part = ""  # of an item: the text, the decision, its annexes
        for block in blocks:
            for line in in_lines(block):
                self._take(line)

    def _take(self, block: Block) -> None:
        words = clean(block.text)
        if block.sort is Sort.HEADING and letters(words) == self._title:
            return
        section = self._section_of(block, words)
        if self._section == "front" and block.sort is not Sort.ROW and _AWAY.match(words):
            self.found.attendance.append(block)
        elif section:
            self._section, self._part = section, ""
        elif self._begins_item(block, words):
            number = _NUMBER.match(words)
            marker = re.match(r"\d+", block.marker)
            shown = words[number.end() :] if number else words
            count = int(number[1]) if number else int(marker[0]) if marker else 0
            item = FoundItem(shown.strip(" :"), count, is_closed=self._section == "closed")
            item.is_cancelled = _CANCELLED.search(shown) is not None
            self._items().append(item)
            self._part = "text"
        else:
            self._rest(block, words)

    def _section_of(self, block: Block, words: str) -> str:
        if block.sort not in (Sort.HEADING, Sort.PARAGRAPH) or len(words) > 60:
            return ""
        own = letters(words)
        if own == letters(str(self._profile.supplement)) and block.sort is Sort.HEADING:
            return "supplement"
        if own == letters(str(self._profile.tabled)) or "aflæggerbord" in words.lower():
            return "tabled"
        labels = self._profile.labels
        named = {"attendance": labels.attendance, "remarks": labels.remarks, "reservations": labels.reservations}
        for name, label in named.items():
            if own == letters(str(label)):
                return name
        if block.sort is Sort.HEADING or words.endswith(":") or self._section == "front":
            plain = words.strip(" :").lower()
            return next((name for name, pattern in _KNOWN if re.fullmatch(pattern, plain)), "")
        return ""

    def _begins_item(self, block: Block, words: str) -> bool:
        if self._section in ("attendance", "remarks", "reservations", "signatures", "contents"):
            is_item = block.sort is Sort.HEADING and _NUMBER.match(words) is not None
            self._section = "items" if is_item else self._section
            return is_item
        if self._level < 0:  # a list
            is_item = block.sort is Sort.ITEM and not block.level and re.match(r"\d", block.marker) is not None
            self._section = "items" if is_item and self._section == "front" else self._section
            return is_item
        if block.sort is not Sort.HEADING or _PART_OF_ITEM.fullmatch(words.strip(" :")):
            return False
        is_item = block.level == self._level or (block.level > 0 and _NUMBER.match(words) is not None)
        self._section = "items" if is_item and self._section == "front" else self._section
        return is_item

    def _items(self) -> list[FoundItem]:
        if self._section == "supplement":
            return self.found.supplement
        return self.found.tabled if self._section == "tabled" else self.found.items

    def _rest(self, block: Block, words: str) -> None:
        """What is no title of anything: it goes on with where the paper is."""
        named = {
            "attendance": self.found.attendance, "remarks": self.found.remarks, "reservations": self.found.reservations
        }  # fmt: skip
        if self._section in named:
            named[self._section].append(block)
        elif self._section == "front":
            if block.sort is not Sort.ROW:
                self.found.front.append(block)
        elif self._section in ("signatures", "contents"):
            return
        elif self._part and self._items():
            self._in_item(self._items()[-1], block, words)
        elif block.sort is not Sort.ROW:
            self.found.front.append(block)

    def _in_item(self, item: FoundItem, block: Block, words: str) -> None:
        alone = block.sort is Sort.HEADING or (len(words) < 90 and block.sort is Sort.PARAGRAPH)
        if alone and _DECISION.fullmatch(words):
            self._part = "decision"
        elif alone and _ANNEXES.fullmatch(words):
            self._part = "annexes"
        elif block.sort is Sort.HEADING and self._part != "text":
            self._part = "text"
            item.text.append(block)
        elif self._part == "annexes" or (self._level < 0 and block.sort is Sort.ITEM and words.startswith("Bilag")):
            item.annexes.append(words)
        elif self._part == "decision":
            item.decision.append(block)
        else:
            item.text.append(block)
        item.is_cancelled = item.is_cancelled or (self._part == "decision" and bool(_CANCELLED.match(words)))


def _item_level(blocks: Sequence[Block]) -> int:
    """The level of the headings that are items; -1: the items are a numbered list."""
    numbered = Counter(
        block.level for block in blocks if block.sort is Sort.HEADING and _NUMBER.match(clean(block.text))
    )
    if numbered:
        return numbered.most_common(1)[0][0]
    listed = [
        block for block in blocks if block.sort is Sort.ITEM and re.match(r"\d", block.marker) and not block.level
    ]
    headings = [block for block in blocks if block.sort is Sort.HEADING]
    deciding = [one for one in headings if _DECISION.fullmatch(clean(one.text))]
    if listed and not deciding:
        return -1
    inner = min((one.level for one in deciding), default=0)
    above = [one.level for one in headings if one.level < inner]
    return max(above, default=1) if deciding else min((one.level for one in headings), default=1)
