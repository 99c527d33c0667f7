"""How sure each rule of the proof-reader is: precision and recall on the hand-made corpus and the rules' examples."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from docgen.build.folders import read_project
from docgen.commands.check import CheckOptions
from docgen.commands.measure import measure_papers, report
from docgen.proofing.proofread import Chosen, read_content
from docgen.proofing.registry import OWN, RULES
from docgen.proofing.rule import Rule, Severity
from tests.bench.batch import write_cases
from tests.proofing.test_proofing import SURE, codes, corpus, found_held_out, held_out
from tests.support import proofing_measure as measure
from tests.support.contents import ROOT

_IDLE = 1.3  # processes that have wanted to run at once, this one with them


def proofing_report() -> str:
    """A Markdown table: rule, right and wrong sentences, precision and recall."""
    right = [text for _, text in corpus("right.txt")]
    wrong = corpus("wrong.txt")
    rows = [
        "| Regel | Med rette | Med urette | Overset | Præcision | Genkaldelse | Rette i alt | Urette |",
        "|:--|--:|--:|--:|--:|--:|--:|--:|",
    ]
    blind = measure.by_rule()
    for rule in RULES:
        if rule in OWN:
            continue
        true, false, missed = _counts(rule, right, wrong)
        precision = true / (true + false) if true + false else 1.0
        recall = true / (true + missed) if true + missed else 1.0
        mark = " (tip)" if rule.severity is Severity.HINT else ""
        shown = " | ".join(f"{value:.2f}".replace(".", ",") for value in (precision, recall))
        others = " | ".join(map(str, blind.get(rule.code, (0, 0))))
        rows.append(f"| {rule.code} {rule.title}{mark} | {true} | {false} | {missed} | {shown} | {others} |")
    return f"{_blind()}\n\n{_slips()}\n\n" + "\n".join(rows) + f"\n\n{_papers()}\n\n{_speed()}\n"


def _papers() -> str:
    """The invented papers, as `docgen check --against` has them."""
    against = ROOT / "tests/proofing_corpus/papers/fejl.tsv"
    return "De opdigtede udvalgspapirer:\n\n" + report(measure_papers(against, CheckOptions()))


def _blind() -> str:
    """The sentences that were written before anyone looked at the rules."""
    right, wrong = held_out("right.txt"), held_out("wrong.txt")
    false, true = (sum(bool(found_held_out(text)) for text in texts) for texts in (right, wrong))
    return (
        f"I de {len(right)} rigtige sætninger, som er skrevet uden at se på reglerne, findes nu noget i {false}; "
        f"af de {len(wrong)} forkerte findes {true}.\n\n{_families()}"
    )


def _slips() -> str:
    """How many misspelt words the list of words finds."""
    told = measure.slips()
    others = told.words - told.another_word
    return (
        f"I {told.words} ord fra de rigtige sætninger er ét bogstav glemt, fordoblet eller forvekslet (DG361). "
        f"{told.another_word} blev til et andet ord; af de øvrige {others} findes {told.found}, "
        f"og det rette ord er blandt de foreslåede for {told.suggested}."
    )


def _families() -> str:
    """The halves that rules are never mended by, written by another than the rules' authors."""
    rows = ["| Familie (holdt ude) | Rigtige med fund | Forkerte med fund |", "|:--|--:|--:|"]
    for family in measure.FAMILIES:
        false, right, true, wrong = measure.held_out(family)
        rows.append(f"| {family} | {false} af {right} | {true} af {wrong} |")
    return "\n".join(rows)


def _counts(rule: Rule, right: list[str], wrong: list[tuple[str, str]]) -> tuple[int, int, int]:
    """Sentences found rightly, found wrongly, and missed: the corpus, and the rule's own examples."""
    positive = [*rule.wrong, *(text for code, text in wrong if code == rule.code)]
    negative = [*rule.right, *(right if rule in SURE else ())]
    found = [bool(codes(text, (rule,), rule.needs)) for text in positive]
    false = sum(bool(codes(text, (rule,), rule.needs)) for text in negative)
    return sum(found), false, len(found) - sum(found)


def _speed() -> str:
    with tempfile.TemporaryDirectory() as folder:
        content = read_project(write_cases(Path(folder) / "content", 500), ROOT / "templates")
        found = content.content
        started = time.perf_counter()
        read_content(found, Chosen())
        seconds = time.perf_counter() - started
    shown = f"{seconds:.1f}".replace(".", ",")
    load = os.getloadavg()[1] if hasattr(os, "getloadavg") else 0.0
    busy = "" if load <= _IDLE else f" (maskinen havde andet at lave: belastning {load:.1f})".replace(".", ",")
    return f"500 sager læst på {shown} s{busy}."
