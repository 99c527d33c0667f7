"""Sentences of indicators: for each sort of number, each is right by construction and says what the figures say."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.content.validation import validate
from docgen.kinds.follow_up.indicator_model import Indicator
from docgen.kinds.follow_up.plan import Standing, assess
from docgen.kinds.follow_up.sentences import told, unit_head

NBSP, MINUS = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"
Series = list[tuple[int | str, Any]]


def indicator(series: Series, **fields: Any) -> Indicator:
    """An indicator with a series of (period, value) or (period, more fields)."""
    texts = dict.fromkeys(("id", "title", "value", "definition", "base"), "x")
    written = [{"year": year, **(value if isinstance(value, dict) else {"value": value})} for year, value in series]
    made, problems = validate(Indicator, {**texts, "unit": "pct.", **fields, "series": written})
    assert made is not None, problems
    return made


def said(series: Series, present: int | str = 2024, **fields: Any) -> str:
    """What is told of an indicator, with common spaces."""
    return str(told(indicator(series, **fields), present)).replace(NBSP, " ")


LEVEL = {"subject": "Elforbruget", "unit": "kWh/m²", "baseline_year": 2018}
CHANGE = {"subject": "Klimaaftrykket", "measure": "change", "baseline_year": 2018}
INDEX = {"subject": "Elforbruget", "measure": "index", "unit": "indeks", "baseline_year": 2018}
SHARE = {"subject": "Andelen af økologi", "measure": "share"}


@pytest.mark.parametrize(
    ("shown", "series", "fields"),
    [
        ("Elforbruget faldt fra 120 kWh/m² i 2018 til 95 kWh/m² i 2024.", [(2018, 120), (2024, 95)], LEVEL),
        ("Elforbruget var 95 kWh/m² både i 2018 og i 2024.", [(2018, 95), (2024, 95)], LEVEL),
        ("Elforbruget var 95 kWh/m² i 2024.", [(2018, None), (2024, 95)], LEVEL),
        ("Elforbruget er ikke opgjort.", [(2018, None), (2024, None)], LEVEL),
        ("Antallet faldt fra 664 i 2020 til 611 i 2024.", [(2020, 664), (2024, 611)], {"unit": "antal"}),
        (
            "Klimaaftrykket var 25 pct. lavere i 2023 end i 2018. For 2024 er tallet ikke opgjort.",
            [(2018, 0), (2023, -25), (2024, None)],
            CHANGE,
        ),
        ("Klimaaftrykket var 3 pct. højere i 2024 end i 2018.", [(2018, 0), (2024, 3)], CHANGE),
        ("Klimaaftrykket lå på samme niveau i 2024 som i 2018.", [(2018, 0), (2024, 0)], CHANGE),
        ("2018 er basisår. For 2024 er tallet ikke opgjort.", [(2018, 0), (2024, None)], CHANGE),
        ("2018 er basisår. Senere tal er ikke opgjort.", [(2018, None), (2024, None)], CHANGE),
        (
            "Elforbruget var 8 pct. lavere i 2024 end i 2018 (indeks 92; 2018 er indeks 100).",
            [(2018, 100), (2024, 92)],
            INDEX,
        ),
        ("2018 er basisår, og tallet er sat til 100.", [(2018, 100)], INDEX),
        (
            "Andelen af økologi steg fra 60 pct. i 2020 til 72 pct. i 2024, en stigning på 12 procentpoint.",
            [(2020, 60), (2024, 72)],
            SHARE,
        ),
        (
            (
                "Andelen steg fra 60 pct. i 2024 til 61 pct. i 1. kvartal 2026, en stigning på 1 procentpoint. "
                "I 1. halvår 2026 ventes 80-84 pct."
            ),
            [(2024, 60), ("2026-Q1", 61), ("2026-H1", {"value": 80, "to": 84, "forecast": True})],
            {"measure": "share"},
        ),
    ],
)
def test_each_sort_of_number_has_its_own_sentence(shown: str, series: Series, fields: dict[str, Any]) -> None:
    present = next(year for year, value in reversed(series) if not isinstance(value, dict))
    assert said(series, 2024 if present == 2018 and len(series) > 1 else present, **fields) == shown


@pytest.mark.parametrize(
    ("shown", "series", "fields"),
    [
        (
            (
                "Målet er mindst 60 pct. i 2026; det er ikke nået endnu. Udviklingen er foran planen: med lige store "
                "skridt fra 2021 til målet i 2026 skulle tallet have været 48 pct. i 2024."
            ),
            [(2021, 30), (2024, 52)],
            {"baseline_year": 2021, "target": {"value": 60, "year": 2026}},
        ),
        (
            (
                "Målet er, at tallet er mindst 50 pct. lavere i 2035 end i 2019; det er ikke nået endnu. Delmålet er, "
                "at tallet er mindst 30 pct. lavere i 2029 end i 2019. Udviklingen er bag planen: med lige store "
                "skridt fra 2019 til delmålet i 2029 skulle tallet have været 15 pct. lavere i 2024."
            ),
            [(2019, 0), (2024, -10)],
            {
                "measure": "change",
                "baseline_year": 2019,
                "target": {"value": -50, "year": 2035, "direction": "at-most"},
                "milestones": [{"value": -30, "year": 2029, "direction": "at-most"}],
            },
        ),
        (
            (
                "Målet er et fald på 2-3 pct. om året til og med 2030. Fra 2022 til 2024 faldt tallet i gennemsnit "
                "2,5 pct. om året; det er nok til at nå målet."
            ),
            [(2022, 1000), (2024, 950)],
            {
                "baseline_year": 2022,
                "unit": "MWh",
                "target": {"value": -3, "to": -2, "year": 2030, "direction": "at-most", "yearly": True},
            },
        ),
        (
            "Målet er 80-84 pct. i 2024; det er ikke nået.",
            [(2024, 70)],
            {"target": {"value": 80, "to": 84, "year": 2024}},
        ),
        (
            "Målet er højst 5 pct. i 2024; det er nået.",
            [(2024, 4)],
            {"target": {"value": 5, "year": 2024, "direction": "at-most"}},
        ),
    ],
)
def test_the_way_to_the_target_is_told(shown: str, series: Series, fields: dict[str, Any]) -> None:
    assert said(series, **fields).endswith(shown)


def test_a_target_whose_year_has_no_figure_is_not_called_missed() -> None:
    made = indicator([(2023, 50), (2025, None)], target={"value": 60, "year": 2025})
    found = assess(made, 2025)
    assert found is not None
    assert found.standing is Standing.NOT_YET


@pytest.mark.parametrize(
    ("unit", "head"),
    [("pct.", "Pct."), ("mio. kr.", "Mio. kr."), ("antal", "Antal"), ("kWh/m²", "kWh/m²"), ("kg CO2e", "kg CO2e")],
)
def test_a_unit_keeps_its_own_letters(unit: str, head: str) -> None:
    assert unit_head(unit) == head


SUBJECTS = ["Elforbruget", "Andelen af økologi", "Kontrollerne", "Klimaaftrykket pr. kg fødevare", "Antallet af børn"]
UNITS = {
    "level": ["kWh/m²", "antal", "mio. kr.", "pct."],
    "change": ["pct.", "ton"],
    "share": ["pct."],
    "index": ["indeks"],
}
_PERIOD = r"(?:[12]\. halvår |[1-4]\. kvartal )?\d{4}"


@st.composite
def indicators(draw: st.DrawFn) -> Indicator:
    """Any indicator that the checks let through: of each sort, with gaps and with or without a target."""
    measure = draw(st.sampled_from(sorted(UNITS)))
    places = draw(st.integers(0, 2))
    low, high = {"share": (0, 100), "index": (1, 300), "change": (-90, 300)}.get(measure, (0, 100_000))
    number = st.decimals(low, high, places=places, allow_nan=False, allow_infinity=False)
    periods: list[int | str] = [2018, *sorted(draw(st.sets(st.integers(2019, 2024), max_size=4)))]
    periods += draw(st.sampled_from([[], ["2025-Q1"], ["2025-H1"]]))
    fixed = {"index": Decimal(100), "change": Decimal(0)}
    series: Series = [(period, draw(st.one_of(st.none(), number))) for period in periods]
    series[0] = (2018, fixed.get(measure, series[0][1]))
    fields: dict[str, Any] = {"measure": measure, "subject": draw(st.sampled_from(SUBJECTS))}
    fields |= {"unit": draw(st.sampled_from(UNITS[measure])), "baseline_year": 2018}
    if draw(st.booleans()):
        direction = draw(st.sampled_from(["at-least", "at-most"]))
        fields["target"] = {"value": draw(number), "year": draw(st.integers(2024, 2035)), "direction": direction}
    return indicator(series, **fields)


def _number(shown: str) -> Decimal:
    return Decimal(shown.replace(".", "").replace(",", ".").replace(MINUS, "-"))


FIGURE = rf"(?:indeks )?({MINUS}?\d[\d.]*(?:,\d+)?)(?: kWh/m²| mio\. kr\.| pct\.| ton)?"


@pytest.mark.slow
@given(indicators())
def test_every_development_is_one_of_the_forms_and_says_the_figures(made: Indicator) -> None:
    """The subject stands first as the model has it, what follows is one of the forms, and from the words alone come the
    periods, the direction and the size that the figures have."""
    present = made.series[-1].year
    words = str(told(made, present)).replace(NBSP, " ")
    subject = re.escape(str(made.subject))
    known = made.counted
    assert "  " not in words
    assert ".." not in words
    if not known:
        assert re.match(rf"{subject} er ikke opgjort\.", words)
        return
    first, last = known[0], known[-1]
    assert first.value is not None
    assert last.value is not None
    if moved := re.match(rf"{subject} (steg|faldt) fra {FIGURE} i ({_PERIOD}) til {FIGURE} i ({_PERIOD})", words):
        verb, begin, _, end, _ = moved.groups()
        assert (_number(begin), _number(end)) == (first.value, last.value)
        assert (verb == "steg") == (last.value > first.value)
    elif compared := re.match(rf"{subject} var {FIGURE} (højere|lavere) i ({_PERIOD}) end i 2018\b", words):
        share, word, _ = compared.groups()
        change = last.value if made.measure == "change" else last.value - 100
        assert (word == "højere") == (change > 0)
        assert _number(share) == abs(change)
    else:
        same = rf"{subject} (lå på samme niveau i {_PERIOD} som i|var {FIGURE} både i) {_PERIOD}"
        single = rf"{subject} var {FIGURE} i {_PERIOD}|2018 er basisår"
        assert re.match(rf"(?:{same}|{single})", words), words
        assert first.value == last.value
    if last.year != present:
        assert "er tallet ikke opgjort" in words


@pytest.mark.slow
@given(indicators())
def test_the_verdict_agrees_with_the_target_and_the_plan_with_the_figures(made: Indicator) -> None:
    present = made.series[-1].year
    found = assess(made, present)
    words = str(told(made, present)).replace(NBSP, " ")
    if made.target is None or not made.counted:
        assert found is None
        assert "nået" not in words
        return
    assert found is not None
    value = made.counted[-1].value
    assert value is not None
    at_least = made.target.direction == "at-least"
    reached = value >= made.target.value if at_least else value <= made.target.value
    assert reached == ("; det er nået" in words or "; det var nået" in words) == (found.standing is Standing.REACHED)
    if found.expected is not None:
        start = made.series[0].value
        assert start is not None
        upwards = made.target.value >= start
        ahead = value > found.expected if upwards else value < found.expected
        assert ("foran planen" in words) == (ahead and value != found.expected)
        assert ("bag planen" in words) == (not ahead and value != found.expected)
        low, high = sorted((start, made.target.value))
        assert low - 1 <= found.expected <= high + 1
