"""An SVG as PNG, drawn by Typst, for readers that cannot show one: older Word, and most previews."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docgen.writers.typst_fonts import EMPTY_ROOT, load_fonts

PIXELS_PER_INCH = 220  # what print shows at arm's length
_PAGE = "#set page(width: {0}pt, height: {1}pt, margin: 0pt, fill: none)\n#image('x.svg', width: {0}pt, height: {1}pt)"


def png_of_svg(svg: bytes, width: float, height: float, font_directories: Sequence[str]) -> bytes:
    """The picture at a width and height in points, clear where it is clear; empty where Typst cannot draw it.

    Its letters are set in the fonts of `font_directories` and Typst's own, never the host's.
    """
    from typst import Compiler, TypstError

    page = _PAGE.format(round(width, 2), round(height, 2)).replace("'", '"')
    given: Any = {"main": page.encode(), "x.svg": svg}
    compiler = Compiler(
        given, root=EMPTY_ROOT, font_paths=load_fonts(tuple(font_directories)), ignore_system_fonts=True
    )
    try:
        drawn = compiler.compile(format="png", ppi=PIXELS_PER_INCH)
    except TypstError:
        return b""
    return drawn if isinstance(drawn, bytes) else b""
