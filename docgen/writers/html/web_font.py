"""The house's font as a web page carries it, so that it looks the same where the font is not installed.

The files are made by `make font` of the package with the font (SIL Open Font License 1.1, which lets it be embedded).
"""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path

UPRIGHT = Path(__file__).with_name("source-sans-3.woff")
ITALIC = Path(__file__).with_name("source-sans-3-italic.woff")
_FAMILY = "Source Sans 3"
_ALLOWED = "font-src data:"


def font_css(family: str, frame: str, *, italic: bool) -> str:
    """The `@font-face` rules (CSS Fonts 4 § 4) for a theme's font: `""` for one that docgen does not bring, or where
    the page's own policy (`Content-Security-Policy`) lets no font in. `italic` says that the page has words in
    italics."""
    if family != _FAMILY or _ALLOWED not in frame:
        return ""
    return _face(UPRIGHT, "normal") + (_face(ITALIC, "italic") if italic else "")


@cache
def _face(file: Path, style: str) -> str:
    data = base64.b64encode(file.read_bytes()).decode()
    return (
        f'@font-face {{ font-family: "{_FAMILY}"; font-style: {style}; font-weight: 400 700; '
        f'src: url("data:font/woff;base64,{data}") format("woff") }}\n'
    )
