"""The theme as CSS for `docgen.writers.html.writer`: custom properties, a dark scheme, and the printed page."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from docgen.content.fields import without_places
from docgen.problems import Origin, Problem, WriterError
from docgen.structs import to_builtins
from docgen.tree.document import Document, has_cover
from docgen.writers.theme import Colours, Theme

_WHITE, _BLACK = "#ffffff", "#000000"
_FONT = r"(?:[\w .-]+|'[\w .-]+'|\"[\w .-]+\")"


def theme_css(document: Document, theme: Theme) -> str:
    """The rules that stand before `theme/style.css`: `--accent`, `--font`, `--size-title` … (sizes in rem, 1 rem being
    the size of running text), the same colours for dark screens, and `@page`.

    Raises `WriterError` where the theme's font stack is not a list of font names.
    """
    fonts, sizes = theme.fonts, theme.sizes
    if not re.fullmatch(rf"{_FONT}(?:, *{_FONT})*", fonts.web):
        message, hint = "'fonts.web' er ikke en liste af skrifter", "skriv skrifternes navne med komma imellem"
        raise WriterError([Problem(Origin("templates/theme/theme.yaml"), message, hint)])
    named = {"ground": _WHITE, "cover": theme.colours.accent, "on-cover": _WHITE}
    light = to_builtins(without_places(theme.colours)) | named
    points = {"small": sizes.small_pt, "lead": sizes.lead_pt, "title": sizes.title_pt}
    points |= {f"heading-{level}": size for level, size in enumerate(sizes.heading_pt, 1)}
    values = {f"size-{name}": f"{size / sizes.text_pt:.3f}rem" for name, size in points.items()}
    values |= {"font": fonts.web, "leading": f"{sizes.leading:g}", "print-size": f"{sizes.text_pt:g}pt"}
    return (
        f":root {{ color-scheme: light dark; {_properties(light | values)} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {_properties(dark_colours(theme.colours))} }} }}\n"
        f"{_page_css(document, theme)}"
    )


def draft_words(document: Document, theme: Theme) -> str:
    """The fingerprint in the words that stand beside a draft's mark; `""` where there is no mark or no fingerprint."""
    words = theme.words.draft_fingerprint
    return words.replace("{fingerprint}", document.fingerprint) if document.mark and document.fingerprint else ""


def _page_css(document: Document, theme: Theme) -> str:
    """The printed page: its size, and what its margins say (CSS Paged Media 3 §5)."""
    page = theme.page
    margins = (page.margin_top_mm, page.margin_outer_mm, page.margin_bottom_mm, page.margin_inner_mm)
    boxes = {
        "top-left": _css_string(" · ".join(filter(None, (document.header, document.running_title)))),
        "top-right": _css_string(" · ".join(filter(None, (document.mark, draft_words(document, theme))))),
        "bottom-left": _css_string(document.footer),
        "bottom-right": _css_page_number(theme.words.page_number),
    }
    size = f"size: {page.width_mm:g}mm {page.height_mm:g}mm; margin: {' '.join(f'{side:g}mm' for side in margins)};"
    contents = " ".join(f"@{box} {{ content: {content} }}" for box, content in boxes.items())
    first = "@page :first { @top-left { content: none } }\n" if has_cover(document) else ""
    return f"@page {{ {size} {contents} }}\n{first}"


def _properties(values: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in values.items())


def _css_string(text: str) -> str:
    """A CSS string in which everything but letters, digits and spaces is escaped (CSS Syntax 3 §4.3.7)."""
    return '"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in text) + '"'


def _css_page_number(words: str) -> str:
    counters = {"page": "counter(page)", "pages": "counter(pages)"}
    parts = re.split(r"\{(pages?)\}", words)
    return " ".join(counters[part] if i % 2 else _css_string(part) for i, part in enumerate(parts))


# -- colours ----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def dark_colours(colours: Colours) -> dict[str, str]:
    """The theme's colours on a dark ground; text has at least 4.5:1 on ground and tint alike (WCAG 1.4.3)."""
    ground = _towards(colours.text, _BLACK, lambda colour: contrast(colour, _WHITE) >= 17)
    tint = _mix(ground, _WHITE, 0.07)
    cover = _towards(_mix(colours.accent, ground, 0.25), _BLACK, lambda colour: contrast(colour, _WHITE) >= 7)
    return {
        "ground": ground,
        "tint": tint,
        "rule": _mix(ground, _WHITE, 0.25),
        "text": _mix(_WHITE, ground, 0.11),
        "muted": _towards(colours.muted, _WHITE, lambda colour: contrast(colour, tint) >= 6),
        "accent": _lighter(colours.accent, lambda colour: contrast(colour, tint) >= 7),
        **{
            name: _lighter(getattr(colours, name), lambda colour: contrast(colour, tint) >= 6)
            for name in ("good", "warning", "bad")
        },
        "cover": cover,
        "on-cover": _WHITE,
    }


def contrast(one: str, two: str) -> float:
    """The contrast ratio of two colours `#rrggbb`, 1 to 21 (WCAG 2.1, "contrast ratio")."""
    dark, light = sorted((_luminance(one), _luminance(two)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    linear = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in _channels(colour))
    )
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def _mix(colour: str, other: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def _towards(colour: str, other: str, enough: Callable[[str], bool]) -> str:
    """The first colour on the way to another, in steps of two percent, that is enough."""
    steps = (_mix(colour, other, step / 50) for step in range(51))
    return next((step for step in steps if enough(step)), other)


def _lighter(colour: str, enough: Callable[[str], bool]) -> str:
    """The first lighter colour of the same hue that is enough; a little less saturated, to be quiet on dark."""
    red, green, blue = (channel / 255 for channel in _channels(colour))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    for step in range(51):
        light = lightness + (1 - lightness) * step / 50
        channels = colorsys.hls_to_rgb(hue, light, saturation * 0.8)
        lighter = "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)
        if enough(lighter):
            return lighter
    return _WHITE
