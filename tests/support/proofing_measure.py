"""How sure the proof-reader's rules are, on sentences that were written before they were read (`proofing_corpus`)."""

from __future__ import annotations

import datetime
import random
import re
from collections.abc import Iterator
from functools import cache

from docgen.content.settings import HouseStyle
from docgen.lexicon.compounds import is_word
from docgen.proofing import proofread as proof
from docgen.proofing.registry import RULES, find_rule
from docgen.proofing.rule import Passage, Reading, Severity
from docgen.structs import Struct
from tests.support.contents import ROOT, repository

CORPUS = ROOT / "tests/proofing_corpus"
FAMILIES = ("accessibility", "facts", "language", "names", "privacy", "structure", "terms")
OWN = "."  # sentences of the rules' authors, and others that the rules have been mended by
_HOUSE = HouseStyle(page_limit=3, percent="pct.", time="dot", range="hyphen")


class Line(Struct, frozen=True):
    """A sentence of the corpus: whether it is wrong, on what day it was written, and what the rules find in it."""

    family: str
    held_out: bool
    wrong: bool
    text: str
    codes: frozenset[str]

    @property
    def is_shown(self) -> bool:
        """Whether something is found without asking for hints."""
        return any(_severity(code) is not Severity.HINT for code in self.codes)


def _severity(code: str) -> Severity:
    rule = find_rule(code)
    assert rule is not None
    return rule.severity


def read(text: str, day: datetime.date | None = None) -> Reading:
    """A text as a file from elsewhere, ` ¶ ` between its lines, with the repository's names and words."""
    passages = tuple(Passage(part, "x.txt", key=str(number)) for number, part in enumerate(text.split(" ¶ "), 1))
    content = repository().content
    return Reading(passages, _HOUSE, content.organisation, content.glossary, day, foreign=True)


@cache
def lines() -> tuple[Line, ...]:
    """Every sentence of the corpus."""
    return tuple(
        line
        for family in (*FAMILIES, OWN)
        for half in ("", "held_out")
        for kind in ("right", "wrong")
        for line in _file(family, half, kind)
    )


def _file(family: str, half: str, kind: str) -> Iterator[Line]:
    for line in (CORPUS / family / half / f"{kind}.txt").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        label, text = line.split("|", 1)
        day = datetime.date.fromisoformat(label[:10]) if label[:2] == "20" else None
        codes = frozenset(finding.rule.code for finding in proof.find(read(text, day), RULES))
        yield Line(family, bool(half), kind == "wrong", text, codes)


def by_rule() -> dict[str, tuple[int, int]]:
    """For each rule that finds anything, the wrong and the right sentences that it finds something in."""
    found: dict[str, tuple[int, int]] = {}
    for line in lines():
        for code in line.codes:
            true, false = found.get(code, (0, 0))
            found[code] = (true + line.wrong, false + (not line.wrong))
    return found


def held_out(family: str) -> tuple[int, int, int, int]:
    """Of a family's held-out sentences: right ones with a finding, and all; wrong ones with a finding, and all."""
    chosen = [line for line in lines() if line.family == family and line.held_out]
    right, wrong = ([line for line in chosen if line.wrong is is_wrong] for is_wrong in (False, True))
    return sum(line.is_shown for line in right), len(right), sum(line.is_shown for line in wrong), len(wrong)


class Slips(Struct, frozen=True):
    """What became of words with one slip of the finger: another word, found, and with the right word suggested."""

    words: int
    another_word: int
    found: int
    suggested: int


def slips(count: int = 1000) -> Slips:
    """Words of the right sentences, each with a letter left out, doubled, moved by one place or exchanged."""
    known = sorted({word for line in lines() if not line.wrong for word in re.findall(r"\b[a-zæøå]{6,}\b", line.text)})
    draw, rule = random.Random(1), find_rule("DG361")
    assert rule is not None
    another = found = suggested = 0
    for word in draw.sample([word for word in known if is_word(word)], count):
        place = draw.randrange(1, len(word) - 1)
        before, letter, after = word[:place], word[place], word[place + 1 :]
        forms = (after, letter + letter + after, after[0] + letter + after[1:], draw.choice("aeinrst") + after)
        wrong = before + draw.choice(forms)
        if is_word(wrong):
            another += 1
            continue
        hits = proof.find(read(f"Her står {wrong} i en sætning."), [rule])
        found += bool(hits)
        suggested += any(word in (hit.right, *hit.alternatives) for hit in (finding.hit for finding in hits))
    return Slips(count, another, found, suggested)
