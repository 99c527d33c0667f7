"""Charts: a line over years, or bars, as SVG. Pure: the same data and theme give the same bytes.

What tells the figures apart is position, marker, hatch and the figure itself written at its point, never colour alone
(WCAG 1.4.1). Letters are drawn as paths from docgen's own font, so that a chart looks the same everywhere.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docgen import danish
from docgen.kinds.prepared import Chart
from docgen.writers.charts.font import chart_font
from docgen.writers.theme import Theme

_WIDTH_IN = 5.3
_CLEAR = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}  # no line of the scale goes through a figure


def draw(chart: Chart, theme: Theme, font_directories: Sequence[str]) -> bytes:
    """The chart as an SVG. `font_directories` hold docgen's font as a package brings it."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    settings: Any = {"svg.fonttype": "path", "svg.hashsalt": "docgen", "hatch.linewidth": 0.6, "path.simplify": False}
    with rc_context(settings):
        height = 2.6 if chart.kind == "line" else 0.6 + 0.3 * len(chart.points)
        figure = Figure(figsize=(_WIDTH_IN, height), layout="constrained" if chart.kind == "bars" else None)
        axes = figure.add_subplot()
        if chart.kind == "line":  # the scale is short, so that its room is known beforehand
            figure.subplots_adjust(left=0.12, right=0.99, top=0.95, bottom=0.11)
        font = chart_font(font_directories, _words(chart))
        (_line if chart.kind == "line" else _bars)(axes, chart, theme, font)
        svg = io.BytesIO()
        figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    text = svg.getvalue().decode()
    return text[text.index("<svg") :].encode()  # the document type before it names a file on the net


def _words(chart: Chart) -> str:
    """All that is written in a chart."""
    return "".join((*(label for label, _ in chart.points), *chart.labels, chart.unit, chart.target_label))


def _line(axes: Any, chart: Chart, theme: Theme, font: Any) -> None:
    years = [int(label) for label, _ in chart.points]
    values = [float("nan") if value is None else value for _, value in chart.points]
    known = [(year, value) for year, (_, value) in zip(years, chart.points, strict=True) if value is not None]
    # A year that is not counted is a gap in the marks; the thin line across it only leads the eye.
    axes.plot(*zip(*known, strict=True), color=theme.colours.rule, linewidth=1, linestyle=":", zorder=1)
    axes.plot(years, values, color=theme.colours.accent, linewidth=1.8, marker="o", markersize=5, zorder=3)
    for year, (_, value), words in zip(years, chart.points, chart.labels, strict=True):
        if value is not None:
            axes.annotate(
                words,
                (year, value),
                (0, 7),
                textcoords="offset points",
                ha="center",
                font=font,
                fontsize=9,
                color=theme.colours.text,
                zorder=4,
                bbox=_CLEAR,
            )
    axes.set_xticks(years)
    axes.set_ylim(0, _top(chart))
    axes.margins(x=0.08)
    _dress(axes, axes.yaxis, chart, theme, font)
    axes.set_ylabel(chart.unit, font=font, fontsize=9, color=theme.colours.muted)
    if chart.target is not None:
        axes.axhline(chart.target, color=theme.colours.text, linewidth=1, linestyle="--", zorder=2)
        axes.annotate(
            chart.target_label,
            (1, chart.target),
            (0, 3),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            ha="right",
            font=font,
            fontsize=9,
            color=theme.colours.text,
        )


def _bars(axes: Any, chart: Chart, theme: Theme, font: Any) -> None:
    places = range(len(chart.points))
    widths = [0.0 if value is None else value for _, value in chart.points]
    axes.barh(places, widths, 0.62, color=theme.colours.tint, edgecolor=theme.colours.accent, hatch="///", zorder=2)
    for place, (_, value), words in zip(places, chart.points, chart.labels, strict=True):
        axes.annotate(
            words or "ikke opgjort",
            (value or 0, place),
            (5, 0),
            textcoords="offset points",
            va="center",
            font=font,
            fontsize=9,
            color=theme.colours.text,
            bbox=_CLEAR,
        )
    axes.set_yticks(list(places), [label for label, _ in chart.points])
    axes.invert_yaxis()
    axes.set_xlim(0, _top(chart))
    _dress(axes, axes.xaxis, chart, theme, font)
    axes.set_xlabel(chart.unit, font=font, fontsize=9, color=theme.colours.muted)
    if chart.target is not None:
        axes.axvline(chart.target, color=theme.colours.text, linewidth=1, linestyle="--", zorder=3)
        axes.annotate(
            chart.target_label,
            (chart.target, 1),
            (3, 3),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            font=font,
            fontsize=9,
            color=theme.colours.text,
        )


def _top(chart: Chart) -> float:
    known = [value for _, value in chart.points if value is not None]
    return max([*known, chart.target or 0.0, 1e-9]) * 1.18


def _dress(axes: Any, scale: Any, chart: Chart, theme: Theme, font: Any) -> None:
    """Danish figures on the scale, the theme's colours, and no more lines than are read."""
    from matplotlib.ticker import FuncFormatter

    scale.set_major_formatter(FuncFormatter(lambda value, _: danish.number(f"{value:g}")))
    scale.grid(visible=True, color=theme.colours.rule, linewidth=0.6, zorder=0)
    axes.set_axisbelow(True)
    for name, spine in axes.spines.items():
        spine.set_visible(name in ("bottom", "left"))
        spine.set_color(theme.colours.rule)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_font(font)
        label.set_fontsize(9)
        label.set_color(theme.colours.text)
    axes.tick_params(length=0)
