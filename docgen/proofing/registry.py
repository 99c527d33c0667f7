"""Every rule of the proof-reader, in order of code."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.content.validation import nearest
from docgen.proofing.rule import Reading, Rule, Severity
from docgen.proofing.rules import (
    accessibility,
    agreement,
    clauses,
    commas,
    dates,
    everyday,
    facts,
    figures,
    fixed_words,
    forms,
    length,
    missing,
    names,
    numbers,
    offices,
    phrases,
    privacy,
    same_figure,
    spaces,
    spelling,
    structure,
    terms,
    told,
    verbs,
    votes,
    words,
)


def _nothing(reading: Reading) -> tuple[()]:
    return ()


OWN: tuple[Rule, ...] = (
    Rule(
        "DG901", "En tilladelse, der ikke bruges", Severity.WARNING, "docgens egen regel",
        (), (), _nothing,
    ),
    Rule("DG902", "En tilladelse uden grund", Severity.WARNING, "docgens egen regel", (), (), _nothing),
)  # fmt: skip
"""What the proof-reader finds in its own silencings (`# docgen: tillad DG301 grund`)."""

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            *structure.RULES,
            *facts.RULES,
            *dates.RULES,
            *votes.RULES,
            *same_figure.RULES,
            *numbers.RULES,
            *words.RULES,
            *forms.RULES,
            *spaces.RULES,
            *spelling.RULES,
            *verbs.RULES,
            *agreement.RULES,
            *commas.RULES,
            *clauses.RULES,
            *missing.RULES,
            *fixed_words.RULES,
            *phrases.RULES,
            *figures.RULES,
            *told.RULES,
            *names.RULES,
            *offices.RULES,
            *everyday.RULES,
            *terms.RULES,
            *privacy.RULES,
            *accessibility.RULES,
            *length.RULES,
            *OWN,
        ),
        key=lambda rule: rule.code,
    )
)


def unknown_codes(codes: Iterable[str]) -> dict[str, list[str]]:
    """Those codes that are neither a rule's nor a family's, each with the nearest three there are."""
    known = [rule.code for rule in RULES]
    families = dict.fromkeys(code[:length] for code in known for length in (3, 4))
    asked = [code for code in codes if not any(one.startswith(code.upper()) for one in known) or not code.strip()]
    return {code: nearest(code, [*known, *families]) for code in asked}


def find_rule(code: str) -> Rule | None:
    """The rule with that code, in any letters; None for an unknown one."""
    return next((rule for rule in RULES if rule.code == code.upper()), None)
