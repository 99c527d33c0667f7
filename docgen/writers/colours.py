"""Colours `#rrggbb`: how well one can be read on another, and mixtures of two."""

from __future__ import annotations

import colorsys
from collections.abc import Callable
from functools import lru_cache

WHITE, BLACK = "#ffffff", "#000000"


def contrast(one: str, two: str) -> float:
    """The contrast ratio of two colours `#rrggbb`, 1 to 21 (WCAG 2.1, "contrast ratio")."""
    dark, light = sorted((_luminance(one), _luminance(two)))
    return (light + 0.05) / (dark + 0.05)


@lru_cache(maxsize=256)
def _luminance(colour: str) -> float:
    linear = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in _channels(colour))
    )
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def mix(colour: str, other: str, share: float) -> str:
    """A colour with a share (0 to 1) of another in it."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def towards(colour: str, other: str, enough: Callable[[str], bool]) -> str:
    """The first colour on the way to another, in steps of two percent, that is enough."""
    steps = (mix(colour, other, step / 50) for step in range(51))
    return next((step for step in steps if enough(step)), other)


def lighter(colour: str, enough: Callable[[str], bool]) -> str:
    """The first lighter colour of the same hue that is enough; a little less saturated, to be quiet on dark."""
    red, green, blue = (channel / 255 for channel in _channels(colour))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    for step in range(51):
        light = lightness + (1 - lightness) * step / 50
        channels = colorsys.hls_to_rgb(hue, light, saturation * 0.8)
        lighter = "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)
        if enough(lighter):
            return lighter
    return WHITE
