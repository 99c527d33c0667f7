"""The skeleton of a year's follow-up: every focus area with last year's status beside it, indicators carried over."""

from __future__ import annotations

import datetime

from docgen import danish
from docgen.content.content import Content
from docgen.content.fields import WrongValueError
from docgen.content.unfilled import UNWRITTEN
from docgen.kinds.follow_up.model import AreaFollowUp, FollowUp, Indicator, YearFigure, text_fingerprint
from docgen.kinds.policy.model import Policy
from docgen.kinds.skeleton_words import quoted


def new_follow_up(content: Content, year: int, day: datetime.date, wanted: str = "") -> str:
    """The YAML of a new follow-up, on the policy that is in force in `year`, dated `day`; `wanted` is the policy's id,
    where several are.

    Raises WrongValueError where no policy of the content covers the year, or several do and none is wanted.
    """
    policy = _policy(content, year, wanted)
    before = content.all(FollowUp).get(str(year - 1))
    lines = [
        "# yaml-language-server: $schema=../../schemas/follow-up.json",
        f"# Opfølgning på {policy.title} for {year}. Udfyld felterne, og slet {UNWRITTEN}.",
        "# `docgen check` viser, hvad der mangler. Felter uden noget at fortælle kan slettes.",
        f"title: {quoted(f'Opfølgning på {policy.title} for {year}')}",
        f"year: {year}",
        f"policy: {policy.id}",
        'version: "0.1"',
        "status: udkast",
        f"date: {day.isoformat()}",
        *_beside(before.verdict if before else None, "konklusion"),
        f"verdict: {UNWRITTEN} årets samlede vurdering i én sætning.",
        f"summary: {UNWRITTEN} resumé.",
        f"mandate: {quoted(before.mandate) if before else f'{UNWRITTEN} hvilken beslutning der kræver opfølgningen.'}",
        f"method: {quoted(before.method) if before else f'{UNWRITTEN} hvordan der er gjort op.'}",
        "areas:",
    ]
    lines += _areas(policy, before)
    if before and before.indicators:
        lines.append("indicators:")
        for indicator in before.indicators:
            lines += _indicator(indicator, year)
    return "\n".join(lines) + "\n"


def _policy(content: Content, year: int, wanted: str) -> Policy:
    known = content.all(Policy)
    valid = {name: item for name, item in known.items() if item.period.first <= year <= item.period.last}
    if not valid:
        raise WrongValueError(f"ingen politik gælder i {year}", "tilføj politikken, eller ret dens period")
    if wanted and wanted not in valid:
        right = danish.enumerate(valid, "eller")
        raise WrongValueError(f"politikken '{wanted}' gælder ikke i {year}", f"skriv --policy {right}")
    if not wanted and len(valid) > 1:
        right = danish.enumerate([f"--policy {name}" for name in valid], "eller")
        raise WrongValueError(f"{len(valid)} politikker gælder i {year}", f"skriv {right}")
    return valid[wanted] if wanted else next(iter(valid.values()))


def _areas(policy: Policy, before: FollowUp | None) -> list[str]:
    old = {str(item.area): item for item in before.areas} if before else {}
    lines: list[str] = []
    for value in policy.chapters:
        lines.append(f"  # {value.title or value.id}")
        for area in value.focus_areas:
            item: AreaFollowUp | None = old.get(str(area.id))
            lines += [
                f"  - area: {area.id}  # {area.lead}",
                f"    reports_on: {quoted(text_fingerprint(area))}",
                *_beside(str(item.status) if item else None, "status", "    "),
                f"    status: {UNWRITTEN}",
                *_beside(str(item.progress) if item else None, "fremdrift", "    "),
                f"    progress: {UNWRITTEN}",
            ]
            for name, label in (("done", "gjort"), ("under_way", "i gang"), ("next_year", "næste år")):
                lines += _beside(getattr(item, name) if item else None, label, "    ")
                lines.append(f"    {name}: {UNWRITTEN}")
            if item and item.responsible:
                lines.append(f"    responsible: {item.responsible}")
    return lines


def _indicator(indicator: Indicator, year: int) -> list[str]:
    lines = [
        f"  - id: {indicator.id}",
        f"    title: {quoted(indicator.title)}",
        f"    value: {indicator.value}",
        f"    definition: {quoted(indicator.definition)}",
        f"    base: {quoted(indicator.base)}",
        f"    unit: {quoted(indicator.unit)}",
    ]
    if indicator.baseline_year is not None:
        lines.append(f"    baseline_year: {indicator.baseline_year}")
    if target := indicator.target:
        lines.append(f"    target: {{value: {target.value}, year: {target.year}, direction: {target.direction}}}")
    for name in ("price_level", "note"):
        if text := getattr(indicator, name):
            lines.append(f"    {name}: {quoted(text)}")
    if indicator.chart:
        lines.append(f"    chart: {indicator.chart}")
    lines.append("    series:")
    for figure in indicator.series:
        if figure.year < year:
            lines += _figure(figure)
    return [*lines, f"      - {{year: {year}, value: null}}  # tallet og source, eller null: ikke opgjort"]


def _figure(figure: YearFigure) -> list[str]:
    lines = [f"      - year: {figure.year}", f"        value: {_value(figure.value)}"]
    for name in ("source", "note"):
        if text := getattr(figure, name):
            lines.append(f"        {name}: {quoted(text)}")
    if figure.parts:
        lines.append("        parts:")
        lines += [f"          - {{label: {quoted(part.label)}, value: {part.value}}}" for part in figure.parts]
    if figure.by_administration:
        lines.append("        by_administration:")
        lines += [f"          - {{body: {row.body}, value: {_value(row.value)}}}" for row in figure.by_administration]
    return lines


def _value(value: object) -> str:
    return "null" if value is None else str(value)


def _beside(text: str | None, label: str, indent: str = "") -> list[str]:
    """Last year's words as a comment above the field that is to be written."""
    return [] if not text else [f"{indent}# Sidste år, {label}: {' '.join(str(text).split())}"]
