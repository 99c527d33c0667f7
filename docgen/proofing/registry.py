"""Every rule of the proof-reader, in order of code."""

from __future__ import annotations

from docgen.proofing.rule import Reading, Rule, Severity
from docgen.proofing.rules import (
    accessibility,
    dates,
    facts,
    forms,
    length,
    names,
    numbers,
    privacy,
    same_figure,
    spaces,
    spelling,
    structure,
    terms,
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
            *names.RULES,
            *terms.RULES,
            *privacy.RULES,
            *accessibility.RULES,
            *length.RULES,
            *OWN,
        ),
        key=lambda rule: rule.code,
    )
)


def find_rule(code: str) -> Rule | None:
    """The rule with that code, in any letters; None for an unknown one."""
    return next((rule for rule in RULES if rule.code == code.upper()), None)
