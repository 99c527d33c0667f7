"""Charts: nothing in them collides, the scale reaches over every figure, and a dark screen has its own colours."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen import process_files
from docgen.kinds.prepared import Chart, ChartSeries
from docgen.writers.charts import draw, placing
from docgen.writers.html.chart_colours import on_dark
from tests.support.contents import repository

YEARS = (2008, 2012, 2013, 2025, 2026)


def measure(text: str) -> float:
    """About the width of a text of ten points."""
    return 5.2 * len(text)


def line(values: tuple[float | None, ...], target: float | None, **more: object) -> Chart:
    """A line over the years that stand close and far apart."""
    points = tuple((str(year), value) for year, value in zip(YEARS, values, strict=True))
    labels = tuple("" if value is None else f"{value:g}" for value in values)
    times = tuple(year + 1.0 for year in YEARS)
    made = Chart("line", points, labels, "pct.", target, f"Mål: {target}", times=times)
    return made if not more else Chart(**{**{name: getattr(made, name) for name in made.__struct_fields__}, **more})


points = st.lists(st.tuples(st.floats(0, 300), st.floats(0, 150)), min_size=1, max_size=12, unique=True)


@given(points, st.floats(0, 150))
def test_no_label_lies_on_another_on_a_point_on_the_target_or_outside(
    places: list[tuple[float, float]], target: float
) -> None:
    texts = [(x, y, f"{y:.1f}") for x, y in places]
    dashed, room = placing.Box(0, target - 1, 300, target + 1), placing.Box(0, 0, 300, 165)
    labels = placing.labels_round(texts, [dashed], room, measure)
    for one, two in combinations(labels, 2):
        assert not one.box.meets(two.box)
    for label in labels:
        assert label.box.is_within(room)
        assert not label.box.meets(dashed)
        assert not any(label.box.meets(placing.mark_at(x, y)) for x, y in places)


SCALES = {
    (1, 2, 3): (0, 1, 2, 3),
    (0, 0): (0, 1),
    (): (0, 1),
    (-5, 5): (-5, -2.5, 0, 2.5, 5),
    (-3, -1): (-3, -2, -1, 0),
    (99.5,): (0, 25, 50, 75, 100),
    (0.001, 0.002): (0, 0.0005, 0.001, 0.0015, 0.002),
    (1000, 25000): (0, 10000, 20000, 30000),
}


@pytest.mark.parametrize("values", SCALES)
def test_a_scale_has_few_marks_that_are_read_easily(values: tuple[float, ...]) -> None:
    scale = placing.scale_of(values)
    assert scale.marks == SCALES[values]
    assert (scale.share(scale.least), scale.share(scale.most)) == (0, 1)


def test_a_mark_is_written_in_danish_however_large_or_small() -> None:
    marks = (0, 1500, -2.5, 0.0000001, 1e15, 12345.678)
    shown = ["0", "1.500", "\N{MINUS SIGN}2,5", "0,0000001", "1.000.000.000.000.000", "12.345,678"]
    assert [placing.figure(mark) for mark in marks] == shown


def in_fives(text: str) -> float:
    return 5.0 * len(text)


def test_a_name_is_broken_between_words_alone() -> None:
    assert placing.wrapped("et to tre fire femogtyve", 45, in_fives) == ("et to tre", "fire", "femogtyve")
    assert placing.wrapped("aaa bb c d", 30, in_fives) == ("aaa bb", "c d")
    assert placing.wrapped("langt", 1, in_fives) == ("langt",)
    assert placing.wrapped(" ", 10, in_fives) == ()


def test_what_signs_mean_stands_in_rows_as_full_as_can_be() -> None:
    entries = placing.legend((("a", "Mål"), ("b", "Et navn"), ("c", "Andre"), ("d", "x")), 120, in_fives)
    found = [(entry.sort, entry.text, entry.x, entry.row) for entry in entries]
    assert found == [("a", "Mål", 0, 0), ("b", "Et navn", 53, 0), ("c", "Andre", 0, 1), ("d", "x", 63, 1)]
    assert [entry.row for entry in placing.legend((("a", "Mål"), ("b", "Et navn")), 111, in_fives)] == [0, 1]


def test_labels_stand_above_and_else_where_there_is_room() -> None:
    room, points = placing.Box(0, 0, 300, 165), [(10.0, 10.0, "10"), (12.0, 11.0, "11"), (100.0, 50.0, "50")]
    free = placing.labels_round(points[2:], [], room, in_fives)
    assert [(label.text, label.x, label.y) for label in free] == [("50", 100, 61)]
    beside = placing.labels_round(points, [placing.Box(0, 14, 300, 16)], room, in_fives)
    assert [(label.text, label.x, label.y) for label in beside] == [("10", 10, 34), ("50", 100, 61)]
    assert placing.labels_round([], [], room, in_fives) == ()


def test_years_stand_in_two_rows_where_they_would_meet() -> None:
    words = [(10.0, "2020"), (15.0, "2021"), (40.0, "2022"), (44.0, "2023"), (46.0, "2024"), (119.0, "2025")]
    found = [(row, one.text, one.x) for row, one in placing.rows_of(words, (0, 120), in_fives)]
    assert found == [(0, "2020", 10), (0, "2022", 40), (0, "2025", 110), (1, "2021", 15), (1, "2023", 44)]
    assert placing.rows_of([], (0, 120), in_fives) == []


@pytest.mark.slow
@given(st.sets(st.integers(1990, 2035), min_size=1, max_size=40))
def test_years_under_the_axis_never_meet_and_the_last_is_there(years: set[int]) -> None:
    found = sorted(years)
    span = max(found[-1] - found[0], 1)
    words = [(15 + 270 * (year - found[0]) / span, str(year)) for year in found]
    rows = placing.rows_of(words, (0, 300), measure)
    for row in (0, 1):
        for one, two in combinations([label for number, label in rows if number == row], 2):
            assert not one.box.meets(two.box)
    assert {str(found[0]), str(found[-1])} <= {label.text for _, label in rows}


def test_years_close_together_all_have_their_names_and_figures() -> None:
    words = [(34 + 248 * (year - 2008) / 18, str(year)) for year in YEARS]
    assert sorted(label.text for _, label in placing.rows_of(words, (0, 300), measure)) == sorted(map(str, YEARS))
    texts = [(x, height, text) for (x, text), height in zip(words, (40, 80, 84, 120, 121), strict=True)]
    labels = placing.labels_round(texts, [], placing.Box(20, 0, 300, 165), measure)
    assert [label.text for label in labels] == list(map(str, YEARS))


@given(st.lists(st.floats(-1e6, 1e6).map(lambda value: round(value, 2)), min_size=1, max_size=8))
def test_the_scale_reaches_over_the_greatest_and_under_the_least(values: list[float]) -> None:
    scale = placing.scale_of(values)
    assert scale.least <= min(0.0, *values)
    assert scale.most >= max(0.0, *values)
    assert 2 <= len(scale.marks) <= 8
    assert all(0 <= scale.share(value) <= 1 for value in values)


def test_a_chart_is_the_same_every_time_and_has_colours_for_a_dark_screen() -> None:
    project = repository()
    others = (ChartSeries("En nabokommune", ((2013.0, 20.0), (2026.0, 50.0))),)
    ahead, stages = (False,) * 4 + (True,), ((2020.0, 50.0, "2019"),)
    chart = line((30, 42, 44, None, 58), 60, others=others, forecasts=ahead, stages=stages)
    first, second = (draw.draw(chart, project.theme, project.font_directories) for _ in range(2))
    assert first == second
    assert b"prefers-color-scheme" not in first, "not every reader of Word files and PDFs knows it"
    text = on_dark(first, project.theme.colours).decode()
    assert "@media screen and (prefers-color-scheme:dark)" in text
    assert "<text" not in text, "letters are paths"
    accent = project.theme.colours.accent
    assert re.search(rf'\[style\*="stroke: {accent}"\]\{{stroke:#[0-9a-f]{{6}}!important\}}', text)
    assert "hatch" not in text
    other = first.replace(b'class="docgen-chart" ', b"")
    assert on_dark(other, project.theme.colours) == other, "a drawing of the content's own"


@pytest.mark.slow
def test_bars_have_a_line_for_the_mean_and_room_for_long_names() -> None:
    project = repository()
    names = ("Beskæftigelses- og Integrationsforvaltningen", "Kultur- og Fritidsforvaltningen", "En tredje")
    points = tuple(zip(names, (66.0, 49.0, None), strict=True))
    plain = Chart("bars", points, ("66", "49", ""), "pct.", None, "")
    mean = Chart("bars", points, ("66", "49", ""), "pct.", None, "", mean=53, mean_label="Samlet: 53")
    drawn = [draw.draw(chart, project.theme, project.font_directories) for chart in (plain, mean)]
    assert len(drawn[1]) > len(drawn[0])
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawn[0].decode())
    assert box is not None
    assert float(box[1]) == draw.WIDTH


@pytest.mark.slow
def test_somebody_may_empty_the_folder_for_temporary_files_meanwhile() -> None:
    project, chart = repository(), line((30, 42, 44, None, 58), 60)
    first = draw.draw(chart, project.theme, project.font_directories)
    process_files.leave_no_file()
    assert draw.draw(chart, project.theme, project.font_directories) == first
