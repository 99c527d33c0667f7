"""The fonts that Typst sets with: those of packages and its own, never the host's."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typst import Fonts


@lru_cache(maxsize=4)
def load_fonts(directories: tuple[str, ...]) -> Fonts:
    """The fonts in some folders and Typst's own, read once."""
    from typst import Fonts

    return Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=list(directories))
