"""A chart's colours on a dark screen, as a style sheet inside its SVG: in the web page alone, for what reads the other
formats may know style sheets and no media queries. The ground is the chart's own, so that it is dark there, too."""

from __future__ import annotations

from docgen.writers.html.style import dark_colours
from docgen.writers.theme import Colours

CHART = b'<svg class="docgen-chart" '
"""What the SVG of a chart that docgen drew begins with."""
_LIGHT_GROUND = "#ffffff"


def on_dark(svg: bytes, colours: Colours) -> bytes:
    """An SVG with another colour for each of the theme's where the screen is dark, if docgen drew it; else as it is."""
    if not svg.startswith(CHART):
        return svg
    dark = dark_colours(colours)
    changed = {_LIGHT_GROUND: dark["ground"]}
    changed |= {getattr(colours, name): dark[name] for name in ("text", "muted", "rule", "accent")}
    rules = "".join(
        f'[style*="{property}: {light}"]{{{property}:{now}!important}}'
        for light, now in changed.items()
        for property in ("fill", "stroke")
    )
    sheet = f"<style>@media screen and (prefers-color-scheme:dark){{{rules}}}</style>"
    start = svg.index(b">") + 1
    return svg[:start] + sheet.encode() + svg[start:]
