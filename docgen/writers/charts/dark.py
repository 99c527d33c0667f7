"""A chart's colours on a dark screen, as a style sheet inside its SVG; paper and whatever knows no style sheets keep
the light ones. The ground is the chart's own, so that it is dark there, too."""

from __future__ import annotations

from docgen.writers.html.style import dark_colours
from docgen.writers.theme import Colours

_LIGHT_GROUND = "#ffffff"


def with_dark_colours(svg: bytes, colours: Colours) -> bytes:
    """An SVG that matplotlib wrote, with another colour for each of the theme's where the screen is dark."""
    dark = dark_colours(colours)
    changed = {_LIGHT_GROUND: dark["ground"]}
    changed |= {getattr(colours, name): dark[name] for name in ("text", "muted", "rule", "accent")}
    rules = "".join(
        f'[style*="{property}: {light}"]{{{property}:{now}!important}}'
        for light, now in changed.items()
        for property in ("fill", "stroke")
    )
    sheet = f"<style>@media screen and (prefers-color-scheme:dark){{{rules}}}</style>"
    start = svg.index(b">", svg.index(b"<svg")) + 1
    return svg[:start] + sheet.encode() + svg[start:]
