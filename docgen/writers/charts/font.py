"""The letters of charts: docgen's own font at one weight, as a file.

matplotlib sets a font with many weights in the first, which is the thinnest, and takes a font by its path alone. So
fontTools makes one of the weight that is wanted, and it lies in a temporary folder for as long as the process lives.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from docgen.process_files import file_of_process, is_there

WEIGHT = 400
_FONT_FILES = "files/SourceSans3[[]wght].ttf"
# What most charts are written with; the more letters, the longer it takes.
_LETTERS = frozenset("".join(map(chr, range(0x20, 0x7F))) + "\u00a0§²ÅÆÉØåæéø–—’”…€−")


def chart_font(directories: Sequence[str], words: str) -> Any:
    """matplotlib's word for a font (`FontProperties`) with the letters of `words`. `directories` hold docgen's font as
    a package brings it; without it matplotlib's own is used, never the host's."""
    letters = "".join(sorted(_LETTERS.union(words)))
    font = _font(tuple(directories), letters)
    if (file := font.get_file()) is None or is_there(Path(file)):
        return font
    _font.cache_clear()  # somebody has emptied the system's folder for such files
    return _font(tuple(directories), letters)


@lru_cache(maxsize=16)
def _font(directories: tuple[str, ...], letters: str) -> Any:
    from matplotlib.font_manager import FontProperties

    for directory in directories:
        for path in sorted(Path(directory).glob(_FONT_FILES)):
            file = file_of_process("chart.ttf", _at_one_weight(str(path), letters))
            return FontProperties(fname=str(file))
    return FontProperties(family="DejaVu Sans")


def _at_one_weight(path: str, letters: str) -> bytes:
    """Some letters, with their kerning, at one weight."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    made = io.BytesIO()
    with TTFont(path, lazy=True, recalcTimestamp=False) as font:
        for table in ("GDEF", "GSUB", "STAT"):  # accents apart, ligatures, names of weights: not asked for, and slow
            if table in font:
                del font[table]
        subsetter = Subsetter(Options(layout_features=["kern"], hinting=False, notdef_outline=True))
        subsetter.populate(text=letters)
        subsetter.subset(font)
        instantiateVariableFont(font, {"wght": WEIGHT}, inplace=True).save(made)
    return made.getvalue()
