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
