"""The skeleton of a follow-up: every focus area with its last status, indicators and open actions carried over."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from docgen import danish
from docgen.content.content import Content
from docgen.content.fields import Model, WrongValueError, to_plain
from docgen.content.unfilled import UNWRITTEN
from docgen.kinds.follow_up import periods
from docgen.kinds.follow_up.indicator_model import Indicator, YearFigure
from docgen.kinds.follow_up.model import AreaFollowUp, FollowUp, text_fingerprint
from docgen.kinds.policy.model import Policy
from docgen.kinds.skeleton_words import quoted


def new_follow_up(content: Content, name: int | str, day: datetime.date, wanted: str = "") -> str:
    """The YAML of a new follow-up called `name` (`2026`, `2026-q1`, `2026-q1-klima`), dated `day`. It is on the policy
    that is in force then, or on `wanted`, the policy's id, where several are or its period is over.

    Raises WrongValueError where no policy of the content covers the period, or several do and none is wanted.
    """
    period = periods.of_id(str(name))
    if period is None:
        raise WrongValueError(f"'{name}' er ikke en periode", "skriv fx 2024, 2026-h1 eller 2026-q1")
    policy = _policy(content, period, wanted)
    before = _before(content, str(name), period, policy)
    same = [content.all(Policy)[str(other)] for other in before.also] if before and _on(before, policy) else []
    found = content.all(FollowUp).get(periods.id_before(str(name)) or "")
    what = f"{policy.title} for {periods.words(period)}"
    lines = [
        "# yaml-language-server: $schema=../../schemas/follow-up.json",
        f"# Opfølgning på {what}. Udfyld felterne, og slet {UNWRITTEN}.",
        "# `docgen check` viser, hvad der mangler. Felter uden noget at fortælle kan slettes.",
        f"title: {quoted(f'Opfølgning på {what}')}",
        f"year: {period}",
        f"policy: {policy.id}",
        *([f"also: [{', '.join(str(other.id) for other in same)}]"] if same else []),
        *(["closing: true"] if periods.year_of(period) > policy.period.last else []),
        *([f"follows: '{before.id}'"] if before and found is None else []),
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
    for one in (policy, *same):
        lines += _areas(one, before)
    if before and before.indicators:
        lines.append("indicators:")
        for indicator in before.indicators:
            lines += _indicator(indicator, period)
    if before:
        lines += _carried(before)
    return "\n".join(lines) + "\n"


def _on(follow_up: FollowUp, policy: Policy) -> bool:
    return str(follow_up.policy) == str(policy.id)


def _before(content: Content, name: str, period: int | str, policy: Policy) -> FollowUp | None:
    """The report just before, or else the latest one before on the same policy."""
    known = content.all(FollowUp)
    if (just := known.get(periods.id_before(name) or "")) is not None:
        return just
    earlier = [
        other
        for other in known.values()
        if _on(other, policy) and periods.order(other.year) < periods.order(period) and isinstance(period, str)
    ]
    return max(earlier, key=lambda other: (periods.order(other.year), other.id), default=None)


def _carried(before: FollowUp) -> Iterator[str]:
    """What is still to be done, and the risks, as they were."""
    if left := [action for action in before.actions if action.is_open()]:
        yield "actions:  # de handlinger, der ikke var gennemført; ret status, og tilføj nye"
        for action in left:
            yield from _block(action)
    if before.risks:
        yield "risks:"
        for risk in before.risks:
            yield from _block(risk)


def _block(model: Model) -> Iterator[str]:
    """One item of a list, a line a field."""
    for number, (key, value) in enumerate(to_plain(model).items()):
        yield f"{'  - ' if number == 0 else '    '}{key}: {_flow(value)}"


def _flow(value: object) -> str:
    """A value as YAML has it on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    return str(value) if isinstance(value, int | Decimal | datetime.date) else quoted(str(value))


def _policy(content: Content, period: int | str, wanted: str) -> Policy:
    known, year = content.all(Policy), periods.year_of(period)
    if wanted in known and known[wanted].period.last < year:
        return known[wanted]  # a report after the policy's period, which its author asks for by name
    valid = {name: item for name, item in known.items() if item.period.first <= year <= item.period.last}
    if not valid:
        raise WrongValueError(f"ingen politik gælder i {year}", _none_hint(known, year))
    if wanted and wanted not in valid:
        right = danish.enumerate(valid, "eller")
        raise WrongValueError(f"politikken '{wanted}' gælder ikke i {year}", f"skriv --policy {right}")
    if not wanted and len(valid) > 1:
        right = danish.enumerate([f"--policy {name}" for name in valid], "eller")
        raise WrongValueError(f"{len(valid)} politikker gælder i {year}", f"skriv {right}")
    return valid[wanted] if wanted else next(iter(valid.values()))


def _none_hint(known: Mapping[str, Policy], year: int) -> str:
    over = [f"--policy {name}" for name, policy in known.items() if policy.period.last < year]
    after = f", eller skriv {danish.enumerate(over, 'eller')}, når rapporten følger op efter perioden" if over else ""
    return f"tilføj politikken, eller ret dens period{after}"


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


_INDICATOR_TEXTS = ("title", "value", "area", "subject", "definition", "base", "unit")


def _indicator(indicator: Indicator, period: int | str) -> list[str]:
    lines = [f"  - id: {indicator.id}"]
    plain = to_plain(indicator)
    for name in (*_INDICATOR_TEXTS, "measure", "baseline_year", "target", "milestones", "units", "comparisons"):
        if name in plain:
            is_word = name in ("value", "area", "measure")
            lines.append(f"    {name}: {plain[name] if is_word else _flow(plain[name])}")
    for name in ("price_level", "note"):
        if text := getattr(indicator, name):
            lines.append(f"    {name}: {quoted(text)}")
    if indicator.chart:
        lines.append(f"    chart: {indicator.chart}")
    lines.append("    series:")
    now = periods.order(period)
    for figure in indicator.series:
        if periods.order(figure.year) < now and not figure.forecast:
            lines += _figure(figure)
    expected = indicator.figure(period)
    was = "" if expected is None or expected.value is None else f"; sidst ventet: {expected.value}".replace(".", ",")
    lines.append(f"      - {{year: {period}, value: null}}  # tallet og source, eller null: ikke opgjort{was}")
    for figure in indicator.series:
        if periods.order(figure.year) > now and figure.forecast:
            lines += _figure(figure)
    return lines


def _figure(figure: YearFigure) -> list[str]:
    lines = [f"      - year: {figure.year}", f"        value: {_value(figure.value)}"]
    for name in ("source", "note"):
        if text := getattr(figure, name):
            lines.append(f"        {name}: {quoted(text)}")
    if figure.parts:
        lines.append("        parts:")
        lines += [f"          - {{label: {quoted(part.label)}, value: {part.value}}}" for part in figure.parts]
    for name in ("to", "forecast", "rounded"):
        if value := getattr(figure, name):
            lines.append(f"        {name}: {_flow(value)}")
    if figure.by_unit:
        lines.append("        by_unit:")
        lines += [f"          - {{unit: {quoted(row.unit)}, value: {_value(row.value)}}}" for row in figure.by_unit]
    if figure.by_administration:
        lines.append("        by_administration:")
        lines += [f"          - {{body: {row.body}, value: {_value(row.value)}}}" for row in figure.by_administration]
    return lines


def _value(value: object) -> str:
    return "null" if value is None else str(value)


def _beside(text: str | None, label: str, indent: str = "") -> list[str]:
    """Last year's words as a comment above the field that is to be written."""
    return [] if not text else [f"{indent}# Sidste år, {label}: {' '.join(str(text).split())}"]
