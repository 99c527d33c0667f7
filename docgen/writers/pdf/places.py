"""Places on a page of a PDF, as matrices and boxes put them, and colours (ISO 32000-1, 8.3 and 8.6)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points from the page's lower left corner."""

Matrix = tuple[float, float, float, float, float, float]

Colour = tuple[int, int, int]
"""Red, green and blue, from 0 to 255."""

SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
"""Changes no place."""

_NUMBER = rb"-?[\d.]+"


@lru_cache(maxsize=1024)
def matrix_of(written: bytes) -> Matrix:
    """The matrix of the last six numbers that are written."""
    a, b, c, d, e, f = map(float, written.split()[-6:])
    return (a, b, c, d, e, f)


def product(one: Matrix, other: Matrix) -> Matrix:
    """What first does `one`, then `other` (ISO 32000-1, 8.3.4)."""
    if one == SAME:
        return other
    if other == SAME:
        return one
    a, b, c, d, e, f = one
    k, m, n, o, p, q = other
    return (a * k + b * n, a * m + b * o, c * k + d * n, c * m + d * o, e * k + f * n + p, e * m + f * o + q)


def after_move(matrix: Matrix, across: float, up: float = 0.0) -> Matrix:
    """The product of a move and a matrix, for there are many of these."""
    k, m, n, o, p, q = matrix
    return (k, m, n, o, across * k + up * n + p, across * m + up * o + q)


def spread(points: Sequence[tuple[float, float]], matrix: Matrix) -> Box:
    """The box around some points where a matrix puts them."""
    a, b, c, d, e, f = matrix
    columns = [a * x + c * y + e for x, y in points]
    rows = [b * x + d * y + f for x, y in points]
    return (min(columns), min(rows), max(columns), max(rows))


def corners(path: bytes) -> list[tuple[float, float]]:
    """The points that a path is drawn by; those of a curve are not on it, but it lies between them."""
    numbers = list(map(float, re.findall(_NUMBER, path)))
    points = list(zip(numbers[::2], numbers[1::2], strict=False))
    if b"re" not in path:
        return points or [(0.0, 0.0)]
    for x, y, width, height in re.findall(rb"(NUM)\s+(NUM)\s+(NUM)\s+(NUM)\s+re".replace(b"NUM", _NUMBER), path):
        points = [point for point in points if point != (float(width), float(height))]
        points.append((float(x) + float(width), float(y) + float(height)))
    return points


def common(one: Box, other: Box) -> Box:
    """What is in both boxes."""
    return (max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3]))


def holds(clip: Box, box: Box) -> bool:
    """Whether a box lies in another, but for a point."""
    return box[0] >= clip[0] - 1 and box[1] >= clip[1] - 1 and box[2] <= clip[2] + 1 and box[3] <= clip[3] + 1


@lru_cache(maxsize=256)
def as_rgb(components: bytes) -> Colour | None:
    """A colour of one (grey), three (red, green, blue) or four components (ink), from 0 to 1."""
    values = [float(part) for part in components.split()]
    if len(values) == 4:
        values = [(1 - part) * (1 - values[3]) for part in values[:3]]
    if len(values) not in (1, 3):
        return None
    red, green, blue = (round(255 * part) for part in (values * 3)[:3])
    return (red, green, blue)


@lru_cache(maxsize=256)
def contrast(one: Colour, other: Colour) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.1, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    parts = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
