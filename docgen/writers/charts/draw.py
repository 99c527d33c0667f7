"""Charts: a line over periods, or bars, as SVG. Pure: the same data and theme give the same bytes.

What tells the figures apart is position, marker, dashes and the figure itself written at its point, never colour alone
(WCAG 1.4.1). Letters are drawn as paths from docgen's own font, so that a chart looks the same everywhere. It is drawn
narrow, with large letters: so it can be read at the width of a telephone, too.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docgen import danish, memory
from docgen.kinds.prepared import Chart
from docgen.remembering import Same, remembered
from docgen.writers.charts import placing
from docgen.writers.charts.font import chart_font
from docgen.writers.charts.placing import LINE, MARK, SIGN, Box
from docgen.writers.theme import Theme

WIDTH = 295.0
"""The width of a chart in points."""
_PLOT_HEIGHT = 150.0
_SIZE = 11
_MARKERS = ("s", "^", "D", "v", "P", "X")
_DASHES = ((0, (6, 2)), (0, (4, 1, 1, 1)), (0, (2, 1)), (0, (8, 3, 2, 3)))
_DASHED, _DOTTED = (0, (4, 2)), (0, (1, 2))
_BAR = 9.0
_LEAST_MEMORY = 550  # megabytes; with less numpy ends the process


@remembered(512, lambda chart, theme, font_directories: (chart, Same(theme), tuple(font_directories)))
def draw(chart: Chart, theme: Theme, font_directories: Sequence[str]) -> bytes:
    """The chart as an SVG. `font_directories` hold docgen's font as a package brings it."""
    memory.require(_LEAST_MEMORY)
    from matplotlib import rc_context

    settings: Any = {"svg.fonttype": "path", "svg.hashsalt": "docgen", "path.simplify": False}
    with rc_context(settings):
        paper = _Paper(theme, chart_font(font_directories, _words(chart)))
        (_line if chart.kind == "line" else _bars)(paper, chart)
        return paper.svg()


def _words(chart: Chart) -> str:
    """All that is written in a chart."""
    others = (other.label for other in chart.others)
    return "".join(
        (*(label for label, _ in chart.points), *chart.labels, *others, chart.target_label, chart.mean_label)
    )


class _Paper:
    """What a chart is drawn on, in points from the lower left corner."""

    def __init__(self, theme: Theme, font: Any) -> None:
        self.colours, self._font = theme.colours, font
        self._artists: list[Any] = []
        self.height = 0.0
        self._widths: dict[str, float] = {}

    def measure(self, text: str) -> float:
        """The width of a text."""
        from matplotlib.textpath import TextPath

        if not text.strip():
            return 0.0
        if text not in self._widths:
            path = TextPath((0, 0), text, size=_SIZE, prop=self._font)
            self._widths[text] = float(path.get_extents().width) + 1
        return self._widths[text]

    def line(self, points: Sequence[tuple[float, float]], colour: str, width: float = 1.0, **style: Any) -> None:
        """A line through points; `marker`, `linestyle` and the like as matplotlib has them."""
        from matplotlib.lines import Line2D

        across, up = zip(*points, strict=True)
        self._artists.append(Line2D(across, up, color=colour, linewidth=width, **style))

    def bar(self, left: float, bottom: float, width: float, height: float) -> None:
        """A filled rectangle with an edge."""
        from matplotlib.patches import Rectangle

        fill = half_way(self.colours.accent)
        edge = self.colours.accent
        self._artists.append(Rectangle((left, bottom), width, height, facecolor=fill, edgecolor=edge, linewidth=0.8))

    def text(self, text: str, x: float, y: float, side: str = "center", colour: str = "", clear: bool = False) -> None:
        """A text beside or round a place; `clear` keeps lines out of its letters."""
        from matplotlib.patheffects import withStroke
        from matplotlib.text import Text

        found: Any = Text(x, y, text, ha=side, va="center", color=colour or self.colours.text)
        found.set_font(self._font)
        found.set_fontsize(_SIZE)
        if clear:
            found.set_path_effects([withStroke(linewidth=2.5, foreground="#ffffff")])
        self._artists.append(found)

    def svg(self) -> bytes:
        """What was drawn, on white."""
        from matplotlib.figure import Figure

        figure = Figure(figsize=(WIDTH / 72, self.height / 72), facecolor="#ffffff")
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(0, self.height)
        axes.set_axis_off()
        for number, artist in enumerate(self._artists):
            artist.set_zorder(number)
            artist.set_clip_on(False)
            axes.add_artist(artist)
        file = io.BytesIO()
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
        text = file.getvalue().decode()
        # The document type before it names a file on the net; the web page knows a chart by its class.
        return text[text.index("<svg") :].replace("<svg ", '<svg class="docgen-chart" ', 1).encode()


def half_way(colour: str) -> str:
    """A colour half way to white: so that a line is seen on it, also in grey."""
    channels = bytes.fromhex(colour[1:])
    return "#" + "".join(f"{(channel + 255) // 2:02x}" for channel in channels)


# -- a line over periods ----------------------------------------------------------------------------------------


def _line(paper: _Paper, chart: Chart) -> None:
    values = [value for _, value in chart.points if value is not None]
    values += [value for other in chart.others for _, value in other.points] + [stage[1] for stage in chart.stages]
    scale = placing.scale_of([*values, *(() if chart.target is None else (chart.target,))])
    marks = [placing.figure(mark) for mark in scale.marks]
    left = max(map(paper.measure, marks)) + 6
    times = [*chart.times, *(time for other in chart.others for time, _ in other.points), *(s[0] for s in chart.stages)]
    begin, end = min(times), max(times)
    inner = (left + 14, WIDTH - 18)

    def across(time: float) -> float:
        return inner[0] + (inner[1] - inner[0]) * ((time - begin) / (end - begin) if end > begin else 0.5)

    shown = list(zip(map(across, chart.times), (label for label, _ in chart.points), strict=True))
    below = placing.rows_of(shown, (0.0, WIDTH), paper.measure)
    bottom = 6 + LINE * (1 + max((row for row, _ in below), default=0)) + 4
    plot = Box(left, bottom, WIDTH, bottom + _PLOT_HEIGHT)
    entries = placing.legend(_line_entries(chart), WIDTH, paper.measure)
    paper.height = plot.top + LINE + 4 + LINE * (1 + max(entry.row for entry in entries) if entries else 0)

    def up(value: float) -> float:
        return plot.bottom + scale.share(value) * _PLOT_HEIGHT

    for mark, words in zip(scale.marks, marks, strict=True):
        is_zero = mark == 0
        paper.line(((left, up(mark)), (WIDTH, up(mark))), paper.colours.muted if is_zero else paper.colours.rule, 0.7)
        paper.text(words, left - 4, up(mark), "right", paper.colours.muted)
    for row, label in below:
        paper.text(label.text, label.x, plot.bottom - 8 - LINE * row)
    _curves(paper, chart, across, up)
    known = [
        (across(time), up(value), words)
        for time, (_, value), words in zip(chart.times, chart.points, chart.labels, strict=True)
        if value is not None
    ]
    taken = [placing.mark_at(across(time), up(value)) for other in chart.others for time, value in other.points]
    taken += [placing.mark_at(across(time), up(value)) for time, value, _ in chart.stages]
    if chart.target is not None:
        taken.append(Box(left, up(chart.target) - 1, WIDTH, up(chart.target) + 1))
    room = Box(left, plot.bottom, WIDTH, plot.top + LINE)
    for label in placing.labels_round(known, taken, room, paper.measure):
        paper.text(label.text, label.x, label.y, clear=True)
    _explain(paper, entries)


def _curves(paper: _Paper, chart: Chart, across: Any, up: Any) -> None:
    """The target, the lines to compare with, and the line itself: dotted where a period is not counted or expected."""
    if chart.target is not None:
        height = up(chart.target)
        left = min(map(across, chart.times)) - 14
        paper.line(((left, height), (WIDTH, height)), paper.colours.text, 1.2, linestyle=_DASHED)
    for number, other in enumerate(chart.others):
        beside = [(across(time), up(value)) for time, value in other.points]
        if beside:
            paper.line(beside, paper.colours.muted, 1.2, **_other_style(number))
    for time, value, _ in chart.stages:
        paper.line(((across(time), up(value)),), paper.colours.text, marker="_", markersize=14, markeredgewidth=2)
    points = [
        ((across(time), up(value)), ahead)
        for time, (_, value), ahead in zip(chart.times, chart.points, _ahead(chart), strict=True)
        if value is not None
    ]
    accent = paper.colours.accent
    if points:
        paper.line([point for point, _ in points], accent, 1, linestyle=_DOTTED)
    for run in _runs(chart, across, up):
        paper.line(run, accent, 2.0, solid_capstyle="round")
    for point, ahead in points:
        face = "#ffffff" if ahead else accent
        paper.line((point,), accent, marker="o", markersize=MARK, markerfacecolor=face, markeredgewidth=1.4)


def _ahead(chart: Chart) -> tuple[bool, ...]:
    return chart.forecasts or (False,) * len(chart.points)


def _runs(chart: Chart, across: Any, up: Any) -> list[list[tuple[float, float]]]:
    """The points that follow each other without a gap and are counted."""
    runs: list[list[tuple[float, float]]] = [[]]
    for time, (_, value), ahead in zip(chart.times, chart.points, _ahead(chart), strict=True):
        if value is None or ahead:
            runs.append([])
        else:
            runs[-1].append((across(time), up(value)))
    return [run for run in runs if len(run) > 1]


def _other_style(number: int) -> dict[str, Any]:
    marker, dashes = _MARKERS[number % len(_MARKERS)], _DASHES[number % len(_DASHES)]
    return {"marker": marker, "markersize": MARK - 0.5, "linestyle": dashes}


def _line_entries(chart: Chart) -> list[tuple[str, str]]:
    found = [("target", chart.target_label)] if chart.target is not None else []
    found += [("stage", f"Delmål {_years(chart)}")] if chart.stages else []
    found += [("ahead", "Ventet")] if any(_ahead(chart)) else []
    return found + [(f"other{number}", other.label) for number, other in enumerate(chart.others)]


def _years(chart: Chart) -> str:
    """The years of a chart's milestones: `2024 og 2025`."""
    return danish.enumerate(words for _, _, words in chart.stages)


def _explain(paper: _Paper, entries: Sequence[placing.Entry]) -> None:
    """The rows above a chart that say what its lines and marks mean."""
    for entry in entries:
        y, x = paper.height - LINE / 2 - LINE * entry.row, entry.x
        ends = ((x + 1, y), (x + SIGN - 2, y))
        middle = ((x + SIGN / 2, y),)
        match entry.sort:
            case "target":
                paper.line(ends, paper.colours.text, 1.2, linestyle=_DASHED)
            case "mean":
                paper.line(ends, paper.colours.text, 1.6)
            case "stage":
                paper.line(middle, paper.colours.text, marker="_", markersize=14, markeredgewidth=2)
            case "ahead":
                style: dict[str, Any] = {"markerfacecolor": "#ffffff", "markeredgewidth": 1.4}
                paper.line(middle, paper.colours.accent, marker="o", markersize=MARK, **style)
            case _:
                number = int(entry.sort.removeprefix("other"))
                style = _other_style(number)
                paper.line(ends, paper.colours.muted, 1.2, linestyle=style.pop("linestyle"))
                paper.line(middle, paper.colours.muted, 1.2, **style)
        paper.text(entry.text, x + SIGN + 2, y, "left")


# -- bars -------------------------------------------------------------------------------------------------------


def _bars(paper: _Paper, chart: Chart) -> None:
    """Each unit's name over its bar, so that a long name has room; the figure stands after the bar."""
    values = [value for _, value in chart.points if value is not None]
    lines = [value for value in (chart.mean, chart.target) if value is not None]
    scale = placing.scale_of([*values, *lines])
    after = max([*map(paper.measure, chart.labels), paper.measure("ikke opgjort")]) + 6
    left = after if scale.least < 0 else 2.0
    width = WIDTH - left - after

    def across(value: float) -> float:
        return left + scale.share(value) * width

    names = [placing.wrapped(name, WIDTH, paper.measure) for name, _ in chart.points]
    heights = [len(lines_of_name) * LINE + _BAR + 7 for lines_of_name in names]
    bottom = LINE + 8
    entries = placing.legend(_bar_entries(chart), WIDTH, paper.measure)
    top = bottom + sum(heights)
    paper.height = top + (6 + LINE * (1 + max(entry.row for entry in entries)) if entries else 2)
    below = placing.rows_of([(across(mark), placing.figure(mark)) for mark in scale.marks], (0, WIDTH), paper.measure)
    for row, label in below:
        if row == 0:
            paper.text(label.text, label.x, bottom - 3 - LINE / 2 - 2, colour=paper.colours.muted)
    y = top
    bars = []
    for (_, value), words, name, height in zip(chart.points, chart.labels, names, heights, strict=True):
        for number, line in enumerate(name):
            paper.text(line, 2, y - LINE / 2 - LINE * number - 2, "left", clear=True)
        base = y - height + 4
        bars.append((value, words, base))
        y -= height
        for mark in scale.marks:
            colour = paper.colours.muted if mark == 0 else paper.colours.rule
            paper.line(((across(mark), base - 3), (across(mark), base + _BAR + 3)), colour, 0.7)
        if value is not None:
            start, end = sorted((across(0), across(value)))
            paper.bar(start, base, max(end - start, 0.4), _BAR)
    _across_bars(paper, chart, [base for _, _, base in bars], across)
    for value, words, base in bars:
        place = across(max([value or 0.0, 0.0]))
        reach = [across(line) for line in lines if 0 <= across(line) - place < paper.measure(words) + 4]
        at = max([place, *reach]) + 4
        paper.text(words or "ikke opgjort", at, base + _BAR / 2, "left", clear=True)
    _explain(paper, entries)


def _across_bars(paper: _Paper, chart: Chart, bases: Sequence[float], across: Any) -> None:
    """The mean and the target, as a stroke over each bar."""
    for value, dashes in ((chart.mean, "-"), (chart.target, _DASHED)):
        if value is not None:
            for base in bases:
                ends = ((across(value), base - 2), (across(value), base + _BAR + 2))
                paper.line(ends, paper.colours.text, 1.6, linestyle=dashes)


def _bar_entries(chart: Chart) -> list[tuple[str, str]]:
    found = [("mean", chart.mean_label)] if chart.mean is not None else []
    return found + ([("target", chart.target_label)] if chart.target is not None else [])
