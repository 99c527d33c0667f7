"""What of a page is designed: bands, cards, key figures and the stripe of a cover, in the colours of the theme.

Pictures are there to be seen alone: an icon has no words of its own, so nothing of it is read aloud.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from functools import lru_cache
from html import escape

from docgen.tree.document import Division, Document, Role, walk
from docgen.writers.artwork import Artwork, Picture
from docgen.writers.colours import BLACK, WHITE, contrast, lighter, mix
from docgen.writers.theme import Theme


def colour_class(number: int, theme: Theme) -> str:
    """The class of what has a number among its equals; empty where it has none."""
    return f"c{(number - 1) % max(len(theme.palette), 1) + 1}" if number else ""


def icon(name: str, artwork: Artwork) -> str:
    """An icon in white; nothing where the theme has none of that name."""
    if name not in artwork.icons:
        return ""
    drawn = artwork.icons[name].replace("currentColor", WHITE)
    return f'<img class="icon" alt="" src="{_address(drawn.encode(), "image/svg+xml")}">'


def picture(found: Picture | None, css_class: str) -> str:
    """A picture of the theme, such as its logo; nothing where there is none."""
    if found is None:
        return ""
    source = _address(found.data, found.media_type)
    return f'<img class="{css_class}" alt="{escape(found.alt)}" src="{source}">\n'


def stripe(document: Document, theme: Theme, artwork: Artwork) -> str:
    """The colours and icons of the chapters beside each other; nothing where no chapter has a number."""
    chapters = [node for node in walk(document) if isinstance(node, Division) and node.role is Role.CHAPTER]
    tiles = [
        f'<span class="{colour_class(chapter.number, theme)}">{icon(chapter.icon, artwork)}</span>'
        for chapter in chapters
        if chapter.number
    ]
    return f'<div class="stripe" aria-hidden="true">{"".join(tiles)}</div>\n' if len(tiles) > 1 else ""


def palette_css(theme: Theme, ground: str) -> str:
    """The colours of what is numbered: `--band` under white letters, `--ink` for letters, `--wash` under text; on a
    dark screen, whose ground is `ground`, too."""
    return _palette_css(tuple(str(colour) for colour in theme.palette or (theme.colours.accent,)), ground)


@lru_cache(maxsize=8)
def _palette_css(palette: tuple[str, ...], ground: str) -> str:
    light = "\n".join(_rule(n, colour, colour, mix(WHITE, colour, 0.09)) for n, colour in enumerate(palette, 1))
    dark = "\n".join(_rule(number, *_dark(colour, ground)) for number, colour in enumerate(palette, 1))
    return f"{light}\n@media screen and (prefers-color-scheme: dark) {{\n{dark}\n}}\n"


def _dark(colour: str, ground: str) -> Iterator[str]:
    wash = mix(ground, colour, 0.3)
    yield mix(colour, BLACK, 0.12)
    yield lighter(colour, lambda found: contrast(found, wash) >= 6)
    yield wash


def _rule(number: int, band: str, ink: str, wash: str) -> str:
    return f".c{number} {{ --band: {band}; --ink: {ink}; --wash: {wash} }}"


def _address(data: bytes, media_type: str) -> str:
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"
