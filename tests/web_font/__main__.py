"""`python -m tests.web_font`: makes the font files that docgen's web pages carry, of the package with the house's font.

They have the letters of European languages with Latin script, at the weights that the style uses; the licence and the
names of those who made the font stay in them (SIL Open Font License 1.1).
"""

from __future__ import annotations

import io
from importlib import import_module
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from docgen.writers.html.web_font import ITALIC, UPRIGHT

SOURCES = {UPRIGHT: "SourceSans3[wght].ttf", ITALIC: "SourceSans3-Italic[wght].ttf"}
_LETTERS = (*range(0x20, 0x7F), *range(0xA0, 0x180))
_SIGNS = "–—‘’‚“”„†•…‰′″‹›€−×÷≤≥≠≈√₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹→←↑↓✓☐☑½¼¾№™Ω∆◦▪‐‑"
_WEIGHTS = (400, 700)
_NAMES = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # OpenType `name`: copyright, family … licence and its address


def main() -> None:
    """Makes both files."""
    for file, name in SOURCES.items():
        file.write_bytes(made_of(name))
        print(f"{file.name}: {file.stat().st_size} byte")


def made_of(name: str) -> bytes:
    """The letters of a font file of the package, with many weights, as WOFF."""
    source = Path(import_module("fontpkg_source_sans_3").__file__ or "").parent / "files" / name
    subsetter = Subsetter(
        Options(
            layout_features=["kern", "mark", "ccmp", "tnum", "lnum", "locl"],
            hinting=False,
            notdef_outline=True,
            name_IDs=_NAMES,
        )
    )
    subsetter.populate(unicodes=[*_LETTERS, *map(ord, _SIGNS)])
    with TTFont(source, recalcTimestamp=False) as font:
        subsetter.subset(font)
        made = instantiateVariableFont(font, {"wght": _WEIGHTS})
        made.flavor = "woff"
        written = io.BytesIO()
        made.save(written)
    return written.getvalue()


if __name__ == "__main__":
    main()
