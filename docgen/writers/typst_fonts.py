"""What Typst is given of the world: the fonts of packages and its own, never the host's, and no file at all."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typst import Fonts

EMPTY_ROOT = __file__
"""The root of the files that Typst may read beside those it is handed: a file, under which there can be no other. Left
out, it would be the folder that docgen runs in, with all that is closed in it."""


@lru_cache(maxsize=4)
def load_fonts(directories: tuple[str, ...]) -> Fonts:
    """The fonts in some folders and Typst's own, read once."""
    from typst import Fonts

    return Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=list(directories))
